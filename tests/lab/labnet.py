# SPDX-License-Identifier: GPL-2.0
"""Namespaces, packets and verdicts for the lab's Python tests.

    core (kernel, gtp link "gtpc")                 ran (this test, UDP sockets)
      c0 172.31.0.1/24, fd31::1/64   <--- veth --->   r0 172.31.0.2/24, fd31::2/64
      gtpc 10.45.0.1/24, fd45::1/64   tunnel: MS 10.45.0.2, fd45:0:0:2::/64
"""

import contextlib
import ctypes
import itertools
import os
import socket
import struct
import subprocess
import sys
import traceback

libc = ctypes.CDLL(None, use_errno=True)
CLONE_NEWNET = 0x40000000

CORE4, RAN4 = "172.31.0.1", "172.31.0.2"
CORE6, RAN6 = "fd31::1", "fd31::2"
MS4, DN4 = "10.45.0.2", "10.45.0.1"
MS6, DN6 = "fd45:0:0:2::", "fd45::1"
MS6_HOST = "fd45:0:0:2::77"
PORT1, PORT0 = 2152, 3386


def sh(command):
    subprocess.run(command, shell=True, check=True, stdout=subprocess.DEVNULL)


@contextlib.contextmanager
def inside(ns):
    home = os.open("/proc/self/ns/net", os.O_RDONLY)
    there = os.open("/run/netns/" + ns, os.O_RDONLY)
    try:
        if libc.setns(there, CLONE_NEWNET):
            raise OSError(ctypes.get_errno(), "setns " + ns)
        yield
    finally:
        libc.setns(home, CLONE_NEWNET)
        os.close(there)
        os.close(home)


def namespaces(*names):
    for name in names:
        subprocess.run(["ip", "netns", "del", name], stderr=subprocess.DEVNULL,
                       check=False)
        sh(f"ip netns add {name} && ip -n {name} link set lo up")
        with inside(name):
            # What the kernel sends of its own accord comes at once or never:
            # counters are to count the test's packets.
            for conf, (knob, value) in itertools.product(("all", "default"), (
                    ("accept_dad", 0), ("router_solicitations", 0),
                    ("mldv1_unsolicited_report_interval", 10),
                    ("mldv2_unsolicited_report_interval", 10))):
                path = f"/proc/sys/net/ipv6/conf/{conf}/{knob}"
                if os.path.exists(path):
                    with open(path, "w", encoding="ascii") as f:
                        f.write(str(value))


def topology():
    namespaces("core", "ran")
    sh("ip link add c0 netns core type veth peer r0 netns ran")
    for ns, dev, four, six in (("core", "c0", CORE4, CORE6),
                               ("ran", "r0", RAN4, RAN6)):
        sh(f"ip -n {ns} addr add {four}/24 dev {dev}")
        sh(f"ip -n {ns} addr add {six}/64 dev {dev} nodad")
        sh(f"ip -n {ns} link set {dev} up")
    # A link that has just come up needs a moment, most of all with IPv6: no test
    # should take that for a packet that was lost.
    for address in (RAN4, RAN6):
        sh(f"for i in 1 2 3 4 5 6 7 8; do ip netns exec core ping -n -q -c 1 -W 1 {address} "
           ">/dev/null 2>&1 && exit 0; sleep 0.2; done; exit 1")


def core_link(six=False):
    """The kernel's side: a link, its addresses and routes."""
    sh("ip -n core link del gtpc 2>/dev/null || true")
    from gtpnl import CREATE_SOCKETS, LOCAL6, Rtnl
    with inside("core"):
        data = [(CREATE_SOCKETS, b"\x01")]
        if six:
            data.append((LOCAL6, bytes(16)))
        answer = Rtnl().new("gtpc", data)
        if answer.errno:
            raise OSError(answer.errno, answer.text)
    sh(f"ip -n core addr add {DN4}/24 dev gtpc")
    sh("ip -n core link set gtpc up")
    sh(f"ip -n core addr add {DN6}/64 dev gtpc nodad")
    sh("ip -n core -6 route add fd45:0:0:2::/64 dev gtpc")


