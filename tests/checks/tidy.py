#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Runs clang-tidy (.clang-tidy at the root) on a few files that stand for the rest. Usage: tidy.py ROOT BUILD

The whole tree takes minutes: `cmake --preset tidy && cmake --build --preset tidy`. Exits 77 (skipped) without
clang-tidy.
"""
import pathlib
import shutil
import subprocess
import sys

# One per kind of code: text, wire format, table walk, packet decoding, file reading, threads.
FILES = [
    "libcommon/util/units.cpp",
    "libcommon/wire/ie.cpp",
    "libcommon/wire/value/gtpv1_qos.cpp",
    "libcommon/packet/ip_header.cpp",
    "libcommon/capture/pcap_reader.cpp",
    "gtpdump/pipeline/pipeline.cpp",
]


def main():
    root, build = pathlib.Path(sys.argv[1]), sys.argv[2]
    if shutil.which("clang-tidy") is None:
        print("skipped: no clang-tidy; scripts/install-deps test installs it")
        return 77
    missing = [name for name in FILES if not (root / name).is_file()]
    if missing:
        print(f"{', '.join(missing)}: moved? name another file in tests/checks/tidy.py")
        return 1
    done = subprocess.run(
        ["clang-tidy", "-p", build, "--quiet", *(str(root / name) for name in FILES)],
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, check=False,
    )
    print(done.stdout.strip())
    print(f"{len(FILES)} files, clang-tidy's status {done.returncode}")
    return 1 if done.returncode else 0


if __name__ == "__main__":
    sys.exit(main())
