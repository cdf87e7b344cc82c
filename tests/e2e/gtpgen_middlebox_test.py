#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""gtpgen's counts are exact: a relay on loopback does known harm to known packets, and the report must say just that.

    gtpgen load  ->  relay  ->  gtpgen sink      one way, the sink's control connection brings the counts
    gtpgen load  ->  relay  <-  gtpgen reflect   there and back

Needs no privilege. GTPGEN names the program.
"""
import contextlib
import csv
import json
import os
import random
import select
import signal
import socket
import struct
import subprocess
import tempfile
import threading
import time
import unittest

GTPGEN = os.environ.get("GTPGEN", "gtpgen")
TIMEOUT_S = 60
STAMP = b"\x47\x54\x00"


def sequence_of(datagram):
    """(tunnel, sequence) of the stamp in a G-PDU; None when there is none."""
    at = datagram.find(STAMP)
    if at < 0 or len(datagram) < at + 18:
        return None
    tunnel = int.from_bytes(datagram[at + 3:at + 6], "big")
    return tunnel, int.from_bytes(datagram[at + 6:at + 10], "big")


class Relay(threading.Thread):
    """Passes datagrams between whoever sends first and [target]; harm(datagram, n) says what goes on of the n-th one
    towards the target: a list of (delay in seconds, octets)."""

    def __init__(self, target, harm=None, stall=None):
        super().__init__(daemon=True)
        self.front = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.back = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        for side in (self.front, self.back):
            side.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4 << 20)
            side.bind(("127.0.0.1", 0))
        self.back.connect(target)
        self.harm = harm or (lambda datagram, n: [datagram])
        self.stall = stall
        self.client = None
        self.count = 0
        self.stopped = False

    @property
    def port(self):
        return self.front.getsockname()[1]

    def run(self):
        started = time.monotonic()
        next_stall = started + self.stall[1] if self.stall else None
        while not self.stopped:
            ready, _, _ = select.select([self.front, self.back], [], [], 0.05)
            if next_stall and time.monotonic() >= next_stall:
                time.sleep(self.stall[0])
                next_stall += self.stall[1]
            if self.front in ready:
                datagram, self.client = self.front.recvfrom(65536)
                for one in self.harm(datagram, self.count):
                    self.back.send(one)
                self.count += 1
            if self.back in ready:
                self.front.sendto(self.back.recv(65536), self.client)

    def stop(self):
        self.stopped = True
        self.join()
        self.front.close()
        self.back.close()


def free_port(kind):
    with socket.socket(socket.AF_INET, kind) as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Peer:
    """A sink or reflector in the background, ready when it says where it listens."""

    def __init__(self, *words):
        self.process = subprocess.Popen([GTPGEN, *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        self.greeting = self.process.stderr.readline().decode()

    def close(self):
        self.process.kill()
        self.process.communicate()

    def end(self, status=130):
        """Its report. Interrupted, and otherwise content, it ends with 130."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
        out, err = self.process.communicate(timeout=TIMEOUT_S)
        assert self.process.returncode == status, (self.process.returncode, err)
        return json.loads(out)


def load(*words):
    done = subprocess.run([GTPGEN, "load", *map(str, words), "--json", "-q"], capture_output=True, timeout=TIMEOUT_S,
                          check=False)
    assert done.stdout, done.stderr.decode()
    return json.loads(done.stdout), done.returncode


class Harm:
    """Per tunnel, by sequence number: what is dropped, doubled, damaged, or held back behind the next k packets."""

    def __init__(self, drop=(), double=(), damage=(), hold=None):
        self.drop, self.double, self.damage = set(drop), set(double), set(damage)
        self.hold = hold or {}
        self.held = []
        self.lock = threading.Lock()

    def __call__(self, datagram, n):
        known = sequence_of(datagram)
        if known is None:
            return [datagram]
        out = []
        if known in self.drop:
            pass
        elif known in self.damage:
            out.append(datagram[:-1] + bytes([datagram[-1] ^ 0x55]))
        elif known in self.hold:
            self.held.append([known[0], self.hold[known], datagram])
            return []
        elif known in self.double:
            out += [datagram, datagram]
        else:
            out.append(datagram)
        for one in list(self.held):
            if one[0] == known[0]:
                one[1] -= 1
                if one[1] == 0:
                    out.append(one[2])
                    self.held.remove(one)
        return out


