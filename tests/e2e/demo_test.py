#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""scripts/demo shows what the README promises. Usage: demo_test.py ROOT BUILD live|generated|tunnels

"live" is skipped (77) where the demo cannot run its core network and says so; so is "tunnels" without a virtual machine.
"""
import json
import re
import subprocess
import sys


def sections(output):
    """{title: text below it} of the demo's '== title' headings."""
    found, title = {}, ""
    for line in output.splitlines():
        if line.startswith("== "):
            title = line[3:]
        elif line:
            found.setdefault(title, []).append(line)
    return found


def section(found, start):
    for title, lines in found.items():
        if title.startswith(start):
            assert lines[0].startswith("$ gtpdump -r demo.pcap"), f"{title}: no command is shown"
            return lines[1:]
    raise AssertionError(f"no section {start!r} in {list(found)}")


def check(found, live):
    lines = section(found, "what happened")
    words = ["Create PDP Context Request", "G-PDU", "Delete PDP Context Response"] if live else ["Create"]
    for word in words:
        assert any(word in line for line in lines), f"no {word!r} in the summary"
    if live:
        pings = [line for line in lines if "ICMP echo" in line]
        assert len(pings) == 12, f"{len(pings)} pings, not 3 there and 3 back for each of 2 subscribers"
        assert all("901700000000001" in line or "901700000000179" in line for line in pings), "pings of nobody"

    tree = section(found, "one message in full")
    assert any("Access Point Name" in line for line in tree), "no APN in the tree"

    objects = [json.loads(line) for line in section(found, "the same message for programs")]
    assert len(objects) == 1 and objects[0]["schema"] == "gtp-json/1", "not one object of gtp-json/1"
    assert objects[0]["layers"][0]["message"].startswith("create_"), objects[0]["layers"][0]["message"]

    rows = section(found, "the packets inside the tunnels")
    assert len(rows) == 5 and rows[0].split("\t")[0] == "time", "not a heading and 4 rows"

    sums = "\n".join(section(found, "the sums"))
    assert "Create" in sums or "create" in sums, "no message in the statistics"


def rows_of(lines, command):
    """What is below the command that starts so, up to the next one."""
    start = next(i for i, line in enumerate(lines) if line.startswith(f"$ {command}"))
    end = next((i for i, line in enumerate(lines) if i > start and line.startswith("$ ")), len(lines))
    return lines[start + 1 : end]


def check_tunnels(found):
    by_start = {title.split(":")[0]: lines for title, lines in found.items()}
    traffic = by_start["gtpdump records the link between while the subscriber uses the network"]
    pings = [line for line in traffic if "packets transmitted" in line]
    assert len(pings) == 2 and all(" 0% packet loss" in line for line in pings), f"pings: {pings}"
    assert len([line for line in traffic if line.endswith("receiver")]) == 3, "not UDP, TCP up and TCP down"

    # The command, a line of names, a line for each tunnel.
    tunnels = [line.split() for line in by_start["the counters of the subscriber's tunnels"][2:]]
    assert [row[2:4] + row[6:10] for row in tunnels] == [
        ["0x00000100", "0x00000200", "10.45.0.2", "172.31.0.2", "9", "9"],
        ["0x00000100", "0x00000200", "fd45:0:0:2::", "172.31.0.2", "9", "9"],
    ], tunnels
    # 4 MB of TCP each way and 200 kB of UDP up; two pings each way and nothing else.
    up, down = tunnels[0][11], tunnels[0][13]
    assert up.endswith("M") and float(up[:-1]) > 4.3 and down.endswith("M") and float(down[:-1]) > 4.1, tunnels[0]
    assert tunnels[1][10:14] == ["2", "208", "2", "208"], tunnels[1]

    echoes = by_start["is the path there? GTP's ping, from the other gNB"]
    assert any("3 packets transmitted, 3 received" in line for line in echoes), echoes
    load = next(lines for title, lines in found.items() if title.startswith("100 subscribers more"))
    received = next(line for line in load if line.startswith(" received "))
    assert " lost 0 (0 %)" in received and received.endswith("corrupt 0"), received

    lines = rows_of(by_start["what was on the link"], "gtpdump -r tunnels.pcap -q -t relative")
    for line, (teid, what) in zip(lines, [("0x00000100", "ICMP echo request"), ("0x00000200", "ICMP echo reply")]):
        assert f"teid {teid} qfi 9" in line and what in line, line
    assert any("ICMPv6 echo" in line for line in lines), "no IPv6 in the summary"
    tree = by_start["one of them in full"]
    assert any("QoS Flow Identifier (QFI): 9" in line for line in tree), "no QFI in the tree"
    columns = [line for line in by_start["UDP and TCP inside the tunnel, as columns"] if re.match(r"\d", line)]
    assert [line.split("\t")[5] for line in columns] == ["17"] * 2 + ["6"] * 4, columns
    assert any(line.startswith("GTPv1-U") for line in by_start["the sums"]), "no sums"

    top = next(lines for title, lines in found.items() if title.startswith("gtptop, while"))
    tables = rows_of(top, "gtptop --netns core -b -n 2 -d 2s -N 6")
    last = tables[max(i for i, line in enumerate(tables) if re.match(r"\d{4}-\d\d-\d\d ", line)):]
    assert "104 of 104 tunnels" in last[0] or "102 of 102 tunnels" in last[0], last[0]
    assert not re.search(r"(UP|DN) 0 bit/s", last[0]), f"no traffic to see: {last[0]}"
    assert len([line for line in last if " 10.46." in line]) == 6, last
    assert any("172.31.1.2" in line for line in rows_of(top, "gtptop --netns core -b -n 2 -d 1s")), "no peer"


def main():
    root, build, kind = sys.argv[1:]
    live = kind == "live"
    command = [f"{root}/scripts/demo", "--build-dir", build]
    command += ["--only", "tunnels" if kind == "tunnels" else "recording"]
    command += ["--generated"] if kind == "generated" else []
    done = subprocess.run(
        command, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False, timeout=300
    )
    print(done.stdout, done.stderr, sep="\n")
    assert done.returncode == 0, f"status {done.returncode}"
    found = sections(done.stdout)
    if kind == "tunnels":
        if "no tunnels are shown" in done.stderr:
            return 77
        check_tunnels(found)
        return 0
    generated = "this is a generated capture" in done.stdout
    if live and generated:
        return 77
    assert generated != live
    check(found, live)
    return 0


if __name__ == "__main__":
    sys.exit(main())
