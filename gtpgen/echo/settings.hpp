// SPDX-License-Identifier: GPL-2.0-or-later
//
// How the engine asks. Plain values; times are nanoseconds of the monotonic clock.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "gtpgen/echo/dialect.hpp"
#include "gtpgen/echo/request.hpp"

namespace gtp::gen::echo {

struct Settings {
  // In the order of trial; the next one is tried when one is refused or not answered. One alone is never left.
  std::vector<Dialect> dialects = {Dialect::gtpv2};
  std::uint64_t interval_ns = 1'000'000'000;
  // T3-RESPONSE: how long an attempt waits; and N3-REQUESTS: how many attempts, the first included.
  std::uint64_t timeout_ns = 2'000'000'000;
  unsigned attempts = 1;
  // 0: one request per interval. Else as many as are unanswered at a time, the next as soon as one is answered.
  unsigned window = 0;
  std::optional<std::uint64_t> count;        // requests per peer
  std::optional<std::uint64_t> deadline_ns;  // of the whole run, from its start
  std::uint64_t stagger_ns = 10'000'000;     // between the first requests to one peer and the next
  std::uint32_t first_sequence_number = 1;
  RequestContent content;
  // All of it, IP header included; 0: as short as it is. Overrides content.length.
  std::size_t packet_length = 0;
};

}  // namespace gtp::gen::echo