# What is expected comes at once; the seconds are a busy host's.
PATIENCE = 2


def udp(ns, address, port, timeout=PATIENCE):
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    with inside(ns):
        sock = socket.socket(family, socket.SOCK_DGRAM)
        if family == socket.AF_INET6:
            sock.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        sock.bind((address, port))
    sock.settimeout(timeout)
    return sock


def receive(sock, count=1):
    """(data, address) of the next datagram, or None."""
    out = []
    try:
        while len(out) < count:
            out.append(sock.recvfrom(65535))
    except socket.timeout:
        pass
    return out[0] if count == 1 and out else (None if count == 1 else out)


def drain(*socks):
    """What has come so far goes."""
    for sock in socks:
        sock.settimeout(0.01)
        receive(sock, 1000)
        sock.settimeout(PATIENCE)


def checksum(data):
    if len(data) % 2:
        data += b"\0"
    total = sum(struct.unpack(f">{len(data) // 2}H", data))
    while total >> 16:
        total = (total & 0xffff) + (total >> 16)
    return ~total & 0xffff


def ip4_udp(src, dst, sport, dport, payload, tos=0, df=False):
    s, d = socket.inet_aton(src), socket.inet_aton(dst)
    n = 8 + len(payload)
    header = struct.pack(">BBHHHBBH4s4s", 0x45, tos, 20 + n, 1,
                         0x4000 if df else 0, 64, 17, 0, s, d)
    header = header[:10] + struct.pack(">H", checksum(header)) + header[12:]
    return header + struct.pack(">HHHH", sport, dport, n, 0) + payload


def ip6_udp(src, dst, sport, dport, payload, tos=0):
    s, d = (socket.inet_pton(socket.AF_INET6, a) for a in (src, dst))
    n = 8 + len(payload)
    pseudo = s + d + struct.pack(">II", n, 17)
    body = struct.pack(">HHHH", sport, dport, n, 0) + payload
    body = body[:6] + struct.pack(">H", checksum(pseudo + body) or 0xffff) + body[8:]
    return struct.pack(">IHBB", 6 << 28 | tos << 20, n, 17, 64) + s + d + body


def gtp1(kind, teid, payload, flags=0x30, seq=None, ext=(), length=None):
    """ext: (type, content) pairs; content is filled up to 4n-2 octets."""
    tail = b""
    if seq is not None:
        flags |= 2
    if ext:
        flags |= 4
    if flags & 7:
        tail = struct.pack(">HBB", seq or 0, 0, ext[0][0] if ext else 0)
        for i, (_, content) in enumerate(ext):
            content += b"\0" * (-(len(content) + 2) % 4)
            following = ext[i + 1][0] if i + 1 < len(ext) else 0
            tail += bytes([(len(content) + 2) // 4]) + content + bytes([following])
    body = tail + payload
    return struct.pack(">BBHI", flags, kind,
                       len(body) if length is None else length, teid) + body


def gtp0(kind, tid, payload, seq=0, flow=0, flags=0x1e):
    return struct.pack(">BBHHHIQ", flags, kind, len(payload), seq, flow,
                       0xffffffff, tid) + payload


class Tests:
    """Runs functions, prints TAP-like lines, and the closing line."""

    def __init__(self):
        self.passed = self.failed = self.skipped = 0

    def check(self, name, test):
        try:
            result = test()
        except AssertionError as error:
            where = traceback.extract_tb(error.__traceback__)[-1]
            self.failed += 1
            print(f"not ok - {name}: {error} ({where.line})", flush=True)
            return
        except Exception as error:  # a broken test is a failed one
            self.failed += 1
            print(f"not ok - {name}: {error!r}", flush=True)
            traceback.print_exc()
            return
        if result == "skip":
            self.skipped += 1
            print(f"ok - {name} # skip", flush=True)
        else:
            self.passed += 1
            print(f"ok - {name}", flush=True)

    def end(self):
        print(f"{self.passed} passed, {self.failed} failed, "
              f"{self.skipped} skipped")
        sys.exit(1 if self.failed else 0)
