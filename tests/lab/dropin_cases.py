#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0
"""Asks the loaded gtp module everything an existing user could ask and prints
one line per question: "case<TAB>errno". Run with both modules; test_dropin
compares. Questions are independent: each starts from a known state."""

import os
import socket
import struct
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import gtpnl
from gtpnl import (CREATE_SOCKETS, DELPDP, ECHOREQ, FD0, FD1, GETPDP, HASHSIZE,
                   LOCAL, LOCAL6, NEWPDP, NLM_F_CREATE, NLM_F_DUMP, NLM_F_EXCL,
                   NLM_F_REPLACE, RESTART_COUNT, ROLE, Gtp, Rtnl, addr, name_of)
from labnet import inside, namespaces

U8, U16, U32 = (lambda n, f=f: struct.pack(f, n) for f in ("=B", "=H", "=I"))
silent = []


def say(case, answer, extra=""):
    code = answer if isinstance(answer, int) else answer.errno
    print(f"{case}\t{name_of(code)}{extra}", flush=True)
    if not isinstance(answer, int) and answer.errno and not answer.text:
        silent.append(case)


def socket_of(family=socket.AF_INET, kind=socket.SOCK_DGRAM, v6only=True, port=0):
    sock = socket.socket(family, kind)
    if family == socket.AF_INET6:
        sock.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, int(v6only))
    if family != socket.AF_UNIX and port:
        sock.bind(("::" if family == socket.AF_INET6 else "0.0.0.0", port))
    return sock


def links(rtnl):
    def case(name, data, show=None, **more):
        answer = rtnl.new("t0", data, **more)
        extra = ""
        if not answer.errno:
            info = rtnl.info("t0")
            keep = {k: info["data"].get(k, b"").hex() for k in (HASHSIZE, ROLE, RESTART_COUNT)}
            extra = f" mtu={info['mtu']} {keep}"
            rtnl.delete("t0")
        say("newlink " + name, answer, extra)

    a, b, six = socket_of(), socket_of(), socket_of(socket.AF_INET6)
    fds = [(FD0, a.fileno()), (FD1, b.fileno())]
    case("no data", None)
    case("empty data", [])
    case("FD0 FD1", fds)
    case("FD1 only", fds[1:])
    case("FD0 only", fds[:1])
    case("FD0=-1 FD1", [(FD0, -1), fds[1]])
    case("FD0=-1 FD1=-1", [(FD0, -1), (FD1, -1)])
    case("FD1=999", [(FD1, 999)])
    case("FD1=-2", [(FD1, -2)])
    with open("/etc/passwd", encoding="ascii") as f:
        case("FD1 file", [(FD1, f.fileno())])
    for name, sock in (("unix", socket_of(socket.AF_UNIX)),
                       ("tcp", socket_of(kind=socket.SOCK_STREAM)),
                       ("raw udp", socket.socket(socket.AF_INET, socket.SOCK_RAW, 17)),
                       ("udp6 only", six),
                       ("udp6 dual", socket_of(socket.AF_INET6, v6only=False))):
        case("FD1 " + name, [(FD1, sock.fileno())])
        sock.close() if sock is not six else None
    case("FD0 v4 FD1 v6", [fds[0], (FD1, six.fileno())])
    case("FD0 again after that", fds[:1])
    case("same socket twice", [fds[0], (FD1, a.fileno())])
    case("FD0 again after that too", fds[:1])
    case("FD1 as u16", [(FD1, U16(3))])
    for n in (0, 1, 2, 0xffffffff):
        case(f"ROLE={n}", fds + [(ROLE, n)])
    case("ROLE as u8", fds + [(ROLE, U8(1))])
    for n in (0, 1, 7, 1024, 131072, 524288, 524289, 0x7fffffff, 0xffffffff):
        case(f"HASHSIZE={n}", fds + [(HASHSIZE, n)])
    case("RESTART_COUNT=7", fds + [(RESTART_COUNT, U8(7))])
    case("attribute 40", fds + [(40, b"junk")])
    case("CREATE_SOCKETS", [(CREATE_SOCKETS, U8(1))])
    case("CREATE_SOCKETS=0", [(CREATE_SOCKETS, U8(0))])
    case("CREATE_SOCKETS empty", [(CREATE_SOCKETS, b"")])
    case("CREATE_SOCKETS and FDs", fds + [(CREATE_SOCKETS, U8(1))])
    busy = socket_of(port=2152)
    case("CREATE_SOCKETS port busy", [(CREATE_SOCKETS, U8(1))])
    busy.close()
    for name, data in (("LOCAL 127.0.0.1", [(LOCAL, addr("127.0.0.1"))]),
                       ("LOCAL not here", [(LOCAL, addr("9.9.9.9"))]),
                       ("LOCAL6 ::1", [(LOCAL6, addr("::1"))]),
                       ("LOCAL6 ::", [(LOCAL6, addr("::"))]),
                       ("LOCAL6 not here", [(LOCAL6, addr("2001:db8::9"))]),
                       ("LOCAL and LOCAL6", [(LOCAL, addr("127.0.0.1")), (LOCAL6, addr("::1"))]),
                       ("LOCAL6 short", [(LOCAL6, bytes(8))])):
        case("CREATE_SOCKETS " + name, [(CREATE_SOCKETS, U8(1))] + data)
    case("own MTU", fds, mtu=1300)

    rtnl.new("t1", fds)
    case("FD1 owned by another link", fds[1:])
    say("newlink same name EXCL", rtnl.new("t1", [(CREATE_SOCKETS, U8(1))]))
    say("changelink ROLE", rtnl.new("t1", [(ROLE, 1)], flags=0))
    say("changelink nothing", rtnl.new("t1", [], flags=0))
    rtnl.delete("t1")
    say("dellink twice", rtnl.delete("t1"))
    for sock in (a, b, six):
        sock.close()


