#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0
"""Every counter of a link is made to count once, by one packet, and no other
counter may move with it but those named. Also: the tracepoint says the same,
and the device's own statistics agree."""

import json
import os
import socket
import struct
import subprocess
import sys
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from gtpnl import (CREATE_SOCKETS, ECHOREQ, FD0, FD1, LINK_COUNTERS, OPTIONS, REQ_COUNTERS,
                   Gtp, Rtnl)
from labnet import (CORE4, DN4, DN6, MS4, PORT0, PORT1, RAN4, Tests, core_link, drain, gtp0,
                    gtp1, inside, ip4_udp, ip6_udp, sh, topology, udp)

TPDU, APP = 255, 9000
SILENT = 1          # GTP_LINK_NO_ERROR_INDICATION
DROPS = ("/sys/kernel/tracing", "/sys/kernel/debug/tracing")


def up(src=MS4, tos=0, payload=b"x"):
    return ip4_udp(src, DN4, 1, APP, payload, tos)


class World:
    def __init__(self):
        core_link()
        # Nothing of the stack's own may be sent to the link meanwhile.
        sh("ip netns exec core sysctl -qw net.ipv6.conf.gtpc.disable_ipv6=1")
        with inside("core"):
            self.nl, self.rtnl = Gtp(), Rtnl()
            for ms, peer, i in ((MS4, RAN4, 0x100), ("10.45.0.20", "203.0.113.9", 0x120),
                                ("10.45.0.21", "10.45.0.99", 0x121), ("fd45:0:0:2::", RAN4, 0x100)):
                answer = self.nl.new("gtpc", 1, i, 0x200, ms, peer)
                assert not answer.errno, answer
            # What leads back into the tunnel itself: 10.45.0.99 is on gtpc's link.
        self.node, self.node0 = udp("ran", RAN4, PORT1), udp("ran", RAN4, PORT0)
        with inside("core"):
            self.packet = socket.socket(socket.AF_PACKET, socket.SOCK_DGRAM)

    def read(self):
        with inside("core"):
            return self.nl.counters("gtpc")

    def inject(self, data, proto=0x800):
        """Straight into the link, as a packet socket may."""
        with inside("core"):
            self.packet.sendto(data, ("gtpc", proto))

    def options(self, value):
        with inside("core"):
            answer = self.rtnl.new("gtpc", [(OPTIONS, value)], flags=0)
        assert not answer.errno, answer


def v1(message, **more):
    return lambda w: w.node.sendto(message, (CORE4, PORT1)), more


def v0(message, **more):
    return lambda w: w.node0.sendto(message, (CORE4, PORT0)), more


def ce_outside(w):
    w.node.setsockopt(socket.IPPROTO_IP, socket.IP_TOS, 3)
    w.node.sendto(gtp1(TPDU, 0x100, up()), (CORE4, PORT1))
    w.node.setsockopt(socket.IPPROTO_IP, socket.IP_TOS, 0)


def unknown_silently(w):
    w.options(SILENT)
    w.node.sendto(gtp1(TPDU, 0xdead, up()), (CORE4, PORT1))
    w.options(0)


def down(w):
    with inside("core"):
        w.rtnl.down("gtpc")
        w.node.sendto(gtp1(TPDU, 0x100, up()), (CORE4, PORT1))
        w.rtnl.up("gtpc")
    sh("ip -n core route replace 10.45.0.0/24 dev gtpc")


def too_big(w):
    sh("ip -n core link set gtpc mtu 1500")
    w.inject(ip4_udp(DN4, MS4, 1, 1, b"x" * 1440, df=True))


def fragmented(w):
    """The same without DF: it goes, in two pieces."""
    sh("ip -n core link set gtpc mtu 1500")
    w.inject(ip4_udp(DN4, MS4, 1, 1, b"x" * 1440))


def echo(w):
    with inside("core"):
        answer = w.nl.call(ECHOREQ, LINK=socket.if_nametoindex("gtpc"), VERSION=1,
                           PEER=RAN4, MS=CORE4)
    assert not answer.errno, answer


