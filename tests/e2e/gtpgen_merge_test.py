#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""gtpgen merge: what several processes report of one run is put together exactly; a common start time.

Needs no privilege. GTPGEN names the program.
"""
import datetime
import json
import pathlib
import socket
import subprocess
import tempfile
import time
import unittest

from gtpgen_middlebox_test import GTPGEN, TIMEOUT_S, Peer, free_port

SCENARIO = """
version: 1
target: {{address: 127.0.0.1, port: {port}}}
source: {{ports: rand}}
tunnels: {{count: 20}}
flows:
  - {{name: bulk, weight: 3, size: "64,512"}}
  - {{name: voice, weight: 1, size: 100, negative: {{echo: 0.1}}}}
phases:
  - {{rate: 2000pps, duration: 1s}}
expect: {{via: reflect}}
"""


def gtpgen(*words):
    return subprocess.run([GTPGEN, *map(str, words)], capture_output=True, timeout=TIMEOUT_S, check=False)


class Merge(unittest.TestCase):
    def setUp(self):
        self.holder = tempfile.TemporaryDirectory()
        self.addCleanup(self.holder.cleanup)
        self.directory = pathlib.Path(self.holder.name)

    def save(self, name, report):
        path = self.directory / name
        path.write_text(json.dumps(report), encoding="utf-8")
        return path

    def merge(self, *words):
        done = gtpgen("merge", *words, "--json")
        self.assertTrue(done.stdout, done.stderr.decode())
        return json.loads(done.stdout), done.returncode

    def refused(self, *words):
        done = gtpgen(*words)
        self.assertEqual((done.returncode, done.stdout), (2, b""), done.stderr)
        return done.stderr.decode()

    def test_halves_are_the_whole(self):
        """The flows of a scenario are counted each by itself and all together."""
        port = free_port(socket.SOCK_DGRAM)
        reflect = Peer("reflect", "--listen", f"127.0.0.1:{port}", "--json", "-q")
        self.addCleanup(reflect.close)
        scenario = self.directory / "scenario.yaml"
        scenario.write_text(SCENARIO.format(port=port), encoding="ascii")
        done = gtpgen("run", scenario, "--json", "-q", "--live", "200ms")
        self.assertTrue(done.stdout, done.stderr.decode())
        whole = json.loads(done.stdout)
        self.assertEqual(whole["argv"], [GTPGEN, "run", str(scenario), "--json", "-q", "--live", "200ms"])
        halves = [self.save(f"{part['flow']}.json", part["report"]) for part in whole["parts"]]
        self.assertEqual(len(halves), 2)
        merged, _ = self.merge(*halves)
        for part in ("rx", "latency_ns", "tunnels", "gtp", "intervals"):
            self.assertEqual(merged[part], whole[part], part)
        self.assertEqual(merged["tx"], whole["tx"])
        self.assertGreater(merged["tx"]["packets"], 1000)
        self.assertGreater(merged["tx"]["unwanted"]["echo"], 20)
        self.assertEqual(sum(count for _, count in merged["tx"]["lag_ns"]["buckets"]), merged["tx"]["lag_ns"]["count"])
        self.assertEqual([source["file"] for source in merged["sources"]],
                         [str(half) for half in sorted(halves, key=lambda half: json.loads(half.read_text())["start"])])
        self.validate(merged)
        # As text, and the tables.
        text = gtpgen("merge", *halves, "--csv", self.directory / "i.csv", "--hist", self.directory / "h.csv")
        self.assertIn(b" besides   echo ", text.stdout)
        self.assertIn(b" of        +0.000 s  ", text.stdout)
        self.assertEqual(len((self.directory / "i.csv").read_text().splitlines()), 1 + len(whole["intervals"]))
        last = (self.directory / "h.csv").read_text().splitlines()[-1]
        self.assertEqual(int(last.split(",")[2]), whole["latency_ns"]["count"])

    def validate(self, report):
        try:
            from gtpgen_report_schema_test import strict_schema
        except SystemExit:
            return
        faults = [f"{error.json_path}: {error.message[:200]}" for error in strict_schema().iter_errors(report)]
        self.assertEqual(faults, [])

    def test_two_hosts_and_one_sink(self):
        """Both start when they were told to, and together they sent what the sink has."""
        port = free_port(socket.SOCK_DGRAM)
        sink = Peer("sink", "--listen", f"127.0.0.1:{port}", "--json", "-q")
        self.addCleanup(sink.close)
        start = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(seconds=2)
        moment = start.isoformat(timespec="milliseconds").replace("+00:00", "Z")
        words = ["load", f"127.0.0.1:{port}", "--sport", "rand", "--expect", "none", "-n", "5", "-r", "1000pps",
                 "-d", "1s", "--start-at", moment, "--json", "-q"]
        hosts = [subprocess.Popen([GTPGEN, *words, "--teid", str(teid)], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
                 for teid in (0x1000, 0x2000)]
        reports = []
        for host in hosts:
            out, err = host.communicate(timeout=TIMEOUT_S)
            self.assertTrue(out, err)
            self.assertIn(b"starting at ", err)
            reports.append(json.loads(out))
        for report in reports:
            begun = datetime.datetime.fromisoformat(report["start"][:26] + "+00:00")
            self.assertLess(abs((begun - start).total_seconds()), 0.25)
            self.assertEqual(report["start_at"][:23], moment[:23])
        merged, _ = self.merge(*[self.save(f"{i}.json", report) for i, report in enumerate(reports)])
        time.sleep(0.3)
        whole = sink.end()
        self.assertEqual(merged["tx"]["packets"], sum(report["tx"]["packets"] for report in reports))
        self.assertEqual(merged["tx"]["target_pps"], 2000)
        self.assertEqual(whole["rx"]["packets"] + whole["rx"]["lost"], whole["rx"]["expected"])
        self.assertEqual(whole["rx"]["packets"] + whole["rx"]["lost_local"], merged["tx"]["packets"])
        self.assertEqual(merged["tunnels"]["count"], 10)
        self.assertIsNone(merged["config"], "the tunnels are not the same")

    def test_refused(self):
        port = free_port(socket.SOCK_DGRAM)
        target = [f"127.0.0.1:{port}", "--sport", "rand", "--expect", "none", "-c", "10", "-q"]
        reports = []
        for words in ([], [], ["--size", "200"]):
            done = gtpgen("load", *target, "--json", *words)
            reports.append(json.loads(done.stdout))
        one, two, larger = reports
        for name in ("start", "duration_ns"):
            larger[name] = two[name] = one[name]
        larger["duration_ns"] += 1
        a = self.save("a.json", one)
        self.assertIn("is the same run as", self.refused("merge", a, a))
        self.assertIn("two reports at least", self.refused("merge", a))
        self.assertIn("flows[0].size is 100 in ", self.refused("merge", a, self.save("b.json", larger)))
        merged, _ = self.merge(a, self.directory / "b.json", "--any-config")
        self.assertEqual(merged["tx"]["packets"], 20)
        two["start"] = "2026-01-01T00:00:00.000000000Z"
        self.assertIn("were not at the same time", self.refused("merge", a, self.save("c.json", two)))
        two["schema"] = "gtpgen.load/2"
        self.assertIn("is gtpgen.load/2, and only", self.refused("merge", a, self.save("d.json", two)))
        self.assertIn("No such file", self.refused("merge", a, self.directory / "none.json"))
        (self.directory / "text").write_text("no report\n", encoding="ascii")
        self.assertIn("text:1 is no JSON", self.refused("merge", a, self.directory / "text"))

    def test_start_times(self):
        target = f"127.0.0.1:{free_port(socket.SOCK_DGRAM)}"
        self.assertIn("has passed: it is ", self.refused("load", target, "--start-at", "2026-01-01T00:00:00Z"))
        self.assertIn("is no time", self.refused("load", target, "--start-at", "noon"))
        self.assertIn("the warm-up before it takes 5.00 s",
                      self.refused("load", target, "--start-at", "+5s", "--warm-up", "5s"))
        self.assertIn("--write", self.refused("load", target, "--start-at", "+5s", "--write", "x.pcap"))

    def test_a_signal_ends_the_wait(self):
        target = f"127.0.0.1:{free_port(socket.SOCK_DGRAM)}"
        waiting = subprocess.Popen([GTPGEN, "load", target, "--sport", "rand", "--start-at", "+60s", "--json"],
                                   stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        waiting.stderr.readline()
        time.sleep(0.2)
        waiting.terminate()
        out, _ = waiting.communicate(timeout=TIMEOUT_S)
        report = json.loads(out)
        self.assertTrue(report["interrupted"])
        self.assertEqual(report["tx"]["packets"], 0)
        self.assertEqual(waiting.returncode, 130)


if __name__ == "__main__":
    unittest.main()
