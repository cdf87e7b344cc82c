#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Holds what gtpgen load, sink and reflect write with --json against docs/formats/gtpgen-load-1.schema.json.

The schema lets readers meet members they do not know; what we write has no member that the schema does not name.
Needs the Python package jsonschema; without it, status 77. GTPGEN names the program.
"""
import json
import pathlib
import socket
import sys
import tempfile
import unittest

try:
    from jsonschema import Draft202012Validator
except ImportError:
    print("skipped: the Python package jsonschema is not installed (Debian: python3-jsonschema)")
    sys.exit(77)

from gtpgen_middlebox_test import Peer, free_port, load

SOURCE = pathlib.Path(__file__).resolve().parent.parent.parent


def forbid_more(node):
    """Every object with properties has no others."""
    if isinstance(node, dict):
        if "properties" in node:
            node.setdefault("additionalProperties", False)
        for value in node.values():
            forbid_more(value)
    elif isinstance(node, list):
        for value in node:
            forbid_more(value)


def strict_schema():
    schema = json.loads((SOURCE / "docs/formats/gtpgen-load-1.schema.json").read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schema)
    forbid_more(schema)
    return Draft202012Validator(schema)


class Schema(unittest.TestCase):
    def setUp(self):
        self.validator = strict_schema()

    def check(self, report):
        faults = [f"{error.json_path}: {error.message[:200]}" for error in self.validator.iter_errors(report)]
        self.assertEqual(faults, [])

    def test_the_schema_can_say_no(self):
        port = free_port(socket.SOCK_DGRAM)
        report, _ = load(f"127.0.0.1:{port}", "--sport", "rand", "--expect", "none", "-c", 10)
        self.check(report)
        self.assertFalse(self.validator.is_valid({}))
        for change in ({"rx": {}}, {"verdict": "fine"}, {"duration_ns": -1}, {"more": 1}, {"tx": 0}):
            self.assertFalse(self.validator.is_valid({**report, **change}), change)

    def test_nothing_expected(self):
        """What is not measured is null."""
        report, _ = load(f"127.0.0.1:{free_port(socket.SOCK_DGRAM)}", "--sport", "rand", "--expect", "none", "-c", 10)
        self.check(report)
        self.assertIsNone(report["rx"])
        self.assertIsNone(report["latency_ns"])
        self.assertEqual(report["tx"]["packets"], 10)

    def test_there_and_back_with_files(self):
        port = free_port(socket.SOCK_DGRAM)
        reflect = Peer("reflect", "--listen", f"127.0.0.1:{port}", "--json", "-q")
        with tempfile.TemporaryDirectory() as directory:
            files = [str(pathlib.Path(directory) / name) for name in ("report.json", "intervals.csv", "buckets.csv")]
            report, _ = load(f"127.0.0.1:{port}", "--sport", "rand", "--expect", "reflect", "-n", 5, "-r", "2000pps",
                             "-d", "1s", "--live", "200ms", "--max-loss", "1%", "--max-p99", "10s", "--min-rate", "1%",
                             "--json-file", files[0], "--csv", files[1], "--hist", files[2])
            whole = reflect.end()
            self.check(report)
            self.check(whole)
            texts = [pathlib.Path(name).read_text(encoding="ascii") for name in files]
        self.assertEqual(json.loads(texts[0]), report)
        self.assertEqual([check["ok"] for check in report["checks"]], [True, True, True])
        # Intervals and buckets add up to the totals.
        self.assertGreaterEqual(len(report["intervals"]), 4)
        rows = [line.split(",") for line in texts[1].splitlines()]
        self.assertEqual(rows[0][:4], ["end_ns", "duration_ns", "tx_packets", "rx_packets"])
        self.assertEqual(len(rows) - 1, len(report["intervals"]))
        buckets = [[int(field) for field in line.split(",")] for line in texts[2].splitlines()[1:]]
        self.assertEqual([bucket[:2] for bucket in buckets], report["latency_ns"]["buckets"])
        self.assertEqual(buckets[-1][2], report["rx"]["packets"])
        latency = report["latency_ns"]
        self.assertTrue(latency["min"] <= latency["p50"] <= latency["p99"] <= latency["max"])

    def test_sink(self):
        port = free_port(socket.SOCK_DGRAM)
        sink = Peer("sink", "--listen", f"127.0.0.1:{port}", "--json", "-q")
        load(f"127.0.0.1:{port}", "--sport", "rand", "--expect", "none", "-n", 3, "-c", 300)
        report = sink.end()
        self.check(report)
        self.assertIsNone(report["tx"])
        self.assertEqual(report["rx"]["packets"], 300)
        self.assertEqual(report["rx"]["lost"], 0)
        self.assertEqual(report["latency_ns"]["kind"], "oneway-relative")
        self.assertEqual(report["latency_ns"]["min"], 0)
        self.assertEqual(report["tunnels"]["seen"], 3)


if __name__ == "__main__":
    unittest.main()
