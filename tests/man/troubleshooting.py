#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""gtp-troubleshooting(7) and gtptop's findings are one list: the same ids with the same titles, both ways; what can be
provoked is provoked by tests/lab/trouble; the tree at the beginning fits one screen of 80x24.

Usage: troubleshooting.py ROOT GTPTOP
"""
import doctest
import pathlib
import re
import shutil
import subprocess
import sys

import scenarios

# Not in tests/lab/trouble, and why.
ELSEWHERE = {
    "GTP-502": "needs two processors and 20,000 packets a second, which the lab has not",
}


def catalogue(gtptop):
    """{"GTP-201": "path down"} as the program says it."""
    found = {}
    for number in range(100, 600):
        done = subprocess.run([gtptop, "--explain", str(number)], capture_output=True, text=True, check=False)
        match = re.match(r"(GTP-\d+) (.*) \(\w+\)\n", done.stdout)
        if done.returncode == 0 and match:
            found[match[1]] = match[2]
    return found


def rendered(path):
    done = subprocess.run(["mandoc", "-Tascii", "-O", "width=80", path], capture_output=True, text=True, check=False)
    return re.sub(".\x08", "", done.stdout).splitlines()


def main():
    root = pathlib.Path(sys.argv[1])
    path = root / "man/gtp-troubleshooting.7"
    source = path.read_text(encoding="utf-8")
    faults = ["scenarios.py: its examples fail"] if doctest.testmod(scenarios).failed else []

    program = catalogue(sys.argv[2])
    page = {heading[:7]: heading[8:] for heading in re.findall(r"^\.Ss (GTP-\d+ .*)$", source, re.M)}
    faults += [f"{id} {title}: gtptop finds it, the page has no such section" for id, title in program.items()
               if page.get(id) != title]
    faults += [f"{id} {title}: a section of the page, gtptop has no such finding" for id, title in page.items()
               if program.get(id) != title]
    if len(program) < 30:
        faults.append(f"gtptop has only {len(program)} findings")

    known = scenarios.read(path)
    provoked = set()
    for part in sorted((root / "tests/lab/trouble").glob("provoke_*.py")):
        provoked |= set(re.findall(r'^    "([^"]+)": Case\(', part.read_text(encoding="utf-8"), re.M))
    headings = {scenario.id or scenario.heading for scenario in known}
    faults += [f"{name}: has commands and is not provoked" for name in sorted(headings - provoked - ELSEWHERE.keys())]
    faults += [f"{name}: is provoked and not in the page" for name in sorted(provoked - headings)]
    faults += [f"{name}: neither provoked nor said why" for name in sorted(page.keys() - provoked - ELSEWHERE.keys())]
    for scenario in known:
        for look in scenario.looks:
            if not look.answered:
                faults.append(f"{scenario.heading}: no answer to: {look.command}")

    # Words of text that name an id name one that is there.
    for reference in set(re.findall(r"GTP\\-(\d{3})", source)):
        if f"GTP-{reference}" not in page:
            faults.append(f"GTP-{reference} is referred to and is no section")
    tree = re.search(r"^\.Sh START HERE\n\.Bd -literal\n(.*?)^\.Ed", source, re.M | re.S)[1]
    for reference in set(re.findall(r"(?<![\d.])\d{3}(?![\d.])", tree)):
        if f"GTP-{reference}" not in page:
            faults.append(f"the tree leads to {reference}, which is no section")
    if shutil.which("mandoc"):
        lines = rendered(path)
        end = next(number for number, line in enumerate(lines) if line.startswith("DESCRIPTION"))
        # The pager's prompt has the last line; the blank before the next heading may go.
        if end - 1 > 23 or max(map(len, lines[:end])) > 80:
            faults.append(f"the tree ends in line {end - 1} and is {max(map(len, lines[:end]))} wide: not one screen")

    print("\n".join(faults) or f"{len(page)} findings and {len(known) - len(headings & page.keys())} more scenarios, "
          f"{len(provoked)} provoked")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
