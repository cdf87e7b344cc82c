#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""gtptop --listen: what scrapers get, what bad clients cannot do, and a real Prometheus over it with our rules and
dashboard. GTPTOP names the program; promtool and prometheus are Debian's, and without them their tests are skipped."""

import concurrent.futures
import http.client
import json
import os
import pathlib
import re
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import unittest
import urllib.parse
import urllib.request

GTPTOP = os.environ.get("GTPTOP", "gtptop")
SOURCE = pathlib.Path(__file__).resolve().parent.parent.parent
PACKAGING = SOURCE / "packaging"
OPENMETRICS = "application/openmetrics-text;version=1.0.0,text/plain;version=0.0.4;q=0.5"


def need(tool):
    return unittest.skipUnless(shutil.which(tool), f"{tool} is not installed")


def run(*words):
    return subprocess.run([GTPTOP, *map(str, words)], stdin=subprocess.DEVNULL, capture_output=True, text=True,
                          timeout=60, check=False)


def known_series():
    """The names in the manual's table, which a unit test holds against the program's."""
    text = (SOURCE / "docs/formats/gtptop-metrics-1.md").read_text(encoding="utf-8")
    return set(re.findall(r"^\| `(\w+)` \|", text, re.M))


class Exporter:
    """A running gtptop --listen on a port of its own choice, without a terminal."""

    def __init__(self, case, *words, host="127.0.0.1", prefix=()):
        self.process = subprocess.Popen([*prefix, GTPTOP, "--listen", f"{host}:0", "-d", "0.2", *map(str, words)],
                                        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                        text=True, start_new_session=True)
        case.addCleanup(self.kill)
        self.first = self.process.stderr.readline()
        found = re.fullmatch(r"gtptop: http://(.*):(\d+)/metrics\n", self.first)
        case.assertTrue(found, self.first)
        self.host, self.port = found[1].strip("[]"), int(found[2])

    def kill(self):
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait(10)
        self.process.stdout.close()
        self.process.stderr.close()

    def end(self, by=signal.SIGTERM):
        """The exit status, how long the end took, and what was said on the way."""
        start = time.monotonic()
        self.process.send_signal(by)
        status = self.process.wait(10)
        return status, time.monotonic() - start, self.process.stdout.read() + self.process.stderr.read()

    def ask(self, path="/metrics", method="GET", **headers):
        connection = http.client.HTTPConnection(self.host, self.port, timeout=10)
        try:
            connection.request(method, path, headers=headers)
            answer = connection.getresponse()
            return answer.status, answer.headers, answer.read().decode()
        finally:
            connection.close()

    def scrape(self, wanted="gtp_tunnels"):
        """Once there is what is wanted: 503 until all tunnels were read once, no rates until they were twice."""
        for _ in range(200):
            status, _, text = self.ask()
            if status == 200 and wanted in text:
                return text
            assert status in (200, 503), (status, text)
            time.sleep(0.05)
        raise AssertionError(f"no {wanted} within 10 s")


