#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""The output is the same with any number of threads, in every mode."""

import unittest

import cli

MODES = ((), ("-v",), ("-x",), ("-v", "-x"), ("--json",), ("--json", "--raw"), ("--fields", "frame,time,imsi,apn,teid"),
         ("--fields", "frame,apn", "--csv"), ("--stats",), ("--stats", "--json"), ("--check",), ("-w", "-"),
         ("-c", "17"), ("-t", "delta"), ("--follow", "ue=0.0.0.0/0"), ("type g_pdu",))
GIVEN = ("nextepc__testattach.pcapng", "zeek__gtp1_gn_normal_incl_fragmentation.pcap", "nDPI__pfcp.pcapng",
         "synthetic_bad_inputs.pcap", "synthetic_fragments.pcap", "PcapPlusPlus__gtpv2.pcap",
         "synthetic_multi_if.pcapng")


class Threads(cli.Case):
    def check(self, *files):
        named = [word for file in files for word in ("-r", file)]
        for mode in MODES:
            one = cli.gtpdump(*named, *mode, "-j", "1")
            for threads in ("2", "4"):
                with self.subTest(files=files[0], mode=mode, threads=threads):
                    many = cli.gtpdump(*named, *mode, "-j", threads)
                    self.assertEqual(many.status, one.status)
                    self.assertEqual(many.err, one.err)
                    self.assertEqual(many.out, one.out)

    def test_own_captures(self):
        """So often that there are many batches."""
        self.check(*([self.demo, self.make("bad"), self.make("fragments")] * 30))

    def test_given_captures(self):
        for name in GIVEN:
            self.check(cli.given(name))

    def test_a_broken_file_behind_a_good_one(self):
        with open(self.demo, "rb") as whole, open(self.path("cut.pcap"), "wb") as part:
            part.write(whole.read()[:-3])
        self.check(self.demo, self.path("cut.pcap"))


if __name__ == "__main__":
    unittest.main(verbosity=2)
