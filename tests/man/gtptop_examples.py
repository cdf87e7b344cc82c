#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Every command of gtptop in the manual pages runs, on a generated network, and every finding is explained.

Usage: gtptop_examples.py ROOT GTPTOP
"""
import os
import pathlib
import re
import subprocess
import sys
import tempfile

import manual
import page

NETWORK = ["--generate", "300"]
# What is about the host itself is parsed only: the rest of the command runs on the network that is generated.
OF_THE_HOST = ("--netns", "--link", "--tap", "--config", "--probe", "--listen")


def adapted(argv):
    """The words of an example, so that it ends soon and needs no kernel, right or file of this host."""
    words = list(argv)
    network = [] if "-r" in words or "--replay" in words or "--explain" in words else NETWORK
    for option in OF_THE_HOST:
        if option in words:
            at = words.index(option)
            del words[at:at + (2 if at + 1 < len(words) and not words[at + 1].startswith("-") else 1)]
    if "-d" in words:
        at = words.index("-d")
        del words[at:at + 2]
    if "-n" in words:
        at = words.index("-n")
        words[at + 1] = "1"
    elif "-r" not in words and "--explain" not in words:
        words = ["-n", "1", *words]
    return [*network, *([] if "--explain" in words else ["-d", "0.1"]), *words]


def examples(root):
    for path in sorted((root / "man").glob("*.[1-9]")):
        for command in page.commands(path.read_text()):
            for argv in manual.pipelines(command):
                while argv and argv[0] == "sudo":
                    argv = argv[1:]
                if argv and argv[0] == "gtptop":
                    yield path.name, command, argv[1:]


def main():
    root, program = pathlib.Path(sys.argv[1]).resolve(), os.path.abspath(sys.argv[2])
    count = 0
    faults = []
    with tempfile.TemporaryDirectory() as directory:
        for name, command, argv in examples(root):
            count += 1
            # The filter of the page may match nothing here, and the network is ill on purpose.
            fine = (0, 1, 2, 3) if "--check" in argv else (0, 5)
            done = manual.run([program, *adapted(argv)], directory)
            if done.returncode not in fine or (done.returncode == 2 and b"try:" in done.stderr):
                faults.append(f"{name}: {command}\n  exit status {done.returncode}: {done.stderr.decode().strip()}")
        manual_page = (root / "man/gtptop.8").read_text()
        for finding in re.findall(r"(?m)^\.It Li (GTP-\d+)", manual_page):
            count += 1
            done = manual.run([program, "--explain", finding], directory)
            if done.returncode != 0 or not done.stdout.decode().startswith(finding + " "):
                faults.append(f"--explain {finding}: {done.stderr.decode().strip()}")
    print("\n".join(faults))
    print(f"{count} commands, {len(faults)} faults")
    return 1 if faults or count < 10 else 0


if __name__ == "__main__":
    sys.exit(main())
