#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""gtpgen echo --pmtu and --traceroute through a router, and what a router says about an unreachable host. Needs root;
GTPGEN names the program.

    near 10.9.1.1 --- 10.9.1.2 router 10.9.2.1 --- 10.9.2.2 far, which answers
         fd09:1::1    fd09:1::2      fd09:2::1    fd09:2::2
                     MTU 1500               MTU 1400
"""
import json
import os
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)
GTPGEN = os.environ.get("GTPGEN", "gtpgen")

TOPOLOGY = """
mount -t tmpfs none /run
ip netns add near; ip netns add router; ip netns add far
ip -n near link add near0 mtu 1500 type veth peer name west netns router
ip -n router link add east mtu 1400 type veth peer name far0 netns far
ip -n far link set far0 mtu 1400
ip -n near addr add 10.9.1.1/24 dev near0; ip -n near addr add fd09:1::1/64 dev near0 nodad
ip -n router addr add 10.9.1.2/24 dev west; ip -n router addr add fd09:1::2/64 dev west nodad
ip -n router addr add 10.9.2.1/24 dev east; ip -n router addr add fd09:2::1/64 dev east nodad
ip -n far addr add 10.9.2.2/24 dev far0; ip -n far addr add fd09:2::2/64 dev far0 nodad
for n in near router far; do ip -n $n link set lo up; done
ip -n near link set near0 up; ip -n router link set west up; ip -n router link set east up; ip -n far link set far0 up
ip -n near route add default via 10.9.1.2; ip -n near -6 route add default via fd09:1::2
ip -n far route add default via 10.9.2.1; ip -n far -6 route add default via fd09:2::1
ip netns exec router sysctl -qw net.ipv4.ip_forward=1 net.ipv6.conf.all.forwarding=1 net.ipv4.icmp_ratelimit=0
"""


def echo(*words, status=0):
    done = subprocess.run(["ip", "netns", "exec", "near", GTPGEN, "echo", *words, "--json"], capture_output=True,
                          text=True, timeout=60, check=False)
    assert done.returncode == status, done
    return [json.loads(line) for line in done.stdout.splitlines()]


def wait_for(far):
    """Neighbours of links that have just come up are not found at once."""
    for _ in range(10):
        done = subprocess.run(["ip", "netns", "exec", "near", GTPGEN, "echo", far, "-u", "-c", "1", "-W", "1", "-q"],
                              capture_output=True, timeout=60, check=False)
        if done.returncode == 0:
            return
    raise AssertionError(f"{far} never answers: {done}")


def inside():
    subprocess.run(["sh", "-ec", TOPOLOGY], check=True)
    node = ("import sys, time; sys.path.insert(0, sys.argv[1]); from echo_responder import Responder\n"
            "with Responder(address=sys.argv[2], port=2152): print('ready', flush=True); time.sleep(100)")
    nodes = [subprocess.Popen(["ip", "netns", "exec", "far", sys.executable, "-c", node, HERE, address],
                              stdout=subprocess.PIPE) for address in ("10.9.2.2", "fd09:2::2")]
    for one in nodes:
        one.stdout.readline()

    for far, router in (("10.9.2.2", "10.9.1.2"), ("fd09:2::2", "fd09:1::2")):
        wait_for(far)
        assert echo(far, "-u", "-c", "3", "-i", "50ms")[-1]["answered"] == 3
        found = echo(far, "-u", "--pmtu", "-W", "1")
        assert found[-1]["path_mtu"] == 1400, found
        # The router's word was taken: the limit of the first link, then 1400, then one more.
        assert any(probe.get("mtu") == 1400 and probe.get("icmp_sender") == router for probe in found), found
        assert found[-1]["probes"] <= 4, found
        hops = echo(far, "-u", "--traceroute", "-W", "1")
        assert [(hop["ttl"], hop["result"]) for hop in hops] == [(1, "icmp")] * 3 + [(2, "answered")] * 3, hops
        assert hops[0]["icmp_sender"] == router, hops
        # Too long for the path: an error with its sender, not a loss.
        last = echo(far, "-u", "-c", "1", "-s", "1450", "-M", "probe", "-W", "1", status=1)
        assert (last[-1]["unreachable"], last[-1]["lost"], last[0]["icmp_sender"]) == (1, 0, router), last
    # Nobody at that port.
    last = echo("10.9.2.2", "-g", "1", "-c", "1", "-W", "1", status=1)
    assert (last[0]["reason"], last[0]["icmp_sender"]) == ("port unreachable", "10.9.2.2"), last
    for one in nodes:
        one.kill()
    print("path MTU, routers and their errors, IPv4 and IPv6: as they should be")


def main():
    if sys.argv[1:] == ["--inside"]:
        return inside()
    namespace = ["unshare", "--net", "--mount", "--pid", "--fork", "--kill-child"]
    if os.geteuid() != 0 or subprocess.run([*namespace, "true"], stderr=subprocess.DEVNULL, check=False).returncode:
        print("skipped: needs root and namespaces")
        return 77
    return subprocess.run([*namespace, sys.executable, "-B", __file__, "--inside"], check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
