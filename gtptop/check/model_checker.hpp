// SPDX-License-Identifier: GPL-2.0-or-later
//
// ModelChecker: the findings that follow from the model alone, without a look at the host: paths, crowded hashes, full
// sockets, losses on links.
#pragma once

#include "gtptop/check/finding.hpp"

namespace gtp::top {

class ModelChecker : public Checker {
 public:
  void evaluate(const Model& model, std::uint64_t now_ns, std::vector<Finding>& findings) override;
  std::vector<LiveCheck> check_tunnel(const Model& model, const TunnelDetail& detail) override;
};

}  // namespace gtp::top
