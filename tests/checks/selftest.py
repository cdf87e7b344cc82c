#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Proves that the checks beside this file find what they are for: each gets a tree with one fault in it."""
import pathlib
import subprocess
import sys
import tempfile
import unittest

HERE = pathlib.Path(__file__).resolve().parent
LICENCE = "// SPDX-License-Identifier: GPL-2.0-or-later\n"
GOOD = {
    "libcommon/util/a.hpp": LICENCE + "#pragma once\n",
    "libcommon/wire/b.hpp": LICENCE + '#pragma once\n#include "libcommon/util/a.hpp"\n',
    "libcommon/capture/c.cpp": LICENCE + '#include <pcap/pcap.h>\n\n#include "libcommon/wire/b.hpp"\n',
    "gtpdump/d.cpp": LICENCE + '#include "libcommon/wire/b.hpp"\n',
}


def run(check, **changes):
    """Status and output of a check on the good tree with [changes]: path (__ for /, _dot_ for .) and text."""
    with tempfile.TemporaryDirectory() as name:
        root = pathlib.Path(name)
        changed = {path.replace("__", "/").replace("_dot_", "."): text for path, text in changes.items()}
        for path, text in {**GOOD, **changed}.items():
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_text(text, encoding="utf-8")
        done = subprocess.run(
            [sys.executable, str(HERE / check), name], capture_output=True, text=True, check=False
        )
    return done.returncode, done.stdout


class Layers(unittest.TestCase):
    def refused(self, what, **changes):
        status, output = run("layers.py", **changes)
        self.assertEqual(status, 1, output)
        self.assertIn(what, output)

    def test_good_tree(self):
        self.assertEqual(run("layers.py")[0], 0)

    def test_lower_layer_includes_upper(self):
        self.refused("may not include libcommon/wire",
                     libcommon__util__x_dot_hpp=LICENCE + '#include "libcommon/wire/b.hpp"\n')

    def test_program_includes_program(self):
        self.refused("gtptop may not include gtpdump",
                     gtptop__x_dot_cpp=LICENCE + '#include "gtpdump/d.cpp"\n')

    def test_library_includes_program(self):
        self.refused("may not include gtpdump", libcommon__wire__x_dot_cpp=LICENCE + '#include "gtpdump/d.cpp"\n')

    def test_foreign_header_outside_its_home(self):
        self.refused("<pcap/pcap.h> belongs to", gtpdump__x_dot_cpp=LICENCE + "#include <pcap/pcap.h>\n")
        self.refused("<CLI/CLI.hpp> belongs to", gtpdump__main_dot_cpp=LICENCE + "#include <CLI/CLI.hpp>\n")

    def test_relative_path(self):
        self.refused("not a path from the root", libcommon__util__x_dot_cpp=LICENCE + '#include "a.hpp"\n')

    def test_unknown_part(self):
        self.refused("not in the table", libcommon__extra__x_dot_cpp=LICENCE)


class Style(unittest.TestCase):
    def refused(self, what, text, name="libcommon__util__x_dot_cpp"):
        status, output = run("style.py", **{name: text})
        self.assertEqual(status, 1, output)
        self.assertIn(what, output)

    def test_good_tree(self):
        self.assertEqual(run("style.py"), (0, "4 files, 0 faults\n"))

    def test_faults(self):
        self.refused("no SPDX", "int x;\n")
        self.refused("no #pragma once", LICENCE, "libcommon__util__x_dot_hpp")
        self.refused("tab", LICENCE + "\tint x;\n")
        self.refused("white space at the end", LICENCE + "int x; \n")
        self.refused("carriage return", LICENCE + "int x;\r\n")
        self.refused("no newline at the end", LICENCE + "int x;")
        self.refused("601 lines", LICENCE + "\n" * 600)
        self.refused("path of one machine", LICENCE + "// /home/" + "somebody/file\n")

    def test_documents(self):
        self.refused("x.md:2: names util/gone.hpp", "`libcommon/util/a.hpp`, `util/a.hpp`\n`util/gone.hpp`\n", "x_dot_md")


class Tally(unittest.TestCase):
    """scripts/tally.py: what counts as failed, and what a second look may mend."""

    FIRST = {"a": "run", "b.1-x": "fail", "c": "fail", "d": "notrun", "e": "notrun"}

    def tally(self, word, *reports):
        with tempfile.TemporaryDirectory() as name:
            files = []
            for number, report in enumerate(reports):
                skipped = {"d": "Fixture dependency failed", "e": "SKIP_RETURN_CODE=77"}
                files.append(pathlib.Path(name) / f"{number}.xml")
                files[-1].write_text("<testsuite>" + "".join(
                    f'<testcase name="{test}" status="{status}">' +
                    (f'<skipped message="{skipped[test]}"/>' if status == "notrun" else "") +
                    "<system-out>first\nno emulator\ntry: another host</system-out></testcase>"
                    for test, status in report.items()) + "</testsuite>", encoding="utf-8")
            done = subprocess.run([sys.executable, str(HERE.parent.parent / "scripts/tally.py"), word, *map(str, files),
                                   *([str(pathlib.Path(name) / "none.xml")] if len(files) == 1 else [])],
                                  capture_output=True, text=True, check=True)
        return done.stdout.splitlines()

    def test_failed_and_what_needed_it_run_again(self):
        self.assertEqual(self.tally("again", self.FIRST), ["^(b[.]1-x|c|d)$"])
        self.assertEqual(self.tally("again", {"a": "run", "e": "notrun"}), [])

    def test_counts(self):
        self.assertEqual(self.tally("count", self.FIRST), ["skipped: e: no emulator", "1 3 1"])

    def test_passing_alone_is_told(self):
        self.assertEqual(self.tally("count", self.FIRST, {"b.1-x": "run", "c": "fail", "d": "run", "fixture": "run"}),
                         ["skipped: e: no emulator", "unsteady: b.1-x failed beside others and passed alone",
                          "unsteady: d failed beside others and passed alone", "3 1 1"])
        self.assertEqual(self.tally("count", {"c": "fail"}, {"c": "fail"})[-1], "0 1 0")


if __name__ == "__main__":
    unittest.main(verbosity=1)
