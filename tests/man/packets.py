#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Writes the capture behind gtpdump(1): one packet, or one exchange, for each kind of line that the page explains.

Usage: packets.py FILE

Addresses, numbers and names are from the ranges set aside for documentation: RFC 5737, RFC 3849, PLMN 001/01.
"""
import ipaddress
import struct
import sys

FIRST_SECOND = 1767268800  # 2026-01-01T12:00:00Z

SGSN, GGSN = "192.0.2.1", "192.0.2.2"
MME, SGW, ENODEB = "192.0.2.11", "192.0.2.12", "192.0.2.21"
SMF, UPF, GNODEB = "192.0.2.31", "192.0.2.32", "192.0.2.41"
CDF, CGF = "192.0.2.51", "192.0.2.52"
DNS, WEB = "203.0.113.53", "203.0.113.80"


def u8(n):
    return struct.pack("!B", n)


def u16(n):
    return struct.pack("!H", n)


def u24(n):
    return struct.pack("!I", n)[1:]


def u32(n):
    return struct.pack("!I", n)


def u64(n):
    return struct.pack("!Q", n)


def ip(text):
    return ipaddress.ip_address(text).packed


def digits(text):
    """TBCD: the first digit in the low half of the first octet."""
    text += "F" * (len(text) % 2)
    return bytes.fromhex("".join(text[i + 1] + text[i] for i in range(0, len(text), 2)))


def labels(name):
    return b"".join(u8(len(part)) + part.encode() for part in name.split("."))


# Internet protocols


def checksum(octets):
    octets += b"\0" * (len(octets) % 2)
    total = sum(struct.unpack(f"!{len(octets) // 2}H", octets))
    while total > 0xFFFF:
        total = (total & 0xFFFF) + (total >> 16)
    return total ^ 0xFFFF


def ipv4(src, dst, protocol, payload, identification=0, fragment=0):
    head = struct.pack("!BBHHHBBH", 0x45, 0, 20 + len(payload), identification, fragment, 64, protocol, 0)
    head += ip(src) + ip(dst)
    return head[:10] + u16(checksum(head)) + head[12:] + payload


def ipv6(src, dst, protocol, payload):
    return struct.pack("!IHBB", 6 << 28, len(payload), protocol, 64) + ip(src) + ip(dst) + payload


def udp(src, dst, source_port, port, payload):
    length = 8 + len(payload)
    header = struct.pack("!HHHH", source_port, port, length, 0)
    pseudo = ip(src) + ip(dst) + u32(length) + u32(17)
    header = header[:6] + u16(checksum(pseudo + header + payload) or 0xFFFF)
    build = ipv6 if ":" in src else ipv4
    return build(src, dst, 17, header + payload)


def ethernet(packet):
    return bytes.fromhex("02005e100002 02005e100001") + u16(0x86DD if packet[0] >> 4 == 6 else 0x0800) + packet


# GTPv1 (TS 29.281, TS 29.060)


def v1(message, teid, body=b"", sequence=None, extension=b""):
    optional = b""
    if sequence is not None or extension:
        optional = u16(sequence or 0) + u8(0) + (extension or u8(0))
    flags = 0x30 | (0x02 if sequence is not None else 0) | (0x04 if extension else 0)
    return u8(flags) + u8(message) + u16(len(optional + body)) + u32(teid) + optional + body


def pdu_session(qfi, downlink):
    """The next type, one unit of four octets, and no further header (TS 38.415, 5.5.2)."""
    return u8(0x85) + u8(1) + u8(0x00 if downlink else 0x10) + u8(qfi) + u8(0)


def tlv(kind, value):
    return u8(kind) + u16(len(value)) + value


def v1_tunnel(data, control):
    return u8(16) + u32(data) + u8(17) + u32(control)


# GTPv2 (TS 29.274)


def v2(message, teid, sequence, body):
    head = b"" if teid is None else u32(teid)
    flags = 0x40 if teid is None else 0x48
    return u8(flags) + u8(message) + u16(len(head + body) + 4) + head + u24(sequence) + u8(0) + body


def ie(kind, value, instance=0):
    return u8(kind) + u16(len(value)) + u8(instance) + value


def f_teid(interface, teid, address, instance=0):
    return ie(87, u8(0x80 | interface) + u32(teid) + ip(address), instance)


def bearer(*members):
    return ie(93, b"".join((ie(73, u8(5)),) + members))


def v2_cause(cause):
    return ie(2, u8(cause) + u8(0))


# PFCP (TS 29.244)


def pfcp(message, seid, sequence, body):
    return u8(0x21) + u8(message) + u16(12 + len(body)) + u64(seid) + u24(sequence) + u8(0) + body


def pie(kind, *parts):
    value = b"".join(parts)
    return u16(kind) + u16(len(value)) + value


# GTP' (TS 32.295) and GTPv0 (GSM 09.60)


def prime(message, sequence, body):
    return u8(0x4E) + u8(message) + u16(len(body)) + u16(sequence) + body


def v0(message, sequence, flow, tid, body):
    return u8(0x1E) + u8(message) + u16(len(body)) + u16(sequence) + u16(flow) + b"\xff" * 4 + tid + body


class Capture:
    """Frames with their times; a step is the time since the packet before, in microseconds."""

    def __init__(self):
        self.records = []
        self.time_us = FIRST_SECOND * 1_000_000

    def frame(self, octets, step=1000):
        self.time_us += step
        self.records.append((self.time_us, octets))

    def send(self, src, dst, port, payload, step=1000, source_port=None):
        self.frame(ethernet(udp(src, dst, source_port or port, port, payload)), step)

    def write(self, path):
        with open(path, "wb") as out:
            out.write(struct.pack("<IHHiIII", 0xA1B2C3D4, 2, 4, 0, 0, 262144, 1))
            for time_us, octets in self.records:
                out.write(struct.pack("<IIII", time_us // 1_000_000, time_us % 1_000_000, len(octets), len(octets)))
                out.write(octets)


def packet_core(out):
    """GPRS: an echo, a PDP context, its traffic, an Error Indication, the end."""
    ue = "198.51.100.1"
    out.send(SGSN, GGSN, 2123, v1(1, 0, sequence=1), 0)
    out.send(GGSN, SGSN, 2123, v1(2, 0, u8(14) + u8(7), sequence=1), 412)
    out.send(SGSN, GGSN, 2123, v1(16, 0, u8(2) + digits("001010000000001") + u8(14) + u8(3) + v1_tunnel(0x11, 0x12)
                                  + u8(20) + u8(5) + tlv(128, bytes.fromhex("f121")) + tlv(131, labels("internet"))
                                  + tlv(133, ip(SGSN)) + tlv(133, ip(SGSN)) + tlv(134, b"\x91" + digits("15550101"))
                                  + tlv(135, bytes.fromhex("0009121f")), sequence=2))
    out.send(GGSN, SGSN, 2123, v1(17, 0x12, u8(1) + u8(128) + u8(8) + u8(0xFE) + v1_tunnel(0x21, 0x22)
                                  + u8(127) + u32(1) + tlv(128, bytes.fromhex("f121") + ip(ue)) + tlv(133, ip(GGSN))
                                  + tlv(133, ip(GGSN)) + tlv(135, bytes.fromhex("0009121f")), sequence=2), 3250)
    out.send(SGSN, GGSN, 2152, v1(255, 0x21, udp(ue, DNS, 40000, 53, bytes(40))))
    out.send(GGSN, SGSN, 2152, v1(255, 0x11, udp(DNS, ue, 53, 40000, bytes(56))))
    out.send(SGSN, GGSN, 2152, v1(255, 0x99, udp("198.51.100.9", DNS, 40001, 53, bytes(40))))
    out.send(GGSN, SGSN, 2152, v1(26, 0, u8(16) + u32(0x99) + tlv(133, ip(GGSN)), sequence=0))
    out.send(SGSN, GGSN, 2123, v1(20, 0x22, u8(19) + u8(0xFF) + u8(20) + u8(5), sequence=3))
    out.send(GGSN, SGSN, 2123, v1(21, 0x12, u8(1) + u8(128), sequence=3), 1800)


def create_session(imsi, apn, sequence, teid):
    return v2(32, 0, sequence, ie(1, digits(imsi)) + ie(76, digits("15550102")) + ie(82, u8(6))
              + f_teid(10, teid, MME) + ie(71, labels(apn)) + ie(79, u8(1) + ip("0.0.0.0"))
              + bearer(ie(80, bytes.fromhex("7c09") + bytes(20))))


def evolved_packet_core(out):
    """EPS: a session on S11 with its traffic and its end, then one that is refused."""
    ue = "198.51.100.2"
    out.send(MME, SGW, 2123, create_session("001010000000002", "internet", 10, 0x31), source_port=40123)
    out.send(SGW, MME, 2123, v2(33, 0x31, 10, v2_cause(16) + f_teid(11, 0x41, SGW) + ie(79, u8(1) + ip(ue))
                                + bearer(v2_cause(16), f_teid(1, 0x42, SGW))), 12_400, source_port=2123)
    out.send(MME, SGW, 2123, v2(34, 0x41, 11, bearer(f_teid(0, 0x51, ENODEB))))
    out.send(SGW, MME, 2123, v2(35, 0x31, 11, v2_cause(16) + bearer(v2_cause(16), f_teid(1, 0x42, SGW))), 2100)
    out.send(ENODEB, SGW, 2152, v1(255, 0x42, ipv4(ue, WEB, 6, bytes.fromhex("c7380050 00000001 00000000 5002faf0"
                                                                             "0000 0000"))))
    out.send(SGW, ENODEB, 2152, v1(254, 0x51))
    out.send(MME, SGW, 2123, v2(36, 0x41, 12, ie(73, u8(5))))
    out.send(SGW, MME, 2123, v2(37, 0x31, 12, v2_cause(16)), 1700)
    refused = create_session("001010000000003", "intranet", 13, 0x32)
    out.send(MME, SGW, 2123, refused)
    out.send(MME, SGW, 2123, refused, 3_000_000)
    out.send(SGW, MME, 2123, v2(33, 0x32, 13, v2_cause(93)), 40_000)


def five_g_core(out):
    """5GS: a PFCP session and a packet of its tunnel on N3."""
    ue = "198.51.100.3"
    up = pie(1, pie(56, u16(1)), pie(29, u32(255)),
             pie(2, pie(20, u8(0)), pie(21, u8(1), u32(0x61), ip(UPF)), pie(22, b"internet"),
                 pie(93, u8(2), ip(ue))), pie(108, u32(1)))
    down = pie(1, pie(56, u16(2)), pie(29, u32(255)), pie(2, pie(20, u8(1)), pie(93, u8(6), ip(ue))),
               pie(108, u32(2)))
    forward = pie(3, pie(108, u32(2)), pie(44, u8(2)),
                  pie(4, pie(42, u8(0)), pie(84, bytes.fromhex("0100"), u32(0x71), ip(GNODEB))))
    out.send(SMF, UPF, 8805, pfcp(50, 0, 20, pie(60, u8(0), ip(SMF)) + pie(57, u8(2), u64(0x101), ip(SMF)) + up + down
                                  + pie(3, pie(108, u32(1)), pie(44, u8(2))) + forward))
    out.send(UPF, SMF, 8805, pfcp(51, 0x101, 20, pie(60, u8(0), ip(UPF)) + pie(19, u8(1))
                                  + pie(57, u8(2), u64(0x201), ip(UPF))), 900)
    out.send(UPF, GNODEB, 2152, v1(255, 0x71, udp(DNS, ue, 53, 40003, bytes(56)), extension=pdu_session(9, True)))


def the_rest(out):
    """Charging, GTPv0, an ICMP error, a tunnel in a tunnel, fragments, a broken message."""
    record = bytes(60)
    out.send(CDF, CGF, 3386, prime(240, 30, u8(126) + u8(1) + tlv(252, u8(1) + u8(1) + u16(0x1234) + u16(60) + record)))
    out.send(CGF, CDF, 3386, prime(241, 30, u8(1) + u8(128) + tlv(253, u16(30))), 600)
    tid = digits("00101000000000") + bytes([0x54])
    out.send(SGSN, GGSN, 3386, v0(255, 40, 9, tid, udp("198.51.100.4", DNS, 40004, 53, bytes(40))))
    lost = udp(GGSN, SGSN, 2152, 2152, v1(255, 0x81, udp(DNS, "198.51.100.5", 53, 40005, bytes(56))))
    unreachable = bytes.fromhex("0303 0000 00000000") + lost
    unreachable = unreachable[:2] + u16(checksum(unreachable)) + unreachable[4:]
    out.frame(ethernet(ipv4(SGSN, GGSN, 1, unreachable)))
    inside = udp("2001:db8::21", "2001:db8::12", 2152, 2152,
                 v1(255, 0x92, udp("2001:db8:1::6", "2001:db8:2::35", 40006, 53, bytes(40))))
    out.send("2001:db8::1", "2001:db8::2", 2152, v1(255, 0x91, inside))
    long_one = udp(ENODEB, SGW, 2152, 2152, v1(255, 0xA1, udp("198.51.100.7", WEB, 40007, 443, bytes(1440))))[20:]
    out.frame(ethernet(ipv4(ENODEB, SGW, 17, long_one[:1480], 77, 0x2000)))
    out.frame(ethernet(ipv4(ENODEB, SGW, 17, long_one[1480:], 77, 1480 // 8)), 20)
    cut = ie(1, digits("001010000000008")) + u8(71) + u16(40) + u8(0) + labels("internet")
    out.send(MME, SGW, 2123, v2(32, 0, 50, cut))


def main():
    out = Capture()
    packet_core(out)
    evolved_packet_core(out)
    five_g_core(out)
    the_rest(out)
    out.write(sys.argv[1])


if __name__ == "__main__":
    main()
