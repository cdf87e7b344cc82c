#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0
"""A link with very many tunnels: what they cost in memory, that a dump has each
once while others come and go, and that the link can go without holding up a
processor. tests/lab/test_million starts it.
usage: test_million.py TOOL COUNT"""

import os
import re
import subprocess
import sys
import threading
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from gtpnl import CREATE_SOCKETS, REQ_FILTER, Gtp, Rtnl
from labnet import Tests, inside, namespaces

TOOL, COUNT = sys.argv[1], int(sys.argv[2])
CHURN = 5000
# The debug kernel's memory is for finding faults.
CHECKED = os.environ.get("LAB_KERNEL") == "debug"
# An endless wait would be the lab's own timeout.
PATIENCE = 60


def slab():
    """(objects, octets) of the tunnels' cache, or None where it was merged."""
    with open("/proc/slabinfo", encoding="ascii") as f:
        for line in f:
            words = line.split()
            if words[0] == "gtp_tunnel":
                return int(words[1]), int(words[14]) * int(words[5]) * os.sysconf("SC_PAGE_SIZE")
    return None


def free_memory():
    with open("/proc/meminfo", encoding="ascii") as f:
        fields = dict(re.findall(r"(\w+):\s+(\d+)", f.read()))
    return int(fields["MemFree"]) * 1024


def tool(*words):
    out = subprocess.run(["ip", "netns", "exec", "million", TOOL, *map(str, words)],
                         stdout=subprocess.PIPE, text=True, check=False)
    print("  " + out.stdout.strip(), flush=True)
    assert not out.returncode, f"{words}: status {out.returncode}"


class Gaps:
    """The longest time that this thread did not get the processor."""

    def __init__(self):
        self.longest, self.stop = 0, False
        self.thread = threading.Thread(target=self.run)

    def run(self):
        last = time.monotonic()
        while not self.stop:
            time.sleep(0.001)
            this = time.monotonic()
            self.longest = max(self.longest, this - last)
            last = this

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.stop = True
        self.thread.join()


def main():
    tests = Tests()
    namespaces("million")
    with inside("million"):
        rtnl = Rtnl()
        answer = rtnl.new("gtp0", [(CREATE_SOCKETS, b"\1")])
        assert not answer.errno, answer

    def added():
        before = free_memory()
        tool("add", "gtp0", 0, COUNT)
        used = before - free_memory()
        objects = slab()
        if objects:
            print(f"  slab gtp_tunnel: {objects[0]} objects, {objects[1] / COUNT:.0f} octets each")
            assert objects[0] >= COUNT
        print(f"  memory: {used / COUNT:.0f} octets a tunnel, {used >> 20} MiB in all")
        if not CHECKED:
            assert used / COUNT < 600, "more than a tunnel and its places in four tables"

    def dumped():
        tool("dump", "gtp0", 0, COUNT)

    def dumped_under_churn():
        churn = subprocess.Popen(["ip", "netns", "exec", "million", TOOL, "churn", "gtp0",
                                  str(COUNT), str(CHURN), "10"])
        try:
            for _ in range(3):
                tool("dump", "gtp0", 0, COUNT)
        finally:
            assert not churn.wait()

    def filtered():
        with inside("million"):
            nl = Gtp()
            for values, wanted in ((dict(PEER="172.31.0.7"), COUNT // 100),
                                   (dict(PEER="9.9.9.9"), 0), (dict(SINCE=1 << 60), 0)):
                begin = time.monotonic()
                got = len(nl.dump(REQUEST=REQ_FILTER, **values).messages)
                print(f"  filter {values}: {(time.monotonic() - begin) * 1e3:.0f} ms")
                assert got == wanted, (got, wanted)
            nl.close()

    def removed():
        tool("del", "gtp0", 0, COUNT // 10)
        tool("add", "gtp0", 0, COUNT // 10)

    def link_deleted():
        low = free_memory()
        with Gaps() as gaps:
            begin = time.monotonic()
            with inside("million"):
                assert not rtnl.delete("gtp0").errno
            took = time.monotonic() - begin
            # A worker returns the memory after the link is gone.
            while free_memory() - low < COUNT * 200 and time.monotonic() - begin < PATIENCE:
                time.sleep(0.1)
            freed = time.monotonic() - begin
        print(f"  link deleted in {took * 1e3:.0f} ms, memory back after {freed * 1e3:.0f} ms, "
              f"longest time without the processor {gaps.longest * 1e3:.0f} ms")
        assert took < 5 and gaps.longest < 2
        assert CHECKED or freed < PATIENCE, f"{free_memory() - low >> 20} MiB came back"

    for name, test in (("tunnels added", added), ("each in a dump once", dumped),
                       ("each in a dump once, while others come and go", dumped_under_churn),
                       ("filters", filtered), ("removed and added again", removed),
                       ("link deleted", link_deleted)):
        tests.check(f"{COUNT} tunnels: {name}", test)
    tests.end()


if __name__ == "__main__":
    main()
