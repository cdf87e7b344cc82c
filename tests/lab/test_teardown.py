#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0
"""Ends everything in every order, with traffic on the way, and at last
unloads the module: what is left behind would show as a reference that never
goes, a leak or a report of the debug kernel."""

import itertools
import os
import socket
import subprocess
import sys
import threading
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from gtpnl import CREATE_SOCKETS, FD0, FD1, Gtp, Rtnl
from labnet import (CORE4, DN4, MS4, PORT1, RAN4, Tests, gtp1, inside, ip4_udp,
                    receive, sh, topology, udp)


FLOODED = []


class Flood:
    """T-PDUs, echoes and unknown TEIDs at the core, until stopped."""

    def __init__(self):
        self.stop = threading.Event()
        self.sock = udp("ran", RAN4, PORT1)
        self.thread = threading.Thread(target=self.run)

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.stop.set()
        self.thread.join()
        self.sock.close()

    def run(self):
        packets = [gtp1(255, teid, ip4_udp(MS4, DN4, 1, 9, b"x" * 64))
                   for teid in (1, 2, 3)] + [gtp1(1, 0, b"", seq=1)]
        for packet in itertools.cycle(packets):
            if self.stop.is_set():
                return
            try:
                self.sock.sendto(packet, (CORE4, PORT1))
            except OSError:
                time.sleep(0.01)


def fill(link, ns="core", count=50):
    with inside(ns):
        nl = Gtp()
        for i in range(count):
            nl.new(link, 1, i, i, f"10.45.1.{i}" if i else MS4, RAN4)
        nl.close()


def make(name="gtp0", ns="core", own=True, there=None):
    """A link with tunnels; returns its sockets (none if the kernel's)."""
    with inside(ns):
        socks = []
        if not own:
            socks = [socket.socket(socket.AF_INET, socket.SOCK_DGRAM) for _ in "01"]
            socks[0].bind(("0.0.0.0", 3386))
            socks[1].bind(("0.0.0.0", PORT1))
        rtnl = Rtnl()
        data = [(CREATE_SOCKETS, b"\1")] if own else \
            [(FD0, socks[0].fileno()), (FD1, socks[1].fileno())]
        fd = os.open(f"/run/netns/{there}", os.O_RDONLY) if there else None
        answer = rtnl.new(name, data, ns=fd)
        if fd is not None:
            os.close(fd)
        assert not answer.errno, answer
        rtnl.close()
    sh(f"ip -n {there or ns} link set {name} up")
    fill(name, there or ns)
    return socks


def t_delete_link():
    for own in (True, False):
        socks = make(own=own)
        sh("ip -n core link del gtp0")
        for sock in socks:
            sock.close()


def t_close_first():
    socks = make(own=False)
    for sock in socks:
        sock.close()
    sh("ip -n core link del gtp0")


def t_close_races_delete():
    for _ in range(20):
        socks = make(own=False)
        thread = threading.Thread(target=lambda s=socks: [x.close() for x in s])
        thread.start()
        sh("ip -n core link del gtp0")
        thread.join()


def t_socket_is_usable_afterwards():
    socks = make(own=False)
    sh("ip -n core link del gtp0")
    peer = udp("ran", RAN4, 7777)
    peer.sendto(b"plain", (CORE4, PORT1))
    socks[1].settimeout(1)
    # Under a flood any datagram will do: it is the socket's again.
    got = receive(socks[1])
    assert got and (FLOODED or got[0] == b"plain"), got
    for sock in socks + [peer]:
        sock.close()


def t_netns_of_link():
    make()
    sh("ip netns del core")
    topology()


def t_moved_socket_ns_dies():
    sh("ip netns add other")
    make(there="other")
    sh("ip netns del core")
    for _ in range(50):
        if subprocess.run(["ip", "-n", "other", "link", "show", "gtp0"],
                          stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                          check=False).returncode:
            break
        time.sleep(0.1)
    else:
        assert False, "the link outlived its sockets' namespace"
    sh("ip netns del other")
    topology()


def t_moved_link_ns_dies():
    sh("ip netns add other")
    make(there="other")
    sh("ip netns del other")
    time.sleep(0.5)
    make()          # the ports must be free again
    sh("ip -n core link del gtp0")


def t_both_die():
    sh("ip netns add other")
    make(there="other")
    sh("ip netns del other & ip netns del core; wait")
    topology()


def t_user_socket_keeps_ns():
    sh("ip netns add other")
    socks = make(own=False, there="other")
    sh("ip netns del core")
    for sock in socks:
        sock.close()
    time.sleep(0.5)
    sh("ip netns del other")
    topology()


def t_name_taken():
    """newlink fails at its last step, while packets come in."""
    make("gtp0", own=False)[0].close()
    with inside("core"):
        rtnl = Rtnl()
        for _ in range(10):
            assert rtnl.new("c0", [(CREATE_SOCKETS, b"\1")]).errno
        rtnl.close()
    sh("ip -n core link del gtp0")


def t_churn():
    """Tunnels come and go under four writers and a reader."""
    make()
    done = time.time() + 3
    problems = []

    def writer(base):
        with inside("core"):
            nl = Gtp()
        index = 0
        while time.time() < done:
            index = (index + 1) % 40
            teid, ms = base + index, f"10.46.{base % 251}.{index}"
            nl.call(0, 0, LINK=link, VERSION=1, I=teid, O=teid, MS=ms, PEER=RAN4)
            nl.call(0, 0, LINK=link, VERSION=1, I=teid + 100, O=teid, MS=ms, PEER=CORE4)
            nl.call(1, 0, LINK=link, VERSION=1, MS=ms)
        nl.close()

    def reader():
        with inside("core"):
            nl = Gtp()
        while time.time() < done:
            answer = nl.dump(REQUEST=1)
            stable = [m for m in answer.messages if m["I"] < 50]
            if len(stable) != 50:
                problems.append(len(stable))
        nl.close()

    with inside("core"):
        link = socket.if_nametoindex("gtp0")
    threads = [threading.Thread(target=writer, args=(n * 1000,)) for n in (1, 2, 3, 4)]
    threads.append(threading.Thread(target=reader))
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    sh("ip -n core link del gtp0")
    assert not problems, f"dumps of 50 stable tunnels had {problems[:5]}"


def t_unload():
    make()
    sh("ip netns del core; ip netns del ran")
    time.sleep(1)
    subprocess.run(["rmmod", "gtp"], check=True)


def main():
    tests = Tests()
    topology()
    for name, test in list(globals().items()):
        if name.startswith("t_") and name != "t_unload":
            tests.check(name[2:], test)
            with Flood():
                FLOODED.append(1)
                tests.check(name[2:] + ", with traffic", test)
                FLOODED.clear()
    tests.check("unload", t_unload)
    tests.end()


if __name__ == "__main__":
    main()
