#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0
"""Header, YAML spec and the module's own policy must say the same. The YAML is
read by its shape (no YAML parser in the standard library)."""

import os
import re
import struct
import sys

here = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, here)
import gtpnl
from gtpnl import NLM_F_DUMP, Gtp, attr, attrs_of
from labnet import Tests

KERNEL = os.path.join(here, "..", "..", "kernel")
CTRL, GETPOLICY = 16, 10
# enum netlink_attribute_type
POLICY = {2: "u8", 3: "u16", 4: "u32", 5: "u64", 11: "binary"}


def read(name):
    with open(os.path.join(KERNEL, name), encoding="ascii") as f:
        return f.read()


def header(enum, prefix):
    body = re.search(r"enum %s \{(.*?)\n\};" % enum, read("uapi/linux/gtp.h"), re.S)
    out, value = {}, -1
    for name, number in re.findall(r"^\s+(\w+)(?: = (\d+))?,", body.group(1), re.M):
        value = int(number) if number else value + 1
        if name.startswith(prefix) and not name.endswith(("_UNSPEC", "_MAX")):
            out[name[len(prefix):].lower().replace("_", "-")] = value
    return out


def spec(section):
    text = read("gtp.yaml").split("\noperations:")[0]
    body = re.split(r"\n  -\n    name: ", text)
    body = next(b for b in body if b.startswith(section + "\n    name-prefix"))
    return {name: (int(value), kind) for name, value, kind in re.findall(
        r"name: ([\w-]+)\n\s+value: (\d+)\n\s+type: ([\w-]+)", body)}


def policy():
    nl = Gtp()
    body = struct.pack("=BBH", GETPOLICY, 1, 0) + attr(2, b"gtp\0")
    answer = nl.request(CTRL, NLM_F_DUMP, body)
    assert not answer.errno, answer
    out = {}
    for _, _, message in answer.messages:
        for number, value in attrs_of(message[4:]):
            if number != 8:                       # CTRL_ATTR_POLICY
                continue
            for _, entries in attrs_of(value):
                for index, entry in attrs_of(entries):
                    kind = dict(attrs_of(entry)).get(1)
                    if kind:
                        out[index] = struct.unpack("=I", kind)[0]
    return out


def numbers(section):
    return {name: value for name, (value, _) in spec(section).items()}


def t_attributes():
    assert header("gtp_attrs", "GTPA_") == numbers("gtp")


def t_stats():
    body = re.search(r"struct gtp_tunnel_stats \{(.*?)\n\};",
                     read("uapi/linux/gtp.h"), re.S).group(1)
    members = [(name.replace("_", "-"), kind) for kind, name in
               re.findall(r"^\t__(u64|u32) (\w+);", body, re.M)]
    text = re.search(r"name: tunnel-stats\n(.*?)\n  -\n|\nattribute-sets",
                     read("gtp.yaml").replace("attribute-sets", "  -\n"), re.S).group(1)
    assert members == re.findall(r"- *\n +name: ([\w-]+)\n +type: (\w+)", text)
    names = [n.replace("_", "-") for n in gtpnl.STATS[0] + gtpnl.STATS[1]]
    assert [n for n, _ in members] == names, "gtpnl.STATS"
    kinds = [kind for _, kind in members]
    assert kinds == sorted(kinds, reverse=True), "u64 first: no padding"


def t_link_counters():
    assert header("gtp_link_counter", "GTP_LC_") == numbers("link-counters")


def t_python():
    names = [""] + ["" if n == "pad" else n.replace("-", "_") for n in numbers("link-counters")]
    assert names == gtpnl.LINK_COUNTERS, "gtpnl.LINK_COUNTERS"


def t_policy():
    known = {value: kind for value, kind in spec("gtp").values()}
    told = policy()
    assert told, "no policy dump"
    for number, kind in told.items():
        assert POLICY.get(kind, "binary") == known[number], f"attribute {number}: {kind}"
    replies = {"stats", "rx-qfi", "generation", "sequence", "rtt",
               "recovery", "link-counters", "tunnels", "pad"}
    wanted = {v for n, (v, _) in spec("gtp").items() if n not in replies}
    assert wanted <= set(told), wanted - set(told)


def t_version():
    assert Gtp().version == int(re.search(r"^version: (\d+)", read("gtp.yaml"), re.M).group(1))


def main():
    tests = Tests()
    for name, test in list(globals().items()):
        if name.startswith("t_"):
            tests.check(name[2:], test)
    tests.end()


if __name__ == "__main__":
    main()
