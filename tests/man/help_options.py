#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""The options of a program are the same in --help, in its manual page and in what its completions offer.

Usage: help_options.py ROOT PROGRAM

A program with commands has a section for each in its page ("Ss load: ..."), one without has its options under
"Sh OPTIONS".
"""
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile


def said(*argv):
    return subprocess.run(argv, capture_output=True, text=True, check=True, timeout=60).stdout


def commands(program):
    """Its commands; one without a name when it has none."""
    return re.findall(r"(?m)^  ([a-z]+(?: [a-z]+)?)  ", said(program, "--help").split("\nFields of filters")[0]) or [""]


def options(text):
    return {name for line in re.findall(r"(?m)^  (-\S.*)", text) for name in re.findall(
        r"(?<![\w-])--?[A-Za-z0-9][\w-]*", line.split("  ")[0])}


def in_page(page, command):
    """The options under "Ss COMMAND: …", or without a command under "Sh OPTIONS"."""
    found = set()
    if not command:
        sections = [("", re.search(r"(?ms)^\.Sh OPTIONS\n(.*?)(?=^\.Sh )", page)[1])]
    else:
        sections = re.findall(r"(?ms)^\.Ss ([^\n]*)\n(.*?)(?=^\.S[sh] )", page + "\n.Sh \n")
    for title, body in sections:
        if not command or title.startswith(command + ": "):
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
    names, _, value = left.partition(" ") if ", -" not in left else re.match(r"(.*, -\S+)( ?)(.*)", left).groups()
    flags = " , ".join("Fl " + name[1:] for name in names.split(", "))
    return f".It {flags}{' Ar ' + value if value else ''}\n{help_text[0].upper()}{help_text[1:]}."


def completed(script, shell, line):
    """What a shell offers behind the words of [line]."""
    done = subprocess.run([*shell, script], capture_output=True, text=True, check=False, timeout=60)
    return set(done.stdout.split()), f"{line}: {done.stderr.strip()}"


def bash(root, program, words):
    name = pathlib.Path(program).name
    quoted = " ".join(f"'{word}'" for word in words)
    script = (f"source {root}/completions/{name}.bash; COMP_WORDS=('{program}' {quoted}); COMP_CWORD={len(words)}; "
              f'cd "$(mktemp -d)"; _{name}; printf "%s\\n" "${{COMPREPLY[@]}}"')
    return completed(script, ["bash", "--norc", "-c"], " ".join(words))


def fish(root, program, words):
    name = pathlib.Path(program).name
    directory = pathlib.Path(tempfile.mkdtemp())
    (directory / name).symlink_to(program)
    script = (f"set PATH {directory} $PATH; source {root}/completions/{name}.fish; "
              f"complete -C '{name} {' '.join(words)}' | string replace -r '\\t.*' ''")
    try:
        return completed(script, ["fish", "--no-config", "-c"], " ".join(words))
    finally:
        shutil.rmtree(directory)


def main():
    root, program = pathlib.Path(sys.argv[1]).resolve(), str(pathlib.Path(sys.argv[2]).resolve())
    name = pathlib.Path(program).name
    page = (root / f"man/{name}.8").read_text()
    faults = []

    def compare(place, wanted, found):
        faults.extend(f"{place}: {option} is missing" for option in sorted(wanted - found))
        faults.extend(f"{place}: {option} is no option" for option in sorted(found - wanted))

    shells = [shell for shell in (bash, fish) if shutil.which(shell.__name__)]
    names = commands(program)
    for command in names:
        text = said(program, *command.split(), "--help")
        wanted = options(text)
        if len(wanted) < 2:
            faults.append(f"{name} {command} --help has no options")
        found = in_page(page, command)
        found |= borrowed(page, command) & wanted
        compare(f"man/{name}.8, {command}", wanted, found)
        faults += ["to be added:\n" + entry for entry in
                   dict.fromkeys(item(text, option) for option in sorted(wanted - found))]
        for shell in shells:
            found, where = shell(root, program, [*command.split(), "-"])
            compare(f"{shell.__name__}: {where}", wanted | {"-h", "--help"}, found)
    # The beginning of a word is completed, of a command with two words the second.
    for command in names:
        *first, last = command.split() or [""]
        for shell in shells if last else ():
            found, where = shell(root, program, [*first, last[:-1]])
            if last not in found:
                faults.append(f"{shell.__name__}: {where}: {last} is missing")
    for path, argv in ((f"_{name}", ["zsh", "-n"]), (f"{name}.bash", ["bash", "-n"]), (f"{name}.fish", ["fish", "-n"])):
        if not (root / "completions" / path).exists():
            faults.append(f"completions/{path} is missing")
        elif shutil.which(argv[0]):
            done = subprocess.run([*argv, root / "completions" / path], capture_output=True, text=True, check=False)
            if done.returncode:
                faults.append(f"completions/{path}: {done.stderr.strip()}")
    print("\n".join(faults))
    print(f"{len(names)} commands, {len(faults)} faults; shells: {', '.join(shell.__name__ for shell in shells)}")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
