// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtpgen/ndr/profile.hpp"

#include <algorithm>

#include "gtpgen/take.hpp"

namespace gtp::gen {
namespace {

using std::chrono_literals::operator""s;

Goal csit(std::string name, double loss_ratio) { return {std::move(name), loss_ratio, 0.5, 2s, 20s, 0.01}; }

Result<void> take_field(Goal& goal, std::string_view key, std::string_view value) {
  if (key == "name") return take_text(goal.name)(value);
  if (key == "loss") return take_share(goal.loss_ratio)(value);
  if (key == "exceed") return take_share(goal.exceed_ratio)(value);
  if (key == "width") return take_share(goal.width)(value);
  constexpr auto kShortest = std::chrono::milliseconds(10);
  if (key == "trial") return take_duration(goal.trial, kShortest)(value);
  if (key == "sum") return take_duration(goal.sum, kShortest)(value);
  return not_one_of(key, {"loss", "exceed", "trial", "sum", "width", "name"});
}

}  // namespace

Result<std::vector<Goal>> goals_of_profile(std::string_view name) {
  if (name == "quick") return std::vector<Goal>{{"NDR", 0, 0, 1s, 1s, 0.05}};
  if (name == "csit") return std::vector<Goal>{csit("NDR", 0), csit("PDR", 0.005)};
  if (name == "tst009") return std::vector<Goal>{{"throughput", 0, 0.5, 60s, 120s, 0.005}};
  if (name == "rfc2544") return std::vector<Goal>{{"throughput", 0, 0, 60s, 60s, 0.005}};
  return not_one_of(name, {"quick", "csit", "tst009", "rfc2544"});
}

Result<Goal> parse_goal(std::string_view text) {
  Goal goal = csit({}, 0);
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t comma = std::min(text.find(',', at), text.size());
    const std::string_view field = text.substr(at, comma - at);
    const std::size_t equals = field.find('=');
    if (equals == std::string_view::npos) {
      return usage("\"" + std::string(field) + "\" is not KEY=VALUE", "loss=0.5%,trial=2s,sum=20s");
    }
    if (auto taken = take_field(goal, field.substr(0, equals), field.substr(equals + 1)); !taken) {
      return std::move(taken).error();
    }
    at = comma + 1;
  }
  if (goal.exceed_ratio >= 1) return usage("exceed must be less than 100%");
  if (goal.width <= 0) return usage("width must be more than 0");
  if (goal.sum < goal.trial) return usage("sum is shorter than trial");
  if (goal.name.empty()) goal.name = goal.loss_ratio == 0 ? "NDR" : "PDR";
  return goal;
}

}  // namespace gtp::gen
