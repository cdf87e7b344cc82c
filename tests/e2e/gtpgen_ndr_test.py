#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""gtpgen ndr on loopback: against a reflector that keeps up, behind a relay that loses, and against nobody.

Needs no privilege. Without the Python package jsonschema the format is not looked at. GTPGEN names the program.
"""
import json
import pathlib
import socket
import subprocess
import unittest

from gtpgen_middlebox_test import GTPGEN, TIMEOUT_S, Peer, Relay, free_port

SOURCE = pathlib.Path(__file__).resolve().parent.parent.parent
SHORT = ("--goal", "loss=0,exceed=0.5,trial=100ms,sum=200ms,width=20%", "--warm-up", "100ms", "--latency", "100ms")


def ndr(*words):
    done = subprocess.run([GTPGEN, "ndr", *map(str, words)], capture_output=True, timeout=TIMEOUT_S, check=False)
    return done.returncode, done.stdout.decode(), done.stderr.decode()


class Ndr(unittest.TestCase):
    def reflector(self):
        port = free_port(socket.SOCK_DGRAM)
        peer = Peer("reflect", "--listen", f"127.0.0.1:{port}", "-q")
        self.addCleanup(peer.close)
        return port

    def search(self, port, *words):
        status, out, err = ndr(f"127.0.0.1:{port}", "--expect", "reflect", "--sport", "rand", *SHORT, "--json", *words)
        self.assertTrue(out, err)
        return status, json.loads(out), err

    def test_a_peer_that_keeps_up(self):
        status, result, err = self.search(self.reflector(), "--min", "500", "--max", "2k")
        goal = result["goals"][0]
        if goal["generator_limited"]:
            self.skipTest("this machine is too busy to send 2000 packets a second")
        self.assertEqual(status, 0, err)
        self.assertEqual((goal["lower_pps"], goal["upper_pps"], goal["regular"]), (2000, None, False))
        self.assertEqual([one["share"] for one in result["latency"]], [0.9, 0.5, 0.1])
        self.assertIn("trial 1", err)
        trial = result["trials"][-1]
        self.assertEqual(trial["sent"], trial["received"])
        self.check_format(result)

    def check_format(self, result):
        try:
            from jsonschema import Draft202012Validator  # pylint: disable=import-outside-toplevel
        except ImportError:
            return
        for name, values in (("ndr", [result]), ("load", [one["reports"][0] for one in result["latency"]])):
            text = (SOURCE / f"docs/formats/gtpgen-{name}-1.schema.json").read_text(encoding="utf-8")
            validator = Draft202012Validator(json.loads(text))
            for value in values:
                self.assertEqual([error.message for error in validator.iter_errors(value)], [])
        self.assertFalse(validator.is_valid({}))

    def test_a_path_that_always_loses(self):
        # Of three packets one: no rate is good.
        relay = Relay(("127.0.0.1", self.reflector()), lambda datagram, n: [] if n % 3 == 0 else [datagram])
        relay.start()
        self.addCleanup(relay.stop)
        status, result, err = self.search(relay.port, "--min", "100", "--max", "1k")
        goal = result["goals"][0]
        if goal["generator_limited"]:
            self.skipTest("this machine is too busy to send 1000 packets a second")
        self.assertEqual(status, 1, err)
        self.assertIsNone(goal["lower_pps"])
        self.assertEqual(goal["upper_pps"], 100)
        self.assertEqual(result["latency"], [])
        self.assertTrue(all(0.2 < trial["loss_ratio"] < 0.5 for trial in result["trials"]), result["trials"])

        # Two thirds are enough for who allows that.
        status, out, err = ndr(f"127.0.0.1:{relay.port}", "--expect", "reflect", "--sport", "rand", "--goal",
                               "loss=50%,trial=100ms,sum=100ms", "--max", "1k", "--min", "100", "--latency", "0")
        self.assertIn("PDR", out)
        self.assertIn("loss at most 50 %", out)

    def test_nobody_there(self):
        status, out, err = ndr(f"127.0.0.1:{free_port(socket.SOCK_DGRAM)}", "--expect", "reflect", *SHORT)
        self.assertEqual((status, out), (5, ""), err)
        self.assertIn("nothing came back", err)

    def test_what_makes_no_sense(self):
        for words, said in (
                (("127.0.0.1", "--profile", "fast"), "none of quick, csit, tst009, rfc2544"),
                (("127.0.0.1", "--profile", "quick", "--goal", "loss=0"), "one of them"),
                (("127.0.0.1", "--goal", "loss=5"), "no share"),
                (("127.0.0.1", "--goal", "trial=2s,sum=1s"), "sum is shorter"),
                (("127.0.0.1", "--goal", "exceed=100%"), "less than 100%"),
                (("127.0.0.1", "--min", "10k", "--max", "1k"), "--min is not less than --max"),
                (("127.0.0.1", "--max", "max"), "are rates"),
                (("127.0.0.1", "--expect", "none"), "must see what arrives"),
                (("198.18.0.1", "--min-ndr", "max"), "--min-ndr is a rate"),
                (("8.8.8.8",), "not a private address"),
        ):
            status, out, err = ndr(*words)
            self.assertEqual((status, out), (2, ""), (words, err))
            self.assertIn(said, err, words)


if __name__ == "__main__":
    unittest.main(verbosity=2)
