#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""gtptop_suite.py GTPTOP GTPGEN: the programs agree about the kernel, as root in the lab. Our module counts by itself;
for the stock module, which does not, the tap does.

    gnb  l0 172.31.1.2  <--- veth --->  c1 172.31.1.1, gtpc (ggsn), 10.45.0.1  core

gtpgen provisions 10,000 tunnels and sends through them both ways; gtptop's totals are those of its report, exactly, and
its rates within 1 %.
"""
import collections
import json
import os
import subprocess
import sys
import tempfile
import time

if "LAB_MODULE" not in os.environ:
    print("gtptop_suite.py runs in the lab: tests/lab/run -- gtptop_suite.py GTPTOP GTPGEN")
    sys.exit(77)
GTPTOP, GTPGEN = sys.argv[1], sys.argv[2]
OURS = os.environ["LAB_MODULE"] == "ours"
TUNNELS = 10_000
EACH = 2
results = [0, 0]


def check(holds, what, *details):
    results[bool(holds)] += 1
    print("ok" if holds else "not ok", "-", what, *(() if holds else [str(each)[:1500] for each in details]), flush=True)
    return holds


def shell(command):
    done = subprocess.run(command, shell=True, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        print("  failed:", command, done.stderr.strip(), flush=True)
    return done.stdout


def tunnel(*options):
    done = subprocess.run([GTPGEN, "tunnel", *options], capture_output=True, text=True, check=False)
    return check(done.returncode == 0, f"gtpgen tunnel {options[0]}", done.stdout, done.stderr)


def make_network(ues):
    shell("ip netns add core && ip netns add gnb")
    shell("ip link add c1 netns core type veth peer l0 netns gnb")
    shell("ip -n core addr add 172.31.1.1/24 dev c1; ip -n core link set c1 up; ip -n core link set lo up")
    shell("ip -n gnb addr add 172.31.1.2/24 dev l0; ip -n gnb link set l0 up; ip -n gnb link set lo up")
    tunnel("add", "--netns", "core", "--create", "--dev", "gtpc", "-n", str(TUNNELS), "--teid", "0x1000", "--peer",
           "172.31.1.2", "--ue", "10.46.0.0/16", "--address", "10.45.0.1/32", "--route", "--target", "172.31.1.1",
           "--csv", ues)


class Top:
    """gtptop --json; sample() is the newest whole one."""

    def __init__(self, interval="2s", rows="1000000"):
        self.process = subprocess.Popen([GTPTOP, "--netns", "core", "--json", "-d", interval, "-N", rows],
                                        stdout=subprocess.PIPE, text=True)
        self.head = json.loads(self.process.stdout.readline())

    def sample(self):
        rows = []
        for line in self.process.stdout:
            row = json.loads(line)
            if row["type"] == "sample":
                self.head = row
                break
            rows.append(row)
        return rows

    def until(self, holds, seconds=60):
        deadline = time.monotonic() + seconds
        rows = self.sample()
        while not holds(rows) and time.monotonic() < deadline:
            rows = self.sample()
        return rows


def load_command(ues, direction, *how_much):
    return ["ip", "netns", "exec", "gnb", GTPGEN, "load", "172.31.1.1", "--tunnel-file", ues, "--via", "10.45.0.1",
            "--via-netns", "core", "--direction", direction, *how_much, "--drain", "3s", "--json", "-q"]


def load(ues, direction):
    done = subprocess.run(load_command(ues, direction, "-r", "4k", "-c", str(EACH * TUNNELS)), capture_output=True,
                          text=True, check=False)
    try:
        return json.loads(done.stdout)
    except json.JSONDecodeError:
        print("  gtpgen:", done.stderr.strip(), flush=True)
        raise


def spread(rows, column):
    return dict(collections.Counter(row[column] for row in rows))


def test_counts(ues):
    top = Top()
    check(top.head["traffic_from"] == ("module" if OURS else "tap"), f"traffic from the {top.head['traffic_from']}",
          top.head)
    sent = load(ues, "up")
    rows = top.until(lambda rows: sum(row["up_packets"] or 0 for row in rows) >= sent["tx"]["packets"])
    check({row["presence"] for row in rows} == {"kernel"} and len(rows) == TUNNELS, "every tunnel is the kernel's",
          spread(rows, "presence"), rows[:3])
    check(spread(rows, "up_packets") == {EACH: TUNNELS}, "uplink: each tunnel's packets", spread(rows, "up_packets"))
    check(sum(row["up_bytes"] for row in rows) == sent["tx"]["bytes_inner"], "uplink: octets",
          sum(row["up_bytes"] for row in rows), sent["tx"])
    before = sum(row["dn_packets"] for row in rows)
    sent = load(ues, "down")
    rows = top.until(lambda rows: sum(row["dn_packets"] for row in rows) - before >= sent["tx"]["packets"])
    check(spread(rows, "dn_packets") == {EACH: TUNNELS}, "downlink: each tunnel's packets", spread(rows, "dn_packets"))
    octets = spread(rows, "dn_bytes")
    check(octets == {EACH * sent["tx"]["bytes_inner"] // sent["tx"]["packets"]: TUNNELS},
          "downlink: each tunnel's octets", octets)
    check(sum(row["up_packets"] for row in rows) == EACH * TUNNELS, "and uplink stays")
    top.process.terminate()
    top.process.communicate()


def rates_of_load(ues):
    """While it sends: what gtptop says of whole seconds, and what gtpgen reports of its receiver."""
    top = Top("1s", "1")
    with subprocess.Popen(load_command(ues, "up", "-r", "1k", "-d", "14s"), stdout=subprocess.PIPE,
                          stderr=subprocess.DEVNULL, text=True) as sending:
        time.sleep(2.5)
        top.sample()
        # What was written meanwhile is from before.
        rates = []
        end = time.monotonic() + 10
        while time.monotonic() < end:
            top.sample()
            rates.append(top.head["up_packets_per_second"])
        report = json.loads(sending.communicate()[0])
    top.process.terminate()
    top.process.communicate()
    return rates[2:], report["rx"]


def test_rate(ues):
    """The mean of gtptop's seconds is gtpgen's rate. The two windows are not the same, so an emulated machine that has
    stood still in one of them is asked again; a figure that is wrong stays wrong."""
    for _ in range(3):
        rates, rx = rates_of_load(ues)
        check(rx["lost"] == 0, "nothing is lost", rx)
        mean, told = sum(rates) / max(1, len(rates)), rx["rate_pps"]
        agree = len(rates) >= 6 and abs(mean / told - 1) < 0.01
        if agree:
            break
        print(f"  gtptop {mean:.1f}, gtpgen {told:.1f} packets/s: {rates}", flush=True)
    check(agree, f"rate: gtptop {mean:.1f}, gtpgen {told:.1f} packets/s", rates)


def test_swapped():
    """The peer sends with its own TEIDs: what is its I-TEI and our O-TEI."""
    tunnel("add", "--netns", "core", "--dev", "gtpc", "--peer", "172.31.1.2", "--teid", "0x90000", "--peer-teid",
           "0xa0000", "--ue", "10.47.0.1/32")
    words = ["ip", "netns", "exec", "gnb", GTPGEN, "load", "172.31.1.1", "--teid", "0xa0000", "-r", "500", "-d", "60s",
             "--expect", "none", "-q"]
    with subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as sending:
        time.sleep(1)
        done = subprocess.run([GTPTOP, "--netns", "core", "--json", "-n1", "-d", "2s", "--view", "findings"],
                              capture_output=True, text=True, check=False)
        rows = {row["id"]: row for row in map(json.loads, done.stdout.splitlines()[1:])}
        sentence = rows.get("GTP-102", {}).get("sentence", "")
        check("per second come to gtpc for TEIDs it does not know" in sentence, f"TEIDs swapped: {sentence}", sorted(rows))
        if not OURS:  # which counts them, and does not keep whose they were
            done = subprocess.run([GTPTOP, "--netns", "core", "--json", "-n1", "-d", "2s", "presence wire"],
                                  capture_output=True, text=True, check=False)
            rows = [json.loads(line) for line in done.stdout.splitlines()[1:]]
            check([(row["i_tei"], row["peer"]) for row in rows] == [(0xa0000, "172.31.1.2")], "and which they are", rows)
        sending.terminate()


def main():
    with tempfile.TemporaryDirectory() as directory:
        ues = os.path.join(directory, "ues.csv")
        make_network(ues)
        test_counts(ues)
        test_rate(ues)
        test_swapped()
    print(f"{results[1]} passed, {results[0]} failed")
    return 1 if results[0] else 0


if __name__ == "__main__":
    sys.exit(main())
