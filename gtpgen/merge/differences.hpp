// SPDX-License-Identifier: GPL-2.0-or-later
//
// In what two configs (gtpgen-scenario-1) differ, apart from what is each host's own: where it sends from and to, its
// tunnels, its threads and CPUs, its seed, and its sink.
#pragma once

#include <string>
#include <vector>

#include "gtpgen/report/json_value.hpp"

namespace gtp::gen {

// "flows[0].size is 100 in a.json, 1400 in b.json", one for each member; kMostDifferences at most.
inline constexpr std::size_t kMostDifferences = 8;
std::vector<std::string> config_differences(const JsonValue& a, const std::string& a_name, const JsonValue& b,
                                            const std::string& b_name);

}  // namespace gtp::gen
