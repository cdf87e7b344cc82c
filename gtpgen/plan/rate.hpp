// SPDX-License-Identifier: GPL-2.0-or-later
//
// Rate: how fast to send, as people say it: packets per second ("10kpps", "10k", "1Mpps"), bits per second ("500Mbit",
// "1.5Gbit/s"), or as fast as possible ("max"). Bits are those of one layer, said apart:
//
//   inner   the subscriber's IP packet, what a UPF is sold by; the default
//   outer   the IP packet around it
//   link    the Ethernet frame without preamble and check sequence
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "libcommon/util/result.hpp"

namespace gtp::gen {

enum class BitLayer : std::uint8_t { inner, outer, link };

struct Rate {
  enum class Unit : std::uint8_t { packets, bits, max };
  Unit unit = Unit::packets;
  std::uint64_t value = 1000;

  static Result<Rate> parse(std::string_view text);
  bool is_max() const noexcept { return unit == Unit::max; }
  // [octets] is the mean length of a packet in the layer whose bits are meant. Nothing for max.
  std::optional<double> packets_per_second(double octets) const noexcept {
    if (unit == Unit::max) return std::nullopt;
    const auto number = static_cast<double>(value);
    return unit == Unit::packets ? number : number / (8 * octets);
  }
};

}  // namespace gtp::gen
