// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtptop/check/model_checker.hpp"

#include "gtptop/check/live_checks.hpp"
#include "gtptop/check/rules.hpp"

namespace gtp::top {

void ModelChecker::evaluate(const Model& model, std::uint64_t, std::vector<Finding>& findings) {
  apply_rules(HostFacts{}, model, findings);
}

std::vector<LiveCheck> ModelChecker::check_tunnel(const Model& model, const TunnelDetail& detail) {
  return {path_check(model, detail.row.peer)};
}

std::vector<LiveCheck> ModelChecker::check_link(const Model&, const LinkRow& link) {
  return link_checks(HostFacts{}, LinkFacts{}, link);
}

}  // namespace gtp::top
