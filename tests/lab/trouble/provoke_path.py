# SPDX-License-Identifier: GPL-2.0-or-later
"""GTP-2xx: the way to a peer. Echo states take the time that TS 29.281 wants: T3-RESPONSE, N3-REQUESTS, 60 s."""
import world
from case import Case
from traffic import downlink, g_pdu, peer_sends, uplink


def cut():
    world.do("ip link set r3 down", "ran")


def join():
    world.do("ip link set r3 up && ip route replace default dev gtpr", "ran")


def flap():
    """Echo Requests, three seconds apart, are lost: two or three, and the next is answered."""
    return world.background("sh -c 'ip link set r3 down; sleep 8; ip link set r3 up'", "ran")


def old_tunnel():
    """GTPv0, whose restart counter says something."""
    world.do("gtpgen tunnel del --teid 0x100")
    world.do("gtpgen tunnel add --gtp 0 --peer 192.0.2.2 --teid 0x500 --ue 10.45.0.5/32")
    world.do("ip link add gtpr type gtp role sgsn restart_count 5 && ip link set gtpr up", "ran")


def restart():
    return world.background("sh -c 'sleep 20; ip link del gtpr; ip link add gtpr type gtp role sgsn restart_count 6; "
                            "ip link set gtpr up'", "ran")


PATH = {
    "GTP-201": Case(cut, join),
    "GTP-202": Case(fault=flap, mends=join),
    "GTP-203": Case(mends=world.make_peer, fault=peer_sends(g_pdu()), traffic=uplink, peer=False,
                    ours_only="mainline's does not tell who sends"),
    "GTP-204": Case(old_tunnel, fault=restart, peer=False,
                    ours_only="mainline's does not tell the counter"),
    "GTP-205": Case(mends=world.make_peer, traffic=downlink, peer=False),
    "GTP-206": Case("ip route add default via 192.0.2.2 && "
                    "gtpgen tunnel add --peer 10.99.0.9 --teid 0x300 --ue 10.45.0.9/32"),
    "GTP-207": Case("gtpgen tunnel add --peer 192.0.2.1 --teid 0x300 --ue 10.45.0.9/32"),
}