class OneWay(unittest.TestCase):
    """Through the relay to a sink with a control connection."""

    def measure(self, harm, *words, count=2000, tunnels=4):
        control, port = free_port(socket.SOCK_STREAM), free_port(socket.SOCK_DGRAM)
        sink = Peer("sink", "--listen", f"127.0.0.1:{port}", "--control", f"127.0.0.1:{control}", "--json", "-q")
        relay = Relay(("127.0.0.1", port), harm)
        relay.start()
        try:
            report, status = load(f"127.0.0.1:{relay.port}", "-n", tunnels, "-c", count, "-r", "4000pps", "--sport",
                                  "rand", "--expect", f"sink=127.0.0.1:{control}", "--drain", "300ms", *words)
        finally:
            relay.stop()
            whole = sink.end()
        rx = report["rx"]
        self.assertEqual(report["tx"]["packets"], count)
        self.assertEqual(rx["packets"] + rx["lost"], count, "sent = received + lost")
        self.assertEqual(rx["expected"], count)
        self.assertEqual(rx["lost_local"], 0)
        self.assertEqual(whole["rx"]["packets"], rx["packets"])
        self.assertEqual(whole["rx"]["lost"], rx["lost"])
        return report, status

    def test_no_harm(self):
        report, status = self.measure(Harm())
        rx = report["rx"]
        self.assertEqual([rx[key] for key in ("lost", "reordered", "duplicate", "late", "corrupt")], [0] * 5)
        self.assertEqual(report["latency_ns"]["kind"], "oneway")
        self.assertEqual(report["latency_ns"]["count"], 2000)
        self.assertEqual(sum(bucket[1] for bucket in report["latency_ns"]["buckets"]), 2000)
        self.assertEqual(report["verdict"], "pass" if status == 0 else "generator_limited")

    def test_drops(self):
        drop = {(0, s) for s in range(100, 110)} | {(2, 0), (2, 499), (3, 250)}
        report, _ = self.measure(Harm(drop=drop))
        self.assertEqual(report["rx"]["lost"], 13)
        self.assertEqual(report["rx"]["loss_ratio"], 13 / 2000)
        self.assertEqual(report["rx"]["reordered"], 0)
        self.assertEqual(report["tunnels"]["count"], 4)
        self.assertEqual(report["tunnels"]["with_loss"], 3)
        worst = report["tunnels"]["worst"]
        self.assertEqual([(w["tunnel"], w["lost"], w["packets"]) for w in worst],
                         [(0, 10, 500), (2, 2, 500), (3, 1, 500)])

    def test_duplicates(self):
        report, _ = self.measure(Harm(double={(t, s) for t in range(4) for s in range(0, 500, 50)}))
        self.assertEqual(report["rx"]["duplicate"], 40)
        self.assertEqual(report["rx"]["lost"], 0)
        self.assertEqual(report["rx"]["packets"], 2000)

    def test_reordering(self):
        hold = {(0, 10): 1, (0, 20): 5, (1, 30): 63, (2, 40): 2}
        report, _ = self.measure(Harm(hold=hold))
        self.assertEqual(report["rx"]["reordered"], 4)
        self.assertEqual(report["rx"]["reorder_max_distance"], 63)
        self.assertEqual(report["rx"]["lost"], 0)

    def test_late(self):
        """Held back beyond the window: given up, and lost it stays."""
        report, _ = self.measure(Harm(hold={(0, 10): 64, (1, 20): 200}))
        self.assertEqual(report["rx"]["late"], 2)
        self.assertEqual(report["rx"]["lost"], 2)
        self.assertEqual(report["rx"]["reordered"], 0)

    def test_corruption(self):
        report, _ = self.measure(Harm(damage={(0, 5), (1, 6), (1, 7)}))
        self.assertEqual(report["rx"]["corrupt"], 3)
        self.assertEqual(report["rx"]["lost"], 3)

    def test_everything_at_once(self):
        harm = Harm(drop={(0, s) for s in range(50, 60)}, double={(1, s) for s in range(70, 90)},
                    damage={(2, s) for s in range(30, 35)}, hold={(3, s): 3 for s in range(100, 200, 10)})
        report, _ = self.measure(harm)
        rx = report["rx"]
        self.assertEqual((rx["lost"], rx["duplicate"], rx["corrupt"], rx["reordered"]), (15, 20, 5, 10))

    def test_limit(self):
        report, status = self.measure(Harm(drop={(0, s) for s in range(10)}), "--max-loss", "0.4%")
        self.assertEqual((report["verdict"], status), ("fail", 1))
        self.assertFalse(report["checks"][0]["ok"])


