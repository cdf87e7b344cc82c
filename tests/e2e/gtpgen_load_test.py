#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""gtpgen load as a user runs it: what it refuses, what it sends, and what it says of it.

As root it runs in a network namespace of its own (`unshare -n`), with a gateway of a few lines between two sides:

    gtpgen  -- G-PDUs, lo -->  gateway (127.0.0.2:2152)  -- tun0: 10.45.0.0/16 -->  10.46.0.1, gtpgen
"""

import fcntl
import json
import os
import signal
import socket
import struct
import subprocess
import sys
import tempfile
import threading
import time
import unittest

GTPGEN = os.environ.get("GTPGEN", "gtpgen")
GTPDUMP = os.environ.get("GTPDUMP", "gtpdump")
IN_NAMESPACE = "GTPGEN_E2E_NAMESPACE"
TIMEOUT_S = 60


def load(*words, timeout=TIMEOUT_S):
    return subprocess.run([GTPGEN, "load", *map(str, words)], capture_output=True, text=True, timeout=timeout,
                          check=False)


def report(*words):
    """The JSON report of a run, and its exit status."""
    done = load(*words, "--json", "-q")
    if not done.stdout:
        raise AssertionError(f"status {done.returncode}: {done.stderr}")
    return json.loads(done.stdout), done.returncode


def ip(*words):
    subprocess.run(["ip", *words], check=True, stdout=subprocess.DEVNULL)


def need_namespace():
    if IN_NAMESPACE not in os.environ:
        raise unittest.SkipTest("needs root, for a network namespace")


class Receiver(threading.Thread):
    """Keeps the datagrams that arrive at a port."""

    def __init__(self, address="127.0.0.1", port=0):
        super().__init__(daemon=True)
        self.socket = socket.socket(socket.AF_INET6 if ":" in address else socket.AF_INET, socket.SOCK_DGRAM)
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 22)
        self.socket.bind((address, port))
        self.port = self.socket.getsockname()[1]
        self.datagrams = []
        self.start()

    def run(self):
        while True:
            try:
                data, sender = self.socket.recvfrom(65536)
            except OSError:
                return
            self.datagrams.append((data, sender))

    def wait(self, count):
        deadline = time.monotonic() + 5
        while len(self.datagrams) < count and time.monotonic() < deadline:
            time.sleep(0.01)
        return self.datagrams

    def close(self):
        self.socket.close()


class Reflector:
    """gtpgen reflect at an address of the loopback interface."""

    def __init__(self, address="127.0.0.3"):
        self.process = subprocess.Popen([GTPGEN, "reflect", "--listen", address, "-q"], stdout=subprocess.DEVNULL,
                                        stderr=subprocess.DEVNULL)
        self.address = address
        deadline = time.monotonic() + 10
        while time.monotonic() < deadline:
            with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
                probe.settimeout(0.2)
                probe.sendto(struct.pack("!BBHIHBB", 0x32, 1, 4, 0, 7, 0, 0), (address, 2152))
                try:
                    probe.recv(100)
                    return
                except OSError:
                    continue
        raise AssertionError("gtpgen reflect does not answer")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.send_signal(signal.SIGINT)
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


class Refusals(unittest.TestCase):
    def refused(self, expected, *words):
        done = load(*words)
        self.assertEqual(done.returncode, 2, f"{words}: {done.stderr}")
        self.assertTrue(done.stderr.startswith("gtpgen: "), done.stderr)
        self.assertIn(expected, done.stderr)
        self.assertEqual(done.stdout, "")

    def test_what_makes_no_sense_is_refused_with_a_reason(self):
        target = "127.0.0.1"
        for expected, words in [
            ("no target", []),
            ("one target", [target, "127.0.0.2"]),
            ("multicast", ["224.0.0.1"]),
            ("multicast or broadcast", ["255.255.255.255"]),
            ("multicast", ["ff02::1"]),
            ("is no rate", [target, "-r", "10furlongs"]),
            ("rate of 0", [target, "-r", "0"]),
            ("--yes-really", ["8.8.8.8", "-r", "max"]),
            ("--duration and --count", [target, "-d", "1s", "-c", "5"]),
            ("--ramp", [target, "-r", "max", "--ramp", "1s"]),
            ("--min-rate", [target, "-r", "max", "--min-rate", "99%"]),
            ("no room for headers", [target, "--size", "40"]),
            ("at least 66", [target, "--inner", "udp6", "--size", "64"]),
            ("is no size", [target, "--size", "huge"]),
            ("ends before it starts", [target, "--size", "1400-64"]),
            ("TEID 0", [target, "--teid", "0"]),
            ("not a TEID range", [target, "--teid", "0xffffffff"]),
            ("do not fit", [target, "--teid", "0xfffffff0", "-n", "100"]),
            ("all tunnels have one TEID", [target, "--teid", "7+0", "-n", "2"]),
            ("is more than 1000000", [target, "-n", "1000001"]),
            ("subscriber addresses", [target, "--ue", "10.0.0.0/24", "-n", "255"]),
            ("as the inner packets are", [target, "--inner", "udp6", "--ue", "10.0.0.0/24"]),
            ("as the inner packets are", [target, "--dst", "fd00::1"]),
            ("--stride", [target, "--stride", "3"]),
            ("no QFI", [target, "--qfi", "64"]),
            ("no DSCP", [target, "--dscp", "best"]),
            ("both directions", [target, "--direction", "both"]),
            ("without --via", [target, "--via-netns", "x"]),
            ("only inner UDP", [target, "--via", "10.46.0.1", "--inner", "tcp4"]),
            ("--dst and --via", [target, "--via", "10.46.0.1", "--dst", "10.46.0.2"]),
            ("--expect", [target, "--expect", "miracles"]),
            ("no other --expect", [target, "--via", "10.46.0.1", "--expect", "reflect"]),
            ("100 %", [target, "--negative", "echo=50%,truncated=50%"]),
            ("none of unknown-teid", [target, "--negative", "typo=1%"]),
            ("-4 and -6", [target, "-4", "-6"]),
            ("is no burst", [target, "--arrival", "burst:0/1s"]),
            ("--burst with --arrival poisson", [target, "--arrival", "poisson", "--burst", "4"]),
            ("threads", [target, "-T", "2"]),
            ("no ports", [target, "--sport", "10-5"]),
            ("two IP versions", [target, "--source", "::1"]),
            ("--write wants a rate", [target, "--write", "/dev/null", "-r", "max"]),
            ("--write wants an end", [target, "--write", "/dev/null", "-d", "0"]),
            ("--write is no network", [target, "--write", "/dev/null", "-n", "2", "-T", "2"]),
            ("more than there are ports", [target, "--flows", "60000"]),
            ("--tunnel-file names the tunnels", [target, "--tunnel-file", "x", "-n", "3"]),
            ("No such file", [target, "--tunnel-file", "/nonexistent"]),
        ]:
            with self.subTest(words=words):
                self.refused(expected, *words)

    def test_an_error_in_a_list_of_tunnels_names_its_place(self):
        with tempfile.NamedTemporaryFile("w", suffix=".csv") as file:
            file.write("teid,peer,ue_ip\n1,,10.0.0.1\n2,,nowhere\n")
            file.flush()
            self.refused(f"{file.name}:3: ue_ip:", "127.0.0.1", "--tunnel-file", file.name)

    def test_peers_in_a_list_are_as_safe_as_the_target(self):
        for peer, expected, words in (("239.1.1.1", "multicast", []), ("8.8.8.8", "--yes-really", ["-r", "max"])):
            with tempfile.NamedTemporaryFile("w", suffix=".csv") as file:
                file.write(f"1,{peer},10.0.0.1\n")
                file.flush()
                self.refused(expected, "127.0.0.1", "--tunnel-file", file.name, *words)

    def test_a_port_that_is_taken(self):
        receiver = Receiver()
        self.addCleanup(receiver.close)
        done = load("127.0.0.1", "--sport", receiver.port, "-c", 1)
        self.assertEqual(done.returncode, 1)
        self.assertIn("another program has the port", done.stderr)
        self.assertIn("try: --sport", done.stderr)


class Packets(unittest.TestCase):
    def sent(self, count, *words, address="127.0.0.1"):
        receiver = Receiver(address)
        self.addCleanup(receiver.close)
        target = f"[{address}]:{receiver.port}" if ":" in address else f"{address}:{receiver.port}"
        result, status = report(target, "-c", count, "-r", "50k", "--expect", "none", *words)
        self.assertEqual(result["tx"]["packets"], count)
        self.assertIn(status, (0, 3))  # a busy machine may be late
        datagrams = receiver.wait(count)
        self.assertEqual(len(datagrams), count)
        return datagrams

    def test_tunnels_take_turns(self):
        datagrams = self.sent(100, "-n", 10, "--teid", "0x1000+2")
        teids = [struct.unpack("!I", data[4:8])[0] for data, _ in datagrams]
        self.assertEqual(teids, [0x1000 + 2 * (i % 10) for i in range(100)])
        addresses = {data[20:24] for data, _ in datagrams}
        self.assertEqual(len(addresses), 10)
        self.assertTrue(all(len(data) == 108 for data, _ in datagrams))

    def test_random_order_visits_every_tunnel(self):
        datagrams = self.sent(500, "-n", 250, "--order", "random", "--seed", 3)
        teids = [struct.unpack("!I", data[4:8])[0] for data, _ in datagrams]
        self.assertEqual(sorted(teids[:250]), list(range(1, 251)))
        self.assertEqual(teids[:250], teids[250:])
        self.assertNotEqual(teids[:250], list(range(1, 251)))

    def test_container_and_sequence_numbers(self):
        datagrams = self.sent(12, "-n", 3, "--qfi", "1,5,9", "--seq")
        for number, (data, _) in enumerate(datagrams):
            self.assertEqual(data[0], 0x36)
            self.assertEqual(struct.unpack("!H", data[8:10])[0], number // 3)
            self.assertEqual(data[11:16], bytes([0x85, 1, 0x10, (1, 5, 9)[number % 3], 0]))
            self.assertEqual(struct.unpack("!H", data[2:4])[0], len(data) - 8)

    def test_sizes_keep_their_shares_with_and_without_segmentation(self):
        for more in ([], ["--no-gso"]):
            datagrams = self.sent(240, "--size", "imix:46:7,576:4,1456:1", *more)
            sizes = sorted(len(data) - 8 for data, _ in datagrams)
            self.assertEqual(sizes, [46] * 140 + [576] * 80 + [1456] * 20)

    def test_tunnels_from_a_file(self):
        with tempfile.NamedTemporaryFile("w", suffix=".csv") as file:
            file.write("teid,peer,ue_ip,qfi\n16,,10.45.0.7,9\n32,127.0.0.1,10.45.0.8,5\n")
            file.flush()
            datagrams = self.sent(10, "--tunnel-file", file.name, "--qfi", "1")
        self.assertEqual([struct.unpack("!I", data[4:8])[0] for data, _ in datagrams], [16, 32] * 5)
        self.assertEqual([data[14] for data, _ in datagrams], [9, 5] * 5)

    def test_source_ports_are_the_tunnels_own(self):
        receiver = Receiver()
        self.addCleanup(receiver.close)
        report(f"127.0.0.1:{receiver.port}", "-c", 600, "-r", "10k", "-n", 6, "--sport", "40001-40003", "--expect", "none")
        ports = {}
        for data, sender in receiver.wait(600):
            ports.setdefault(struct.unpack("!I", data[4:8])[0], set()).add(sender[1])
        self.assertEqual(len(ports), 6)
        self.assertTrue(all(len(each) == 1 for each in ports.values()))
        self.assertEqual(set().union(*ports.values()), {40001, 40002, 40003})

    def test_over_ipv6(self):
        datagrams = self.sent(20, "--inner", "udp6", "--size", "100", address="::1")
        self.assertTrue(all(data[8] >> 4 == 6 and len(data) == 108 for data, _ in datagrams))


class Files(unittest.TestCase):
    def test_a_file_instead_of_a_network(self):
        with tempfile.TemporaryDirectory() as directory:
            for name, words in [("a.pcap", []), ("b.pcapng", ["--qfi", "9", "--seq", "--size", "imix"]),
                                ("c.pcap", ["--inner", "tcp6", "--size", "200"]),
                                ("d.pcap", ["--inner", "icmp4", "--flows", "4"])]:
                path = os.path.join(directory, name)
                began = time.monotonic()
                result, status = report("192.0.2.7", "--write", path, "-n", 5, "-r", "100", "-d", "10s", *words)
                self.assertLess(time.monotonic() - began, 8)  # nobody waits
                self.assertEqual((status, result["tx"]["packets"]), (0, 1000))
                lines = subprocess.run([GTPDUMP, "-r", path, "--json"], capture_output=True, text=True, check=True,
                                       timeout=TIMEOUT_S).stdout.splitlines()
                self.assertEqual(len(lines), 1000)
                check = subprocess.run([GTPDUMP, "-r", path, "--check"], capture_output=True, text=True, check=False,
                                       timeout=TIMEOUT_S)
                self.assertEqual(check.returncode, 0, check.stdout[-2000:])


class Runs(unittest.TestCase):
    def accounted_for(self, result):
        self.assertEqual(result["tx"]["packets"], result["rx"]["packets"] + result["rx"]["lost"])

    def test_reflected_packets_are_all_there(self):
        with Reflector() as reflector:
            for words in (["-n", 100, "-r", "5k", "--qfi", "9"], ["-n", 7, "-r", "2k", "--arrival", "poisson"],
                          ["-n", 4, "-T", 2, "-r", "2k", "--inner", "icmp6", "--size", "200-300"],
                          ["-n", 3, "-r", "4k", "--ramp", "500ms"],
                          ["--arrival", "burst:50/20ms", "-n", 2], ["-n", 2, "--warm-up", "300ms", "-r", "1k"]):
                with self.subTest(words=words):
                    result, status = report(reflector.address, "-d", "500ms", "--expect", "reflect", *words)
                    self.assertIn(status, (0, 3), result["verdict"])
                    self.accounted_for(result)
                    self.assertEqual((result["rx"]["lost"], result["rx"]["corrupt"], result["rx"]["duplicate"]),
                                     (0, 0, 0))
                    self.assertGreater(result["rx"]["packets"], 100)

    def test_max_is_fast_and_accounted_for(self):
        with Reflector() as reflector:
            result, status = report(reflector.address, "-d", "500ms", "-r", "max", "--expect", "reflect")
            self.assertIn(status, (0, 1, 3))
            self.accounted_for(result)

    def test_memory_is_constant(self):
        """Hundreds of intervals and thousands of packets later it holds what it held at the start."""
        with Reflector() as reflector:
            process = subprocess.Popen([GTPGEN, "load", reflector.address, "-n", "1000", "-r", "5k", "-d", "4s",
                                        "--expect", "reflect", "--live", "10ms", "--json", "-q"],
                                       stdout=subprocess.PIPE, stderr=subprocess.PIPE)

            def resident():
                with open(f"/proc/{process.pid}/status", encoding="ascii") as status:
                    return next(int(line.split()[1]) for line in status if line.startswith("VmRSS"))

            time.sleep(1.5)
            early = resident()
            time.sleep(2)
            late = resident()
            out, _ = process.communicate(timeout=TIMEOUT_S)
        self.assertGreater(len(json.loads(out)["intervals"]), 100)
        self.assertLess(late - early, 512, "KiB")

    def test_unwanted_packets_are_counted_apart(self):
        with Reflector() as reflector:
            result, status = report(reflector.address, "-c", 2000, "-r", "5k", "--negative",
                                    "unknown-teid=5%,bad-version=5%,truncated=5%,echo=5%")
            self.assertIn(status, (0, 3))
            self.accounted_for(result)
            self.assertEqual(result["rx"]["lost"], 0)
            self.assertGreaterEqual(result["gtp"]["echo_responses"], 50)
            unwanted = result["tx"]["unwanted"]
            self.assertEqual(sorted(unwanted), ["bad_version", "echo", "truncated", "unknown_teid"])
            self.assertTrue(all(count >= 50 for count in unwanted.values()), unwanted)
            self.assertEqual(sum(unwanted.values()) + result["tx"]["packets"], 2000)

    def test_nothing_is_sent_to_ask_where_nobody_is_asked(self):
        """A link without ARP carries the packets of the run and no others."""
        need_namespace()
        ip("link", "add", "noarp", "type", "veth", "peer", "name", "other")
        self.addCleanup(ip, "link", "del", "noarp")
        ip("link", "set", "noarp", "arp", "off", "addrgenmode", "none", "up")
        ip("link", "set", "other", "addrgenmode", "none", "up")
        ip("address", "add", "192.0.2.1/24", "dev", "noarp")

        def sent():
            told = subprocess.run(["ip", "-j", "-s", "link", "show", "noarp"], check=True, capture_output=True)
            return json.loads(told.stdout)[0]["stats64"]["tx"]["packets"]

        before = sent()
        result, _ = report("192.0.2.2", "--expect", "none", "-c", 10, "--no-gso")
        self.assertEqual(result["tx"]["packets"], 10)
        self.assertEqual(sent() - before, 10)

    def test_nobody_there(self):
        receiver = Receiver()
        receiver.close()
        result, status = report(f"127.0.0.1:{receiver.port}", "-c", 50, "--expect", "reflect", "--drain", "200ms")
        self.assertEqual(status, 1)
        self.assertGreater(result["gtp"]["icmp_errors"], 0)
        self.assertEqual(result["rx"]["lost"], 50)

    def test_an_interrupt_prints_the_whole_report(self):
        receiver = Receiver()
        self.addCleanup(receiver.close)
        process = subprocess.Popen([GTPGEN, "load", f"127.0.0.1:{receiver.port}", "-d", "0", "--json", "-q"],
                                   stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        receiver.wait(20)
        process.send_signal(signal.SIGINT)
        out, _ = process.communicate(timeout=TIMEOUT_S)
        result = json.loads(out)
        # A host that stood still has not sent at the rate; that is told before the interrupt.
        self.assertEqual(process.returncode, 3 if result["verdict"] == "generator_limited" else 130)
        self.assertEqual(result["tx"]["packets"], len(receiver.wait(result["tx"]["packets"])))

    def test_a_packet_larger_than_the_mtu(self):
        need_namespace()
        ip("link", "add", "v0", "type", "veth", "peer", "name", "v1")
        self.addCleanup(ip, "link", "del", "v0")
        ip("address", "add", "192.0.2.1/24", "dev", "v0")
        for link in ("v0", "v1"):
            ip("link", "set", link, "up")
        ip("neighbour", "replace", "192.0.2.2", "lladdr", "02:00:00:00:00:02", "dev", "v0")
        done = load("192.0.2.2", "--size", "1500", "--qfi", "9", "-c", "1")
        self.assertEqual(done.returncode, 2)
        self.assertIn("inner 1500 + 44 = 1544 > MTU 1500 on v0", done.stderr)
        self.assertIn("--size of at most 1456", done.stderr)
        self.assertEqual(load("192.0.2.2", "--size", "1456", "--qfi", "9", "-c", "1", "--expect", "none").returncode, 0)
        result, status = report("192.0.2.2", "--backend", "packet", "-c", "20", "--expect", "none")
        self.assertEqual((status, result["tx"]["packets"]), (0, 20))
        self.assertEqual(result["environment"]["backend"], "packet")
        done = load("192.0.2.3", "-c", "1", timeout=TIMEOUT_S)
        self.assertEqual(done.returncode, 1)
        self.assertIn("no neighbour entry for 192.0.2.3 on v0", done.stderr)
        self.assertEqual(load("198.51.100.1", "-c", "1").returncode, 1)


class Gateway(threading.Thread):
    """Between lo and tun0: takes G-PDUs apart, and puts what comes for subscribers into G-PDUs for 127.0.0.1."""

    def __init__(self):
        super().__init__(daemon=True)
        self.tun = os.open("/dev/net/tun", os.O_RDWR)
        fcntl.ioctl(self.tun, 0x400454CA, struct.pack("16sH", b"tun0", 0x1001))  # TUNSETIFF, IFF_TUN | IFF_NO_PI
        ip("link", "set", "tun0", "up")
        ip("route", "add", "10.45.0.0/16", "dev", "tun0")
        ip("address", "add", "10.46.0.1/32", "dev", "lo")
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 22)
        self.socket.bind(("127.0.0.2", 2152))
        self.stopped = False
        self.drop_every = 0
        self.uplink = 0
        self.start()
        threading.Thread(target=self.downlink, daemon=True).start()

    def run(self):
        while not self.stopped:
            data = self.socket.recv(65536)
            if data[1] != 255:
                continue
            self.uplink += 1
            if self.drop_every and self.uplink % self.drop_every == 0:
                continue
            os.write(self.tun, data[8:])

    def downlink(self):
        while not self.stopped:
            packet = os.read(self.tun, 65536)
            if packet[0] >> 4 != 4:
                continue
            teid = struct.unpack("!I", packet[16:20])[0] & 0xFFFF
            self.socket.sendto(struct.pack("!BBHI", 0x30, 255, len(packet), teid) + packet, ("127.0.0.1", 2152))


class ThroughAGateway(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        need_namespace()
        try:
            cls.gateway = Gateway()
        except OSError as error:
            raise unittest.SkipTest(f"no tun device: {error}")

    def test_every_direction(self):
        for direction in ("up", "down", "both"):
            with self.subTest(direction=direction):
                result, status = report("127.0.0.2", "--via", "10.46.0.1", "--direction", direction, "-n", 20,
                                        "-r", "2k", "-c", 2000)
                self.assertIn(status, (0, 3), result["verdict"])
                self.assertEqual(result["tx"]["packets"], 2000)
                self.assertEqual((result["rx"]["packets"], result["rx"]["lost"]), (2000, 0))
                self.assertEqual(result["latency_ns"]["kind"], "oneway")

    def test_what_the_gateway_drops_is_lost(self):
        self.gateway.uplink = 0
        self.gateway.drop_every = 10
        self.addCleanup(setattr, self.gateway, "drop_every", 0)
        result, status = report("127.0.0.2", "--via", "10.46.0.1", "-n", 20, "-r", "2k", "-c", 1000, "--max-loss", "1%")
        self.assertEqual((result["rx"]["packets"], result["rx"]["lost"]), (900, 100))
        self.assertIn(status, (1, 3))


def main():
    if os.geteuid() == 0 and IN_NAMESPACE not in os.environ:
        entered = subprocess.run(["unshare", "-n", "sh", "-c", 'ip link set lo up && exec "$@"', "sh", sys.executable,
                                  "-B", *sys.argv], env={**os.environ, IN_NAMESPACE: "1"}, check=False)
        sys.exit(entered.returncode)
    unittest.main()


if __name__ == "__main__":
    main()
