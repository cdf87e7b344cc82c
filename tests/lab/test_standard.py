#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0
"""TS 29.281, clause by clause, as far as a data plane can break it. The kernel
is the core side; this script is a radio node with UDP sockets."""

import os
import socket
import struct
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from gtpnl import (END_MARKER, ERROR_INDICATION, ECHOREQ, FLOW_PORT, Gtp,
                   REQ_COUNTERS, REQ_UPDATE)
from labnet import (CORE4, CORE6, DN4, DN6, MS4, MS6, MS6_HOST, PATIENCE, PORT0, PORT1,
                    RAN4, RAN6, Tests, core_link, drain, gtp0, gtp1, inside, ip4_udp,
                    ip6_udp, receive, sh, topology, udp)

TPDU = 255
APP = 9000
# Headers that are damaged are thrown at our own module only.
OURS_ONLY = ("truncated", "options_cut", "ext_zero_length", "ext_beyond", "ext_endless",
             "echo_short", "length_beyond")


class World:
    """One outer address family."""

    def __init__(self, six):
        self.six = six
        self.core, self.ran = (CORE6, RAN6) if six else (CORE4, RAN4)
        core_link(six=six)
        with inside("core"):
            self.nl = Gtp()
            self.events = Gtp()
            self.events.listen()
        self.node = udp("ran", self.ran, PORT1)
        self.node0 = udp("ran", self.ran, PORT0)
        self.app4 = udp("core", DN4, APP)
        self.app6 = udp("core", DN6, APP)
        for args in ((1, 0x100, 0x200, MS4), (1, 0x100, 0x200, MS6)):
            self.ask("new", *args, self.ran)

    def close(self):
        for sock in (self.node, self.node0, self.app4, self.app6):
            sock.close()
        self.nl.close()
        self.events.close()

    def ask(self, what, *args, **values):
        with inside("core"):
            answer = getattr(self.nl, what)("gtpc", *args, **values)
        assert not answer.errno, f"{what} {args} {values}: {answer}"
        return answer

    def count(self, name):
        with inside("core"):
            return self.nl.counters("gtpc")[name]

    def tunnel(self, **values):
        return self.ask("get", VERSION=1, REQUEST=REQ_COUNTERS,
                        **(values or {"MS": MS4})).messages[0]

    def send(self, data, sock=None, port=PORT1):
        (sock or self.node).sendto(data, (self.core, port))

    def arrives(self, data, payload=b"hello", sock=None, port=PORT1, six=False):
        app = self.app6 if six else self.app4
        self.send(data, sock, port)
        got = receive(app)
        assert got and got[0] == payload, f"application got {got}"

    def refused(self, data, counter, sock=None, port=PORT1):
        drain(self.app4)
        before = self.count(counter) if self.nl.ours else 0
        self.send(data, sock, port)
        assert not receive_quick(self.app4), "it was delivered"
        if self.nl.ours:
            assert self.count(counter) == before + 1, f"{counter} did not count"


def receive_quick(sock):
    sock.settimeout(0.1)
    got = receive(sock)
    sock.settimeout(PATIENCE)
    return got


def up4(payload=b"hello", tos=0, src=MS4):
    return ip4_udp(src, DN4, 1234, APP, payload, tos)


def up6(payload=b"hello", tos=0, src=MS6_HOST):
    return ip6_udp(src, DN6, 1234, APP, payload, tos)


# 5.1: the header ------------------------------------------------------------

def t_plain(w):
    w.arrives(gtp1(TPDU, 0x100, up4()))


def t_plain6(w):
    w.arrives(gtp1(TPDU, 0x100, up6()), six=True)


def t_sequence(w):
    w.arrives(gtp1(TPDU, 0x100, up4(), seq=7))


def t_npdu(w):
    w.arrives(gtp1(TPDU, 0x100, up4(), flags=0x31))


def t_spare_ignored(w):
    w.arrives(gtp1(TPDU, 0x100, up4(), flags=0x38))


def t_padding(w):
    inner = up4()
    w.arrives(gtp1(TPDU, 0x100, inner + b"\xee" * 9, length=len(inner)))


def t_length_beyond(w):
    inner = up4()
    w.refused(gtp1(TPDU, 0x100, inner, length=len(inner) + 1), "rx_length")


def t_truncated(w):
    w.refused(b"\x30\xff\x00", "rx_short")


