#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0
"""Packets through every kind of link: sockets of user space and of the kernel,
link and sockets in different namespaces, several links beside each other, both
roles, every family inside every other, source ports by flow, counters that are
set back under traffic."""

import itertools
import os
import select
import socket
import struct
import sys
import threading

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from gtpnl import (CREATE_SOCKETS, FD0, FD1, FLOW_PORT, LOCAL, LOCAL6,
                   REQ_COUNTERS, REQ_RESET, REQ_UPDATE, ROLE, Gtp, Rtnl, addr)
from labnet import (CORE4, CORE6, DN4, DN6, MS4, MS6, MS6_HOST, PATIENCE, PORT0, PORT1,
                    RAN4, RAN6, Tests, gtp0, gtp1, inside, ip4_udp, ip6_udp,
                    namespaces, receive, sh, topology, udp)

TPDU, APP = 255, 9000


def close(*things):
    for thing in things:
        thing.close()


def create(ns, name, data, there=None):
    """A link made in @ns, where its sockets are, that itself is @there."""
    with inside(ns):
        rtnl = Rtnl()
        fd = os.open(f"/run/netns/{there}", os.O_RDONLY) if there else None
        answer = rtnl.new(name, data, ns=fd)
        if fd is not None:
            os.close(fd)
        rtnl.close()
    assert not answer.errno, answer


def dress(ns, name, four=DN4, six=DN6):
    """What a core side's link needs to carry MS4 and MS6."""
    sh(f"ip -n {ns} link set {name} mtu 1400 up;"
       f"ip -n {ns} addr add {four}/24 dev {name};"
       f"ip -n {ns} addr add {six}/64 dev {name} nodad;"
       f"ip -n {ns} -6 route add {MS6}/64 dev {name}")


def tunnels(ns, name, peer, *which, i=0x100, o=0x200, version=1, **more):
    with inside(ns):
        nl = Gtp()
        for ms in which or (MS4, MS6):
            answer = nl.new(name, version, i, o, ms, peer, **more)
            assert not answer.errno, answer
        nl.close()


def own(six, *more):
    return [(CREATE_SOCKETS, b"\1")] + ([(LOCAL6, bytes(16))] if six else []) + list(more)


def peers(six):
    return (CORE6, RAN6) if six else (CORE4, RAN4)


def up(six, payload=b"up"):
    return ip6_udp(MS6_HOST, DN6, 1234, APP, payload) if six else \
        ip4_udp(MS4, DN4, 1234, APP, payload)


def exchange(ns, node, core, port=PORT1, wrap=gtp1, teid=0x100, families=(False, True)):
    """Up and down again, by a radio node made of a UDP socket."""
    for six in families:
        app = udp(ns, DN6 if six else DN4, APP)
        node.sendto(wrap(TPDU, teid, up(six)), (core, port))
        got = receive(app)
        assert got and got[0] == b"up", f"inner {'IPv6' if six else 'IPv4'}: {got}"
        app.sendto(b"down", (MS6_HOST if six else MS4, 1234))
        got = receive(node)
        assert got and got[0].endswith(b"down"), got
        assert got[0][1] == TPDU and got[1][0] == core and got[1][1] == port, got
        app.close()


# sockets of user space ---------------------------------------------------------

def fd_sockets(six, ns="core"):
    socks = []
    with inside(ns):
        for port in (PORT0, PORT1):
            sock = socket.socket(socket.AF_INET6 if six else socket.AF_INET,
                                 socket.SOCK_DGRAM)
            if six:
                sock.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
            sock.bind(("::" if six else "0.0.0.0", port))
            sock.settimeout(PATIENCE)
            socks.append(sock)
    return socks