class Tunnels:
    """A fresh FD link with one v1, one v6 and one v0 tunnel for every case."""

    def __init__(self, rtnl):
        self.rtnl, self.gtp = rtnl, Gtp()
        self.a, self.b = socket_of(), socket_of()

    def fresh(self):
        self.rtnl.delete("t0")
        self.rtnl.new("t0", [(FD0, self.a.fileno()), (FD1, self.b.fileno())])
        self.index = socket.if_nametoindex("t0")
        for values in (dict(VERSION=1, I=100, O=200, MS="10.0.0.1"),
                       dict(VERSION=1, I=101, O=201, MS="10.0.0.2"),
                       dict(VERSION=1, I=100, O=200, MS6="2001:db8:1::", FAMILY=10),
                       dict(VERSION=0, TID=7, FLOW=9, MS="10.0.0.3")):
            self.gtp.call(NEWPDP, NLM_F_EXCL, LINK=self.index, PEER="192.168.0.1", **values)

    def case(self, cmd, name, flags=0, raw=b"", without=(), **values):
        self.fresh()
        base = dict(VERSION=1, LINK=self.index)
        if cmd == NEWPDP:
            base.update(I=500, O=600, MS="10.0.0.9", PEER="192.168.0.1")
        base.update(values)
        for key in without:
            base.pop(key)
        answer = self.gtp.call(cmd, flags, raw, **base)
        extra = ""
        if cmd == GETPDP and answer.messages:
            extra = " " + self.show(answer.messages[0])
        say(f"{['newpdp', 'delpdp', 'getpdp'][cmd]} {name}", answer, extra)
        if cmd != GETPDP and not answer.errno:
            print(f"  state after {name}\t" + self.state())

    @staticmethod
    def show(message):
        return str({k: v for k, v in sorted(message.items(), key=str)
                    if k not in ("cmd", "LINK")})

    def state(self):
        dump = self.gtp.dump()
        return "; ".join(sorted(self.show(m) for m in dump.messages
                                if m["LINK"] == self.index))


