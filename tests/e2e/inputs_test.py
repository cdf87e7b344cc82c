#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Where packets come from: compressed files, several files, pipes that are still being written, --bpf, -c."""

import json
import lzma
import gzip
import os
import select
import struct
import subprocess
import time
import unittest

import cli


def records(path):
    """The header of a pcap file, and its records with their headers."""
    with open(path, "rb") as file:
        octets = file.read()
    at, found = 24, []
    while at < len(octets):
        size = 16 + struct.unpack_from("<I", octets, at + 8)[0]
        found.append(octets[at : at + size])
        at += size
    return octets[:24], found


class Compressed(cli.Case):
    def same(self, path):
        self.assertEqual(self.ok("-r", path, "--json").out, self.ok("-r", self.demo, "--json").out)
        with open(path, "rb") as pipe:
            self.assertEqual(self.ok("-r", "-", "--json", stdin=pipe).out, self.ok("-r", self.demo, "--json").out)

    def test_plain(self):
        self.assertTrue(self.ok("-r", self.demo, "--json").out)
        self.same(self.demo)

    def test_gzip(self):
        with open(self.demo, "rb") as plain, gzip.open(self.path("demo.gz"), "wb") as packed:
            packed.write(plain.read())
        self.same(self.path("demo.gz"))

    def test_xz(self):
        with open(self.demo, "rb") as plain, lzma.open(self.path("demo.xz"), "wb") as packed:
            packed.write(plain.read())
        self.same(self.path("demo.xz"))

    def test_zstd(self):
        subprocess.run([cli.need_tool("zstd"), "-q", self.demo, "-o", self.path("demo.zst")], check=True)
        self.same(self.path("demo.zst"))

    def test_cut_gzip(self):
        with open(self.demo, "rb") as plain:
            packed = gzip.compress(plain.read())
        with open(self.path("cut.gz"), "wb") as cut:
            cut.write(packed[: len(packed) // 2])
        self.assertIn("cut.gz: ", self.fails(1, "-r", self.path("cut.gz")))


class Several(cli.Case):
    def test_frames_are_numbered_over_all_files(self):
        one = [json.loads(line) for line in self.ok("-r", self.demo, "--json").lines()]
        two = [json.loads(line) for line in self.ok("-r", self.demo, self.demo, "--json").lines()]
        self.assertEqual(len(two), 2 * len(one))
        count = len(records(self.demo)[1])
        for first, second in zip(one, two[len(one) :]):
            self.assertEqual(second["frame"], first["frame"] + count)

    def test_delta_starts_anew_with_the_second_pass(self):
        """--follow reads files twice; the first packet has no packet before it."""
        line = self.ok("-r", self.demo, "-t", "delta", "--follow", "ue=0.0.0.0/0").lines()
        if line and line[0].startswith("1 "):
            self.assertEqual(line[0].split()[1], "+0.000000")

    def test_count(self):
        everything = self.ok("-r", self.demo).lines()
        self.assertEqual(self.ok("-r", self.demo, "-c", "3").lines(), everything[:3])
        selected = self.ok("-r", self.demo, "type g_pdu").lines()
        self.assertEqual(self.ok("-r", self.demo, "-c", "2", "type g_pdu").lines(), selected[:2])
        self.assertEqual(self.ok("-r", self.demo, "-c", "100000").lines(), everything)

    def test_bpf(self):
        """libpcap's filter on the outer packet; frames keep their numbers."""
        mine = self.ok("-r", self.demo, "--fields", "frame", "port gtp_u").lines()[1:]
        theirs = self.ok("-r", self.demo, "--fields", "frame", "--bpf", "udp port 2152").lines()[1:]
        self.assertTrue(mine)
        self.assertEqual(theirs, mine)

    def test_port(self):
        """Another port's packets appear when it is named, and a known one's vanish."""
        none = self.ok("-r", self.demo, "--port", "2152=none", "--fields", "frame", "protocol gtpv1-u and not quoted")
        self.assertEqual(len(none.lines()), 1)


class Streams(cli.Case):
    def test_packets_appear_before_the_pipe_closes(self):
        header, packets = records(self.demo)
        with subprocess.Popen([cli.GTPDUMP, "-r", "-", "-t", "none"], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE) as process:
            process.stdin.write(header + packets[0] + packets[1])
            process.stdin.flush()
            seen = b""
            deadline = time.monotonic() + 20
            while seen.count(b"\n") < 2 and time.monotonic() < deadline:
                if select.select([process.stdout], [], [], 0.2)[0]:
                    seen += os.read(process.stdout.fileno(), 65536)
            self.assertEqual(seen.decode().splitlines(), self.ok("-r", self.demo, "-t", "none", "-c", "2").lines())
            # Half a record, and the rest of it.
            process.stdin.write(packets[2][:20])
            process.stdin.flush()
            process.stdin.write(packets[2][20:])
            process.stdin.close()
            rest = process.stdout.read()
            self.assertEqual(process.wait(cli.TIMEOUT_S), 0)
            self.assertEqual(len(rest.splitlines()), 1)

    def test_signal_while_waiting(self):
        """SIGINT ends the wait for more, what is there is reported, and the status is 130."""
        header, packets = records(self.demo)
        with subprocess.Popen([cli.GTPDUMP, "-r", "-", "--stats"], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE) as process:
            process.stdin.write(header + b"".join(packets))
            process.stdin.flush()
            time.sleep(1)
            process.send_signal(2)
            out, _ = process.communicate(timeout=20)
            self.assertEqual(process.returncode, 130)
            self.assertTrue(out)

    def test_one_pass_over_a_stream(self):
        """A pipe cannot be read twice: what came before the identity is missed, the rest is found."""
        imsi = None
        for line in self.ok("-r", self.demo, "--fields", "imsi").lines()[1:]:
            imsi = imsi or line.split(",")[0]
        self.assertTrue(imsi)
        twice = self.ok("-r", self.demo, "--follow", f"imsi={imsi}", "--fields", "frame").lines()
        with open(self.demo, "rb") as file, subprocess.Popen(["cat"], stdin=file, stdout=subprocess.PIPE) as cat:
            once = self.ok("-r", "-", "--follow", f"imsi={imsi}", "--fields", "frame", stdin=cat.stdout).lines()
        self.assertLessEqual(set(once), set(twice))
        self.assertGreater(len(once), 1)


if __name__ == "__main__":
    unittest.main(verbosity=2)
