// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtpgen/load/lane.hpp"

namespace gtp::gen {

void Lane::deal(bool ports) {
  const auto count = static_cast<std::uint32_t>(sources.size());
  cycles.clear();
  if (!ports) {
    for (std::uint32_t i = 0; i < count; ++i) cycles.emplace_back(*tunnels, i, count);
    return;
  }
  std::vector<std::vector<std::uint32_t>> lists(count);
  for (std::uint32_t position = 0; position < tunnels->count(); ++position) {
    const std::uint32_t tunnel = tunnels->at(position);
    lists[tunnels->source_port_index(tunnel) % count].push_back(tunnel);
  }
  for (auto& list : lists) cycles.emplace_back(*tunnels, std::move(list));
}

}  // namespace gtp::gen
