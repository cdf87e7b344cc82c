#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0
"""Random netlink and mutated packets against our module, at both ends of a
tunnel, while tunnels, links and namespaces come and go. Finds nothing by
itself: the debug kernel does. tests/lab/test_fuzz starts it.
usage: test_fuzz.py TOOLS [--seconds N] [--seed N] [--captures DIR]"""

import argparse
import glob
import os
import random
import socket
import struct
import subprocess
import sys
import threading
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from gtpnl import (CREATE_SOCKETS, FD0, FD1, HASHSIZE, LOCAL, LOCAL6, OPTIONS,
                   RESTART_COUNT, ROLE, Gtp, Rtnl)
from labnet import (CORE4, CORE6, DN4, DN6, MS4, MS6_HOST, RAN4, RAN6, gtp0, gtp1, inside,
                    ip4_udp, ip6_udp, sh, topology)

LINKS = ("gtpc", "gtpd")


def ours():
    inner4 = ip4_udp(MS4, DN4, 1, 9, b"x" * 40)
    inner6 = ip6_udp(MS6_HOST, DN6, 1, 9, b"x" * 40)
    return [gtp1(255, 1, inner4), gtp1(255, 1, inner6), gtp1(255, 2, inner4, seq=5),
            gtp1(255, 1, inner4, ext=[(0x85, b"\x10\x09")]),
            gtp1(255, 1, inner4, ext=[(0x40, b"\0\0"), (0x85, b"\0\1"), (0xb0, b"\0\0")]),
            gtp1(1, 0, b"", seq=1), gtp1(2, 0, b"\x0e\0", seq=1),
            gtp1(26, 0, struct.pack(">BIBH4s", 16, 2, 133, 4, socket.inet_aton(RAN4)), seq=1),
            gtp1(31, 0, b"\x8d\x01\x85"), gtp1(254, 1, b""),
            gtp0(255, 7, inner4), gtp0(1, 0, b"", seq=3), gtp0(2, 0, b"\x0e\1", seq=3)]


def frames(data):
    """Of a pcap or pcapng file; what is broken ends it."""
    if data[:4] == b"\n\r\r\n":
        order = "<" if data[8:12] == b"\x4d\x3c\x2b\x1a" else ">"
        at = 0
        while at + 12 <= len(data):
            kind, size = struct.unpack_from(order + "II", data, at)
            if size < 12:
                return
            if kind == 6 and at + 28 <= len(data):
                length = struct.unpack_from(order + "I", data, at + 20)[0]
                yield data[at + 28:at + 28 + length]
            at += size
        return
    order = "<" if data[:2] in (b"\xd4\xc3", b"\x4d\x3c") else ">"
    at = 24
    while at + 16 <= len(data):
        length = struct.unpack_from(order + "I", data, at + 8)[0]
        yield data[at + 16:at + 16 + length]
        at += 16 + length


def captured(folder):
    """What is behind a GTP port in the captures of @folder."""
    for name in sorted(glob.glob(os.path.join(folder, "*.pcap*"))):
        with open(name, "rb") as f:
            data = f.read(4 << 20)
        for frame in frames(data):
            for port in (b"\x08\x68", b"\x0d\x3a", b"\x08\x4b", b"\x22\x65"):
                spot = frame.find(port, 20, 100)
                if spot > 0:
                    yield frame[spot + 6:][:2000]
                    break


def write_corpus(folder):
    messages = ours()
    for _ in range(5):
        messages += ours()
    if folder:
        messages += captured(folder)
    with open("/dev/shm/corpus", "wb") as f:
        for message in messages:
            f.write(struct.pack(">H", len(message)) + message)
    return len(messages)


SECOND = {CORE4: "172.31.0.11", RAN4: "172.31.0.12", CORE6: "fd31::11", RAN6: "fd31::12"}


def make(rnd, rtnl, name, near, near6):
    """A link of a random kind, dressed and with tunnels. Its user's sockets."""
    if name == "gtpd":
        near, near6 = SECOND[near], SECOND[near6]
    socks = [socket.socket(2, socket.SOCK_DGRAM) for _ in "01"]
    kind = rnd.randrange(6)
    data = [(CREATE_SOCKETS, b"\1"), (LOCAL, socket.inet_aton(near))]
    if kind == 0:
        data = [(CREATE_SOCKETS, b"\1"), (LOCAL6, bytes(16))]
    elif kind == 1:
        data = [(CREATE_SOCKETS, b"\1"), (LOCAL6, socket.inet_pton(10, near6))]
    elif kind == 2:
        try:
            for sock, port in zip(socks, (3386, 2152)):
                sock.bind((near, port))
        except OSError:
            pass
        data = [(FD0, socks[0].fileno()), (FD1, socks[1].fileno())]
    data = data + [(k, rnd.randrange(2)) for k in (HASHSIZE, ROLE, OPTIONS)
                   if rnd.random() < 0.3]
    if rnd.random() < 0.2:
        data.append((RESTART_COUNT, b"\5"))
    if rtnl.new(name, data).errno:
        return socks
    rtnl.up(name)
    os.system(f"ip addr add {DN4}/16 dev {name} 2>/dev/null;"
              f"ip addr add {DN6}/48 dev {name} nodad 2>/dev/null;"
              f"ethtool -K {name} tx-udp_tnl-csum-segmentation "
              f"{rnd.choice(('on', 'off'))} >/dev/null 2>&1")
    nl = Gtp()
    peers = [RAN6, CORE6] if kind < 2 else [RAN4, CORE4]
    for n in range(12):
        for ms in (f"10.45.0.{n}", f"fd45:0:0:{n}::"):
            more = {"QFI": n} if rnd.random() < 0.3 else {}
            nl.new(name, 1, n, n, ms, rnd.choice(peers), flags=0, **more)
    nl.close()
    return socks


