#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""gtptop_kernel.py GTPTOP GTPGEN [TUNNELS]: gtptop against the kernel that runs, as root in the lab.

    core   c0 172.31.0.1/24, gtpc (ggsn)  <--- veth --->  r0 172.31.0.2/24, gtpr (sgsn)   ran

Figures are compared with the kernel's own, and findings are provoked and mended again one by one.
"""
import json
import os
import signal
import subprocess
import sys
import time

if "LAB_MODULE" not in os.environ:
    print("gtptop_kernel.py runs in the lab: tests/lab/run -- gtptop_kernel.py GTPTOP GTPGEN")
    sys.exit(77)
OURS = os.environ["LAB_MODULE"] == "ours"
GTPTOP, GTPGEN = sys.argv[1], sys.argv[2]
MANY = int(sys.argv[3]) if len(sys.argv) > 3 else 100_000
results = [0, 0]


def check(holds, what, *details):
    results[bool(holds)] += 1
    print("ok" if holds else "not ok", "-", what, *(() if holds else details), flush=True)
    return holds


def shell(command):
    done = subprocess.run(command, shell=True, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        print("  failed:", command, done.stderr.strip(), flush=True)
    return done.stdout


def gtptop(*options, netns="core", interval="1s"):
    # The tap has a test of its own: gtptop_suite.py.
    words = [GTPTOP, "-d", interval] + ([] if OURS else ["--no-tap"]) + (["--netns", netns] if netns else []) + list(options)
    return subprocess.run(words, capture_output=True, text=True, check=False)


def rows(view, *options, **more):
    done = gtptop("--json", "-n1", "--view", view, *options, **more)
    return [json.loads(line) for line in done.stdout.splitlines()][1:]


def findings():
    return {row["id"]: row for row in rows("findings")}


def add_tunnels(*options):
    return subprocess.run([GTPGEN, "tunnel", "add", *options], capture_output=True, text=True, check=False)


def provoked(name, break_it, mend_it):
    shell(break_it)
    found = findings()
    check(name in found, f"{name} is found: {found.get(name, {}).get('sentence')}", sorted(found))
    shell(mend_it)
    check(name not in findings(), f"{name} is gone")


def make_network():
    shell("ip netns add core && ip netns add ran")
    shell("ip link add c0 netns core type veth peer r0 netns ran")
    shell("ip -n core addr add 172.31.0.1/24 dev c0; ip -n core link set c0 up; ip -n core link set lo up")
    shell("ip -n ran addr add 172.31.0.2/24 dev r0; ip -n ran link set r0 up; ip -n ran link set lo up")
    shell("ip netns exec core sysctl -qw net.ipv4.ip_forward=1")


def test_nothing_yet():
    done = gtptop("--once", netns="")
    check(done.returncode == 5 and "no GTP link" in done.stderr, "no link is said, with its status", done.stderr)
    done = gtptop("--once", "--netns", "nowhere", netns="")
    check(done.returncode != 0 and "nowhere" in done.stderr, "so is a namespace that does not exist", done.stderr)


def test_figures():
    add_tunnels("--netns", "core", "--create", "--dev", "gtpc", "--peer", "172.31.0.2", "--teid", "100",
                "--peer-teid", "200", "--ue", "10.45.0.2/16", "--address", "10.45.0.1/32", "--route")
    add_tunnels("--netns", "ran", "--create", "--dev", "gtpr", "--role", "sgsn", "--peer", "172.31.0.1", "--teid", "200",
                "--peer-teid", "100", "--ue", "10.45.0.2/32", "--address", "10.45.0.2/32")
    shell("ip -n ran route add 10.45.0.1/32 dev gtpr")
    shell("ip -n core link set gtpc mtu 1400")
    done = gtptop("--once", netns="")
    check("found in others: core, ran" in done.stderr, "links elsewhere are named", done.stderr)

    pings = subprocess.Popen("ip netns exec core ping -q -c 100 -i 0.1 10.45.0.2", shell=True, stdout=subprocess.DEVNULL)
    time.sleep(0.5)
    tunnel = rows("tunnels", interval="3s")[0]
    link = rows("links", interval="3s")[0]
    check(tunnel["i_tei"] == 100 and tunnel["o_tei"] == 200, "the tunnel's TEIDs", tunnel)
    check(tunnel["ms_address"] == "10.45.0.2" and tunnel["peer"] == "172.31.0.2" and tunnel["link"] == "gtpc",
          "its addresses and link", tunnel)
    # 10 packets of 84 octets a second: 6720 bit/s, less where the machine stands still (1 %: gtptop_suite.py).
    if OURS:
        check(4000 < tunnel["dn_bits_per_second"] < 7400, "its rate", tunnel)
        check(tunnel["idle_seconds"] is not None and tunnel["idle_seconds"] <= 1, "its last packet", tunnel)
    else:
        unknown = ("up_packets", "dn_bytes", "dn_bits_per_second", "drops", "idle_seconds", "age_seconds")
        check(all(tunnel[key] is None for key in unknown), "no figure is known, and none is 0", tunnel)
    check(4000 < link["dn_bits_per_second"] < 7400, "the link's rate", link)
    check("0.0.0.0:2152" in link["sockets"] and link["role"] == "ggsn" and link["mtu"] == 1400, "its sockets", link)
    pings.wait()
    tunnel = rows("tunnels")[0]
    told = json.loads(shell("ip -s -j -n core link show gtpc"))[0]["stats64"]
    if OURS:
        check(tunnel["dn_packets"] == 100 and tunnel["up_packets"] == 100 and tunnel["dn_bytes"] == 8400,
              "its totals are exact", tunnel)
        check(tunnel["dn_bytes"] == told["tx"]["bytes"], "and the link's", told)
    there = rows("tunnels", netns="ran")[0]
    check(there["i_tei"] == 200, "the other end", there)
    if OURS:
        check(there["up_packets"] == 100, "UP is from the subscriber at an sgsn too", there)


def test_findings():
    found = findings()
    check(not [row for row in found.values() if row["severity"] != "note"], "where all is well nothing is found", found)
    done = gtptop("--check")
    check(done.returncode == 0 and done.stdout.startswith("GTP OK"), "--check says so", done.stdout)

    provoked("GTP-302", "ip -n core route del 10.45.0.0/16 dev gtpc", "ip -n core route add 10.45.0.0/16 dev gtpc")
    provoked("GTP-303", "ip -n core addr del 172.31.0.1/24 dev c0", "ip -n core addr add 172.31.0.1/24 dev c0")
    provoked("GTP-304", "ip -n core route add 172.31.0.2/32 dev gtpc", "ip -n core route del 172.31.0.2/32 dev gtpc")
    provoked("GTP-307", "ip netns exec core sysctl -qw net.ipv4.ip_forward=0",
             "ip netns exec core sysctl -qw net.ipv4.ip_forward=1")
    provoked("GTP-311", "ip -n core link set gtpc down",
             "ip -n core link set gtpc up; ip -n core route add 10.45.0.0/16 dev gtpc")
    provoked("GTP-401", "ip -n core link set gtpc mtu 1480", "ip -n core link set gtpc mtu 1400")
    shell("ip -n core link set gtpc mtu 1480")
    done = gtptop("--check")
    check(done.returncode == 1 and "GTP-401" in done.stdout, "--check is a warning then", done.stdout)
    shell("ip -n core link set gtpc mtu 1400")
    provoked("GTP-403", "ip netns exec core sysctl -qw net.ipv4.ip_no_pmtu_disc=1",
             "ip netns exec core sysctl -qw net.ipv4.ip_no_pmtu_disc=0")


def test_events():
    words = [GTPTOP, "--netns", "core", "--json", "-n", "3", "--view", "events"]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as watching:
        time.sleep(0.7)
        add_tunnels("--netns", "core", "--dev", "gtpc", "--peer", "172.31.0.2", "--teid", "300", "-n", "3",
                    "--ue", "10.50.0.0/16", "--cleanup", "-d", "1s")
        told = [json.loads(line) for line in watching.communicate()[0].splitlines()]
    events = {row["number"] if "number" in row else str(row): row for row in told if row["type"] == "event"}
    text = json.dumps(list(events.values()))
    check(text.count("added") >= 4 and text.count("removed") >= 3, "tunnels made and removed are events", text)
    check('"sample"' not in text and "172.31.0.2" in text, "with their peer", text)


def test_unknown_teid():
    # The other end sends to a TEID that nobody has.
    sender = ("import socket,struct,time\ns=socket.socket(socket.AF_INET,socket.SOCK_DGRAM)\n"
              "for i in range(4000):\n s.sendto(struct.pack('!BBHI',0x30,255,1000,0xdead)+bytes(1000),('172.31.0.1',2152))\n"
              " time.sleep(0.001)\n")
    with subprocess.Popen(["ip", "netns", "exec", "ran", sys.executable, "-c", sender]) as running:
        time.sleep(1)
        found = findings()
        running.wait()
    # Mainline's of 6.12 takes such packets and counts them nowhere: only who looks at the wire could tell.
    visible = OURS or os.environ.get("LAB_KERNEL") == "6.1"
    check(("GTP-102" in found) == visible, f"GTP-102: {found.get('GTP-102', {}).get('sentence')}", sorted(found))
    if visible and not OURS:
        link = rows("links")[0]
        check(link["receive_queue_bytes"] > 100_000 and link["socket_drops"] > 0, "the socket is full", link)


def test_many():
    add_tunnels("--netns", "core", "--dev", "gtpc", "--peer", "172.31.0.2", "--teid", "0x10000", "-n", str(MANY),
                "--ue", "10.64.0.0/10")
    start = time.monotonic()
    subprocess.run([GTPGEN, "tunnel", "list", "--netns", "core", "--csv"], stdout=subprocess.DEVNULL, check=False)
    listed = time.monotonic() - start
    done = gtptop("--json", "-n1", interval="0.1s")
    sample = json.loads(done.stdout.splitlines()[0])
    check(sample["tunnels"] == MANY + 1, "all tunnels are there", sample)
    print(f"  {MANY} tunnels: swept in {sample['sweep_milliseconds']} ms; gtpgen tunnel list takes {listed * 1000:.0f} ms")
    found = findings()
    # Ours have tables that grow.
    crowded = not OURS and MANY // rows("links")[0]["hash_buckets"] >= 16
    check(("GTP-301" in found) == crowded, f"GTP-301: {found.get('GTP-301', {}).get('sentence')}", sorted(found))


def test_several_links():
    """A second link, whose peers and subscribers have IPv6 addresses."""
    for netns, dev, address in (("core", "c0", "fd31::1"), ("ran", "r0", "fd31::2")):
        shell(f"ip -n {netns} addr add {address}/64 dev {dev} nodad")
    done = add_tunnels("--netns", "core", "--create", "--dev", "gtp6", "--local", "fd31::1", "--peer", "fd31::2", "--teid",
                       "0x600", "--peer-teid", "0x601", "--ue", "fd45:0:0:2::/64", "--mtu", "1400", "--route")
    if os.environ.get("LAB_KERNEL") == "6.1" and not OURS:
        return check(done.returncode != 0, "Linux 6.1 has no IPv6 tunnels", done.stdout)
    links = {row["link"]: row for row in rows("links")}
    check(set(links) == {"gtpc", "gtp6"}, "two links", sorted(links))
    check(links["gtp6"]["mtu"] == 1400 and links["gtp6"]["role"] == "ggsn", "and the second's figures", links["gtp6"])
    told = rows("tunnels", "link gtp6")
    check(len(told) == 1 and told[0]["peer"] == "fd31::2" and told[0]["ms_address"].startswith("fd45:0:0:2::"),
          "the tunnel of the second, in IPv6", told)
    check({row["peer"] for row in rows("peers")} >= {"172.31.0.2", "fd31::2"}, "peers of both families")
    provoked("GTP-303", "ip -n core -6 route del fd31::/64 dev c0", "ip -n core -6 route add fd31::/64 dev c0")
    provoked("GTP-401", "ip -n core link set gtp6 mtu 1450", "ip -n core link set gtp6 mtu 1400")
    shell("ip -n core link del gtp6")
    check({row["link"] for row in rows("links")} == {"gtpc"}, "one link again")
    return True


def last_table(lines):
    """The TEIDs of the last sample that is whole."""
    samples = [number for number, line in enumerate(lines) if line.startswith('{"type":"sample"')]
    if len(samples) < 2:
        return None
    return {json.loads(line)["i_tei"] for line in lines[samples[-2] + 1:samples[-1]]}


def test_flood():
    """More comes and goes than a socket that nobody reads can hold; afterwards the table is the kernel's."""
    output = "/tmp/flood.json"
    words = [GTPTOP, "--netns", "core", "--json", "-d", "2", "-N", "1000000", "--columns", "i_tei"]
    with open(output, "w", encoding="ascii") as file, subprocess.Popen(words, stdout=file) as watching:
        time.sleep(3)
        watching.send_signal(signal.SIGSTOP)
        added = add_tunnels("--netns", "core", "--dev", "gtpc", "--peer", "172.31.0.2", "--teid", "0x100000", "-n",
                            str(MANY), "--ue", "10.80.0.0/12")
        # Every other one goes again.
        subprocess.run([GTPGEN, "tunnel", "del", "--netns", "core", "--dev", "gtpc", "--teid", "0x100000+2", "-n",
                        str(MANY // 2)], capture_output=True, check=False)
        watching.send_signal(signal.SIGCONT)
        listed = subprocess.run([GTPGEN, "tunnel", "list", "--netns", "core", "--csv"], capture_output=True, text=True,
                                check=False).stdout.splitlines()
        teid = listed[0].split(",").index("teid")
        kernel = {int(line.split(",")[teid], 0) for line in listed[1:]}
        have = None
        deadline = time.monotonic() + 60
        while have != kernel and time.monotonic() < deadline:
            time.sleep(4)
            with open(output, encoding="ascii") as told:
                have = last_table(told.read().splitlines())
        watching.terminate()
    check(len(kernel) >= MANY // 2, f"{len(kernel)} tunnels are left", added.stderr)
    check(have == kernel, "and gtptop has these", len(have or ()), len(kernel))
    with open(output, encoding="ascii") as told:
        samples = [json.loads(line) for line in told if line.startswith('{"type":"sample"')]
    check(any(sample["open_findings"] for sample in samples), "it has said that events were lost", samples[-1])
    subprocess.run([GTPGEN, "tunnel", "del", "--netns", "core", "--dev", "gtpc", "--teid", "0x100001+2", "-n",
                    str(MANY // 2)], capture_output=True, check=False)


def main():
    make_network()
    test_nothing_yet()
    test_figures()
    test_findings()
    test_events()
    test_unknown_teid()
    test_several_links()
    test_flood()
    test_many()
    print(f"{results[1]} passed, {results[0]} failed")
    return 1 if results[0] else 0


if __name__ == "__main__":
    sys.exit(main())