# What makes it count, and which counters but the named one count with it.
ONE = {
    "rx_short": v1(b"\x30\xff\0"),
    "rx_length": v1(gtp1(TPDU, 0x100, up(), length=500)),
    "rx_version": v1(b"\x48\x01\0\x04" + bytes(8)),
    "rx_protocol_type": v1(gtp1(TPDU, 0x100, up(), flags=0x20)),
    "rx_extension": v1(struct.pack(">BBHIHBB", 0x34, TPDU, 8, 0x100, 0, 0, 0x85) + bytes(4)),
    "rx_comprehension": v1(gtp1(TPDU, 0x100, up(), ext=[(0xb3, b"\0\0")]),
                           ext_notification_tx=1),
    "rx_message": v1(gtp1(99, 0, b"")),
    "rx_unknown_teid": (unknown_silently, {}),
    "rx_wrong_ms": v1(gtp1(TPDU, 0x100, up(src="10.45.0.77"))),
    "rx_inner": v1(gtp1(TPDU, 0x100, bytes(40))),
    "rx_ecn": (ce_outside, {}),
    "rx_down": (down, {}),
    "tx_no_tunnel": (lambda w: w.inject(ip4_udp(DN4, "10.45.0.200", 1, 1, b"x")), {}),
    "tx_no_route": (lambda w: w.inject(ip4_udp(DN4, "10.45.0.20", 1, 1, b"x")), {}),
    "tx_loop": (lambda w: w.inject(ip4_udp(DN4, "10.45.0.21", 1, 1, b"x")), {}),
    "tx_too_big": (too_big, {}),
    "tx_fragmented": (fragmented, {}),
    "tx_inner": (lambda w: w.inject(b"\x45\0\0"), {}),
    "echo_request_rx": v1(gtp1(1, 0, b"", seq=1), echo_response_tx=1),
    "echo_request_tx": (echo, {}),
    "echo_response_rx": v1(gtp1(2, 0, b"\x0e\0", seq=1)),
    "echo_response_tx": v0(gtp0(1, 0, b"", seq=1), echo_request_rx=1),
    "error_indication_rx": v1(gtp1(26, 0, struct.pack(">BIBH4s", 16, 0x200, 133, 4,
                                                     socket.inet_aton(RAN4)), seq=1)),
    "error_indication_tx": v1(gtp1(TPDU, 0xdead, up()), rx_unknown_teid=1),
    "end_marker_rx": v1(gtp1(254, 0x100, b"")),
    "ext_notification_rx": v1(gtp1(31, 0, b"\x8d\x01\x85")),
    "ext_notification_tx": v1(gtp1(TPDU, 0x100, up(), ext=[(0xa1, b"\0\0")]),
                              rx_comprehension=1),
}
# rx_memory and tx_memory need a kernel without memory: test_fault.py.
ELSEWHERE = {"", "rx_to_user", "tx_no_socket", "rate_limited", "rx_memory", "tx_memory"}
# The same thing by GTPv0, and other ways to the same counter.
MORE = [
    ("rx_short", v0(b"\x1e\xff\0")), ("rx_short", v1(b"")),
    ("rx_short", v1(struct.pack(">BBHI", 0x32, TPDU, 0, 0x100))),
    ("rx_length", v0(gtp0(TPDU, 1, b"")[:2] + b"\xff\xff" + gtp0(TPDU, 1, b"")[4:])),
    ("rx_length", v1(gtp1(TPDU, 0x100, up(), length=len(up()) + 1))),
    ("rx_length", v0(gtp0(TPDU, 1, up())[:2] + struct.pack(">H", len(up()) + 1) + gtp0(TPDU, 1, up())[4:])),
    ("rx_version", v0(gtp1(TPDU, 0x100, up() + bytes(12)))),
    ("rx_protocol_type", v0(gtp0(TPDU, 1, up(), flags=0x0e))),
    ("rx_message", v0(gtp0(4, 1, b""))),
    ("rx_unknown_teid", v0(gtp0(TPDU, 12345, up()))),
    ("rx_extension", v1(gtp1(TPDU, 0x100, up(), ext=[(0x33, b"\0\0")] * 9))),
    ("rx_inner", v1(gtp1(TPDU, 0x100, b""))), ("rx_inner", v1(gtp1(TPDU, 0x100, up()[:19]))),
    ("rx_inner", v1(gtp1(TPDU, 0x120, ip6_udp("fd45:0:0:9::1", DN6, 1, APP, b"x")))),
    ("rx_unknown_teid", v1(gtp1(TPDU, 0, up()))),
    ("tx_inner", (lambda w: w.inject(b"\x60" * 39, 0x86dd), {})),
    ("tx_inner", (lambda w: w.inject(b"\x60" * 60, 0x800), {})),
    ("tx_inner", (lambda w: w.inject(b"\x45" * 60, 0x806), {})),
    ("tx_no_tunnel", (lambda w: w.inject(ip6_udp(DN6, "fd45:0:0:99::1", 1, 1, b"x"), 0x86dd), {})),
]


