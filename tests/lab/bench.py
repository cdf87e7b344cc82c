#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0
"""In the lab, by tests/lab/bench: our module (as "gtpb") against the stock one,
each with links in namespaces of its own, measured in turn; medians and ratios.

    bench.py [-n ROUNDS] [-t SECONDS] [--tunnels N] [CASE ...]

    default    TCP through tunnels as they are made, over veth
    whole      super-packets stay whole from end to end (ethtool, ours only)
    cut        every packet is cut before the link, veth without TSO but with GRO;
               ours leaves super-packets whole until there
    cutdefault the same without that
    far        as cut, ours at one end and the stock module at the other
    pps        64-octet UDP, then with N tunnels more at the default hash size
    control    adding N tunnels in batches of 100, dumping them

Time is instructions: 10^9 a second. TCP is Mbit/s up (RAN to core) / down."""

import argparse
import json
import os
import socket
import statistics
import struct
import subprocess
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)
from gtpnl import (CREATE_SOCKETS, GETPDP, NEWPDP, NLM_F_ACK, NLM_F_DUMP, NLM_F_EXCL,
                   NLMSG_DONE, NLMSG_ERROR, REQ_COUNTERS, ROLE, Gtp, Rtnl)
from labnet import inside, namespaces, sh

WHERE = os.environ["GTP_BENCH_DIR"]
KINDS = {"stock": "gtp", "ours": "gtpb"}
CORE, RAN, SERVER, MS = "172.31.0.1", "172.31.0.2", "10.45.0.1", "10.45.0.2"


class Pair:
    """Two namespaces with a veth pair and a tunnel of two kinds of link."""

    def __init__(self, name, core, ran):
        self.ns = {"core": name + "-core", "ran": name + "-ran"}
        self.kind = {"core": KINDS[core], "ran": KINDS[ran]}
        namespaces(*self.ns.values())
        sh(f"ip link add eth netns {self.ns['core']} type veth peer eth netns {self.ns['ran']}")
        for side, role, local, peer, inner, teids in (
                ("core", 0, CORE, RAN, SERVER, (256, 512)),
                ("ran", 1, RAN, CORE, MS, (512, 256))):
            ns = self.ns[side]
            sh(f"ip -n {ns} addr add {local}/24 dev eth && ip -n {ns} link set eth up")
            with inside(ns):
                answer = Rtnl().new("tun", [(CREATE_SOCKETS, b"\1"), (ROLE, role)],
                                    kind=self.kind[side])
                assert not answer.errno, answer
                answer = Gtp(self.kind[side]).new("tun", 1, *teids, MS, peer)
                assert not answer.errno, answer
            sh(f"ip -n {ns} addr add {inner}/24 dev tun && ip -n {ns} link set tun mtu 1464 up")
        self.popen("core", "iperf3 -s")
        sink = ("import socket, time; s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM); "
                "s.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048); "
                f"s.bind(('{SERVER}', 9)); time.sleep(1e6)")
        self.popen("core", f'exec python3 -c "{sink}"')
        time.sleep(1)

    def command(self, side, command):
        return ["ip", "netns", "exec", self.ns[side], "sh", "-c", command]

    def popen(self, side, command):
        subprocess.Popen(self.command(side, command), stdout=subprocess.DEVNULL)

    def run(self, side, command):
        return subprocess.run(self.command(side, command), check=True, text=True,
                              stdout=subprocess.PIPE).stdout

    def offloads(self, cut, whole):
        cut, whole = ("off", "on") if cut else ("on", "off"), "on" if whole else "off"
        for side in self.ns:
            self.run(side, f"ethtool -K eth tso {cut[0]} gso {cut[0]} gro {cut[1]} "
                           f"tx-udp-segmentation {cut[0]} >/dev/null 2>&1 || true")
            if self.kind[side] == KINDS["ours"]:
                self.run(side, f"ethtool -K tun tx-udp_tnl-csum-segmentation {whole} >/dev/null")

    def tcp(self, seconds, server=SERVER):
        out = []
        for direction in ("", "-R"):
            report = json.loads(self.run("ran", f"iperf3 -c {server} -t {seconds} -J {direction}"))
            out.append(report["end"]["sum_received"]["bits_per_second"] / 1e6)
        return out

    def pps(self):
        return [float(self.run("ran", f"{WHERE}/udpblast {SERVER} 9 60000"))]

    def link_index(self):
        return socket.if_nametoindex("tun")

    def fill(self, side, count):
        """Microseconds a tunnel, in batches of 100 with one acknowledgement each."""
        with inside(self.ns[side]):
            nl = Gtp(self.kind[side])
            index, spent = self.link_index(), 0.0
            for start in range(0, count, 100):
                data = b""
                for i in range(start, min(start + 100, count)):
                    body = struct.pack("=BBH", NEWPDP, 0, 0) + nl.pack(dict(
                        VERSION=1, LINK=index, I=1000 + i, O=1000 + i,
                        MS=struct.pack(">I", 0x0b000000 + i),
                        PEER=struct.pack(">I", 0xac1f0100 + i % 100)))
                    data += nl.message(nl.family, NLM_F_EXCL | (NLM_F_ACK if i % 100 == 99 else 0), body)
                begin = time.monotonic()
                nl.sock.send(data)
                kind, code = struct.unpack_from("=4xH10xi", nl.sock.recv(65536))
                spent += time.monotonic() - begin
                assert kind == NLMSG_ERROR and code == 0, (kind, code)
            return spent / count * 1e6

    def dump(self, side, count, **values):
        """Microseconds a tunnel, without looking at them."""
        with inside(self.ns[side]):
            nl = Gtp(self.kind[side])
            body = struct.pack("=BBH", GETPDP, 0, 0) + nl.pack(values)
            begin = time.monotonic()
            nl.sock.send(nl.message(nl.family, NLM_F_DUMP, body))
            while struct.unpack_from("=4xH", nl.sock.recv(1 << 18))[0] != NLMSG_DONE:
                pass
            return (time.monotonic() - begin) / count * 1e6

    def renew(self, side):
        """Another link in place of the one with many tunnels."""
        with inside(self.ns[side]):
            rtnl = Rtnl()
            assert not rtnl.delete("tun").errno
            answer = rtnl.new("tun", [(CREATE_SOCKETS, b"\1"), (ROLE, side == "ran")],
                              kind=self.kind[side])
            assert not answer.errno, answer
        time.sleep(1)


