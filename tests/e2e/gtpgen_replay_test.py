#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""gtpgen replay: what arrives, when, and what it says about it. GTPGEN and MAKE_CAPTURE name the programs."""
import json
import os
import pathlib
import shutil
import socket
import struct
import subprocess
import tempfile
import threading
import unittest

GTPGEN = os.environ.get("GTPGEN", "gtpgen")
MAKE_CAPTURE = os.environ.get("MAKE_CAPTURE", "make_capture")
SOURCE = pathlib.Path(__file__).resolve().parent.parent.parent
RELEASE = 0.5  # seconds without a packet: all are there


def pcap(path, packets, link=1, cut=None):
    """[packets]: (seconds, octets); [cut]: octets that are kept of each."""
    with open(path, "wb") as out:
        out.write(struct.pack("<IHHIIII", 0xA1B23C4D, 2, 4, 0, 0, 65535, link))
        for when, octets in packets:
            kept = octets[:cut]
            out.write(struct.pack("<IIII", int(when), round(when % 1 * 1e9), len(kept), len(octets)) + kept)
    return path


def ipv4(payload, protocol=17, src="10.45.0.5", dst="198.51.100.1"):
    head = struct.pack(">BBHHHBBH4s4s", 0x45, 0, 20 + len(payload), 1, 0, 64, protocol, 0, socket.inet_aton(src),
                       socket.inet_aton(dst))
    total = sum(struct.unpack(">10H", head))
    total = (total & 0xFFFF) + (total >> 16)
    return head[:10] + struct.pack(">H", ~(total + (total >> 16)) & 0xFFFF) + head[12:] + payload


def g_pdu(teid, inner, sport=2152):
    message = struct.pack(">BBHI", 0x30, 255, len(inner), teid) + inner
    udp = struct.pack(">HHHH", sport, 2152, 8 + len(message), 0) + message
    return bytes(12) + b"\x08\x00" + ipv4(udp, src="192.0.2.1", dst="192.0.2.2")


class Sink:
    """Collects datagrams."""

    def __enter__(self):
        self.got = []
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4 << 20)
        self.socket.bind(("127.0.0.1", 0))
        self.socket.settimeout(RELEASE)
        self.port = self.socket.getsockname()[1]
        self.running = True
        self.thread = threading.Thread(target=self.run, daemon=True)
        self.thread.start()
        return self

    def run(self):
        while True:
            try:
                self.got.append(self.socket.recv(65536))
            except TimeoutError:
                if not self.running:
                    return

    def __exit__(self, *_):
        self.running = False
        self.thread.join(10)
        self.socket.close()


