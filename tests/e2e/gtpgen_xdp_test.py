#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""gtpgen load --backend xdp and xdp-flood over a veth pair: every packet is counted at the peer's interface, and by a
sink that checks their checksums. Needs root; GTPGEN names the program.

    near 10.9.1.1, fd09:1::1 --- near0  far0 --- 10.9.1.2, fd09:1::2 far
         10.9.2.1            --- near1  far1 --- 10.9.2.2, where nobody says a word that was not asked to
    VLAN 5: 10.9.5.1                             10.9.5.2, where the kernel has VLANs
"""
import json
import os
import shutil
import signal
import subprocess
import sys
import unittest

GTPGEN = os.environ.get("GTPGEN", "gtpgen")
FAR, FAR6, VLAN = "10.9.1.2", "fd09:1::2", "10.9.5.2"
NOBODY = "10.9.2.9"  # on far1's link, but none of its addresses

TOPOLOGY = """
mount -t tmpfs none /run
ip netns add near; ip netns add far
ip -n near link add near0 numtxqueues 2 numrxqueues 2 type veth peer name far0 numtxqueues 2 numrxqueues 2 netns far
ip netns exec near ethtool -L near0 rx 2 tx 2 >/dev/null; ip netns exec far ethtool -L far0 rx 2 tx 2 >/dev/null
ip -n near addr add 10.9.1.1/24 dev near0; ip -n near addr add fd09:1::1/64 dev near0 nodad
ip -n far addr add 10.9.1.2/24 dev far0; ip -n far addr add fd09:1::2/64 dev far0 nodad
for n in near far; do ip -n $n link set lo up; ip -n $n link set ${n}0 addrgenmode none; ip -n $n link set ${n}0 up; done
ip -n near link add near1 type veth peer name far1 netns far
for n in near far; do ip netns exec $n sysctl -qw net.ipv6.conf.${n}1.disable_ipv6=1; ip -n $n link set ${n}1 up; done
ip -n near addr add 10.9.2.1/24 dev near1; ip -n far addr add 10.9.2.2/24 dev far1
ip -n near neighbour replace 10.9.2.9 lladdr 02:00:00:00:00:99 dev near1
"""
VLANS = """
ip -n near link add near0.5 link near0 type vlan id 5; ip -n near addr add 10.9.5.1/24 dev near0.5
ip -n far link add far0.5 link far0 type vlan id 5; ip -n far addr add 10.9.5.2/24 dev far0.5
ip -n near link set near0.5 up; ip -n far link set far0.5 up
"""


def within(namespace, *words, **more):
    return subprocess.run(["ip", "netns", "exec", namespace, *map(str, words)], capture_output=True, text=True,
                          timeout=60, check=False, **more)


def load(*words):
    return within("near", GTPGEN, "load", *words)


def report(*words):
    done = load(*words, "--json", "-q")
    # 3: our own device has dropped packets, and it is said how many; or a busy host did not reach the rate.
    assert done.stdout and done.returncode in (0, 3), done
    return json.loads(done.stdout)


def arrived(interface):
    """Packets of a far interface. The counter is before GRO: each for itself."""
    done = subprocess.run(["ip", "-n", "far", "-j", "-s", "link", "show", interface], capture_output=True, check=True)
    return json.loads(done.stdout)[0]["stats64"]["rx"]["packets"]


HAS_VLANS = False
CPUS = ",".join(map(str, (sorted(os.sched_getaffinity(0)) * 2)[:2]))


class Sink:
    def __init__(self, address):
        self.address = address

    def __enter__(self):
        control = f"[{self.address}]" if ":" in self.address else self.address
        self.process = subprocess.Popen(["ip", "netns", "exec", "far", GTPGEN, "sink", "--listen", control,
                                         "--control", control, "--rcvbuf", "64Mi", "-q"],
                                        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for _ in range(100):
            done = within("near", GTPGEN, "echo", self.address, "-u", "-c", "1", "-W", "0.1", "-q")
            if done.returncode == 0:
                return self
        raise AssertionError(f"no sink: {done}")

    def __exit__(self, *_):
        self.process.send_signal(signal.SIGINT)
        self.process.wait(timeout=10)


class Xdp(unittest.TestCase):
    def counted(self, target, *words, backend="xdp", count=5000):
        """Sent as asked for, and all arrived that the interface has taken, none of it harmed."""
        before = arrived("far0")
        with Sink(target):
            # Pinned: veth hands a packet to the CPU that sent it, so a sender that moves overtakes itself.
            told = report(target, "--backend", backend, "-c", count, "--expect", f"sink={target}", "--cpus", CPUS, *words)
        tx, rx = told["tx"], told["rx"]
        dropped = tx["errors"].get("dropped", 0)
        self.assertEqual(
            (tx["packets"], rx["packets"], rx["lost"], rx["lost_local"] or 0, rx["corrupt"], rx["duplicate"],
             rx["reordered"], rx["malformed"]), (count, count - dropped, dropped, dropped, 0, 0, 0, 0), told)
        self.assertLess(dropped, count / 10)
        self.assertGreaterEqual(arrived("far0") - before, count - dropped)
        return told

    def test_af_xdp(self):
        told = self.counted(FAR, "-n", 100, "-r", "20kpps")
        self.assertIn(told["environment"]["backend"], ("xdp+copy", "xdp+zerocopy"))

    def test_af_xdp_packets(self):
        self.counted(FAR6, "-n", 10, "-r", "20kpps", "-s", "66,512,1400", "--inner", "udp6", "--qfi", "1,5,9")
        self.counted(FAR, "-n", 10, "-r", "20kpps", "--inner", "tcp4", "--seq", "--flows", 4, "--sport", "2152-2155")

    def test_af_xdp_vlan(self):
        if not HAS_VLANS:
            self.skipTest("a kernel without VLANs")
        self.counted(VLAN, "-n", 10, "-r", "20kpps", "-s", "46-200")

    def test_af_xdp_threads(self):
        """A queue of the interface each."""
        self.counted(FAR, "-n", 16, "-r", "20kpps", "-T", 2)
        done = load(FAR, "--backend", "xdp", "-n", 16, "-T", 3, "-c", 10)
        self.assertEqual(done.returncode, 3, done)
        self.assertIn("each thread wants a queue of its own", done.stderr)

    def test_af_xdp_exact(self):
        """As fast as it goes, by the interface's own count."""
        before = arrived("far1")
        told = report(NOBODY, "--backend", "xdp", "-r", "max", "-c", 100_000, "--expect", "none")
        self.assertEqual(told["tx"]["packets"], 100_000)
        self.assertEqual(arrived("far1") - before, 100_000 - told["tx"]["errors"].get("dropped", 0))

    def test_flood(self):
        for interface in ("far0", "far1"):
            within("far", "ethtool", "-K", interface, "gro", "on")
        try:
            told = self.counted(FAR, "-n", 100, "-r", "max", backend="xdp-flood", count=3000)
            self.assertEqual(told["environment"]["backend"], "xdp-flood")
            for words in (("--inner", "tcp4"), ("--inner", "icmp4"), ("--qfi", "9", "--seq"), ("-s", 1400),
                          ("--inner", "udp6", "--downlink"), ("--sport", "2152-2155"), ("--order", "random")):
                self.counted(FAR, "-n", 10, "-r", "max", *words, backend="xdp-flood", count=2000)
            self.counted(FAR6, "-n", 10, "-r", "max", "--flows", 3, backend="xdp-flood", count=2000)
            self.counted(FAR, "-n", 10, "-r", "max", "-T", 2, backend="xdp-flood", count=2000)

            before = arrived("far1")
            told = report(NOBODY, "--backend", "xdp-flood", "-r", "max", "-d", "0.5s", "-n", 1000, "--expect", "none")
            dropped = told["tx"]["errors"].get("dropped", 0)
            self.assertEqual(arrived("far1") - before, told["tx"]["packets"] - dropped)
            self.assertGreater(told["tx"]["packets"], 10_000)
            self.assertLess(told["tx"]["duration_ns"], 700_000_000)
        finally:
            within("far", "ethtool", "-K", "far0", "gro", "off")

    def test_interface_that_takes_none(self):
        """A veth whose peer has no XDP and no GRO; a VLAN."""
        for target in (FAR, VLAN) if HAS_VLANS else (FAR,):
            done = load(target, "--backend", "xdp-flood", "-r", "max", "-c", 1000, "-q")
            self.assertEqual(done.returncode, 3, done)
            self.assertIn("takes no frames from XDP", done.stderr)
            self.assertIn("gro on", done.stderr)

    def test_refused(self):
        for words, reason in (
            (("-r", "10kpps"), "has no pace"),
            (("-r", "max", "-s", "64,512"), "one size"),
            (("-r", "max", "--negative", "echo=1%"), "nothing unwanted"),
            (("-r", "max", "--source", "10.9.1.0/28"), "one address"),
            (("-r", "max", "--dst", "10.46.0.0/24", "--flows", 4), "one address"),
        ):
            done = load(FAR, "--backend", "xdp-flood", *words, "-c", 10)
            self.assertEqual(done.returncode, 2, done)
            self.assertIn(reason, done.stderr)
        for backend in ("xdp", "xdp-flood"):
            done = load("127.0.0.1", "--backend", backend, "-r", "max", "-c", 10)
            self.assertEqual(done.returncode, 3, done)
            self.assertIn(f"backend {backend} wants an Ethernet interface", done.stderr)

    @unittest.skipUnless(shutil.which("setpriv"), "needs setpriv")
    def test_without_rights(self):
        within("near", GTPGEN, "echo", FAR, "-c", "1", "-W", "0.1")
        for backend, right in (("xdp", "cap_net_raw"), ("xdp-flood", "cap_bpf,cap_net_admin,cap_perfmon")):
            done = within("near", "setpriv", "--reuid", "65534", "--clear-groups", "--inh-caps=-all", GTPGEN, "load", FAR,
                          "--backend", backend, "-r", "max", "-c", 10)
            self.assertEqual(done.returncode, 4, done)
            self.assertIn(f"sudo setcap {right}+ep", done.stderr)


def main():
    global HAS_VLANS
    if sys.argv[1:2] == ["--inside"]:
        subprocess.run(["sh", "-ec", TOPOLOGY], check=True)
        HAS_VLANS = subprocess.run(["sh", "-ec", VLANS], stderr=subprocess.DEVNULL, check=False).returncode == 0
        return unittest.main(argv=[sys.argv[0], *sys.argv[2:]])
    namespace = ["unshare", "--net", "--mount", "--pid", "--fork", "--kill-child", "--mount-proc"]
    if (os.geteuid() != 0 or not shutil.which("ethtool")
            or subprocess.run([*namespace, "true"], stderr=subprocess.DEVNULL, check=False).returncode):
        print("skipped: needs root, namespaces and ethtool")
        return 77
    return subprocess.run([*namespace, sys.executable, "-B", __file__, "--inside", *sys.argv[1:]],
                          check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
