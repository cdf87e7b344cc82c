#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Checks that the C++ sources are as clang-format lays them out. Usage: format.py ROOT [CLANG_FORMAT]

Exits 77 (skipped) without clang-format 14: other versions break lines differently.
"""
import pathlib
import re
import subprocess
import sys

VERSION = "14"
PARTS = ("libcommon", "gtpdump", "gtpgen", "gtptop", "tests")


def main():
    root = pathlib.Path(sys.argv[1])
    program = sys.argv[2] if len(sys.argv) > 2 else "clang-format"
    try:
        answer = subprocess.run([program, "--version"], capture_output=True, text=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        print(f"skipped: no {program}; scripts/install-deps test installs it")
        return 77
    if f"version {VERSION}." not in answer:
        print(f"skipped: {answer.strip()}; the layout is that of version {VERSION}")
        return 77
    files = sorted(str(path) for part in PARTS for path in (root / part).rglob("*.?pp"))
    done = subprocess.run(
        [program, "--dry-run", "-Werror", *files], capture_output=True, text=True, check=False, cwd=root
    )
    faulty = {}
    for path, line in re.findall(r"^(.+?):(\d+):\d+: error: ", done.stderr, re.M):
        faulty.setdefault(path, line)
    for path, line in sorted(faulty.items()):
        print(f"{pathlib.Path(path).relative_to(root)}:{line}: clang-format -i would change it")
    if done.returncode != 0 and not faulty:
        print(done.stderr)
    print(f"{len(files)} files, {len(faulty)} to format")
    return 1 if done.returncode != 0 or not files else 0


if __name__ == "__main__":
    sys.exit(main())
