#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0
"""Many tunnels: how fast they are added, dumped and removed, that a dump has
each once, and that filters select. With --icount the times are instructions.
usage: test_scale.py [TUNNELS [BATCH]]"""

import os
import socket
import struct
import sys
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from gtpnl import (CREATE_SOCKETS, DELPDP, HASHSIZE, NEWPDP, NLM_F_ACK, NLM_F_EXCL,
                   NLMSG_ERROR, REQ_COUNTERS, REQ_FILTER, Gtp, Rtnl)
from labnet import Tests, inside, namespaces

COUNT = int(sys.argv[1]) if len(sys.argv) > 1 else 10000
BATCH = int(sys.argv[2]) if len(sys.argv) > 2 else 100


def batches(nl, cmd, flags):
    """Prebuilt sends of BATCH messages, the last of each with an ack."""
    index = socket.if_nametoindex("t0")
    out = []
    for start in range(0, COUNT, BATCH):
        data = b""
        for i in range(start, min(start + BATCH, COUNT)):
            values = dict(VERSION=1, LINK=index, MS=struct.pack(">I", 0x0a000000 + i))
            if cmd == NEWPDP:
                values.update(I=i + 1, O=i + 1,
                              PEER=struct.pack(">I", 0xac1f0000 + i % 100 + 1))
            body = struct.pack("=BBH", cmd, 0, 0) + nl.pack(values)
            last = i == min(start + BATCH, COUNT) - 1
            data += nl.message(nl.family, flags | (NLM_F_ACK if last else 0), body)
        out.append(data)
    return out


def send(nl, prepared):
    begin = time.monotonic()
    for data in prepared:
        nl.sock.send(data)
        answer = nl.sock.recv(65536)
        kind, code = struct.unpack_from("=4xH10xi", answer)
        assert kind == NLMSG_ERROR and code == 0, (kind, code)
    return (time.monotonic() - begin) / COUNT * 1e6


def drain(nl, **values):
    """Time of a dump without looking at it."""
    body = struct.pack("=BBH", 2, 0, 0) + nl.pack(values)
    begin = time.monotonic()
    nl.sock.send(nl.message(nl.family, 0x300, body))
    octets = 0
    while True:
        data = nl.sock.recv(1 << 18)
        octets += len(data)
        if struct.unpack_from("=4xH", data)[0] == 3:
            break
    return (time.monotonic() - begin) / COUNT * 1e6, octets


def main():
    tests = Tests()
    namespaces("scale")
    with inside("scale"):
        rtnl, nl = Rtnl(), Gtp()
        for hashsize in (1024, 131072):
            answer = rtnl.new("t0", [(CREATE_SOCKETS, b"\1"), (HASHSIZE, hashsize)])
            assert not answer.errno, answer
            add, remove = batches(nl, NEWPDP, NLM_F_EXCL), batches(nl, DELPDP, 0)
            print(f"hsize {hashsize}: add {send(nl, add):.2f} us/op")
            print(f"hsize {hashsize}: dump {drain(nl)[0]:.2f} us/tunnel")
            if nl.ours:
                print(f"hsize {hashsize}: dump with counters "
                      f"{drain(nl, REQUEST=REQ_COUNTERS)[0]:.2f} us/tunnel")

            def once():
                teids = [m["I"] for m in nl.dump().messages]
                assert len(teids) == COUNT == len(set(teids)), len(teids)

            def filters():
                some = nl.dump(REQUEST=REQ_FILTER, PEER="172.31.0.7").messages
                assert len(some) == COUNT // 100, len(some)
                newest = nl.get("t0", VERSION=1, I=COUNT, REQUEST=REQ_COUNTERS)
                since = newest.messages[0]["STATS"]["generation"] - 5
                some = nl.dump(REQUEST=REQ_FILTER, SINCE=since).messages
                assert [m["I"] for m in some] == list(range(COUNT - 4, COUNT + 1))
                assert not nl.dump(REQUEST=REQ_FILTER, LINK=9999).messages

            tests.check(f"every tunnel once, hsize {hashsize}", once)
            if nl.ours:
                tests.check(f"filters, hsize {hashsize}", filters)
            print(f"hsize {hashsize}: remove {send(nl, remove):.2f} us/op")
            send(nl, batches(nl, NEWPDP, NLM_F_EXCL))
            begin = time.monotonic()
            rtnl.delete("t0")
            print(f"hsize {hashsize}: link deleted in "
                  f"{(time.monotonic() - begin) * 1e3:.0f} ms with {COUNT} tunnels")
    tests.end()


if __name__ == "__main__":
    main()
