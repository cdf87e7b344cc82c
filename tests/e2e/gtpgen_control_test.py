#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""A sink's control connection (docs/formats/gtpgen-control-1.md), spoken by hand: who owns a trial, what is refused,
and what becomes of a trial whose owner goes away. GTPGEN names the program."""
import json
import socket
import struct
import time
import unittest

from gtpgen_middlebox_test import Peer, free_port


def g_pdu(run, tunnel, sequence):
    payload = struct.pack("!HB3sIHIH", 0x4754, 0, tunnel.to_bytes(3, "big"), sequence, 0, 1000, run)
    udp = struct.pack("!HHHH", 1000, 2000, 8 + len(payload), 0) + payload
    ip = struct.pack("!BBHHHBBH4s4s", 0x45, 0, 20 + len(udp), 0, 0x4000, 64, 17, 0, bytes([10, 45, 0, 1]),
                     bytes([10, 46, 0, 1]))
    total = sum(struct.unpack("!10H", ip))
    total = (total & 0xffff) + (total >> 16)
    ip = ip[:10] + struct.pack("!H", ~((total & 0xffff) + (total >> 16)) & 0xffff) + ip[12:]
    return struct.pack("!BBHI", 0x30, 255, len(ip + udp), 1 + tunnel) + ip + udp


class Client:
    def __init__(self, port, greet=True):
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=10)
        self.file = self.socket.makefile("rb")
        if greet:
            self.hello = self.ask({"op": "hello", "schema": "gtpgen.control/1", "boot": "elsewhere"})

    def ask(self, question):
        line = question if isinstance(question, bytes) else json.dumps(question).encode()
        self.socket.sendall(line + b"\n")
        answer = self.file.readline()
        return json.loads(answer) if answer else None

    def close(self):
        self.file.close()
        self.socket.close()


class Control(unittest.TestCase):
    def setUp(self):
        self.control, self.port = free_port(socket.SOCK_STREAM), free_port(socket.SOCK_DGRAM)
        self.sink = Peer("sink", "--listen", f"127.0.0.1:{self.port}", "--control", f"127.0.0.1:{self.control}",
                         "--json", "-q")
        self.addCleanup(self.sink.close)
        self.sender = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.addCleanup(self.sender.close)

    def client(self, greet=True):
        client = Client(self.control, greet)
        self.addCleanup(client.close)
        return client

    def send(self, *numbers, run=7, tunnel=0):
        for sequence in numbers:
            self.sender.sendto(g_pdu(run, tunnel, sequence), ("127.0.0.1", self.port))

    def start(self, client, run=7, tunnels=2):
        return client.ask({"op": "start", "run": run, "tunnels": tunnels, "epoch_ns": 0})

    def test_a_trial(self):
        client = self.client()
        self.assertEqual(client.hello["schema"], "gtpgen.control/1")
        self.assertFalse(client.hello["same_clock"])
        self.send(0, 1, 2)  # before the trial
        time.sleep(0.1)
        self.assertTrue(self.start(client)["ok"])
        self.send(0, 1, 1, 3)
        self.send(0, run=8)
        self.send(0, tunnel=5)
        time.sleep(0.2)
        counts = client.ask({"op": "counts"})["result"]
        self.assertNotIn("totals", counts)
        self.assertEqual((counts["stream"]["received"], counts["stream"]["duplicate"]), (3, 1))
        stop = {"op": "stop", "sent": 12, "drain_ns": 100_000_000}
        result = client.ask({**stop, "sent_runs": [[1, 5], [1, 7]]})["result"]
        self.assertEqual(result["totals"]["expected"], 12)
        self.assertEqual(result["totals"]["received"], 3)
        self.assertEqual(result["totals"]["lost"], 9)
        self.assertEqual(result["totals"]["worst"], [[1, 7, 7], [0, 2, 5]])
        self.assertEqual((result["counts"]["unknown_run"], result["counts"]["unknown_tunnel"]), (1, 1))
        self.assertEqual(result["latency"]["kind"], 2)
        # Without the rows, the total is known all the same.
        self.start(client, run=9)
        self.send(0, 1, run=9)
        totals = client.ask({**stop, "sent": 10})["result"]["totals"]
        self.assertEqual((totals["expected"], totals["received"], totals["lost"]), (10, 2, 8))

    def test_one_owner(self):
        first, second = self.client(), self.client()
        self.assertTrue(self.start(first)["ok"])
        self.assertEqual(self.start(second, run=8), {"ok": False, "error": "another trial is running"})
        self.assertFalse(second.ask({"op": "stop", "sent": 1, "drain_ns": 0})["ok"])
        self.assertTrue(second.ask({"op": "counts"})["ok"])
        first.close()
        for _ in range(50):
            answer = self.start(second, run=8)
            if answer["ok"]:
                break
            time.sleep(0.05)
        self.assertTrue(answer["ok"], "the trial ends with the connection of its owner")

    def test_nonsense(self):
        client = self.client(greet=False)
        self.assertEqual(client.ask({"op": "counts"}), {"ok": False, "error": "hello comes first"})
        for line in (b"", b"\xff\xfe", b"[" * 1000, b'{"op":"start","run":1,"tunnels":99999999,"epoch_ns":1}', b"{}"):
            self.assertFalse(client.ask(line)["ok"], line)
        client.socket.sendall(b"x" * 300_000)
        try:
            self.assertEqual(client.file.readline(), b"", "a line without an end ends the connection")
        except ConnectionResetError:
            pass
        # More than it takes: the ninth is turned away, the others are served.
        clients = [self.client() for _ in range(8)]
        self.assertTrue(clients[-1].ask({"op": "counts"})["ok"])
        ninth = socket.create_connection(("127.0.0.1", self.control), timeout=10)
        self.addCleanup(ninth.close)
        self.assertEqual(ninth.recv(10), b"")

    def test_it_counts_without_a_trial(self):
        self.send(0, 1, 3)
        self.send(5, 6, run=8)
        time.sleep(0.2)
        report = self.sink.end()
        self.assertEqual((report["rx"]["packets"], report["rx"]["lost"]), (5, 6))
        self.assertEqual(report["rx"]["unknown_run"], 0)


if __name__ == "__main__":
    unittest.main()
