#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Compares the manual pages with the program: output and examples are run, tables come from its rows.

Usage: manual.py output|examples|tables PROGRAM ... [--update]

PROGRAM is gtpdump, for `tables` those that print them. With --update the pages are rewritten instead.
"""
import fcntl
import os
import pathlib
import re
import shlex
import struct
import subprocess
import sys
import tempfile
import termios

import page

HERE = pathlib.Path(__file__).resolve().parent
PAGES = sorted((HERE.parent.parent / "man").glob("*.[1-9]"))
ENVIRONMENT = {**os.environ, "TZ": "UTC", "LC_ALL": "C.UTF-8", "NO_COLOR": "1", "COLUMNS": "75"}


def run(argv, directory, stdin=None):
    return subprocess.run(argv, cwd=directory, env=ENVIRONMENT, input=stdin, capture_output=True, check=False, timeout=60)


def run_at_terminal(argv, directory, columns):
    """What a terminal of this width is shown."""
    ours, theirs = os.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    with subprocess.Popen(argv, cwd=directory, env=ENVIRONMENT, stdout=theirs, stderr=theirs) as process:
        os.close(theirs)
        shown = b""
        try:
            while octets := os.read(ours, 65536):
                shown += octets
        except OSError:  # the end of a terminal
            pass
    os.close(ours)
    return shown.decode().replace("\r\n", "\n")


def output_of(program, words, directory):
    """Of --stats, the sections behind the semicolons, as wide as the page."""
    command, *sections = words.split(" ; ")
    argv = [program, *shlex.split(command)]
    if not sections:
        done = run(argv, directory)
        return (done.stdout + done.stderr).decode()
    shown = run_at_terminal(argv, directory, page.WIDTH).split("\n\n")
    return "\n\n".join(part.rstrip("\n") for part in shown if part.split("\n")[0] in sections)


def make_fixture(path):
    subprocess.run([sys.executable, HERE / "packets.py", path], check=True)


def rewrite(update, replaced):
    """[replaced] maps a page's text to what it should be; returns how many pages differ."""
    differing = 0
    for path in PAGES:
        text = path.read_text()
        wanted = replaced(path, text)
        if wanted == text:
            continue
        if update:
            path.write_text(wanted)
        else:
            differing += 1
            have, want = text.splitlines(), wanted.splitlines()
            row = next((i for i, pair in enumerate(zip(have, want)) if pair[0] != pair[1]), min(len(have), len(want)))
            print(f"{path.name}:{row + 1}: differs; --update writes what the program says")
            print("  page:    " + (have[row] if row < len(have) else "(end)"))
            print("  program: " + (want[row] if row < len(want) else "(end)"))
    return differing


def check_output(program, update):
    count = 0
    with tempfile.TemporaryDirectory() as directory:
        make_fixture(pathlib.Path(directory) / "core.pcap")

        def block(match):
            nonlocal count
            count += 1
            text = output_of(program, match[1], directory)
            return f'.\\" output: {match[1]}\n{match[2]}{page.literal(text)}.Ed\n'

        differing = rewrite(update, lambda path, text: page.OUTPUT.sub(block, text))
    print(f"{count} blocks of output, {differing} pages differ")
    return differing == 0 and count > 0


def check_tables(programs, update):
    count = 0

    def rows_of(name):
        for program in programs:
            done = subprocess.run([program, name], capture_output=True, text=True, check=False)
            if done.returncode == 0:
                return done.stdout
        raise SystemExit(f"no program prints the table {name}")

    def table(match):
        nonlocal count
        count += 1
        return f'.\\" table: {match[1]}\n{rows_of(match[1])}.\\" end of table\n'

    differing = rewrite(update, lambda path, text: page.TABLE.sub(table, text))
    print(f"{count} tables, {differing} pages differ")
    return differing == 0 and count > 0


def pipelines(command):
    """The programs of a command line with their words; redirections go."""
    lexer = shlex.shlex(command, posix=True, punctuation_chars="|;<>&")
    lexer.whitespace_split = True
    argv = []
    skip = False
    for word in lexer:
        if word in ("|", ";", "&&", "||"):
            yield argv
            argv = []
        elif set(word) <= set("<>&"):
            skip = True
            # 2>&1
            if argv and argv[-1] == "2":
                argv.pop()
        elif skip:
            skip = False
        else:
            argv.append(word)
    yield argv


def without_interface(argv):
    """A live capture as one of the fixture: what remains is parsed in the same way."""
    words = iter(argv)
    for word in words:
        if word == "-i":
            next(words)
            yield from ("-r", "core.pcap")
        elif word == "--duration":
            next(words)
        elif word != "-p":
            yield word


def check_examples(program, _update):
    count = failures = 0
    with tempfile.TemporaryDirectory() as directory:
        place = pathlib.Path(directory)
        make_fixture(place / "core.pcap")
        fixture = (place / "core.pcap").read_bytes()
        for path in PAGES:
            for command in page.commands(path.read_text()):
                for argv in pipelines(command):
                    while argv and argv[0] in ("sudo", "TZ=UTC"):
                        argv = argv[1:]
                    if not argv or argv[0] != "gtpdump":
                        continue
                    argv = list(without_interface(argv[1:]))
                    for name in argv:
                        if re.fullmatch(r"[\w.-]+\.pcap(ng)?(\.(gz|xz|zst))?", name) and "-w" not in argv:
                            (place / name).write_bytes(fixture)
                    done = run([program, *argv], directory, fixture)
                    count += 1
                    if done.returncode not in ((0, 1) if "--check" in argv else (0,)):
                        failures += 1
                        print(f"{path.name}: {command}\n  exit status {done.returncode}: {done.stderr.decode().strip()}")
    print(f"{count} commands, {failures} failures")
    return failures == 0 and count > 0


def main():
    checks = {"output": check_output, "examples": check_examples, "tables": check_tables}
    update = "--update" in sys.argv
    name, *programs = [os.path.abspath(word) if word not in checks else word for word in sys.argv[1:]
                       if word != "--update"]
    return 0 if checks[name](programs if name == "tables" else programs[0], update) else 1


if __name__ == "__main__":
    sys.exit(main())
