# SPDX-License-Identifier: GPL-2.0-or-later
"""GTP-1xx: packets that do not find their tunnel."""
import socket

import world
from case import Case
from gtpnl import FD1, Gtp, Rtnl
from traffic import END_MARKER, downlink, g_pdu, inner, peer_sends, uplink, version0
from labnet import gtp1, inside

UNCOUNTED = "mainline's counts it nowhere"


def close_sockets():
    """A daemon made the link with a socket of its own, and has ended."""
    world.do("ip link del gtp0")
    with inside("core"):
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
            sock.bind((world.HERE, 2152))
            answer = Rtnl().new("gtp0", [(FD1, sock.fileno())])
        if answer.errno:
            raise OSError(answer.errno, answer.text)
    world.do("ip link set gtp0 up && ip route add 10.45.0.0/16 dev gtp0")


def nest():
    """The way to the peer leads through a second link."""
    world.do("ip link del gtp0")
    world.do(world.LINK + " --local 192.0.2.1")
    world.do("gtpgen tunnel add --create --dev gtp1 --local 198.51.100.1 --peer 198.51.100.2 --teid 0x300 "
             "--ue 192.0.2.2/32 && ip route add 192.0.2.2/32 dev gtp1")


def change_in_place():
    with inside("core"):
        answer = Gtp().new("gtp0", 1, 0x111, world.PEER_TEID, world.MS, world.PEER, flags=0)
    if answer.errno:
        raise OSError(answer.errno, answer.text)


def peer_without_tunnel():
    world.do("gtpgen tunnel del --teid 0x200", "ran")


def peer_with_tunnel():
    world.do("gtpgen tunnel add --peer 192.0.2.1 --teid 0x200 --peer-teid 0x100 --ue 10.45.0.2/32", "ran")


IDENTIFICATION = {
    "GTP-101": Case(close_sockets),
    "GTP-102": Case("gtpgen tunnel del --teid 0x100 && "
                    "gtpgen tunnel add --peer 192.0.2.2 --teid 0x200 --peer-teid 0x100 --ue 10.45.0.2/32",
                    traffic=uplink, ours_only=UNCOUNTED),
    "GTP-103": Case(fault=peer_sends(g_pdu(inner("10.45.9.9"))), traffic=peer_sends(g_pdu()), peer=False,
                    ours_only=UNCOUNTED),
    "GTP-104": Case(f"ip link del gtp0; {world.LINK} --role sgsn"),
    "GTP-105": Case(fault=peer_sends(version0()), traffic=peer_sends(g_pdu()), peer=False, ours_only=UNCOUNTED),
    "GTP-106": Case(fault=peer_sends(g_pdu(b"\xff" * 40)), traffic=peer_sends(g_pdu()), peer=False,
                    ours_only=UNCOUNTED),
    "GTP-107": Case(nest),
    "GTP-108": Case(peer_without_tunnel, peer_with_tunnel, traffic=downlink, ours_only="mainline's does not tell them"),
    "GTP-109": Case(fault=peer_sends(g_pdu(ext=[(0xc3, b"\0\0")])), traffic=peer_sends(g_pdu()), peer=False,
                    ours_only=UNCOUNTED),
    "GTP-110": Case(traffic=peer_sends(g_pdu(ext=[(0x85, b"\x10\x09")])), peer=False,
                    ours_only="mainline's does not tell the QFI"),
    "GTP-111": Case(traffic=peer_sends(gtp1(END_MARKER, world.TEID, b""), seconds=1.5), peer=False,
                    ours_only="mainline's does not tell End Markers"),
    "GTP-112": Case(change_in_place, stock_only="it finds a changed tunnel"),
}
