#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""The options of gtpdump are the same in the parser, in --help, in gtpdump(1) and in the three completions.

Usage: options.py ROOT GTPDUMP
"""
import pathlib
import re
import subprocess
import sys

import page

OPTION = r"(?<![\w-])--?[A-Za-z][a-z]*\b"


def declared(source):
    found = set(re.findall(r'app\.add_(?:option|flag)\("(-[\w-]+)"', source))
    return found | {"-h", "--help", "--version"}


def in_help(text):
    head = text.split("\n\n  gtpdump ")[0]
    return set(re.findall(OPTION, head.split("\n", 1)[1]))


def in_page(text):
    items = "\n".join(line for line in text.splitlines() if line.startswith(".It Fl"))
    return {"-" + name for name in re.findall(r"Fl (-?[\w-]+)", items)}


def in_fish(text):
    text = "\n".join(line for line in text.splitlines() if line.startswith("complete "))
    return {"-" + name for name in re.findall(r"-s (\w)\b", text)} | {
        "--" + name for name in re.findall(r"-l ([\w-]+)", text)}


def in_zsh(text):
    return set(re.findall(r"(?m)^ *'(?:\([^)]*\))?\*?(--?[\w-]+)[=+]?[\[:]", text)) | {
        name for names in re.findall(r"\{([^}]*)\}'\[", text) for name in names.split(",")}


def in_bash(text):
    return set(re.search(r"local options='([^']*)'", text)[1].split())


def values(source):
    """What the parser accepts for options with a fixed choice."""
    lists = {name: set(re.findall(r'"(\w+)"', words))
             for name, words in re.findall(r'add_option\("(-[\w-]+)"[^;]*IsMember\(\{([^}]*)\}', source)}
    uses = re.search(r"kUses\[\] = \{(.*?)\n  \};", source, re.S)[1]
    keys = re.search(r"kKeys\[\] = \{(.*?)\};", source, re.S)[1]
    lists["--port"] = set(re.findall(r'\{"([\w-]+)"', uses))
    lists["--follow"] = set(re.findall(r'\{"(\w+)"', keys))
    return lists


def main():
    root = pathlib.Path(sys.argv[1])
    source = (root / "gtpdump/options.cpp").read_text()
    manual = (root / "man/gtpdump.1").read_text()
    completions = {name: (root / "completions" / name).read_text() for name in
                   ("gtpdump.bash", "_gtpdump", "gtpdump.fish")}
    wanted = declared(source)
    places = {
        "--help": in_help(subprocess.run([sys.argv[2], "--help"], capture_output=True, text=True, check=True).stdout),
        "man/gtpdump.1": in_page(manual),
        "completions/gtpdump.bash": in_bash(completions["gtpdump.bash"]),
        "completions/_gtpdump": in_zsh(completions["_gtpdump"]),
        "completions/gtpdump.fish": in_fish(completions["gtpdump.fish"]),
    }
    faults = 0
    for place, found in places.items():
        for name in sorted(wanted - found):
            print(f"{place}: {name} is missing")
        for name in sorted(found - wanted):
            print(f"{place}: {name} is no option")
        faults += len(wanted ^ found)
    for name, choice in values(source).items():
        if not choice:
            print(f"options.cpp: no values found for {name}")
            faults += 1
        for place, text in {"man/gtpdump.1": page.words(manual), **completions}.items():
            # A completion names them all on one line; the page has a list.
            lines = text.splitlines() if place in completions else [text]
            missing = min(([value for value in sorted(choice) if not re.search(rf"(?<![\w-]){value}(?![\w-])", line)]
                           for line in lines), key=len)
            if missing:
                print(f"{place}: {name} {', '.join(missing)} is missing")
            faults += len(missing)
    print(f"{len(wanted)} options in {len(places) + 1} places, {faults} faults")
    return 1 if faults or len(wanted) < 20 else 0


if __name__ == "__main__":
    sys.exit(main())
