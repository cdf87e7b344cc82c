#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""gtpgen echo against nodes that answer well and badly. GTPGEN names the program."""
import json
import os
import pathlib
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from echo_responder import (Request, Responder, gtpv1, gtpv2, natural, prime, version_not_supported, wait_until)

GTPGEN = os.environ.get("GTPGEN", "gtpgen")
SOURCE = pathlib.Path(__file__).resolve().parent.parent.parent


def run(*words, **more):
    return subprocess.run([GTPGEN, "echo", *map(str, words)], capture_output=True, text=True, timeout=60, check=False,
                          **more)


def ask(answer, *words, address="127.0.0.1"):
    """Runs it against a responder; returns what it did and what the responder saw."""
    with Responder(answer, address) as node:
        host = f"[{address}]:{node.port}" if ":" in address else f"{address}:{node.port}"
        return run(host, *words), node.requests


def summary(done):
    return json.loads(done.stdout.splitlines()[-1])


class Versions(unittest.TestCase):
    def test_each_version_sends_its_own_octets(self):
        wanted = {"2": "40010009000001000300010000", "1": "320100040000000000010000", "u": "320100040000000000010000",
                  "0": "1e01000000010000ffffffff0000000000000000", "prime": "4e0100000001"}
        for version, octets in wanted.items():
            done, requests = ask(natural, "-g", version, "-c", 1)
            self.assertEqual(done.returncode, 0, done)
            self.assertEqual(requests[0].octets.hex(), octets, version)
            self.assertIn("1 packets transmitted, 1 received, 0% packet loss", done.stdout)

    def test_ipv6(self):
        done, _ = ask(natural, "-c", 2, "-i", 0.05, address="::1")
        self.assertEqual(done.returncode, 0, done)
        self.assertIn("GTPv2-C echo response from ::1: seq=1", done.stdout)

    def test_a_refusal_leads_to_the_version_that_the_peer_names(self):
        done, requests = ask(lambda r: [version_not_supported(r)] if r.version == 2 else [gtpv1(r)], "-c", 2, "-i", 0.05)
        self.assertEqual([r.version for r in requests], [2, 1, 1])
        self.assertEqual(done.returncode, 0, done)
        self.assertIn("Version Not Supported to GTPv2-C, trying GTPv1-C", done.stdout)

    def test_silence_leads_to_the_next_version(self):
        done, requests = ask(lambda r: natural(r) if r.version == 0 else [], "-c", 1, "-W", 0.2)
        self.assertEqual([r.version for r in requests], [2, 1, 0])
        self.assertEqual(done.returncode, 0, done)
        self.assertIn("GTPv0 echo response", done.stdout)

    def test_gtp_prime_falls_back_too(self):
        done, _ = ask(lambda r: [prime(r, version=0, message_type=3 if r.version else 2)], "-g", "prime", "-c", 1)
        self.assertEqual(done.returncode, 0, done)
        self.assertIn("GTP' v0 echo response", done.stdout)

    def test_a_version_that_was_asked_for_is_not_left(self):
        done, requests = ask(lambda r: [version_not_supported(r)], "-g", 2, "-c", 1)
        self.assertEqual((done.returncode, len(requests)), (5, 1), done)


