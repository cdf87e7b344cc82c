// SPDX-License-Identifier: GPL-2.0-or-later
//
// Any text as a file of tunnels (--tunnel-file): it is refused with its line, or every tunnel in it can be sent, and
// written out again it is read as the same.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "gtpgen/plan/tunnel_plan.hpp"
#include "tests/fuzz/require.hpp"

namespace {

using gtp::fuzz::require;
using gtp::gen::Tunnel;
using gtp::gen::TunnelPlan;

// The lines that hold tunnels. A heading holds none, and only the first line of all can be one.
std::size_t rows_of(const std::string& text) {
  std::size_t rows = 0;
  bool first = true;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    const std::string line = text.substr(at, end - at);
    const std::size_t start = line.find_first_not_of(" \t\r");
    at = end + 1;
    if (start == std::string::npos || line[start] == '#') continue;
    const bool heading = first && line.compare(start, 4, "teid") == 0;
    first = false;
    if (!heading) ++rows;
  }
  return rows;
}

std::string row_of(const TunnelPlan& plan, const Tunnel& tunnel) {
  std::string row = std::to_string(tunnel.teid) + ",";
  if (!plan.peers().empty() && !plan.peers()[tunnel.peer].empty()) row += plan.peers()[tunnel.peer].text();
  row += "," + tunnel.ue.text() + "," + std::to_string(tunnel.qfi);
  if (!plan.source_ports().empty()) {
    row += "," + std::to_string(plan.source_ports()[plan.source_port_index(tunnel.index)]);
  }
  return row + "\n";
}

std::string written(const TunnelPlan& plan) {
  std::string text;
  for (std::uint32_t i = 0; i < plan.count(); ++i) text += row_of(plan, plan.tunnel(i));
  return text;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string text(size, '\0');
  for (std::size_t i = 0; i < size; ++i) text[i] = static_cast<char>(data[i]);
  TunnelPlan::Range range;
  range.order = gtp::gen::Permutation::Kind::random;
  const auto plan = TunnelPlan::from_csv(text, "in", range);
  if (!plan) {
    require(plan.error().what.starts_with("in:"), "an error has a place");
    return 0;
  }
  require(plan->count() == rows_of(text), "a tunnel for each line");
  std::vector<bool> used(plan->count());
  std::vector<std::uint32_t> teids;
  for (std::uint32_t i = 0; i < plan->count(); ++i) {
    const std::uint32_t at = plan->at(i);
    require(at < plan->count() && !used[at], "the order names every tunnel once");
    used[at] = true;
    const Tunnel tunnel = plan->tunnel(i);
    require(tunnel.index == i && tunnel.teid != 0 && tunnel.teid != 0xffffffffU, "a TEID that can be sent to");
    require(tunnel.ue.version() == plan->ip_version() && tunnel.qfi <= 63, "a subscriber, a QFI");
    require(plan->peers().empty() ? tunnel.peer == 0 : tunnel.peer < plan->peers().size(), "a peer");
    require(plan->source_ports().empty() || plan->source_port_index(i) < plan->source_ports().size(), "a port");
    teids.push_back(tunnel.teid);
  }
  for (std::uint32_t i = 0; i < 4; ++i) {
    require(std::ranges::find(teids, plan->foreign_teid(i)) == teids.end(), "a foreign TEID is nobody's");
  }
  const std::string once = written(*plan);
  const auto again = TunnelPlan::from_csv(once, "out", range);
  require(again.ok() && written(*again) == once, "what we write, we read");
  return 0;
}
