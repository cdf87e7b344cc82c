#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0
"""Raw netlink for the lab's tests: rtnetlink links of kind gtp and the generic
netlink family gtp, with nothing but the standard library. Every request gives
(errno, replies, extack message), so that a test can compare answers."""

import collections
import errno
import os
import socket
import struct
import sys

NLM_F_REQUEST, NLM_F_MULTI, NLM_F_ACK = 1, 2, 4
NLM_F_DUMP_INTR = 0x10
NLM_F_REPLACE, NLM_F_EXCL, NLM_F_CREATE = 0x100, 0x200, 0x400
NLM_F_DUMP = 0x300
NLM_F_ACK_TLVS = 0x200
NLMSG_ERROR, NLMSG_DONE = 2, 3
SOL_NETLINK, NETLINK_ADD_MEMBERSHIP, NETLINK_EXT_ACK = 270, 1, 11
NETLINK_ROUTE, NETLINK_GENERIC = 0, 16
RTM_NEWLINK, RTM_DELLINK, RTM_GETLINK = 16, 17, 18
IFLA_IFNAME, IFLA_MTU, IFLA_LINKINFO, IFLA_NET_NS_FD = 3, 4, 18, 28
IFLA_INFO_KIND, IFLA_INFO_DATA = 1, 2
(FD0, FD1, HASHSIZE, ROLE, CREATE_SOCKETS, RESTART_COUNT, LOCAL,
 LOCAL6) = range(1, 9)
OPTIONS = 48
NEWPDP, DELPDP, GETPDP, ECHOREQ = range(4)
GETLINK, ERROR_INDICATION, END_MARKER = 64, 65, 66
REQ_COUNTERS, REQ_RESET, REQ_FILTER, REQ_UPDATE = 1, 2, 4, 8
FLOW_PORT = 1

# Name: (number, format). "n" is bytes as they are.
ATTRS = {
    "LINK": (1, "I"), "VERSION": (2, "I"), "TID": (3, "Q"),
    "PEER": (4, "n"), "MS": (5, "n"), "FLOW": (6, "H"), "NSFD": (7, "I"),
    "I": (8, "I"), "O": (9, "I"), "PEER6": (11, "n"), "MS6": (12, "n"),
    "FAMILY": (13, "B"), "REQUEST": (64, "I"), "STATS": (65, "n"),
    "FLAGS": (66, "I"), "QFI": (67, "B"), "PDU_TYPE": (68, "B"),
    "RX_QFI": (69, "B"), "SINCE": (70, "Q"), "GENERATION": (71, "Q"),
    "TUNNELS": (72, "I"), "LINK_COUNTERS": (73, "n"), "SEQUENCE": (74, "H"),
    "RTT": (75, "Q"), "RECOVERY": (76, "B"),
}
NAMES = {number: (name, fmt) for name, (number, fmt) in ATTRS.items()}
# struct gtp_tunnel_stats: the u64 members, then the u32 ones.
STATS = (("rx_packets", "rx_bytes", "tx_packets", "tx_bytes", "rx_idle_ms",
          "tx_idle_ms", "created_ns", "generation"),
         ("rx_drop_ms", "rx_drop_inner", "tx_drop_too_big", "tx_drop_route",
          "error_indications", "end_markers"))
STATS_FORMAT = f"={len(STATS[0])}Q{len(STATS[1])}I"
NEVER = (1 << 64) - 1
LINK_COUNTERS = [
    "", "rx_short", "rx_length", "rx_version", "rx_protocol_type",
    "rx_extension", "rx_comprehension", "rx_message", "rx_unknown_teid",
    "rx_wrong_ms", "rx_inner", "rx_ecn", "rx_memory", "rx_down", "rx_to_user",
    "tx_no_tunnel", "tx_no_route", "tx_loop", "tx_too_big", "tx_no_socket",
    "tx_inner", "tx_memory", "echo_request_rx", "echo_request_tx",
    "echo_response_rx", "echo_response_tx", "error_indication_rx",
    "error_indication_tx", "end_marker_rx", "ext_notification_rx",
    "ext_notification_tx", "rate_limited", "", "tx_fragmented"]

Answer = collections.namedtuple("Answer", "errno messages text interrupted")


def name_of(number):
    if number == errno.EOPNOTSUPP:
        return "EOPNOTSUPP"             # Linux has two names for it
    return errno.errorcode.get(number, str(number)) if number else "0"


def attr(number, payload):
    n = 4 + len(payload)
    return struct.pack("=HH", n, number) + payload + b"\0" * (-n % 4)


def attrs_of(data):
    out = []
    while len(data) >= 4:
        n, number = struct.unpack_from("=HH", data)
        if n < 4 or n > len(data):
            break
        out.append((number & 0x3fff, data[4:n]))
        data = data[(n + 3) & ~3:]
    return out


