#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""gtp(4) names what kernel/uapi/linux/gtp.h has: every command, attribute, flag and counter, with the same numbers.

Usage: kernel.py ROOT
"""
import pathlib
import re
import sys

# Of <linux/if_link.h>.
FOREIGN = {
    "IFLA_GTP_FD0", "IFLA_GTP_FD1", "IFLA_GTP_PDP_HASHSIZE", "IFLA_GTP_ROLE", "IFLA_GTP_CREATE_SOCKETS",
    "IFLA_GTP_RESTART_COUNT", "IFLA_GTP_LOCAL", "IFLA_GTP_LOCAL6",
}
NAME = r"(?:GTPA|GTP_CMD|GTP_REQ|GTP_TUNNEL|GTP_LC|GTP_LINK|IFLA_GTP)_[A-Z0-9_]+"
LEFT_OUT = re.compile(r"_(UNSPEC|PAD|MAX)$|^GTPA_(SGSN_ADDRESS|TOOLS_MAX)$")


def numbers_of(header):
    """{name: number} of the header's enums and definitions; None where the number is an expression."""
    found = {}
    for body in re.findall(r"enum \w+ \{(.*?)\n\};", header, re.S):
        number = -1
        for name, value in re.findall(r"^\t(\w+)(?: = (\d+))?,", body, re.M):
            number = int(value) if value else number + 1
            found[name] = number
    for name in re.findall(rf"^#define ({NAME})\b", header, re.M):
        found.setdefault(name, None)
    return {name: number for name, number in found.items() if re.fullmatch(NAME, name) and not LEFT_OUT.search(name)}


def main():
    root = pathlib.Path(sys.argv[1])
    header = (root / "kernel/uapi/linux/gtp.h").read_text(encoding="utf-8")
    page = (root / "man/gtp.4").read_text(encoding="utf-8")
    numbers = numbers_of(header)
    named = set(re.findall(NAME, page))
    faults = [f"{name} is in the header and not in the page" for name in sorted(numbers.keys() - named)]
    faults += [f"{name} is in the page and not in the header" for name in sorted(named - numbers.keys() - FOREIGN)]

    rows = re.findall(rf"^\.It Dv ({NAME}) No (\d+) Ta", page, re.M)
    faults += [f"{name} is {numbers.get(name)}, not {said}" for name, said in rows if numbers.get(name) != int(said)]
    wanted = {name for name in numbers if name.startswith(("GTPA_", "GTP_CMD_"))}
    faults += [f"{name} has no row" for name in sorted(wanted - {name for name, _ in rows})]

    struct = re.search(r"struct gtp_tunnel_stats \{(.*?)\n\};", header, re.S).group(1)
    fields = re.findall(r"__u\d+ (\w+);", struct)
    faults += [f"{field} of struct gtp_tunnel_stats is not in the page" for field in fields if field not in page]

    print("\n".join(faults) or f"{len(numbers)} names, {len(rows)} rows, {len(fields)} fields")
    return 1 if faults or not rows or not fields else 0


if __name__ == "__main__":
    sys.exit(main())