class Serving(unittest.TestCase):
    def test_names_are_clean_and_the_same_as_those_printed_once(self):
        text = Exporter(self, "--generate", 3000, "--top-tunnels", 3).scrape("gtp_tunnel_throughput")
        once = run("--generate", 3000, "--prometheus", "--top-tunnels", 3, "-d", "0.2")
        self.assertEqual(once.returncode, 0, once.stderr)
        heads = lambda lines: [line for line in lines.splitlines() if line.startswith("#")]
        self.assertEqual(heads(text), heads(once.stdout))
        names = {line.split()[2] for line in heads(text)}
        self.assertEqual(names - known_series(), set())
        self.assertGreater(len(names), 30)
        self.assertIn("\ngtp_tunnels 3000\n", text)
        if shutil.which("promtool"):
            done = subprocess.run(["promtool", "check", "metrics"], input=text, capture_output=True, text=True,
                                  timeout=30, check=False)
            self.assertEqual((done.returncode, done.stdout, done.stderr), (0, "", ""))

    def test_no_series_is_about_a_tunnel_unless_asked_for(self):
        few = Exporter(self, "--generate", 200).scrape()
        many = Exporter(self, "--generate", 20000).scrape()
        names = lambda text: {line.split("{")[0].split()[0] for line in text.splitlines() if line[0] != "#"}
        self.assertEqual({name for name in names(many) if name.startswith("gtp_tunnel_")}, set())
        self.assertLess(len(many.splitlines()) - len(few.splitlines()), 30)
        top = Exporter(self, "--generate", 20000, "--top-tunnels", 5).scrape("gtp_tunnel_throughput")
        rates = re.findall(r'^gtp_tunnel_throughput_bytes_per_second\{.*direction="dn"\} (\S+)$', top, re.M)
        self.assertEqual(len(rates), 5)
        self.assertEqual([float(rate) for rate in rates], sorted(map(float, rates), reverse=True))

    def test_openmetrics_to_who_asks_for_it(self):
        exporter = Exporter(self, "--generate", 100)
        exporter.scrape()
        _, headers, text = exporter.ask(Accept=OPENMETRICS)
        self.assertEqual(headers["Content-Type"], "application/openmetrics-text; version=1.0.0; charset=utf-8")
        self.assertTrue(text.endswith("\n# EOF\n"))
        self.assertIn("\n# UNIT gtp_link_bytes bytes\n", text)
        _, headers, text = exporter.ask(Accept="text/plain")
        self.assertEqual(headers["Content-Type"], "text/plain; version=0.0.4; charset=utf-8")
        self.assertNotIn("# EOF", text)

    def test_figures_move_while_it_runs(self):
        exporter = Exporter(self, "--generate", 1000, "--generate-churn", 50)
        value = lambda text, name: float(re.search(rf"^{name} (\S+)$", text, re.M)[1])
        first = exporter.scrape()
        time.sleep(0.6)
        second = exporter.scrape()
        for name in ("gtptop_sweeps_total", "gtptop_last_sample_timestamp_seconds", "process_cpu_seconds_total"):
            self.assertGreater(value(second, name), value(first, name), name)
        self.assertEqual(value(second, "process_start_time_seconds"), value(first, "process_start_time_seconds"))
        self.assertLess(abs(time.time() - value(second, "gtptop_last_sample_timestamp_seconds")), 5)

    def test_ipv6(self):
        if not os.path.exists("/proc/net/if_inet6"):
            self.skipTest("no IPv6 on this host")
        self.assertIn("gtp_tunnels 10\n", Exporter(self, "--generate", 10, host="[::1]").scrape())

    def test_other_requests(self):
        exporter = Exporter(self, "--generate", 10)
        exporter.scrape()
        self.assertEqual(exporter.ask("/")[0], 404)
        self.assertEqual(exporter.ask(method="POST")[0], 405)
        status, headers, body = exporter.ask(method="HEAD")
        self.assertEqual((status, body), (200, ""))
        self.assertGreater(int(headers["Content-Length"]), 1000)

    def test_the_end_is_clean(self):
        for by, wanted in ((signal.SIGTERM, 0), (signal.SIGINT, 130)):
            exporter = Exporter(self, "--generate", 1000)
            exporter.scrape()
            status, took, said = exporter.end(by)
            self.assertEqual((status, said), (wanted, ""))
            self.assertLess(took, 3)
        # The port is free again at once, though connections of before linger.
        again = subprocess.Popen([GTPTOP, "--generate", "5", "--listen", f"127.0.0.1:{exporter.port}"],
                                 stderr=subprocess.PIPE, stdin=subprocess.DEVNULL)
        self.addCleanup(again.stderr.close)
        self.addCleanup(again.wait, 10)
        self.addCleanup(again.kill)
        self.assertIn(b"/metrics", again.stderr.readline())

    def test_recording_beside_it(self):
        with tempfile.TemporaryDirectory() as directory:
            path = os.path.join(directory, "r.zst")
            exporter = Exporter(self, "--generate", 500, "-w", path)
            exporter.scrape()
            time.sleep(0.5)
            self.assertEqual(exporter.end()[0], 0)
            replayed = run("-r", path, "--prometheus")
            self.assertEqual(replayed.returncode, 0, replayed.stderr)
            self.assertIn("gtp_tunnels 500\n", replayed.stdout)


