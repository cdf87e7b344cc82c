// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtptop/check/host_checker.hpp"

#include "gtptop/check/live_checks.hpp"
#include "gtptop/check/rules.hpp"

namespace gtp::top {

void HostChecker::evaluate(const Model& model, std::uint64_t now_ns, std::vector<Finding>& findings) {
  const std::uint64_t wait = readings_ == 1 ? kSecondReadNs : kFactsNs;
  if (readings_ == 0 || now_ns >= facts_.time_ns + wait) {
    reader_->read(model, facts_);
    facts_.time_ns = now_ns;
    facts_.known = true;
    facts_.repeated = readings_ != 0;
    ++readings_;
  }
  apply_rules(facts_, model, findings);
}

std::vector<LiveCheck> HostChecker::check_tunnel(const Model& model, const TunnelDetail& detail) {
  const RouteFacts peer = reader_->peer(detail.row.peer);
  const SubscriberFacts subscriber = reader_->subscriber(detail.row.key, detail.row.ms);
  return live_checks(facts_, peer, subscriber, model, detail);
}

std::vector<LiveCheck> HostChecker::check_link(const Model&, const LinkRow& link) {
  return link_checks(facts_, reader_->around(link.index), link);
}

}  // namespace gtp::top
