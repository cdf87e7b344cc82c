#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""gtpgen run against gtpgen reflect on loopback: counts of flows and phases, verdicts, --check, reports fed back."""

import json
import os
import signal
import subprocess
import tempfile
import time
import unittest

GTPGEN = os.environ.get("GTPGEN", "gtpgen")
TIMEOUT_S = 60
PORT = 21520

SCENARIO = f"""
version: 1
target: {{address: 127.0.0.1, port: {PORT}}}
source: {{addresses: 127.0.0.2, ports: 21530-21531}}
tunnels: {{count: 20, teid: {{start: 0x100, step: 2}}}}
flows:
  - {{name: bulk, weight: 3, size: [100, 400]}}
  - {{name: voice, weight: 1, size: 60, qfi: 1, dscp: ef}}
phases:
  - {{name: warm-up, rate: 1kpps, duration: 200ms, measure: false}}
  - {{name: ramp, rate: 1kpps..3kpps, duration: 1s}}
  - {{name: hold, rate: 2kpps, duration: 1s}}
expect: {{via: reflect, max_loss: 0%}}
"""


def run(*words):
    return subprocess.run([GTPGEN, "run", *map(str, words)], capture_output=True, text=True, timeout=TIMEOUT_S,
                          check=False)


class Case(unittest.TestCase):
    def setUp(self):
        self.dir = tempfile.TemporaryDirectory()
        self.addCleanup(self.dir.cleanup)

    def file(self, text, name="scenario.yaml"):
        path = os.path.join(self.dir.name, name)
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
        return path


class Checks(Case):
    def test_check_says_what_it_is_and_sends_nothing(self):
        path = self.file(SCENARIO)
        done = run(path, "--check")
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        self.assertEqual(done.stdout, f"{path}: 20 tunnels to 127.0.0.1, 2 flows, 3 phases, 2.20 s\n")

    def test_errors_have_a_place(self):
        path = self.file(SCENARIO.replace("weight: 3", "wieght: 3"))
        done = run(path, "--check")
        self.assertEqual(done.returncode, 2)
        self.assertEqual(done.stdout, "")
        self.assertIn(f'{path}:7:18: a flow: unknown key "wieght"', done.stderr)
        self.assertIn("weight:", done.stderr)
        self.assertEqual(run(self.file("version: 1\nversion: 1\n"), "--check").returncode, 2)

    def test_no_scenario(self):
        for words in ([], ["/nonexistent.yaml"], ["a", "b"]):
            done = run(*words)
            self.assertEqual((done.returncode, done.stdout), (2, ""), done.stderr)

    def test_max_to_strangers_wants_a_yes(self):
        path = self.file("version: 1\ntarget: {address: 8.8.8.8}\nphases: [{rate: max}]\n")
        done = run(path, "--check")
        self.assertEqual(done.returncode, 2)
        self.assertIn("--yes-really", done.stderr)
        self.assertEqual(run(path, "--check", "--yes-really").returncode, 0)


