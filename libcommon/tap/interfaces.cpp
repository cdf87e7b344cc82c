// SPDX-License-Identifier: GPL-2.0-or-later
#include "libcommon/tap/interfaces.hpp"

#include <linux/if_arp.h>

#include <algorithm>
#include <array>

namespace gtp::tap {
namespace {

// Made of other interfaces, whatever IFLA_LINK says; vrf shows its ports' packets a second time.
constexpr std::array<std::string_view, 5> kMasters = {"bond", "bridge", "openvswitch", "team", "vrf"};
// IFLA_LINK is the interface that its packets pass too. Of a tunnel it is the way they take in another wrapping, of a
// veth the other end.
constexpr std::array<std::string_view, 6> kShares = {"vlan", "macvlan", "macvtap", "ipvlan", "ipvtap", "macsec"};

template <std::size_t N>
bool is_one_of(std::string_view word, const std::array<std::string_view, N>& words) noexcept {
  return std::find(words.begin(), words.end(), word) != words.end();
}

}  // namespace

std::optional<Attachment> attachment_by_name(const Candidate& candidate) noexcept {
  if (candidate.kind == "gtp") return std::nullopt;
  switch (candidate.arp_type) {
    case ARPHRD_ETHER:
    case ARPHRD_LOOPBACK:
      return Attachment{Framing::ethernet, candidate.loopback};
    case ARPHRD_NONE:
    case ARPHRD_RAWIP:
    case ARPHRD_PPP:
    case ARPHRD_TUNNEL:
    case ARPHRD_TUNNEL6:
    case ARPHRD_SIT:
    case ARPHRD_IPGRE:
    case ARPHRD_IP6GRE:
      return Attachment{Framing::ip, false};
    default:
      return std::nullopt;
  }
}

std::optional<Attachment> attachment_for(const Candidate& candidate) noexcept {
  if (!candidate.up || is_one_of(candidate.kind, kMasters)) return std::nullopt;
  if (candidate.stacked && is_one_of(candidate.kind, kShares)) return std::nullopt;
  return attachment_by_name(candidate);
}

}  // namespace gtp::tap