class Replay(unittest.TestCase):
    def setUp(self):
        self.dir = pathlib.Path(tempfile.mkdtemp(prefix="gtpgen-replay-"))
        self.addCleanup(shutil.rmtree, self.dir, ignore_errors=True)

    def replay(self, path, *words, status=0):
        with Sink() as sink:
            done = subprocess.run([GTPGEN, "replay", path, f"127.0.0.1:{sink.port}", "--sport", "0", "--json",
                                   *map(str, words)], capture_output=True, text=True, timeout=60, check=False)
        self.assertEqual(done.returncode, status, done)
        report = json.loads(done.stdout) if done.stdout else None
        if report:
            lost = {key: value for key, value in report["not_sent"].items() if key != "incomplete_datagrams"}
            self.assertEqual(report["read"], report["sent"] + sum(lost.values()), report)
            self.assertEqual(len(sink.got), report["sent"], report)
        return report, sink.got

    @staticmethod
    def udp(i):
        """A datagram without a checksum, told from others by its ports."""
        return bytes((1, i, 1, i, 0, 8, 0, 0))

    def plain(self, count=5, gap=0.0):
        return pcap(self.dir / "in.pcap", [(1e9 + i * gap, g_pdu(0x1000 + i, ipv4(self.udp(i)))) for i in range(count)])

    def took(self, report, seconds):
        """On time, with room for a busy machine, on which the thread that receives is no clock."""
        self.assertGreaterEqual(report["duration_ns"], seconds * 1e9)
        self.assertLess(report["duration_ns"], (seconds + 1) * 1e9)

    def test_the_octets_are_those_of_the_capture(self):
        _, got = self.replay(self.plain(), "--top")
        for i, octets in enumerate(got):
            self.assertEqual(octets, g_pdu(0x1000 + i, ipv4(self.udp(i)))[42:])

    def test_the_timing_is_that_of_the_capture(self):
        self.took(self.replay(self.plain(gap=0.1))[0], 0.4)
        self.took(self.replay(self.plain(gap=0.1), "--speed", "0.5")[0], 0.8)

    def test_a_rate_over_loops(self):
        report, _ = self.replay(self.plain(), "--rate", "50", "--loop", 4)
        self.assertEqual((report["sent"], report["loops"]), (20, 4))
        self.took(report, 19 / 50)

    def test_count_and_for_ever(self):
        report, _ = self.replay(self.plain(), "--top", "--loop", 0, "-c", 123)
        self.assertEqual(report["sent"], 123)

    def test_teids_and_addresses_are_mapped(self):
        report, got = self.replay(self.plain(), "--top", "--map-teid", "0x1001=0x51a0ff17", "--map-address",
                                  "10.45.0.0/16=10.99.0.0/16")
        self.assertEqual((report["teids_mapped"], report["addresses_mapped"]), (1, 5))
        self.assertEqual(got[1][4:8].hex(), "51a0ff17")
        # With its header checksum: the same packet as if it had been sent so.
        self.assertEqual(got[1][8:], ipv4(self.udp(1), src="10.99.0.5"))

    def test_encapsulation(self):
        path = pcap(self.dir / "plain.pcap", [(1e9, ipv4(b"12345678", src=f"10.0.0.{i}")) for i in (1, 2, 1)], link=101)
        _, got = self.replay(path, "--top", "--encap", "0x10-0x11", "--qfi", 9)
        self.assertEqual([octets[4:8].hex() for octets in got], ["00000010", "00000011", "00000010"])
        self.assertEqual(got[0][:16].hex(), "34ff002400000010000000850110" + "0900")
        self.assertEqual(got[1][16:], ipv4(b"12345678", src="10.0.0.2"))

    def test_what_is_cut_is_not_sent_and_counted(self):
        path = pcap(self.dir / "cut.pcap", [(1e9, g_pdu(1, ipv4(bytes(100)))), (1e9, g_pdu(1, ipv4(b"1234")))], cut=80)
        report, _ = self.replay(path, "--top")
        self.assertEqual((report["sent"], report["not_sent"]["cut"]), (1, 1))

    def test_a_broken_file_is_sent_as_far_as_it_goes(self):
        whole = self.plain()
        broken = self.dir / "broken.pcap"
        broken.write_bytes(whole.read_bytes()[:-5])
        report, _ = self.replay(broken, "--top", status=1)
        self.assertEqual(report["sent"], 4)
        self.assertIn("cut short", report["reason"])

    def test_fragments_are_put_together(self):
        path = self.dir / "fragments.pcap"
        subprocess.run([MAKE_CAPTURE, "fragments", path], check=True, timeout=60)
        report, got = self.replay(path, "--top")
        self.assertGreater(report["not_sent"]["fragments"], 0)
        for octets in got:
            self.assertEqual(len(octets), 8 + struct.unpack_from(">H", octets, 2)[0])

    def test_the_report_is_what_the_schema_says(self):
        try:
            from jsonschema import Draft202012Validator
        except ImportError:
            self.skipTest("the Python package jsonschema is not installed (Debian: python3-jsonschema)")
        validator = Draft202012Validator(json.loads((SOURCE / "docs/formats/gtpgen-replay-1.schema.json").read_text()))
        for words in (["--top"], ["--rate", "1k"], ["--speed", "2x"]):
            report, _ = self.replay(self.plain(), *words)
            self.assertEqual([error.message for error in validator.iter_errors(report)], [])

    def test_what_makes_no_sense_is_refused(self):
        path = self.plain()
        for words in (["--top", "--rate", "5"], ["--speed", "0"], ["--rate", "5Mbit/s"], ["--qfi", "5"],
                      ["--encap", "1", "--only", "all"], ["--encap", "0"], ["--map-teid", "1"], ["--map-address", "x=y"],
                      ["--encap", "1", "--map-teid", "1=2"]):
            self.replay(path, *words, status=2)
        self.replay(self.dir / "nothing.pcap", status=2)
        done = subprocess.run([GTPGEN, "replay", path, "8.8.8.8", "--top"], capture_output=True, text=True, check=False)
        self.assertEqual(done.returncode, 2)
        self.assertIn("--yes-really", done.stderr)


if __name__ == "__main__":
    unittest.main()
