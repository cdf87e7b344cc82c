// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtpgen/load/lane.hpp"

namespace gtp::gen {

std::size_t Lane::source_of(std::uint32_t position, bool ports) const noexcept {
  return (ports ? tunnels->source_port_index(tunnels->at(position)) : position) % sources.size();
}

void Lane::deal(bool ports) {
  const auto count = static_cast<std::uint32_t>(sources.size());
  cycles.clear();
  if (!ports) {
    for (std::uint32_t i = 0; i < count; ++i) cycles.emplace_back(*tunnels, i, count);
    return;
  }
  std::vector<std::vector<std::uint32_t>> lists(count);
  for (std::uint32_t position = 0; position < tunnels->count(); ++position) {
    lists[source_of(position, ports)].push_back(tunnels->at(position));
  }
  for (auto& list : lists) cycles.emplace_back(*tunnels, std::move(list));
}

}  // namespace gtp::gen