def t_version2(w):
    w.refused(b"\x48\x01\x00\x04" + bytes(8), "rx_version")


def t_gtp_prime(w):
    w.refused(gtp1(TPDU, 0x100, up4(), flags=0x20), "rx_protocol_type")


def t_options_cut(w):
    w.refused(struct.pack(">BBHI", 0x32, TPDU, 0, 0x100), "rx_short")


# 5.2: extension headers -------------------------------------------------------

def t_psc(w):
    w.arrives(gtp1(TPDU, 0x100, up4(), ext=[(0x85, b"\x10\x09")]))
    assert not w.nl.ours or w.tunnel()["RX_QFI"] == 9


def t_psc_looks_like_ip(w):
    w.arrives(gtp1(TPDU, 0x100, up4(), ext=[(0x85, b"\x45\x60")]))


def t_ext_chain(w):
    w.arrives(gtp1(TPDU, 0x100, up4(),
                   ext=[(0x40, b"\x12\x34"), (0x20, b"\1"), (0x85, b"\x10\x05")]))


def t_ext_not_required(w):
    w.arrives(gtp1(TPDU, 0x100, up4(), ext=[(0x33, b"\0\0")]))


def t_ext_required(w):
    w.refused(gtp1(TPDU, 0x100, up4(), ext=[(0xb3, b"\0\0")]), "rx_comprehension")
    got = receive(w.node)
    assert got and got[0][1] == 31 and got[0][0] & 2, f"no notification: {got}"
    assert got[0][12] == 141 and 0x85 in got[0][14:14 + got[0][13]]


def t_ext_zero_length(w):
    w.refused(struct.pack(">BBHIHBB", 0x34, TPDU, 8, 0x100, 0, 0, 0x85) +
              b"\0\0\0\0", "rx_extension")


def t_ext_beyond(w):
    w.refused(struct.pack(">BBHIHBB", 0x34, TPDU, 8, 0x100, 0, 0, 0x85) +
              b"\xff\0\0\0", "rx_short")


def t_ext_endless(w):
    w.refused(gtp1(TPDU, 0x100, up4(), ext=[(0x33, b"\0\0")] * 9), "rx_extension")


def t_psc_sent(w):
    w.ask("new", 1, 0x100, 0x200, MS4, w.ran, flags=0, QFI=9,
          REQUEST=REQ_UPDATE)
    w.app4.sendto(b"down", (MS4, 1234))
    data, _ = receive(w.node)
    assert data[0] == 0x34 and data[11] == 0x85, data.hex()
    assert data[12:16] == b"\x01\x00\x09\x00", data.hex()
    assert struct.unpack(">H", data[2:4])[0] == len(data) - 8
    assert data[16] == 0x45
    w.ask("delete", VERSION=1, MS=MS4)
    w.ask("new", 1, 0x100, 0x200, MS4, w.ran)


# transmit ---------------------------------------------------------------------

def t_down(w):
    w.app4.sendto(b"down", (MS4, 1234))
    data, (_, port, *_) = receive(w.node)
    assert data[:8] == struct.pack(">BBHI", 0x30, TPDU, len(data) - 8, 0x200)
    assert port == PORT1
    assert data[8 + 28:] == b"down"


def t_down6(w):
    w.app6.sendto(b"down", (MS6_HOST, 1234))
    data, _ = receive(w.node)
    assert data[:8] == struct.pack(">BBHI", 0x30, TPDU, len(data) - 8, 0x200)
    assert data[8 + 48:] == b"down"


def t_flow_port(w):
    if not w.nl.ours:
        return "skip"
    w.ask("new", 1, 0x100, 0x200, MS4, w.ran, flags=0, FLAGS=FLOW_PORT,
          REQUEST=REQ_UPDATE)
    w.app4.sendto(b"down", (MS4, 1234))
    data, (_, port, *_) = receive(w.node)
    assert port != PORT1 and data[8 + 28:] == b"down"
    w.ask("new", 1, 0x100, 0x200, MS4, w.ran, flags=0, FLAGS=0,
          REQUEST=REQ_UPDATE)


# 4.4.2, 7.2: echo ---------------------------------------------------------------

