// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtpgen/frame/unwanted.hpp"

#include <catch2/catch.hpp>

#include "libcommon/packet/checksum.hpp"
#include "libcommon/packet/decoder.hpp"

namespace gtp::gen {
namespace {

TunnelPlan tunnels() {
  TunnelPlan::Range range;
  range.count = 10;
  range.teids = {0x1000, 1};
  return *TunnelPlan::from_range(range);
}

TrafficPlan traffic() {
  TrafficPlan plan;
  plan.far = TrafficPlan::default_far(4);
  return plan;
}

packet::Packet decode(Bytes frame) {
  packet::Packet decoded;
  packet::Decoder().decode(packet::LinkType::ethernet, frame, frame.size(), decoded);
  return decoded;
}

TEST_CASE("unwanted frames are what they are called") {
  const TunnelPlan plan = tunnels();
  const OuterHeader outer{*IpAddress::parse("192.0.2.1"), *IpAddress::parse("192.0.2.2"), 2152, 2152};
  OuterStyle style;
  style.start = FrameStart::link;
  UnwantedFrames frames(traffic(), style, plan);

  const Bytes unknown = frames.make(Unwanted::unknown_teid, 3, &outer);
  const packet::Packet decoded = decode(unknown);
  REQUIRE(decoded.layers.size() == 1);
  CHECK(decoded.layers[0].header.teid > 0x1009);
  CHECK(packet::ipv4_header_checksum(unknown.subspan(14, 20)) == 0);
  CHECK(packet::upper_layer_checksum(outer.source, outer.destination, 17, unknown.subspan(34)) == 0);

  CHECK((std::to_integer<int>(frames.make(Unwanted::bad_version, 0, &outer)[42]) >> 5) == 3);

  const Bytes truncated = frames.make(Unwanted::truncated, 0, &outer);
  CHECK(load_u16(truncated.data() + 44) > truncated.size() - 42 - 8);
  CHECK(load_u16(truncated.data() + 38) == truncated.size() - 34);

  const packet::Packet echo = decode(frames.make(Unwanted::echo, 77, &outer));
  REQUIRE(echo.layers.size() == 1);
  CHECK(echo.layers[0].header.message_type == 1);
  CHECK(echo.layers[0].header.sequence_number == 77);
}

TEST_CASE("through a socket they start at the GTP header") {
  const TunnelPlan plan = tunnels();
  UnwantedFrames frames(traffic(), {}, plan);
  CHECK(frames.make(Unwanted::echo, 0, nullptr).size() == 12);
  CHECK(frames.make(Unwanted::unknown_teid, 0, nullptr).size() == 8 + 46);
  CHECK(frames.make(Unwanted::truncated, 0, nullptr).size() == 8 + 46 - 18);
}

}  // namespace
}  // namespace gtp::gen