class Runs(Case):
    def reflect(self):
        reflector = subprocess.Popen([GTPGEN, "reflect", "-l", f"127.0.0.1:{PORT}", "-q"],
                                     stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.addCleanup(reflector.wait)
        self.addCleanup(reflector.terminate)
        time.sleep(0.5)

    def test_flows_and_phases_add_up(self):
        self.reflect()
        done = run(self.file(SCENARIO), "--json", "-q")
        self.assertIn(done.returncode, (0, 3), done.stdout + done.stderr)  # a busy machine may be late
        report = json.loads(done.stdout)
        self.assertEqual((report["schema"], report["command"]), ("gtpgen.load/1", "run"))
        parts = report["parts"]
        self.assertEqual([(part["phase"], part["flow"]) for part in parts],
                         [("ramp", "bulk"), ("ramp", "voice"), ("hold", "bulk"), ("hold", "voice")])
        sent = [part["report"]["tx"]["packets"] for part in parts]
        # Rates are open-loop: what was not skipped was sent.
        due = [count + part["report"]["tx"]["skipped"] for count, part in zip(sent, parts)]
        for count, expected in zip(due, (1500, 500, 1500, 500)):
            self.assertAlmostEqual(count, expected, delta=expected * 0.02 + 2)
        self.assertEqual(report["tx"]["packets"], sum(sent))
        self.assertEqual(report["rx"]["packets"] + report["rx"]["lost"], sum(sent))
        self.assertEqual(report["rx"]["packets"], sum(part["report"]["rx"]["packets"] for part in parts))
        self.assertAlmostEqual(report["tx"]["target_pps"], 2000, delta=40)
        self.assertAlmostEqual(report["tx"]["duration_ns"], 2e9, delta=2e8)
        self.assertEqual(report["latency_ns"]["count"], report["rx"]["packets"])

    def test_a_report_runs_again(self):
        self.reflect()
        first = run(self.file(SCENARIO), "--json", "-q", "--max-loss", "50%")
        config = json.loads(first.stdout)["config"]
        self.assertEqual([flow["name"] for flow in config["flows"]], ["bulk", "voice"])
        self.assertEqual(config["expect"]["max_loss"], 0.5)
        path = self.file(first.stdout, "report.json")
        again = run(path, "--json", "-q")
        self.assertEqual(json.loads(again.stdout)["config"], config)
        self.assertEqual(run(self.file(json.dumps(config), "config.json"), "--check").returncode, 0)

    def test_a_load_is_a_scenario_too(self):
        self.reflect()
        words = [GTPGEN, "load", f"127.0.0.1:{PORT}", "-n", "5", "-c", "50", "-r", "1k", "--qfi", "1,5", "--no-df",
                 "--expect", "reflect", "--json", "-q"]
        done = subprocess.run(words, capture_output=True, text=True, timeout=TIMEOUT_S, check=False)
        report = json.loads(done.stdout)
        path = self.file(json.dumps(report["config"]), "config.json")
        again = json.loads(run(path, "--json", "-q").stdout)
        self.assertEqual(again["config"], report["config"])
        self.assertEqual(again["tx"]["packets"], 50)
        self.assertEqual(again["tx"]["bytes_l2"], report["tx"]["bytes_l2"])
        self.assertNotIn("parts", again)

    def test_text_has_a_line_for_each_part(self):
        self.reflect()
        done = run(self.file(SCENARIO))
        rows = [line.split() for line in done.stdout.splitlines()]
        self.assertEqual(rows[0][:3], ["phase", "flow", "sent"])
        self.assertEqual([row[:2] for row in rows[1:5]],
                         [["ramp", "bulk"], ["ramp", "voice"], ["hold", "bulk"], ["hold", "voice"]])

    def test_an_interrupt_prints_the_report_so_far(self):
        self.reflect()
        path = self.file(SCENARIO.replace("rate: 2kpps, duration: 1s", "rate: 2kpps, duration: 50s"))
        running = subprocess.Popen([GTPGEN, "run", path, "--json", "-q"], stdout=subprocess.PIPE)
        time.sleep(4)
        running.send_signal(signal.SIGINT)
        out, _ = running.communicate(timeout=TIMEOUT_S)
        report = json.loads(out)
        self.assertIn(running.returncode, (130, 3))
        self.assertTrue(report["interrupted"])
        self.assertEqual(len(report["parts"]), 4)
        self.assertEqual(report["rx"]["packets"] + report["rx"]["lost"], report["tx"]["packets"])

    def test_nobody_there_fails(self):
        path = self.file(f"version: 1\ntarget: {{address: 127.0.0.1, port: {PORT + 1}}}\n"
                         "flows: [{name: a}, {name: b}]\nphases: [{duration: 200ms}]\nexpect: {via: reflect}\n")
        done = run(path, "-q")
        self.assertEqual(done.returncode, 1, done.stdout + done.stderr)


class Trials(Case):
    def test_errors_belong_to_their_phase(self):
        """Nobody listens: each phase reports the ICMP errors of its own packets."""
        path = self.file("version: 1\ntarget: {address: 127.0.0.1, port: 9}\nsource: {ports: rand}\n"
                         "phases:\n  - {rate: 1kpps, count: 20}\n  - {rate: 1kpps, count: 20}\n"
                         "expect: {via: none}\n")
        report = json.loads(run(path, "--json", "-q").stdout)
        phases = [part["report"] for part in report["parts"]]
        self.assertEqual([phase["tx"]["packets"] for phase in phases], [20, 20])
        errors = [phase["gtp"]["icmp_errors"] for phase in phases]
        self.assertTrue(all(0 < count <= 20 for count in errors), errors)
        self.assertEqual(report["gtp"]["icmp_errors"], sum(errors))


if __name__ == "__main__":
    unittest.main()
