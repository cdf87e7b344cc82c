#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0
"""The answers of both modules on both kernels against the table of differences
in docs/kernel-differences.md: every difference is in the table, with a reason
if it is one from mainline 6.12, and every line of the table is a difference.
usage: dropin_compare.py DIR TABLE [--write]
DIR has the output of dropin_cases.py as stock-6.1, stock-6.12, ours-6.1 and
ours-6.12; --write puts the table into the document instead of comparing."""

import os
import sys

BEGIN, END = "<!-- answers: begin -->", "<!-- answers: end -->"
KERNELS = ("6.1", "6.12")

# Why ours differs from mainline 6.12, by the start of the question.
WHY = {
    "family version": "says that our additions exist",
    "getpdp's command": "mainline's is the family's id, by accident",
    "text of a refusal": "every refusal says why",
    "dump LINK as u16": "a dump's attributes are checked, for it has filters",
    "found by the new TEID": "an update enters the tunnel under its new TEID",
    "not found by the old TEID": "an update enters the tunnel under its new TEID",
    "found by the new MS": "an update enters the tunnel under its new address",
    "not found by the old MS": "an update enters the tunnel under its new address",
    "MS and TEID, after": "the tables say what the tunnels are",
    "changelink OPTIONS": "may be changed while the link lives",
    "newlink OPTIONS": "an addition",
    "GETLINK": "an addition",
}


def answers(name):
    """Question to (errno and what belongs to it); continuation lines are part of it."""
    out, last = {}, None
    with open(name, encoding="utf-8") as f:
        for line in f:
            line = line.rstrip("\n")
            if line.startswith("  refusals"):
                continue
            if line.startswith("  "):
                out[last] = out[last][:1] + (line.split("\t", 1)[1],)
                continue
            last, answer = line.split("\t", 1)
            assert last not in out, f"asked twice: {last}"
            out[last] = (answer.split(" ", 1)[0], answer)
    return out


def cell(answer, reference):
    """The errno, and a sign if the rest of the answer differs from ours."""
    if answer is None:
        return "not asked"
    if answer[0] == reference[0] and answer != reference:
        return answer[0] + ", other content"
    return answer[0]


def why(question):
    return next((reason for start, reason in WHY.items() if question.startswith(start)), None)


def table(sets):
    rows, unexplained = [], []
    for question, ours in sets["ours", "6.12"].items():
        stock = {k: sets["stock", k].get(question) for k in KERNELS}
        if ours == stock["6.12"] == stock["6.1"]:
            continue
        reason = "" if ours == stock["6.12"] else why(question)
        if reason is None:
            unexplained.append(f"{question}: mainline 6.12 {stock['6.12']}, ours {ours}")
        rows.append(f"| {question} | {cell(stock['6.1'], ours)} | {cell(stock['6.12'], ours)} | "
                    f"{ours[0]} | {reason or 'as 6.12'} |")
    return ["| question | mainline 6.1 | mainline 6.12 | gtp-tools | why |",
            "|---|---|---|---|---|"] + rows, unexplained


def main(folder, document, *options):
    sets = {(who, kernel): answers(os.path.join(folder, f"{who}-{kernel}"))
            for who in ("ours", "stock") for kernel in KERNELS}
    failed = 0

    def check(name, problems):
        nonlocal failed
        failed += bool(problems)
        print(f"{'not ok' if problems else 'ok'} - {name}")
        for problem in problems:
            print("  " + problem)

    a, b = sets["ours", "6.1"], sets["ours", "6.12"]
    check(f"{len(b)} answers of ours are the same on 6.1 and 6.12",
          [f"{q}: 6.1 {a.get(q)}, 6.12 {b.get(q)}" for q in {**a, **b} if a.get(q) != b.get(q)])
    rows, unexplained = table(sets)
    check("every difference from mainline 6.12 has a reason", unexplained)
    with open(document, encoding="utf-8") as f:
        head, _, rest = f.read().partition(BEGIN)
        listed, _, tail = rest.partition(END)
    if "--write" in options:
        with open(document, "w", encoding="utf-8") as f:
            f.write(head + BEGIN + "\n" + "\n".join(rows) + "\n" + END + tail)
        listed = "\n".join(rows)
    listed = listed.strip().split("\n")
    check(f"the {len(rows) - 2} differences are those that the document lists",
          [f"not listed: {r}" for r in rows if r not in listed] +
          [f"listed, but not so: {r}" for r in listed if r not in rows])
    print(f"{3 - failed} passed, {failed} failed")
    return failed > 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
