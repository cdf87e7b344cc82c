#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""gtptop counts by eBPF what gtpgen sends, to the packet and octet, for each of 10,000 tunnels.

    namespace gen                     namespace upf
      gtpgen load  ── veth ──▶  a UDP socket, as of a UPF in user space; gtptop --json

Both sides look: that which receives, and that which sends. Exits 77 where it cannot run: not root, no namespaces.
"""
import collections
import contextlib
import json
import os
import socket
import struct
import subprocess
import sys
import time
import unittest

GTPTOP = os.environ.get("GTPTOP", "gtptop")
GTPGEN = os.environ.get("GTPGEN", "gtpgen")
TUNNELS = 10_000
COUNT = 10 * TUNNELS
GEN, UPF = f"gtptap{os.getpid()}g", f"gtptap{os.getpid()}u"
V4, V6 = ("192.0.2.1", "192.0.2.2"), ("2001:db8:2152::1", "2001:db8:2152::2")


def run(*command, check=True, **options):
    return subprocess.run(command, check=check, capture_output=True, text=True, timeout=120, **options)


def inside(netns, *command):
    return ("ip", "netns", "exec", netns, *command)


def setup():
    for netns in (GEN, UPF):
        run("ip", "netns", "add", netns)
    run("ip", "link", "add", "n3", "netns", GEN, "type", "veth", "peer", "name", "n3", "netns", UPF)
    for side, netns in enumerate((GEN, UPF)):
        run("ip", "-n", netns, "link", "set", "lo", "up")
        run("ip", "-n", netns, "link", "set", "n3", "up")
        run("ip", "-n", netns, "addr", "add", V4[side] + "/24", "dev", "n3")
        run("ip", "-n", netns, "addr", "add", V6[side] + "/64", "dev", "n3", "nodad")


def teardown():
    for netns in (GEN, UPF):
        run("ip", "netns", "del", netns, check=False)


@contextlib.contextmanager
def socket_in(netns, family=socket.AF_INET6, port=2152):
    """A socket that takes G-PDUs, and reads none of them."""
    code = (f"import socket; s = socket.socket({int(family)}, socket.SOCK_DGRAM); s.bind(('::', {port})); "
            "print('bound', flush=True); import sys; sys.stdin.read()")
    process = subprocess.Popen(inside(netns, sys.executable, "-c", code), stdin=subprocess.PIPE,
                               stdout=subprocess.PIPE, text=True)
    try:
        process.stdout.readline()
        yield
    finally:
        process.stdin.close()
        process.wait()
        process.stdout.close()


class Top:
    """gtptop --json in a namespace; `last` is the last sample, by (side, TEID, peer)."""

    def __init__(self, netns, *options, samples=200):
        self.process = subprocess.Popen(
            inside(netns, GTPTOP, "--json", "-n", str(samples), "-d", "0.5s", "-N", "1000000", *options),
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        # The first sample is written after the tap has begun to count.
        self.header, self.rows = json.loads(self.process.stdout.readline()), {}

    def read(self):
        rows = {}
        for line in self.process.stdout:
            row = json.loads(line)
            if row["type"] == "sample":
                self.header, self.rows = row, rows
                return rows
            side = "received" if row["i_tei"] is not None else "sent"
            rows[side, row["i_tei"] if side == "received" else row["o_tei"], row["peer"]] = row
        return rows

    def until(self, packets, seconds=30):
        """Samples until so many packets were counted and one more, for those too many."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            rows = self.read()
            if sum(row["up_packets"] + row["dn_packets"] for row in rows.values()) >= packets:
                self.read()
                return self.read()
        return rows

    def stop(self):
        self.process.terminate()
        self.process.stdout.read()
        error = self.process.stderr.read()
        self.process.stdout.close()
        self.process.stderr.close()
        self.process.wait()
        return error


@contextlib.contextmanager
def top(netns, *options):
    program = Top(netns, *options)
    try:
        yield program
    finally:
        program.stop()


def send(target, *options, count=100_000):
    """Sends from GEN; what gtpgen says that it sent: packets, octets of the packets inside."""
    done = run(*inside(GEN, GTPGEN, "load", target, "-n", str(TUNNELS), "-c", str(count), "-r", "200k", "--expect",
                       "none", "-q", "--json", *options), check=False)
    sent = json.loads(done.stdout)["tx"]
    return sent["packets"], sent["bytes_inner"]