def t_fd(six):
    core, ran = peers(six)
    fds = fd_sockets(six)
    create("core", "gtpc", [(FD0, fds[0].fileno()), (FD1, fds[1].fileno())])
    dress("core", "gtpc")
    tunnels("core", "gtpc", ran)
    tunnels("core", "gtpc", ran, "10.45.0.3", i=7, o=9, version=0)
    node, node0 = udp("ran", ran, PORT1), udp("ran", ran, PORT0)
    exchange("core", node, core)

    app = udp("core", DN4, APP)
    node0.sendto(gtp0(TPDU, 7, ip4_udp("10.45.0.3", DN4, 1, APP, b"v0")), (core, PORT0))
    assert receive(app)[0] == b"v0"
    app.close()

    # What is not a T-PDU of a tunnel is the owner's.
    for sock, index, message in (
            (node, 1, gtp1(1, 0, b"", seq=3)), (node, 1, gtp1(TPDU, 0xdead, up(False))),
            (node, 1, gtp1(254, 0x100, b"")), (node, 1, gtp1(26, 0, b"\x10\0\0\0\1")),
            (node, 1, b"\xff not GTP at all"), (node0, 0, gtp0(1, 0, b""))):
        sock.sendto(message, (core, (PORT0, PORT1)[index]))
        got = receive(fds[index])
        assert got and got[0] == message, (message, got)
        assert not select.select([sock], [], [], 0.05)[0], "the kernel answered"
    # And the owner may use it meanwhile.
    fds[1].sendto(gtp1(2, 0, b"\x0e\0", seq=3), (ran, PORT1))
    assert receive(node)[0][1] == 2

    # Closed: nothing is sent any more, and nothing falls over.
    fds[1].close()
    app = udp("core", DN4, APP)
    with inside("core"):
        nl = Gtp()
        before = nl.counters("gtpc")
        app.sendto(b"down", (MS4, 1234))
        assert not receive(node)
        assert nl.counters("gtpc")["tx_no_socket"] == before["tx_no_socket"] + 1
    close(nl, app, node, node0, fds[0])


# link and sockets apart -----------------------------------------------------------

def t_apart(six):
    for mode in ("kernel's sockets", "user's sockets", "moved later"):
        topology()
        namespaces("apn")
        core, ran = peers(six)
        fds = fd_sockets(six) if mode == "user's sockets" else []
        data = [(FD0, fds[0].fileno()), (FD1, fds[1].fileno())] if fds else own(six)
        create("core", "gtpc", data, None if mode == "moved later" else "apn")
        if mode == "moved later":
            sh("ip -n core link set gtpc netns apn")
        dress("apn", "gtpc")
        tunnels("apn", "gtpc", ran)
        node = udp("ran", ran, PORT1)
        exchange("apn", node, core)
        # The sockets' namespace routes; the link's does not know the peer.
        with inside("apn"):
            nl = Gtp()
            assert nl.get("gtpc", VERSION=1, MS=MS4, REQUEST=REQ_COUNTERS) \
                .messages[0]["STATS"]["tx_packets"] == 1
        # By NET_NS_FD it is reached from where it was made.
        with inside("apn"):
            index = socket.if_nametoindex("gtpc")
        with inside("core"), open("/run/netns/apn", encoding="ascii") as f:
            other = Gtp()
            answer = other.call(2, LINK=index, VERSION=1, MS=MS4, NSFD=f.fileno())
            assert not answer.errno and answer.messages[0]["I"] == 0x100, answer
        close(nl, other, node, *fds)
        sh("ip netns del apn")


# several links -------------------------------------------------------------------------

