#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""gtpgen echo against Debian's osmo-ggsn in a network namespace of its own: GTPv0, GTPv1-C and GTP-U, the way versions
are found, a restart, a path MTU. GTPGEN names the program. Skipped without osmo-ggsn, namespaces or a TUN device.

          127.0.0.1 gtpgen --- lo --- 127.0.0.2 osmo-ggsn
"""
import json
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import tempfile
import time

GTPGEN = os.environ.get("GTPGEN", "gtpgen")
GGSN = "127.0.0.2"
CONFIG = """log stderr
ggsn test
 gtp state-dir {dir}
 gtp bind-ip {ggsn}
 apn internet
  gtpu-mode tun
  tun-device tun4
  type-support v4
  ip prefix dynamic 10.45.0.0/24
  ip ifconfig 10.45.0.1/24
  no shutdown
 default-apn internet
 no shutdown ggsn
"""


def skip(why):
    print(f"skipped: {why}")
    sys.exit(77)


def echo(*words, status=0):
    done = subprocess.run([GTPGEN, "echo", GGSN, *map(str, words)], capture_output=True, text=True, timeout=60,
                          check=False)
    assert done.returncode == status, done
    return done.stdout


def summary(*words, status=0):
    return json.loads(echo("--json", *words, status=status).splitlines()[-1])


class Ggsn:
    def __init__(self, directory):
        self.directory = pathlib.Path(directory)
        (self.directory / "ggsn.cfg").write_text(CONFIG.format(dir=directory, ggsn=GGSN))
        self.start()

    def start(self):
        self.log = open(self.directory / "log", "wb")
        self.child = subprocess.Popen(["osmo-ggsn", "-c", self.directory / "ggsn.cfg"], stdout=self.log, stderr=self.log)
        for _ in range(100):
            if b"Successfully started" in (self.directory / "log").read_bytes():
                return
            time.sleep(0.1)
        raise RuntimeError((self.directory / "log").read_text())

    def stop(self):
        self.child.send_signal(signal.SIGTERM)
        self.child.wait(10)
        self.log.close()


def inside(directory):
    subprocess.run(["ip", "link", "set", "lo", "up"], check=True)
    ggsn = Ggsn(directory)

    for version, protocol in (("0", "gtpv0"), ("1", "gtpv1-c"), ("u", "gtpv1-u")):
        found = summary("-g", version, "-c", 3, "-i", "20ms")
        peer = found["peers"][0]
        assert (peer["protocol"], peer["answered"], peer["lost"]) == (protocol, 3, 0), peer
        assert peer["rtt_ns"]["count"] == 3 and peer["rtt_ns"]["app_clock"] == 0, peer
    # It refuses GTPv2 in words, or not at all: GTPv1 is found either way.
    found = summary("-c", 2, "-i", "20ms", "-W", "300ms")
    assert found["peers"][0]["protocol"] == "gtpv1-c", found
    flood = summary("-g", 1, "-f", "-c", 5000)
    assert (flood["answered"], flood["lost"], flood["lost_local"]) == (5000, 0, 0), flood
    assert "path MTU to 127.0.0.2" in echo("-g", 1, "--pmtu", "-s", 1400)

    # It counts its starts in its state directory.
    monitor = subprocess.Popen([GTPGEN, "echo", GGSN, "-g", "1", "--monitor", "-i", "50ms", "--t3", "50ms", "--n3", "2",
                                "--json"], stdout=subprocess.PIPE, text=True)
    events = []

    def wait_for(kind):
        while not events or events[-1]["type"] != kind:
            events.append(json.loads(monitor.stdout.readline()))
    wait_for("up")
    ggsn.stop()
    wait_for("down")
    ggsn.start()
    wait_for("restart")
    assert events[-1]["restart_counter"] == (events[-1]["previous_restart_counter"] + 1) % 256, events
    monitor.send_signal(signal.SIGINT)
    wait_for("summary")
    monitor.communicate(timeout=10)
    ggsn.stop()
    assert summary("-g", 1, "-c", 1, status=1)["unreachable"] == 1
    print("GTPv0, GTPv1-C, GTP-U, fallback, flood, path MTU, restart: as they should be")


def main():
    if sys.argv[1:2] == ["--inside"]:
        return inside(sys.argv[2])
    for tool in ("osmo-ggsn", "unshare", "ip"):
        if shutil.which(tool) is None:
            skip(f"{tool} is not installed")
    if not os.access("/dev/net/tun", os.W_OK):
        skip("/dev/net/tun cannot be opened")
    namespace = ["unshare", "--net", "--pid", "--fork", "--kill-child"]
    if os.geteuid() != 0:
        namespace += ["--user", "--map-root-user"]
    if subprocess.run([*namespace, "true"], stderr=subprocess.DEVNULL, check=False).returncode != 0:
        skip("network namespaces are not allowed here")
    with tempfile.TemporaryDirectory() as directory:
        return subprocess.run([*namespace, sys.executable, "-B", __file__, "--inside", directory],
                              check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
