#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""gtpgen(8) has a section for every command with exactly its options, and the completions offer what --help has.

Usage: gtpgen_options.py ROOT GTPGEN
"""
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile


def said(*argv):
    return subprocess.run(argv, capture_output=True, text=True, check=True, timeout=60).stdout


def commands(gtpgen):
    return re.findall(r"(?m)^  ([a-z]+(?: [a-z]+)?)  ", said(gtpgen, "--help"))


def options(text):
    return {name for line in re.findall(r"(?m)^  (-\S.*)", text) for name in re.findall(
        r"(?<![\w-])--?[A-Za-z0-9][\w-]*", line.split("  ")[0])}


def in_page(page, command):
    """The options under "Ss COMMAND: …"."""
    found = set()
    for title, body in re.findall(r"(?ms)^\.Ss ([^\n]*)\n(.*?)(?=^\.S[sh] )", page + "\n.Sh \n"):
        if title.startswith(command + ": "):
            for item in re.findall(r"(?m)^\.It (Fl .*)", body):
                found |= {"-" + name for name in re.findall(r"Fl (-?[\w-]+)", item)}
    return found


def borrowed(page, command):
    """Options that the page describes elsewhere: a comment says `options of ndr: also those of load`."""
    other = re.search(rf'(?m)^\.\\" options of {command}: also those of (.*)$', page)
    return in_page(page, other[1]) if other else set()


def item(text, option):
    """What to write into the page for an option that is missing there, from its line in --help."""
    row = next(row for row in re.findall(r"(?m)^  (-\S.*(?:\n {20,}\S.*)?)", text) if option in options("  " + row))
    left, help_text = re.split(r"\s{2,}", row, maxsplit=1)
    names, _, value = left.partition(" ") if "," not in left else re.match(r"(.*, -\S+)( ?)(.*)", left).groups()
    flags = " , ".join("Fl " + name[1:] for name in names.split(", "))
    return f".It {flags}{' Ar ' + value if value else ''}\n{help_text[0].upper()}{help_text[1:]}."


def completed(script, shell, line):
    """What a shell offers behind the words of [line]."""
    done = subprocess.run([*shell, script], capture_output=True, text=True, check=False, timeout=60)
    return set(done.stdout.split()), f"{line}: {done.stderr.strip()}"


def bash(root, gtpgen, words):
    quoted = " ".join(f"'{word}'" for word in words)
    script = (f"source {root}/completions/gtpgen.bash; COMP_WORDS=('{gtpgen}' {quoted}); COMP_CWORD={len(words)}; "
              'cd "$(mktemp -d)"; _gtpgen; printf "%s\\n" "${COMPREPLY[@]}"')
    return completed(script, ["bash", "--norc", "-c"], " ".join(words))


def fish(root, gtpgen, words):
    directory = pathlib.Path(tempfile.mkdtemp())
    (directory / "gtpgen").symlink_to(gtpgen)
    script = (f"set PATH {directory} $PATH; source {root}/completions/gtpgen.fish; "
              f"complete -C 'gtpgen {' '.join(words)}' | string replace -r '\\t.*' ''")
    try:
        return completed(script, ["fish", "--no-config", "-c"], " ".join(words))
    finally:
        shutil.rmtree(directory)


def main():
    root, gtpgen = pathlib.Path(sys.argv[1]).resolve(), str(pathlib.Path(sys.argv[2]).resolve())
    page = (root / "man/gtpgen.8").read_text()
    names = commands(gtpgen)
    faults = []

    def compare(place, wanted, found):
        faults.extend(f"{place}: {name} is missing" for name in sorted(wanted - found))
        faults.extend(f"{place}: {name} is no option" for name in sorted(found - wanted))

    shells = [shell for shell in (bash, fish) if shutil.which(shell.__name__)]
    for name in names:
        wanted = options(said(gtpgen, *name.split(), "--help"))
        found = in_page(page, name)
        found |= borrowed(page, name) & wanted
        compare(f"man/gtpgen.8, {name}", wanted, found)
        texts = [item(said(gtpgen, *name.split(), "--help"), option) for option in sorted(wanted - found)]
        faults += ["to be added:\n" + text for text in dict.fromkeys(texts)]
        for shell in shells:
            found, where = shell(root, gtpgen, [*name.split(), "-"])
            compare(f"{shell.__name__}: {where}", wanted | {"-h", "--help"}, found)
    for shell in shells:
        found, where = shell(root, gtpgen, ["ec"])
        compare(f"{shell.__name__}: {where}", {"echo"}, found)
        found, where = shell(root, gtpgen, ["tunnel", "ad"])
        compare(f"{shell.__name__}: {where}", {"add"}, found)
    for path, argv in (("_gtpgen", ["zsh", "-n"]), ("gtpgen.bash", ["bash", "-n"]), ("gtpgen.fish", ["fish", "-n"])):
        if shutil.which(argv[0]):
            done = subprocess.run([*argv, root / "completions" / path], capture_output=True, text=True, check=False)
            if done.returncode:
                faults.append(f"completions/{path}: {done.stderr.strip()}")
    print("\n".join(faults))
    print(f"{len(names)} commands, {len(faults)} faults; shells: {', '.join(shell.__name__ for shell in shells)}")
    return 1 if faults or len(names) < 2 else 0


if __name__ == "__main__":
    sys.exit(main())
