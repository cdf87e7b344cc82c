// SPDX-License-Identifier: GPL-2.0-or-later
//
// What a viewer asks a collector to do, besides answering its query. None of them is lost or merged with another.
#pragma once

#include <cstdint>
#include <string>

#include "libcommon/util/ip.hpp"

namespace gtp::top {

inline constexpr std::uint64_t kMinIntervalNs = 100'000'000;
inline constexpr std::uint64_t kMaxIntervalNs = 3'600'000'000'000;

struct Command {
  enum class Kind : std::uint8_t {
    echo,         // one Echo Request to `peer`
    probe,        // Echo Requests to `peer` (empty: to all) every 60 s, or no more
    acknowledge,  // the finding with `finding` and `text`, or the restart of `peer`
    run_checks,   // of the detail page
    record,       // to the file `text`, or stop when that is empty
    seek,         // `samples` in a recording
    interval,     // between samples: `samples` nanoseconds
  } kind = Kind::echo;
  IpAddress peer;
  std::uint16_t finding = 0;
  std::string text;
  std::int64_t samples = 0;
};

}  // namespace gtp::top
