// SPDX-License-Identifier: GPL-2.0-or-later
#include <algorithm>
#include <charconv>

#include "gtptop/check/finding.hpp"

namespace gtp::top {
namespace {

constexpr FindingInfo kCatalogue[] = {
    {101, Severity::warning, "nobody listens",
     "nothing arrives from a peer: no socket is bound to GTP's port, or a firewall is in front of it",
     "open UDP port 2152 in both directions and make the link anew: ss -uln 'sport = :2152'"},
    {102, Severity::critical, "unknown TEID",
     "G-PDUs arrive for TEIDs that this host does not know: mainline's module of Linux 6.1 leaves them in a socket "
     "that "
     "nobody reads, that of 6.12 drops them without a trace, ours counts them",
     "compare the I-TEI of the tunnels with what the peer sends: gtpdump -i any 'type g_pdu and peer PEER'"},
    {103, Severity::warning, "wrong subscriber",
     "packets come out of a tunnel with a source that is not its subscriber's address, and are dropped",
     "look for address translation or a routed network at the subscriber; one tunnel for each address"},
    {104, Severity::critical, "wrong role",
     "the link has the role of the other end, so tunnels are looked up by the wrong address in both directions",
     "make the link anew: ip link add … type gtp role ggsn (or sgsn)"},
    {105, Severity::warning, "wrong GTP version", "GTPv0 arrives at the port of GTPv1-U, or the reverse",
     "use the same version at both ends: v0 on port 3386, v1 on port 2152"},
    {106, Severity::warning, "no IP inside", "G-PDUs hold something else than an IP packet, or are cut or malformed",
     "gtpdump -v shows what is inside: sessions must be of type IPv4 or IPv6, not Ethernet or unstructured"},
    {107, Severity::warning, "GTP in GTP",
     "the way to a peer leads through another GTP link, so packets are wrapped twice",
     "a route to the peer outside of all GTP links, or an MTU that leaves room for both headers"},
    {108, Severity::warning, "Error Indications", "a peer says that it does not know the TEIDs we send to",
     "make the tunnels anew on the side that has lost them"},
    {109, Severity::warning, "extension header refused",
     "one end does not know an extension header that the other requires",
     "switch the extension off at its sender; TS 29.281, 7.2.3"},
    {110, Severity::warning, "no PDU Session Container",
     "packets of 5G tunnels come with a QFI and are sent without one, which a gNB or UPF drops",
     "give the tunnels a QFI: gtpgen tunnel add --qfi N, or the daemon's own setting"},
    {111, Severity::note, "tunnel after its end", "an End Marker came on a tunnel that was not removed afterwards",
     "the control plane is late with the handover: gtpdump -i any 'type end_marker' shows when the markers come"},
    {112, Severity::critical, "TEID changed in place",
     "a tunnel is listed with a TEID by which packets do not find it: mainline does not hash it anew when it changes",
     "delete the tunnel and add it again instead of changing it"},
    {201, Severity::critical, "path down", "N3-REQUESTS Echo Requests in a row were not answered",
     "gtpgen echo PEER; then the route to the peer and the firewalls between"},
    {202, Severity::warning, "path suspect", "some of the last Echo Requests were not answered",
     "look for overload or a policer on port 2152"},
    {203, Severity::note, "echo unanswered, traffic flows",
     "a peer that sends packets answers no Echo Request; mainline Linux answers to port 2152 whatever the source port "
     "was",
     "ask from port 2152, or mend the peer (TS 29.281, 4.4.2.2)"},
    {204, Severity::warning, "peer restarted", "the restart counter of a GTPv0 peer has changed",
     "its tunnels from before are gone: remove them (TS 23.007, 18)"},
    {205, Severity::note, "port unreachable",
     "ICMP messages say that nobody is at the port or address that was sent to",
     "start the peer's GTP; gtpdump -i any --bpf icmp quoted says which peer it is"},
    {206, Severity::note, "translated peer", "a peer's address is private and only the default route leads there",
     "let the peer advertise an address that is reachable; no address translation for GTP-U"},
    {207, Severity::warning, "peer is this host", "a tunnel's peer is an address of this host: two roles on one host",
     "a network namespace for each role, or net.ipv4.conf.IFACE.accept_local=1"},
    {301, Severity::warning, "crowded hash",
     "so many tunnels share a hash bucket of mainline's module, whose tables do not grow, that every packet walks a "
     "long chain",
     "make the link anew with more: ip link add … hsize 131071"},
    {302, Severity::critical, "no route to subscriber", "packets to subscribers do not reach the GTP link",
     "ip route add POOL dev LINK"},
    {303, Severity::warning, "no route to peer", "packets are lost because there is no route to their tunnel's peer",
     "ip route get PEER"},
    {304, Severity::critical, "tunnel in itself", "the route to a peer leads into the tunnel again",
     "a route to the peer that avoids the GTP link"},
    {305, Severity::note, "no tunnel for address", "packets are routed to the link for addresses that have no tunnel",
     "normal at a low rate (late traffic, scans); else the pool is larger than what is handed out"},
    {306, Severity::warning, "reverse path filter",
     "the strict reverse path filter drops packets after they were decapsulated",
     "sysctl net.ipv4.conf.LINK.rp_filter=2 (and .all)"},
    {307, Severity::warning, "not forwarded", "subscribers' packets are not forwarded: a setting or the firewall",
     "sysctl net.ipv4.ip_forward=1; accept the link in the chain FORWARD"},
    {308, Severity::note, "port taken",
     "a program has GTP's port, so a link with sockets of its own cannot be made on that address",
     "ss -ulnp 'sport = :2152'; another address, or a network namespace"},
    {309, Severity::warning, "no module", "this kernel has no module gtp, or must not load it",
     "install linux-modules-extra or gtp-tools' module; modprobe gtp; dmesg"},
    {310, Severity::warning, "no right",
     "listing tunnels needs CAP_NET_ADMIN in the initial user namespace, which root of a container does not have",
     "run gtptop on the host, or as root"},
    {311, Severity::warning, "link down", "a GTP link is down", "ip link set LINK up"},
    {312, Severity::note, "sockets elsewhere",
     "the link was moved: it encapsulates in the network namespace where it was made",
     "gtptop --netns NAME there; routes to peers belong there too"},
    {401, Severity::warning, "MTU",
     "what the link takes, with GTP, UDP and IP around it, is larger than the way to a peer",
     "ip link set LINK mtu 1400, or raise the MTU of the way; clamp TCP's MSS"},
    {402, Severity::warning, "fragments",
     "packets are sent in fragments or could not be put together: firewalls and NAT drop such",
     "as GTP-401: never rely on fragments"},
    {403, Severity::warning, "no path MTU discovery", "this host does not learn from ICMP what a path takes",
     "sysctl net.ipv4.ip_no_pmtu_disc=0; accept ICMP type 3 code 4"},
    {405, Severity::warning, "checksum", "UDP datagrams are dropped for their checksum; over IPv6 one of zero is wrong",
     "let the sender compute it; capture at the receiver"},
    {501, Severity::warning, "overrun",
     "packets are dropped for want of time: a full backlog or a program that reads too slowly",
     "a larger net.core.netdev_max_backlog or rmem_max; more receive queues"},
    {502, Severity::warning, "one processor",
     "all packets are received by one processor, because those of two addresses share a queue",
     "spread them: ethtool -N IFACE rx-flow-hash gtpu4 …, or more addresses"},
    {503, Severity::warning, "conntrack full", "the table of connections is nearly full",
     "do not track port 2152: nft … notrack; or a larger net.netfilter.nf_conntrack_max"},
    {504, Severity::note, "resync", "the kernel told more changes than were read; everything is being read anew",
     "nothing: the sweep that runs repairs it"},
    {505, Severity::note, "no time left",
     "rounds of receiving end before all packets are taken: the last sign before packets are dropped",
     "sysctl net.core.netdev_budget=600 net.core.netdev_budget_usecs=8000; spread the load as for GTP-502"},
};

}  // namespace

std::span<const FindingInfo> finding_catalogue() noexcept { return kCatalogue; }

const FindingInfo* find_finding(std::uint16_t id) noexcept {
  const auto found = std::lower_bound(std::begin(kCatalogue), std::end(kCatalogue), id,
                                      [](const FindingInfo& info, std::uint16_t wanted) { return info.id < wanted; });
  return found == std::end(kCatalogue) || found->id != id ? nullptr : &*found;
}

std::string finding_name(std::uint16_t id) { return "GTP-" + std::to_string(id); }

const FindingInfo* find_finding(std::string_view name) noexcept {
  const bool prefixed = name.size() > 4 && (name.starts_with("GTP-") || name.starts_with("gtp-"));
  if (prefixed) name.remove_prefix(4);
  std::uint16_t id = 0;
  const auto [stop, error] = std::from_chars(name.data(), name.data() + name.size(), id);
  if (error != std::errc{} || stop != name.data() + name.size()) return nullptr;
  return find_finding(id);
}

}  // namespace gtp::top