def t_echo(w):
    sock = udp("ran", w.ran, 4321)
    w.send(gtp1(1, 0, b"", seq=0xbeef), sock)
    got = receive(sock)
    sock.close()
    assert got, "no answer"
    data = got[0]
    assert data[1] == 2 and data[0] == 0x32, data.hex()
    assert struct.unpack(">H", data[8:10])[0] == 0xbeef, "sequence number"
    assert data[12:14] == b"\x0e\0" and len(data) == 14, data.hex()
    assert struct.unpack(">H", data[2:4])[0] == 6


def t_echo_ies(w):
    w.send(gtp1(1, 0, b"\xff\x00\x03\x00\x01\x02", seq=1))
    data, _ = receive(w.node)
    assert len(data) == 14, f"the request's elements came back: {data.hex()}"


def t_echo_short(w):
    w.refused(struct.pack(">BBHI", 0x32, 1, 0, 0), "rx_short")
    assert not receive_quick(w.node)


def t_echo0(w):
    if w.six:
        return "skip"
    w.send(gtp0(1, 0, b"", seq=77), w.node0, PORT0)
    data, _ = receive(w.node0)
    assert data[1] == 2 and struct.unpack(">H", data[4:6])[0] == 77
    assert data[20] == 14


def t_echo_event(w):
    w.events.events(0.05)
    local, peer = ("MS6", "PEER6") if w.six else ("MS", "PEER")
    with inside("core"):
        answer = w.nl.call(ECHOREQ, LINK=socket.if_nametoindex("gtpc"),
                           VERSION=1, **{local: w.core, peer: w.ran})
    assert not answer.errno, answer
    data, _ = receive(w.node)
    assert data[1] == 1 and data[0] & 2
    seq = struct.unpack(">H", data[8:10])[0]
    w.send(gtp1(2, 0, b"\x0e\0", seq=seq))
    events = [e for e in w.events.events() if e["cmd"] == ECHOREQ]
    assert events and events[0][peer] == w.ran and events[0][local] == w.core
    if w.nl.ours:
        assert events[0]["SEQUENCE"] == seq and events[0]["RTT"] > 0
        assert "LINK" in events[0]


def t_echo_nobody(w):
    """A response that nobody waits for must not make the host complain."""
    before = icmp_unreachable()
    w.send(gtp1(2, 0, b"\x0e\0", seq=9))
    receive_quick(w.node)
    assert icmp_unreachable() == before, "ICMP unreachable was sent"


def icmp_unreachable():
    total = 0
    with inside("core"), open("/proc/net/snmp", encoding="ascii") as f:
        rows = [line.split() for line in f if line.startswith("Icmp:")]
        total += int(rows[1][rows[0].index("OutDestUnreachs")])
    with inside("core"), open("/proc/net/snmp6", encoding="ascii") as f:
        total += sum(int(line.split()[1]) for line in f
                     if line.startswith("Icmp6OutDestUnreachs"))
    return total


# 7.3.1: error indication ----------------------------------------------------------

def t_error_sent(w):
    sock = udp("ran", w.ran, 4321)
    w.refused(gtp1(TPDU, 0xdead, up4()), "rx_unknown_teid", sock)
    got = receive(w.node)
    sock.close()
    assert got, "no error indication to port 2152"
    data = got[0]
    n = 16 if w.six else 4
    assert data[1] == 26 and data[0] & 2
    assert struct.unpack(">I", data[4:8])[0] == 0
    ies = data[16:] if data[0] & 4 else data[12:]
    assert ies[:5] == struct.pack(">BI", 16, 0xdead), data.hex()
    assert ies[5:8] == struct.pack(">BH", 133, n), data.hex()
    assert data[11:16] == b"\x40\x01\x10\xe1\x00", "UDP port 4321"


def t_error_not_zero(w):
    w.send(gtp1(TPDU, 0, up4()))
    assert not receive_quick(w.node)


def t_error_not_known(w):
    w.refused(gtp1(TPDU, 0x100, up4(src="10.45.0.77")), "rx_wrong_ms")
    assert not receive_quick(w.node)
    w.refused(gtp1(TPDU, 0x100, b"\0" * 40), "rx_inner")
    assert not receive_quick(w.node)


def t_error_limited(w):
    for _ in range(400):
        w.send(gtp1(TPDU, 0xdead, up4()))
    w.node.settimeout(0.2)
    got = receive(w.node, 500)
    w.node.settimeout(PATIENCE)
    assert 0 < len(got) < 300, f"{len(got)} answers to 400 packets"