class Exact(unittest.TestCase):
    maxDiff = 2000

    def check(self, rows, octets, side, peer, direction, size):
        """gtpgen takes the tunnels in turn, so each has ten packets; of one size when there is one."""
        other = "dn" if direction == "up" else "up"
        self.assertEqual(sorted(rows), sorted((side, teid, peer) for teid in range(1, TUNNELS + 1)))
        counted = collections.Counter(row[f"{direction}_packets"] for row in rows.values())
        self.assertEqual(counted, {COUNT // TUNNELS: TUNNELS})
        self.assertEqual(sum(row[f"{direction}_bytes"] for row in rows.values()), octets)
        if size.isdigit():
            each = collections.Counter(row[f"{direction}_bytes"] for row in rows.values())
            self.assertEqual(each, {COUNT // TUNNELS * int(size): TUNNELS})
        for row in rows.values():
            self.assertEqual(row[f"{other}_packets"], 0)
            self.assertEqual(row["presence"], "wire")

    def load(self, target, source, size, *options, received="up", sent="dn"):
        with socket_in(UPF), top(UPF) as receiver, top(GEN) as sender:
            self.assertEqual(receiver.header["traffic_from"], "tap")
            packets, octets = send(target, "--size", size, *options, count=COUNT)
            self.assertEqual(packets, COUNT)
            self.check(receiver.until(COUNT), octets, "received", source, received, size)
            self.check(sender.until(COUNT), octets, "sent", target, sent, size)

    def test_kernel_segments(self):
        self.load(V4[1], V4[0], "100-1400")

    def test_one_size_is_super_packets(self):
        self.load(V4[1], V4[0], "100")

    def test_without_gso(self):
        self.load(V4[1], V4[0], "64,576,1400", "--no-gso")

    def test_ipv6(self):
        self.load(V6[1], V6[0], "64,512,1300")

    def test_ipv6_inside(self):
        self.load(V4[1], V4[0], "200", "--inner", "udp6")

    def test_container_uplink(self):
        self.load(V4[1], V4[0], "100-900", "--qfi", "1,5,9", "--seq", sent="up")

    def test_container_downlink(self):
        self.load(V4[1], V4[0], "400", "--qfi", "9", "--direction", "down", received="dn")

    def test_device_segments(self):
        # veth passes super-packets on as they are; without that feature the kernel cuts them before.
        for netns in (GEN, UPF):
            run(*inside(netns, "ethtool", "-K", "n3", "tx-udp-segmentation", "off", "gro", "on"))
        try:
            self.load(V4[1], V4[0], "500")
        finally:
            for netns in (GEN, UPF):
                run(*inside(netns, "ethtool", "-K", "n3", "tx-udp-segmentation", "on", "gro", "off"))


def g_pdu(teid, inner=b"E" + bytes(39), flags=0x30, kind=255, length=None):
    return struct.pack("!BBHI", flags, kind, len(inner) if length is None else length, teid) + inner


class Limits(unittest.TestCase):
    def send(self, datagrams, port=2152, source=None):
        code = ("import socket, sys, json; s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM); "
                f"s.bind(('{V4[0]}', {source or 0})); "
                f"[s.sendto(bytes.fromhex(x), ('{V4[1]}', {port})) for x in json.load(sys.stdin)]")
        run(*inside(GEN, sys.executable, "-c", code), input=json.dumps([each.hex() for each in datagrams]))

    def test_what_is_not_counted(self):
        with socket_in(UPF), top(UPF) as program:
            self.send([g_pdu(1, kind=254), g_pdu(2, length=2000), g_pdu(3, flags=0x50), g_pdu(4, flags=0x20),
                       b"\x34\xff\x00\x08\0\0\0\x05\0\0\0\x85" + b"\0\0\0\0", b"\x30\xff"])
            self.send([g_pdu(6)], port=2153)
            self.send([g_pdu(7)], port=2153, source=2152)
            self.send([g_pdu(8), g_pdu(8)])
            rows = program.until(2)
        self.assertEqual({teid: row["up_packets"] for (_, teid, _), row in rows.items()}, {8: 2})

    def test_a_fragmented_datagram_counts_once_and_whole(self):
        with socket_in(UPF), top(UPF) as program:
            self.send([g_pdu(9, b"E" + bytes(4999))])
            rows = program.until(1)
        self.assertEqual([(row["up_packets"], row["up_bytes"]) for row in rows.values()], [(1, 5000)])

    def test_vlan_tags_are_passed_over(self):
        """As a switch's trunk brings them; the frames are made here, for not every kernel has VLAN devices."""
        address = json.loads(run("ip", "-n", UPF, "-j", "link", "show", "n3").stdout)[0]["address"]
        frames = []
        for teid, tags in ((1, []), (2, [0x8100]), (3, [0x88A8, 0x8100]), (4, [0x8100, 0x8100, 0x8100])):
            gtp = g_pdu(teid)
            udp = struct.pack("!HHHH", 2152, 2152, 8 + len(gtp), 0) + gtp
            ip = struct.pack("!BBHHHBBH4s4s", 0x45, 0, 20 + len(udp), 0, 0, 64, 17, 0, socket.inet_aton(V4[0]),
                             socket.inet_aton(V4[1])) + udp
            tag = b"".join(struct.pack("!HH", kind, 0x4007) for kind in tags)
            frames.append(bytes.fromhex(address.replace(":", "")) + bytes(6) + tag + b"\x08\x00" + ip)
        code = ("import socket, sys, json; s = socket.socket(socket.AF_PACKET, socket.SOCK_RAW); s.bind(('n3', 0)); "
                "[s.send(bytes.fromhex(x)) for x in json.load(sys.stdin)]")
        with socket_in(UPF), top(UPF) as receiver, top(GEN) as sender:
            run(*inside(GEN, sys.executable, "-c", code), input=json.dumps([frame.hex() for frame in frames]))
            for program in (receiver, sender):
                counted = {teid: row["up_packets"] + row["dn_packets"]
                           for (_, teid, _), row in program.until(4).items()}
                self.assertEqual(counted, {1: 1, 2: 1, 3: 1, 4: 1})

    def test_error_indications_are_of_their_peer(self):
        # TS 29.281, 7.3.1: TEID Data I and GTP-U Peer Address.
        body = bytes.fromhex("0000000010000000018500040a000001")
        with socket_in(UPF):
            program = subprocess.Popen(inside(UPF, GTPTOP, "--json", "--view", "peers", "-n", "8", "-d", "0.5s"),
                                       stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
            program.stdout.readline()
            self.send([struct.pack("!BBHI", 0x32, 26, len(body), 0) + body] * 3)
            rows = [json.loads(line) for line in program.stdout]
            program.stdout.close()
            program.wait()
        self.assertEqual([row["error_indications"] for row in rows if row["type"] == "peer"][-1], 3)

    def test_a_full_map_is_told(self):
        with socket_in(UPF):
            program = subprocess.Popen(inside(UPF, GTPTOP, "--tap", "all", "--tap-keys", "16", "-b", "-n", "5", "-d",
                                              "0.5s"), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
            program.stdout.readline()
            self.send([g_pdu(teid) for teid in range(100)] * 2)
            told, _ = program.communicate()
        self.assertRegex(told, "no room for more TEIDs: 1[0-9][0-9] G-PDUs are in no figure")

    def test_no_tap(self):
        with socket_in(UPF):
            done = run(*inside(UPF, GTPTOP, "--no-tap", "-b", "-n", "1", "-d", "0.2s"), check=False)
        self.assertEqual(done.returncode, 3)
        self.assertNotIn("GTP-U was seen", done.stderr)

    def test_named_interfaces(self):
        with socket_in(UPF), top(UPF, "--tap", "lo") as program:
            self.send([g_pdu(1)])
            program.read()
            self.assertEqual(program.read(), {})
        done = run(*inside(UPF, GTPTOP, "--tap", "nosuch0", "-b", "-n", "1"), check=False)
        self.assertEqual(done.returncode, 2)
        self.assertIn("no interface is called", done.stderr)

    def test_loopback_is_counted_once(self):
        with socket_in(UPF), top(UPF) as program:
            code = ("import socket; s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM); s.bind(('127.0.0.6', 0)); "
                    f"s.sendto(bytes.fromhex('{g_pdu(5).hex()}'), ('127.0.0.7', 2152))")
            run(*inside(UPF, sys.executable, "-c", code))
            rows = program.until(1)
        self.assertEqual([(key, row["up_packets"]) for key, row in rows.items()],
                         [(("received", 5, "127.0.0.6"), 1)])


def main():
    if os.geteuid() != 0:
        print("skipped: network namespaces want root")
        return 77
    try:
        setup()
    except (OSError, subprocess.CalledProcessError) as error:
        teardown()
        print(f"skipped: {error}")
        return 77
    try:
        result = unittest.main(argv=sys.argv, exit=False).result
    finally:
        teardown()
    return 0 if result.wasSuccessful() else 1


if __name__ == "__main__":
    sys.exit(main())