def churn(rnd, done, ns, counts):
    """The links of one end, and what becomes of them."""
    near, near6 = (CORE4, CORE6) if ns == "core" else (RAN4, RAN6)
    socks = {name: [] for name in LINKS}
    with inside(ns):
        rtnl = Rtnl()
    while time.time() < done:
        name = rnd.choice(LINKS)
        with inside(ns):
            if name not in [n for _, n in socket.if_nameindex()]:
                for sock in socks[name]:
                    sock.close()
                socks[name] = make(rnd, rtnl, name, near, near6)
                counts["links"] += 1
            time.sleep(rnd.random() * 2)
            end = rnd.randrange(8)
            if end == 0:
                for sock in socks[name]:
                    sock.close()
            elif end == 1:
                counts["namespaces"] += 1
                gone = f"gone{ns}{counts['namespaces']}"
                os.system(f"ip netns add {gone}; ip link set {name} netns {gone} 2>/dev/null;"
                          f"ip -n {gone} link set {name} up 2>/dev/null")
                time.sleep(rnd.random() * 0.5)
                os.system(f"ip netns del {gone}")
            elif end < 4:
                rtnl.delete(name)
            elif end == 4:
                sh(f"ip link set {name} {rnd.choice(('up', 'down'))} 2>/dev/null || true")


def short_lives(rnd, done, tools, counts):
    """Namespaces that end with links, tunnels and packets in them: those of
    the sockets, those of the link, or both at once."""
    turn = 0
    while time.time() < done:
        turn += 1
        homes = (f"home{turn}", f"away{turn}")
        for home in homes:
            sh(f"ip netns add {home}; ip -n {home} link set lo up")
        with inside(homes[0]):
            rtnl = Rtnl()
            fd = os.open(f"/run/netns/{homes[1]}", os.O_RDONLY)
            rtnl.new("gtpf0", [(CREATE_SOCKETS, b"\1"), (LOCAL, socket.inet_aton("127.0.0.1"))],
                     ns=fd)
            os.close(fd)
            rtnl.close()
        with inside(homes[1]):
            os.system("ip link set gtpf0 up")
            nl = Gtp()
            for n in range(20):
                nl.new("gtpf0", 1, n, n, f"10.45.0.{n}", "127.0.0.1")
            nl.close()
        flood = subprocess.Popen(
            ["ip", "netns", "exec", homes[0], f"{tools}/fuzz_packets", str(turn), "1",
             "/dev/shm/corpus", "udp", "127.0.0.1"], stdout=subprocess.DEVNULL)
        time.sleep(rnd.random())
        order = rnd.choice((homes, homes[::-1]))
        os.system(f"ip netns del {order[0]} & ip netns del {order[1]}; wait"
                  if rnd.random() < 0.5 else
                  f"ip netns del {order[0]}; ip netns del {order[1]}")
        flood.wait()
        counts["namespaces"] += 2


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("tools")
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--seed", type=int, default=int(time.time()))
    parser.add_argument("--captures", default=os.environ.get("GTP_CAPTURES", ""))
    options = parser.parse_args()
    count = write_corpus(options.captures)
    print(f"seed {options.seed}, {count} messages to mutate", flush=True)
    # A name that is not there would be asked of modprobe, thousands of times.
    with open("/proc/sys/kernel/modprobe", "w", encoding="ascii") as knob:
        knob.write("\n")
    topology()
    for ns, dev, near, near6 in (("core", "c0", CORE4, CORE6), ("ran", "r0", RAN4, RAN6)):
        sh(f"ip -n {ns} addr add {SECOND[near]}/24 dev {dev};"
           f"ip -n {ns} addr add {SECOND[near6]}/64 dev {dev} nodad")

    def tool(ns, name, *words):
        line = ["ip", "netns", "exec", ns, f"{options.tools}/fuzz_{name}",
                str(rnd.randrange(1 << 30)), str(options.seconds)]
        return subprocess.Popen(line + list(words))

    rnd = random.Random(options.seed)
    done = time.time() + options.seconds
    counts = {"links": 0, "namespaces": 0}
    threads = [threading.Thread(target=run, args=(random.Random(options.seed + i), done) + rest)
               for i, (run, rest) in enumerate((
                   (churn, ("core", counts)), (churn, ("ran", counts)),
                   (short_lives, (options.tools, counts))))]
    for thread in threads:
        thread.start()
    time.sleep(1)
    tools = [tool("core", "netlink"), tool("core", "netlink"), tool("ran", "netlink"),
             tool("ran", "packets", "/dev/shm/corpus", "udp", CORE4, SECOND[CORE4], CORE6,
                  SECOND[CORE6]),
             tool("core", "packets", "/dev/shm/corpus", "udp", RAN4, SECOND[RAN4], RAN6,
                  SECOND[RAN6]),
             tool("core", "packets", "/dev/shm/corpus", "link", *LINKS),
             tool("ran", "packets", "/dev/shm/corpus", "link", *LINKS),
             tool("core", "packets", "/dev/shm/corpus", "tap", "tap0")]
    sh("until ip -n core addr add 172.31.7.1/24 dev tap0 2>/dev/null; do sleep 0.2; done;"
       "ip -n core link set tap0 up;"
       "ip -n core neigh replace 172.31.7.2 lladdr 02:00:00:00:07:08 dev tap0")
    for thread in threads:
        thread.join()
    failed = sum(bool(process.wait()) for process in tools)
    print(f"{counts['links']} links and {counts['namespaces']} namespaces came and went")
    sh("ip netns del core; ip netns del ran; sleep 2; rmmod gtp")
    print(f"{len(tools) - failed} passed, {failed} failed")
    return failed > 0


if __name__ == "__main__":
    sys.exit(main())
