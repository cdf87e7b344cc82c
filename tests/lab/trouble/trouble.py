#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""trouble.py GTPTOP GTPGEN GTPDUMP [HEADING ...]: the scenarios of gtp-troubleshooting(7), provoked, looked at with the
commands that the page prints, mended as it says, and looked at again. As root in the lab.

What the page says that is seen must be seen, wrong and then right. Lines "@look {...}" are for tests/man/scenarios.py,
which writes them into the page. The last line counts.
"""
import contextlib
import json
import os
import pathlib
import sys
import tempfile
import time
import traceback

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent.parent
sys.path[:0] = [str(ROOT / "tests/man"), str(HERE)]
import scenarios  # noqa: E402
import world  # noqa: E402
from provoke import PROVOKED  # noqa: E402

results = {"ok": 0, "not ok": 0, "skip": 0}


def verdict(kind, what, *details):
    results[kind] += 1
    print("ok" if kind == "skip" else kind, "-", what, *(["# skip"] if kind == "skip" else []), flush=True)
    for detail in details:
        print("   ", detail, flush=True)


def judge(scenario, look, state, have):
    wanted = getattr(look, state)
    what = f"{scenario.heading}: {state}: {look.command}"
    if scenarios.same(wanted, have):
        return verdict("ok", what)
    return verdict("not ok", what, *(f"page: {line}" for line in wanted or ["(nothing)"]),
                   *(f"said: {line}" for line in have or ["(nothing)"]))


def looked(scenario, case, state):
    """What the scenario's looks say now, in the page's order."""
    around = case.traffic if state == "right" else case.fault or case.traffic
    wrapper = case.wrapper if state == "wrong" else ()
    said = []
    for look in scenario.looks:
        with around() if around else contextlib.nullcontext():
            time.sleep(0.3 if around else 0)
            said.append(world.run(look.command, wrapper=wrapper))
    return said


def play(scenario, case):
    reason = case.reason_to_skip()
    if reason:
        return verdict("skip", f"{scenario.heading}: {reason}")
    world.fresh(link=case.link, peer=case.peer)
    with case.keep() if case.keep else contextlib.nullcontext() as kept:
        case.break_it()
        wrong = looked(scenario, case, "wrong")
        if case.release:
            case.release(kept)
        for fix in scenario.fixes if case.fixes_run else ():
            for line in world.run(fix):
                print("   ", fix, "->", line)
        case.mend_it()
        right = looked(scenario, case, "right")
        if case.after:
            case.after()
    for look, was, now in zip(scenario.looks, wrong, right):
        print("@look", json.dumps({"heading": scenario.heading, "command": look.command, "wrong": was, "right": now}))
        judge(scenario, look, "wrong", was)
        judge(scenario, look, "right", now)
    if scenario.id and case.found:
        verdict("ok" if any(scenario.id in line for said in wrong for line in said) else "not ok",
                f"{scenario.id} is found")
        verdict("not ok" if any(scenario.id in line for said in right for line in said) else "ok",
                f"{scenario.id} is gone")
    return None


def main():
    if "LAB_MODULE" not in os.environ:
        print("trouble.py runs in the lab: tests/lab/run -- trouble.py GTPTOP GTPGEN GTPDUMP")
        return 77
    programs, chosen = sys.argv[1:4], sys.argv[4:]
    with tempfile.TemporaryDirectory() as directory:
        for name, program in zip(("gtptop", "gtpgen", "gtpdump"), programs):
            os.symlink(os.path.abspath(program), os.path.join(directory, name))
        path = directory + ":" + os.environ["PATH"]
        os.environ["PATH"] = world.ENVIRONMENT["PATH"] = path
        for scenario in scenarios.read(ROOT / "man/gtp-troubleshooting.7"):
            if chosen and not any(scenario.heading.startswith(word) for word in chosen):
                continue
            case = PROVOKED.get(scenario.id or scenario.heading)
            if case is None:
                continue  # tests/man/troubleshooting.py asks why
            started = time.monotonic()
            try:
                play(scenario, case)
            except Exception as error:  # of one scenario; the others have their turn
                verdict("not ok", f"{scenario.heading}: {error!r}")
                traceback.print_exc()
            print(f"    {time.monotonic() - started:.0f} s", flush=True)
    print(f"{results['ok']} passed, {results['not ok']} failed, {results['skip']} skipped")
    return 1 if results["not ok"] or not results["ok"] else 0


if __name__ == "__main__":
    sys.exit(main())
