// SPDX-License-Identifier: GPL-2.0-or-later
//
// Protocol errors by protocol and kind, with the clause that is broken and where to look at the first one.
#pragma once

#include <array>
#include <cstdint>

#include "gtpdump/stats/section.hpp"
#include "libcommon/wire/fault.hpp"

namespace gtp::dump::stats {

class FaultStats {
 public:
  void add(wire::FaultSet faults, wire::Protocol protocol, std::uint64_t frame);
  void print(Page& page) const;
  void print_json(output::JsonWriter& json) const;

 private:
  struct Row {
    std::uint64_t count = 0;
    std::uint64_t first_frame = 0;
  };
  void fill(output::Table& table, Naming naming) const;

  std::array<std::array<Row, static_cast<std::size_t>(wire::Fault::count_)>, wire::kProtocolCount> rows_{};
};

}  // namespace gtp::dump::stats
