#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""gtptop as an operator runs it: on a terminal (tmux), into pipes, with terminals that cannot do it."""

import json
import os
import shutil
import signal
import subprocess
import tempfile
import time
import unittest

GTPTOP = os.environ.get("GTPTOP", "gtptop")
NETWORK = ["--generate", "3000", "--generate-churn", "5"]


def run(*words, env=None, **more):
    return subprocess.run([GTPTOP, *words], stdin=subprocess.DEVNULL, capture_output=True, timeout=60, check=False,
                          env={**os.environ, **(env or {})}, **more)


class Outputs(unittest.TestCase):
    def test_a_pipe_gets_one_table_without_escapes(self):
        done = run(*NETWORK)
        self.assertEqual(done.returncode, 0)
        self.assertNotIn(b"\x1b", done.stdout)
        self.assertIn(b"3,000 of 3,000 tunnels", done.stdout)

    def test_json_is_json(self):
        done = run(*NETWORK, "--json", "-n", "2", "-N", "4", "-d", "0.2")
        lines = [json.loads(line) for line in done.stdout.splitlines()]
        self.assertEqual([line["type"] for line in lines], (["sample"] + ["tunnel"] * 4) * 2)
        self.assertEqual(lines[0]["schema"], "gtptop-json/1")
        self.assertGreater(lines[5]["time_ns"], lines[0]["time_ns"])

    def test_more_rows_than_a_page(self):
        done = run(*NETWORK, "--json", "-n", "1", "-N", "1234", "--sort", "iteid", "-d", "0.2")
        teids = [json.loads(line)["i_tei"] for line in done.stdout.splitlines()[1:]]
        self.assertEqual(len(teids), 1234)
        known = [teid for teid in teids if teid is not None]
        self.assertEqual(len(known), len(set(known)))

    def test_a_closed_pipe_is_success(self):
        done = subprocess.run(f"'{GTPTOP}' {' '.join(NETWORK)} -b -d 0.1 -N 200; echo $? >&2", shell=True, timeout=60,
                              executable="/bin/bash", stdout=subprocess.Popen(["true"], stdin=subprocess.PIPE).stdin,
                              stderr=subprocess.PIPE, check=False)
        self.assertEqual(done.stderr.strip(), b"0")

    def test_a_filter_that_finds_nothing(self):
        self.assertEqual(run(*NETWORK, "--once", "-d", "0.1", "ms 1.2.3.4").returncode, 5)

    def test_a_configuration_file_that_is_wrong(self):
        with tempfile.NamedTemporaryFile("w", suffix=".conf") as file:
            file.write("ascii = yes\nclour = never\n")
            file.flush()
            done = run(*NETWORK, "--once", "--config", file.name)
            self.assertEqual(done.returncode, 2)
            self.assertIn(f"{file.name}:2: no setting is called `clour`".encode(), done.stderr)
        self.assertEqual(run(*NETWORK, "--once", "--config", "/nonexistent").returncode, 1)

    def test_one_link_and_probes(self):
        done = run(*NETWORK, "--json", "-n", "1", "-d", "0.1", "--link", "gtp1")
        lines = [json.loads(line) for line in done.stdout.splitlines()]
        self.assertEqual({line["link"] for line in lines[1:]}, {"gtp1"})
        done = run(*NETWORK, "--once", "-d", "0.1", "--link", "gtp9")
        self.assertEqual(done.returncode, 5)
        done = run(*NETWORK, "--json", "--view", "peers", "-n", "2", "-d", "1", "--probe", "all")
        peers = [json.loads(line) for line in done.stdout.splitlines() if b'"peer"' in line and b'"sample"' not in line]
        self.assertTrue(any(peer["rtt_ns"] for peer in peers))
        self.assertEqual(run("--probe", "nobody", "--once").returncode, 2)

    def test_mistakes(self):
        done = run("tied", "5")
        self.assertEqual(done.returncode, 2)
        self.assertIn(b"gtptop: filter: column 1: no field `tied`", done.stderr)
        self.assertEqual(done.stdout, b"")

    def test_record_and_replay(self):
        with tempfile.TemporaryDirectory() as directory:
            path = os.path.join(directory, "t.zst")
            recorded = run(*NETWORK, "--json", "-n", "3", "-N", "5", "-d", "0.2", "-w", path)
            self.assertEqual(recorded.returncode, 0)
            replayed = run("-r", path, "--json", "-N", "5")
            self.assertEqual(replayed.returncode, 0, replayed.stderr)
            self.assertEqual([json.loads(l) for l in replayed.stdout.splitlines() if b'"tunnel"' in l][-5:],
                             [json.loads(l) for l in recorded.stdout.splitlines() if b'"tunnel"' in l][-5:])