class ThereAndBack(unittest.TestCase):
    def measure(self, *words, harm=None, stall=None):
        port = free_port(socket.SOCK_DGRAM)
        reflect = Peer("reflect", "--listen", f"127.0.0.1:{port}", "--json", "-q")
        relay = Relay(("127.0.0.1", port), harm, stall)
        relay.start()
        try:
            return load(f"127.0.0.1:{relay.port}", "--sport", "rand", "--expect", "reflect", *words)
        finally:
            relay.stop()
            self.reflected = reflect.end()

    def test_round_trip(self):
        report, _ = self.measure("-n", 10, "-c", 1000, "-r", "2000pps", "--inner", "udp6", "--qfi", "9",
                                 harm=Harm(drop={(3, 7)}, damage={(4, 9)}))
        self.assertEqual(report["rx"]["packets"], 998)
        self.assertEqual(report["rx"]["lost"], 2)
        self.assertEqual(report["rx"]["corrupt"], 1, "damage on the way there is seen where the packet ends")
        self.assertEqual(report["latency_ns"]["kind"], "rtt")
        self.assertEqual(self.reflected["rx"]["packets"], 999)
        self.assertEqual(self.reflected["tx"]["packets"], 999)

    def test_a_stall_cannot_hide(self):
        """50 ms every 500 ms: a tenth of the packets waits, and the 99th percentile says so."""
        report, _ = self.measure("-r", "1000pps", "-d", "4s", stall=(0.05, 0.5))
        self.assertGreaterEqual(report["latency_ns"]["p99"], 40_000_000)
        self.assertLess(report["latency_ns"]["p50"], 40_000_000)
        self.assertEqual(report["rx"]["lost"], 0)

    def test_nobody_there(self):
        report, status = load(f"127.0.0.1:{free_port(socket.SOCK_DGRAM)}", "--sport", "rand", "--expect", "reflect",
                              "-c", "100", "--drain", "200ms")
        self.assertEqual((report["verdict"], status), ("fail", 1))
        self.assertEqual(report["rx"]["packets"], 0)
        self.assertEqual(report["rx"]["lost"], 100)
        self.assertIsNone(report["latency_ns"])


class Overflow(unittest.TestCase):
    def test_our_own_buffer(self):
        """A sink that cannot keep up says that it was itself that lost the packets."""
        control, port = free_port(socket.SOCK_STREAM), free_port(socket.SOCK_DGRAM)
        sink = Peer("sink", "--listen", f"127.0.0.1:{port}", "--control", f"127.0.0.1:{control}", "--rcvbuf", "4096",
                    "--json", "-q")
        try:
            # It stands still while the load comes: a stopped process reads nothing.
            stopper = threading.Timer(0.3, lambda: sink.process.send_signal(signal.SIGSTOP))
            goer = threading.Timer(1.3, lambda: sink.process.send_signal(signal.SIGCONT))
            stopper.start()
            goer.start()
            report, status = load(f"127.0.0.1:{port}", "-n", 2, "-r", "2000pps", "-d", "2s", "--no-gso", "--sport",
                                  "rand", "--expect", f"sink=127.0.0.1:{control}")
        finally:
            sink.process.send_signal(signal.SIGCONT)
            whole = sink.end(3)
        self.assertEqual(whole["verdict"], "generator_limited")
        rx = report["rx"]
        self.assertGreater(rx["lost"], 100)
        self.assertEqual(rx["packets"] + rx["lost"], report["tx"]["packets"])
        self.assertEqual(rx["lost_local"], rx["lost"])
        self.assertEqual((report["verdict"], status), ("generator_limited", 3))
        self.assertIn("receive_buffer", report["limited_by"])


