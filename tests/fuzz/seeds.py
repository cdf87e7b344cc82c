#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Makes the seeds of the fuzz targets in a directory: from our own captures, and from those given.

    seeds.py --make-seeds P --make-load P --make-capture P DIRECTORY [CAPTURE...]
"""
import argparse
import gzip
import hashlib
import lzma
import pathlib
import shutil
import subprocess

FIXTURES = ("demo", "bad", "fragments")
LOADS = (("gpdu", 20), ("gtpv2", 400), ("mixed", 80))
LARGEST_COMPRESSED = 4096
FILTERS = (
    "teid 0x51a0ff17",
    "ms 10.45.0.0/16 and dn > 10M",
    "imsi 001010000000001 or type echo",
    "not (apn ~ inter* or teid in 1,2,3) and malformed",
    "type == echo_request and not (imsi != 00101 or ms 2001:db8::/32)",
)


def own_captures(options, directory):
    for name in FIXTURES:
        path = directory / f"{name}.pcap"
        subprocess.run([options.make_capture, name, path], check=True)
        yield path
    for kind, count in LOADS:
        path = directory / f"{kind}.pcap"
        subprocess.run([options.make_load, kind, str(count), path], check=True)
        yield path


def write(directory, octets):
    directory.mkdir(parents=True, exist_ok=True)
    (directory / hashlib.sha256(octets).hexdigest()[:16]).write_bytes(octets)


def compress(directory):
    """Each small capture in the three formats that are read."""
    zstd = shutil.which("zstd")
    for path in sorted((directory / "file").iterdir()):
        octets = path.read_bytes()[:LARGEST_COMPRESSED]
        write(directory / "compressed", gzip.compress(octets, mtime=0))
        write(directory / "compressed", lzma.compress(octets))
        if zstd:
            done = subprocess.run([zstd, "-qc"], input=octets, capture_output=True, check=True)
            write(directory / "compressed", done.stdout)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    for program in ("make-seeds", "make-load", "make-capture"):
        parser.add_argument(f"--{program}", required=True)
    parser.add_argument("directory", type=pathlib.Path)
    parser.add_argument("captures", nargs="*", type=pathlib.Path)
    options = parser.parse_args()

    shutil.rmtree(options.directory, ignore_errors=True)
    own = options.directory / "own"
    own.mkdir(parents=True)
    captures = [*own_captures(options, own), *options.captures]
    subprocess.run([options.make_seeds, options.directory, *captures], check=True)
    compress(options.directory)
    for text in FILTERS:
        write(options.directory / "filter", text.encode())


main()
