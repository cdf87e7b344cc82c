// SPDX-License-Identifier: GPL-2.0-or-later
//
// What an interface does to packets on the way: its queueing discipline, and its offloads by ethtool's names. Nothing
// where the kernel does not say.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gtp::gen {

struct LinkFacts {
  std::string kind;  // "veth"; empty for devices
  std::string qdisc;
};
LinkFacts link_facts(const std::string& iface);

// Is the feature on? In the order of [names] ("tx-udp-segmentation", "rx-gro").
std::vector<std::optional<bool>> link_features(const std::string& iface, const std::vector<std::string_view>& names);

}  // namespace gtp::gen
