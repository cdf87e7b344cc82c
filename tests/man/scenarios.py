#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""The scenarios of gtp-troubleshooting(7) as the page's source has them, and what of their output must be the same.

Usage: scenarios.py update PAGE LOG ...    writes into PAGE what a run of tests/lab/trouble has printed to LOG

A scenario is a subsection. In its literal blocks a line with "$ " is a look, which changes nothing, and a line with
"# " mends. Below a look is what it says when things are wrong and when they are right:

    $ ip route get 10.45.0.2
    wrong:  RTNETLINK answers: Network is unreachable
    right:  10.45.0.2 dev gtp0 src 10.45.0.1 uid 0
            cache

Further lines of an answer are indented by eight blanks, the rest of a line that is too long by ten.
"""
import dataclasses
import json
import pathlib
import re
import sys

import page

SECTION = re.compile(r"^\.Ss ([^\n]*)\n(.*?)(?=^\.S[sh] |\Z)", re.M | re.S)
NUMBER = re.compile(r"\d[\d,]*(\.\d+)?(%|ns|us|ms|s|m|h|k|M|G|Ki|Mi)?(\d+s)?")
TIME = re.compile(r"\d{2,}:\d{2}:\d{2}(\.\d+)?")
# Behind these words a number is what the line is about.
EXACT = {"mtu", "MTU", "=", "ID", "QFI", "status"}
NOTHING = "(nothing)"
MOST_LINES = 6


@dataclasses.dataclass
class Look:
    command: str
    wrong: list
    right: list
    answered: bool = False  # "(nothing)" is an answer too


@dataclasses.dataclass
class Scenario:
    heading: str
    looks: list
    fixes: list

    @property
    def id(self):
        """The finding's: "GTP-302"; None of a scenario that no finding tells."""
        match = re.match(r"GTP-\d{3} ", self.heading)
        return match[0].strip() if match else None

    @property
    def title(self):
        return self.heading.removeprefix(f"{self.id} ") if self.id else self.heading


def unfolded(lines):
    """An answer's lines as the program wrote them."""
    out = []
    for line in lines:
        text = line.removeprefix("wrong:").removeprefix("right:")
        if out and line.startswith(" " * 10):
            out[-1] += " " + text.strip()
        else:
            out.append(text.strip())
    return [] if out == [NOTHING] else out


def read_block(lines, looks, fixes):
    answer = None
    for line in lines:
        if line.startswith("$ "):
            looks.append(Look(line[2:], [], []))
            answer = None
        elif line.startswith("# "):
            fixes.append(line[2:])
            answer = None
        elif line.startswith(("wrong:", "right:")):
            if not looks:
                raise ValueError(f"an answer without a look: {line}")
            answer = looks[-1].wrong if line.startswith("wrong:") else looks[-1].right
            answer.append(line)
        elif line.startswith(" ") and answer is not None:
            answer.append(line)
        elif line.startswith(" ") and fixes:
            fixes[-1] += "\n" + line
        elif line:
            raise ValueError(f"not understood: {line}")


def read(path):
    """Every scenario of the page, in its order."""
    found = []
    for heading, body in SECTION.findall(pathlib.Path(path).read_text(encoding="utf-8")):
        looks, fixes = [], []
        for block in page.LITERAL.findall(body):
            read_block([page.unescape(line) for line in block.splitlines()], looks, fixes)
        for look in looks:
            look.answered = bool(look.wrong and look.right)
            look.wrong, look.right = unfolded(look.wrong), unfolded(look.right)
        if looks or fixes:
            found.append(Scenario(page.unescape(heading), looks, fixes))
    return found


def token(word, before):
    """What must be the same of a word: numbers vary, but 0 is not 1, nor an address another."""
    if TIME.fullmatch(word.rstrip(",;:)")):
        return "TIME"
    head, equals, tail = word.rpartition("=")
    bare = tail.rstrip(",;:)")
    if not NUMBER.fullmatch(bare) or before in EXACT:
        return word
    digits = re.match(r"[\d.,]+", bare)[0].replace(",", "")
    return f"{head}{equals}{'0' if float(digits.rstrip('.')) == 0 else '#'}"


def decisive(line):
    words = re.sub(r"(pid|fd|uid)=\d+", r"\1=#", line).split()
    return [token(word, before) for before, word in zip(["", *words], words)]


def same(wanted, have):
    """Do the page's lines say what the command said? "..." ends a line that the page cuts.

    >>> same(["19 packets, 08:15:01, 50% of 1,000"], ["7  packets, 23:59:59,  3% of 12"])
    True
    >>> same(["7 packets"], ["0 packets"]), same(["192.0.2.1"], ["192.0.2.2"]), same(["mtu 1400"], ["mtu 1480"])
    (False, False, False)
    >>> same([], ["something"]), same(["seq=1 pid=7"], ["seq=2 pid=9"]), same(["try: this ..."], ["try: this or that"])
    (False, True, True)
    """
    if len(wanted) != min(len(have), MOST_LINES):
        return False
    for left, right in zip(wanted, have):
        cut = left.endswith("...")
        left, right = decisive(left.removesuffix("...")), decisive(right)
        if (right[:len(left)] if cut else right) != left:
            return False
    return True


def folded(label, lines):
    """An answer as the page has it."""
    out = []
    for number, line in enumerate(lines[:MOST_LINES] or [NOTHING]):
        words = line.replace("\t", "  ").replace("…", "...").split(" ")
        row = f"{label if number == 0 else '':8}"
        fresh = True
        for word in words:
            if len(row) + len(word) + (not fresh) > page.WIDTH and not fresh:
                out.append(row)
                row, fresh = " " * 10, True
            row += word if fresh else " " + word
            fresh = False
        out.append(row)
    return "".join(page.escape(row.rstrip()) + "\n" for row in out)


def update(path, said):
    """said: {(heading, command): {"wrong": lines, "right": lines}} becomes the page's answers."""
    count = 0

    def section(match):
        def block(literal):
            nonlocal count
            out, heading = "", page.unescape(match[1])
            command = None
            for line in literal[1].splitlines():
                text = page.unescape(line)
                if text.startswith("$ "):
                    command = text[2:]
                known = said.get((heading, command))
                if known and (text.startswith(("wrong:", "right:", " " * 8))):
                    continue
                out += line + "\n"
                if known and text.startswith("$ "):
                    count += 1
                    out += folded("wrong:", known["wrong"]) + folded("right:", known["right"])
            return literal[0].replace(literal[1], out)

        return f".Ss {match[1]}\n" + page.LITERAL.sub(block, match[2])

    text = path.read_text(encoding="utf-8")
    path.write_text(SECTION.sub(section, text), encoding="utf-8")
    return count


def main():
    _, what, path, *logs = sys.argv
    if what != "update":
        sys.exit(__doc__)
    said = {}
    for log in logs:
        for line in re.findall(r"^@look (.*)$", pathlib.Path(log).read_text(encoding="utf-8"), re.M):
            entry = json.loads(line)
            said[entry["heading"], entry["command"]] = entry
    print(f"{update(pathlib.Path(path), said)} answers written")


if __name__ == "__main__":
    main()
