#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0
"""Every kind of packet with its data in fragments, the first of them ending at
every octet: what the parser does must not depend on where a driver cut. A tap
makes the packets (IFF_NAPI_FRAGS: each piece of writev() is a fragment), and
the debug kernel sees what is read past one.

    core:  tap0 172.31.7.1, fd31:7::1  <- this test as the radio node .2"""

import fcntl
import os
import random
import socket
import struct
import sys
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from gtpnl import CREATE_SOCKETS, LOCAL6, OPTIONS, Gtp, Rtnl
from labnet import (DN4, DN6, MS4, MS6, MS6_HOST, PORT0, PORT1, Tests, gtp0, gtp1, inside,
                    ip4_udp, ip6_udp, namespaces, sh, udp)

TPDU, APP = 255, 9000
NEAR4, FAR4, NEAR6, FAR6 = "172.31.7.1", "172.31.7.2", "fd31:7::1", "fd31:7::2"
TUNSETIFF, IFF_TAP, IFF_NO_PI, IFF_NAPI, IFF_NAPI_FRAGS = 0x400454ca, 2, 0x1000, 0x10, 0x20


def tap_of(flags):
    tap = os.open("/dev/net/tun", os.O_RDWR | os.O_NONBLOCK)
    fcntl.ioctl(tap, TUNSETIFF, struct.pack("16sH22x", b"tap0", IFF_TAP | IFF_NO_PI | flags))
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        got = fcntl.ioctl(sock, 0x8927, struct.pack("16s16x", b"tap0"))     # SIOCGIFHWADDR
    sh(f"ip addr add {NEAR4}/24 dev tap0; ip addr add {NEAR6}/64 dev tap0 nodad;"
       f"ip link set tap0 up; ip neigh replace {FAR4} lladdr 02:00:00:00:07:02 dev tap0;"
       f"ip neigh replace {FAR6} lladdr 02:00:00:00:07:02 dev tap0")
    return tap, got[18:24]


def frame(mac, six, port, message):
    ether = mac + b"\x02\0\0\0\x07\x02" + (b"\x86\xdd" if six else b"\x08\0")
    if six:
        return ether + ip6_udp(FAR6, NEAR6, PORT1, port, message)
    return ether + ip4_udp(FAR4, NEAR4, PORT1, port, message)


IN4 = ip4_udp(MS4, DN4, 1234, APP, b"hello, world")
IN6 = ip6_udp(MS6_HOST, DN6, 1234, APP, b"hello, world")
ERROR = struct.pack(">BIBH4s", 16, 0x200, 133, 4, socket.inet_aton(FAR4))
# Name, port, message, and what counts, or to whom it is delivered.
KINDS = [
    ("T-PDU", PORT1, gtp1(TPDU, 0x100, IN4), "app4"),
    ("T-PDU, IPv6", PORT1, gtp1(TPDU, 0x100, IN6), "app6"),
    ("sequence number", PORT1, gtp1(TPDU, 0x100, IN4, seq=9), "app4"),
    ("container", PORT1, gtp1(TPDU, 0x100, IN4, ext=[(0x85, b"\x10\x09")]), "app4"),
    ("container, IPv6", PORT1, gtp1(TPDU, 0x100, IN6, ext=[(0x85, b"\x10\x09")]), "app6"),
    ("long containers", PORT1, gtp1(TPDU, 0x100, IN4, ext=[(0x85, bytes(30)), (0x40, b"\1\2"),
                                                          (0x85, bytes(14))]), "app4"),
    ("padding", PORT1, gtp1(TPDU, 0x100, IN4 + b"\xee" * 7, length=len(IN4)), "app4"),
    ("GTPv0", PORT0, gtp0(TPDU, 7, ip4_udp("10.45.0.3", DN4, 1, APP, b"hello, world")), "app4"),
    ("length", PORT1, gtp1(TPDU, 0x100, IN4, length=200), "rx_length"),
    ("short", PORT1, b"\x30\xff\0\4\0\0", "rx_short"),
    ("short options", PORT1, struct.pack(">BBHI", 0x32, TPDU, 0, 0x100), "rx_short"),
    ("extension beyond", PORT1, struct.pack(">BBHIHBB", 0x34, TPDU, 8, 0x100, 0, 0, 0x85) +
     b"\xff\0\0\0", "rx_short"),
    ("extension of 0", PORT1, struct.pack(">BBHIHBB", 0x34, TPDU, 8, 0x100, 0, 0, 0x85) +
     b"\0\0\0\0", "rx_extension"),
    ("required extension", PORT1, gtp1(TPDU, 0x100, IN4, ext=[(0xb3, b"\0\0")]),
     "rx_comprehension"),
    ("inner short", PORT1, gtp1(TPDU, 0x100, IN4[:19]), "rx_inner"),
    ("inner empty", PORT1, gtp1(TPDU, 0x100, b""), "rx_inner"),
    ("inner short, IPv6", PORT1, gtp1(TPDU, 0x100, IN6[:39]), "rx_inner"),
    ("other subscriber", PORT1, gtp1(TPDU, 0x100, ip4_udp("10.9.9.9", DN4, 1, 1, b"")),
     "rx_wrong_ms"),
    ("unknown TEID", PORT1, gtp1(TPDU, 0xdead, IN4), "rx_unknown_teid"),
    ("Echo Request", PORT1, gtp1(1, 0, b"\xff\0\2\1\2", seq=7), "echo_request_rx"),
    ("Echo Response", PORT1, gtp1(2, 0, b"\x0e\0", seq=7), "echo_response_rx"),
    ("Error Indication", PORT1, gtp1(26, 0, ERROR, seq=7, ext=[(0x40, b"\x08\x68")]),
     "error_indication_rx"),
    ("End Marker", PORT1, gtp1(254, 0x100, b""), "end_marker_rx"),
    ("notification", PORT1, gtp1(31, 0, b"\x8d\x01\x85"), "ext_notification_rx"),
    ("unknown message", PORT1, gtp1(99, 0, bytes(20)), "rx_message"),
    ("version 2", PORT1, b"\x48\x01\0\x04" + bytes(8), "rx_version"),
    ("Echo Request, v0", PORT0, gtp0(1, 0, b"", seq=7), "echo_request_rx"),
    ("Echo Response, v0", PORT0, gtp0(2, 0, b"\x0e\5", seq=7), "echo_response_rx"),
]


