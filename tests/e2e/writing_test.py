#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""-w, --decap and rotation: the octets and times of what was selected, in files that others can read."""

import json
import os
import subprocess
import unittest

import cli
from inputs_test import records


def times_and_octets(path):
    """What tcpdump sees: a list of (seconds.nanoseconds, octets)."""
    cli.need_tool("tcpdump")
    done = subprocess.run(["tcpdump", "-tt", "-n", "-e", "-xx", "--nano", "-r", path], stdout=subprocess.PIPE,
                          stderr=subprocess.DEVNULL, check=True)
    packets = []
    for line in done.stdout.decode("latin-1").splitlines():
        if line.startswith("\t0x"):
            packets[-1][1] += line.split(":", 1)[1].replace(" ", "")
        else:
            packets.append([line.split(" ", 1)[0], ""])
    return packets


class RoundTrip(cli.Case):
    def test_all_packets_of_a_pcap(self):
        """Packets that are not GTP are not selected, so the rest is compared by frame."""
        out = self.path("out.pcap")
        result = self.ok("-r", self.demo, "-w", out)
        self.assertEqual(result.out, b"")
        frames = [json.loads(line)["frame"] for line in self.ok("-r", self.demo, "--json").lines()]
        header, before = records(self.demo)
        new_header, after = records(out)
        self.assertEqual(new_header[:4], header[:4], "byte order and resolution of the times")
        self.assertEqual(new_header[20:], header[20:], "link type")
        self.assertEqual(after, [before[frame - 1] for frame in frames])

    def test_selected_packets(self):
        out = self.path("out.pcap")
        self.ok("-r", self.demo, "-w", out, "protocol gtpv2-c")
        frames = self.ok("-r", self.demo, "--fields", "frame", "protocol gtpv2-c").lines()[1:]
        before, after = records(self.demo)[1], records(out)[1]
        self.assertTrue(frames)
        self.assertEqual(after, [before[int(frame) - 1] for frame in frames])

    def test_pcapng(self):
        out = self.path("out.pcapng")
        self.ok("-r", self.demo, "-w", out)
        plain = self.path("out.pcap")
        self.ok("-r", self.demo, "-w", plain)
        self.assertEqual(times_and_octets(out), times_and_octets(plain))

    def test_pcapng_with_several_interfaces(self):
        """Each packet stays on its interface, with its link type and resolution."""
        source = cli.given("synthetic_multi_if.pcapng")
        out = self.path("out.pcapng")
        self.ok("-r", source, "-w", out)
        cli.need_tool("tshark")

        def facts(path):
            done = subprocess.run(["tshark", "-n", "-r", path, "-T", "fields", "-e", "frame.time_epoch",
                                   "-e", "frame.encap_type", "-e", "frame.len", "-e", "frame.cap_len"],
                                  stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=True)
            return done.stdout.splitlines()

        frames = [json.loads(line)["frame"] for line in self.ok("-r", source, "--json").lines()]
        # A packet without a time, in a simple packet block, gets 0.
        before = [row if not row.startswith(b"\t") else b"0.000000000" + row for row in facts(source)]
        self.assertEqual(facts(out), [before[frame - 1] for frame in frames])

    def test_nanoseconds_stay(self):
        source = cli.given("synthetic_nanosecond.pcap")
        out = self.path("out.pcap")
        self.ok("-r", source, "-w", out)
        self.assertEqual(times_and_octets(out), times_and_octets(source))

    def test_nanoseconds_of_pcapng_stay_in_pcap(self):
        middle, out = self.path("middle.pcapng"), self.path("out.pcap")
        self.ok("-r", cli.given("synthetic_nanosecond.pcap"), "-w", middle)
        self.ok("-r", middle, "-w", out)
        self.assertEqual(times_and_octets(out), times_and_octets(middle))

    def test_standard_output(self):
        out = self.path("out.pcap")
        self.ok("-r", self.demo, "-w", out)
        with open(out, "rb") as file:
            self.assertEqual(self.ok("-r", self.demo, "-w", "-").out, file.read())

    def test_nothing_selected_is_a_capture_without_packets(self):
        out = self.path("out.pcap")
        self.ok("-r", self.demo, "-w", out, "frame 1000000")
        self.assertEqual(self.ok("-r", out).out, b"")
        self.assertEqual(os.path.getsize(out), 24)

    def test_text_and_packets(self):
        out = self.path("out.pcap")
        lines = self.ok("-r", self.demo, "-w", out, "--json").lines()
        self.assertEqual(len(records(out)[1]), len(lines))

    def test_followed_fragments_are_written_with_their_datagram(self):
        """Without --follow only the frame in which a datagram is complete is selected."""
        fragments = self.make("fragments")
        out = self.path("out.pcap")
        teid = self.ok("-r", fragments, "--fields", "teid", "fragmented").lines()[1]
        self.ok("-r", fragments, "--follow", f"teid={teid}", "-w", out)
        want = self.ok("-r", fragments, "--fields", "teid,inner_length", f"teid {teid}").lines()
        self.assertEqual(self.ok("-r", out, "--fields", "teid,inner_length").lines(), want)


