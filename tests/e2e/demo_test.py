#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""scripts/demo shows what the README promises. Usage: demo_test.py ROOT BUILD live|generated

"live" is skipped (77) where the demo cannot run its core network and says so.
"""
import json
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


def main():
    root, build, kind = sys.argv[1:]
    live = kind == "live"
    command = [f"{root}/scripts/demo", "--build-dir", build, *([] if live else ["--generated"])]
    done = subprocess.run(
        command, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False, timeout=120
    )
    print(done.stdout, done.stderr, sep="\n")
    assert done.returncode == 0, f"status {done.returncode}"
    found = sections(done.stdout)
    generated = "this is a generated capture" in done.stdout
    if live and generated:
        return 77
    assert generated != live
    check(found, live)
    return 0


if __name__ == "__main__":
    sys.exit(main())
