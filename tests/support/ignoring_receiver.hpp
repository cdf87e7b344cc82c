// SPDX-License-Identifier: GPL-2.0-or-later
//
// IgnoringReceiver: what a source tells goes nowhere. For those who override what they want to hear.
#pragma once

#include "gtptop/model/receiver.hpp"

namespace gtp::test {

class IgnoringReceiver : public top::Receiver {
 public:
  void time(std::uint64_t) override {}
  void tunnel(const top::TunnelSample&) override {}
  void tunnel_gone(const top::TunnelKey&) override {}
  void counters(const top::TunnelKey&, const top::TunnelCounters&, std::optional<std::uint64_t>) override {}
  void link(const top::LinkRow&) override {}
  void link_gone(std::uint32_t) override {}
  void event(const top::Event&) override {}
  void lost() override {}
};

}  // namespace gtp::test