class Restart(unittest.TestCase):
    def test_a_sink_that_dies(self):
        """What was sent is reported, and that the rest is not known."""
        control, port = free_port(socket.SOCK_STREAM), free_port(socket.SOCK_DGRAM)
        words = ["sink", "--listen", f"127.0.0.1:{port}", "--control", f"127.0.0.1:{control}", "--json", "-q"]
        first = Peer(*words)
        second = []

        def restart():
            first.close()
            second.append(Peer(*words))

        timer = threading.Timer(1, restart)
        timer.start()
        try:
            report, status = load(f"127.0.0.1:{port}", "-r", "1000pps", "-d", "3s", "--sport", "rand", "--expect",
                                  f"sink=127.0.0.1:{control}")
        finally:
            timer.join()
            whole = second[0].end()
        self.assertEqual((report["verdict"], status), ("fail", 1))
        self.assertIsNone(report["rx"])
        self.assertGreater(report["tx"]["packets"], 100)
        self.assertIn("what arrived is not known", " ".join(report["notes"]))
        # Who comes in the middle misses nothing of what came before.
        rx = whole["rx"]
        self.assertEqual(rx["packets"] + rx["lost"], rx["expected"])
        self.assertLess(rx["lost"] - rx["lost_local"], 64, "a first packet within the first window counts from 0")
        self.assertLess(rx["packets"], report["tx"]["packets"])


