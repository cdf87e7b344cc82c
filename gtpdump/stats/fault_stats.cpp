// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtpdump/stats/fault_stats.hpp"

namespace gtp::dump::stats {
namespace {

using output::Column;
using output::Kind;

constexpr Column kColumns[] = {
    {"protocol", "PROTOCOL", Kind::text, {}, "protocol of the message"},
    {"severity", "SEVERITY", Kind::text, {}, "malformed, violation or note"},
    {"fault", "FAULT", Kind::text, {}, "name of the fault, as in filters"},
    {"count", "COUNT", Kind::number, {}, "messages with this fault"},
    {"first_frame", "FIRST FRAME", Kind::number, {}, "frame of the first one"},
    {"clause", "CLAUSE", Kind::text, {}, "what it breaks", 1},
    {"text", "WHAT", Kind::text, {}, "the fault in words", 2},
};

}  // namespace

void FaultStats::add(wire::FaultSet faults, wire::Protocol protocol, std::uint64_t frame) {
  faults.each([&](const wire::FaultInfo& fault) {
    Row& row = rows_[static_cast<std::size_t>(protocol)][static_cast<std::size_t>(fault.fault)];
    if (row.count++ == 0) row.first_frame = frame;
  });
}

void FaultStats::fill(output::Table& table, Naming naming) const {
  for (std::size_t p = 0; p < rows_.size(); ++p) {
    const auto protocol = static_cast<wire::Protocol>(p);
    for (std::size_t f = 0; f < rows_[p].size(); ++f) {
      const Row& row = rows_[p][f];
      if (row.count == 0) continue;
      const auto fault = static_cast<wire::Fault>(f);
      const wire::FaultInfo& info = wire::info(fault);
      table.row().text(name_of(protocol, naming)).text(wire::key(info.severity)).text(info.key);
      table.number(row.count).number(row.first_frame);
      const std::string_view clause = wire::clause(fault, protocol);
      clause.empty() ? table.missing() : table.text(clause);
      table.text(info.text);
    }
  }
}

void FaultStats::print(Page& page) const {
  output::Table table(kColumns);
  fill(table, Naming::people);
  if (table.rows() == 0) return;
  page.heading("Protocol errors");
  page.table(table);
}

void FaultStats::print_json(output::JsonWriter& json) const {
  output::Table table(kColumns);
  fill(table, Naming::programs);
  const auto list = json.array("faults");
  table.put_json(json);
}

}  // namespace gtp::dump::stats
