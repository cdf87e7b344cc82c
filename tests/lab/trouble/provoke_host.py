# SPDX-License-Identifier: GPL-2.0-or-later
"""GTP-3xx: links, routes, settings and rights."""
import errno
import os
import pathlib
import socket
import subprocess

import world
from case import OURS, Case
from gtpnl import Gtp
from labnet import inside
from traffic import pinging, uplink


def other_program():
    """A daemon of somebody's on GTP's port."""
    def bound():
        sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        sock.bind((world.HERE, 2152))
        return sock
    return world.open_socket("core", bound)


# gtptop asks for the family "gtp", and the kernel then loads what has that name: unless somebody forbade it.
BLACKLIST = pathlib.Path("/etc/modprobe.d/no-gtp.conf")


def forbid_module():
    subprocess.run(["rmmod", "gtp"], check=True)
    BLACKLIST.parent.mkdir(exist_ok=True)
    BLACKLIST.write_text("blacklist gtp\n", encoding="ascii")


def load_ours_again():
    """modprobe has taken the kernel's own."""
    BLACKLIST.unlink(missing_ok=True)
    if OURS:
        subprocess.run(["rmmod", "gtp"], check=True)
        subprocess.run(["insmod", os.environ["LAB_MODULE_FILE"]], check=True)


def move_link_here():
    world.do("ip link del gtp0")
    world.do("ip link add gtp0 type gtp role ggsn && ip link set gtp0 netns core", "pdn")
    world.do("ip link set gtp0 up")


def add_host_address():
    """As a daemon does that takes a subscriber's address for its prefix; gtpgen would mend it."""
    with inside("core"):
        answer = Gtp().new("gtp0", 1, 0x300, 0x300, "2001:db8::1", world.PEER)
    if answer.errno != errno.EADDRNOTAVAIL:
        raise OSError(answer.errno, answer.text)


HOST = {
    # A thousand buckets by default; ours grow with the tunnels.
    "GTP-301": Case("gtpgen tunnel add --peer 192.0.2.2 --teid 0x1000 -n 20k --ue 10.64.0.0/16",
                    stock_only="its tables grow with the tunnels"),
    "GTP-302": Case("ip route del 10.45.0.0/16 dev gtp0"),
    "GTP-303": Case("ip route del 192.0.2.0/24 dev n3"),
    "GTP-304": Case("ip route add 192.0.2.2/32 dev gtp0"),
    "GTP-305": Case(fault=lambda: pinging("10.45.77.77", "core")),
    "GTP-306": Case("ip route add 10.45.0.2/32 via 198.51.100.2 && sysctl -qw net.ipv4.conf.gtp0.rp_filter=1",
                    traffic=uplink),
    "GTP-307": Case("sysctl -qw net.ipv4.ip_forward=0"),
    "Firewall drops what is forwarded": Case(
        "nft add table ip filter && nft add chain ip filter FORWARD "
        "'{ type filter hook forward priority 0; policy drop; }'", needs=("nft",), found=False),
    "GTP-308": Case(keep=other_program, release=lambda sock: sock.close(), link=False),
    "GTP-309": Case(forbid_module, link=False, peer=False, after=load_ours_again),
    "GTP-310": Case(wrapper=("unshare", "-Ur")),
    "GTP-311": Case("ip link set gtp0 down"),
    "GTP-312": Case(move_link_here, ours_only="mainline's does not tell where a link's sockets are"),
    "IPv6 address refused": Case(add_host_address, found=False, kernels=("6.12",)),
    "Echo Request refused": Case("ip link set gtp0 down", found=False),
}
