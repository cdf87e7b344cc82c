// SPDX-License-Identifier: GPL-2.0-or-later
#include <algorithm>
#include <charconv>

#include "gtptop/check/finding.hpp"

namespace gtp::top {
namespace {

constexpr FindingInfo kCatalogue[] = {
    {102, Severity::critical, "unknown TEID",
     "G-PDUs arrive for TEIDs that this host does not know: they fill a socket that nobody reads, and no counter of "
     "the interface moves",
     "compare the I-TEI of the tunnels with what the peer sends: gtpdump -i any 'type g_pdu and peer PEER'"},
    {108, Severity::warning, "Error Indications", "a peer says that it does not know the TEIDs we send to",
     "make the tunnels anew on the side that has lost them"},
    {201, Severity::critical, "path down", "N3-REQUESTS Echo Requests in a row were not answered",
     "gtpgen echo PEER; then the route to the peer and the firewalls between"},
    {202, Severity::warning, "path suspect", "some of the last Echo Requests were not answered",
     "look for overload or a policer on port 2152"},
    {204, Severity::warning, "peer restarted", "the restart counter of a GTPv0 peer has changed",
     "its tunnels from before are gone: remove them (TS 23.007, 18)"},
    {301, Severity::warning, "crowded hash", "so many tunnels share a hash bucket that every packet walks a long chain",
     "make the link anew with more: ip link add … hsize 131071"},
    {303, Severity::warning, "no route to peer", "packets are lost because there is no route to their tunnel's peer",
     "ip route get PEER"},
    {304, Severity::critical, "tunnel in itself", "the route to a peer leads into the tunnel again",
     "a route to the peer that avoids the GTP link"},
    {504, Severity::note, "resync", "the kernel told more changes than were read; everything is being read anew",
     "nothing: the sweep that runs repairs it"},
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