class World:
    def __init__(self, six, flags):
        namespaces("core")
        self.six = six
        with inside("core"):
            self.tap, self.mac = tap_of(flags)
            rtnl, self.nl = Rtnl(), Gtp()
            answer = rtnl.new("gtpc", [(CREATE_SOCKETS, b"\1"), (OPTIONS, 0)] +
                              ([(LOCAL6, bytes(16))] if six else []))
            assert not answer.errno, answer
            rtnl.close()
            sh(f"ip link set gtpc up; ip addr add {DN4}/24 dev gtpc;"
               f"ip addr add {DN6}/64 dev gtpc nodad; ip -6 route add {MS6}/64 dev gtpc")
            peer = FAR6 if six else FAR4
            for args in ((1, 0x100, 0x200, MS4), (1, 0x100, 0x200, MS6), (0, 7, 7, "10.45.0.3")):
                answer = self.nl.new("gtpc", *args, peer)
                assert not answer.errno, answer
        self.apps = {"app4": udp("core", DN4, APP), "app6": udp("core", DN6, APP)}
        for app in self.apps.values():
            app.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 22)
            app.settimeout(0.2)

    def close(self):
        for app in self.apps.values():
            app.close()
        self.nl.close()
        os.close(self.tap)

    def drain(self):
        try:
            while os.read(self.tap, 65536):
                pass
        except BlockingIOError:
            pass

    def write(self, pieces):
        os.writev(self.tap, [p for p in pieces if p])
        self.drain()

    def count(self, name):
        with inside("core"):
            return self.nl.counters("gtpc")[name]

    def received(self, name):
        out = 0
        try:
            while True:
                data = self.apps[name].recv(2000)
                assert data == b"hello, world", data
                out += 1
        except socket.timeout:
            return out


def whole_and_cut(w, port, message, effect, splits):
    data = frame(w.mac, w.six, port, message)
    before = 0 if effect.startswith("app") else w.count(effect)
    sent = 0
    for pieces in splits(data):
        w.write(pieces)
        sent += 1
        if effect.startswith("rx_unknown") or sent % 50 == 0:
            time.sleep(0.001)
    time.sleep(0.1)
    got = w.received(effect) if effect.startswith("app") else w.count(effect) - before
    assert got == sent, f"{got} of {sent}"


def every_offset(data):
    yield [data]
    for cut in range(14, len(data)):
        yield [data[:cut], data[cut:]]


def three_pieces(data):
    for cut in range(14, len(data) - 2, 3):
        for piece in (1, 2, 4, 8, 13):
            yield [data[:cut], data[cut:cut + piece], data[cut + piece:]]


def octets(data):
    """In single octets, as many as a packet may have fragments."""
    for cut in range(14, len(data) - 1, 2):
        end = min(cut + 14, len(data) - 1)
        yield [data[:cut]] + [data[n:n + 1] for n in range(cut, end)] + [data[end:]]


def main():
    tests = Tests()
    random.seed(1)
    for six in (False, True):
        for how, flags in (("fragments", IFF_NAPI | IFF_NAPI_FRAGS), ("linear", 0)):
            w = World(six, flags)
            for name, port, message, effect in KINDS:
                if six and port == PORT0 and effect == "app4":
                    continue
                for splits in (every_offset, three_pieces, octets) if flags else (every_offset,):
                    tests.check(f"outer {'IPv6' if six else 'IPv4'}, {how}, {splits.__name__}: {name}",
                                lambda p=port, m=message, e=effect, s=splits:
                                whole_and_cut(w, p, m, e, s))
            w.close()
    tests.end()


if __name__ == "__main__":
    main()