class Answers(unittest.TestCase):
    def test_restarts(self):
        done, _ = ask(lambda r: [gtpv1(r, (254 + r.number) % 256)], "-g", 1, "-c", 4, "-i", 0.02, "--json")
        self.assertEqual((done.returncode, summary(done)["restarts"]), (0, 3), done)
        done, _ = ask(lambda r: [gtpv1(r, (254 + r.number) % 256)], "-g", 1, "-c", 3, "-i", 0.02, "--fail-on-restart")
        self.assertEqual(done.returncode, 5, done)
        self.assertIn("RESTARTED: recovery 255 -> 0", done.stdout)
        done, _ = ask(lambda r: [gtpv1(r, r.number)], "-u", "-c", 3, "-i", 0.02, "--fail-on-restart")
        self.assertEqual(done.returncode, 0, "GTP-U's counter means nothing")

    def test_node_features(self):
        done, requests = ask(lambda r: [gtpv2(r, 9, 0x0B)], "-g", 2, "-c", 1, "--node-features", 3, "--recovery", 7)
        self.assertIn("recovery=9 features=prn,mabr,ciot", done.stdout)
        self.assertTrue(requests[0].octets.hex().endswith("03000100079800010003"))

    def test_duplicates_late_lost_and_malformed_are_counted(self):
        def answer(request):
            reply = gtpv1(request)
            return [[reply, reply], [(0.3, reply)], [], [gtpv1(request, None)], [(0.2, reply)]][request.number]
        done, _ = ask(answer, "-g", 1, "-c", 5, "-i", 0.1, "-W", 0.25, "--json")
        sums = summary(done)
        found = {key: sums[key] for key in ("sent", "answered", "lost", "malformed", "duplicate", "late", "in_flight")}
        self.assertEqual(found, {"sent": 5, "answered": 2, "lost": 2, "malformed": 1, "duplicate": 1, "late": 1,
                                 "in_flight": 0})
        self.assertEqual(done.returncode, 5)

    def test_retransmission_keeps_the_sequence_number(self):
        done, requests = ask(lambda r: [gtpv1(r)] if r.number == 2 else [], "-g", 1, "-c", 1, "--t3", 0.1, "--n3", 3)
        self.assertEqual(done.returncode, 0, done)
        self.assertEqual({r.octets for r in requests}, {requests[0].octets})
        self.assertEqual(len(requests), 3)
        self.assertIn("after 3 attempts", done.stdout)

    def test_loss_and_its_limit(self):
        lossy = lambda r: [] if r.number == 1 else [gtpv1(r)]
        done, _ = ask(lossy, "-g", 1, "-c", 4, "-i", 0.02, "-W", 0.2)
        self.assertEqual(done.returncode, 1)
        self.assertIn("4 packets transmitted, 3 received, 25% packet loss", done.stdout)
        done, _ = ask(lossy, "-g", 1, "-c", 4, "-i", 0.02, "-W", 0.2, "--max-loss", "25%")
        self.assertEqual(done.returncode, 0)

    def test_nobody_there(self):
        done = run("127.0.0.1:9", "-g", 1, "-c", 2, "-i", 0.02, "--json")
        self.assertEqual(done.returncode, 1)
        lines = [json.loads(line) for line in done.stdout.splitlines()]
        self.assertEqual((lines[0]["type"], lines[0]["icmp_type"], lines[0]["icmp_code"], lines[0]["icmp_sender"]),
                         ("unreachable", 3, 3, "127.0.0.1"))
        self.assertEqual((lines[-1]["unreachable"], lines[-1]["lost"]), (2, 0))


class Pace(unittest.TestCase):
    def test_a_flood_over_the_wrap_of_the_sequence_number_loses_nothing(self):
        done, _ = ask(natural, "-g", 1, "-f", "-c", 70000, "--json")
        sums = summary(done)
        self.assertEqual(done.returncode, 0, sums)
        found = {key: sums[key] for key in ("answered", "lost", "lost_local", "reordered", "duplicate", "unexpected")}
        self.assertEqual(found, {"answered": 70000, "lost": 0, "lost_local": 0, "reordered": 0, "duplicate": 0,
                                 "unexpected": 0})

    def test_adaptive(self):
        done, requests = ask(natural, "-g", 1, "-A", "-c", 50, "-q")
        self.assertEqual((done.returncode, len(requests)), (0, 50), done)

    def test_deadline(self):
        begin = time.monotonic()
        done, _ = ask(natural, "-g", 1, "-i", 0.1, "-w", 0.55, "--json")
        self.assertLess(time.monotonic() - begin, 5)
        self.assertEqual(done.returncode, 0, done)
        self.assertGreaterEqual(summary(done)["sent"], 2)

    def test_size(self):
        done, requests = ask(natural, "-g", 2, "-c", 1, "-s", 1400)
        self.assertEqual((done.returncode, len(requests[0].octets)), (0, 1400 - 28), done)
        done = run("127.0.0.1", "-g", 1, "-c", 1, "-s", 41)
        self.assertEqual(done.returncode, 2)
        self.assertIn("at least 45 octets", done.stderr)


