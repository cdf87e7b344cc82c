#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Every command of gtpgen in the manual pages is understood: those that send go to this host for a moment, those that
change the kernel's tunnels are written as the commands they stand for.

Usage: gtpgen_examples.py ROOT GTPGEN

Status 2, "not understood", is the only fault: a page's file, peer or module need not be here. Besides commands at
prompts, those in the text of gtp-troubleshooting(7) and gtp-tools(7).
"""
import os
import pathlib
import re
import shlex
import subprocess
import sys
import tempfile

import manual
import page

PEER = re.compile(r"^(192\.0\.2|198\.51\.100|203\.0\.113)\.\d+|^2001:db8:\S+")
SECONDS = 20


def commands(path):
    """At prompts, "$ " and "# ", and in the text."""
    source = path.read_text(encoding="utf-8")
    yield from page.commands(source)
    for block in page.LITERAL.findall(source):
        text = "\n".join(page.unescape(line) for line in block.splitlines())
        for command in re.findall(r"^# (gtpgen .*(?:\n +.*)*)", text, re.M):
            yield re.sub(r"\s+", " ", command.replace("\\\n", ""))
    for line in re.findall(r"^\.(?:Pq )?Li (gtpgen [^\n]*)", source, re.M):
        yield re.sub(r" [,.]$", "", page.unescape(line))


def adapted(words):
    """The same, harmless and short."""
    if words[0] == "tunnel" and len(words) > 1 and words[1] in ("add", "del"):
        return [*words, "--dry-run"]
    out = ["127.0.0.1" + word[PEER.match(word).end():] if PEER.match(word) and words[0] != "tunnel" else word
           for word in words]
    if words[0] == "echo" and not {"--pmtu", "--traceroute"} & set(words):
        out += ["-w", "0.2"]
    return out


def main():
    root, program = pathlib.Path(sys.argv[1]), os.path.abspath(sys.argv[2])
    count, faults = 0, []
    with tempfile.TemporaryDirectory() as directory:
        for name in ("ues.csv", "list.csv"):
            (pathlib.Path(directory) / name).write_text("1,127.0.0.1,10.45.0.2\n", encoding="ascii")
        for path in sorted((root / "man").glob("*.[1-9]")):
            for command in commands(path):
                for argv in manual.pipelines(command):
                    while argv and argv[0] == "sudo":
                        argv = argv[1:]
                    if len(argv) < 2 or argv[0] != "gtpgen":
                        continue
                    count += 1
                    words = adapted(argv[1:])
                    try:
                        # One that would run on has been understood.
                        done = subprocess.run([program, *words], cwd=directory, capture_output=True, text=True,
                                              check=False, timeout=1.5 if words[0] != "tunnel" else SECONDS)
                    except subprocess.TimeoutExpired:
                        continue
                    if done.returncode == 2:
                        faults.append(f"{path.name}: {shlex.join(argv)}\n  {done.stderr.strip()}")
    print("\n".join(faults) or f"{count} commands")
    return 1 if faults or count < 20 else 0


if __name__ == "__main__":
    sys.exit(main())
