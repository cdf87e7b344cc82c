#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0
"""Every allocation of every operation fails once: the first, the second, and
so on until one goes through (/proc/thread-self/fail-nth). After each failure
the state must be the one before, and the operation must work the next time.
Needs the debug kernel, which also looks for what was leaked."""

import errno
import os
import socket
import struct
import sys
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from gtpnl import (CREATE_SOCKETS, ECHOREQ, FD0, FD1, GETLINK, LOCAL6, NLM_F_DUMP, REQ_COUNTERS,
                   REQ_UPDATE, Gtp, Rtnl)
from labnet import (CORE4, DN4, MS4, PORT1, RAN4, Tests, gtp1, inside, ip4_udp, receive,
                    sh, topology, udp)
from test_frags import FAR4, frame, tap_of

# What the core makes of no memory for an inode or a device's name beside them.
FAILED = (errno.ENOMEM, errno.ENOBUFS, errno.ENFILE, errno.EINVAL)
IFF_VNET_HDR = 0x4000
NTH = f"/proc/self/task/{os.getpid()}/fail-nth"


class Faults:
    """fail-nth counts this thread's allocations, wherever they are made."""

    def __init__(self):
        self.fd = os.open(NTH, os.O_RDWR)
        for knob, value in (("ignore-gfp-wait", "N"), ("verbose", "0"), ("times", "-1")):
            with open(f"/sys/kernel/debug/failslab/{knob}", "w", encoding="ascii") as f:
                f.write(value)

    def nth(self, n):
        os.pwrite(self.fd, str(n).encode(), 0)

    def fired(self):
        """Whether the failure has happened; disarms."""
        left = int(os.pread(self.fd, 20, 0).split()[0].rstrip(b"\0"))
        os.pwrite(self.fd, b"0", 0)
        return left == 0


def each(faults, attempt, restore, limit=400):
    """Runs @attempt with the nth allocation failing, for each n."""
    for n in range(1, limit):
        faults.nth(n)
        try:
            code = attempt()
        except OSError as error:
            code = error.errno
        except MemoryError:                 # Python's own
            code = errno.ENOMEM
        if not faults.fired():
            assert not code, f"without a failure: {errno.errorcode.get(code, code)}"
            restore()
            return
        assert not code or code in FAILED, f"allocation {n}: {errno.errorcode.get(code, code)}"
        restore()
    assert False, f"more than {limit} allocations"


class Raw:
    """Requests made beforehand: only the kernel allocates while it counts."""

    def __init__(self, nl):
        self.nl = nl

    def __call__(self, kind, flags, payload):
        message = self.nl.message(kind, 4 | flags, payload)
        self.nl.sock.settimeout(1)

        def attempt():
            try:
                self.nl.sock.send(message)
                code = self.nl.answer(flags & NLM_F_DUMP == NLM_F_DUMP).errno
            except socket.timeout:
                code = errno.ENOBUFS        # there was no memory for the answer
            return code
        return attempt


def genl(cmd, flags=0, **values):
    nl = Gtp()
    return Raw(nl)(nl.family, flags, struct.pack("=BBH", cmd, 0, 0) + nl.pack(values))


def link_body(name, data):
    """The body of a NEWLINK, as Rtnl.new() would send it."""
    caught = {}

    class Catch(Rtnl):
        def request(self, kind, flags, payload):
            caught.update(kind=kind, flags=flags, payload=payload)

    nl = Catch()
    nl.new(name, data)
    nl.close()
    return caught


def t_newlink(faults):
    for data in ([(CREATE_SOCKETS, b"\1")], [(CREATE_SOCKETS, b"\1"), (LOCAL6, bytes(16))]):
        with inside("core"):
            nl, cleaner = Rtnl(), Rtnl()
            attempt = Raw(nl)(**link_body("gtpx", data))
            each(faults, attempt, lambda: cleaner.delete("gtpx"))
            nl.close()
            cleaner.close()


def t_newlink_fd(faults):
    with inside("core"):
        socks = [socket.socket(socket.AF_INET, socket.SOCK_DGRAM) for _ in "01"]
        nl, cleaner = Rtnl(), Rtnl()
        attempt = Raw(nl)(**link_body("gtpx", [(FD0, socks[0].fileno()),
                                               (FD1, socks[1].fileno())]))
        each(faults, attempt, lambda: cleaner.delete("gtpx"))
        for thing in socks + [nl, cleaner]:
            thing.close()


def ready():
    with inside("core"):
        rtnl, nl = Rtnl(), Gtp()
        rtnl.delete("gtpc")
        answer = rtnl.new("gtpc", [(CREATE_SOCKETS, b"\1")])
        assert not answer.errno, answer
        rtnl.close()
        sh(f"ip link set gtpc up; ip addr add {DN4}/24 dev gtpc")
    return nl


