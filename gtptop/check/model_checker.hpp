// SPDX-License-Identifier: GPL-2.0-or-later
//
// ModelChecker: the same rules as a HostChecker's, without a look at the host: those that want facts about it say
// nothing. For recordings and generated networks.
#pragma once

#include "gtptop/check/finding.hpp"

namespace gtp::top {

class ModelChecker : public Checker {
 public:
  void evaluate(const Model& model, std::uint64_t now_ns, std::vector<Finding>& findings) override;
  std::vector<LiveCheck> check_tunnel(const Model& model, const TunnelDetail& detail) override;
  std::vector<LiveCheck> check_link(const Model& model, const LinkRow& link) override;
};

}  // namespace gtp::top
