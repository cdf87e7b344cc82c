#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0
"""Random netlink and mutated packets against our module, while tunnels, links
and namespaces come and go. Finds nothing by itself: the debug kernel does.
usage: test_fuzz.py [--seconds N] [--seed N] [--captures DIR]"""

import argparse
import glob
import os
import random
import socket
import struct
import sys
import threading
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from gtpnl import (ATTRS, CREATE_SOCKETS, FD0, FD1, HASHSIZE, LOCAL, LOCAL6,
                   OPTIONS, RESTART_COUNT, ROLE, Gtp, Rtnl, attr)
from labnet import (CORE4, CORE6, DN4, DN6, MS4, MS6_HOST, PORT0, PORT1, RAN4,
                    RAN6, gtp0, gtp1, inside, ip4_udp, ip6_udp, sh, topology,
                    udp)

LINKS = ("gtpc", "gtpd")


def seeds(folder):
    """Messages to mutate: our own, and UDP payloads of classic pcap files."""
    inner4 = ip4_udp(MS4, DN4, 1, 9, b"x" * 40)
    inner6 = ip6_udp(MS6_HOST, DN6, 1, 9, b"x" * 40)
    out = [gtp1(255, 1, inner4), gtp1(255, 1, inner6), gtp1(255, 2, inner4, seq=5),
           gtp1(255, 1, inner4, ext=[(0x85, b"\x10\x09")]),
           gtp1(255, 1, inner4, ext=[(0x40, b"\0\0"), (0x85, b"\0\1"), (0xb0, b"\0\0")]),
           gtp1(1, 0, b"", seq=1), gtp1(2, 0, b"\x0e\0", seq=1),
           gtp1(26, 0, struct.pack(">BIBH4s", 16, 2, 133, 4, socket.inet_aton(RAN4)), seq=1),
           gtp1(31, 0, b"\x8d\x01\x85"), gtp1(254, 1, b""),
           gtp0(255, 7, inner4), gtp0(1, 0, b"", seq=3)]
    for name in glob.glob(os.path.join(folder, "*.pcap")) if folder else []:
        with open(name, "rb") as f:
            data = f.read(1 << 20)
        if data[:4] != b"\xd4\xc3\xb2\xa1":
            continue
        at = 24
        while at + 16 <= len(data) and len(out) < 5000:
            n = struct.unpack_from("<I", data, at + 8)[0]
            frame = data[at + 16:at + 16 + n]
            at += 16 + n
            for port in (b"\x08\x68", b"\x0d\x3a"):
                spot = frame.find(port, 20, 64)
                if spot > 0:
                    out.append(frame[spot + 6:])
                    break
    return out


def mutate(rnd, data):
    data = bytearray(data)
    for _ in range(rnd.choice((0, 1, 1, 2, 4, 16))):
        if data:
            data[rnd.randrange(min(len(data), rnd.choice((12, 24, 80, 2000))))] = \
                rnd.choice((0, 1, 4, 0x45, 0x60, 0x80, 0xff, rnd.randrange(256)))
    if rnd.random() < 0.2:
        del data[rnd.randrange(len(data) + 1):]
    if rnd.random() < 0.05:
        data += bytes(rnd.randrange(1400))
    return bytes(data[:60000])


def packets(rnd, done, corpus, counts):
    socks = [(udp("ran", RAN4, PORT1), CORE4), (udp("ran", RAN4, 4444), CORE4),
             (udp("ran", RAN6, PORT1), CORE6)]
    with inside("core"):
        inject = socket.socket(socket.AF_PACKET, socket.SOCK_RAW)
    while time.time() < done:
        for _ in range(200):
            sock, address = rnd.choice(socks)
            try:
                sock.sendto(mutate(rnd, rnd.choice(corpus)),
                            (address, rnd.choice((PORT1, PORT1, PORT1, PORT0))))
                counts["packets"] += 1
            except OSError:
                pass
        for _ in range(20):
            frame = rnd.choice((ip4_udp(DN4, MS4, 9, 1, b"y" * 50),
                                ip6_udp(DN6, MS6_HOST, 9, 1, b"y" * 50)))
            try:
                inject.sendto(mutate(rnd, frame)[:rnd.choice((1, 19, 20, 39, 40, 2000))],
                              (rnd.choice(LINKS), rnd.choice((0x800, 0x86dd, 0, 3))))
            except OSError:
                pass


def value(rnd, fmt):
    if rnd.random() < 0.1:
        return os.urandom(rnd.randrange(20))
    if fmt == "n":
        return b""
    size = struct.calcsize("=" + fmt)
    return struct.pack("=" + fmt, rnd.choice((0, 1, 2, 7, 10, rnd.randrange(16),
                                              (1 << 8 * size) - 1)) & (1 << 8 * size) - 1)