class Chance(unittest.TestCase):
    """Harm by lot: the counts are those of the lots that were drawn."""

    measure = OneWay.measure

    def test_any_harm(self):
        for seed in range(3):
            lots = random.Random(seed)
            drop, double, damage, hold = set(), set(), set(), {}
            for tunnel in range(4):
                for sequence in range(440):  # so that what is held back is released
                    lot = lots.random()
                    if lot < 0.05:
                        drop.add((tunnel, sequence))
                    elif lot < 0.10:
                        double.add((tunnel, sequence))
                    elif lot < 0.13:
                        damage.add((tunnel, sequence))
                    elif lot < 0.16:
                        hold[(tunnel, sequence)] = lots.randint(1, 25)
            with self.subTest(seed=seed):
                report, _ = self.measure(Harm(drop, double, damage, hold))
                rx = report["rx"]
                self.assertEqual(rx["lost"], len(drop) + len(damage))
                self.assertEqual(rx["duplicate"], len(double))
                self.assertEqual(rx["corrupt"], len(damage))
                self.assertEqual(rx["late"], 0)
                self.assertEqual(rx["datagrams"], rx["packets"] + rx["duplicate"] + rx["late"] + rx["corrupt"])
                self.assertLessEqual(rx["reordered"], len(hold))
                self.assertGreater(rx["reordered"], len(hold) * 3 // 4)

    def test_late_packets_are_of_no_other_trial(self):
        """What is held back until the next run has begun is of an unknown run there, and lost here."""
        held = []

        def keep(datagram, n):
            if n < 20:
                held.append(datagram)
                return []
            return [datagram]

        self.measure_with(keep, lost=20)

        def release(datagram, n):
            return [*held, datagram] if n == 50 else [datagram]

        report = self.measure_with(release, lost=0)
        self.assertEqual(report["rx"]["unknown_run"], 20)
        self.assertEqual(report["rx"]["late"], 0)

    def measure_with(self, harm, lost):
        control, port = free_port(socket.SOCK_STREAM), free_port(socket.SOCK_DGRAM)
        sink = Peer("sink", "--listen", f"127.0.0.1:{port}", "--control", f"127.0.0.1:{control}", "--json", "-q")
        relay = Relay(("127.0.0.1", port), harm)
        relay.start()
        try:
            report, _ = load(f"127.0.0.1:{relay.port}", "-c", 200, "-r", "1000pps", "--sport", "rand", "--expect",
                             f"sink=127.0.0.1:{control}", "--drain", "300ms")
        finally:
            relay.stop()
            sink.close()
        self.assertEqual(report["rx"]["lost"], lost)
        self.assertEqual(report["rx"]["packets"] + lost, 200)
        return report


class Threads(unittest.TestCase):
    def test_tunnels_are_shared_by_teid(self):
        """Two threads, one outer flow: every tunnel stays with one of them, nothing is reordered by us."""
        port = free_port(socket.SOCK_DGRAM)
        with tempfile.TemporaryDirectory() as directory:
            path = os.path.join(directory, "tunnels.csv")
            sink = Peer("sink", "--listen", f"127.0.0.1:{port}", "-T", "2", "--per-tunnel", path, "--json", "-q")
            load(f"127.0.0.1:{port}", "--sport", "rand", "--expect", "none", "-n", 10, "-c", 5000, "-r", "10kpps",
                 "--no-gso")
            report = sink.end()
            with open(path, encoding="ascii") as text:
                rows = list(csv.DictReader(text))
        self.assertEqual((report["rx"]["packets"], report["rx"]["lost"], report["rx"]["reordered"]), (5000, 0, 0))
        self.assertEqual([(int(row["tunnel"]), int(row["received"]), int(row["lost"])) for row in rows],
                         [(tunnel, 500, 0) for tunnel in range(10)])
        self.assertEqual(min(int(row["min_ns"]) for row in rows), 0)


@unittest.skipUnless(os.geteuid() == 0, "needs CAP_NET_RAW")
class Beside(unittest.TestCase):
    def test_tap(self):
        """Beside a reflector that owns the port: each direction is counted by itself, rows and single packets alike."""
        with contextlib.closing(Peer("reflect", "--listen", "127.0.0.77", "--json", "-q")) as reflect:
            there = Peer("sink", "--tap", "lo", "--json", "-q")
            back = Peer("sink", "--tap", "lo", "--reflected", "--json", "-q")
            sent, _ = load("127.0.0.77", "--source", "127.0.0.78", "--expect", "reflect", "-n", 7, "-c", 7000, "-r",
                           "20kpps", "--size", "64,700")
            time.sleep(0.2)
            for report in (there.end(), back.end()):
                rx = report["rx"]
                self.assertEqual((rx["packets"], rx["lost"], rx["duplicate"]), (7000, 0, 0))
                self.assertEqual(report["tunnels"]["seen"], 7)
            self.assertEqual(sent["rx"]["packets"], 7000)
            reflect.end()


class Signalling(unittest.TestCase):
    """What comes back from a reflector besides G-PDUs, octet by octet."""

    def setUp(self):
        port = free_port(socket.SOCK_DGRAM)
        self.peer = Peer("reflect", "--listen", f"127.0.0.1:{port}", "--strict", "--known", "0x1000+16", "--teid-map",
                         "+0x100", "--json", "-q")
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.socket.connect(("127.0.0.1", port))
        self.socket.settimeout(5)

    def tearDown(self):
        self.socket.close()

    def ask(self, octets):
        self.socket.send(octets)
        return self.socket.recv(2048)

    def test_all(self):
        self.assertEqual(self.ask(bytes.fromhex("3201000400000000beef0000")).hex(), "3202000600000000beef00000e00")
        inner = bytearray.fromhex("450000150001000040116662" + "0a2d0001" + "0a2e0002") + bytes.fromhex("55")
        known = self.ask(struct.pack("!BBHI", 0x30, 255, len(inner), 0x1005) + inner)
        self.assertEqual(known[4:8].hex(), "00001105")
        self.assertEqual(known[20:28].hex(), "0a2e00020a2d0001")
        unknown = self.ask(struct.pack("!BBHI", 0x30, 255, len(inner), 0x2000) + inner)
        port = self.socket.getsockname()[1]
        # TS 29.281, 7.3.1: UDP Port extension, Tunnel Endpoint Identifier Data I, GTP-U Peer Address.
        expected = "361a0014000000000000" + "0040" + f"01{port:04x}00" + "1000002000" + "8500047f000001"
        self.assertEqual(unknown.hex(), expected)
        self.socket.send(b"\xff\xff")
        time.sleep(0.2)
        report = self.peer.end()
        self.assertEqual(report["gtp"]["echo_requests"], 1)
        self.assertEqual(report["gtp"]["error_indications_sent"], 1)
        self.assertEqual(report["rx"]["unknown_teid"], 1)
        self.assertEqual(report["rx"]["malformed"], 1)
        self.assertEqual(report["rx"]["packets"], 1)


if __name__ == "__main__":
    unittest.main()
