#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0
"""What netlink tells without being asked, and what a dump tells: events with
who did it, echoes in both families, filters, interrupted dumps."""

import os
import socket
import struct
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from gtpnl import (CREATE_SOCKETS, DELPDP, ECHOREQ, END_MARKER, ERROR_INDICATION, GETLINK, GETPDP,
                   LOCAL, LOCAL6, NEWPDP, NLM_F_CREATE, NLM_F_DUMP, NLM_F_DUMP_INTR,
                   NLM_F_REPLACE, NLMSG_DONE, REQ_COUNTERS, REQ_FILTER, REQ_UPDATE, Gtp, Rtnl)
from labnet import (CORE4, CORE6, PORT0, PORT1, RAN4, RAN6, Tests, gtp0, gtp1, inside,
                    namespaces, receive, topology, udp)


class World:
    def __init__(self):
        topology()
        with inside("core"):
            self.nl, self.ears, self.rtnl = Gtp(), Gtp(), Rtnl()
            self.ears.listen()
            for name, data in (("gtpc", [(LOCAL, socket.inet_aton(CORE4))]),
                               ("gtpd", [(LOCAL6, socket.inet_pton(10, CORE6))])):
                answer = self.rtnl.new(name, [(CREATE_SOCKETS, b"\1")] + data)
                assert not answer.errno, answer
                self.rtnl.up(name)
            self.port = self.nl.sock.getsockname()[0]
        self.events(0.1)

    def events(self, timeout=0.3):
        return self.ears.events(timeout)

    def only(self, cmd):
        events = self.events()
        assert [e["cmd"] for e in events] == [cmd], events
        return events[0]

    def new(self, *args, link="gtpc", **more):
        with inside("core"):
            answer = self.nl.new(link, *args, **more)
        assert not answer.errno, answer

    def delete(self, link="gtpc", **more):
        with inside("core"):
            answer = self.nl.delete(link, **more)
        assert not answer.errno, answer


# events --------------------------------------------------------------------------

def t_add(w):
    w.new(1, 0x100, 0x200, "10.45.0.2", RAN4, QFI=5)
    event = w.only(NEWPDP)
    assert event["port"] == w.port and event["flags"] & NLM_F_CREATE, event
    assert not event["flags"] & NLM_F_REPLACE
    assert (event["I"], event["O"], event["MS"], event["PEER"], event["QFI"], event["VERSION"]) == \
        (0x100, 0x200, "10.45.0.2", RAN4, 5, 1), event


def t_update(w):
    w.new(1, 0x100, 0x300, "10.45.0.2", RAN4, flags=0, REQUEST=REQ_UPDATE)
    event = w.only(NEWPDP)
    assert event["port"] == w.port and event["flags"] & NLM_F_REPLACE, event
    assert event["O"] == 0x300 and event["QFI"] == 5, event
    w.new(1, 0x101, 0x300, "10.45.0.2", RAN4, flags=0)
    event = w.only(NEWPDP)
    assert event["I"] == 0x101 and event["flags"] & NLM_F_REPLACE, event


def t_refusal_is_no_event(w):
    with inside("core"):
        assert w.nl.new("gtpc", 1, 0x101, 0x300, "10.45.0.2", RAN4).errno
        assert w.nl.delete("gtpc", VERSION=1, I=0x999).errno
    assert not w.events()


def t_other_asker(w):
    """The port id is the asker's, whoever that is."""
    with inside("core"):
        other = Gtp()
        answer = other.new("gtpd", 1, 1, 2, "fd45:0:0:2::", RAN6)
        assert not answer.errno, answer
        port = other.sock.getsockname()[0]
        other.close()
    event = w.only(NEWPDP)
    assert event["port"] == port != w.port, event
    assert event["MS6"] == "fd45:0:0:2::" and event["PEER6"] == RAN6, event


def t_delete(w):
    w.delete(VERSION=1, MS="10.45.0.2")
    event = w.only(DELPDP)
    assert event["port"] == w.port and event["I"] == 0x101, event
    assert "rx_packets" in event["STATS"], "no closing count"
    w.delete("gtpd", VERSION=1, I=1, FAMILY=10)
    assert w.only(DELPDP)["MS6"] == "fd45:0:0:2::"