class Mistakes(unittest.TestCase):
    def fails(self, status, what, *words):
        start = time.monotonic()
        done = run(*words)
        self.assertEqual((done.returncode, done.stdout), (status, ""), done.stderr)
        self.assertTrue(done.stderr.startswith("gtptop: " + what), done.stderr)
        self.assertIn("\n  try: ", done.stderr)
        self.assertLess(time.monotonic() - start, 5)

    def test_before_anything_starts(self):
        with socket.create_server(("127.0.0.1", 0)) as taken, tempfile.TemporaryDirectory() as directory:
            where = f"127.0.0.1:{taken.getsockname()[1]}"
            record = os.path.join(directory, "never.zst")
            self.fails(1, f"cannot listen on {where}: Address already in use", "--listen", where, "--generate", 5, "-w",
                       record)
            self.assertEqual(os.listdir(directory), [])
        self.fails(1, "cannot listen on 192.0.2.77:9152: Cannot assign requested address", "--listen",
                   "192.0.2.77:9152", "--generate", 5)
        self.fails(2, '--listen: "localhost:9152" is no address and port', "--listen", "localhost:9152")

    def test_a_port_that_wants_a_right(self):
        if os.geteuid() != 0 or not shutil.which("setpriv"):
            self.skipTest("needs root and setpriv")
        with open("/proc/sys/net/ipv4/ip_unprivileged_port_start", encoding="ascii") as file:
            if int(file.read()) <= 79:
                self.skipTest("every port is free for everybody here")
        done = subprocess.run(["setpriv", "--bounding-set=-all", "--inh-caps=-all", "--no-new-privs", GTPTOP,
                               "--listen", "127.0.0.1:79", "--generate", "5"], capture_output=True, text=True,
                              timeout=30, check=False, stdin=subprocess.DEVNULL)
        self.assertEqual(done.returncode, 4, done.stderr)
        self.assertIn("cannot listen on 127.0.0.1:79: Permission denied\n  try: a port from 1024 on", done.stderr)


class Namespaces(unittest.TestCase):
    NAME = "gtptop-exporter-test"

    def test_the_listener_stays_outside(self):
        if os.geteuid() != 0 or not shutil.which("ip"):
            self.skipTest("needs root and ip")
        subprocess.run(["ip", "netns", "delete", self.NAME], capture_output=True, check=False)
        if subprocess.run(["ip", "netns", "add", self.NAME], capture_output=True, check=False).returncode != 0:
            self.skipTest("cannot make a network namespace")
        self.addCleanup(subprocess.run, ["ip", "netns", "delete", self.NAME], capture_output=True, check=False)
        text = Exporter(self, "--netns", self.NAME).scrape()  # reached from here, where its loopback would not be
        self.assertIn(f'netns="{self.NAME}"', text)
        # A namespace without a link has nothing to read, and says so instead of going.
        self.assertIn("\ngtptop_source_up 0\n", text)
        self.assertIn("\ngtp_tunnels 0\n", text)


class Clients(unittest.TestCase):
    def test_many_at_once(self):
        exporter = Exporter(self, "--generate", 5000)
        exporter.scrape()
        with concurrent.futures.ThreadPoolExecutor(40) as pool:
            answers = list(pool.map(lambda _: exporter.ask()[0], range(400)))
        self.assertEqual(set(answers), {200})

    def test_slow_ones_keep_nobody_waiting_and_are_let_go(self):
        exporter = Exporter(self, "--generate", 50)
        exporter.scrape()
        slow = []
        for i in range(80):  # more than there are places
            one = socket.create_connection(("127.0.0.1", exporter.port), timeout=10)
            self.addCleanup(one.close)
            one.sendall((b"", b"GET /metr", b"GET /metrics HTTP/1.1\r\nX: " + b"x" * 500)[i % 3])
            slow.append(one)
        start = time.monotonic()
        self.assertEqual(exporter.ask()[0], 200)
        self.assertLess(time.monotonic() - start, 2)
        slow[-1].settimeout(8)
        self.assertEqual(slow[-1].recv(1), b"")  # after five seconds
        self.assertEqual(exporter.ask()[0], 200)
        self.assertLess(exporter.end()[1], 3)

    def test_garbage(self):
        exporter = Exporter(self, "--generate", 50)
        exporter.scrape()
        for octets, status in ((b"\x16\x03\x01\x02\x00\x01\r\n\r\n", b"400"), (b"\r\n\r\n", b"400"),
                               (b"GET /metrics HTTP/1.1\r\nX: " + b"y" * 20000, b"431"),
                               (b"GET /" + b"z" * 7000 + b" HTTP/1.1\r\n\r\n", b"404")):
            with socket.create_connection(("127.0.0.1", exporter.port), timeout=10) as one:
                one.sendall(octets)
                self.assertEqual(one.recv(4096)[9:12], status, octets[:20])
        self.assertEqual(exporter.ask()[0], 200)


