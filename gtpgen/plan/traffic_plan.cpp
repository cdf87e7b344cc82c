// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtpgen/plan/traffic_plan.hpp"

#include "gtpgen/command.hpp"
#include "gtpgen/frame/stamp.hpp"

namespace gtp::gen {

std::string_view name_of(Unwanted kind) noexcept {
  constexpr std::array<std::string_view, kUnwantedKinds> kNames = {"unknown-teid", "bad-version", "truncated", "echo"};
  return kNames[static_cast<std::size_t>(kind)];
}

IpPrefix TrafficPlan::default_far(int version) noexcept {
  return *IpPrefix::parse(version == 6 ? "fd46::1" : "10.46.0.1");
}

bool TrafficPlan::has_unwanted() const noexcept { return unwanted_share() > 0; }

double TrafficPlan::unwanted_share() const noexcept {
  double sum = 0;
  for (const double share : unwanted) sum += share;
  return sum;
}

std::size_t TrafficPlan::upper_header() const noexcept { return protocol == InnerProtocol::tcp ? 20 : 8; }

std::size_t TrafficPlan::smallest_size() const noexcept {
  return (inner_version == 6 ? 40U : 20U) + upper_header() + kStampLength;
}

wire::GPduOptions TrafficPlan::g_pdu_options() const noexcept {
  wire::GPduOptions options;
  if (sequence_numbers) options.sequence_number = std::uint16_t{0};
  if (pdu_session) options.pdu_session.emplace().direction = *pdu_session;
  return options;
}

std::size_t TrafficPlan::gtp_header() const noexcept {
  if (plain) return 0;
  std::array<std::byte, 64> room{};
  ByteWriter out(room);
  wire::write_g_pdu_header(out, g_pdu_options(), 0);
  return out.size();
}

std::size_t TrafficPlan::overhead(int outer_version) const noexcept {
  return plain ? 0 : (outer_version == 6 ? 40U : 20U) + 8 + gtp_header();
}

}  // namespace gtp::gen