def t_other_namespace(w):
    """Events stay in the namespace of the link."""
    namespaces("elsewhere")
    with inside("elsewhere"):
        ears = Gtp()
        ears.listen()
    w.new(1, 0x100, 0x200, "10.45.0.2", RAN4)
    w.only(NEWPDP)
    assert not ears.events()
    ears.close()
    w.delete(VERSION=1, I=0x100)
    w.events()


def t_echo(w):
    for link, core, ran, local, peer in (("gtpc", CORE4, RAN4, "MS", "PEER"),
                                         ("gtpd", CORE6, RAN6, "MS6", "PEER6")):
        for version in (1, 0):
            port = PORT1 if version else PORT0
            node = udp("ran", ran, port)
            sequences = []
            for _ in range(3):
                with inside("core"):
                    answer = w.nl.call(ECHOREQ, LINK=socket.if_nametoindex(link),
                                       VERSION=version, **{local: core, peer: ran})
                assert not answer.errno, answer
                data, (_, sport, *_) = receive(node)
                assert data[1] == 1 and sport == port
                at = 8 if version else 4
                seq = struct.unpack_from(">H", data, at)[0]
                sequences.append(seq)
                assert not w.events(0.05), "an event before the answer"
                answer = gtp1(2, 0, b"\x0e\x07", seq=seq) if version else \
                    gtp0(2, 0, b"\x0e\x07", seq=seq)
                node.sendto(answer, (core, port))
                event = w.only(ECHOREQ)
                assert event[peer] == ran and event[local] == core, event
                assert event["SEQUENCE"] == seq and event["VERSION"] == version, event
                assert 0 < event["RTT"] < 10 ** 10 and event["RECOVERY"] == 7, event
                # A second answer, one of another number, one from elsewhere: told
                # as answers, but nothing was measured by them.
                node.sendto(answer, (core, port))
                assert "RTT" not in w.only(ECHOREQ)
            assert len(set(sequences)) == 3, sequences
            node.close()


def t_signals(w):
    w.new(1, 0x100, 0x200, "10.45.0.2", RAN4)
    w.events()
    node = udp("ran", RAN4, PORT1)
    node.sendto(gtp1(254, 0x100, b""), (CORE4, PORT1))
    event = w.only(END_MARKER)
    assert event["I"] == 0x100 and event["PEER"] == RAN4 and event["port"] == 0, event
    ies = struct.pack(">BIBH4s", 16, 0x200, 133, 4, socket.inet_aton(RAN4))
    node.sendto(gtp1(26, 0, ies, seq=1), (CORE4, PORT1))
    assert w.only(ERROR_INDICATION)["O"] == 0x200
    # For TEIDs that we do not send to, or of somebody else: no event.
    for bad in (struct.pack(">BIBH4s", 16, 0x201, 133, 4, socket.inet_aton(RAN4)),
                struct.pack(">BIBH4s", 16, 0x200, 133, 4, socket.inet_aton("9.9.9.9")),
                ies[:5], ies[:-1], b""):
        node.sendto(gtp1(26, 0, bad, seq=1), (CORE4, PORT1))
    node.sendto(gtp1(254, 0x999, b""), (CORE4, PORT1))
    assert not w.events()
    node.close()
    w.delete(VERSION=1, I=0x100)
    w.events()


# dumps ----------------------------------------------------------------------------

def fill(w):
    for n in range(300):
        w.new(1, 1000 + n, 2000 + n, f"10.46.{n // 250}.{n % 250 + 1}", f"172.31.0.{10 + n % 3}")
    for n in range(100):
        w.new(1, 1000 + n, 2000 + n, f"fd45:0:1:{n:x}::", f"fd31::{10 + n % 2}", link="gtpd")


