#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0
"""TCP through two links of ours in every setting of offloads: what arrives is
what was sent, every datagram on the wire has the right GTP length, and nobody
who did not ask for super-packets gets one."""

import hashlib
import os
import socket
import struct
import subprocess
import sys
import threading

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from gtpnl import CREATE_SOCKETS, REQ_COUNTERS, ROLE, Gtp, Rtnl
from labnet import (CORE4, DN4, DN6, MS4, MS6, MS6_HOST, RAN4, Tests, inside,
                    sh, topology)

SIZES = [1, 1000, 1399, 1400, 1401, 2800, 30000, 65535, 300007, 1000000]


def link(ns, name, role, i, o, peer, qfi):
    with inside(ns):
        rtnl, nl = Rtnl(), Gtp()
        answer = rtnl.new(name, [(CREATE_SOCKETS, b"\1"), (ROLE, role)])
        assert not answer.errno, answer
        more = {} if qfi is None else {"QFI": qfi}
        for ms in (MS4, MS6):
            answer = nl.new(name, 1, i, o, ms, peer, **more)
            assert not answer.errno, answer
        rtnl.close()
        nl.close()
    sh(f"ip -n {ns} link set {name} mtu 1400 up")


def build(qfi):
    topology()
    link("core", "gtpc", 0, 0x100, 0x200, RAN4, qfi)
    link("ran", "gtpr", 1, 0x200, 0x100, CORE4, qfi)
    sh(f"ip -n core addr add {DN4}/24 dev gtpc; ip -n ran addr add {MS4}/32 dev gtpr;"
       f"ip -n ran route add 10.45.0.0/24 dev gtpr;"
       f"ip -n core addr add {DN6}/64 dev gtpc nodad; ip -n core -6 route add {MS6}/64 dev gtpc;"
       f"ip -n ran addr add {MS6_HOST}/128 dev gtpr nodad; ip -n ran -6 route add {DN6}/64 dev gtpr")


def offload(tso, gro, whole):
    for ns, veth, gtp in (("core", "c0", "gtpc"), ("ran", "r0", "gtpr")):
        for dev, options in ((veth, f"tso {tso} gso {tso} gro {gro}"),
                             (gtp, f"tx-udp_tnl-csum-segmentation {whole}")):
            subprocess.run(f"ip netns exec {ns} ethtool -K {dev} {options}", shell=True,
                           check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def inner_checksum_is_right(packet):
    """Of the TCP segment in an IPv4 or IPv6 packet without options."""
    if packet[0] >> 4 == 4:
        addresses, segment = packet[12:20], packet[20:]
    else:
        addresses, segment = packet[8:40], packet[40:]
    data = addresses + struct.pack(">II", 6, len(segment)) + segment + b"\0" * (len(segment) % 2)
    total = sum(struct.unpack(f">{len(data) // 2}H", data))
    while total >> 16:
        total = (total & 0xffff) + (total >> 16)
    return total == 0xffff


class Wire:
    """Every GTP datagram that arrives at r0: is its length right, how long; is
    every 16th one's inner checksum filled in, as a socket there would need it."""

    def __init__(self):
        with inside("ran"):
            self.sock = socket.socket(socket.AF_PACKET, socket.SOCK_DGRAM,
                                      socket.htons(0x800))
            self.sock.bind(("r0", 0x800))
        self.sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 24)
        self.sock.settimeout(0.2)
        self.stop = False
        self.wrong, self.unfinished, self.longest, self.seen = [], 0, 0, 0
        self.thread = threading.Thread(target=self.run)
        self.thread.start()

    def run(self):
        while not self.stop:
            try:
                data = self.sock.recv(70000)
            except socket.timeout:
                continue
            if data[9] != 17 or data[22:24] != b"\x08\x68":
                continue
            self.seen += 1
            self.longest = max(self.longest, len(data))
            length = struct.unpack(">H", data[30:32])[0]
            if length != len(data) - 36:
                self.wrong.append((length, len(data) - 36))
            elif self.seen % 16 == 0:
                at = 44 if data[28] & 4 else 36
                self.unfinished += not inner_checksum_is_right(data[at:])

    def end(self):
        self.stop = True
        self.thread.join()
        self.sock.close()


