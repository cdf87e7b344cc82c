#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""What ctest's JUnit reports say, for scripts/test.

  tally.py again REPORT            the expression that ctest -R takes for the tests that failed; nothing if none did
  tally.py count REPORT [SECOND]   "PASSED FAILED SKIPPED" in the last line; above it each reason to skip, once, and what
                                   passed in the SECOND report only

A test that did not run because another failed has failed too. The SECOND report is of failed tests, run once more.
"""
import pathlib
import re
import sys
import xml.etree.ElementTree

DEPENDENCY = "Fixture dependency failed"


def cases(path):
    """{name: ("passed" | "failed" | "skipped", last line it wrote)}; empty where no test was selected."""
    file = pathlib.Path(path)
    if not file.exists() or file.stat().st_size == 0:
        return {}
    found = {}
    for case in xml.etree.ElementTree.parse(file).getroot().iter("testcase"):
        said = [line.strip() for line in (case.findtext("system-out") or "").splitlines() if line.strip()]
        said = [line for line in said if not line.startswith("try: ")]
        skipped = case.find("skipped")
        if case.get("status") == "fail" or (skipped is not None and skipped.get("message") == DEPENDENCY):
            state = "failed"
        elif skipped is not None or case.get("status") == "disabled":
            state = "skipped"
        else:
            state = "passed"
        found[case.get("name")] = (state, said[-1] if said else "not said why")
    return found


def failed(found):
    return [name for name, (state, _) in found.items() if state == "failed"]


def count(first, second):
    """The lines to print."""
    better = [name for name in failed(first) if second.get(name, ("",))[0] == "passed"]
    states = ["passed" if name in better else state for name, (state, _) in first.items()]
    reasons = {}
    for name, (state, reason) in first.items():
        if state == "skipped":
            reasons.setdefault(reason, []).append(name)
    lines = [f"skipped: {', '.join(names)}: {reason}" for reason, names in reasons.items()]
    lines += [f"unsteady: {name} failed beside others and passed alone" for name in better]
    return lines + [" ".join(str(states.count(state)) for state in ("passed", "failed", "skipped"))]


def main():
    if len(sys.argv) < 3 or sys.argv[1] not in ("again", "count"):
        sys.exit(__doc__)
    first = cases(sys.argv[2])
    if sys.argv[1] == "again":
        names = failed(first)
        if names:
            print("^(" + "|".join(re.sub(r"[.+]", r"[\g<0>]", name) for name in names) + ")$")
        return
    print("\n".join(count(first, cases(sys.argv[3]) if len(sys.argv) > 3 else {})))


if __name__ == "__main__":
    main()