def changed(before, after):
    return {name: after[name] - before[name] for name in after if after[name] != before[name]}


def once(w, name, provoke, others):
    drain(w.node, w.node0)
    before = w.read()
    provoke(w)
    time.sleep(0.05)
    got = changed(before, w.read())
    assert got == {name: 1, **others}, got


def all_named():
    assert set(ONE) | ELSEWHERE == set(LINK_COUNTERS), \
        set(ONE) ^ set(LINK_COUNTERS) ^ ELSEWHERE


def rate_limited(w):
    """400 unknown TEIDs at once: each is answered, or counted as not."""
    before = w.read()
    for _ in range(400):
        w.node.sendto(gtp1(TPDU, 0xdead, up()), (CORE4, PORT1))
    time.sleep(0.1)
    got = changed(before, w.read())
    assert got["rx_unknown_teid"] == 400 and got["rate_limited"] > 100, got
    assert got["rate_limited"] + got["error_indication_tx"] == 400, got
    time.sleep(1)


def device_statistics(w):
    """ip -s link: what was dropped is what the counters say."""
    def read():
        shown = json.loads(subprocess.check_output("ip -n core -s -j link show gtpc", shell=True))
        stats = shown[0]["stats64"]
        return (stats["rx"]["dropped"], stats["rx"]["errors"], stats["rx"]["packets"],
                stats["tx"]["dropped"])

    before = read()
    w.node.sendto(gtp1(TPDU, 0x100, up(src="10.45.0.77")), (CORE4, PORT1))
    w.node.sendto(b"\x30\xff\0", (CORE4, PORT1))
    w.node.sendto(gtp1(TPDU, 0x100, up()), (CORE4, PORT1))
    w.inject(ip4_udp(DN4, "10.45.0.200", 1, 1, b"x"))
    time.sleep(0.1)
    got = tuple(b - a for a, b in zip(before, read()))
    assert got == (2, 1, 1, 1), got


def tunnel_drops(w):
    """The counters of the tunnel itself."""
    def read():
        with inside("core"):
            return [w.nl.get("gtpc", VERSION=1, I=i, REQUEST=REQ_COUNTERS).messages[0]["STATS"]
                    for i in (0x100, 0x120, 0x121)]
    before = read()
    for provoke in (v1(gtp1(TPDU, 0x100, up(src="10.45.0.77")))[0],
                    v1(gtp1(TPDU, 0x100, bytes(40)))[0], too_big,
                    ONE["tx_no_route"][0], ONE["tx_loop"][0],
                    v1(gtp1(254, 0x100, b""))[0], ONE["error_indication_rx"][0]):
        provoke(w)
    time.sleep(0.1)
    names = ("rx_drop_ms", "rx_drop_inner", "tx_drop_too_big", "tx_drop_route",
             "error_indications", "end_markers", "rx_packets", "tx_packets")
    got = [tuple(b[n] - a[n] for n in names) for a, b in zip(before, read())]
    assert got[1][3] == got[2][3] == 1, got
    assert got[0][:4] == (1, 1, 1, 0) and got[0][5:] == (1, 0, 0), got
    # O_TEI 0x200 at RAN4 is two tunnels' (IPv4 and IPv6): one of them counted.
    assert got[0][4] in (0, 1), got


