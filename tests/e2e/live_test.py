#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Live capture in a network namespace of its own. The test enters it by running itself under `unshare -n`.

    sender (UDP socket) -> lo -> gtpdump -i lo
"""

import json
import os
import signal
import socket
import struct
import subprocess
import sys
import time
import unittest

import cli

IN_NAMESPACE = "GTPDUMP_E2E_NAMESPACE"


def g_pdu(teid, number):
    inner = bytes.fromhex("4500001c000000004011000064400001cb007109") + struct.pack("!HHHH", 5000, 53, 8, 0)
    header = struct.pack("!BBHI", 0x32, 255, len(inner) + 4, teid) + struct.pack("!HBB", number, 0, 0)
    return header + inner


def ip(*words):
    subprocess.run(["ip", *words], check=True, stdout=subprocess.DEVNULL)


class Live(cli.Case):
    def start(self, *words, interface="lo"):
        """Starts a capture; it may see nothing for a moment, so tests send until something comes out."""
        process = subprocess.Popen([cli.GTPDUMP, "-i", interface, *words], stdout=subprocess.PIPE,
                                   stderr=subprocess.PIPE)
        self.addCleanup(self.stop, process)
        return process

    @staticmethod
    def stop(process):
        process.kill()
        process.wait()
        process.stdout.close()
        process.stderr.close()

    def send(self, count=5, teid=0x51A0FF17, address="127.0.0.1", port=2152):
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sender:
            sender.bind(("0.0.0.0", 0))
            for number in range(count):
                sender.sendto(g_pdu(teid, number), (address, port))

    def send_until(self, done, **more):
        """Sends one packet after the other until [done] says so."""
        deadline = time.monotonic() + 20
        while not done() and time.monotonic() < deadline:
            self.send(1, **more)
            time.sleep(0.05)
        self.assertTrue(done())

    def test_packets_appear_and_sigint_ends(self):
        """SIGINT is the usual end of a live capture: the counts are printed, then the status is 130."""
        process = self.start("--json", "-t", "none")
        os.set_blocking(process.stdout.fileno(), False)
        seen = bytearray()

        def got_one():
            seen.extend(process.stdout.read() or b"")
            return seen.count(b"\n") > 0

        self.send_until(got_one)
        self.send(20, teid=0x7777)
        time.sleep(1)
        process.send_signal(signal.SIGINT)
        os.set_blocking(process.stdout.fileno(), True)
        out, err = process.communicate(timeout=20)
        seen.extend(out)
        packets = [json.loads(line) for line in bytes(seen).decode().splitlines()]
        numbered = [p for p in packets if p["layers"][0].get("teid") == 0x7777]
        self.assertEqual([p["layers"][0]["sequence_number"] for p in numbered], list(range(20)))
        self.assertEqual(numbered[0]["layers"][0]["inner"]["src"], "100.64.0.1")
        self.assertEqual(process.returncode, 130, err)
        counts = r"^gtpdump: \d+ packets received, 0 dropped by the kernel, 0 by the interface\n$"
        self.assertRegex(err.decode(), counts)

    def test_sigterm_ends_too(self):
        process = self.start("-q")
        time.sleep(0.7)
        process.send_signal(signal.SIGTERM)
        _, err = process.communicate(timeout=20)
        self.assertEqual((process.returncode, err), (130, b""))

    def test_count_ends(self):
        process = self.start("-q", "-c", "3", "--fields", "teid")
        self.send_until(lambda: process.poll() is not None)
        out = process.stdout.read().decode().splitlines()
        self.assertEqual(out, ["teid"] + ["0x51a0ff17"] * 3)
        self.assertEqual(process.returncode, 0)

    def test_duration_ends(self):
        before = time.monotonic()
        process = self.start("-q", "--duration", "0.5")
        process.communicate(timeout=20)
        self.assertEqual(process.returncode, 0)
        self.assertGreaterEqual(time.monotonic() - before, 0.5)

    def test_only_our_ports_are_taken_from_the_kernel(self):
        process = self.start("--duration", "3", "--port", "9152=gtp-u", "--fields", "dst_port")
        deadline = time.monotonic() + 2
        while time.monotonic() < deadline:
            self.send(1, port=53)
            self.send(1, port=9152)
            time.sleep(0.1)
        out, err = process.communicate(timeout=20)
        lines = out.decode().splitlines()
        self.assertEqual(set(lines[1:]), {"9152"})
        # Those to port 53 were not even received. The kernel counts a packet on lo as it leaves and as it arrives.
        received = int(err.split()[1])
        self.assertIn(received, (len(lines) - 1, 2 * (len(lines) - 1)))

    def test_bpf_replaces_the_ports(self):
        process = self.start("-q", "--duration", "2", "--bpf", "udp port 2152 and greater 2000")
        deadline = time.monotonic() + 1
        while time.monotonic() < deadline:
            self.send(1)
            time.sleep(0.1)
        out, _ = process.communicate(timeout=20)
        self.assertEqual(out, b"")

    def test_bad_bpf(self):
        self.fails(2, "-i", "lo", "--bpf", "hosts 1")

    def test_any(self):
        process = self.start("-q", "-c", "1", "--fields", "teid", interface="any")
        self.send_until(lambda: process.poll() is not None)
        self.assertEqual(process.stdout.read(), b"teid\n0x51a0ff17\n")

    def test_writes_packets_at_once(self):
        """Whoever reads the file along sees the packets; it is complete after SIGINT."""
        out = self.path("out.pcap")
        process = self.start("-q", "-w", out)
        self.send_until(lambda: os.path.exists(out) and os.path.getsize(out) > 24)
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=20)
        self.assertEqual(process.returncode, 130)
        self.assertTrue(self.ok("-r", out).out)

    def test_closed_pipe(self):
        process = self.start("-q")
        process.stdout.read(0)
        process.stdout.close()
        self.send_until(lambda: process.poll() is not None)
        self.assertEqual((process.returncode, process.stderr.read()), (0, b""))

    def test_stats_at_the_end(self):
        process = self.start("--stats", "--duration", "1.5")
        deadline = time.monotonic() + 1
        while time.monotonic() < deadline:
            self.send(1)
            time.sleep(0.05)
        out, _ = process.communicate(timeout=20)
        self.assertEqual(process.returncode, 0)
        self.assertTrue(out)

    def test_interface_vanishes(self):
        ip("link", "add", "e2e0", "type", "veth", "peer", "name", "e2e1")
        for name in ("e2e0", "e2e1"):
            ip("link", "set", name, "up")
        process = self.start(interface="e2e0")
        time.sleep(1)
        self.assertIsNone(process.poll())
        ip("link", "del", "e2e0")
        _, err = process.communicate(timeout=20)
        self.assertEqual(process.returncode, 5, err)
        self.assertRegex(err.decode(), r"(?m)^gtpdump: interface e2e0 has gone$")

    def test_interface_is_down(self):
        ip("link", "add", "e2e2", "type", "veth", "peer", "name", "e2e3")
        err = self.fails(5, "-i", "e2e2")
        self.assertIn("e2e2", err)
        ip("link", "del", "e2e2")

    def test_no_such_interface(self):
        err = self.fails(5, "-i", "l0")
        self.assertIn("l0", err)
        self.assertIn("lo", err)  # the nearest

    def test_missing_rights(self):
        cli.need_tool("setpriv")
        done = subprocess.run(["setpriv", "--reuid", "65534", "--regid", "65534", "--clear-groups",
                               self.readable_copy(), "-i", "lo"],
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=20, check=False)
        err = done.stderr.decode()
        self.assertEqual(done.returncode, 4, err)
        self.assertIn("gtpdump: lo: ", err)
        self.assertRegex(err, r"(?m)^  try: sudo setcap cap_net_raw\+ep /")

    def readable_copy(self):
        """The build directory may be one that nobody else can enter."""
        os.chmod(self.shared, 0o755)
        os.chmod(self.dir, 0o755)
        path = self.path("gtpdump")
        with open(cli.GTPDUMP, "rb") as source, open(path, "wb") as copy:
            copy.write(source.read())
        os.chmod(path, 0o755)
        return path


def enter_namespace():
    """Runs this file again inside a new network namespace, or says why not."""
    why = "needs root"
    if os.geteuid() == 0:
        probe = subprocess.run(["unshare", "-n", "true"], stderr=subprocess.PIPE, check=False)
        why = probe.stderr.decode().strip() if probe.returncode != 0 else ""
    if why:
        print(f"live_test: skipped: no network namespace: {why}")
        sys.exit(77)
    os.environ[IN_NAMESPACE] = "1"
    os.execvp("unshare", ["unshare", "-n", sys.executable, "-B", *sys.argv])


if __name__ == "__main__":
    if IN_NAMESPACE not in os.environ:
        enter_namespace()
    ip("link", "set", "lo", "up")
    unittest.main(verbosity=2)
