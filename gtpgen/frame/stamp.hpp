// SPDX-License-Identifier: GPL-2.0-or-later
//
// The stamp: the first octets of the payload of every inner packet that gtpgen sends, by which a
// receiver knows which packet of which tunnel it is and when it was meant to leave. It is part of the inner packet's
// payload, so it survives every gateway that forwards the packet, with or without a tunnel around it.
//
//    0      2     3        6            10                  16     18
//   +------+-----+--------+------------+-------------------+------+
//   | magic| kind| tunnel | sequence   | scheduled         | run  |
//   | 4754 |     | 24 bits| 32 bits    | ns, 48 bits       |      |
//   +------+-----+--------+------------+-------------------+------+
//
// All in network byte order. `tunnel` is the index in the plan, not the TEID, which gateways change. `sequence` counts
// the packets of that tunnel from 0 and wraps. `scheduled` is the time the packet was due, in nanoseconds since the
// epoch of the run modulo 2^48 (78 hours), whenever it really left: latency is measured from there, so that a
// generator that falls behind cannot hide its peer's stall. `run` tells two generators, or two runs, apart.
//
// 18 octets are what fits behind IPv4 and UDP in the smallest packet of the usual mixes, 46 octets.
#pragma once

#include <cstdint>
#include <optional>

#include "libcommon/util/bytes.hpp"

namespace gtp::gen {

inline constexpr std::size_t kStampLength = 18;
inline constexpr std::uint16_t kStampMagic = 0x4754;
inline constexpr std::uint32_t kMaxStampTunnel = (1U << 24) - 1;

struct Stamp {
  enum class Kind : std::uint8_t { data = 0, reflected = 1 };

  Kind kind = Kind::data;
  std::uint32_t tunnel = 0;
  std::uint32_t sequence = 0;
  std::uint64_t scheduled_ns = 0;
  std::uint16_t run = 0;
};

// [room] has kStampLength octets.
void write_stamp(std::byte* room, const Stamp& stamp) noexcept;
// Nothing when [payload] is too short or does not start with a stamp.
std::optional<Stamp> read_stamp(Bytes payload) noexcept;

}  // namespace gtp::gen
