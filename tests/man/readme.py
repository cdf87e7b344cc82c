#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""The README shows what the programs print. Usage: readme.py ROOT BUILD

A comment before an indented block says where it comes from, and numbers in it may differ:

  <!-- screen: NAME -->                    tests/screens/expected/NAME.txt
  <!-- run: COMMAND -->                    what the command prints, below the command as a user would type it
  <!-- scripts/demo --keep core.pcap -->   the command shown, on that recording (skipped where no network can be recorded)

Every file that it links to is there.
"""
import os
import pathlib
import re
import shlex
import subprocess
import sys
import tempfile
import time

BLOCK = re.compile(r"<!-- (.*?) -->\n((?:    .*\n)+)")
NUMBER = re.compile(r"[-+]?\d[\d .,:]*(?:%|[kMG]?(?:pps|bit/s)| ?(?:us|µs|ms|s)\b)?")


def shape(text):
    """What must be the same: words and their order."""
    return [re.sub(r"\s+", " ", NUMBER.sub("# ", line)).strip() for line in text.strip().splitlines()]


def environment(build):
    paths = [str(build / name) for name in ("gtptop", "gtpgen", "gtpdump")]
    return dict(os.environ, PATH=":".join([*paths, os.environ["PATH"]]), LC_ALL="C.UTF-8", TZ="UTC")


def output(command, build, directory):
    """In a network namespace with somebody who reflects, if it loads."""
    argv = shlex.split(command)
    if argv[:2] == ["gtpgen", "load"]:
        script = ('ip link set lo up; gtpgen reflect -q -l "$0" >/dev/null 2>&1 & reflector=$!; sleep 1; "$@"; '
                  'status=$?; kill $reflector; wait; exit $status')
        argv = ["unshare", "--net", "sh", "-c", script, argv[2], *argv]
    done = subprocess.run(argv, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False, cwd=directory,
                          env=environment(build), timeout=60)
    return done.stdout


def recording(root, build, directory):
    """What the demo records; None where it has to show a generated capture."""
    file = pathlib.Path(directory) / "core.pcap"
    done = subprocess.run([root / "scripts/demo", "--only", "recording", "--build-dir", build, "--keep", file],
                          stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False, timeout=120)
    return file if done.returncode == 0 and "no core network is recorded" not in done.stdout else None


def compare(source, shown, got, faults):
    if shape(shown) != shape(got):
        faults.append(f"{source}\n--- README\n{shown}\n--- now\n{got}")


def main():
    root, build = pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2]).resolve()
    readme = (root / "README.md").read_text()
    faults, blocks = [], BLOCK.findall(readme)
    with tempfile.TemporaryDirectory() as directory:
        for source, block in blocks:
            lines = [line[4:] for line in block.rstrip("\n").splitlines()]
            kind, _, what = source.partition(": ")
            if kind == "screen":
                golden = (root / f"tests/screens/expected/{what}.txt").read_text().split("\n======== ")[0]
                if golden.rstrip().splitlines() != lines:
                    faults.append(f"{source}: the screen is another now")
                continue
            if kind != "run":
                if not recording(root, build, directory):
                    print(f"{source}: not compared, no network can be recorded here")
                    continue
                what = lines[0].removeprefix("$ ")
            shown = "\n".join(lines[1:])
            for _ in range(3):  # a busy host may be late
                got = output(what, build, directory)
                if shape(shown) == shape(got):
                    break
                time.sleep(1)
            compare(source, shown, got, faults)
    for link in re.findall(r"\]\(([^):]+)\)", readme):
        if not (root / link).exists():
            faults.append(f"there is no {link}")
    print("\n".join(faults))
    print(f"{len(blocks)} blocks, {len(faults)} faults")
    return 1 if faults or len(blocks) < 4 else 0


if __name__ == "__main__":
    sys.exit(main())