def tunnels(t):
    N, D, G = NEWPDP, DELPDP, GETPDP
    t.case(N, "ok", NLM_F_EXCL)
    for key in ("VERSION", "LINK", "I", "O", "MS", "PEER"):
        t.case(N, "without " + key, without=(key,))
    t.case(N, "VERSION=2", VERSION=2)
    t.case(N, "VERSION as u8", VERSION=U8(1))
    t.case(N, "I as u16", I=U16(1))
    t.case(N, "LINK=9999", LINK=9999)
    t.case(N, "LINK=lo", LINK=1)
    t.case(N, "NSFD bad", NSFD=999)
    with open("/etc/passwd", encoding="ascii") as f:
        t.case(N, "NSFD file", NSFD=f.fileno())
    with open("/proc/self/ns/net", encoding="ascii") as f:
        t.case(N, "NSFD own", NSFD=f.fileno())
    v6 = dict(MS6="2001:db8:5::", FAMILY=10, without=("MS",))
    t.case(N, "v6", **v6)
    t.case(N, "v6 with MS", FAMILY=10)
    t.case(N, "v6 without FAMILY", MS6="2001:db8:5::", without=("MS",))
    t.case(N, "v6 host bits", **dict(v6, MS6="2001:db8:5::1"))
    t.case(N, "v6 both", FAMILY=10, MS6="2001:db8:5::")
    t.case(N, "v4 both", FAMILY=2, MS6="2001:db8:5::")
    t.case(N, "v6 MS6 short", **dict(v6, MS6=bytes(8)))
    t.case(N, "v6 same again EXCL", NLM_F_EXCL, **dict(v6, MS6="2001:db8:1::", I=100))
    t.case(N, "v6 same TEID as a v4", **dict(v6, I=101))
    t.case(N, "FAMILY=1", FAMILY=1)
    t.case(N, "FAMILY=2", FAMILY=2)
    t.case(N, "PEER6 on v4 link", PEER6="2001:db8::1", without=("PEER",))
    t.case(N, "PEER and PEER6", PEER6="2001:db8::1")
    t.case(N, "attribute 40", raw=gtpnl.attr(40, b"junk"))
    same = dict(I=100, O=200, MS="10.0.0.1")
    for name, flags in (("none", 0), ("EXCL", NLM_F_EXCL), ("REPLACE", NLM_F_REPLACE),
                        ("CREATE", NLM_F_CREATE)):
        t.case(N, f"identical, flags {name}", flags, **same)
        t.case(N, f"same MS new TEID, flags {name}", flags, **dict(same, I=777))
        t.case(N, f"same TEID new MS, flags {name}", flags, **dict(same, MS="10.0.0.77"))
    t.case(N, "MS of one TEID of other", I=101, O=201, MS="10.0.0.1")
    t.case(N, "same TEID and MS, new peer", **dict(same, PEER="192.168.0.9"))
    t.case(N, "v1 MS of a v0 tunnel", MS="10.0.0.3")
    t.case(N, "I=0", I=0)
    t.case(N, "MS=0.0.0.0", MS="0.0.0.0")
    t.case(N, "PEER=0.0.0.0", PEER="0.0.0.0")
    t.case(N, "MS multicast", MS="224.0.0.1")
    v0 = dict(VERSION=0, TID=8, FLOW=1, without=("I", "O"))
    t.case(N, "v0", **v0)
    t.case(N, "v0 without TID", **dict(v0, without=("I", "O", "TID")))
    t.case(N, "v0 without FLOW", **dict(v0, without=("I", "O", "FLOW")))
    for cmd in (G, D):
        t.case(cmd, "nothing", without=("VERSION", "LINK"))
        t.case(cmd, "VERSION only", without=("LINK",))
        t.case(cmd, "VERSION LINK", )
        t.case(cmd, "VERSION MS", MS="10.0.0.1", without=("LINK",))
        t.case(cmd, "LINK=9999", LINK=9999, MS="10.0.0.1")
        t.case(cmd, "LINK MS", MS="10.0.0.1", without=("VERSION",))
        t.case(cmd, "unknown I", I=12345)
        t.case(cmd, "unknown MS", MS="10.9.9.9")
        t.case(cmd, "TID but v1", TID=7)
        t.case(cmd, "I but v0", VERSION=0, I=100)
        t.case(cmd, "VERSION=7 I", VERSION=7, I=100)
        t.case(cmd, "VERSION=7 MS", VERSION=7, MS="10.0.0.1")
        t.case(cmd, "MS v6 FAMILY", MS="10.0.0.1", FAMILY=10)
        t.case(cmd, "MS6 no FAMILY", MS6="2001:db8:1::")
        t.case(cmd, "MS6", MS6="2001:db8:1::", FAMILY=10)
        t.case(cmd, "MS6 host bits", MS6="2001:db8:1::1", FAMILY=10)
        t.case(cmd, "I v4", I=100)
        t.case(cmd, "I v6", I=100, FAMILY=10)
        t.case(cmd, "I FAMILY=1", I=100, FAMILY=1)
        t.case(cmd, "MS of v0, VERSION 1", MS="10.0.0.3")
        t.case(cmd, "MS of v1, VERSION 0", VERSION=0, MS="10.0.0.1")
        t.case(cmd, "TID", VERSION=0, TID=7)
        t.case(cmd, "MS, flag EXCL", NLM_F_EXCL, MS="10.0.0.1")
    t.fresh()
    for name, values in (("plain", {}), ("LINK=9999", {"LINK": 9999}),
                         ("MS", {"MS": "10.0.0.1"})):
        answer = t.gtp.call(GETPDP, NLM_F_DUMP, **values)
        say("dump " + name, answer, f" {len(answer.messages)} tunnels")
    say("command 9", t.gtp.call(9))
    t.b.close()
    say("newpdp after FD1 was closed", t.gtp.new("t0", 1, 5, 5, "10.0.0.8", "192.168.0.1"))
    print("  tunnels stay\t" + str(len(t.gtp.dump().messages)))
    t.rtnl.delete("t0")


