# SPDX-License-Identifier: GPL-2.0-or-later
"""What runs while something is looked at: users' packets, and peers that do wrong."""
import socket

import world
from labnet import gtp0, gtp1, ip4_udp, udp

G_PDU, END_MARKER = 255, 254


def pinging(address, netns, options=""):
    return world.background(f"ping -nq -i 0.05 -W 1 {options} {address}", netns)


def uplink():
    """The subscriber pings the server."""
    return pinging(world.SERVER, "ran")


def downlink():
    """The server pings the subscriber."""
    return pinging(world.MS, "pdn")


def inner(source=world.MS, size=20):
    return ip4_udp(source, world.SERVER, 5000, 5000, bytes(size))


def peer_sends(message, port=2152, seconds=0.05):
    """From the peer, which has no kernel at its port."""
    def start():
        sock = udp("ran", world.PEER, port)
        return sending(sock, lambda: sock.sendto(message, (world.HERE, port)), seconds)
    return start


class sending:
    def __init__(self, sock, action, seconds):
        self.sock, self.loop = sock, world.repeating(action, seconds)

    def __enter__(self):
        self.loop.__enter__()

    def __exit__(self, *what):
        self.loop.__exit__(*what)
        self.sock.close()


def g_pdu(payload=None, **more):
    return gtp1(G_PDU, more.pop("teid", world.TEID), inner() if payload is None else payload, **more)


def wrong_checksum():
    """UDP to GTP's port with a checksum that is not right."""
    def make():
        sock = socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_RAW)
        packet = bytearray(ip4_udp(world.PEER, world.HERE, 2152, 2152, g_pdu()))
        packet[26:28] = b"\x12\x34"
        return sending(sock, lambda: sock.sendto(bytes(packet), (world.HERE, 0)), 0.05)
    with world.inside("ran"):
        return make()


def too_much(size=1000):
    """More than a program that does not read can take."""
    sock = udp("ran", world.PEER, 2152)

    def burst():
        for _ in range(200):
            sock.sendto(bytes(size), (world.HERE, 2152))
    return sending(sock, burst, 0.05)


def many_flows():
    """Each datagram from another port: an entry each in a table of connections."""
    port = [20000]
    sock = udp("ran", world.PEER, 2152)

    def send():
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as one:
            port[0] = port[0] % 40000 + 20000
            one.sendto(b"x", (world.HERE, 9))
    with world.inside("ran"):
        return sending(sock, send, 0.02)


def version0():
    return gtp0(G_PDU, 1, inner())
