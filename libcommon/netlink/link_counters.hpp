// SPDX-License-Identifier: GPL-2.0-or-later
//
// What our module counts for a whole link: each way a packet can be lost, and signalling. Counters by number, with a
// table of their names, so that one that a later module adds is shown without a change here (as "counter_NN").
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>

#include "libcommon/netlink/message.hpp"

namespace gtp::netlink {

struct LinkCounterInfo {
  std::string_view key;  // "rx_unknown_teid"
  std::string_view doc;
  bool is_drop = false;  // a packet was lost for it
};
// By counter number, GTP_LC_*; those without a key (0, GTP_LC_PAD) are none.
std::span<const LinkCounterInfo> link_counter_table() noexcept;

struct GtpLinkCounters {
  static constexpr std::size_t kMax = 48;

  std::uint32_t link = 0;
  std::uint32_t tunnels = 0;
  std::uint64_t generation = 0;  // of the last change of any of its tunnels
  std::array<std::uint64_t, kMax> values{};
  std::size_t count = 0;  // numbers 1 .. count-1 were told

  std::uint64_t drops() const noexcept;
};

bool decode_link_counters(const Message& message, GtpLinkCounters& counters) noexcept;

}  // namespace gtp::netlink
