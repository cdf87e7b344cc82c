# SPDX-License-Identifier: GPL-2.0-or-later
"""The example of gtp-troubleshooting(7), as network namespaces.

    pdn                            core: this host                                   ran: the peer
      d6 198.51.100.2/24 <- veth -> n6 198.51.100.1/24    n3 192.0.2.1/24 <- veth -> r3 192.0.2.2/24
                                    gtp0 (ggsn)  <=== tunnel 0x100, 0x200 ===>  gtpr (sgsn) 10.45.0.2
"""
import contextlib
import os
import pathlib
import subprocess
import sys
import threading

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
from labnet import inside, namespaces  # noqa: E402

HERE, PEER, MS, SERVER = "192.0.2.1", "192.0.2.2", "10.45.0.2", "198.51.100.2"
TEID, PEER_TEID = 0x100, 0x200
LINK = (f"gtpgen tunnel add --create --dev gtp0 --peer {PEER} --teid 0x100 --peer-teid 0x200 --ue {MS}/16 "
        "--address 10.45.0.1/32 --route --mtu 1400")
ENVIRONMENT = {**os.environ, "TZ": "UTC", "LC_ALL": "C.UTF-8", "NO_COLOR": "1", "TERM": "xterm"}
SECONDS = 110


def run(command, netns="core", wrapper=()):
    """What a shell on the host that netns stands for says, lines of both streams."""
    words = ["ip", "netns", "exec", netns, *wrapper, "sh", "-c", command]
    try:
        done = subprocess.run(words, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                              text=True, errors="replace", check=False, env=ENVIRONMENT, timeout=SECONDS)
    except subprocess.TimeoutExpired:
        return [f"no end within {SECONDS} s"]
    return [line.strip() for line in done.stdout.splitlines() if line.strip()]


def do(command, netns="core"):
    """The same where something must succeed."""
    done = subprocess.run(["ip", "netns", "exec", netns, "sh", "-c", command], capture_output=True, text=True,
                          check=False, env=ENVIRONMENT, timeout=SECONDS)
    if done.returncode:
        raise RuntimeError(f"{netns}: {command}: {done.stdout}{done.stderr}".strip())


def make_peer():
    do(f"gtpgen tunnel add --create --dev gtpr --role sgsn --peer {HERE} --teid 0x200 --peer-teid 0x100 "
       f"--ue {MS}/32 --address {MS}/32 --mtu 1400 && ip route add default dev gtpr", "ran")


def fresh(link=True, peer=True):
    """All anew. Without peer nothing has its port."""
    namespaces("core", "ran", "pdn")
    subprocess.run("""
        ip link add n3 netns core type veth peer r3 netns ran
        ip link add n6 netns core type veth peer d6 netns pdn
        ip -n core -batch - <<END
addr add 192.0.2.1/24 dev n3
addr add 198.51.100.1/24 dev n6
link set n3 up
link set n6 up
END
        ip -n ran addr add 192.0.2.2/24 dev r3 && ip -n ran link set r3 up
        ip -n pdn addr add 198.51.100.2/24 dev d6 && ip -n pdn link set d6 up
        ip -n pdn route add default via 198.51.100.1
        ip netns exec core sysctl -qw net.ipv4.ip_forward=1
        for i in 1 2 3 4 5 6 7 8; do
            ip netns exec core ping -nqc1 -W1 192.0.2.2 >/dev/null && break
        done
        ip netns exec core ping -nqc1 -W1 198.51.100.2 >/dev/null
        """, shell=True, check=True)
    if peer:
        make_peer()
    if link:
        do(LINK)


@contextlib.contextmanager
def background(command, netns="core"):
    """Runs while something is looked at."""
    with subprocess.Popen(["ip", "netns", "exec", netns, "sh", "-c", "exec " + command], stdout=subprocess.DEVNULL,
                          stderr=subprocess.DEVNULL, env=ENVIRONMENT) as process:
        try:
            yield
        finally:
            process.terminate()


@contextlib.contextmanager
def repeating(action, seconds=0.05):
    """Does something again and again meanwhile, in a thread of its own."""
    over = threading.Event()

    def loop():
        while not over.wait(seconds):
            with contextlib.suppress(OSError):
                action()

    thread = threading.Thread(target=loop, daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


@contextlib.contextmanager
def open_socket(netns, make):
    with inside(netns):
        sock = make()
    with sock:
        yield sock
