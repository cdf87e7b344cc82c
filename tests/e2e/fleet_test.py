#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""docs/fleet.md: its queries and commands give what it says. What it says about Prometheus is also held by
gtptop_exporter_test.py.

GTPDUMP, GTPTOP, GTPGEN and MAKE_CAPTURE name the programs. DuckDB is looked for where scripts/install-deps puts it
($XDG_CACHE_HOME/gtp-tools/npm), or in the directory GTP_NPM; without it those tests are skipped."""

import datetime
import json
import os
import pathlib
import re
import shutil
import socket
import subprocess
import tempfile
import unittest

SOURCE = pathlib.Path(__file__).resolve().parent.parent.parent
PAGE = (SOURCE / "docs/fleet.md").read_text(encoding="utf-8")
GTPDUMP = os.environ.get("GTPDUMP", "gtpdump")
GTPGEN = os.environ.get("GTPGEN", "gtpgen")
GTPTOP = os.environ.get("GTPTOP", "gtptop")
MAKE_CAPTURE = os.environ.get("MAKE_CAPTURE", "make_capture")
CACHE = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")
NPM = pathlib.Path(os.environ.get("GTP_NPM") or os.path.join(CACHE, "gtp-tools", "npm"))


class DuckDb(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        if not (NPM / "node_modules/@duckdb/node-api").is_dir() or not shutil.which("node"):
            raise unittest.SkipTest(f"no DuckDB in {NPM} (scripts/install-deps test)")
        cls.directory = tempfile.mkdtemp(prefix="gtp-fleet-")
        cls.addClassCleanup(shutil.rmtree, cls.directory, ignore_errors=True)
        capture = os.path.join(cls.directory, "demo.pcap")
        subprocess.run([MAKE_CAPTURE, "demo", capture], check=True, timeout=60)
        cls.packets = os.path.join(cls.directory, "packets.ndjson")
        with open(cls.packets, "wb") as out:
            subprocess.run([GTPDUMP, "-q", "-r", capture, "--json"], check=True, timeout=60, stdout=out)
        cls.capture = capture

    def ask(self, question):
        done = subprocess.run(["node", SOURCE / "packaging/duckdb/query.mjs", self.packets], input=question, text=True,
                              capture_output=True, timeout=120, check=False, cwd=NPM)
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        return done.stdout

    def test_every_question_has_the_answer_that_stands_below_it(self):
        pairs = re.findall(r"```sql\n(.*?)```\n```text\n(.*?)```", PAGE, re.S)
        self.assertEqual(len(pairs), 3)
        for question, answer in pairs:
            self.assertEqual(self.ask(question), answer, question)

    def test_the_answers_are_those_of_gtpdump(self):
        """By another way: gtpdump's own statistics, and its columns added up here."""
        stats = subprocess.run([GTPDUMP, "-q", "-r", self.capture, "--stats"], capture_output=True, text=True,
                               timeout=60, check=True).stdout
        self.assertRegex(stats, r"Create Session Response +78 +Missing or unknown APN +1  yes")
        self.assertRegex(stats, r"Create Session Request +2 +2\.00 ms .* 3\.01 s\n")
        octets = subprocess.run([GTPDUMP, "-q", "-r", self.capture, "--fields", "inner_length",
                                 "imsi 001010123456789 and type g_pdu"], capture_output=True, text=True, timeout=60,
                                check=True).stdout.split()
        total = sum(int(one) for one in octets if one.isdigit())
        self.assertRegex(self.ask(re.findall(r"```sql\n(.*?)```", PAGE, re.S)[0]), rf"001010123456789 +internet +7 +{total}\n")

    def test_every_message_is_there(self):
        with open(self.packets, encoding="ascii") as file:
            layers = sum(len(json.loads(line)["layers"]) for line in file)
        self.assertEqual(self.ask("select count(*) as n from message"), f"n\n{layers}\n")


