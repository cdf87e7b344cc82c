// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtpgen/plan/tunnel_plan.hpp"

#include <algorithm>
#include <array>

#include "gtpgen/command.hpp"
#include "libcommon/util/units.hpp"

namespace gtp::gen {
namespace {

constexpr std::uint32_t kLastTeid = 0xfffffffeU;  // all ones and 0 name no tunnel

// The low 64 bits of an address count; a /64 for each tunnel counts in the high ones.
struct Wide {
  std::uint64_t high = 0;
  std::uint64_t low = 0;
};

Wide wide_of(const IpAddress& address) noexcept {
  const Bytes octets = address.octets();
  return {load_u64(octets.data()), load_u64(octets.data() + 8)};
}

IpAddress address_of(const Wide& wide) noexcept {
  std::array<std::byte, 16> octets{};
  for (std::size_t i = 0; i < 8; ++i) {
    octets[i] = static_cast<std::byte>(wide.high >> (56 - 8 * i) & 0xff);
    octets[8 + i] = static_cast<std::byte>(wide.low >> (56 - 8 * i) & 0xff);
  }
  return IpAddress::from(octets);
}

// Does the prefix hold a /64 for each of [count] tunnels?
bool gives_networks(const IpPrefix& prefix, std::uint32_t count) noexcept {
  if (!prefix.address.is_v6() || prefix.length > 64) return false;
  const int bits = 64 - prefix.length;
  if (bits >= 32) return true;
  const std::uint64_t mask = (std::uint64_t{1} << bits) - 1;
  return (wide_of(prefix.address).high & mask) + count <= mask + 1;
}

std::uint32_t host_mask(int length) noexcept { return length == 0 ? UINT32_MAX : (1U << (32 - length)) - 1; }

// The host part counting starts from: the given one, or the first host.
std::uint32_t first_host_v4(const IpPrefix& prefix) noexcept {
  if (prefix.length >= 31) return prefix.address.to_v4();
  const std::uint32_t host = prefix.address.to_v4() & host_mask(prefix.length);
  return host == 0 ? prefix.address.to_v4() + 1 : prefix.address.to_v4();
}

Result<void> check_ue(const IpPrefix& prefix, std::uint32_t count) {
  std::uint64_t room = 0;
  if (prefix.address.is_v4()) {
    const std::uint64_t end =
        std::uint64_t{prefix.address.to_v4() | (prefix.length == 32 ? 0 : host_mask(prefix.length))} +
        (prefix.length >= 31 ? 1 : 0);  // the last one is the broadcast address
    room = end > first_host_v4(prefix) ? end - first_host_v4(prefix) : 0;
  } else if (gives_networks(prefix, count)) {
    return {};
  } else {
    const int bits = 128 - prefix.length;
    const std::uint64_t used = wide_of(prefix.address).low & (bits >= 64 ? UINT64_MAX : (std::uint64_t{1} << bits) - 1);
    room = bits >= 64 ? UINT64_MAX - used : (std::uint64_t{1} << bits) - used - (bits > 0 && used == 0 ? 1 : 0);
  }
  if (room >= count) return {};
  return usage(prefix.address.text() + "/" + std::to_string(prefix.length) + " has " + std::to_string(room) +
                   " subscriber addresses from there on, for " + std::to_string(count) + " tunnels",
               "a larger prefix, as in --ue " + TunnelPlan::default_ue(prefix.address.version(), count).address.text() +
                   "/" + std::to_string(TunnelPlan::default_ue(prefix.address.version(), count).length));
}

Result<void> check_teids(const TeidRange& teids, std::uint32_t count) {
  if (teids.start == 0) return usage("TEID 0 names no tunnel", "--teid 0x1");
  if (teids.step == 0 && count > 1) return usage("with a step of 0 all tunnels have one TEID");
  const std::uint64_t last = teids.start + std::uint64_t{teids.step} * (count - 1);
  if (last > kLastTeid) {
    return usage(std::to_string(count) + " tunnels do not fit between the first TEID and 0xfffffffe",
                 "a smaller first TEID or step");
  }
  return {};
}

}  // namespace

std::optional<TeidRange> TeidRange::parse(std::string_view text) noexcept {
  TeidRange range;
  const std::size_t plus = text.find('+');
  const auto start = parse_count(text.substr(0, plus));
  if (!start || *start > kLastTeid) return std::nullopt;
  range.start = static_cast<std::uint32_t>(*start);
  if (plus != std::string_view::npos) {
    const auto step = parse_count(text.substr(plus + 1));
    if (!step || *step > kLastTeid) return std::nullopt;
    range.step = static_cast<std::uint32_t>(*step);
  }
  return range;
}

IpAddress ue_address(const IpPrefix& prefix, std::uint32_t index, std::uint32_t count) noexcept {
  if (prefix.address.is_v4()) return IpAddress::v4(first_host_v4(prefix) + index);
  Wide wide = wide_of(prefix.address);
  if (gives_networks(prefix, count)) {
    wide.high += index;
    if (wide.low == 0) wide.low = 1;
    return address_of(wide);
  }
  if (prefix.length < 128 && wide.low == 0) wide.low = 1;
  wide.low += index;
  return address_of(wide);
}

IpPrefix TunnelPlan::default_ue(int ip_version, std::uint32_t count) noexcept {
  if (ip_version == 6) return *IpPrefix::parse("fd45::/32");
  return *IpPrefix::parse(count <= 65534 ? "10.45.0.0/16" : "10.0.0.0/8");
}

void TunnelPlan::finish() {
  const auto count = teids_.empty() ? range_.count : static_cast<std::uint32_t>(teids_.size());
  switch (range_.order) {
    case Permutation::Kind::sequential:
      order_ = Permutation::sequential(count);
      break;
    case Permutation::Kind::strided:
      order_ = Permutation::strided(count, range_.stride);
      break;
    case Permutation::Kind::random:
      order_ = Permutation::random(count, range_.seed);
      break;
  }
  if (teids_.empty() && version_ == 4) first_ue4_ = ue_address(range_.ue, 0, count).to_v4();
  // TEIDs of nobody: above all of ours, else below them.
  std::uint32_t least = range_.teids.start;
  std::uint32_t greatest = range_.teids.start + range_.teids.step * (count - 1);
  if (!teids_.empty()) {
    const auto [low, high] = std::ranges::minmax(teids_);
    least = low;
    greatest = high;
  }
  const bool above = greatest < kLastTeid;
  first_foreign_ = above ? greatest + 1 : 1;
  foreign_count_ = above ? kLastTeid - greatest : least - 1;
}

std::uint32_t TunnelPlan::foreign_teid(std::uint32_t number) const noexcept {
  return foreign_count_ == 0 ? 0 : first_foreign_ + number % foreign_count_;
}

Result<TunnelPlan> TunnelPlan::from_range(Range range) {
  if (range.count == 0 || range.count > kMaxTunnels) {
    return usage("from 1 to " + std::to_string(kMaxTunnels) + " tunnels are possible");
  }
  if (auto checked = check_teids(range.teids, range.count); !checked) return std::move(checked).error();
  if (range.ue.address.empty()) range.ue = default_ue(4, range.count);
  if (auto checked = check_ue(range.ue, range.count); !checked) return std::move(checked).error();
  TunnelPlan plan;
  plan.version_ = range.ue.address.version();
  plan.range_ = std::move(range);
  plan.finish();
  return plan;
}

Tunnel TunnelPlan::tunnel(std::uint32_t index) const noexcept {
  Tunnel tunnel;
  tunnel.index = index;
  const auto& qfis = range_.qfis;
  tunnel.qfi = !qfi_of_.empty() ? qfi_of_[index] : qfis.empty() ? std::uint8_t{0} : qfis[index % qfis.size()];
  if (teids_.empty()) {
    tunnel.teid = range_.teids.start + range_.teids.step * index;
    tunnel.ue = version_ == 4 ? IpAddress::v4(first_ue4_ + index) : ue_address(range_.ue, index, range_.count);
    return tunnel;
  }
  tunnel.teid = teids_[index];
  tunnel.ue = version_ == 4 ? IpAddress::v4(ue4_[index]) : IpAddress::from(ue6_[index]);
  if (!peer_of_.empty()) tunnel.peer = peer_of_[index];
  return tunnel;
}

std::size_t TunnelPlan::octets_per_tunnel() const noexcept {
  if (teids_.empty()) return 0;
  return 4 + (version_ == 4 ? 4U : 16U) + (peer_of_.empty() ? 0U : 4U) + (qfi_of_.empty() ? 0U : 1U) +
         (port_of_.empty() ? 0U : 2U);
}

}  // namespace gtp::gen
