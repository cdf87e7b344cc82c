#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Compare gtpdump's output on our own captures with the texts in this directory.

    golden.py [--update] MAKE_CAPTURE GTPDUMP FIXTURE

FIXTURE.MODE.txt is what `gtpdump -r FIXTURE.pcap` with the options of MODE prints; a line "exit status N" follows when
N is not 0. --update writes the files anew: read the difference before you commit it.
"""
import argparse
import difflib
import os
import pathlib
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent

MODES = {
    "demo": {
        "summary": ["-t", "utc"],
        "tree": ["-v", "-t", "utc"],
        "hex": ["-x", "-t", "relative", "frame {1, 5, 23, 26, 36, 40}"],
        "json": ["--json"],
        "fields": ["--fields", "frame,time,src,dst,message,teid,seid,imsi,apn,cause,qfi,ue,inner_src,inner_dst"],
        "stats": ["--stats"],
        "follow": ["--follow", "imsi=001010123456789", "-t", "none"],
    },
    "bad": {
        "summary": ["-t", "delta"],
        "tree": ["-v", "-t", "none"],
        "hex": ["-x", "-t", "none", "frame {3, 4, 15, 18, 22}"],
        "json": ["--json"],
        "check": ["--check"],
    },
    "fragments": {
        "summary": ["-t", "relative"],
        "json": ["--json"],
    },
}


def output_of(gtpdump, capture, options):
    # Times are asked for in UTC or relative; TZ is for what slips through.
    environment = {**os.environ, "TZ": "UTC", "LC_ALL": "C.UTF-8", "NO_COLOR": "1"}
    # The file's name is in some messages, so it is a short one.
    run = subprocess.run([gtpdump, "-q", "-r", capture.name, *options], cwd=capture.parent, capture_output=True,
                         check=False, timeout=60, env=environment)
    text = run.stdout.decode("utf-8") + run.stderr.decode("utf-8")
    return text + (f"exit status {run.returncode}\n" if run.returncode != 0 else "")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--update", action="store_true")
    parser.add_argument("make_capture")
    parser.add_argument("gtpdump")
    parser.add_argument("fixture", choices=MODES)
    options = parser.parse_args()

    failed = False
    with tempfile.TemporaryDirectory() as directory:
        capture = pathlib.Path(directory) / f"{options.fixture}.pcap"
        subprocess.run([options.make_capture, options.fixture, capture], check=True, timeout=60)
        for mode, arguments in MODES[options.fixture].items():
            golden = HERE / f"{options.fixture}.{mode}.txt"
            actual = output_of(os.path.abspath(options.gtpdump), capture, arguments)
            if options.update:
                golden.write_text(actual, encoding="utf-8")
                continue
            expected = golden.read_text(encoding="utf-8") if golden.exists() else ""
            if actual != expected:
                failed = True
                sys.stdout.writelines(difflib.unified_diff(expected.splitlines(True), actual.splitlines(True),
                                                           golden.name, "gtpdump " + " ".join(arguments)))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
