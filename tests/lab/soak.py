#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0
"""The whole suite at work for a while, as root in the lab. Usage: soak.py BUILD SECONDS

    gnb  l0 172.31.1.2  <--- veth --->  c1 172.31.1.1, gtpc, 10.45.0.1  core

      gtpgen load     10,000 tunnels up, with unknown TEIDs, wrong versions, cut packets and echoes between; and down
      gtptop          records, and is scraped
      gtpdump         captures the link into a ring of files
      this program    adds and deletes other tunnels and links all the time

At the end: nothing is lost that is not told, the module has counted what gtpgen has sent, and no program has grown.
The kernel's own complaints are the runner's to find.
"""
import json
import os
import subprocess
import sys
import tempfile
import time
import urllib.request

TUNNELS = 10_000
RATE = 500  # packets/s each way: the machine is an emulated one
RING_FILES, RING_MB = 4, 1
SCRAPE = "127.0.0.1:9152"
results = [0, 0]


def check(holds, what, *details):
    results[bool(holds)] += 1
    print("ok" if holds else "not ok", "-", what, *(() if holds else [str(each)[:800] for each in details]), flush=True)


def shell(command):
    done = subprocess.run(command, shell=True, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{command}: {done.stderr}"
    return done.stdout


def resident_kib(pid):
    with open(f"/proc/{pid}/status", encoding="ascii") as status:
        return next(int(line.split()[1]) for line in status if line.startswith("VmRSS"))


def slab_kib():
    with open("/proc/meminfo", encoding="ascii") as info:
        return next(int(line.split()[1]) for line in info if line.startswith("SUnreclaim"))


class Suite:
    def __init__(self, build, directory, seconds):
        self.gtptop, self.gtpgen, self.gtpdump = (os.path.join(build, name, name)
                                                  for name in ("gtptop", "gtpgen", "gtpdump"))
        self.directory = directory
        self.seconds = seconds
        self.churned = 0
        self.running = {}

    def path(self, name):
        return os.path.join(self.directory, name)

    def network(self):
        shell("ip netns add core && ip netns add gnb")
        shell("ip link add c1 netns core type veth peer l0 netns gnb")
        shell("ip -n core addr add 172.31.1.1/24 dev c1; ip -n core link set c1 up; ip -n core link set lo up")
        shell("ip -n gnb addr add 172.31.1.2/24 dev l0; ip -n gnb link set l0 up; ip -n gnb link set lo up")
        shell(f"{self.gtpgen} tunnel add --netns core --create --dev gtpc -n {TUNNELS} --teid 0x1000 --peer 172.31.1.2 "
              f"--ue 10.46.0.0/16 --address 10.45.0.1/32 --route --target 172.31.1.1 --csv {self.path('ues.csv')}")

    def start(self, name, *argv):
        with open(self.path(name + ".log"), "wb") as log:
            self.running[name] = subprocess.Popen(argv, stdin=subprocess.DEVNULL, stdout=log, stderr=log)

    def start_all(self):
        self.start("gtpdump", "ip", "netns", "exec", "core", self.gtpdump, "-q", "-i", "c1", "-w", self.path("ring.pcap"),
                   "-C", str(RING_MB), "-W", str(RING_FILES))
        self.start("gtptop", self.gtptop, "--netns", "core", "--listen", SCRAPE, "-w", self.path("record.zst"), "-d", "2s")
        self.start_load("up", "--sport", "40000", "--negative",
                        "unknown-teid=1%,bad-version=1%,truncated=1%,echo=1%")
        self.start_load("down", "--dport", "5002")

    def start_load(self, direction, *options):
        self.start(f"gtpgen-{direction}", "ip", "netns", "exec", "gnb", self.gtpgen, "load", "172.31.1.1", "--tunnel-file",
                   self.path("ues.csv"), "--via", "10.45.0.1", "--via-netns", "core", "--direction", direction, "-r",
                   str(RATE), "-d", f"{self.seconds}s", "--drain", "3s", "--json-file", self.report(direction), "-q",
                   *options)

    def report(self, direction):
        return self.path(f"{direction}.json")

    def is_loading(self):
        return any(self.running[f"gtpgen-{direction}"].poll() is None for direction in ("up", "down"))

    def churn(self):
        """A thousand tunnels more and less, and a link that comes and goes."""
        tunnels = f"--netns core --dev gtpc --teid 0x900000 -n 1000 --peer 172.31.1.2"
        shell(f"{self.gtpgen} tunnel add {tunnels} --ue 10.60.0.0/16")
        shell(f"{self.gtpgen} tunnel del --netns core --dev gtpc --teid 0x900000 -n 1000")
        shell("ip netns add other && ip -n other link set lo up && ip -n other link add gtp9 type gtp role sgsn && "
              "ip -n other link del gtp9 && ip netns del other")
        self.churned += 1

    def scrape(self):
        with urllib.request.urlopen(f"http://{SCRAPE}/metrics", timeout=30) as answer:
            return answer.read().decode()

    def watch(self):
        """Samples while it runs: [(seconds, {program: KiB}, kernel's KiB)]."""
        samples, begin = [], time.monotonic()
        while self.is_loading():
            self.churn()
            scraped = self.scrape()
            sizes = {name: resident_kib(process.pid) for name, process in self.running.items() if process.poll() is None}
            samples.append((time.monotonic() - begin, sizes, slab_kib()))
            check("gtp_link_info" in scraped or "gtp_link" in scraped, f"{samples[-1][0]:.0f} s: scraped", scraped[:300])
            dead = [name for name, process in self.running.items() if process.poll() is not None and not name.startswith("gtpgen")]
            check(not dead, "all are alive", dead)
            time.sleep(max(1, self.seconds / 60))
        return samples

    def said(self, name):
        with open(self.path(name + ".log"), encoding="utf-8", errors="replace") as log:
            return log.read()[-800:]

    def judge(self, samples):
        sent = 0
        for direction in ("up", "down"):
            if not os.path.exists(self.report(direction)):
                return check(False, f"gtpgen reports {direction}", self.said(f"gtpgen-{direction}"))
            with open(self.report(direction), encoding="utf-8") as file:
                report = json.load(file)
            rx, tx = report["rx"], report["tx"]
            check(rx["packets"] + rx["lost"] == tx["packets"], f"{direction}: sent = received + lost", tx["packets"], rx)
            check(rx["lost"] == 0, f"{direction}: nothing of {tx['packets']} is lost, besides {tx['unwanted']}", rx)
            sent += tx["packets"]
        if os.environ["LAB_MODULE"] == "ours":
            rows = shell(f"{self.gtptop} --netns core --json -n 1 -d 1s -N 100000 'ms 10.46.0.0/16'").splitlines()[1:]
            counted = sum(row["up_packets"] + row["dn_packets"] for row in map(json.loads, rows))
            check(counted == sent, f"the module has counted {counted}", sent)
        for name in ("gtptop", "gtpdump"):
            self.running[name].terminate()
            status = self.running[name].wait(30)
            check(status in (0, 130), f"{name} ends well", status, self.said(name))
        ring = [name for name in os.listdir(self.directory) if name.startswith("ring")]
        octets = sum(os.path.getsize(self.path(name)) for name in ring)
        check(0 < len(ring) <= RING_FILES and octets <= RING_FILES * (RING_MB + 1) * 1_000_000,
              f"{octets} octets in {len(ring)} files of the ring", ring)
        read = shell(f"{self.gtptop} -r {self.path('record.zst')} --once | head -n 1")
        check(" tunnels" in read, "the recording reads", read)
        settled = samples[len(samples) // 3:]
        for name in settled[0][1]:
            first, last = settled[0][1][name], max(sizes.get(name, 0) for _, sizes, _ in settled)
            check(last <= first * 1.1 + 2048, f"{name}: {first} KiB, at most {last}", [each[1] for each in samples])
        first, last = settled[0][2], settled[-1][2]
        check(last <= first * 1.1 + 4096, f"the kernel's slabs: {first} KiB, {last} at the end",
              [each[2] for each in samples])
        check(self.churned >= 2, f"1000 tunnels and a link came and went {self.churned} times")


def main():
    with tempfile.TemporaryDirectory() as directory:
        suite = Suite(sys.argv[1], directory, int(sys.argv[2]))
        suite.network()
        suite.start_all()
        try:
            time.sleep(3)
            suite.judge(suite.watch())
        finally:
            for process in suite.running.values():
                if process.poll() is None:
                    process.kill()
    print(f"{results[1]} passed, {results[0]} failed")
    return 1 if results[0] else 0


if __name__ == "__main__":
    if "LAB_MODULE" not in os.environ:
        print("soak.py runs in the lab: tests/lab/soak BUILD")
        sys.exit(77)
    sys.exit(main())