def t_tunnels(faults):
    nl = ready()
    with inside("core"):
        link = socket.if_nametoindex("gtpc")
        ears = Gtp()
        ears.listen()
        base = dict(LINK=link, VERSION=1, I=0x100, O=0x200, MS=MS4, PEER=RAN4)

        def state():
            ears.events(0.001)
            return [(m["I"], m["O"], m["MS"], m["PEER"]) for m in nl.dump().messages]

        def gone():
            nl.delete("gtpc", VERSION=1, I=0x100)
            assert not state(), state()

        each(faults, genl(0, 0x200, **base), gone)
        nl.new("gtpc", 1, 0x100, 0x200, MS4, RAN4)

        # An update: the old tunnel or the new one, or, if its tables have no room, none.
        old, new = (0x100, 0x200, MS4, RAN4), (0x101, 0x201, MS4, "172.31.0.9")

        def back():
            now = state()
            assert now in ([old], [new], []), now
            for i in (0x100, 0x101):
                nl.delete("gtpc", VERSION=1, I=i)
            assert not state()
            assert not nl.new("gtpc", 1, 0x100, 0x200, MS4, RAN4).errno

        each(faults, genl(0, 0, **dict(base, I=0x101, O=0x201, PEER="172.31.0.9")), back)
        each(faults, genl(0, 0, **dict(base, O=0x201, REQUEST=REQ_UPDATE)),
             lambda: nl.new("gtpc", 1, 0x100, 0x200, MS4, RAN4, flags=0, REQUEST=REQ_UPDATE))
        for cmd, flags, values in ((2, 0, dict(LINK=link, VERSION=1, MS=MS4,
                                               REQUEST=REQ_COUNTERS)),
                                   (2, NLM_F_DUMP, dict(REQUEST=REQ_COUNTERS)),
                                   (GETLINK, 0, dict(LINK=link)), (GETLINK, NLM_F_DUMP, {}),
                                   (ECHOREQ, 0, dict(LINK=link, VERSION=1, PEER=RAN4, MS=CORE4))):
            each(faults, genl(cmd, flags, **values), lambda: None)
        assert state() == [old]

        def again():
            nl.delete("gtpc", VERSION=1, I=0x100)
            assert not nl.new("gtpc", 1, 0x100, 0x200, MS4, RAN4).errno

        each(faults, genl(1, 0, LINK=link, VERSION=1, MS=MS4), again)
        ears.close()
        nl.close()


def t_transmit(faults):
    """tx_memory counts where the packet itself had to be copied and could not."""
    nl = ready()
    with inside("core"):
        nl.new("gtpc", 1, 0x100, 0x200, MS4, RAN4)
        packet = socket.socket(socket.AF_PACKET, socket.SOCK_DGRAM)
        # Who listens shares the packet: it cannot be written to without a copy.
        tap = socket.socket(socket.AF_PACKET, socket.SOCK_DGRAM, socket.htons(3))
        tap.bind(("gtpc", 3))
        message = ip4_udp(DN4, MS4, 1, 9, b"x" * 100)
        before = nl.counters("gtpc")["tx_memory"]

        def attempt():
            packet.sendto(message, ("gtpc", 0x800))
            return 0
        each(faults, attempt, lambda: None)
        assert nl.counters("gtpc")["tx_memory"] > before, "nothing counted"
        packet.close()
        tap.close()
        nl.close()


def t_receive(faults):
    """A tap without NAPI hands its packets over in our own context. What is
    longer than a page comes in fragments; who listens makes it shared."""
    nl = ready()
    with inside("core"):
        tap, mac = tap_of(IFF_VNET_HDR)
        sh("ip link set tap0 mtu 9000")
        listener = socket.socket(socket.AF_PACKET, socket.SOCK_DGRAM, socket.htons(3))
        listener.bind(("tap0", 3))
        nl.new("gtpc", 1, 0x100, 0x200, MS4, FAR4)
        inner = ip4_udp(MS4, DN4, 1, 9000, b"x" * 5000)
        before = nl.counters("gtpc")["rx_memory"]

        def drain():
            try:
                while os.read(tap, 65536):
                    pass
            except BlockingIOError:
                pass

        for message in (gtp1(255, 0x100, inner), gtp1(255, 0x100, inner, ext=[(0x85, bytes(30))]),
                        gtp1(1, 0, b"", seq=1), gtp1(2, 0, b"\x0e\0", seq=1),
                        gtp1(1, 0, b"\xff\x13\x87" + bytes(5000), seq=1),
                        gtp1(255, 0xdead, inner), gtp1(254, 0x100, b""),
                        gtp1(255, 0x100, inner, ext=[(0xb3, b"\0\0")])):
            for linear in (42, 50, 58, 62):
                data = frame(mac, False, PORT1, message)
                data = struct.pack("=BBHHHH", 0, 0, min(linear, len(data)), 0, 0, 0) + data

                def attempt(data=data):
                    os.write(tap, data)
                    return 0
                each(faults, attempt, drain)
        assert nl.counters("gtpc")["rx_memory"] > before, "nothing counted"
        os.close(tap)
        listener.close()
        nl.close()


def t_still_works(_):
    nl = ready()
    with inside("core"):
        assert not nl.new("gtpc", 1, 0x100, 0x200, MS4, RAN4).errno
    node, app = udp("ran", RAN4, PORT1), udp("core", DN4, 9000)
    node.sendto(gtp1(255, 0x100, ip4_udp(MS4, DN4, 1, 9000, b"hello")), (CORE4, PORT1))
    assert receive(app)[0] == b"hello"
    app.sendto(b"down", (MS4, 9))
    assert receive(node)[0].endswith(b"down")
    for thing in (node, app, nl):
        thing.close()


def main():
    tests = Tests()
    if not os.path.exists(NTH) or not os.path.exists("/sys/kernel/debug/failslab"):
        print("this kernel injects no faults: use run --debug")
        tests.skipped += 1
        tests.end()
    topology()
    faults = Faults()
    for name, test in list(globals().items()):
        if name.startswith("t_"):
            tests.check(name[2:], lambda t=test: t(faults))
    sh("ip netns del core; ip netns del ran")
    time.sleep(1)
    tests.check("unload", lambda: sh("rmmod gtp"))
    tests.end()


if __name__ == "__main__":
    main()
