#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Exit statuses and messages: what cannot be read, written or understood."""

import os
import subprocess
import unittest

import cli


class Inputs(cli.Case):
    def test_missing_file(self):
        err = self.fails(1, "-r", self.path("none.pcap"))
        self.assertIn("none.pcap: No such file or directory", err)

    def test_missing_second_file(self):
        """What comes before it is shown; the status tells."""
        result = cli.gtpdump("-r", self.demo, "-r", self.path("none.pcap"))
        self.assertEqual(result.status, 1)
        self.assertEqual(len(result.lines()), len(self.ok("-r", self.demo).lines()))
        self.assertIn("none.pcap: No such file or directory", result.err)

    def test_directory(self):
        self.assertIn("Is a directory", self.fails(1, "-r", self.dir))

    def test_no_rights(self):
        if os.geteuid() == 0:
            self.skipTest("root may read everything")
        path = self.path("secret.pcap")
        with open(path, "wb"):
            pass
        os.chmod(path, 0)
        self.assertIn("Permission denied", self.fails(4, "-r", path))

    def test_not_a_capture(self):
        path = self.path("text.pcap")
        with open(path, "w", encoding="ascii") as text:
            text.write("this is no capture, and long enough for a header\n")
        err = self.fails(1, "-r", path)
        self.assertIn("text.pcap: ", err)

    def test_empty_file(self):
        path = self.path("empty.pcap")
        with open(path, "wb"):
            pass
        self.assertIn("empty.pcap: ", self.fails(1, "-r", path))

    def test_cut_record(self):
        """What is before the cut is shown."""
        with open(self.demo, "rb") as whole:
            octets = whole.read()
        path = self.path("cut.pcap")
        with open(path, "wb") as part:
            part.write(octets[:-5])
        all_lines = self.ok("-r", self.demo).lines()
        result = cli.gtpdump("-r", path)
        self.assertEqual(result.status, 1)
        self.assertIn("cut.pcap: ", result.err)
        self.assertEqual(result.lines(), all_lines[: len(result.lines())])
        self.assertGreaterEqual(len(result.lines()), len(all_lines) - 1)

    def test_given_broken_files(self):
        for name in ("caplen_2g.pcap", "empty.pcap", "not_pcap.pcap", "pcapng_blocklen.pcapng", "short_header.pcap",
                     "truncated_record.pcap", "unknown_linktype.pcap"):
            with self.subTest(name):
                result = cli.gtpdump("-r", cli.given("synthetic_badfile_" + name))
                self.assertIn(result.status, (1, 3))
                self.assertIn(name + ": ", result.err)
        self.assertEqual(self.ok("-r", cli.given("synthetic_badfile_header_only.pcap")).out, b"")


class Usage(cli.Case):
    def test_nothing_to_do(self):
        err = self.fails(2)
        self.assertIn("nothing to read", err)
        self.assertIn("  try: ", err)

    def test_filter_error_names_the_column(self):
        err = self.fails(2, "-r", self.demo, "tied 5")
        self.assertIn("teid", err)

    def test_unknown_column(self):
        err = self.fails(2, "-r", self.demo, "--fields", "frame,tied")
        self.assertIn("no field `tied`; nearest: teid", err)

    def test_bad_bpf(self):
        self.fails(2, "-r", self.demo, "--bpf", "hosts 1")

    def test_bad_follow(self):
        self.assertIn("is not an address", self.fails(2, "-r", self.demo, "--follow", "ue=10.45"))

    def test_help_and_version(self):
        self.assertIn(b"usage: gtpdump", self.ok("--help").out)
        self.assertTrue(self.ok("--version").out.startswith(b"gtpdump "))
        self.assertIn(b"response_time", self.ok("--fields", "help").out)

    def test_no_interface(self):
        err = self.fails(5, "-i", "nosuchdevice0") if os.geteuid() == 0 else ""
        if not err:
            self.skipTest("needs root")
        self.assertIn("nosuchdevice0", err)


class Outputs(cli.Case):
    def test_full_disk(self):
        with open("/dev/full", "wb") as full:
            result = cli.gtpdump("-r", self.demo, stdout=full)
        self.assertEqual(result.status, 1)
        self.assertEqual(result.err, "gtpdump: standard output: No space left on device\n")

    def test_full_disk_for_the_report(self):
        with open("/dev/full", "wb") as full:
            result = cli.gtpdump("-r", self.demo, "--stats", stdout=full)
        self.assertEqual(result.status, 1)
        self.assertIn("No space left on device", result.err)

    def test_full_disk_for_packets(self):
        for option in ("-w", "--decap"):
            with self.subTest(option):
                err = self.fails(1, "-r", self.demo, option, "/dev/full")
                self.assertIn("/dev/full: No space left on device", err)

    def test_output_cannot_be_made(self):
        err = self.fails(1, "-r", self.demo, "-w", self.path("none/out.pcap"))
        self.assertIn("none/out.pcap: No such file or directory", err)

    def test_closed_pipe(self):
        """A reader that has enough is no failure, and nothing is said."""
        for words in ((), ("--json",), ("-v",), ("--stats",), ("-w", "-")):
            with self.subTest(words):
                # So many times that it does not fit into the pipe.
                files = [word for _ in range(200) for word in ("-r", self.demo)]
                with subprocess.Popen([cli.GTPDUMP, *files, *words], stdout=subprocess.PIPE,
                                      stderr=subprocess.PIPE) as process:
                    process.stdout.read(1)
                    process.stdout.close()
                    err = process.stderr.read()
                    process.wait(cli.TIMEOUT_S)
                self.assertEqual((process.returncode, err), (0, b""))

    def test_output_is_input(self):
        """Writing over the file that is being read would destroy it."""
        with open(self.demo, "rb") as whole:
            octets = whole.read()
        path = self.path("same.pcap")
        with open(path, "wb") as copy:
            copy.write(octets)
        os.link(path, self.path("link.pcap"))
        os.symlink(path, self.path("symlink.pcap"))
        for name in ("same.pcap", "link.pcap", "symlink.pcap"):
            for option in ("-w", "--decap"):
                with self.subTest(name=name, option=option):
                    err = self.fails(2, "-r", path, option, self.path(name))
                    self.assertIn(f"{name}: is an input as well", err)
                    with open(path, "rb") as now:
                        self.assertEqual(now.read(), octets)
        with open(path, "rb") as redirected:
            self.assertIn("is an input as well", self.fails(2, "-r", "-", "-w", path, stdin=redirected))
        with open(path, "rb") as now:
            self.assertEqual(now.read(), octets)

    def test_two_outputs_are_one(self):
        path = self.path("out.pcapng")
        self.assertIn("-w and --decap name the same file", self.fails(2, "-r", self.demo, "-w", path, "--decap", path))

    def test_stdout_carries_data_only(self):
        result = cli.gtpdump("-r", self.demo, "-r", self.path("none.pcap"), "--json")
        self.assertNotIn(b"none.pcap", result.out)

    def test_colour_only_when_asked(self):
        self.assertNotIn(b"\x1b", self.ok("-r", self.demo, "-v").out)
        self.assertIn(b"\x1b", self.ok("-r", self.demo, "--color", "always").out)
        self.assertNotIn(b"\x1b", self.ok("-r", self.demo, "--color", "never").out)

    def test_check_tells_by_its_status(self):
        bad = self.make("bad")
        result = cli.gtpdump("-r", bad, "--check")
        self.assertEqual(result.status, 1)
        self.assertTrue(result.out)
        self.assertEqual(result.err, "")


if __name__ == "__main__":
    unittest.main(verbosity=2)
