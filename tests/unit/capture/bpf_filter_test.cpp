// SPDX-License-Identifier: GPL-2.0-or-later
#include "libcommon/capture/bpf_filter.hpp"

#include "libcommon/capture/live.hpp"
#include "tests/unit/capture/files.hpp"

using namespace gtp;
using namespace gtp::capture;
using namespace gtp::capture::test;

namespace {

// IPv4 and UDP from port 40000 to [port].
std::vector<std::byte> datagram(unsigned port, unsigned fragment_offset = 0) {
  Octets out(true);
  out.u8(0x45).u8(0).u16(36).u16(1).u16(fragment_offset).u8(64).u8(17).u16(0).u32(0xc0000201).u32(0xc6336401);
  return out.u16(40000).u16(port).u16(16).u16(0).pattern(8, 0).done();
}

std::vector<std::byte> ethernet(const std::vector<std::byte>& ip, bool vlan = false) {
  Octets out(true);
  out.pattern(12, 2);
  if (vlan) out.u16(0x8100).u16(7);
  return out.u16(0x0800).raw(ip).done();
}

bool matches(BpfFilter& filter, const std::vector<std::byte>& octets, packet::LinkType type) {
  RawPacket packet;
  packet.octets = octets;
  packet.wire_length = static_cast<std::uint32_t>(octets.size());
  packet.link_type = type;
  Result<bool> result = filter.matches(packet);
  REQUIRE(result);
  return *result;
}

}  // namespace

TEST_CASE("bpf: one expression on several link types") {
  auto filter = BpfFilter::compile("udp dst port 2152");
  REQUIRE(filter);
  CHECK(matches(*filter, ethernet(datagram(2152)), packet::LinkType::ethernet));
  CHECK_FALSE(matches(*filter, ethernet(datagram(2153)), packet::LinkType::ethernet));
  CHECK(matches(*filter, datagram(2152), packet::LinkType::raw));
  CHECK(matches(*filter, datagram(2152), packet::LinkType::ipv4));
  CHECK_FALSE(matches(*filter, datagram(53), packet::LinkType::raw));
  CHECK_FALSE(matches(*filter, {}, packet::LinkType::raw));
}

TEST_CASE("bpf: mistakes") {
  const auto filter = BpfFilter::compile("udp prot 2152");
  REQUIRE_FALSE(filter);
  CHECK(filter.error().code == ErrorCode::usage);
  CHECK(has(filter.error().what, "capture filter 'udp prot 2152': "));

  auto late = BpfFilter::compile("vlan");
  REQUIRE(late);
  RawPacket packet;
  packet.link_type = packet::LinkType::raw;
  CHECK_FALSE(late->matches(packet));
}

TEST_CASE("bpf: the filter for GTP") {
  auto filter = BpfFilter::compile(gtp_port_filter(packet::LinkType::ethernet, {9999}));
  REQUIRE(filter);
  for (const unsigned port : {2123U, 2152U, 3386U, 8805U, 9999U}) {
    CHECK(matches(*filter, ethernet(datagram(port)), packet::LinkType::ethernet));
    CHECK(matches(*filter, ethernet(datagram(port), true), packet::LinkType::ethernet));
  }
  CHECK_FALSE(matches(*filter, ethernet(datagram(53)), packet::LinkType::ethernet));
  CHECK_FALSE(matches(*filter, ethernet(datagram(53), true), packet::LinkType::ethernet));
  CHECK(matches(*filter, ethernet(datagram(53, 185)), packet::LinkType::ethernet));

  auto raw = BpfFilter::compile(gtp_port_filter(packet::LinkType::raw));
  REQUIRE(raw);
  CHECK(matches(*raw, datagram(2152), packet::LinkType::raw));
  CHECK_FALSE(matches(*raw, datagram(53), packet::LinkType::raw));
}
