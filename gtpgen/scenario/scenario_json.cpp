// SPDX-License-Identifier: GPL-2.0-or-later
//
// A scenario as JSON, every default said. What flows share is taken from the first.
#include <algorithm>

#include "gtpgen/scenario/scenario.hpp"
#include "libcommon/output/json_writer.hpp"

namespace gtp::gen {
namespace {

using output::JsonWriter;

std::string prefix_text(const IpPrefix& prefix) { return prefix.address.text() + "/" + std::to_string(prefix.length); }

std::string rate_text(const Rate& rate) {
  if (rate.is_max()) return "max";
  return std::to_string(rate.value) + (rate.unit == Rate::Unit::bits ? "bit/s" : "pps");
}

std::string duration_text(std::chrono::nanoseconds duration) { return std::to_string(duration.count()) + "ns"; }

std::string sizes_text(const SizeMix& sizes) {
  if (sizes.smallest() == sizes.largest()) return std::to_string(sizes.smallest());
  // A range of a thousand sizes is said as one.
  const auto& parts = sizes.parts();
  const bool all_once = std::ranges::all_of(parts, [](const SizeMix::Part& part) { return part.weight == 1; });
  if (all_once && parts.size() == std::size_t{sizes.largest()} - sizes.smallest() + 1) {
    return std::to_string(sizes.smallest()) + "-" + std::to_string(sizes.largest());
  }
  // A size that was given more than once may have more weight than one can be given at a time.
  constexpr std::uint32_t kMostWeight = 10'000;
  std::string text = "imix:";
  for (const SizeMix::Part& part : parts) {
    for (std::uint32_t left = part.weight; left != 0; left -= std::min(left, kMostWeight)) {
      text += (text.back() == ':' ? "" : ",") + std::to_string(part.octets) + ":" +
              std::to_string(std::min(left, kMostWeight));
    }
  }
  return text;
}

std::string inner_text(const TrafficPlan& traffic) {
  const char* const protocol = traffic.protocol == InnerProtocol::udp   ? "udp"
                               : traffic.protocol == InnerProtocol::tcp ? "tcp"
                                                                        : "icmp";
  return protocol + std::to_string(traffic.inner_version);
}

std::string_view word(Permutation::Kind order) {
  switch (order) {
    case Permutation::Kind::sequential:
      return "sequential";
    case Permutation::Kind::strided:
      return "strided";
    case Permutation::Kind::random:
      return "random";
  }
  return "sequential";
}

std::string_view word(Directions directions) {
  switch (directions) {
    case Directions::uplink:
      return "up";
    case Directions::downlink:
      return "down";
    case Directions::both:
      return "both";
  }
  return "up";
}

std::string_view word(Pacing pacing) {
  switch (pacing) {
    case Pacing::sleep:
      return "sleep";
    case Pacing::hybrid:
      return "hybrid";
    case Pacing::busy:
      return "busy";
  }
  return "hybrid";
}

std::string_view word(BitLayer layer) {
  switch (layer) {
    case BitLayer::inner:
      return "inner";
    case BitLayer::outer:
      return "outer";
    case BitLayer::link:
      return "link";
  }
  return "inner";
}

void put_place(JsonWriter& json, const LoadPlan& load) {
  {
    const auto target = json.object("target");
    json.address("address", load.target.address);
    json.number("port", load.target.port);
  }
  {
    const auto source = json.object("source");
    if (!load.source.addresses.address.empty()) json.text("addresses", prefix_text(load.source.addresses));
    if (load.source.any_port) {
      json.text("ports", "rand");
    } else if (load.source.first_port != 0) {
      json.text("ports", std::to_string(load.source.first_port) + "-" + std::to_string(load.source.last_port));
    }
    if (!load.device.empty()) json.text("iface", load.device);
  }
  if (!load.via) return;
  const auto gateway = json.object("gateway");
  json.address("address", *load.via);
  if (!load.via_netns.empty()) json.text("netns", load.via_netns);
}

void put_tunnels(JsonWriter& json, const LoadPlan& load) {
  const auto tunnels = json.object("tunnels");
  const TunnelPlan::Range& range = load.tunnels.range();
  if (!load.tunnel_file.empty()) {
    json.text("file", load.tunnel_file);
  } else {
    json.number("count", load.tunnels.count());
    {
      const auto teid = json.object("teid");
      json.number("start", range.teids.start);
      json.number("step", range.teids.step);
    }
    json.text("ue", prefix_text(range.ue));
  }
  json.text("order", word(range.order));
  if (range.order == Permutation::Kind::strided) json.number("stride", range.stride);
}

void put_packets(JsonWriter& json, const LoadPlan& load) {
  const TrafficPlan& traffic = load.traffic;
  json.text("inner", inner_text(traffic));
  json.text("size", sizes_text(traffic.sizes));
  // The packets of a gateway go to the address it names.
  if (!load.via) json.text("dst", prefix_text(traffic.far));
  json.number("dport", traffic.far_port);
  json.number("inner_sport", traffic.ue_port);
  json.number("flows", traffic.flows);
  const auto& qfis = load.tunnels.range().qfis;
  if (!qfis.empty()) {
    const auto list = json.array("qfi");
    for (const std::uint8_t qfi : qfis) json.number(qfi);
  }
  if (traffic.pdu_session) {
    json.text("pdu", *traffic.pdu_session == wire::PduSession::Direction::uplink ? "ul" : "dl");
  }
  json.boolean("seq", traffic.sequence_numbers);
  json.number("inner_dscp", traffic.inner_dscp);
  json.boolean("df", traffic.inner_df);
  json.text("direction", word(load.directions));
  json.number("dscp", load.dscp);
  json.boolean("fragment", load.fragment);
  if (load.mtu) json.number("mtu", *load.mtu);
  if (!traffic.has_unwanted()) return;
  const auto negative = json.object("negative");
  for (std::size_t kind = 0; kind < kUnwantedKinds; ++kind) {
    if (traffic.unwanted[kind] != 0) json.decimal(name_of(static_cast<Unwanted>(kind)), traffic.unwanted[kind]);
  }
}

void put_flow(JsonWriter& json, const FlowPlan& flow) {
  const auto object = json.object();
  json.text("name", flow.name);
  if (flow.weight) json.decimal("weight", *flow.weight);
  if (flow.rate) json.text("rate", rate_text(*flow.rate) + (flow.rate_per_tunnel ? "/tunnel" : ""));
  put_packets(json, flow.load);
}

void put_phase(JsonWriter& json, const PhasePlan& phase, bool bursts) {
  const auto object = json.object();
  json.text("name", phase.name);
  if (!bursts) json.text("rate", (phase.from ? rate_text(*phase.from) + ".." : "") + rate_text(phase.rate));
  if (phase.count != 0) {
    json.number("count", phase.count);
  } else {
    json.text("duration", duration_text(phase.duration));
  }
  if (phase.ramp.count() != 0) json.text("ramp", duration_text(phase.ramp));
  json.boolean("measure", phase.measure);
}

void put_expectations(JsonWriter& json, const LoadPlan& load, const Thresholds& limits) {
  const auto expect = json.object("expect");
  switch (load.expect) {
    case Expect::automatic:
      break;
    case Expect::none:
      json.text("via", "none");
      break;
    case Expect::reflect:
      json.text("via", "reflect");
      break;
    case Expect::sink:
      json.text("via", "sink=" + load.sink);
      break;
    case Expect::via:
      json.text("via", "via");
      break;
  }
  json.text("drain", duration_text(load.drain));
  if (limits.max_loss) json.decimal("max_loss", *limits.max_loss);
  if (limits.max_p99_ns) json.text("max_p99", std::to_string(*limits.max_p99_ns) + "ns");
  if (limits.min_rate) json.decimal("min_rate", *limits.min_rate);
}

void put_sending(JsonWriter& json, const LoadPlan& load, BitLayer layer) {
  const auto sending = json.object("sending");
  json.number("threads", load.threads);
  if (!load.cpus.empty()) {
    const auto cpus = json.array("cpus");
    for (const std::uint32_t cpu : load.cpus) json.number(cpu);
  }
  json.boolean("rt", load.real_time);
  json.text("pacing", word(load.pacing));
  if (load.arrivals == Arrivals::burst) {
    json.text("arrival", "burst:" + std::to_string(load.burst) + "/" + std::to_string(load.burst_period_ns) + "ns");
  } else {
    json.text("arrival", load.arrivals == Arrivals::poisson ? "poisson" : "constant");
    if (load.burst != 0) json.number("burst", load.burst);
  }
  json.text("rate_layer", word(layer));
  json.text("backend", gen::word(load.backend));
  json.boolean("gso", load.segment);
  json.number("seed", load.seed);
}

}  // namespace

std::string scenario_json(const Scenario& scenario) {
  TextBuffer out;
  const LoadPlan& first = scenario.flows.front().load;
  {
    JsonWriter json(out);
    const auto object = json.object();
    json.number("version", 1);
    put_place(json, first);
    put_tunnels(json, first);
    {
      const auto flows = json.array("flows");
      for (const FlowPlan& flow : scenario.flows) put_flow(json, flow);
    }
    {
      const auto phases = json.array("phases");
      for (const PhasePlan& phase : scenario.phases) put_phase(json, phase, first.arrivals == Arrivals::burst);
    }
    put_expectations(json, first, scenario.expect);
    put_sending(json, first, scenario.bit_layer);
  }
  return std::string(out.view());
}

}  // namespace gtp::gen