def netlink(rnd, done, counts):
    with inside("core"):
        nl, ears = Gtp(), Gtp()
        ears.listen()
    nl.sock.settimeout(5)
    while time.time() < done:
        values = {}
        for name, (_, fmt) in ATTRS.items():
            if name != "NSFD" and rnd.random() < 0.25:
                values[name] = value(rnd, fmt)
        if rnd.random() < 0.9:
            with inside("core"):
                try:
                    values["LINK"] = socket.if_nametoindex(rnd.choice(LINKS))
                except OSError:
                    pass
            values["VERSION"] = rnd.choice((0, 1, 1, 1))
        for name, choices in (
                ("MS", (MS4, "10.45.0.3", "10.45.0.4")), ("PEER", (RAN4, "0.0.0.0", "172.31.0.9")),
                ("MS6", ("fd45:0:0:2::", "fd45:0:0:3::", "::1")), ("PEER6", (RAN6, "::", CORE6))):
            if rnd.random() < 0.5:
                values[name] = rnd.choice(choices)
            elif values.get(name) == b"":
                del values[name]
        for name in ("I", "O", "TID", "FLOW"):
            if rnd.random() < 0.6:
                values[name] = rnd.randrange(8)
        if rnd.random() < 0.4:
            values["FAMILY"] = rnd.choice((2, 10))
        raw = attr(rnd.randrange(100), os.urandom(rnd.randrange(12))) \
            if rnd.random() < 0.1 else b""
        try:
            nl.call(rnd.choice((0, 0, 0, 0, 1, 2, 2, 3, 64, rnd.randrange(70))),
                    rnd.choice((0, 0x100, 0x200, 0x300, 0x400)), raw, **values)
            counts["requests"] += 1
        except (OSError, struct.error):
            nl.close()
            with inside("core"):
                nl = Gtp()
            nl.sock.settimeout(5)
        ears.sock.setblocking(False)
        try:
            while ears.sock.recv(1 << 16):
                pass
        except OSError:
            pass


def churn(rnd, done, counts):
    ns = 0
    while time.time() < done:
        name = rnd.choice(LINKS)
        with inside("core"):
            rtnl = Rtnl()
            socks = [socket.socket(rnd.choice((2, 2, 10)), socket.SOCK_DGRAM) for _ in "01"]
            for sock in socks:
                if sock.family == 10:
                    sock.setsockopt(41, 26, 1)
            data = rnd.choice((
                [(CREATE_SOCKETS, b"\1")], [(CREATE_SOCKETS, b"\1"), (LOCAL6, bytes(16))],
                [(CREATE_SOCKETS, b"\1"), (LOCAL, socket.inet_aton(CORE4))],
                [(FD0, socks[0].fileno()), (FD1, socks[1].fileno())]))
            data = data + [(k, rnd.randrange(3)) for k in (HASHSIZE, ROLE, OPTIONS)
                           if rnd.random() < 0.3]
            if rnd.random() < 0.2:
                data.append((RESTART_COUNT, b"\5"))
            if not rtnl.new(name, data).errno:
                counts["links"] += 1
                rtnl.up(name)
                os.system(f"ip addr add {DN4}/24 dev {name} 2>/dev/null;"
                          f"ip addr add {DN6}/48 dev {name} nodad 2>/dev/null")
            time.sleep(rnd.random() * 1.5)
            if rnd.random() < 0.5:
                for sock in socks:
                    sock.close()
            if rnd.random() < 0.3:
                ns += 1
                os.system(f"ip netns add fuzz{ns}; ip link set {name} netns fuzz{ns} 2>/dev/null;"
                          f"ip -n fuzz{ns} link set {name} up 2>/dev/null; ip netns del fuzz{ns}")
            else:
                rtnl.delete(name)
            for sock in socks:
                sock.close()
            rtnl.close()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--seed", type=int, default=int(time.time()))
    parser.add_argument("--captures", default=os.environ.get("GTP_CAPTURES", ""))
    options = parser.parse_args()
    print("seed", options.seed, flush=True)
    topology()
    done = time.time() + options.seconds
    corpus = seeds(options.captures)
    counts = {"packets": 0, "requests": 0, "links": 0}
    threads = [threading.Thread(target=run, args=(random.Random(options.seed + i), done) + rest)
               for i, (run, rest) in enumerate((
                   (packets, (corpus, counts)), (netlink, (counts,)),
                   (netlink, (counts,)), (churn, (counts,))))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    print(f"{len(corpus)} messages mutated;", counts)
    sh("ip netns del core; ip netns del ran; sleep 1; rmmod gtp")
    print("1 passed, 0 failed")


if __name__ == "__main__":
    main()