def addr(text):
    family = socket.AF_INET6 if ":" in text else socket.AF_INET
    return socket.inet_pton(family, text)


class Netlink:
    def __init__(self, protocol):
        self.sock = socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, protocol)
        self.sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 20)
        self.sock.setsockopt(SOL_NETLINK, NETLINK_EXT_ACK, 1)
        self.sock.bind((0, 0))
        self.seq = 0

    def close(self):
        self.sock.close()

    def message(self, kind, flags, payload):
        self.seq += 1
        return struct.pack("=IHHII", 16 + len(payload), kind,
                           NLM_F_REQUEST | flags, self.seq, 0) + payload

    def request(self, kind, flags, payload):
        self.sock.send(self.message(kind, NLM_F_ACK | flags, payload))
        return self.answer(flags & NLM_F_DUMP == NLM_F_DUMP)

    def answer(self, dump=False):
        messages, interrupted = [], False
        while True:
            data = self.sock.recv(1 << 18)
            while len(data) >= 16:
                n, kind, flags, seq, _ = struct.unpack_from("=IHHII", data)
                body, data = data[16:n], data[(n + 3) & ~3:]
                if seq != self.seq:
                    continue
                interrupted |= bool(flags & NLM_F_DUMP_INTR)
                if kind in (NLMSG_ERROR, NLMSG_DONE):
                    code = struct.unpack_from("=i", body)[0] if body else 0
                    text, skip = "", 4
                    if kind == NLMSG_ERROR:
                        inner = struct.unpack_from("=I", body, 4)[0]
                        skip = 4 + (16 if flags & 0x100 else inner)
                    if flags & NLM_F_ACK_TLVS:
                        for number, value in attrs_of(body[skip:]):
                            if number == 1:
                                text = value.rstrip(b"\0").decode()
                    return Answer(-code, messages, text, interrupted)
                messages.append((kind, flags, body))


class Rtnl(Netlink):
    def __init__(self):
        super().__init__(NETLINK_ROUTE)

    def new(self, name, data, flags=NLM_F_CREATE | NLM_F_EXCL, ns=None,
            kind="gtp", mtu=None):
        info = attr(IFLA_INFO_KIND, kind.encode() + b"\0")
        if data is not None:
            info += attr(IFLA_INFO_DATA,
                         b"".join(attr(k, v if isinstance(v, bytes) else
                                       struct.pack("=I", v & 0xffffffff))
                                  for k, v in data))
        body = struct.pack("=BxHiII", 0, 0, 0, 0, 0)
        body += attr(IFLA_IFNAME, name.encode() + b"\0")
        if mtu:
            body += attr(IFLA_MTU, struct.pack("=I", mtu))
        if ns is not None:
            body += attr(IFLA_NET_NS_FD, struct.pack("=I", ns))
        return self.request(RTM_NEWLINK, flags, body + attr(IFLA_LINKINFO, info))

    def up(self, name):
        body = struct.pack("=BxHiII", 0, 0, socket.if_nametoindex(name), 1, 1)
        return self.request(RTM_NEWLINK, 0, body)

    def down(self, name):
        body = struct.pack("=BxHiII", 0, 0, socket.if_nametoindex(name), 0, 1)
        return self.request(RTM_NEWLINK, 0, body)

    def delete(self, name):
        body = struct.pack("=BxHiII", 0, 0, 0, 0, 0)
        return self.request(RTM_DELLINK, 0,
                            body + attr(IFLA_IFNAME, name.encode() + b"\0"))

    def info(self, name):
        body = struct.pack("=BxHiII", 0, 0, socket.if_nametoindex(name), 0, 0)
        out = {"mtu": None, "data": {}}
        for _, _, message in self.request(RTM_GETLINK, 0, body).messages:
            for number, value in attrs_of(message[16:]):
                if number == IFLA_MTU:
                    out["mtu"] = struct.unpack("=I", value)[0]
                if number == IFLA_LINKINFO:
                    for k, v in attrs_of(value):
                        if k == IFLA_INFO_DATA:
                            out["data"] = dict(attrs_of(v))
        return out