def t_several(six):
    """The same TEIDs and subscribers on two links, of two addresses."""
    second = "fd31::11" if six else "172.31.0.11"
    sh(f"ip -n core addr add {second}/{64 if six else 24} dev c0 {'nodad' if six else ''}")
    key, ran = (LOCAL6 if six else LOCAL), peers(six)[1]
    namespaces("apn1", "apn2")
    cores = (peers(six)[0], second)
    for n, core in enumerate(cores, 1):
        create("core", f"gtp{n}", [(CREATE_SOCKETS, b"\1"), (key, addr(core))], f"apn{n}")
        dress(f"apn{n}", f"gtp{n}")
        tunnels(f"apn{n}", f"gtp{n}", ran)
    node = udp("ran", ran, PORT1)
    for n, core in enumerate(cores, 1):
        exchange(f"apn{n}", node, core)
    for n in (1, 2):
        with inside(f"apn{n}"):
            nl = Gtp()
            dump = nl.dump(REQUEST=REQ_COUNTERS).messages
            assert len(dump) == 2 and all(m["STATS"]["rx_packets"] == 1 and
                                          m["STATS"]["tx_packets"] == 1 for m in dump), dump
            nl.close()
    node.close()
    sh("ip netns del apn1; ip netns del apn2")


# both roles, all families ------------------------------------------------------------------

def t_roles(six):
    """Two links of ours; a datagram each way of every inner family, both versions."""
    core, ran = peers(six)
    create("core", "gtpc", own(six, (ROLE, 0)))
    create("ran", "gtpr", own(six, (ROLE, 1)))
    dress("core", "gtpc")
    sh(f"ip -n ran link set gtpr mtu 1400 up; ip -n ran addr add {MS4}/32 dev gtpr;"
       f"ip -n ran route add 10.45.0.0/24 dev gtpr;"
       f"ip -n ran addr add {MS6_HOST}/128 dev gtpr nodad;"
       f"ip -n ran -6 route add {DN6}/128 dev gtpr")
    for version in (1, 0):
        tunnels("core", "gtpc", ran, i=0x100, o=0x200 if version else 5, version=version)
        tunnels("ran", "gtpr", core, i=0x200 if version else 0x100,
                o=0x100 if version else 5, version=version)
        for near, far in ((DN4, MS4), (DN6, MS6_HOST)):
            a, b = udp("core", near, APP), udp("ran", far, APP)
            for size in (0, 1, 1200):
                b.sendto(b"u" * size, (near, APP))
                got = receive(a)
                assert got and got[0] == b"u" * size, (version, near, size, got)
                a.sendto(b"d" * size, (far, APP))
                got = receive(b)
                assert got and got[0] == b"d" * size, (version, far, size, got)
            close(a, b)
        for ns, link in (("core", "gtpc"), ("ran", "gtpr")):
            with inside(ns):
                nl = Gtp()
                for values in (dict(MS=MS4), dict(MS6=MS6, FAMILY=10)):
                    message = nl.get(link, VERSION=version, REQUEST=REQ_COUNTERS,
                                     **values).messages[0]
                    assert message["STATS"]["rx_packets"] == 3 == \
                        message["STATS"]["tx_packets"], message
                    header = 28 if "MS" in values else 48
                    assert message["STATS"]["rx_bytes"] == 3 * header + 1201
                    assert not nl.delete(link, VERSION=version, **values).errno
                nl.close()
    sh("ip -n ran link del gtpr")


# source ports ------------------------------------------------------------------------------

def t_flow_ports(six):
    core, ran = peers(six)
    create("core", "gtpc", own(six))
    dress("core", "gtpc")
    tunnels("core", "gtpc", ran)
    tunnels("core", "gtpc", ran, "10.45.0.3", i=0x300)
    node = udp("ran", ran, PORT1)
    for inner6 in (False, True):
        ports = {}
        app = udp("core", DN6 if inner6 else DN4, APP)
        ms = (MS6_HOST if inner6 else MS4)
        for flagged in (False, True):
            if flagged:
                with inside("core"):
                    nl = Gtp()
                    answer = nl.new("gtpc", 1, 0x100, 0x200, MS6 if inner6 else MS4, ran,
                                    flags=0, REQUEST=REQ_UPDATE, FLAGS=FLOW_PORT)
                    assert not answer.errno, answer
                    nl.close()
            for dport in list(range(5000, 5016)) * 2:
                app.sendto(b"x", (ms, dport))
                data, (_, sport, *_) = receive(node)
                assert data[-1:] == b"x"
                if not flagged:
                    assert sport == PORT1, sport
                    continue
                assert ports.setdefault(dport, sport) == sport, "a flow changed its port"
                assert 1024 < sport < 65536, sport
        assert len(set(ports.values())) >= 8, ports
        app.close()
    # A tunnel that did not ask for it keeps the port.
    app = udp("core", DN4, APP)
    app.sendto(b"x", ("10.45.0.3", 5000))
    assert receive(node)[1][1] == PORT1
    close(app, node)


