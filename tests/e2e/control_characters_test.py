#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Whatever a capture holds, gtpdump writes printable ASCII, newlines and tabs.

    control_characters_test.py GTPDUMP

Messages of every protocol with every element type, their values full of control characters, escape sequences, quotes
and octets above 127, through every mode of output.
"""
import os
import pathlib
import random
import struct
import subprocess
import sys
import tempfile

SOURCE = pathlib.Path(__file__).resolve().parent.parent.parent
CAPTURES = pathlib.Path(os.environ.get("GTP_CAPTURES") or SOURCE.parent / "shared" / "captures" / "given")
NASTY = [b"\x1b[31m", b"\x1b]0;title\x07", b"\x00", b"\n", b"\r", b"\t", b"\x7f", b"\x9b1m", b"\xc2\x9b",
         b"\xe2\x80\xae", b"\xff", b'"', b"\\", b"a", b"\x03"]
ALLOWED = frozenset(range(0x20, 0x7F)) | {0x0A, 0x09}
MODES = [[], ["-v"], ["-x"], ["--json"], ["--json", "--raw"], ["--stats"], ["--stats", "--json"], ["--check"],
         ["--fields", "frame,imsi,msisdn,apn,mei,ue,fault"], ["--fields", "apn,imsi", "--csv"]]


def nasty_value(numbers):
    value = b"".join(numbers.choice(NASTY) for _ in range(numbers.randrange(1, 12)))
    # Half of them begin like a name: a label of the right length.
    return bytes([len(value)]) + value if numbers.random() < 0.5 else value


def datagram(port, payload):
    udp = struct.pack(">HHHH", port, port, 8 + len(payload), 0) + payload
    ip = struct.pack(">BBHHHBBH4s4s", 0x45, 0, 20 + len(udp), 0, 0, 64, 17, 0, bytes([192, 0, 2, 1]),
                     bytes([192, 0, 2, 2]))
    return bytes(12) + b"\x08\x00" + ip + udp


def messages(numbers):
    for sequence in range(600):
        types = [numbers.randrange(256) for _ in range(4)]
        tlv = b"".join(struct.pack(">BH", t | 0x80, len(v)) + v for t in types for v in [nasty_value(numbers)])
        ies = b"".join(struct.pack(">BHB", t, len(v), 0) + v for t in types for v in [nasty_value(numbers)])
        wide = b"".join(struct.pack(">HH", numbers.randrange(320), len(v)) + v
                        for _ in types for v in [nasty_value(numbers)])
        yield datagram(2123, struct.pack(">BBHIHH", 0x32, 16, 4 + len(tlv), 0, sequence, 0) + tlv)
        yield datagram(2123, struct.pack(">BBHII", 0x48, 32, 8 + len(ies), 0, sequence << 8) + ies)
        yield datagram(8805, struct.pack(">BBHI", 0x20, 50, 4 + len(wide), sequence << 8) + wide)
        yield datagram(3386, struct.pack(">BBHH", 0x4E, 240, len(tlv), sequence) + tlv)
        yield datagram(3386, struct.pack(">BBHHHI8s", 0x1E, 16, len(tlv), sequence, 0, 0xFF, bytes(8)) + tlv)
        yield datagram(2152, struct.pack(">BBHI", 0x30, 255, len(tlv), 1) + tlv)
    # What an operator could be made to read: an APN of nothing but escapes.
    for value in NASTY:
        yield datagram(2123, struct.pack(">BBHIHHBH", 0x32, 16, 7 + len(value), 0, 1, 0, 131, len(value)) + value)


def write_capture(path):
    numbers = random.Random(20)
    with open(path, "wb") as out:
        out.write(struct.pack("<IHHiIII", 0xA1B2C3D4, 2, 4, 0, 0, 65535, 1))
        for i, frame in enumerate(messages(numbers)):
            out.write(struct.pack("<IIII", 1760000000 + i, 0, len(frame), len(frame)) + frame)


def main():
    gtpdump = os.path.abspath(sys.argv[1])
    failed = False
    with tempfile.TemporaryDirectory() as directory:
        captures = [pathlib.Path(directory) / "nasty.pcap"]
        write_capture(captures[0])
        bad_inputs = CAPTURES / "synthetic_bad_inputs.pcap"
        if bad_inputs.exists():
            captures.append(bad_inputs)
        for capture in captures:
            for mode in MODES:
                run = subprocess.run([gtpdump, "-r", capture, *mode], capture_output=True, check=False, timeout=120)
                # --check ends with 1 when it finds something.
                if run.returncode not in (0, 1) or not run.stdout:
                    print(f"{capture.name} {' '.join(mode)}: status {run.returncode}: {run.stderr[:200]!r}")
                    failed = True
                for name, text in (("stdout", run.stdout), ("stderr", run.stderr)):
                    at = next((i for i, octet in enumerate(text) if octet not in ALLOWED), None)
                    if at is not None:
                        print(f"{capture.name} {' '.join(mode)}: {name}: {text[max(0, at - 60):at + 20]!r}")
                        failed = True
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
