#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Runs clang-tidy (.clang-tidy at the root) on a few files that stand for the rest. Usage: tidy.py ROOT BUILD

The whole tree takes minutes: `cmake --preset tidy && cmake --build --preset tidy`. Exits 77 (skipped) without
clang-tidy.
"""
import concurrent.futures
import os
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


def run(path, build):
    done = subprocess.run(
        ["clang-tidy", "-p", build, "--quiet", str(path)],
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, check=False,
    )
    return done.returncode, done.stdout


def main():
    root, build = pathlib.Path(sys.argv[1]), sys.argv[2]
    if shutil.which("clang-tidy") is None:
        print("skipped: no clang-tidy; scripts/install-deps test installs it")
        return 77
    missing = [name for name in FILES if not (root / name).is_file()]
    if missing:
        print(f"{', '.join(missing)}: moved? name another file in tests/checks/tidy.py")
        return 1
    # A process for each: version 14 takes the headers of one file for those of the next.
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        done = list(pool.map(lambda name: run(root / name, build), FILES))
    for name, (status, output) in zip(FILES, done):
        print(f"{name}: {'passed' if status == 0 else 'failed'}\n{output}".strip())
    return 1 if any(status for status, _ in done) else 0


if __name__ == "__main__":
    sys.exit(main())
