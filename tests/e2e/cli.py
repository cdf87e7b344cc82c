# SPDX-License-Identifier: GPL-2.0-or-later
"""What the tests of the command line share: running gtpdump, and captures to run it on.

The programs are named by the environment: GTPDUMP, MAKE_CAPTURE. GTP_CAPTURES is a directory of captures from elsewhere
that are no part of the project (default: ../shared/captures/given beside the source tree); tests that want them are
skipped where it is not there.
"""

import os
import shutil
import subprocess
import tempfile
import unittest

GTPDUMP = os.environ.get("GTPDUMP", "gtpdump")
MAKE_CAPTURE = os.environ.get("MAKE_CAPTURE", "make_capture")
SOURCE = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
CAPTURES = os.environ.get("GTP_CAPTURES") or os.path.join(os.path.dirname(SOURCE), "shared", "captures", "given")
TIMEOUT_S = 60


class Result:
    def __init__(self, status, out, err):
        self.status, self.out, self.err = status, out, err

    def lines(self):
        return self.out.decode().splitlines()


def gtpdump(*words, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, data=None, env=None):
    """Runs gtpdump to its end."""
    environment = {**os.environ, "TZ": "UTC", **(env or {})}
    source = {"input": data} if data is not None else {"stdin": stdin}
    done = subprocess.run([GTPDUMP, *map(str, words)], stdout=stdout, stderr=subprocess.PIPE, env=environment,
                          timeout=TIMEOUT_S, check=False, **source)
    return Result(done.returncode, done.stdout or b"", done.stderr.decode())


def given(name):
    """The path of a third-party capture, or a skip."""
    path = os.path.join(CAPTURES, name)
    if not os.path.exists(path):
        raise unittest.SkipTest(f"no {path} (set GTP_CAPTURES)")
    return path


def need_tool(name):
    if shutil.which(name) is None:
        raise unittest.SkipTest(f"{name} is not installed")
    return name


def need_root():
    if os.geteuid() != 0:
        raise unittest.SkipTest("needs root")


class Case(unittest.TestCase):
    """A test with a directory of its own, self.dir, and a small capture, self.demo."""

    @classmethod
    def setUpClass(cls):
        cls.shared = tempfile.mkdtemp(prefix="gtpdump-e2e-")
        cls.addClassCleanup(shutil.rmtree, cls.shared, ignore_errors=True)
        cls.demo = cls.make("demo")

    @classmethod
    def make(cls, kind):
        path = os.path.join(cls.shared, kind + ".pcap")
        subprocess.run([MAKE_CAPTURE, kind, path], check=True, timeout=TIMEOUT_S)
        return path

    def setUp(self):
        self.dir = tempfile.mkdtemp(dir=self.shared)

    def path(self, name):
        return os.path.join(self.dir, name)

    def ok(self, *words, **more):
        """Runs gtpdump, which must end well and without a word on stderr."""
        result = gtpdump(*words, **more)
        self.assertEqual((result.status, result.err), (0, ""))
        return result

    def fails(self, status, *words, **more):
        """Runs gtpdump, which must end with [status] and a message; returns the message."""
        result = gtpdump(*words, **more)
        self.assertEqual(result.status, status, result.err)
        self.assertTrue(result.err.startswith("gtpdump: "), result.err)
        return result.err
