#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""--follow over files, against sets of frames that are worked out here from the JSON of all packets.

The rule, said without sessions: a subscriber's are the messages that name him, the tunnels and session endpoints that
those messages and their answers announce, what is sent to these endpoints, and what is announced there in turn.
"""

import json
import unittest

import cli


def walk(ies):
    for ie in ies:
        yield ie
        yield from walk(ie.get("ies", []))


def layers_of(packets):
    for packet in packets:
        for layer in packet["layers"]:
            yield packet["frame"], layer


def identities(layer, key):
    return {ie["value"][key] for ie in walk(layer.get("ies", [])) if key in ie.get("value", {})}


def announced(layer):
    """Endpoints (address, identifier) in the elements of a GTPv2 or PFCP message."""
    found = set()
    for ie in walk(layer.get("ies", [])):
        value = ie.get("value", {})
        for number in ("teid", "seid"):
            for address in ("ipv4", "ipv6"):
                if value.get(number) and address in value:
                    found.add((value[address], value[number]))
    return found


def sent_to(layer):
    number = layer.get("teid") or layer.get("seid")
    return (layer["dst"], number) if number else None


def exchange(layer):
    """What a request and its answer have in common."""
    asks = layer["message"].endswith("_request")
    ends = (layer["src"], layer["dst"]) if asks else (layer["dst"], layer["src"])
    return (*ends, layer["protocol"], layer["sequence_number"])


def frames_of(packets, key, value):
    """Grows the set of frames until nothing is added."""
    mine, endpoints, exchanges = set(), set(), set()
    size = -1
    while size != len(mine) + len(endpoints) + len(exchanges):
        size = len(mine) + len(endpoints) + len(exchanges)
        for frame, layer in layers_of(packets):
            control = layer.get("message") != "g_pdu"
            paired = control and layer.get("message", "").endswith(("_request", "_response"))
            paired = paired and "sequence_number" in layer
            if not (value in identities(layer, key) or sent_to(layer) in endpoints
                    or (paired and exchange(layer) in exchanges)):
                continue
            mine.add(frame)
            if control:
                endpoints |= announced(layer)
            if paired:
                exchanges.add(exchange(layer))
    return mine


class Follow(cli.Case):
    def check(self, path, key, value):
        packets = [json.loads(line) for line in self.ok("-r", path, "--json").lines()]
        want = frames_of(packets, key, value)
        self.assertTrue(want)
        got = {int(line) for line in self.ok("-r", path, "--follow", f"{key}={value}", "--fields", "frame").lines()[1:]}
        self.assertEqual(got, want)
        return got

    def test_given_attach(self):
        """An LTE attach over S11, S5 and S1-U: everything of its subscriber."""
        path = cli.given("nextepc__testattach.pcapng")
        (imsi,) = {value.split(",")[0] for value in self.ok("-r", path, "--fields", "imsi").lines()[1:]} - {""}
        frames = self.check(path, "imsi", imsi)
        written = self.path("one.pcapng")
        self.ok("-r", path, "--follow", f"imsi={imsi}", "-w", written)
        self.assertEqual(len(self.ok("-r", written, "--fields", "frame").lines()[1:]), len(frames))

    def test_each_subscriber_of_the_demo(self):
        """Frames of different subscribers never overlap, and each has both planes where the capture has both."""
        rows = [line.split("\t") for line in self.ok("-r", self.demo, "--fields", "frame,imsi").lines()[1:]]
        by_imsi = {}
        for frame, imsi in rows:
            if imsi:
                by_imsi.setdefault(imsi.split(",")[0], set()).add(int(frame))
        self.assertGreater(len(by_imsi), 1)
        taken = {}
        for imsi, annotated in by_imsi.items():
            lines = self.ok("-r", self.demo, "--follow", f"imsi={imsi}", "--fields", "frame").lines()[1:]
            frames = {int(line) for line in lines}
            with self.subTest(imsi):
                self.assertLessEqual(annotated, frames)
                for frame in frames:
                    self.assertNotIn(frame, taken)
            taken.update({frame: imsi for frame in frames})

    def test_with_a_filter_and_a_count(self):
        imsi = next(v.split(",")[0] for v in self.ok("-r", self.demo, "--fields", "imsi").lines()[1:] if v)
        everything = self.ok("-r", self.demo, "--follow", f"imsi={imsi}", "--fields", "frame").lines()[1:]
        some = self.ok("-r", self.demo, "--follow", f"imsi={imsi}", "--fields", "frame", "type g_pdu").lines()[1:]
        self.assertLess(set(some), set(everything))
        first = self.ok("-r", self.demo, "--follow", f"imsi={imsi}", "--fields", "frame", "-c", "2").lines()[1:]
        self.assertEqual(first, everything[:2])

    def test_nobody(self):
        self.assertEqual(self.ok("-r", self.demo, "--follow", "imsi=999999999999999").out, b"")

    def test_over_several_files(self):
        """The control plane in one file, the user plane in another."""
        control, user = self.path("control.pcap"), self.path("user.pcap")
        self.ok("-r", self.demo, "-w", control, "not type g_pdu")
        self.ok("-r", self.demo, "-w", user, "type g_pdu")
        imsi = next(v.split(",")[0] for v in self.ok("-r", self.demo, "--fields", "imsi").lines()[1:] if v)
        whole = self.ok("-r", self.demo, "--follow", f"imsi={imsi}", "--fields", "teid", "type g_pdu").lines()
        parts = self.ok("-r", user, "-r", control, "--follow", f"imsi={imsi}", "--fields", "teid", "type g_pdu").lines()
        self.assertEqual(parts, whole)


if __name__ == "__main__":
    unittest.main(verbosity=2)