def additions(t):
    """Where ours is meant to answer otherwise. What mainline would do wrong with
    a packet is not asked here."""
    print(f"family version\t{t.gtp.version}")
    t.fresh()
    answer = t.gtp.get("t0", VERSION=1, I=100)
    right = answer.messages[0]["cmd"] == GETPDP
    print(f"getpdp's command\t{'GETPDP' if right else 'other'}")
    answer = t.gtp.get("t0", VERSION=1, I=12345)
    print(f"text of a refusal\t{'some' if answer.text else 'none'}")
    say("dump LINK as u16", t.gtp.call(GETPDP, NLM_F_DUMP, LINK=U16(1)))
    say("GETLINK", t.gtp.call(64, LINK=t.index))
    for what, change in (("TEID", dict(I=777, O=200, MS="10.0.0.1")),
                         ("MS", dict(I=100, O=200, MS="10.0.0.77"))):
        t.fresh()
        t.gtp.call(NEWPDP, 0, LINK=t.index, VERSION=1, PEER="192.168.0.1", **change)
        by = dict(I=777) if what == "TEID" else dict(MS="10.0.0.77")
        say(f"found by the new {what}", t.gtp.get("t0", VERSION=1, **by))
        by = dict(I=100) if what == "TEID" else dict(MS="10.0.0.1")
        say(f"not found by the old {what}", t.gtp.get("t0", VERSION=1, **by))
    t.rtnl.delete("t0")
    fds = [(FD0, t.a.fileno())]
    answer = t.rtnl.new("t0", fds + [(48, 1)])
    kept = not answer.errno and t.rtnl.info("t0")["data"].get(48, b"") == U32(1)
    print(f"newlink OPTIONS\t{'kept' if kept else 'ignored'}")
    say("changelink OPTIONS", t.rtnl.new("t0", [(48, 0)], flags=0))
    t.rtnl.delete("t0")


def echo(rtnl):
    gtp = Gtp()
    rtnl.new("t0", [(CREATE_SOCKETS, U8(1))])
    rtnl.up("t0")
    index = socket.if_nametoindex("t0")
    base = dict(VERSION=1, LINK=index, PEER="127.0.0.1", MS="127.0.0.1")
    for key in base:
        say("echo without " + key,
            gtp.call(ECHOREQ, **{k: v for k, v in base.items() if k != key}))
    say("echo LINK=9999", gtp.call(ECHOREQ, **dict(base, LINK=9999)))
    say("echo VERSION=3", gtp.call(ECHOREQ, **dict(base, VERSION=3)))
    say("echo no route", gtp.call(ECHOREQ, **dict(base, PEER="203.0.113.1")))
    rtnl.down("t0")
    say("echo link down", gtp.call(ECHOREQ, **base))
    rtnl.delete("t0")
    a = socket_of()
    rtnl.new("t0", [(FD1, a.fileno())])
    rtnl.up("t0")
    say("echo on FD link",
        gtp.call(ECHOREQ, **dict(base, LINK=socket.if_nametoindex("t0"))))
    rtnl.delete("t0")
    a.close()


def main():
    namespaces("dropin")
    with inside("dropin"):
        rtnl = Rtnl()
        links(rtnl)
        tunnels(Tunnels(rtnl))
        additions(Tunnels(rtnl))
        echo(rtnl)
        if Gtp().ours:
            print("  refusals without a message\t" + ", ".join(silent or ["none"]))


if __name__ == "__main__":
    main()
