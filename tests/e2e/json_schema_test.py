#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Hold gtpdump --json against docs/formats/gtp-json-1.schema.json: our own captures, and the shared ones when present.

    json_schema_test.py MAKE_CAPTURE GTPDUMP

The schema lets readers meet members they do not know; what we write has no member that the schema does not name.
Needs the Python package jsonschema; without it, status 77.
"""
import json
import os
import pathlib
import subprocess
import sys
import tempfile

try:
    from jsonschema import Draft202012Validator
except ImportError:
    print("skipped: the Python package jsonschema is not installed (Debian: python3-jsonschema)")
    sys.exit(77)

SOURCE = pathlib.Path(__file__).resolve().parent.parent.parent
CAPTURES = pathlib.Path(os.environ.get("GTP_CAPTURES") or SOURCE.parent / "shared" / "captures" / "given")
# Validation is slow; of packets that are built alike so many are checked per capture.
ALIKE = 20


def strict_schema():
    schema = json.loads((SOURCE / "docs/formats/gtp-json-1.schema.json").read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schema)
    for definition in schema["$defs"].values():
        if "properties" in definition:
            definition.setdefault("additionalProperties", False)
    return Draft202012Validator(schema)


def shape(node):
    """What a packet is built of, without its values."""
    if isinstance(node, dict):
        return tuple((key, node.get("name"), shape(value)) for key, value in node.items())
    if isinstance(node, list):
        return tuple({shape(value): None for value in node})
    return type(node).__name__


def check(validator, gtpdump, capture, options):
    run = subprocess.run([gtpdump, "-q", "-r", capture, "--json", *options], capture_output=True, check=False,
                         timeout=120)
    seen = {}
    faults = packets = 0
    for line in run.stdout.decode("ascii").splitlines():  # the format promises it
        packet = json.loads(line)
        packets += 1
        assert line.startswith('{"schema":"gtp-json/1","frame":'), line[:80]
        kind = hash(shape(packet))
        seen[kind] = seen.get(kind, 0) + 1
        if seen[kind] > ALIKE:
            continue
        for error in validator.iter_errors(packet):
            faults += 1
            if faults <= 5:
                print(f"{capture.name} frame {packet['frame']}: {error.json_path}: {error.message[:300]}")
    return packets, faults


def main():
    make_capture, gtpdump = sys.argv[1:3]
    validator = strict_schema()
    # The schema must be able to say no.
    assert not validator.is_valid({"schema": "gtp-json/1", "frame": 1, "len": 60, "caplen": 60, "layers": []})
    assert not validator.is_valid({"schema": "gtp-json/1", "frame": None})

    packets = faults = 0
    with tempfile.TemporaryDirectory() as directory:
        captures = []
        for name in ("demo", "bad", "fragments"):
            captures.append(pathlib.Path(directory) / f"{name}.pcap")
            subprocess.run([make_capture, name, captures[-1]], check=True, timeout=60)
        if CAPTURES.is_dir():
            captures += sorted(p for p in CAPTURES.iterdir() if p.suffix in (".pcap", ".pcapng"))
        else:
            print(f"no captures in {CAPTURES}: only our own are checked")
        for capture in captures:
            more, wrong = check(validator, gtpdump, capture, ["--raw"] if len(capture.name) % 2 else [])
            packets += more
            faults += wrong
    assert packets > 80, packets
    print(f"{len(captures)} captures, {packets} packets, {faults} faults")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