@unittest.skipUnless(shutil.which("tmux"), "tmux is not installed")
class Screen(unittest.TestCase):
    def setUp(self):
        self.directory = tempfile.mkdtemp()
        self.socket = os.path.join(self.directory, "tmux")

    def tearDown(self):
        self.tmux("kill-server")
        shutil.rmtree(self.directory, ignore_errors=True)

    def tmux(self, *words):
        done = subprocess.run(["tmux", "-S", self.socket, "-f", "/dev/null", *words], capture_output=True, check=False,
                              timeout=30)
        return done.stdout.decode()

    def start(self, *words, term="screen-256color", width=80, height=24):
        command = f"LC_ALL=C.UTF-8 TERM={term} '{GTPTOP}' {' '.join(words)}"
        self.tmux("new-session", "-d", "-x", str(width), "-y", str(height), "bash", "--norc")
        self.tmux("send-keys", command, "Enter")

    def keys(self, *keys):
        self.tmux("send-keys", *keys)

    def wait(self, text, absent=False):
        """Until the screen has (or has no longer) [text]; there is nothing else to wait for on a terminal."""
        for _ in range(300):
            screen = self.tmux("capture-pane", "-p")
            if (text in screen) != absent:
                return screen
            time.sleep(0.05)
        self.fail(f"{'still' if absent else 'no'} {text!r} in\n{screen}")

    def test_start_filter_quit(self):
        self.start(*NETWORK)
        self.wait("LIVE")
        self.keys("\\", "peer 192.0.2.10", "Enter")
        self.wait("peer 192.0.2.10  ")
        self.keys("Escape")
        self.wait("no filter")
        self.keys("q")
        self.keys("echo status=$?", "Enter")
        self.wait("status=0")

    def test_any_size(self):
        self.start(*NETWORK)
        self.wait("LIVE")
        for width, height in [(160, 48), (20, 5), (3, 2), (40, 12), (200, 10), (80, 24)]:
            self.tmux("resize-window", "-x", str(width), "-y", str(height))
        self.wait("F10Quit")
        self.wait("[1 Tun]")

    def test_a_storm_of_sizes(self):
        self.start(*NETWORK)
        self.wait("LIVE")
        for step in range(60):
            self.tmux("resize-window", "-x", str(20 + step * 37 % 160), "-y", str(3 + step * 17 % 50))
        self.tmux("resize-window", "-x", "80", "-y", "24")
        self.wait("F10Quit")
        self.keys("3")
        self.wait("[3 Link]")

    def test_settings_are_written_and_read_again(self):
        home = os.path.join(self.directory, "config")
        self.tmux("new-session", "-d", "-x", "80", "-y", "24", "bash", "--norc")
        command = f"XDG_CONFIG_HOME={home} LC_ALL=C.UTF-8 TERM=screen-256color '{GTPTOP}' {' '.join(NETWORK)}"
        self.tmux("send-keys", command, "Enter")
        self.wait("bit/s  hex")
        self.keys("F2", "Space", "W")
        self.wait("settings written to")
        self.keys("Escape", "q")
        with open(os.path.join(home, "gtptop", "config"), encoding="ascii") as file:
            self.assertIn("bytes = yes\n", file.read())
        self.keys("clear", "Enter", "Up", "Up", "Enter")
        self.wait("B/s  hex")
        self.keys("q")

    def test_pages_and_prompts(self):
        self.start(*NETWORK)
        self.wait("LIVE")
        self.keys("3")
        self.wait("ROLE")
        self.wait("gtp1")
        self.keys("Down", "d")
        self.wait("Addresses, routes, settings, sockets")
        self.keys("Escape", "i", "500ms", "Enter")
        self.wait("0.5 s")
        self.keys("1")
        self.wait("row 1 of 3,000")
        self.keys("Enter")
        self.wait("Counters")
        self.keys("Right")
        self.keys("v", "v")
        self.wait("packets/s, last")
        self.keys("q", "?")
        self.wait("any key closes")

    @unittest.skipUnless(shutil.which("man"), "man is not installed")
    def test_enter_on_a_finding_opens_its_section(self):
        pages = os.path.join(self.directory, "man7")
        os.mkdir(pages)
        with open(os.path.join(pages, "gtp-troubleshooting.7"), "w", encoding="ascii") as page:
            page.write(".Dd November 22, 2026\n.Dt GTP-TROUBLESHOOTING 7\n.Os\n.Sh NAME\n.Nm gtp-troubleshooting\n"
                       ".Nd test\n.Sh TEXT\n" + "One line.\n.Pp\n" * 60 + ".Ss GTP-102: unknown TEID\nThe remedy.\n")
        self.tmux("new-session", "-d", "-x", "80", "-y", "24", "bash", "--norc")
        self.tmux("send-keys", f"MANPATH={self.directory} LC_ALL=C.UTF-8 TERM=screen-256color '{GTPTOP}' "
                  f"{' '.join(NETWORK)}", "Enter")
        self.wait("5 Find:")
        self.keys("5")
        self.wait("GTP-102")
        self.keys("Enter")
        self.wait("The remedy.")
        self.keys("q")
        self.wait("[5 Find")

    def test_stop_and_continue(self):
        self.start(*NETWORK)
        self.wait("LIVE")
        self.keys("C-z")
        self.wait("Stopped")
        self.keys("fg", "Enter")
        self.wait("[1 Tun]")

    def test_a_killed_one_leaves_the_terminal_as_it_was(self):
        self.start(*NETWORK)
        self.wait("LIVE")
        shell = self.tmux("display-message", "-p", "#{pane_pid}").strip()
        child = subprocess.run(["pgrep", "-P", shell], capture_output=True, text=True, check=True).stdout.split()[0]
        os.kill(int(child), signal.SIGTERM)
        self.wait("[1 Tun]", absent=True)
        self.keys("echo status=$?; stty -a | grep -o ' echo '", "Enter")
        self.wait("status=143")
        self.wait(" echo ")

    def test_y_prints_and_quits(self):
        self.start(*NETWORK)
        self.wait("LIVE")
        self.keys("y")
        self.wait("gtpdump -i any")

    def test_terminals_that_cannot(self):
        self.start(*NETWORK, "-n", "1", "-N", "3", term="dumb")
        self.wait("TERM=dumb has no screen")
        self.wait("of 3,000 tunnels")
        self.keys(f"clear; TERM=bogus '{GTPTOP}' --generate 5; echo status=$?", "Enter")
        self.wait('unknown terminal type "bogus"')
        self.wait("status=3")


if __name__ == "__main__":
    unittest.main()