class Decap(cli.Case):
    def test_inner_packets(self):
        out = self.path("inner.pcapng")
        only_ip = "type g_pdu and inner_length > 0 and not quoted"
        self.ok("-r", self.demo, "--decap", out, only_ip)
        lines = [json.loads(line) for line in self.ok("-r", self.demo, "--json", only_ip).lines()]
        cli.need_tool("tshark")
        done = subprocess.run(["tshark", "-n", "-r", out, "-T", "fields", "-e", "frame.time_epoch", "-e", "ip.src",
                               "-e", "ipv6.src", "-e", "frame.interface_name"],
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=True)
        rows = [row.split("\t") for row in done.stdout.decode().splitlines()]
        want = []
        for packet in lines:
            layer = packet["layers"][0]
            inner = layer.get("inner", {})
            if "src" in inner:
                want.append((packet["time"], inner["src"], f"0x{layer['teid']:08x} {layer['dst']}"
                             if "teid" in layer else None))
        got = [(time, src4.split(",")[0] or src6.split(",")[0], name) for time, src4, src6, name in rows]
        self.assertTrue(want)
        self.assertEqual([(t, s) for t, s, _ in got], [(t, s) for t, s, _ in want])
        for (_, _, name), (_, _, wanted) in zip(got, want):
            if wanted:
                self.assertEqual(name, wanted)

    def test_tcpdump_reads_it(self):
        """One tunnel at least: libpcap 1.10 takes a second interface of raw IP for another link type."""
        out = self.path("inner.pcapng")
        teid = self.ok("-r", self.demo, "--fields", "teid", "type g_pdu and inner_length > 0").lines()[1]
        count = len(self.ok("-r", self.demo, f"type g_pdu and teid {teid}").lines())
        self.ok("-r", self.demo, "--decap", out, f"type g_pdu and teid {teid}")
        self.assertEqual(len(times_and_octets(out)), count)


class Rotation(cli.Case):
    def joined(self, names):
        found = []
        for name in names:
            found += records(self.path(name))[1]
        return found

    def files(self):
        return sorted(os.listdir(self.dir))

    def whole(self):
        with_all = os.path.join(self.shared, "whole.pcap")
        self.ok("-r", self.demo, "-w", with_all)
        return records(with_all)[1]

    def test_by_size(self):
        whole = self.whole()
        self.ok("-r", self.demo, "-w", self.path("out"), "-C", "0.002")
        names = ["out"] + [f"out{i}" for i in range(1, len(self.files()))]
        self.assertEqual(sorted(names), self.files())
        self.assertGreater(len(names), 2)
        self.assertEqual(self.joined(names), whole)

    def test_by_size_in_a_ring(self):
        whole = self.whole()
        self.ok("-r", self.demo, "-w", self.path("out"), "-C", "0.002", "-W", "2")
        self.assertEqual(self.files(), ["out0", "out1"])
        kept = [self.joined([name]) for name in self.files()]
        # The newer file ends the capture, and the older one stands right before it.
        newer, older = kept if kept[0] and kept[0][-1] == whole[-1] else kept[::-1]
        self.assertEqual(older + newer, whole[-len(older + newer) :])

    def test_by_time(self):
        whole = self.whole()
        self.ok("-r", self.demo, "-w", self.path("out-%Y%m%d-%H%M%S.pcap"), "-G", "1")
        self.assertEqual(self.joined(self.files()), whole)
        self.assertRegex(self.files()[0], r"^out-\d{8}-\d{6}\.pcap$")

    def test_by_time_a_number_of_files(self):
        self.ok("-r", self.demo, "-w", self.path("out-%s.pcap"), "-G", "1", "-W", "1")
        self.assertEqual(len(self.files()), 1)


if __name__ == "__main__":
    unittest.main(verbosity=2)