def t_error_received(w):
    w.events.events(0.05)
    address = socket.inet_pton(socket.AF_INET6 if w.six else socket.AF_INET, w.ran)
    ies = struct.pack(">BIBH", 16, 0x200, 133, len(address)) + address
    before = w.tunnel()["STATS"]["error_indications"]
    other = w.tunnel(MS6=MS6, FAMILY=socket.AF_INET6)["STATS"]["error_indications"]
    w.send(gtp1(26, 0, ies, seq=1))
    events = [e for e in w.events.events() if e["cmd"] == ERROR_INDICATION]
    assert len(events) == 1 and events[0]["O"] == 0x200
    after = (w.tunnel()["STATS"]["error_indications"] +
             w.tunnel(MS6=MS6, FAMILY=socket.AF_INET6)["STATS"]["error_indications"])
    assert after == before + other + 1


def t_end_marker(w):
    w.events.events(0.05)
    before = w.tunnel()["STATS"]["end_markers"]
    w.send(gtp1(254, 0x100, b""))
    events = [e for e in w.events.events() if e["cmd"] == END_MARKER]
    assert len(events) == 1 and events[0]["I"] == 0x100
    assert w.tunnel()["STATS"]["end_markers"] == before + 1


def t_unknown_message(w):
    w.refused(gtp1(99, 0, b""), "rx_message")
    assert not receive_quick(w.node)


# congestion ------------------------------------------------------------------------

def t_ecn(w):
    """RFC 6040: a congestion mark outside reaches an ECN-capable inside."""
    option = (socket.IPPROTO_IPV6, socket.IPV6_TCLASS) if w.six else \
             (socket.IPPROTO_IP, socket.IP_TOS)
    w.app4.setsockopt(socket.IPPROTO_IP, socket.IP_RECVTOS, 1)
    for outer, inner, want in ((3, 2, 3), (0, 2, 2), (1, 2, 1), (3, 1, 3), (2, 0, 0)):
        w.node.setsockopt(*option, outer)
        w.send(gtp1(TPDU, 0x100, up4(tos=inner)))
        _, control, _, _ = w.app4.recvmsg(2000, 100)
        got = control[0][2][0] if control else 0
        assert got & 3 == want, f"outer {outer} inner {inner}: {got & 3}"
    w.node.setsockopt(*option, 3)
    w.refused(gtp1(TPDU, 0x100, up4(tos=0)), "rx_ecn")
    w.node.setsockopt(*option, 0)


def t_tos_down(w):
    w.app4.setsockopt(socket.IPPROTO_IP, socket.IP_TOS, 0xb8)
    if w.six:
        w.node.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_RECVTCLASS, 1)
    else:
        w.node.setsockopt(socket.IPPROTO_IP, socket.IP_RECVTOS, 1)
    w.app4.sendto(b"down", (MS4, 1234))
    _, control, _, _ = w.node.recvmsg(2000, 100)
    w.app4.setsockopt(socket.IPPROTO_IP, socket.IP_TOS, 0)
    assert control[0][2][0] == 0xb8


# MTU ---------------------------------------------------------------------------------

def t_too_big4(w):
    sock = udp("core", DN4, 9100)
    sock.setsockopt(socket.IPPROTO_IP, 10, 2)       # IP_PMTUDISC_DO
    sh("ip -n core link set gtpc mtu 1500")
    try:
        sock.sendto(b"x" * 1472, (MS4, 1234))
        receive_quick(sock)
        sock.sendto(b"x" * 1472, (MS4, 1234))
        assert False, "the sender was not told"
    except OSError as error:
        assert error.errno == 90, error             # EMSGSIZE
    finally:
        sock.close()
        sh("ip -n core link set gtpc mtu 1400; ip -n core route flush cache")


def t_too_big6(w):
    sock = udp("core", DN6, 9100)
    sh("ip -n core link set gtpc mtu 1500")
    try:
        sock.sendto(b"x" * 1452, (MS6_HOST, 1234))
        assert not receive_quick(w.node), "it was sent too big"
        sock.sendto(b"x" * 1452, (MS6_HOST, 1234))  # now fragmented inside
        first = receive(w.node)
        assert first and len(first[0]) <= 1500 - 28, "not told, or not heard"
        receive_quick(w.node)
    finally:
        sock.close()
        sh("ip -n core link set gtpc mtu 1400; ip -n core -6 route flush cache")


