# SPDX-License-Identifier: GPL-2.0-or-later
"""GTP-4xx and GTP-5xx: size, offloads, load."""
import contextlib
import os
import signal
import socket
import subprocess
import threading
import time

import world
from case import Case
from traffic import pinging, too_much, wrong_checksum


def slow_program():
    """It has GTP's port and a small buffer, and does not read."""
    def bound():
        sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        sock.bind((world.HERE, 2152))
        return sock
    return world.open_socket("core", bound)


def small_connection_table():
    """The limit is the whole machine's, the entries a namespace's."""
    subprocess.run(["modprobe", "nf_conntrack"], check=True)
    world.do("nft add table ip seen && nft add chain ip seen in '{ type filter hook prerouting priority 0; }' && "
             "nft add rule ip seen in ct state new accept")
    world.do("for port in 1 2 3 4 5 6 7 8; do ping -nqc1 -W1 192.0.2.1 >/dev/null; done", "ran")
    subprocess.run(["sysctl", "-qw", "net.netfilter.nf_conntrack_max=4"], check=True)


def large_connection_table():
    subprocess.run(["sysctl", "-qw", "net.netfilter.nf_conntrack_max=65536"], check=True)


@contextlib.contextmanager
def flood():
    """gtptop is kept from reading while more tunnels come and go than its socket can tell."""
    over = threading.Event()

    def hold():
        for _ in range(100):
            told = subprocess.run(["pgrep", "-x", "gtptop"], capture_output=True, text=True, check=False)
            found = told.stdout.split()
            if found:
                break
            if over.wait(0.05):
                return
        time.sleep(1.5)
        os.kill(int(found[0]), signal.SIGSTOP)
        world.do("gtpgen tunnel add --peer 192.0.2.2 --teid 0x100000 -n 100k --ue 10.64.0.0/12 && "
                 "gtpgen tunnel del --teid 0x100000 -n 100k")
        os.kill(int(found[0]), signal.SIGCONT)

    thread = threading.Thread(target=hold)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def budget(packets):
    """Of all namespaces: it cannot be set in one."""
    subprocess.run(["sysctl", "-qw", f"net.core.netdev_budget={packets}"], check=True)


SIZE = {
    "GTP-401": Case("ip link set gtp0 mtu 1480"),
    "GTP-402": Case("ip link set gtp0 mtu 1480", fault=lambda: pinging(world.MS, "core", "-M dont -s 1450"),
                    traffic=lambda: pinging(world.MS, "core", "-M dont -s 1350"),
                    ours_only="mainline's does not tell whose fragments they are"),
    "GTP-403": Case("sysctl -qw net.ipv4.ip_no_pmtu_disc=1"),
    "GTP-405": Case(fault=wrong_checksum, peer=False),
    "GTP-501": Case(keep=slow_program, fault=too_much, link=False, peer=False),
    "GTP-503": Case(small_connection_table, large_connection_table, needs=("nft",)),
    "GTP-504": Case(fault=flood),
    "GTP-505": Case(lambda: budget(1), lambda: budget(300), traffic=lambda: world.background(f"ping -nqf {world.SERVER}", "ran")),
    "Throughput collapses with offloads": Case("ethtool -K n3 gro on", needs=("ethtool",), found=False),
}