class OwnLoss(unittest.TestCase):
    def test_what_our_buffer_has_no_room_for_is_not_the_paths_loss(self):
        """The program is stopped while answers come: first one 16000 times, which fills any buffer that it may have
        asked for, then the others."""
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as node:
            node.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4 << 20)
            node.bind(("127.0.0.1", 0))
            node.settimeout(10)
            child = subprocess.Popen([GTPGEN, "echo", f"127.0.0.1:{node.getsockname()[1]}", "-g", "1", "-f", "--window",
                                      "100", "-c", "100", "-W", "3", "--json", "-q"], stdout=subprocess.PIPE,
                                     stderr=subprocess.PIPE, text=True)
            requests = [node.recvfrom(2000) for _ in range(100)]
            child.send_signal(signal.SIGSTOP)
            answers = [(gtpv1(Request(octets, 0, sender)), sender) for octets, sender in requests]
            for datagram, sender in answers[:1] * 16000 + answers:
                node.sendto(datagram, sender)
            child.send_signal(signal.SIGCONT)
            out, err = child.communicate(timeout=30)
        sums = json.loads(out.splitlines()[-1])
        self.assertGreater(sums["lost_local"], 0, sums)
        self.assertEqual((sums["lost"], sums["loss_ppm"]), (sums["lost_local"], 0), sums)
        self.assertEqual(child.returncode, 3, err)
        self.assertIn("too slow", err)