def t_fragment_outside(w):
    """Inner IPv4 without DF may be fragmented outside, and is."""
    sock = udp("core", DN4, 9101)
    sock.setsockopt(socket.IPPROTO_IP, 10, 0)       # IP_PMTUDISC_DONT
    sh("ip -n core link set gtpc mtu 1500")
    try:
        sock.sendto(b"x" * 1472, (MS4, 1234))
        got = receive(w.node)
        assert got and len(got[0]) == 1508, got and len(got[0])
    finally:
        sock.close()
        sh("ip -n core link set gtpc mtu 1400")


# updates ---------------------------------------------------------------------------------

def t_rehash_teid(w):
    w.ask("new", 1, 0x101, 0x200, MS4, w.ran, flags=0)
    w.arrives(gtp1(TPDU, 0x101, up4()))
    w.refused(gtp1(TPDU, 0x100, up4()), "rx_inner")     # known for IPv6 only
    assert w.ask("get", VERSION=1, I=0x101).messages[0]["MS"] == MS4
    w.ask("new", 1, 0x100, 0x200, MS4, w.ran, flags=0)


def t_rehash_ms(w):
    w.ask("new", 1, 0x100, 0x200, "10.45.0.9", w.ran, flags=0)
    w.arrives(gtp1(TPDU, 0x100, up4(src="10.45.0.9")))
    w.app4.sendto(b"down", ("10.45.0.9", 1))
    assert receive(w.node)
    w.ask("new", 1, 0x100, 0x200, MS4, w.ran, flags=0)


def t_handover(w):
    """Peer and O_TEI change, counters stay."""
    before = w.tunnel()["STATS"]["rx_packets"]
    w.ask("new", 1, 0x100, 0x999, MS4, w.ran, flags=0, REQUEST=REQ_UPDATE)
    w.app4.sendto(b"down", (MS4, 1))
    assert struct.unpack(">I", receive(w.node)[0][4:8])[0] == 0x999
    assert w.tunnel()["STATS"]["rx_packets"] == before
    w.ask("new", 1, 0x100, 0x200, MS4, w.ran, flags=0, REQUEST=REQ_UPDATE)


def t_v0(w):
    w.ask("new", 0, 0x1234567890, 0x55, "10.45.0.3", w.ran)
    inner = ip4_udp("10.45.0.3", DN4, 1, APP, b"hello")
    w.arrives(gtp0(TPDU, 0x1234567890, inner), sock=w.node0, port=PORT0)
    for seq in (0, 1):
        w.app4.sendto(b"down", ("10.45.0.3", 1))
        data, _ = receive(w.node0)
        assert data[0] == 0x1e and data[8:12] == b"\xff" * 4
        assert struct.unpack(">HHHH", data[2:4] + data[4:8] + b"\0\0")[:3] == \
            (len(data) - 20, seq, 0x55)
        assert struct.unpack(">Q", data[12:20])[0] == 0x1234567890
    w.ask("delete", VERSION=0, TID=0x1234567890)


def t_quiet_socket(w):
    """Nothing may pile up in a socket that nobody reads."""
    for _ in range(50):
        w.send(gtp1(TPDU, 0xdead, up4()))
        w.send(b"\xff\xff")
        w.send(gtp1(200, 0, b""))
    name = "/proc/net/udp6" if w.six else "/proc/net/udp"
    with inside("core"), open(name, encoding="ascii") as f:
        rows = [line.split() for line in f if ":0868 " in line]
    assert rows and all(row[4].endswith(":00000000") for row in rows), rows


def skipped(_):
    return "skip"


def main():
    tests = Tests()
    topology()
    names = sys.argv[1:]
    for six in (False, True):
        w = World(six)
        for name, test in list(globals().items()):
            if not name.startswith("t_") or (names and name not in names):
                continue
            label = f"{'outer IPv6' if six else 'outer IPv4'} {name[2:]}"
            if not w.nl.ours and name[2:] in OURS_ONLY:
                test = skipped
            tests.check(label, lambda t=test, w=w: t(w))
            drain(w.node, w.node0, w.app4, w.app6)
        w.close()
    tests.end()


if __name__ == "__main__":
    main()