def t_filters(w):
    fill(w)
    with inside("core"):
        index = {n: socket.if_nametoindex(n) for n in ("gtpc", "gtpd")}
        dump = w.nl.dump

        def count(**values):
            answer = dump(REQUEST=REQ_FILTER, **values)
            assert not answer.errno and not answer.interrupted, answer
            return len(answer.messages)

        assert len(dump().messages) == 400
        assert len(dump(LINK=index["gtpc"]).messages) == 400, "a filter nobody asked for"
        assert count(LINK=index["gtpc"]) == 300 and count(LINK=index["gtpd"]) == 100
        assert count(LINK=9999) == 0
        assert count(PEER="172.31.0.11") == 100 and count(PEER="172.31.0.77") == 0
        assert count(PEER6="fd31::11") == 50 == count(PEER6="fd31::11", LINK=index["gtpd"])
        assert count(PEER6="fd31::11", LINK=index["gtpc"]) == 0

        newest = max(m["STATS"]["generation"] for m in dump(REQUEST=REQ_COUNTERS).messages)
        assert count(SINCE=newest) == 0 and count(SINCE=newest - 1) == 1 and count(SINCE=0) == 400
        for n in range(5):
            w.new(1, 1000 + n, 7, f"10.46.0.{n + 1}", "172.31.0.10", flags=0, REQUEST=REQ_UPDATE)
        assert count(SINCE=newest) == 5 == count(SINCE=newest, LINK=index["gtpc"])
        assert count(SINCE=newest, LINK=index["gtpd"]) == 0
        assert count(SINCE=newest, PEER="172.31.0.11") == 0
        w.delete(VERSION=1, I=1000)
        assert count(SINCE=newest) == 4


def first_part(w):
    """Asks for a dump and takes its first message; returns what takes the rest."""
    nl = w.nl
    nl.sock.send(nl.message(nl.family, NLM_F_DUMP, struct.pack("=BBH", GETPDP, 0, 0)))
    parts = [nl.sock.recv(1 << 16)]

    def rest():
        messages, flagged = 0, False
        while True:
            data = parts.pop() if parts else nl.sock.recv(1 << 16)
            while len(data) >= 16:
                size, kind, flags = struct.unpack_from("=IHH", data)
                flagged |= bool(flags & NLM_F_DUMP_INTR)
                if kind == NLMSG_DONE:
                    return messages, flagged
                messages += 1
                data = data[(size + 3) & ~3:]
    return rest


def t_interrupted(w):
    with inside("core"):
        other = Gtp()
        total = len(w.nl.dump().messages)
        for change, wanted in (
                (lambda: None, False), (lambda: other.get("gtpc", VERSION=1, I=1001), False),
                (lambda: other.new("gtpc", 1, 5, 5, "10.47.0.1", RAN4), True),
                (lambda: other.new("gtpc", 1, 5, 6, "10.47.0.1", RAN4, flags=0,
                                   REQUEST=REQ_UPDATE), True),
                (lambda: other.delete("gtpc", VERSION=1, I=5), True),
                (lambda: None, False)):
            rest = first_part(w)
            change()
            messages, flagged = rest()
            assert flagged == wanted, (flagged, wanted)
            assert messages - total in (0, 1), (messages, total)
        other.close()

        # A link that goes takes its tunnels with it: that is told as well.
        w.rtnl.new("gtp0", [(CREATE_SOCKETS, b"\1"), (LOCAL, socket.inet_aton("127.0.0.1"))])
        w.new(1, 1, 1, "10.48.0.1", RAN4, link="gtp0")
        rest = first_part(w)
        w.rtnl.delete("gtp0")
        assert rest()[1], "a link went and nobody was told"
    w.events()


def t_links(w):
    with inside("core"):
        answer = w.nl.call(GETLINK, NLM_F_DUMP)
        got = {m["LINK"]: m["TUNNELS"] for m in answer.messages}
        assert got == {socket.if_nametoindex("gtpc"): 299, socket.if_nametoindex("gtpd"): 100}, got
        one = w.nl.call(GETLINK, LINK=socket.if_nametoindex("gtpd"))
        assert one.messages[0]["TUNNELS"] == 100
        for values in ({}, {"LINK": 9999}, {"LINK": 1}):
            answer = w.nl.call(GETLINK, **values)
            assert answer.errno and answer.text, answer


def t_link_deletion_frees(w):
    with inside("core"):
        w.rtnl.delete("gtpc")
        w.rtnl.delete("gtpd")
        assert not w.nl.dump().messages and not w.nl.call(GETLINK, NLM_F_DUMP).messages


def main():
    tests = Tests()
    w = World()
    for name, test in list(globals().items()):
        if name.startswith("t_"):
            tests.check(name[2:], lambda t=test: t(w))
    tests.end()


if __name__ == "__main__":
    main()