class Table:
    def __init__(self):
        print("| | stock | ours | ours : stock | runs |\n|---|---|---|---|---|", flush=True)

    def line(self, name, stock, ours, digits=0, less=False):
        """Lists of runs, each a list of values (up, down)."""
        def text(runs):
            return " / ".join(f"{statistics.median(v):.{digits}f}" for v in zip(*runs))
        ratios = [statistics.median(b) / statistics.median(a) for a, b in zip(zip(*stock), zip(*ours))]
        if less:
            ratios = [1 / r for r in ratios]
        print(f"| {name} | {text(stock)} | {text(ours)} | "
              f"{' / '.join(f'{r:.2f}' for r in ratios)} | {len(ours)} |", flush=True)
        print(f"  stock {stock}\n  ours {ours}", file=sys.stderr, flush=True)


def rounds(n, *measures):
    runs = tuple([] for _ in measures)
    for _ in range(n):
        for out, measure in zip(runs, measures):
            out.append(measure())
    return runs


def tcp_rounds(args, cut, whole, *pairs):
    for pair in pairs:
        pair.offloads(cut, whole)
    return rounds(args.n, *(lambda p=p: p.tcp(args.t) for p in pairs))


def tcp_cases(args, table, stock, ours):
    for pair in stock, ours:
        pair.tcp(1)
    for name, cut, whole in (("default", False, False), ("whole", False, True),
                             ("cut", True, True), ("cutdefault", True, False)):
        if name in args.cases:
            table.line("TCP " + name, *tcp_rounds(args, cut, whole, stock, ours))
    if "far" in args.cases:
        mixed = Pair("far-core", "ours", "stock"), Pair("far-ran", "stock", "ours")
        for pair in mixed:
            pair.tcp(1)
        runs = tcp_rounds(args, True, True, stock, *mixed)
        for name, ours_runs in zip(("core", "RAN"), runs[1:]):
            table.line(f"TCP far, ours in the {name}", runs[0], ours_runs)
    for pair in stock, ours:
        pair.offloads(False, False)


def other_cases(args, table, stock, ours):
    if "pps" in args.cases:
        for pair in stock, ours:
            pair.pps()
        empty = rounds(args.n, stock.pps, ours.pps)
        table.line("UDP 64 octets, packets/s", *empty)
        for pair in stock, ours:
            pair.fill("core", args.tunnels)
            pair.fill("ran", args.tunnels)
        full = rounds(args.n, stock.pps, ours.pps)
        table.line(f"UDP with {args.tunnels} tunnels", *full)
        for name, a, b in zip(KINDS, empty, full):
            loss = 1 - statistics.median(v for v, in b) / statistics.median(v for v, in a)
            print(f"| {name}: loss by {args.tunnels} tunnels | | {loss:.1%} | | |", flush=True)
    if "control" in args.cases:
        add, plain, counters = ([], []), ([], []), []
        for _ in range(args.n):
            for i, pair in enumerate((stock, ours)):
                pair.renew("core")
                add[i].append([pair.fill("core", args.tunnels)])
                pair.dump("core", args.tunnels)
                plain[i].append([pair.dump("core", args.tunnels)])
            counters.append([ours.dump("core", args.tunnels, REQUEST=REQ_COUNTERS)])
        table.line("add, us a tunnel", *add, digits=2, less=True)
        table.line("dump, us a tunnel", *plain, digits=2, less=True)
        table.line("dump, ours with counters", plain[0], counters, digits=2, less=True)


def main():
    everything = ["default", "whole", "cut", "cutdefault", "far", "pps", "control"]
    parser = argparse.ArgumentParser()
    parser.add_argument("-n", type=int, default=3)
    parser.add_argument("-t", type=int, default=1)
    parser.add_argument("--tunnels", type=int, default=100000)
    parser.add_argument("cases", nargs="*", default=everything)
    args = parser.parse_args()
    sh("modprobe -a gtp ip6_udp_tunnel")
    sh(f"insmod {WHERE}/gtpb.ko")
    stock, ours = Pair("stock", "stock", "stock"), Pair("ours", "ours", "ours")
    table = Table()
    if {"default", "whole", "cut", "cutdefault", "far"} & set(args.cases):
        tcp_cases(args, table, stock, ours)
    other_cases(args, table, stock, ours)


if __name__ == "__main__":
    main()
