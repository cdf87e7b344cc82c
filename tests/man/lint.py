#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""The manual pages through mandoc and groff without a warning, their references, and the completions' syntax.

Usage: lint.py ROOT

What is not installed is left out; status 77 when neither mandoc nor groff is there.
"""
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

# Pages of others that ours may refer to.
OTHERS = {("ip", "8"), ("ip-link", "8"), ("ip-netns", "8"), ("iperf3", "1"), ("jq", "1"), ("pcap-filter", "7"), ("ping", "8"),
          ("strftime", "3"), ("tcpdump", "8"), ("terminfo", "5"), ("top", "1"), ("veth", "4"), ("zstd", "1")}
FORMATTERS = (["mandoc", "-Tlint", "-W", "warning"], ["groff", "-mandoc", "-Tutf8", "-ww", "-z"])
SHELLS = (("gtpdump.bash", ["bash", "-n"]), ("_gtpdump", ["zsh", "-n"]), ("gtpdump.fish", ["fish", "-n"]))


def complaints(argv, path):
    if not shutil.which(argv[0]):
        print(f"{argv[0]}: not installed, not run on {path.name}")
        return None
    done = subprocess.run([*argv, path], capture_output=True, text=True, check=False)
    text = (done.stdout + done.stderr).strip()
    return text or (f"{argv[0]}: exit status {done.returncode}" if done.returncode else "")


def check_bash(root):
    """Loads the completion and completes a few words."""
    script = f"""
      source {root}/completions/gtpdump.bash
      gtpdump() {{ printf 'imsi IMSI\\nteid TEID\\n'; }}
      try() {{ COMP_WORDS=(gtpdump "$@"); COMP_CWORD=$#; _gtpdump; echo "${{COMPREPLY[*]}}"; }}
      try --st; try -t e; try --follow i; try --port 9152 = pf; try --port 9152 =; try --fields imsi,te; try te
    """
    with tempfile.TemporaryDirectory() as empty:
        done = subprocess.run(["bash", "--norc", "-c", script], capture_output=True, text=True, check=False, cwd=empty)
    wanted = ["--stats", "epoch", "imsi=", "pfcp", "gtp-c gtp-u gtp-prime gtpv0 pfcp none", "imsi,teid", "teid"]
    have = done.stdout.splitlines()
    return "" if have == wanted else f"gtpdump.bash completes {have}, wanted {wanted}: {done.stderr.strip()}"


def main():
    root = pathlib.Path(sys.argv[1]).resolve()
    pages = sorted((root / "man").glob("*.[1-9]"))
    known = OTHERS | {tuple(page.name.rsplit(".", 1)) for page in pages}
    results = [complaints(argv, page) for page in pages for argv in FORMATTERS]
    if all(result is None for result in results):
        return 77
    for page in pages:
        for name, section in re.findall(r"^\.(?:It )?Xr (\S+) (\d)", page.read_text(), re.M):
            results.append("" if (name, section) in known else f"{page.name}: there is no {name}({section})")
    results += [complaints(argv, root / "completions" / name) for name, argv in SHELLS]
    results.append(check_bash(root))
    faults = [result for result in results if result]
    print("\n".join(faults) or f"{len(pages)} pages, no complaint")
    return 1 if faults or not pages else 0


if __name__ == "__main__":
    sys.exit(main())
