#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0
"""The lab's tests as ctest has them: one boot for each kernel, one result for each part.

    suite.py boot KERNEL DIR TEST...   boots once, runs test_TEST.py ... in it, leaves outputs in DIR/KERNEL
    suite.py part KERNEL DIR PART      shows what PART said and ends with its status

PART is a TEST, "dropin" (the answers of stock and ours in both boots), or "kernel" (what the kernel had to say).
Status 77: this host cannot run the lab; why is said."""

import pathlib
import re
import shutil
import subprocess
import sys
import time

HERE = pathlib.Path(__file__).resolve().parent
SKIP = 77
BOOT_SECONDS = 900


def boot(kernel, directory, tests):
    shutil.rmtree(directory, ignore_errors=True)
    directory.mkdir(parents=True)
    started = time.monotonic()
    command = [HERE / "run", "--kernel", kernel, "--timeout", str(BOOT_SECONDS), "--", HERE / "suite_guest", *tests]
    done = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                          text=True, errors="replace", check=False)
    (directory / "kernel").write_text(done.stderr)
    (directory / "kernel.status").write_text(str(done.returncode))
    if done.returncode == SKIP:
        (directory / "skip").write_text(done.stderr)
        print(done.stderr)
        return SKIP

    parts = split(done.stdout, directory)
    for name, (status, seconds) in parts.items():
        lines = (directory / name).read_text().strip().splitlines()
        print(f"{kernel} {name}: status {status}, {seconds} s: {lines[-1] if lines else 'nothing said'}")
    print(f"{time.monotonic() - started:.0f} s altogether")
    if not parts:
        print(done.stdout, done.stderr, sep="\n")
    return 0 if parts else 1


def split(output, directory):
    """Files of DIR with what each part said; {part: (status, seconds)}."""
    parts = {}
    for match in re.finditer(r"^@begin (\S+)\n(.*?)^@end \1 (\d+) (\d+)$", output, re.M | re.S):
        name, text, status, seconds = match.groups()
        (directory / name).write_text(text)
        (directory / f"{name}.status").write_text(status)
        parts[name] = int(status), int(seconds)
    return parts


def part(kernel, directory, name):
    if (directory / "skip").exists():
        print((directory / "skip").read_text())
        return SKIP
    if name == "dropin":
        return dropin(directory.parent)
    if not (directory / f"{name}.status").exists():
        print(f"{name} did not come to its end")
        print((directory / "kernel").read_text())
        return 1
    text = (directory / name).read_text()
    print(text)
    # A test of the lab ends with its sum, or it has not got there.
    if name != "kernel" and not re.search(r"^[1-9]\d* passed, 0 failed", text, re.M):
        return 1
    return int((directory / f"{name}.status").read_text()) and 1


def dropin(results):
    """What the modules answered in both boots, against the table of intended differences."""
    together = results / "dropin"
    together.mkdir(exist_ok=True)
    for kernel in ("6.12", "6.1"):
        for who in ("stock", "ours"):
            path = results / kernel / f"answers-{who}"
            status = path.with_name(f"{path.name}.status")
            if not status.exists() or status.read_text() != "0":
                print(f"no answers of {who} on {kernel}", path.read_text() if path.exists() else "")
                return 1
            shutil.copy(path, together / f"{who}-{kernel}")
    command = [sys.executable, "-B", HERE / "dropin_compare.py", together, HERE.parent.parent / "docs/kernel-differences.md"]
    return subprocess.run(command, check=False).returncode


def main(words):
    if len(words) < 4 or words[0] not in ("boot", "part"):
        sys.exit(__doc__)
    kernel, directory = words[1], pathlib.Path(words[2]) / words[1]
    if words[0] == "boot":
        return boot(kernel, directory, words[3:])
    return part(kernel, directory, words[3])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
