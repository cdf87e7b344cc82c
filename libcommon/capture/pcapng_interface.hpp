// SPDX-License-Identifier: GPL-2.0-or-later
//
// Interface description blocks of pcapng, and what their options say about time stamps.
#pragma once

#include <cstdint>

#include "libcommon/capture/file_format.hpp"
#include "libcommon/capture/source.hpp"

namespace gtp::capture {

// Time stamps count units of 10^-exponent or 2^-exponent seconds since 1970, plus an offset.
struct TimeResolution {
  bool binary = false;
  std::uint8_t exponent = 6;
  std::int64_t offset_seconds = 0;

  // In nanoseconds since 1970, rounded down.
  std::uint64_t to_ns(std::uint64_t stamp) const noexcept;
  bool finer_than_microseconds() const noexcept { return exponent > (binary ? 19 : 6); }
};

struct InterfaceDescription {
  Interface interface;
  TimeResolution time;
  std::uint32_t link_type = 0;  // as written
};

// [body]: what is between the lengths of an interface description block, at least kInterfaceFixedBytes. Options that
// run past it, or have a length other than theirs, are ignored.
inline constexpr std::size_t kInterfaceFixedBytes = 8;
InterfaceDescription read_interface(Bytes body, ByteOrder order);

}  // namespace gtp::capture