def tracepoint(w):
    folder = next((d for d in DROPS if os.path.exists(d + "/events/gtp/gtp_drop")), None)
    if not folder:
        return "skip"
    with open(folder + "/events/gtp/gtp_drop/enable", "w", encoding="ascii") as f:
        f.write("1")
    w.node.sendto(gtp1(TPDU, 0x100, up(src="10.45.0.77")), (CORE4, PORT1))
    w.inject(ip4_udp(DN4, "10.45.0.200", 1, 1, b"x"))
    time.sleep(0.1)
    with open(folder + "/trace", encoding="ascii") as f:
        lines = [line for line in f if "gtp_drop:" in line]
    with open(folder + "/events/gtp/gtp_drop/enable", "w", encoding="ascii") as f:
        f.write("0")
    got = [int(line.rsplit("counter=", 1)[1]) for line in lines]
    assert got == [LINK_COUNTERS.index(n) for n in ("rx_wrong_ms", "tx_no_tunnel")], lines
    return None


def of_user_sockets():
    """What is the owner's is counted by its reason and as given to the user."""
    sh("ip -n core link del gtpc")
    with inside("core"):
        socks = [socket.socket(socket.AF_INET, socket.SOCK_DGRAM) for _ in "01"]
        for sock, port in zip(socks, (PORT0, PORT1)):
            sock.bind(("0.0.0.0", port))
        rtnl, nl = Rtnl(), Gtp()
        assert not rtnl.new("gtpc", [(FD0, socks[0].fileno()), (FD1, socks[1].fileno())]).errno
        rtnl.up("gtpc")
        nl.new("gtpc", 1, 0x100, 0x200, MS4, RAN4)
        packet = socket.socket(socket.AF_PACKET, socket.SOCK_DGRAM)
    node = udp("ran", RAN4, PORT1)

    def step(action, **wanted):
        with inside("core"):
            before = nl.counters("gtpc")
            action()
            time.sleep(0.05)
            got = changed(before, nl.counters("gtpc"))
        assert got == wanted, (got, wanted)

    for message, wanted in (
            (gtp1(TPDU, 0xdead, up()), dict(rx_unknown_teid=1, rx_to_user=1)),
            (gtp1(TPDU, 0x100, up(src="10.9.9.9")), dict(rx_wrong_ms=1, rx_to_user=1)),
            (gtp1(1, 0, b"", seq=1), dict(rx_to_user=1)),
            (gtp1(254, 0x100, b""), dict(end_marker_rx=1, rx_to_user=1)),
            (b"\x48\x01\0\x04" + bytes(8), dict(rx_version=1, rx_to_user=1)),
            (gtp1(TPDU, 0x100, up(), length=999), dict(rx_length=1))):
        step(lambda m=message: node.sendto(m, (CORE4, PORT1)), **wanted)
    socks[1].close()
    step(lambda: packet.sendto(ip4_udp(DN4, MS4, 1, 1, b"x"), ("gtpc", 0x800)), tx_no_socket=1)
    for thing in (socks[0], rtnl, nl, node, packet):
        thing.close()


def main():
    tests = Tests()
    topology()
    w = World()
    tests.check("every counter has a test", all_named)
    for name, (provoke, others) in ONE.items():
        tests.check(name, lambda n=name, p=provoke, o=others: once(w, n, p, o))
    w.options(SILENT)
    for n, (name, (provoke, others)) in enumerate(MORE):
        tests.check(f"{name}, another way ({n})",
                    lambda n=name, p=provoke, o=others: once(w, n, p, o))
    w.options(0)
    for test in (rate_limited, device_statistics, tunnel_drops, tracepoint):
        tests.check(test.__name__, lambda t=test: t(w))
    w.node.close()
    w.node0.close()
    tests.check("of_user_sockets", of_user_sockets)
    tests.end()


if __name__ == "__main__":
    main()