@need("promtool")
class Rules(unittest.TestCase):
    def promtool(self, *words):
        done = subprocess.run(["promtool", *words], cwd=PACKAGING / "prometheus", capture_output=True, text=True,
                              timeout=60, check=False)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)

    def test_alerts(self):
        self.promtool("check", "rules", "gtp-tools.rules.yml")
        self.promtool("test", "rules", "gtp-tools.rules.test.yml")
        self.promtool("check", "config", "prometheus.yml")

    def test_every_alert_is_tested(self):
        rules = (PACKAGING / "prometheus/gtp-tools.rules.yml").read_text(encoding="utf-8")
        tests = (PACKAGING / "prometheus/gtp-tools.rules.test.yml").read_text(encoding="utf-8")
        for alert in re.findall(r"- alert: (\w+)", rules):
            self.assertRegex(tests, rf"alertname: {alert}\n +exp_alerts:( &\w+)?\n", alert)


@need("prometheus")
class Prometheus(unittest.TestCase):
    """Debian's, on loopback, with its data in a directory of the test."""

    @classmethod
    def setUpClass(cls):
        case = unittest.TestCase()
        cls.addClassCleanup(case.doCleanups)
        cls.exporter = Exporter(case, "--generate", 3000, "--generate-churn", 10, "--top-tunnels", 3)
        cls.exporter.scrape()
        cls.directory = tempfile.mkdtemp(prefix="gtptop-prometheus-")
        cls.addClassCleanup(shutil.rmtree, cls.directory, ignore_errors=True)
        with socket.create_server(("127.0.0.1", 0)) as free:
            cls.port = free.getsockname()[1]
        config = (PACKAGING / "prometheus/prometheus.yml").read_text(encoding="utf-8")
        config = config.replace("127.0.0.1:9152", f"127.0.0.1:{cls.exporter.port}").replace("15s", "1s")
        pathlib.Path(cls.directory, "prometheus.yml").write_text(config, encoding="utf-8")
        rules = (PACKAGING / "prometheus/gtp-tools.rules.yml").read_text(encoding="utf-8")
        pathlib.Path(cls.directory, "gtp-tools.rules.yml").write_text(rules.replace("for: 30s", "for: 1s"),
                                                                      encoding="utf-8")
        with open(os.path.join(cls.directory, "log"), "wb") as log:
            cls.process = subprocess.Popen(["prometheus", f"--config.file={cls.directory}/prometheus.yml",
                                            f"--storage.tsdb.path={cls.directory}/data",
                                            f"--web.listen-address=127.0.0.1:{cls.port}"],
                                           stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd=cls.directory)
        cls.addClassCleanup(cls.process.wait, 20)
        cls.addClassCleanup(cls.process.kill)
        # Rates want more than one scrape.
        wanted = 'count_over_time(gtp_tunnels[1m]) >= 4'
        deadline = time.monotonic() + 60
        while not cls.try_query(wanted):
            if time.monotonic() > deadline or cls.process.poll() is not None:
                raise AssertionError(pathlib.Path(cls.directory, "log").read_text(encoding="utf-8")[-3000:])
            time.sleep(0.2)

    @classmethod
    def api(cls, path, **words):
        url = f"http://127.0.0.1:{cls.port}/api/v1/{path}?{urllib.parse.urlencode(words)}"
        with urllib.request.urlopen(url, timeout=10) as answer:
            return json.load(answer)["data"]

    @classmethod
    def try_query(cls, expression):
        try:
            return cls.api("query", query=expression)["result"]
        except OSError:
            return []

    def test_it_scrapes_and_answers(self):
        target = self.api("targets")["activeTargets"][0]
        self.assertEqual((target["health"], target["lastError"]), ("up", ""))
        self.assertEqual(self.api("query", query="gtp_tunnels")["result"][0]["value"][1], "3000")
        rates = self.api("query", query="sum by (direction) (rate(gtp_link_bytes_total[1m]))")["result"]
        self.assertEqual({one["metric"]["direction"] for one in rates}, {"up", "dn"})
        self.assertTrue(all(float(one["value"][1]) > 0 for one in rates), rates)
        # It asked for OpenMetrics and got the types with it.
        types = self.api("metadata")
        self.assertEqual(types["gtp_peer_tunnels"][0]["type"], "gauge")
        self.assertEqual(types["gtp_link_bytes"][0], {"type": "counter", "unit": "bytes", "help":
                         "Octets through the link; up is from subscribers, dn to them."})

    def test_an_alert_fires_for_a_finding(self):
        deadline = time.monotonic() + 30
        found = []
        while not found and time.monotonic() < deadline:
            found = [alert for alert in self.api("alerts")["alerts"] if alert["state"] == "firing" and
                     alert["labels"]["alertname"] == "GtpFindingCritical"]
            time.sleep(0.2)
        self.assertEqual((found[0]["labels"]["id"], found[0]["labels"]["object"]), ("GTP-102", "gtp1"))
        self.assertTrue(found[0]["annotations"]["summary"].startswith("GTP-102 unknown TEID: gtp1 on 127.0.0.1:"))

    def expressions(self):
        dashboard = json.loads((PACKAGING / "grafana/gtp-tools.json").read_text(encoding="utf-8"))
        for panel in dashboard["panels"]:
            for target in panel.get("targets", ()):
                text = target["expr"].replace("$__rate_interval", "1m").replace('"$instance"', '".*"')
                self.assertNotIn("$", text)
                yield panel["title"], text

    def test_the_dashboard_and_the_rules_use_what_is_exported(self):
        known, used = known_series() | {"up"}, set()
        rules = [rule["query"] for group in self.api("rules")["groups"] for rule in group["rules"]]
        expressions = [*self.expressions(), *(("rule", rule) for rule in rules)]
        self.assertGreater(len(expressions), 30)
        for title, expression in expressions:
            names = set(re.findall(r"\b(?:gtp|gtptop|process)_\w+|\bup\b(?=\{)", expression))
            names -= {"gtptop"}
            self.assertEqual(names - known, set(), title)
            self.assertTrue(names, title)
            used |= names
            self.api("query", query=expression)  # a mistake in it is an HTTP error
        # What nobody has asked for an echo cannot be there; everything else on the dashboard shows something.
        for title, expression in self.expressions():
            if "echo" not in expression and "error_indications" not in expression:
                self.assertTrue(self.api("query", query=expression)["result"], f"{title}: {expression}")


