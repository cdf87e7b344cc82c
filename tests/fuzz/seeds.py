#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Makes the seeds of the fuzz targets in a directory: from our own captures, and from those given.

    seeds.py --make-seeds P --make-load P --make-capture P DIRECTORY [CAPTURE...]
"""
import argparse
import gzip
import hashlib
import lzma
import pathlib
import shutil
import struct
import subprocess

FIXTURES = ("demo", "bad", "fragments")
LOADS = (("gpdu", 20), ("gtpv2", 400), ("mixed", 80))
LARGEST_COMPRESSED = 4096
FILTERS = (
    "teid 0x51a0ff17",
    "ms 10.45.0.0/16 and dn > 10M",
    "imsi 001010000000001 or type echo",
    "not (apn ~ inter* or teid in 1,2,3) and malformed",
    "type == echo_request and not (imsi != 00101 or ms 2001:db8::/32)",
)
CONTROL = (
    '{"op":"hello","schema":"gtpgen.control/1","boot":"0b9c 1"}',
    '{"op":"start","run":4711,"tunnels":1000,"epoch_ns":81234567890}',
    '{"op":"counts"}',
    '{"op":"stop","sent":200001,"drain_ns":1000000000,"sent_runs":[[1,201],[999,200]]}',
    '{"ok":false,"error":"another trial\\u0020is running"}',
    '{"ok":true,"schema":"gtpgen.control/1","version":"0.1.0","host":"n6","same_clock":true}',
    '{"ok":true,"result":{"counts":{"calls":1,"messages":1,"datagrams":4,"stamped":2,"bytes_inner":96,"corrupt":0,'
    '"unstamped":0,"unknown_run":0,"unknown_tunnel":0,"unknown_teid":0,"malformed":1,"first_ns":5,"last_ns":9,'
    '"app_stamped":0,"clock_steps":0},'
    '"gtp":{"echo_requests":1,"echo_responses":0,"error_indications":0,"error_indications_sent":0,'
    '"supported_ext_headers":0,"version_not_supported":0,"end_markers":0,"other":0,"icmp_errors":0},"stream":{'
    '"received":2,"given_up":0,"reordered":1,"reorder_max_distance":1,"duplicate":0,"late":0},"lost_local":null,'
    '"latency":{"kind":1,"stamp":0,"negative":0,"min":5,"max":130,"mean":67,"buckets":[[5,1],[131,1]]},"totals":{'
    '"expected":3,"received":2,"lost":1,"tunnels_seen":1,"tunnels_with_loss":1,"worst":[[0,1,3]]}}}',
)

SCENARIOS = (
    "version: 1\ntarget: {address: 192.0.2.10, port: 2152}\nsource: {addresses: 192.0.2.100/30, ports: 2152-2183}\n"
    "tunnels: {count: 100, teid: {start: 0x1000, step: 1}, ue: 10.45.0.0/16, qfi: [1, 5, 9]}\n"
    "flows:\n  - {name: bulk, weight: 8, size: imix, dst: 10.46.0.1, dport: 5001}\n"
    "  - {name: voice, weight: 1, size: 60, rate: 50pps/tunnel, qfi: 1, dscp: ef}\n"
    "  - {name: bad, weight: 0.01, negative: unknown-teid}\n"
    "phases:\n  - {name: warm-up, rate: 10kpps, duration: 2s, measure: false}\n"
    "  - {rate: 10kpps..1Mpps, duration: 20s}\n"
    "expect: {via: reflect, max_loss: 0.01%, max_p99: 2ms, min_rate: 99%}\n",
    '{"version": 1, "target": {"address": "2001:db8::1"}, "flows": [{"inner": "tcp6", "seq": true, "negative": '
    '{"echo": 0.01}}], "phases": [{"count": 5, "rate": "5Mbit/s"}], "sending": {"arrival": "poisson", "gso": false}}',
)

TUNNELS = (
    "teid,peer,ue_ip,qfi,sport\n0x1000,192.0.2.1,10.45.0.1,9,2152\n4097,192.0.2.2,10.45.0.2,5,2153\n",
    "# ours\r\n1,,10.0.0.1\r\n2,,10.0.0.2\r\n\r\n3,192.0.2.9,10.0.0.3\r\n",
    "0xfffffffe,2001:db8::1,fd45::1,,\n7,,fd45::2,63\n",
)

REPORT = (
    '{"schema":"gtpgen.load/1","command":"load","version":"0.1.0","start":"2026-11-22T12:00:00.000000000Z",'
    '"duration_ns":2000000000,"start_at":null,"host":"a","kernel":"6.1","argv":[],"config":{"version":1},"environment":'
    '{"iface":null,"mtu":1500,"driver":"veth","offloads":{"uso":true,"gro":null},"qdisc":null,"clocksource":"tsc",'
    '"cpus":[],"threads":1,"backend":"udp","gso_segments":16,"receive_buffer":null,"clock_synchronised":true,'
    '"clock_error_ns":500},"tx":{"packets":3,"bytes_l2":450,"bytes_inner":300,"duration_ns":1000000000,"rate_pps":3,'
    '"target_pps":3.5,"rate_error":0,"skipped":0,"errors":{"ENOBUFS":1},"unwanted":{"echo":1},"lag_ns":{"count":3,'
    '"sum":6,"min":1,"mean":2,"p50":2,"p90":3,"p99":3,"p99_9":3,"p99_99":3,"max":3,"buckets":[[1,1],[2,1],[3,1]]}},'
    '"rx":{"packets":2,"bytes_inner":200,"duration_ns":900000000,"rate_pps":2,"expected":3,"lost":1,"lost_local":null,'
    '"loss_ratio":0.3,"reordered":0,"reorder_max_distance":0,"duplicate":0,"late":0,"corrupt":0,"unstamped":0,'
    '"unknown_run":0,"unknown_teid":0,"malformed":0,"datagrams":2,"receive_calls":1},"latency_ns":{"basis":"scheduled",'
    '"stamp":"kernel","kind":"rtt","app_stamped":0,"negative":0,"count":2,"sum":135,"min":5,"mean":67,"stddev":62,'
    '"p50":5,"p90":130,"p99":130,"p99_9":130,"p99_99":130,"max":130,"buckets":[[5,1],[131,1]]},"intervals":[{"t":1.0,'
    '"end_ns":1000000000,"duration_ns":1000000000,"tx_packets":3,"tx_pps":3,"rx_packets":2,"rx_pps":2,"lost":null,'
    '"loss_ratio":null,"p50_ns":5,"p99_ns":130,"lag_p99_ns":3}],"tunnels":{"count":1,"seen":1,"with_loss":1,"worst":'
    '[{"tunnel":0,"teid":1,"lost":1,"packets":3}]},"gtp":{"echo_requests":0,"echo_responses":0,"error_indications":0,'
    '"error_indications_sent":0,"supported_ext_headers":0,"version_not_supported":0,"end_markers":0,"other":0,'
    '"icmp_errors":0},"cpu":{"user_s":0.1,"system_s":0.2,"per_packet_ns":5},"checks":[{"name":"max_loss","limit":0.5,'
    '"value":0.3,"ok":true}],"limited_by":[],"notes":["a note"],"interrupted":false,"clock_jumped":false,'
    '"verdict":"pass","exit_code":0}'
)

RECORD = (
    '{"type":"header","schema":"gtptop-record/1","time_ns":1800000000000000000,"interval_ns":1000000000,"host":"upf-3",'
    '"netns":"","module":"gtp","traffic":"module","drops":"module","seen":"module","created":"module","tunnels":true,'
    '"events":true,"echo":true,"sockets":true}\n'
    '{"type":"time","time_ns":1800000001000000000}\n'
    '{"type":"link","index":7,"name":"gtp0","up":true,"role":"ggsn","mtu":1452,"hash_buckets":131071}\n'
    '{"type":"tunnel","link":7,"version":1,"i_tei":1369505559,"o_tei":49155,"ms_address":"10.45.17.201","peer":'
    '"192.0.2.41","qfi":9,"up_packets":12,"up_bytes":1200,"dn_packets":5,"dn_bytes":700,"drops":1,"seen_s":1800000000,'
    '"created_s":1799999000}\n'
    '{"type":"tunnel","link":7,"version":0,"tid":"0x1032547698badcfe","flow":3,"peer":"2001:db8::1"}\n'
    '{"type":"tunnel","link":7,"version":1,"i_tei":5,"o_tei":6,"inner_v6":true,"ms_address":"fd45::","peer":'
    '"192.0.2.41","presence":"wire","flow":1}\n'
    '{"type":"sample","number":1,"time_ns":1800000001000000000}\n'
    '{"type":"event","event":"echo_response","time_ns":1800000001500000000,"peer":"192.0.2.41","rtt_ns":81000,'
    '"recovery":3}\n{"type":"lost"}\n'
    '{"type":"tunnel_gone","link":7,"version":1,"i_tei":1369505559}\n'
    '{"type":"sample","number":2,"time_ns":1800000002000000000}\n'
    '{"type":"link_gone","index":7}\n'
    '{"type":"sample","number":3,"time_ns":1800000003000000000}\n',
)


def attribute(number, value, nested=False):
    head = struct.pack("=HH", len(value) + 4, number | (0x8000 if nested else 0))
    return head + value + b"\0" * (-len(value) % 4)


def message(kind, payload, flags=2):
    return struct.pack("=IHHII", 16 + len(payload), kind, flags, 1, 0) + payload


def netlink():
    """What a kernel answers: one message of each kind, and an error with its explanation."""
    u8, u32, u64 = (lambda value, f=f: struct.pack("=" + f, value) for f in "BIQ")
    tunnel = b"\2\1\0\0" + attribute(2, u32(1)) + attribute(1, u32(4)) + attribute(13, u8(2))
    tunnel += attribute(5, b"\x0a\x2d\0\2") + attribute(4, b"\xac\x1f\0\2") + attribute(8, u32(7))
    tunnel += attribute(9, u32(8)) + attribute(67, u8(9)) + attribute(65, bytes(88))
    echo = b"\3\1\0\0" + tunnel[4:] + attribute(74, b"\1\0") + attribute(75, u64(5)) + attribute(76, u8(1))
    counters = b"\x40\1\0\0" + attribute(1, u32(4)) + attribute(72, u32(9))
    counters += attribute(73, attribute(1, u64(3)) + attribute(31, u64(4)), nested=True)
    family = b"\1\2\0\0" + attribute(2, b"gtp\0") + attribute(1, b"\x1c\0") + attribute(5, u32(76))
    family += attribute(7, attribute(1, attribute(1, b"gtp\0") + attribute(2, u32(9))))
    link = bytes(4) + u32(4) + bytes(8) + attribute(3, b"gtp0\0") + attribute(4, u32(1452)) + attribute(23, bytes(192))
    link += attribute(18, attribute(1, b"gtp\0") + attribute(2, attribute(3, u32(1024)) + attribute(4, u32(1))))
    route = b"\2\x20\0\0\xfe\4\0\1" + bytes(4) + attribute(1, b"\xac\x1f\0\2") + attribute(4, u32(3))
    route += attribute(8, attribute(2, u32(1400)))
    neighbour = b"\2\0\0\0" + u32(3) + b"\2\0\0\1" + attribute(1, b"\xac\x1f\0\2") + attribute(2, bytes(6))
    address = b"\2\x18\x80\0" + u32(3) + attribute(2, b"\xac\x1f\0\1")
    socket = b"\2\7\0\0\x08\x68" + bytes(66) + attribute(7, bytes(36)) + attribute(11, u8(1))
    for kind, payload in ((28, tunnel), (28, echo), (28, counters), (16, family), (16, link), (24, route),
                          (28, neighbour), (20, address), (20, socket)):
        yield message(kind, payload) + message(3, u32(0))
    yield message(2, struct.pack("=iI", -17, 96) + bytes(12) + attribute(1, b"taken\0"), 0x300)


def own_captures(options, directory):
    for name in FIXTURES:
        path = directory / f"{name}.pcap"
        subprocess.run([options.make_capture, name, path], check=True)
        yield path
    for kind, count in LOADS:
        path = directory / f"{kind}.pcap"
        subprocess.run([options.make_load, kind, str(count), path], check=True)
        yield path


def write(directory, octets):
    directory.mkdir(parents=True, exist_ok=True)
    (directory / hashlib.sha256(octets).hexdigest()[:16]).write_bytes(octets)


def compress(directory):
    """Each small capture in the three formats that are read."""
    zstd = shutil.which("zstd")
    for path in sorted((directory / "file").iterdir()):
        octets = path.read_bytes()[:LARGEST_COMPRESSED]
        write(directory / "compressed", gzip.compress(octets, mtime=0))
        write(directory / "compressed", lzma.compress(octets))
        if zstd:
            done = subprocess.run([zstd, "-qc"], input=octets, capture_output=True, check=True)
            write(directory / "compressed", done.stdout)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    for program in ("make-seeds", "make-load", "make-capture"):
        parser.add_argument(f"--{program}", required=True)
    parser.add_argument("directory", type=pathlib.Path)
    parser.add_argument("captures", nargs="*", type=pathlib.Path)
    options = parser.parse_args()

    shutil.rmtree(options.directory, ignore_errors=True)
    own = options.directory / "own"
    own.mkdir(parents=True)
    captures = [*own_captures(options, own), *options.captures]
    subprocess.run([options.make_seeds, options.directory, *captures], check=True)
    compress(options.directory)
    for text in FILTERS:
        write(options.directory / "filter", text.encode())
    for text in CONTROL:
        write(options.directory / "control", text.encode())
    for text in (REPORT, REPORT + "\n" + REPORT.replace('"host":"a"', '"host":"b"') + "\n"):
        write(options.directory / "report", text.encode())
    for text in TUNNELS:
        write(options.directory / "tunnels", text.encode())
    for text in RECORD:
        write(options.directory / "record", text.encode())
    for text in SCENARIOS:
        write(options.directory / "scenario", text.encode())
    for octets in netlink():
        write(options.directory / "netlink", octets)


main()
