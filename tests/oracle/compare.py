#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Compare gtpdump --json with what tshark says about the same captures, leaf by leaf.

    compare.py [--shared DIR] [--show N] [--only GLOB] [--no-exceptions] GTPDUMP

DIR holds captures/given/NAME and oracle/expected/NAME.ndjson.gz (default: $GTP_SHARED, else ../shared beside the source
tree). Without it the test is skipped: exit status 77.

A leaf is one scalar, or one list of scalars, under its path: frames align by number, layers by position, elements by
(type, instance, n-th such). A leaf is equal, different, missing (only tshark has it) or extra (only we have it). Extra
leaves inside an element's value or an extension header are free: that is where we decode more. All others count.

exceptions.tsv lists, by kind, where tshark is wrong: file glob, frames ("*", or "3,7-9"), a regular expression that is
searched in "PATH KIND" (followed by " tshark-malformed" when tshark calls that layer malformed), the reason, and the
test that holds our own value. A rule that matches nothing is an error, and so is a leaf that no rule explains.
"""
import argparse
import collections
import fnmatch
import gzip
import json
import os
import pathlib
import re
import subprocess
import sys

SKIP = 77
HERE = pathlib.Path(__file__).resolve().parent
SOURCE = HERE.parent.parent
# Ours alone, or tshark's alone: not protocol content.
NOT_COMPARED = {"schema", "interface", "session", "transaction", "notes", "raw", "oracle_notes", "tshark_fields"}
FREE_WHEN_EXTRA = re.compile(r"\.value(\.|$)|\.extension_headers")

Leaf = collections.namedtuple("Leaf", "path value layer")
Difference = collections.namedtuple("Difference", "file frame path kind theirs ours malformed")


class Rule:
    def __init__(self, line, number):
        columns = line.rstrip("\n").split("\t")
        if len(columns) != 5:
            sys.exit(f"exceptions.tsv:{number}: five columns expected, {len(columns)} found")
        self.glob, frames, pattern, self.reason, self.test = columns
        self.number = number
        self.frames = None if frames == "*" else self.read_frames(frames)
        self.pattern = re.compile(pattern)
        self.used = 0
        # "unit/x_test.cpp: words of the test": the file must have them.
        path, _, words = self.test.partition(": ")
        file = HERE.parent / path
        text = file.read_text(encoding="utf-8") if file.exists() else ""
        if not all(part in text for part in words.split(", test_")):
            sys.exit(f"exceptions.tsv:{number}: there is no test {self.test}")

    @staticmethod
    def read_frames(text):
        frames = set()
        for part in text.split(","):
            first, _, last = part.partition("-")
            frames.update(range(int(first), int(last or first) + 1))
        return frames

    def matches(self, difference):
        if not fnmatch.fnmatchcase(difference.file, self.glob):
            return False
        if self.frames is not None and difference.frame not in self.frames:
            return False
        subject = f"{difference.path} {difference.kind}" + (" tshark-malformed" if difference.malformed else "")
        return self.pattern.search(subject) is not None


def element_keys(elements):
    """Each element with the key it is aligned by and the name it is shown by."""
    seen = collections.Counter()
    for element in elements:
        identity = (element.get("type"), element.get("instance"))
        name = str(element.get("name", element.get("type")))
        if element.get("instance") is not None:
            name += f"/{element['instance']}"
        yield element, identity + (seen[identity],), name
        seen[identity] += 1


def collect(node, path, key, layer, leaves):
    """Fills [leaves]: alignment key -> Leaf."""
    if isinstance(node, dict):
        for name, child in node.items():
            if name in NOT_COMPARED:
                continue
            if name == "ies" and isinstance(child, list):
                for element, identity, shown in element_keys(child):
                    inside = f"{path}.ies[{shown}]"
                    leaves[key + ("ies", identity, "present")] = Leaf(inside + ".present", True, layer)
                    rest = {k: v for k, v in element.items() if k != "name"}
                    collect(rest, inside, key + ("ies", identity), layer, leaves)
            else:
                collect(child, f"{path}.{name}", key + (name,), layer, leaves)
    elif isinstance(node, list) and any(isinstance(x, (dict, list)) for x in node):
        for i, child in enumerate(node):
            collect(child, path + "[]", key + (i,), i if path == ".layers" else layer, leaves)
    elif isinstance(node, list):
        value = tuple(sorted(map(str, node))) if path.endswith(".flags") else tuple(node)
        leaves[key] = Leaf(path, value, layer)
    else:
        leaves[key] = Leaf(path, node, layer)


def leaves_of(packet):
    leaves = {}
    if packet is not None:
        collect(packet, "", (), None, leaves)
    return leaves


def read_packets(lines):
    packets = (json.loads(line) for line in lines if line.strip())
    return {packet["frame"]: packet for packet in packets}


def is_malformed(packet, layer):
    layers = packet["layers"] if packet is not None else []
    return layer is not None and layer < len(layers) and layers[layer].get("malformed", False)


def compare(name, expected, actual):
    """(equal leaves, differences that count)"""
    equal = 0
    differences = []
    for frame in sorted(expected.keys() | actual.keys()):
        theirs, ours = leaves_of(expected.get(frame)), leaves_of(actual.get(frame))
        for key in theirs.keys() | ours.keys():
            a, b = theirs.get(key), ours.get(key)
            if a is not None and b is not None and a.value == b.value:
                equal += 1
                continue
            kind = "missing" if b is None else "extra" if a is None else "different"
            leaf = a or b
            if kind == "extra" and FREE_WHEN_EXTRA.search(leaf.path):
                continue
            differences.append(Difference(name, frame, leaf.path, kind, a.value if a else None, b.value if b else None,
                                          is_malformed(expected.get(frame), leaf.layer)))
    return equal, differences


def shown(path):
    """Sixty groups in groups need not be read."""
    return path if len(path) <= 120 else f"{path[:60]}...{path[-57:]}"


def percent(equal, different):
    return 100.0 * equal / (equal + different) if equal + different else 100.0


def main():
    parser = argparse.ArgumentParser(description="compare gtpdump with tshark")
    parser.add_argument("gtpdump")
    parser.add_argument("--shared", default=os.environ.get("GTP_SHARED") or SOURCE.parent / "shared")
    parser.add_argument("--show", type=int, default=40, help="differences to print")
    parser.add_argument("--only", default="*", help="captures to compare; unused rules are then no error")
    parser.add_argument("--no-exceptions", action="store_true")
    options = parser.parse_args()

    expected_dir = pathlib.Path(options.shared) / "oracle" / "expected"
    captures_dir = pathlib.Path(options.shared) / "captures" / "given"
    if not expected_dir.is_dir() or not captures_dir.is_dir():
        print(f"skipped: no captures with expected output under {options.shared} (set GTP_SHARED)")
        return SKIP

    rules = []
    if not options.no_exceptions:
        with open(HERE / "exceptions.tsv", encoding="utf-8") as lines:
            rules = [Rule(line, n) for n, line in enumerate(lines, 1) if line.strip() and not line.startswith("#")]

    equal = files = excepted = 0
    open_differences = []
    for expected_file in sorted(expected_dir.glob("*.ndjson.gz")):
        name = expected_file.name[: -len(".ndjson.gz")]
        capture = captures_dir / name
        if not fnmatch.fnmatchcase(name, options.only) or not capture.exists():
            continue
        files += 1
        with gzip.open(expected_file, "rt", encoding="utf-8") as lines:
            expected = read_packets(lines)
        # Broken files end with status 1; what precedes the break is compared all the same.
        run = subprocess.run([options.gtpdump, "-r", capture, "--json"], capture_output=True, check=False, timeout=120)
        if run.returncode not in (0, 1):
            open_differences.append(Difference(name, 0, "exit status", "different", 0, run.returncode, False))
        same, differences = compare(name, expected, read_packets(run.stdout.decode("utf-8").splitlines()))
        equal += same
        for difference in differences:
            rule = next((r for r in rules if r.matches(difference)), None)
            if rule is None:
                open_differences.append(difference)
            else:
                rule.used += 1
                excepted += 1

    by_path = collections.Counter((d.file, d.path, d.kind) for d in open_differences)
    for (name, path, kind), count in by_path.most_common(options.show):
        sample = next(d for d in open_differences if (d.file, d.path, d.kind) == (name, path, kind))
        print(f"{count:6} {name} {shown(path)} {kind}: frame {sample.frame}: tshark {sample.theirs!r}, "
              f"gtpdump {sample.ours!r}" + (" (tshark-malformed)" if sample.malformed else ""))
    failed = bool(open_differences)
    for rule in rules:
        if rule.used == 0 and options.only == "*":
            print(f"exceptions.tsv:{rule.number}: matches nothing any more: {rule.reason}")
            failed = True
    print(f"{files} captures, {equal} equal leaves, {len(open_differences)} unexplained, "
          f"{excepted} by {len(rules)} exceptions; match "
          f"{percent(equal, len(open_differences) + excepted):.4f} % without exceptions, "
          f"{percent(equal, len(open_differences)):.4f} % with")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