@need("systemd-analyze")
class Unit(unittest.TestCase):
    def test_verify(self):
        with tempfile.TemporaryDirectory() as directory:
            unit = (PACKAGING / "systemd/gtptop-exporter.service").read_text(encoding="utf-8")
            self.assertIn("\nExecStart=gtptop --listen", unit)
            path = pathlib.Path(directory, "gtptop-exporter.service")
            path.write_text(unit.replace("ExecStart=gtptop", "ExecStart=" + shutil.which(GTPTOP)), encoding="utf-8")
            done = subprocess.run(["systemd-analyze", "verify", "--man=no", path], capture_output=True, text=True,
                                  timeout=60, check=False)
            if "Failed to" in done.stderr and "bus" in done.stderr:
                self.skipTest(done.stderr.strip())
            self.assertEqual((done.returncode, done.stdout, done.stderr), (0, "", ""))

    def test_its_command_line_is_one(self):
        unit = (PACKAGING / "systemd/gtptop-exporter.service").read_text(encoding="utf-8")
        words = re.search(r"^ExecStart=gtptop (.*)$", unit, re.M)[1]
        words = words.replace("${GTPTOP_LISTEN}", "127.0.0.1:0").replace("$GTPTOP_OPTIONS", "").split()
        process = subprocess.Popen([GTPTOP, *words, "--generate", "5"], stderr=subprocess.PIPE, text=True,
                                   stdin=subprocess.DEVNULL)
        self.addCleanup(process.stderr.close)
        self.addCleanup(process.wait, 10)
        self.addCleanup(process.kill)
        self.assertRegex(process.stderr.readline(), "^gtptop: http://127.0.0.1:")


if __name__ == "__main__":
    unittest.main()
