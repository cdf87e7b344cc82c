#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0
"""The table of docs/kernel-standard.md from what test_standard.py found: clause
by clause, ours and mainline side by side. Ours must pass all of it, the table
must be the document's, and no test may be without a clause.
usage: standard_table.py DIR DOCUMENT [--write]
DIR has the output of test_standard.py as ours-6.1, ours-6.12 and stock-6.12."""

import os
import re
import sys

BEGIN, END = "<!-- clauses: begin -->", "<!-- clauses: end -->"

CLAUSES = [
    ("TS 29.281, 5.1", "T-PDU, IPv4 inside", "plain"),
    ("TS 29.281, 5.1", "T-PDU, IPv6 inside", "plain6"),
    ("TS 29.281, 5.1", "version: another one is no T-PDU", "version2"),
    ("TS 29.281, 5.1", "protocol type 0 is GTP' and not for us", "gtp_prime"),
    ("TS 29.281, 5.1", "spare bit: not looked at by a receiver", "spare_ignored"),
    ("TS 29.281, 5.1", "S: the sequence number is there", "sequence"),
    ("TS 29.281, 5.1", "PN: the N-PDU number is there", "npdu"),
    ("TS 29.281, 5.1", "length: what is behind it is padding", "padding"),
    ("TS 29.281, 5.1", "length: beyond the datagram", "length_beyond"),
    ("TS 29.281, 5.1", "shorter than the mandatory header", "truncated"),
    ("TS 29.281, 5.1", "shorter than the optional fields it announces", "options_cut"),
    ("TS 29.281, 5.1", "T-PDU sent: header, length, TEID, port", "down"),
    ("TS 29.281, 5.1", "T-PDU sent, IPv6 inside", "down6"),
    ("TS 29.281, 5.2.1", "a chain of extension headers is followed", "ext_chain"),
    ("TS 29.281, 5.2.1", "unknown, comprehension not required: passed over", "ext_not_required"),
    ("TS 29.281, 5.2.1", "unknown, comprehension required: discarded, peer notified",
     "ext_required"),
    ("TS 29.281, 5.2.1", "extension header of length 0", "ext_zero_length"),
    ("TS 29.281, 5.2.1", "extension header beyond the message", "ext_beyond"),
    ("TS 29.281, 5.2.1", "a chain without an end", "ext_endless"),
    ("TS 29.281, 5.2.2.7", "PDU Session Container received", "psc"),
    ("TS 29.281, 5.2.2.7", "one that looks like an IP header", "psc_looks_like_ip"),
    ("TS 29.281, 5.2.2.7", "PDU Session Container sent", "psc_sent"),
    ("TS 29.281, 4.4.2", "source port: any may be sent from", "flow_port"),
    ("TS 29.281, 7.2.1", "Echo Request answered: port, sequence number, Recovery", "echo"),
    ("TS 29.281, 7.2.2", "nothing but its own elements in the Echo Response", "echo_ies"),
    ("TS 29.281, 7.2.1", "Echo Request shorter than its header", "echo_short"),
    ("TS 29.281, 7.2.1", "Echo Request sent, its answer told", "echo_event"),
    ("TS 29.281, 7.2.2", "Echo Response nobody waits for: no ICMP", "echo_nobody"),
    ("TS 29.281, 7.3.1", "Error Indication for an unknown TEID, with the UDP port", "error_sent"),
    ("TS 29.281, 7.3.1", "none for TEID 0", "error_not_zero"),
    ("TS 29.281, 7.3.1", "none for a tunnel that exists", "error_not_known"),
    ("TS 29.281, 7.3.1", "no more of them than is good", "error_limited"),
    ("TS 29.281, 7.3.1", "Error Indication received: its tunnel, an event", "error_received"),
    ("TS 29.281, 7.3.2", "End Marker: its tunnel, an event", "end_marker"),
    ("TS 29.281, 6.1", "unknown message: discarded, not answered", "unknown_message"),
    ("TS 29.281, 4.2", "tunnel moved to another TEID", "rehash_teid"),
    ("TS 29.281, 4.2", "tunnel moved to another subscriber address", "rehash_ms"),
    ("TS 23.401, 5.5.1", "peer and TEID changed under way (handover)", "handover"),
    ("RFC 1191", "inner packet too big, IPv4 with DF: told", "too_big4"),
    ("RFC 8201", "inner packet too big, IPv6: told", "too_big6"),
    ("RFC 791", "outer packet fragmented where the inner may be", "fragment_outside"),
    ("RFC 6040", "congestion mark outside reaches the inside", "ecn"),
    ("RFC 2983", "DSCP of the inside is that of the outside", "tos_down"),
    ("TS 09.60, 6, 7", "GTPv0: T-PDUs, flow label, sequence numbers", "v0"),
    ("TS 09.60, 7.4", "GTPv0: Echo", "echo0"),
    ("-", "nothing piles up in a socket that nobody reads", "quiet_socket"),
]


def results(name):
    """Test to its results: outer family to ok, not ok or skip."""
    out = {}
    with open(name, encoding="utf-8") as f:
        for line in f:
            found = re.match(r"(ok|not ok) - outer (IPv[46]) (\w+)(.*)", line)
            if found:
                verdict = "skip" if "# skip" in found[4] else found[1]
                out.setdefault(found[3], {})[found[2]] = verdict
    return out


def cell(verdicts):
    asked = {family: v for family, v in verdicts.items() if v != "skip"}
    good = [family for family, v in asked.items() if v == "ok"]
    if not asked:
        return "not asked"
    if len(good) == len(asked):
        return "yes"
    return f"over {good[0]} only" if good else "no"


def main(folder, document, *options):
    sets = {n: results(os.path.join(folder, n)) for n in ("ours-6.1", "ours-6.12", "stock-6.12")}
    failed = 0

    def check(name, problems):
        nonlocal failed
        failed += bool(problems)
        print(f"{'not ok' if problems else 'ok'} - {name}")
        for problem in problems:
            print("  " + problem)

    named = {test for _, _, test in CLAUSES}
    check("every test has a clause", sorted(named ^ set(sets["ours-6.12"])))
    check("ours passes all of them, on 6.1 and 6.12",
          [f"{n}: {test} {v}" for n in ("ours-6.1", "ours-6.12") for test, v in sets[n].items()
           if "not ok" in v.values()])
    rows = ["| clause | what | gtp-tools | mainline 6.12 |", "|---|---|---|---|"]
    rows += [f"| {clause} | {what} | {cell(sets['ours-6.12'].get(test, {}))} | "
             f"{cell(sets['stock-6.12'].get(test, {}))} |" for clause, what, test in CLAUSES]
    with open(document, encoding="utf-8") as f:
        head, _, rest = f.read().partition(BEGIN)
        listed, _, tail = rest.partition(END)
    if "--write" in options:
        with open(document, "w", encoding="utf-8") as f:
            f.write(head + BEGIN + "\n" + "\n".join(rows) + "\n" + END + tail)
        listed = "\n".join(rows)
    listed = listed.strip().split("\n")
    check("the document's table is what was found",
          [f"found: {r}" for r in rows if r not in listed] +
          [f"listed: {r}" for r in listed if r not in rows])
    print(f"{3 - failed} passed, {failed} failed")
    return failed > 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
