// SPDX-License-Identifier: GPL-2.0-or-later
//
// Frames are read back by the decoder, which shares nothing with their making, and their checksums are added up over
// all octets.
#include <catch2/catch.hpp>

#include "gtpgen/frame/frame_template.hpp"
#include "libcommon/packet/checksum.hpp"
#include "libcommon/packet/decoder.hpp"
#include "libcommon/packet/ip_header.hpp"

namespace gtp::gen {
namespace {

const OuterHeader kOuter4{*IpAddress::parse("192.0.2.1"), *IpAddress::parse("192.0.2.10"), 2153, 2152};
const OuterHeader kOuter6{*IpAddress::parse("2001:db8::1"), *IpAddress::parse("2001:db8::10"), 2153, 2152};

struct Variant {
  InnerProtocol protocol = InnerProtocol::udp;
  int inner = 4;
  int outer = 4;
  std::uint16_t size = 100;
  bool sequence = false;
  bool container = false;
  Direction direction = Direction::uplink;
};

TrafficPlan traffic_of(const Variant& variant) {
  TrafficPlan traffic;
  traffic.protocol = variant.protocol;
  traffic.inner_version = variant.inner;
  traffic.inner_dscp = 46;
  traffic.far = TrafficPlan::default_far(variant.inner);
  traffic.sequence_numbers = variant.sequence;
  traffic.direction = variant.direction;
  traffic.flows = 4;
  if (variant.container) {
    traffic.pdu_session = variant.direction == Direction::uplink ? wire::PduSession::Direction::uplink
                                                                 : wire::PduSession::Direction::downlink;
  }
  return traffic;
}

PacketFields fields_of(const Variant& variant, std::uint32_t number) {
  PacketFields fields;
  fields.tunnel.index = number;
  fields.tunnel.teid = 0x51a0ff00 + number;
  fields.tunnel.ue = ue_address(*IpPrefix::parse(variant.inner == 6 ? "fd45::/32" : "10.45.0.0/16"), number, 1000);
  fields.tunnel.qfi = static_cast<std::uint8_t>(number % 64);
  fields.flow = number % 4;
  fields.stamp = {Stamp::Kind::data, number, 0xfffffff0 + number, 0x123456789abcULL + number * 1000, 0xbeef};
  fields.outer = variant.outer == 6 ? &kOuter6 : &kOuter4;
  return fields;
}

// The octets of the inner packet, the checksums of which must all be right.
void check_inner(Bytes inner, const Variant& variant, const PacketFields& fields) {
  packet::IpHeader ip;
  REQUIRE(packet::read_ip_header({inner, inner.size()}, ip) == packet::IpStatus::ok);
  CHECK(inner.size() == variant.size);
  CHECK(ip.length == variant.size);
  CHECK(ip.dscp == 46);
  const bool uplink = variant.direction == Direction::uplink;
  CHECK((uplink ? ip.src : ip.dst) == fields.tunnel.ue);
  CHECK((uplink ? ip.dst : ip.src) == TrafficPlan::default_far(variant.inner).address);
  if (variant.inner == 4) CHECK(packet::ipv4_header_checksum(inner.first(20)) == 0);
  const Bytes upper = inner.subspan(variant.inner == 6 ? 40 : 20);
  packet::Checksum sum;
  if (variant.protocol != InnerProtocol::icmp || variant.inner == 6) {
    sum.add_pseudo_header(ip.src, ip.dst, ip.protocol, static_cast<std::uint32_t>(upper.size()));
  }
  sum.add(upper);
  CHECK(sum.value() == 0);
  if (variant.protocol == InnerProtocol::udp) {
    CHECK(load_u16(upper.data() + 4) == upper.size());
    CHECK(load_u16(upper.data() + 6) != 0);
  }
  if (variant.protocol != InnerProtocol::icmp) {
    CHECK(load_u16(upper.data() + (uplink ? 0 : 2)) == 10'000 + fields.flow);
    CHECK(load_u16(upper.data() + (uplink ? 2 : 0)) == 5001);
  }
  const auto stamp = read_stamp(upper.subspan(variant.protocol == InnerProtocol::tcp ? 20 : 8));
  REQUIRE(stamp.has_value());
  CHECK(stamp->tunnel == fields.stamp.tunnel);
  CHECK(stamp->sequence == fields.stamp.sequence);
  CHECK(stamp->scheduled_ns == fields.stamp.scheduled_ns);
  CHECK(stamp->run == 0xbeef);
}

void check_frame(Bytes frame, const Variant& variant, const PacketFields& fields) {
  packet::Packet decoded;
  packet::Decoder().decode(packet::LinkType::ethernet, frame, frame.size(), decoded);
  REQUIRE(decoded.layers.size() == 1);
  const packet::Layer& layer = decoded.layers.front();
  const OuterHeader& outer = *fields.outer;
  CHECK(layer.src == outer.source);
  CHECK(layer.dst == outer.destination);
  CHECK(layer.src_port == outer.source_port);
  CHECK(layer.dst_port == outer.destination_port);
  CHECK(layer.header.teid == fields.tunnel.teid);
  CHECK(layer.header.message_type == 255);
  CHECK(layer.header.faults.empty());
  CHECK(layer.has_pdu_session == variant.container);
  if (variant.container) {
    CHECK(layer.qfi == fields.tunnel.qfi);
    CHECK(layer.pdu_type == (variant.direction == Direction::uplink ? 1 : 0));
  }
  CHECK(layer.header.has_sequence_number == variant.sequence);
  if (variant.sequence) CHECK(layer.header.sequence_number == (fields.stamp.sequence & 0xffff));

  const std::size_t ip_at = 14;
  const std::size_t ip_length = variant.outer == 6 ? 40 : 20;
  if (variant.outer == 4) CHECK(packet::ipv4_header_checksum(frame.subspan(ip_at, 20)) == 0);
  const Bytes udp = frame.subspan(ip_at + ip_length);
  CHECK(load_u16(udp.data() + 4) == udp.size());
  CHECK(load_u16(udp.data() + 6) != 0);
  packet::Checksum sum;
  sum.add_pseudo_header(outer.source, outer.destination, 17, static_cast<std::uint32_t>(udp.size()));
  sum.add(udp);
  CHECK(sum.value() == 0);
  check_inner(layer.inner.octets, variant, fields);
}

std::vector<Variant> variants() {
  std::vector<Variant> all;
  for (const auto protocol : {InnerProtocol::udp, InnerProtocol::tcp, InnerProtocol::icmp}) {
    for (const int inner : {4, 6}) {
      for (const int outer : {4, 6}) {
        for (const std::uint16_t size : {std::uint16_t{0}, std::uint16_t{101}, std::uint16_t{1400}}) {
          for (const bool sequence : {false, true}) {
            for (const bool container : {false, true}) {
              for (const auto direction : {Direction::uplink, Direction::downlink}) {
                Variant variant{protocol, inner, outer, size, sequence, container, direction};
                if (size == 0) variant.size = static_cast<std::uint16_t>(traffic_of(variant).smallest_size());
                all.push_back(variant);
              }
            }
          }
        }
      }
    }
  }
  return all;
}

TEST_CASE("every kind of frame decodes to what was asked for, with right lengths and checksums") {
  for (const Variant& variant : variants()) {
    INFO("protocol " << static_cast<int>(variant.protocol) << " inner " << variant.inner << " outer " << variant.outer
                     << " size " << variant.size << " sequence " << variant.sequence << " container "
                     << variant.container);
    OuterStyle style;
    style.start = FrameStart::link;
    style.version = variant.outer;
    const FrameTemplate frames(traffic_of(variant), style, variant.size);
    std::vector<std::byte> slot(frames.length());
    frames.fill(slot.data());
    // The second packet into the same memory: nothing of the first may be left.
    for (const std::uint32_t number : {7U, 300U, 301U}) {
      const PacketFields fields = fields_of(variant, number);
      frames.patch(slot.data(), fields);
      check_frame(slot, variant, fields);
    }
  }
}

TEST_CASE("a frame is the same from wherever it starts") {
  const Variant variant{.sequence = true, .container = true};
  const TrafficPlan traffic = traffic_of(variant);
  const PacketFields fields = fields_of(variant, 5);
  const auto octets = [&](FrameStart start) {
    OuterStyle style;
    style.start = start;
    const FrameTemplate frames(traffic, style, variant.size);
    std::vector<std::byte> slot(frames.length());
    frames.fill(slot.data());
    frames.patch(slot.data(), fields);
    return slot;
  };
  const auto link = octets(FrameStart::link);
  const auto network = octets(FrameStart::network);
  const auto gtp = octets(FrameStart::gtp);
  CHECK(link.size() == 14 + 20 + 8 + 16 + 100);
  CHECK(std::equal(network.begin(), network.end(), link.begin() + 14, link.end()));
  CHECK(std::equal(gtp.begin(), gtp.end(), link.begin() + 14 + 28, link.end()));
}

TEST_CASE("plain frames have no tunnel around them") {
  Variant variant;
  variant.direction = Direction::downlink;
  TrafficPlan traffic = traffic_of(variant);
  traffic.plain = true;
  OuterStyle style;
  style.start = FrameStart::network;
  const FrameTemplate frames(traffic, style, variant.size);
  std::vector<std::byte> slot(frames.length());
  frames.fill(slot.data());
  const PacketFields fields = fields_of(variant, 9);
  frames.patch(slot.data(), fields);
  CHECK(slot.size() == 100);
  check_inner(slot, variant, fields);

  style.start = FrameStart::payload;
  const FrameTemplate payloads(traffic, style, variant.size);
  std::vector<std::byte> payload(payloads.length());
  payloads.fill(payload.data());
  payloads.patch(payload.data(), fields);
  CHECK(payload.size() == 100 - 28);
  CHECK(read_stamp(payload)->sequence == fields.stamp.sequence);
}

TEST_CASE("flows are spread over the other end's prefix") {
  Variant variant;
  TrafficPlan traffic = traffic_of(variant);
  traffic.far = *IpPrefix::parse("10.46.0.0/29");
  const FrameTemplate frames(traffic, {}, 100);
  CHECK(frames.far_address(1).text() == "10.46.0.2");
  CHECK(frames.far_address(5).text() == "10.46.0.6");
  CHECK(frames.far_address(6).text() == "10.46.0.1");
}

}  // namespace
}  // namespace gtp::gen
