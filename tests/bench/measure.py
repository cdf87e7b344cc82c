# SPDX-License-Identifier: GPL-2.0-or-later
"""Runs programs and says what they cost."""
import contextlib
import dataclasses
import os
import pathlib
import re
import statistics
import subprocess
import time


@dataclasses.dataclass
class Cost:
    wall: float  # seconds
    cpu: float  # user and system, seconds


def run(command):
    """One run of a program, its output thrown away."""
    with open(os.devnull, "wb") as sink:
        start = time.monotonic()
        child = subprocess.Popen([str(word) for word in command], stdout=sink, stderr=sink)
        _, status, usage = os.wait4(child.pid, 0)
        wall = time.monotonic() - start
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode != 0:
        raise SystemExit(f"{' '.join(map(str, command))}: status {child.returncode}")
    return Cost(wall, usage.ru_utime + usage.ru_stime)


def median(costs):
    return Cost(
        statistics.median(cost.wall for cost in costs),
        statistics.median(cost.cpu for cost in costs),
    )


def peak_rss(command):
    """The largest resident set of a program, in octets.

    From its status while it runs: ru_maxrss counts what the process was before exec, which is this interpreter.
    """
    peak = 0
    with open(os.devnull, "wb") as sink:
        child = subprocess.Popen([str(word) for word in command], stdout=sink, stderr=sink)
        while child.poll() is None:
            with contextlib.suppress(OSError):
                status = pathlib.Path(f"/proc/{child.pid}/status").read_text()
                if (found := re.search(r"VmHWM:\s+(\d+) kB", status)) and "gtpdump" in status:
                    peak = max(peak, int(found.group(1)) * 1024)
            time.sleep(0.01)
    return peak


def alternate(commands, repeat):
    """Each of the commands in turn, [repeat] times, so that all of them see the same weather; a Cost of each."""
    costs = [[] for _ in commands]
    for _ in range(repeat):
        for command, own in zip(commands, costs):
            own.append(run(command))
    return [median(own) for own in costs]