class Gtp(Netlink):
    """The family gtp. Attributes are keyword arguments named as in ATTRS."""

    def __init__(self, name="gtp"):
        super().__init__(NETLINK_GENERIC)
        body = struct.pack("=BBH", 3, 1, 0) + attr(2, name.encode() + b"\0")
        answer = self.request(16, 0, body)
        if answer.errno:
            raise OSError(answer.errno, "no generic netlink family " + name)
        self.info = dict(attrs_of(answer.messages[0][2][4:]))
        self.family = struct.unpack("=H", self.info[1])[0]
        self.version = struct.unpack("=I", self.info[3])[0]
        self.ours = self.version > 0
        group = dict(attrs_of(attrs_of(self.info[7])[0][1]))
        self.group = struct.unpack("=I", group[2])[0]

    @staticmethod
    def pack(values):
        out = b""
        for name, value in values.items():
            number, fmt = ATTRS[name]
            if isinstance(value, str):
                value = addr(value)
            if not isinstance(value, bytes):
                value = struct.pack("=" + fmt, value)
            out += attr(number, value)
        return out

    @staticmethod
    def unpack(message):
        out = {"cmd": message[0]}
        for number, value in attrs_of(message[4:]):
            name, fmt = NAMES.get(number, (number, "n"))
            if name == "STATS":
                size = struct.calcsize(STATS_FORMAT)
                value = dict(zip(STATS[0] + STATS[1], struct.unpack(
                    STATS_FORMAT, value[:size].ljust(size, b"\0"))))
            elif name == "LINK_COUNTERS":
                value = {LINK_COUNTERS[k]: int.from_bytes(v, sys.byteorder)
                         for k, v in attrs_of(value)
                         if 0 < k < len(LINK_COUNTERS)}
            elif fmt != "n":
                value = struct.unpack("=" + fmt, value)[0]
            elif name in ("PEER", "MS"):
                value = socket.inet_ntop(socket.AF_INET, value)
            elif name in ("PEER6", "MS6"):
                value = socket.inet_ntop(socket.AF_INET6, value)
            out[name] = value
        out.pop(10, None)
        return out

    def call(self, cmd, flags=0, raw=b"", **values):
        body = struct.pack("=BBH", cmd, 0, 0) + self.pack(values) + raw
        answer = self.request(self.family, flags, body)
        return answer._replace(
            messages=[self.unpack(m) for _, _, m in answer.messages])

    def new(self, link, version, i, o, ms, peer, flags=NLM_F_EXCL, **more):
        values = {"LINK": socket.if_nametoindex(link), "VERSION": version}
        six = isinstance(ms, str) and ":" in ms
        values["MS6" if six else "MS"] = ms
        if six:
            values["FAMILY"] = socket.AF_INET6
        values["PEER6" if ":" in peer else "PEER"] = peer
        if version:
            values.update(I=i, O=o)
        else:
            values.update(TID=i, FLOW=o)
        values.update(more)
        return self.call(NEWPDP, flags, **values)

    def get(self, link, **values):
        return self.call(GETPDP, LINK=socket.if_nametoindex(link), **values)

    def delete(self, link, **values):
        return self.call(DELPDP, LINK=socket.if_nametoindex(link), **values)

    def dump(self, **values):
        return self.call(GETPDP, NLM_F_DUMP, **values)

    def counters(self, link):
        answer = self.call(GETLINK, LINK=socket.if_nametoindex(link))
        return answer.messages[0]["LINK_COUNTERS"]

    def listen(self):
        self.sock.setsockopt(SOL_NETLINK, NETLINK_ADD_MEMBERSHIP, self.group)

    def events(self, timeout=0.3):
        out = []
        self.sock.settimeout(timeout)
        try:
            while True:
                data = self.sock.recv(1 << 18)
                while len(data) >= 16:
                    n, kind, flags, seq, port = struct.unpack_from("=IHHII", data)
                    if kind == self.family:
                        out.append(dict(self.unpack(data[16:n]), flags=flags,
                                        port=port))
                    data = data[(n + 3) & ~3:]
        except socket.timeout:
            pass
        self.sock.settimeout(None)
        return out


def main(words):
    gtp = Gtp()
    if words[0] == "new":
        link, version, i, o, ms, peer = words[1:7]
        more = {k: int(v, 0) for k, v in (w.split("=") for w in words[7:])}
        answer = gtp.new(link, int(version), int(i), int(o), ms, peer, **more)
    elif words[0] == "list":
        answer = gtp.dump(**({"REQUEST": REQ_COUNTERS} if gtp.ours else {}))
        for message in answer.messages:
            print(message)
    elif words[0] == "fill":
        for n in range(int(words[2])):
            answer = gtp.new(words[1], 1, 1000 + n, 1000 + n,
                             struct.pack(">I", 0x0b000000 + n), words[3])
            if answer.errno:
                break
    elif words[0] == "counters":
        print({k: v for k, v in gtp.counters(words[1]).items() if v})
        return 0
    else:
        sys.exit("usage: gtpnl.py new LINK VERSION I O MS PEER [ATTR=N ...] | list")
    if answer.errno:
        print(os.strerror(answer.errno), answer.text, file=sys.stderr)
    return 1 if answer.errno else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
