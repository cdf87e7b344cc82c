# SPDX-License-Identifier: GPL-2.0-or-later
"""A GTP node that answers echoes, of any version, well or badly. The octets are written out here, not taken from the code
that is tested. Runs in a thread of the test, on a port that the system chooses:

    with Responder(lambda request: [gtpv1(request, recovery=7)]) as node:
        gtpgen("echo", f"127.0.0.1:{node.port}", …)
"""
import socket
import struct
import threading
import time


class Request:
    """An Echo Request taken apart: version, prime, sequence number, octets; `number` counts from 0."""

    def __init__(self, octets, number, sender):
        self.octets, self.number, self.sender = octets, number, sender
        self.version = octets[0] >> 5
        self.prime = self.version != 2 and not octets[0] & 0x10 or octets[0] in (0x4E, 0x2E, 0x0E, 0x0F)
        self.type = octets[1]
        self.length = struct.unpack_from(">H", octets, 2)[0]
        if self.prime or self.version == 0:
            self.sequence = struct.unpack_from(">H", octets, 4)[0]
        elif self.version == 1:
            self.sequence = struct.unpack_from(">H", octets, 8)[0]
        else:
            self.sequence = int.from_bytes(octets[4:7], "big")


def gtpv2(request, recovery=1, features=None, message_type=2, teid=None):
    ies = b"" if recovery is None else bytes((3, 0, 1, 0, recovery))
    if features is not None:
        ies += bytes((152, 0, 1, 0, features))
    tail = request.sequence.to_bytes(3, "big") + b"\0"
    if teid is not None:
        tail = struct.pack(">I", teid) + tail
    return struct.pack(">BBH", 0x40 | (0x08 if teid is not None else 0), message_type, len(tail) + len(ies)) + tail + ies


def gtpv1(request, recovery=1, message_type=2, teid=0, sequence=None, extra=b""):
    ies = (b"" if recovery is None else bytes((14, recovery))) + extra
    sequence = request.sequence & 0xFFFF if sequence is None else sequence
    return struct.pack(">BBHIHBB", 0x32, message_type, 4 + len(ies), teid, sequence, 0, 0) + ies


def gtpv0(request, recovery=1, message_type=2):
    ies = bytes((14, recovery))
    return struct.pack(">BBHHHB3sQ", 0x1E, message_type, len(ies), request.sequence, 0, 0xFF, b"\xff" * 3, 0) + ies


def prime(request, recovery=1, version=2, message_type=2):
    ies = b"" if message_type == 3 else bytes((14, recovery))
    return struct.pack(">BBHH", version << 5 | 0x0E | (version == 0), message_type, len(ies), request.sequence) + ies


def version_not_supported(request, version=1):
    """Of GTPv1 or GTPv2: its header's version is the highest that the node speaks."""
    if version == 2:
        return struct.pack(">BBH", 0x40, 3, 4) + request.sequence.to_bytes(3, "big") + b"\0"
    return struct.pack(">BBHIHBB", 0x32, 3, 4, 0, request.sequence & 0xFFFF, 0, 0)


def natural(request):
    """What a node that speaks everything says."""
    if request.prime:
        return [prime(request, version=request.version)]
    return [{0: gtpv0, 1: gtpv1, 2: gtpv2}[request.version](request)]


class Responder:
    """[answer] gets a Request and returns datagrams to send, or (delay, datagram) pairs."""

    def __init__(self, answer=natural, address="127.0.0.1", port=0):
        self.answer = answer
        self.requests = []
        family = socket.AF_INET6 if ":" in address else socket.AF_INET
        self.socket = socket.socket(family, socket.SOCK_DGRAM)
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4 << 20)
        self.socket.bind((address, port))
        self.port = self.socket.getsockname()[1]
        self.thread = threading.Thread(target=self.run, daemon=True)

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *_):
        # A datagram to ourselves ends the thread.
        self.stopping = True
        family = self.socket.family
        with socket.socket(family, socket.SOCK_DGRAM) as last:
            last.sendto(b"", self.socket.getsockname()[:2])
        self.thread.join(5)
        self.socket.close()

    stopping = False

    def run(self):
        while True:
            octets, sender = self.socket.recvfrom(65536)
            if self.stopping:
                return
            if len(octets) < 6 or octets[1] != 1:
                continue
            request = Request(octets, len(self.requests), sender)
            self.requests.append(request)
            for reply in self.answer(request):
                delay, datagram = reply if isinstance(reply, tuple) else (0, reply)
                if delay:
                    threading.Timer(delay, self.send, (datagram, sender)).start()
                else:
                    self.send(datagram, sender)

    def send(self, datagram, to):
        try:
            self.socket.sendto(datagram, to)
        except OSError:
            pass


def wait_until(condition, seconds=10):
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            return False
        time.sleep(0.01)
    return True
