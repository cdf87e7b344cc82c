#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Holds what gtptop writes with --json and -w against docs/formats/gtptop-json-1.schema.json and gtptop-record-1.

The schemas let readers meet members they do not know; what we write has no member that they do not name. Needs the
Python package jsonschema; without it, status 77. GTPTOP names the program.
"""
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

try:
    from jsonschema import Draft202012Validator
except ImportError:
    print("skipped: the Python package jsonschema is not installed (Debian: python3-jsonschema)")
    sys.exit(77)

GTPTOP = os.environ.get("GTPTOP", "gtptop")
SOURCE = pathlib.Path(__file__).resolve().parent.parent.parent
VIEWS = ("tunnels", "peers", "links", "events", "findings")


def schema(name):
    """The definitions by type, with no member but those they name."""
    whole = json.loads((SOURCE / f"docs/formats/{name}.schema.json").read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(whole)
    kinds = {}
    for reference in whole["oneOf"]:
        kind = reference["$ref"].rsplit("/", 1)[1]
        whole["$defs"][kind]["additionalProperties"] = False
    for reference in whole["oneOf"]:
        kind = reference["$ref"].rsplit("/", 1)[1]
        kinds[kind] = Draft202012Validator({"$defs": whole["$defs"], **reference})
    return kinds, Draft202012Validator(whole)


def gtptop(*words):
    return subprocess.run([GTPTOP, "--generate", "3000", "--generate-churn", "300", "-d", "0.2", *words], check=False,
                          stdin=subprocess.DEVNULL, capture_output=True, timeout=60)


class Schemas(unittest.TestCase):
    def check(self, kinds, lines):
        """Every line is what its type says; returns how many there are of each."""
        counts = {}
        for line in lines:
            found = json.loads(line)
            kind = found["type"]
            counts[kind] = counts.get(kind, 0) + 1
            faults = [f"{fault.json_path}: {fault.message}" for fault in kinds[kind].iter_errors(found)]
            self.assertEqual(faults, [], line)
        return counts

    def test_json_of_every_view(self):
        kinds, whole = schema("gtptop-json-1")
        for view, kind in zip(VIEWS, ("tunnel", "peer", "link", "event", "finding")):
            for more in ((), ("--generate-uncounted",)):
                done = gtptop("--json", "--view", view, "-n", "3", *more)
                counts = self.check(kinds, done.stdout.splitlines())
                self.assertEqual((done.returncode, counts["sample"]), (0, 3), done.stderr)
                self.assertGreaterEqual(counts[kind], 1)
        groups = gtptop("--json", "--group", "peer", "-n", "1").stdout.splitlines()
        self.assertGreater(self.check(kinds, groups)["tunnel"], 5)
        self.assertIn("tunnels", json.loads(groups[1]))
        old = gtptop("--json", "-n", "1", "ver = 0").stdout.splitlines()
        self.assertGreater(self.check(kinds, old)["tunnel"], 1)
        self.assertIn("tid", json.loads(old[1]))
        self.check(kinds, gtptop("--json", "-n", "1", "--columns", "ms,dn").stdout.splitlines())
        # And a row is of one type only.
        for line in [*groups[:2], *old[:2]]:
            self.assertTrue(whole.is_valid(json.loads(line)))

    def test_every_column_is_described(self):
        """So that a column that is new, and null in the generated network, is not forgotten."""
        kinds, _ = schema("gtptop-json-1")
        for view, kind in zip(VIEWS, ("tunnel", "peer", "link", "event", "finding")):
            row = next(json.loads(line) for line in gtptop("--json", "--view", view, "-n", "3").stdout.splitlines()
                       if f'"type":"{kind}"'.encode() in line)
            described = kinds[kind].schema["$defs"][kind]["properties"]
            self.assertEqual(set(row) - set(described), set())

    def test_the_schema_can_say_no(self):
        kinds, _ = schema("gtptop-json-1")
        sample = json.loads(gtptop("--json", "-n", "1").stdout.splitlines()[0])
        self.assertTrue(kinds["sample"].is_valid(sample))
        for change in ({"tunnels": None}, {"view": "tunnel"}, {"up_bits_per_second": -1}, {"traffic_from": "0"},
                       {"schema": "gtptop-json/2"}, {"more": 1}, {"time_ns": 1.5}):
            self.assertFalse(kinds["sample"].is_valid({**sample, **change}), change)

    def test_recording(self):
        kinds, _ = schema("gtptop-record-1")
        with tempfile.TemporaryDirectory() as directory:
            path = os.path.join(directory, "r.zst")
            self.assertEqual(gtptop("-b", "-n", "3", "-w", path).returncode, 0)
            lines = subprocess.run(["zstdcat", path], capture_output=True, check=True, timeout=60).stdout.splitlines()
        counts = self.check(kinds, lines)
        self.assertEqual((counts["header"], counts["sample"]), (1, 4))  # the first only makes rates possible
        for kind in ("time", "link", "tunnel", "tunnel_gone", "event"):
            self.assertGreater(counts[kind], 1, kind)
        tunnel = next(json.loads(line) for line in lines if b'"tunnel"' in line)
        for change in ({"i_tei": 2**32}, {"up_bytes": None}, {"link": "gtp0"}, {"more": 1}):
            self.assertFalse(kinds["tunnel"].is_valid({**tunnel, **change}), change)


if __name__ == "__main__":
    unittest.main()