# counters set back ----------------------------------------------------------------------------

def t_reset(six):
    """What is reported and taken off in pieces adds up to what was sent."""
    if six:
        return "skip"
    create("core", "gtpc", own(six))
    dress("core", "gtpc")
    tunnels("core", "gtpc", RAN4, MS4)
    app, node = udp("core", DN4, APP), udp("ran", RAN4, PORT1)
    app.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 22)
    total, size = 4000, len(up(False))
    done = threading.Event()

    def send():
        packet = gtp1(TPDU, 0x100, up(False))
        for n in range(total):
            node.sendto(packet, (CORE4, PORT1))
            app.sendto(b"0123456789", (MS4, 1234))
            if n % 20 == 0:
                node.sendto(gtp1(254, 0x100, b""), (CORE4, PORT1))
        done.set()

    sums = dict.fromkeys(("rx_packets", "rx_bytes", "tx_packets", "tx_bytes", "end_markers"), 0)
    thread = threading.Thread(target=send)
    with inside("core"):
        nl = Gtp()
        thread.start()
        for turn in itertools.count():
            last = done.is_set()
            if turn % 2:
                answer = nl.get("gtpc", VERSION=1, MS=MS4, REQUEST=REQ_COUNTERS | REQ_RESET)
            else:
                answer = nl.dump(REQUEST=REQ_COUNTERS | REQ_RESET)
            for name in sums:
                sums[name] += answer.messages[0]["STATS"][name]
            if last:
                break
        left = nl.get("gtpc", VERSION=1, MS=MS4, REQUEST=REQ_COUNTERS).messages[0]["STATS"]
    thread.join()
    assert turn > 5, f"only {turn} resets"
    assert not any(left[name] for name in sums), left
    assert sums == dict(rx_packets=total, rx_bytes=total * size, tx_packets=total,
                        tx_bytes=total * 38, end_markers=total // 20), sums
    close(nl, app, node)


def t_multicast_asks(six):
    """Requests that were not sent to this host alone are not answered: the
    answer's source would be an address that nobody has."""
    create("core", "gtpc", own(six))
    dress("core", "gtpc")
    core, ran = peers(six)
    node = udp("ran", ran, PORT1)
    if six:
        with inside("ran"):
            target = ("ff02::1", PORT1, 0, socket.if_nametoindex("r0"))
    else:
        node.setsockopt(socket.SOL_SOCKET, socket.SO_BROADCAST, 1)
        target = ("172.31.0.255", PORT1)
    for message in (gtp1(1, 0, b"", seq=1), gtp1(TPDU, 0xdead, up(False)),
                    gtp1(TPDU, 0x100, up(False), ext=[(0xb3, b"\0\0")])):
        node.sendto(message, target)
        assert not receive(node), "answered"
    node.sendto(gtp1(1, 0, b"", seq=1), (core, PORT1))
    assert receive(node), "not answered"
    node.close()


def main():
    tests = Tests()
    for name, test in list(globals().items()):
        if not name.startswith("t_") or (sys.argv[1:] and name not in sys.argv[1:]):
            continue
        for six in (False, True):
            topology()
            tests.check(f"{name[2:]}, outer {'IPv6' if six else 'IPv4'}",
                        lambda t=test, s=six: t(s))
    tests.end()


if __name__ == "__main__":
    main()
