#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Checks what no formatter does: licence line, length, tabs, line ends, header guards, paths of one machine, and that
the files that documents name are there.

Usage: style.py ROOT
"""
import pathlib
import re
import subprocess
import sys

MAX_LINES = 600
SPDX = re.compile(r"SPDX-License-Identifier: GPL-2\.0(-or-later|-only)?\b")
CODE = {".cpp", ".hpp"}
LICENSED = CODE | {".c", ".h", ".py", ".sh", ".cmake"}
# Data in a format of its own, and what is not ours to lay out.
SKIPPED = re.compile(r"(^|/)(LICENSE|COPYING)$|\.(pcap|pcapng|gz|xz|zst|json|ndjson|tsv|csv|txt|out)$|^tests/golden/")
MANUAL = re.compile(r"^man/[\w-]+\.[1-9]$")
NAMED_FILE = re.compile(r"`([\w.-]+(?:/[\w.-]+)*\.(?:cpp|hpp|c|h|py|md|yaml|cmake))`")
MACHINE_PATH = re.compile(r"(?<![\w.])/(work|home/\w+|root)/")


def tracked_files(root, *options):
    """What git knows, or as options of ls-files say; in an unpacked archive everything but the build directories."""
    git = subprocess.run(["git", "-C", root, "ls-files", "-z", *options], capture_output=True, text=True, check=False)
    if git.returncode == 0 and git.stdout:
        return [name for name in git.stdout.split("\0") if name and (root / name).is_file()]
    every = (path.relative_to(root) for path in root.rglob("*") if path.is_file())
    return sorted(str(path) for path in every if not path.parts[0].startswith((".", "build")))


def is_script(text):
    return text.startswith("#!")


def faults(name, data):
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        yield 1, "not UTF-8"
        return
    suffix = pathlib.PurePath(name).suffix
    lines = text.split("\n")
    if lines[-1] != "":
        yield len(lines), "no newline at the end"
    lines.pop()
    # A manual page is one by its nature.
    if len(lines) > MAX_LINES and not MANUAL.search(name):
        yield len(lines), f"{len(lines)} lines, {MAX_LINES} at most: split by concern"
    licensed = suffix in LICENSED or name.endswith("CMakeLists.txt") or is_script(text)
    if licensed and not any(SPDX.search(line) for line in lines[:2]):
        yield 1, "no SPDX licence line on top"
    if suffix == ".hpp" and "#pragma once" not in lines:
        yield 1, "no #pragma once"
    tabs = name.startswith(("kernel/", "tests/lab/")) or name.endswith(("Makefile", "Kbuild"))
    for number, line in enumerate(lines, 1):
        if "\r" in line:
            yield number, "carriage return"
        if "\t" in line and not tabs:
            yield number, "tab"
        if line != line.rstrip():
            yield number, "white space at the end of the line"
        if MACHINE_PATH.search(line) and not name.startswith("tests/checks/"):
            yield number, "path of one machine"


def missing_files(name, text, endings):
    """What a document names in `code` and is not in the tree, by its path or the end of it."""
    for number, line in enumerate(text.split("\n"), 1):
        for match in NAMED_FILE.finditer(line):
            if match[1] not in endings:
                yield number, f"names {match[1]}, which is not there"


def main():
    root = pathlib.Path(sys.argv[1])
    every = tracked_files(root)
    parts = [pathlib.PurePath(name).parts for name in every]
    endings = {"/".join(path[i:]) for path in parts for i in range(len(path))}
    names = [name for name in every if not SKIPPED.search(name)]
    count = 0
    for name in names:
        data = (root / name).read_bytes()
        found = list(faults(name, data))
        if name.endswith(".md"):
            found += missing_files(name, data.decode("utf-8", "replace"), endings)
        for number, what in found:
            print(f"{name}:{number}: {what}")
            count += 1
    print(f"{len(names)} files, {count} faults")
    return 1 if count or not names else 0


if __name__ == "__main__":
    sys.exit(main())
