// SPDX-License-Identifier: GPL-2.0-or-later
//
// From options to a plan.
#include "gtpgen/echo/targets.hpp"
#include "gtpgen/load/load_options.hpp"
#include "gtpgen/take.hpp"

namespace gtp::gen {

Result<void> LoadOptions::take_words(const std::vector<std::string>& words) {
  if (words.empty()) return usage("no target", "the address of a GTP-U endpoint, as in: gtpgen load 192.0.2.1");
  if (words.size() > 1) return usage("one target, not \"" + words[1] + "\" as well");
  target_ = words.front();
  return {};
}

Result<void> LoadOptions::plan_tunnels(LoadPlan& plan) const {
  TunnelPlan::Range range;
  range.teids = teids_.value_or(TeidRange{});
  range.qfis = qfis_;
  range.order = order_;
  range.stride = stride_;
  range.seed = seed_;
  if (stride_ != 1 && order_ != Permutation::Kind::strided) return usage("--stride wants --order strided");
  if (!tunnel_file_.empty()) {
    if (tunnels_ || teids_ || ue_)
      return usage("--tunnel-file names the tunnels: no --tunnels, --teid or --ue beside it");
    auto tunnels = TunnelPlan::from_file(tunnel_file_, range);
    if (!tunnels) return std::move(tunnels).error();
    plan.tunnels = *std::move(tunnels);
    plan.tunnel_file = tunnel_file_;
    return {};
  }
  range.count = static_cast<std::uint32_t>(tunnels_.value_or(1));
  int version = inner_ ? inner_->version : 0;
  if (version == 0 && ue_) version = ue_->address.version();
  range.ue = ue_.value_or(TunnelPlan::default_ue(version == 0 ? 4 : version, range.count));
  auto tunnels = TunnelPlan::from_range(std::move(range));
  if (!tunnels) return std::move(tunnels).error();
  plan.tunnels = *std::move(tunnels);
  return {};
}

void LoadOptions::plan_traffic(LoadPlan& plan) const {
  TrafficPlan& traffic = plan.traffic;
  traffic.sizes = sizes_;
  traffic.protocol = inner_ ? inner_->protocol : InnerProtocol::udp;
  traffic.inner_version = inner_ && inner_->version != 0 ? inner_->version : plan.tunnels.ip_version();
  traffic.inner_dscp = inner_dscp_;
  traffic.inner_df = inner_df_;
  traffic.far = far_.value_or(TrafficPlan::default_far(traffic.inner_version));
  if (plan.via) traffic.far = {*plan.via, plan.via->is_v4() ? 32 : 128};
  traffic.far_port = far_port_;
  traffic.ue_port = ue_port_;
  traffic.flows = flows_;
  traffic.sequence_numbers = sequence_numbers_;
  traffic.direction = plan.directions == Directions::downlink ? Direction::downlink : Direction::uplink;
  traffic.unwanted = unwanted_;
  if (!qfis_.empty() || pdu_) {
    using Pdu = wire::PduSession::Direction;
    traffic.pdu_session = pdu_.value_or(traffic.direction == Direction::uplink ? Pdu::uplink : Pdu::downlink);
  }
}

Result<void> LoadOptions::plan_path(LoadPlan& plan) const {
  std::vector<echo::Target> targets;
  if (auto added = echo::add_targets(target_, family_, targets); !added) return added;
  if (targets.size() != 1) return usage(target_ + " is a network: load goes to one host");
  plan.target = {targets.front().address, targets.front().port == 0 ? kGtpUserPort : targets.front().port};
  plan.target_name = target_;
  plan.directions = directions_;
  if (downlink_) {
    if (directions_ == Directions::both) return usage("--downlink and --direction both");
    plan.directions = Directions::downlink;
  }
  if (!via_.empty()) {
    plan.via = IpAddress::parse(via_);
    if (!plan.via) return usage("--via: \"" + via_ + "\" is no address");
    if (far_) return usage("--dst and --via: the packets go to the address that --via names");
  }
  plan.via_netns = via_netns_;
  plan.source = source_;
  plan.device = device_;
  plan.dscp = dscp_;
  plan.fragment = fragment_;
  if (mtu_) plan.mtu = static_cast<std::uint32_t>(*mtu_);
  plan.backend = backend_;
  plan.segment = segment_;
  plan.drain = drain_;
  if (expect_.empty()) {
    plan.expect = plan.via ? Expect::via : Expect::automatic;
  } else if (expect_ == "none") {
    plan.expect = Expect::none;
  } else if (expect_ == "reflect") {
    plan.expect = Expect::reflect;
  } else if (expect_ == "via") {
    plan.expect = Expect::via;
  } else if (expect_.starts_with("sink=") && expect_.size() > 5) {
    plan.expect = Expect::sink;
    plan.sink = expect_.substr(5);
  } else {
    Error error = not_one_of(expect_, {"none", "reflect", "sink=HOST[:PORT]", "via"});
    error.what = "--expect: " + error.what;
    return error;
  }
  if (plan.via && plan.expect != Expect::via) return usage("with --via the packets arrive here: no other --expect");
  return {};
}

Result<void> LoadOptions::plan_sending(LoadPlan& plan) const {
  plan.threads = threads_;
  plan.cpus = cpus_;
  plan.real_time = real_time_;
  plan.pacing = pacing_;
  plan.arrivals = arrivals_;
  plan.burst = burst_;
  plan.burst_period_ns = burst_period_ns_;
  plan.seed = seed_;
  if (arrivals_ == Arrivals::poisson && burst_ != 0)
    return usage("--burst with --arrival poisson, where packets are single");
  return {};
}

Result<LoadPlan> LoadOptions::plan() const {
  LoadPlan plan;
  if (auto done = plan_path(plan); !done) return std::move(done).error();
  if (auto done = plan_tunnels(plan); !done) return std::move(done).error();
  plan_traffic(plan);
  if (auto done = plan_sending(plan); !done) return std::move(done).error();
  if (auto sane = gen::check(plan); !sane) return std::move(sane).error();
  return plan;
}

}  // namespace gtp::gen