class Signals(unittest.TestCase):
    def start(self, node, *words):
        child = subprocess.Popen([GTPGEN, "echo", f"127.0.0.1:{node.port}", "-g", "1", "-i", "0.05", *words],
                                 stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        self.assertTrue(wait_until(lambda: len(node.requests) > 3))
        return child

    def test_interrupt_prints_the_statistics(self):
        with Responder() as node:
            child = self.start(node)
            child.send_signal(signal.SIGINT)
            out, _ = child.communicate(timeout=10)
            self.assertEqual(child.returncode, 130)
            self.assertRegex(out, r"\d+ packets transmitted, \d+ received, 0% packet loss")

    def test_quit_prints_them_and_goes_on(self):
        with Responder() as node:
            child = self.start(node, "-q")
            before = len(node.requests)
            child.send_signal(signal.SIGQUIT)
            self.assertTrue(wait_until(lambda: len(node.requests) > before + 3))
            child.send_signal(signal.SIGINT)
            out, err = child.communicate(timeout=10)
            self.assertIn("packets transmitted", err)
            self.assertIn("packets transmitted", out)


class Monitor(unittest.TestCase):
    def test_up_restart_down_up(self):
        state = {"recovery": 7, "answering": True}
        with tempfile.TemporaryDirectory() as directory, \
                Responder(lambda r: [gtpv1(r, state["recovery"])] if state["answering"] else []) as node:
            log = pathlib.Path(directory) / "log"
            metrics = pathlib.Path(directory) / "echo.prom"
            child = subprocess.Popen(
                # Down takes a second of silence: more than this process may stand still while the node should answer.
                [GTPGEN, "echo", f"127.0.0.1:{node.port}", "-g", "1", "--monitor", "-i", "0.05", "--t3", "0.5", "--n3",
                 "2", "--json", "--metrics-file", str(metrics), "--exec",
                 f'echo "$GTPGEN_EVENT $GTPGEN_RECOVERY" >>{log}'], stdout=subprocess.PIPE, text=True)
            events = []

            def next_event():
                events.append(json.loads(child.stdout.readline()))
                return events[-1]["type"]
            self.assertEqual(next_event(), "up")
            state["recovery"] = 8
            self.assertEqual(next_event(), "restart")
            self.assertEqual((events[-1]["previous_restart_counter"], events[-1]["restart_counter"]), (7, 8))
            state["answering"] = False
            self.assertEqual(next_event(), "down")
            state["answering"] = True
            self.assertEqual(next_event(), "up")
            child.send_signal(signal.SIGTERM)
            self.assertEqual(next_event(), "summary")
            child.communicate(timeout=10)
            self.assertTrue(wait_until(lambda: log.exists() and len(log.read_text().splitlines()) == 4))
            self.assertEqual(sorted(log.read_text().splitlines()), ["down 8", "restart 8", "up 7", "up 8"])
            text = metrics.read_text()
            self.assertIn(f'gtpgen_echo_up{{peer="127.0.0.1:{node.port}",protocol="gtpv1-c"}} 1', text)
            self.assertRegex(text, r"gtpgen_echo_restarts_total\{[^}]*\} 1\n")
            self.assertEqual(len(re.findall("(?m)^# TYPE", text)), len(re.findall("(?m)^# HELP", text)))


class Many(unittest.TestCase):
    def test_hosts_from_a_file_and_a_network(self):
        with Responder(address="127.0.0.9") as node, Responder(address="127.0.1.1", port=node.port), \
                Responder(address="127.0.1.2", port=node.port), \
                tempfile.NamedTemporaryFile("w", suffix=".hosts") as hosts:
            hosts.write("# the west\n127.0.0.9\n\n127.0.1.0/30  # the east\n")
            hosts.flush()
            done = run("--hosts", hosts.name, "--port", node.port, "-c", 2, "-i", 0.05, "-g", 1)
            self.assertEqual(done.returncode, 0, done)
            self.assertIn("3 of 3 hosts answered", done.stdout)
            hosts.write("127.0.0.1/99\n")
            hosts.flush()
            done = run("--hosts", hosts.name)
            self.assertEqual(done.returncode, 2)
            self.assertIn(f"{hosts.name}:5: ", done.stderr)

    def test_a_host_that_does_not_exist(self):
        done = run("no-such-host.invalid", "-c", 1)
        self.assertEqual((done.returncode, done.stdout), (2, ""))


class Path(unittest.TestCase):
    def test_pmtu_and_traceroute_to_a_neighbour(self):
        done, _ = ask(natural, "--pmtu", "-g", 2, "-s", 1500, "--json")
        self.assertEqual(done.returncode, 0, done)
        last = json.loads(done.stdout.splitlines()[-1])
        self.assertEqual((last["type"], last["path_mtu"], last["largest_message"]), ("pmtu", 1500, 1472))
        done, _ = ask(natural, "--traceroute", "-u")
        self.assertEqual(done.returncode, 0, done)
        self.assertRegex(done.stdout, r" 1  127\.0\.0\.1 .* echo response")


class Format(unittest.TestCase):
    def test_json_is_what_the_schema_says(self):
        try:
            from jsonschema import Draft202012Validator
        except ImportError:
            self.skipTest("the Python package jsonschema is not installed (Debian: python3-jsonschema)")
        schema = json.loads((SOURCE / "docs/formats/gtpgen-echo-1.schema.json").read_text(encoding="utf-8"))
        Draft202012Validator.check_schema(schema)
        validator = Draft202012Validator(schema)
        self.assertFalse(validator.is_valid({"schema": "gtpgen-echo/1", "type": "answer"}))

        def answer(request):
            good = gtpv2(request, 200 + request.number, 0x81)
            return [[good, good], [], [(0.2, good)], [gtpv2(request, None)], [version_not_supported(request)]][
                request.number % 5]
        outputs = [ask(answer, "-g", 2, "-c", 7, "-i", 0.05, "-W", 0.1, "--json")[0],
                   ask(lambda r: [version_not_supported(r)] if r.version == 2 else [gtpv1(r)], "-c", 2, "-i", 0.02,
                       "--json")[0],
                   ask(natural, "--pmtu", "-g", 1, "--json")[0], ask(natural, "--traceroute", "-g", 1, "--json")[0],
                   run("127.0.0.1:9", "-u", "-c", 1, "--t3", 0.1, "--n3", 2, "--json")]
        types = set()
        for done in outputs:
            for line in done.stdout.splitlines():
                record = json.loads(line)
                types.add(record["type"])
                faults = [f"{error.json_path}: {error.message[:200]}" for error in validator.iter_errors(record)]
                self.assertEqual(faults, [], line)
        self.assertLessEqual({"answer", "duplicate", "lost", "late", "malformed", "restart", "fallback", "pmtu_probe",
                              "pmtu", "hop", "retransmission", "unreachable", "summary"}, types)


if __name__ == "__main__":
    unittest.main()
