// SPDX-License-Identifier: GPL-2.0-or-later
//
// HostChecker: all rules over facts that a HostReader reads every few seconds (kFactsNs; twice at the start, because
// a counter says something only when it was read before), and the live checks of a tunnel's detail page.
#pragma once

#include <memory>

#include "gtptop/check/finding.hpp"
#include "gtptop/check/host_reader.hpp"

namespace gtp::top {

class HostChecker final : public Checker {
 public:
  static constexpr std::uint64_t kFactsNs = 5'000'000'000;
  // Well below a second: the first sample may have come late, and -n 1 shows the second one.
  static constexpr std::uint64_t kSecondReadNs = 300'000'000;

  explicit HostChecker(std::unique_ptr<HostReader> reader) : reader_(std::move(reader)) {}

  void evaluate(const Model& model, std::uint64_t now_ns, std::vector<Finding>& findings) override;
  std::vector<LiveCheck> check_tunnel(const Model& model, const TunnelDetail& detail) override;
  std::vector<LiveCheck> check_link(const Model& model, const LinkRow& link) override;

 private:
  std::unique_ptr<HostReader> reader_;
  HostFacts facts_;
  unsigned readings_ = 0;
};

}  // namespace gtp::top
