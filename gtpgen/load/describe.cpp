// SPDX-License-Identifier: GPL-2.0-or-later
//
// A plan in words.
#include <array>
#include <cmath>
#include <cstdio>

#include "gtpgen/load/load_run.hpp"
#include "libcommon/util/units.hpp"

namespace gtp::gen {
namespace {

std::string hex(std::uint32_t value) {
  TextBuffer text;
  text.put("0x");
  text.put_hex(value, 1);
  return std::string(text.view());
}

std::string sizes_text(const SizeMix& sizes) {
  if (sizes.smallest() == sizes.largest()) return std::to_string(sizes.smallest()) + " B";
  return std::to_string(sizes.smallest()) + " to " + std::to_string(sizes.largest()) + " B (mean " +
         std::to_string(std::lround(sizes.mean())) + ")";
}

std::string kind_text(const TrafficPlan& traffic) {
  constexpr std::array kNames = {"udp", "tcp", "icmp"};
  return kNames[static_cast<std::size_t>(traffic.protocol)] + std::to_string(traffic.inner_version);
}

std::string rate_text(const TrialPlan& trial) {
  if (!trial.packets_per_second) return "as fast as possible";
  TextBuffer text;
  put_quantity(text, static_cast<std::uint64_t>(std::llround(*trial.packets_per_second)), "pps");
  return std::string(text.view());
}

}  // namespace

double mean_octets(const LoadPlan& plan, BitLayer layer) noexcept {
  double octets = plan.traffic.sizes.mean();
  if (layer == BitLayer::inner) return octets;
  octets += static_cast<double>(plan.traffic.overhead(plan.target.address.version()));
  return layer == BitLayer::link ? octets + static_cast<double>(kEthernetHeader) : octets;
}

std::string LoadRun::title(const TrialPlan& trial) const {
  const LoadPlan& load = plan();
  const std::uint32_t count = load.tunnels.count();
  std::string text = text_of(load.target);
  if (load.via) text += " via " + load.via->text();
  text += "  " + std::to_string(count) + (count == 1 ? " tunnel (TEID " : " tunnels (TEID ");
  text += hex(load.tunnels.tunnel(0).teid);
  if (count > 1) text += (load.tunnels.from_list() ? ", …, " : "..") + hex(load.tunnels.tunnel(count - 1).teid);
  text += "), " + kind_text(load.traffic) + " inner " + sizes_text(load.traffic.sizes);
  if (load.traffic.sizes.smallest() == load.traffic.sizes.largest()) {
    text += " (outer " + std::to_string(std::lround(mean_octets(load, BitLayer::outer))) + " B, " +
            std::to_string(std::lround(mean_octets(load, BitLayer::link))) + " B L2)";
  }
  text += ", " + rate_text(trial) + ", " + std::to_string(load.threads) + (load.threads == 1 ? " thread" : " threads");
  return text;
}

}  // namespace gtp::gen