class Prometheus(unittest.TestCase):
    def test_the_scrape_configuration_is_the_example(self):
        example = (SOURCE / "packaging/prometheus/prometheus.yml").read_text(encoding="utf-8")
        self.assertIn(re.search(r"```yaml\n(.*?)```", PAGE, re.S)[1], example)

    def test_the_table_has_every_alert(self):
        rules = (SOURCE / "packaging/prometheus/gtp-tools.rules.yml").read_text(encoding="utf-8")
        alerts = set(re.findall(r"- alert: (\w+)", rules))
        self.assertEqual(set(re.findall(r"`(Gtp\w+)`", PAGE)), alerts)

    @unittest.skipUnless(shutil.which("promtool"), "promtool is not installed")
    def test_the_questions_are_promql_over_what_is_exported(self):
        known = (SOURCE / "docs/formats/gtptop-metrics-1.md").read_text(encoding="utf-8")
        questions = [line for line in re.search(r"```promql\n(.*?)```", PAGE, re.S)[1].splitlines() if line[0] != "#"]
        self.assertEqual(len(questions), 3)
        rules = {"groups": [{"name": "page", "rules": [{"record": f"page:{i}", "expr": one}
                                                       for i, one in enumerate(questions)]}]}
        with tempfile.NamedTemporaryFile("w", suffix=".yml") as file:
            json.dump(rules, file)
            file.flush()
            subprocess.run(["promtool", "check", "rules", file.name], check=True, timeout=60, stdout=subprocess.DEVNULL)
        for name in re.findall(r"\b(?:gtp|process)_\w+", " ".join(questions)):
            self.assertIn(f"| `{name}` |", known)

    def test_the_number_of_series(self):
        """About 60 for a gateway with two links, and 6 to 10 for a peer."""
        text = subprocess.run([GTPTOP, "--generate", "3000", "--prometheus", "-d", "0.2"], capture_output=True,
                              text=True, timeout=60, check=True).stdout
        series = [line for line in text.splitlines() if line[0] != "#"]
        peers = [line for line in series if line.startswith("gtp_peer_")]
        self.assertTrue(45 <= len(series) - len(peers) <= 75, len(series) - len(peers))
        self.assertTrue(4 * 24 <= len(peers) <= 10 * 24, len(peers))


class Generators(unittest.TestCase):
    def test_two_hosts_at_one_time_are_one_report(self):
        if subprocess.run([GTPGEN, "merge", "--help"], capture_output=True, check=False, timeout=30).returncode != 0:
            self.skipTest("this gtpgen has no merge")
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as free:
            free.bind(("127.0.0.1", 0))
            target = f"127.0.0.1:{free.getsockname()[1]}"
        reflect = subprocess.Popen([GTPGEN, "reflect", "--listen", target, "-q"], stdin=subprocess.DEVNULL,
                                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.addCleanup(reflect.wait, 10)
        self.addCleanup(reflect.terminate)
        when = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(seconds=3)
        start = when.strftime("%Y-%m-%dT%H:%M:%SZ")
        hosts = [subprocess.Popen([GTPGEN, "load", target, "-n", "100", "--teid", teid, "-r", "200pps", "-d", "1s",
                                   "--start-at", start, "--json", "--sport", "rand", "--expect", "reflect", "-q"],
                                  stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
                 for teid in ("0x1000", "0x2000")]
        with tempfile.TemporaryDirectory() as directory:
            names, reports = [], []
            for i, host in enumerate(hosts):
                out, err = host.communicate(timeout=60)
                self.assertIn(host.returncode, (0, 3), err)  # 3: this host was too busy to keep the rate
                reports.append(json.loads(out))
                names.append(os.path.join(directory, f"{i}.json"))
                pathlib.Path(names[-1]).write_text(out, encoding="utf-8")
            done = subprocess.run([GTPGEN, "merge", *names, "--json"], capture_output=True, text=True, timeout=60,
                                  check=False)
            twice = subprocess.run([GTPGEN, "merge", names[0], names[0]], capture_output=True, text=True, timeout=60,
                                   check=False)
        self.assertIn(done.returncode, (0, 1, 3), done.stderr)
        merged = json.loads(done.stdout)
        total = lambda side, what: sum(report[side][what] for report in reports)
        self.assertGreater(total("tx", "packets"), 0)
        self.assertEqual(merged["tx"]["packets"], total("tx", "packets"))
        self.assertEqual(merged["rx"]["packets"], total("rx", "packets"))
        self.assertEqual(merged["rx"]["lost"], total("rx", "lost"))
        # Bucket by bucket.
        buckets = lambda report: dict(report["latency_ns"]["buckets"])
        wanted = {}
        for report in reports:
            for bucket, count in buckets(report).items():
                wanted[bucket] = wanted.get(bucket, 0) + count
        self.assertEqual(buckets(merged), wanted)
        self.assertEqual(twice.returncode, 2, twice.stderr)


if __name__ == "__main__":
    unittest.main()
