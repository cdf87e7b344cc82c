// SPDX-License-Identifier: GPL-2.0-or-later
//
// Packets that the BPF program makes are, octet by octet, those that FrameTemplate makes of the same fields. The
// program runs in the kernel, once for each packet, and sends nothing: wants to be root, and says so when it is not.
#include <catch2/catch.hpp>
#include <unistd.h>

#include <algorithm>

#include "gtpgen/transmit/xdp_flood.hpp"

namespace gtp::gen {
namespace {

constexpr std::uint32_t kTunnels = 3;

struct Variant {
  InnerProtocol protocol = InnerProtocol::udp;
  int inner = 4;
  int outer = 4;
  Direction direction = Direction::uplink;
  bool sequence = false;
  bool container = false;
};

TrafficPlan traffic_of(const Variant& variant) {
  TrafficPlan traffic;
  traffic.protocol = variant.protocol;
  traffic.inner_version = variant.inner;
  traffic.far = TrafficPlan::default_far(variant.inner);
  traffic.sequence_numbers = variant.sequence;
  traffic.direction = variant.direction;
  traffic.flows = 2;
  if (variant.container) traffic.pdu_session = wire::PduSession::Direction::uplink;
  return traffic;
}

OuterHeader outer_of(const Variant& variant) {
  if (variant.outer == 6) return {*IpAddress::parse("2001:db8::1"), *IpAddress::parse("2001:db8::10"), 0, 2152};
  return {*IpAddress::parse("192.0.2.1"), *IpAddress::parse("192.0.2.10"), 0, 2152};
}

FloodTunnel tunnel_of(const Variant& variant, std::uint32_t number) {
  FloodTunnel tunnel;
  tunnel.tunnel.teid = 0xfffffff0 - number * 0x01010101;
  tunnel.tunnel.ue = ue_address(*IpPrefix::parse(variant.inner == 6 ? "fd45::/32" : "10.45.0.0/16"), number, 1000);
  tunnel.tunnel.qfi = static_cast<std::uint8_t>(63 - number);
  tunnel.stream = 0x12345 + number;
  tunnel.source_port = static_cast<std::uint16_t>(2152 + number);
  return tunnel;
}

// What the program makes of a page with anything in it, and what it should be. The time is taken over.
void check_packets(XdpFlood& flood, const Variant& variant, std::uint16_t size) {
  const OuterStyle style{FrameStart::link, variant.outer, 46, true, {}};
  const FrameTemplate frame(traffic_of(variant), style, size);
  FloodPlan plan;
  plan.link = 1;
  plan.frame = &frame;
  plan.outer = outer_of(variant);
  plan.flows = 2;
  plan.run = 0xbeef;
  flood.prepare(plan);
  const std::size_t headers = frame.layout().stamp + kStampLength;
  for (std::uint32_t number = 0; number < 4 * kTunnels; ++number) {
    const FloodTunnel tunnel = tunnel_of(variant, number % kTunnels);
    std::vector<std::byte> page(frame.length());
    std::fill_n(page.begin(), headers, std::byte{0xa5});
    REQUIRE(flood.make(page) == 0);

    const auto stamp = read_stamp(Bytes(page).subspan(frame.layout().stamp));
    REQUIRE(stamp.has_value());
    PacketFields fields;
    OuterHeader outer = plan.outer;
    outer.source_port = tunnel.source_port;
    fields.outer = &outer;
    fields.tunnel = tunnel.tunnel;
    fields.stamp = {Stamp::Kind::data, tunnel.stream, number / kTunnels, stamp->scheduled_ns, plan.run};
    fields.flow = fields.stamp.sequence % plan.flows;
    std::vector<std::byte> expected(frame.length());
    frame.fill(expected.data());
    frame.patch(expected.data(), fields);
    CHECK(stamp->scheduled_ns != 0);
    const auto [made, wanted] = std::ranges::mismatch(page, expected);
    CAPTURE(number, size, made - page.begin());
    REQUIRE(made == page.end());
  }
  CHECK(flood.counts().packets == 4 * kTunnels);
  for (std::uint32_t i = 0; i < kTunnels; ++i) CHECK(flood.sent(i) == 4);
}

std::unique_ptr<XdpFlood> open(const Variant& variant) {
  std::vector<FloodTunnel> tunnels;
  for (std::uint32_t i = 0; i < kTunnels; ++i) tunnels.push_back(tunnel_of(variant, i));
  auto flood = XdpFlood::open(tunnels);
  if (flood.ok()) return *std::move(flood);
  // In a sandbox even root may not.
  WARN("skipped: " << flood.error().what);
  return nullptr;
}

}  // namespace

TEST_CASE("a flood's packets are those of the template") {
  for (const InnerProtocol protocol : {InnerProtocol::udp, InnerProtocol::tcp, InnerProtocol::icmp}) {
    for (const int inner : {4, 6}) {
      for (const int outer : {4, 6}) {
        for (const Direction direction : {Direction::uplink, Direction::downlink}) {
          for (const int extras : {0, 1, 2, 3}) {
            const Variant variant{protocol, inner, outer, direction, (extras & 1) != 0, (extras & 2) != 0};
            const auto flood = open(variant);
            if (flood == nullptr) return;
            CAPTURE(static_cast<int>(protocol), inner, outer, static_cast<int>(direction), extras);
            const auto least = static_cast<std::uint16_t>(traffic_of(variant).smallest_size());
            for (const std::uint16_t size : {least, static_cast<std::uint16_t>(least + 1), std::uint16_t{1400}}) {
              check_packets(*flood, variant, size);
            }
          }
        }
      }
    }
  }
}

TEST_CASE("a flood ends at its limit, at its time, and when it is told to") {
  const Variant variant;
  const auto flood = open(variant);
  if (flood == nullptr) return;
  const FrameTemplate frame(traffic_of(variant), {FrameStart::link, 4, 0, true, {}}, 100);
  FloodPlan plan;
  plan.link = 1;
  plan.frame = &frame;
  plan.outer = outer_of(variant);
  std::vector<std::byte> page(frame.length());

  plan.limit = 2;
  flood->prepare(plan);
  CHECK(flood->make(page) == 0);
  CHECK(flood->make(page) == 0);
  CHECK(flood->make(page) == ECANCELED);
  CHECK(flood->counts().packets == 2);

  plan.limit = UINT64_MAX;
  plan.end_ns = 1;
  flood->prepare(plan);
  CHECK(flood->make(page) == ECANCELED);

  plan.end_ns = UINT64_MAX;
  flood->prepare(plan);
  CHECK(flood->make(page) == 0);
  flood->interrupt();
  CHECK(flood->make(page) == ECANCELED);
  CHECK(flood->counts().packets == 1);
}

}  // namespace gtp::gen
