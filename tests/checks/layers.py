#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Checks who may include whom, from the two tables below. Usage: layers.py ROOT

Includes are written from the root of the repository, so a line says which part it crosses to. A file may include its
own part, the parts that its row names, and what those may include.
"""
import pathlib
import re
import sys

# part: the parts it may include (and, through them, theirs)
EDGES = {
    "libcommon/util": [],
    "libcommon/wire": ["libcommon/util"],
    "libcommon/packet": ["libcommon/wire"],
    "libcommon/capture": ["libcommon/packet"],
    "libcommon/filter": ["libcommon/util"],
    "libcommon/output": ["libcommon/util"],
    "libcommon/measure": ["libcommon/util"],
    "libcommon/sys": ["libcommon/util"],
    "libcommon/netlink": ["libcommon/util", "kernel"],
    "libcommon/tap": ["libcommon/wire"],
    # Its interface to user space: kernel/uapi.
    "kernel": [],
    # Programs see all of libcommon and never each other.
    "gtpdump": ["libcommon"],
    "gtpgen": ["libcommon"],
    "gtptop/model": ["libcommon/filter", "libcommon/output"],
    "gtptop/check": ["gtptop/model", "libcommon"],
    "gtptop/record": ["gtptop/model", "libcommon/capture"],
    "gtptop/collect": ["gtptop/check", "gtptop/record", "libcommon"],
    "gtptop/export": ["gtptop/check", "libcommon"],
    "gtptop/ui": ["gtptop/model", "libcommon/sys"],
    "gtptop": ["libcommon", "gtptop/collect", "gtptop/export", "gtptop/ui"],
    "tests": ["libcommon", "gtpdump", "gtpgen", "gtptop"],
}

# header of a third party (a regular expression over what is between < and >): where it may be included
HOMES = {
    r"pcap(/.*|\.h)": [r"libcommon/capture/"],
    r"(zlib|zstd|zstd_errors|lzma)\.h": [r"libcommon/capture/", r"gtptop/record/", r"tests/unit/capture/"],
    r"CLI/.*": [r"gtp\w+/options\.cpp"],
    r"fmt/.*": [r"libcommon/output/"],
    r"libmnl/.*": [r"libcommon/netlink/\w+\.cpp"],
    r"yaml-cpp/.*": [r"gtpgen/scenario/document\.cpp"],
    r"bpf/.*": [r"libcommon/tap/", r"gtpgen/transmit/xdp\w*\.(cpp|hpp)"],
    r"xdp/.*": [r"gtpgen/transmit/xdp\w*\.(cpp|hpp)"],
    r"prometheus/.*": [r"gtptop/export/metrics_text\.cpp"],
    r"n?curses\.h": [r"gtptop/ui/terminal\.cpp"],
    r"catch2?/.*": [r"tests/"],
}

INCLUDE = re.compile(r'\s*#\s*include\s*(?:"([^"]+)"|<([^>]+)>)')


def part_of(path):
    words = path.split("/")
    deep = words[0] == "libcommon" or (words[0] == "gtptop" and len(words) > 2)
    return "/".join(words[:2]) if deep else words[0]


def allowed(part):
    """Everything that [part] may include, itself included."""
    found, todo = set(), [part]
    while todo:
        one = todo.pop()
        if one in found:
            continue
        found.add(one)
        if one == "libcommon":
            todo += [key for key in EDGES if key.startswith("libcommon/")]
        todo += EDGES.get(one, [])
    return found


def violations(root, path):
    part = part_of(path)
    if part not in EDGES:
        yield 1, f"{part} is not in the table of parts (tests/checks/layers.py)"
        return
    for number, line in enumerate((root / path).read_text(encoding="utf-8").splitlines(), 1):
        match = INCLUDE.match(line)
        if not match:
            continue
        own, foreign = match.groups()
        if own:
            # A header that is made from a BPF program (cmake/GtpBpf.cmake) is its source.
            if not (root / re.sub(r"\.bpf\.hpp$", ".bpf.c", own)).is_file():
                yield number, f'"{own}" is not a path from the root of the repository'
            elif part_of(own) not in allowed(part):
                yield number, f"{part} may not include {part_of(own)}"
        else:
            for header, homes in HOMES.items():
                if re.fullmatch(header, foreign) and not any(re.match(home, path) for home in homes):
                    yield number, f"<{foreign}> belongs to {' or '.join(homes)} only"


def main():
    root = pathlib.Path(sys.argv[1])
    files = sorted(
        str(path.relative_to(root))
        for top in {key.split("/")[0] for key in EDGES}
        for path in (root / top).rglob("*.?pp")
    )
    found = [(path, number, what) for path in files for number, what in violations(root, path)]
    for path, number, what in found:
        print(f"{path}:{number}: {what}")
    print(f"{len(files)} files, {len(found)} violations")
    return 1 if found or not files else 0


if __name__ == "__main__":
    sys.exit(main())