def transfer(source, target, address, size):
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    data = os.urandom(1 << 16) * (size // (1 << 16) + 1)
    data = data[:size]
    with inside(target):
        server = socket.socket(family)
        server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        server.bind((address, 5001))
        server.listen(1)
    with inside(source):
        client = socket.socket(family)
    server.settimeout(20)
    client.settimeout(20)
    client.connect((address, 5001))
    conn, _ = server.accept()
    conn.settimeout(20)
    sender = threading.Thread(target=lambda: (client.sendall(data), client.shutdown(1)))
    sender.start()
    digest, got = hashlib.sha1(), 0
    while True:
        block = conn.recv(1 << 16)
        if not block:
            break
        digest.update(block)
        got += len(block)
    sender.join()
    for sock in (server, client, conn):
        sock.close()
    assert got == size and digest.digest() == hashlib.sha1(data).digest(), f"{got} of {size}"


def both_ways():
    for size in SIZES:
        transfer("ran", "core", DN4, size)
        transfer("core", "ran", MS4, size)
    transfer("ran", "core", DN6, 300007)
    transfer("core", "ran", MS6_HOST, 300007)


def counters_match():
    """What one end counts as sent, the other counts as received."""
    values = []
    for ns, name in (("core", "gtpc"), ("ran", "gtpr")):
        with inside(ns):
            nl = Gtp()
            values.append(nl.get(name, VERSION=1, MS=MS4,
                                 REQUEST=REQ_COUNTERS).messages[0]["STATS"])
            nl.close()
    core, ran = values
    for one, other in ((core, ran), (ran, core)):
        for unit in ("packets", "bytes"):
            assert one["tx_" + unit] == other["rx_" + unit], (unit, core, ran)


def in_fragments():
    """A super-packet without DF, too big for the way: each of its segments counts as sent in fragments."""
    def count():
        with inside("core"):
            nl = Gtp()
            counters = nl.counters("gtpc")
            nl.close()
        return counters["tx_fragmented"]

    size, mss = 300007, 1448
    sh("ip -n core link set gtpc mtu 1500; ip -n ran link set gtpr mtu 1500; "
       "ip netns exec core sysctl -qw net.ipv4.ip_no_pmtu_disc=1")
    try:
        before = count()
        transfer("core", "ran", MS4, size)
        assert count() - before >= size // mss, count() - before
    finally:
        sh("ip -n core link set gtpc mtu 1400; ip -n ran link set gtpr mtu 1400; "
           "ip netns exec core sysctl -qw net.ipv4.ip_no_pmtu_disc=0")


def main():
    tests = Tests()
    for qfi in (None, 9):
        build(qfi)
        for tso, gro, whole in (("on", "off", "off"), ("on", "on", "off"),
                                ("on", "off", "on"), ("off", "off", "on"),
                                ("off", "on", "on"), ("off", "on", "off")):
            name = f"qfi {qfi}, veth tso {tso} gro {gro}, whole {whole}"
            offload(tso, gro, whole)
            wire = Wire()
            tests.check(name, both_ways)
            wire.end()

            def right(wire=wire, tso=tso, gro=gro, whole=whole):
                assert wire.seen > 100, wire.seen
                # A veth with GRO computes nothing: merged packets have none yet.
                if (gro, whole) == ("off", "off"):
                    assert not wire.unfinished, wire.unfinished
                # A tap behind GRO, or a veth that was told to, sees merged ones.
                if gro == "off" and (tso, whole) != ("on", "on"):
                    assert not wire.wrong, wire.wrong[:5]
                    assert wire.longest <= 1500, wire.longest
                elif (tso, whole) == ("on", "on"):
                    assert wire.longest > 1500, "nothing stayed whole"

            tests.check(name + ": datagrams", right)
        tests.check(f"qfi {qfi}: counters of both ends match", counters_match)
    offload("on", "on", "off")
    tests.check("in fragments", in_fragments)
    tests.end()


if __name__ == "__main__":
    main()
