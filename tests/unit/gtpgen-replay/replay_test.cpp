// SPDX-License-Identifier: GPL-2.0-or-later
//
// What is changed in packets that are sent again, and when they are due.
#include <catch2/catch.hpp>

#include <array>
#include <vector>

#include "gtpgen/replay/extract.hpp"
#include "gtpgen/replay/replay_schedule.hpp"
#include "gtpgen/replay/rewrite.hpp"
#include "libcommon/packet/checksum.hpp"

using namespace gtp;
using namespace gtp::gen::replay;

namespace {

using Octets = std::vector<std::byte>;

Octets octets(std::initializer_list<int> values) {
  Octets out;
  for (const int value : values) out.push_back(static_cast<std::byte>(value));
  return out;
}

void put_u16(Octets& packet, std::size_t at, std::uint16_t value) {
  packet[at] = static_cast<std::byte>(value >> 8);
  packet[at + 1] = static_cast<std::byte>(value & 0xff);
}

// IPv4 with UDP or TCP from 10.45.0.5 to 198.51.100.1, checksums right.
Octets ipv4(int protocol) {
  Octets packet = octets({0x45, 0, 0, 44, 0, 1, 0, 0, 64, protocol, 0, 0, 10, 45, 0, 5, 198, 51, 100, 1});
  packet.resize(44, std::byte{0x5a});
  if (protocol == 17) put_u16(packet, 24, 24);
  put_u16(packet, 10, packet::ipv4_header_checksum(Bytes(packet).first(20)));
  const std::size_t at = protocol == 17 ? 26 : 36;
  put_u16(packet, at, 0);
  put_u16(packet, at,
          packet::upper_layer_checksum(*IpAddress::parse("10.45.0.5"), *IpAddress::parse("198.51.100.1"),
                                       static_cast<std::uint8_t>(protocol), Bytes(packet).subspan(20)));
  return packet;
}

bool checksums_right(const Octets& packet, const char* src, const char* dst, std::uint8_t protocol) {
  packet::Checksum header;
  header.add(Bytes(packet).first(20));
  packet::Checksum upper;
  upper.add_pseudo_header(*IpAddress::parse(src), *IpAddress::parse(dst), protocol, 24);
  upper.add(Bytes(packet).subspan(20));
  return header.value() == 0 && upper.value() == 0;
}

AddressMap map_of(const char* rule) {
  AddressMap map;
  REQUIRE(map.add(rule).ok());
  return map;
}

}  // namespace

TEST_CASE("addresses are mapped, with the host part kept and the checksums right") {
  const AddressMap map = map_of("10.45.0.0/16=10.99.0.0/16");
  for (const int protocol : {17, 6}) {
    Octets packet = ipv4(protocol);
    REQUIRE(checksums_right(packet, "10.45.0.5", "198.51.100.1", static_cast<std::uint8_t>(protocol)));
    CHECK(map_addresses(packet, map));
    CHECK(IpAddress::from(Bytes(packet).subspan(12, 4)).text() == "10.99.0.5");
    CHECK(checksums_right(packet, "10.99.0.5", "198.51.100.1", static_cast<std::uint8_t>(protocol)));
  }
  Octets other = ipv4(17);
  CHECK_FALSE(map_addresses(other, map_of("10.46.0.0/16=10.99.0.0/16")));
  CHECK(other == ipv4(17));
}

TEST_CASE("a packet that was wrong stays as wrong, and no checksum stays none") {
  Octets packet = ipv4(17);
  put_u16(packet, 26, 0);
  CHECK(map_addresses(packet, map_of("198.51.100.1=203.0.113.9")));
  CHECK(load_u16(packet.data() + 26) == 0);
  // A later fragment has no UDP header where one would stand.
  Octets fragment = ipv4(17);
  fragment[7] = std::byte{10};
  const Octets before = fragment;
  CHECK(map_addresses(fragment, map_of("10.45.0.5=10.45.0.6")));
  CHECK(Octets(fragment.begin() + 20, fragment.end()) == Octets(before.begin() + 20, before.end()));
  Octets cut = octets({0x45, 0, 0});
  CHECK_FALSE(map_addresses(cut, map_of("10.45.0.5=10.45.0.6")));
}

TEST_CASE("IPv6 addresses, with UDP behind an extension header") {
  Octets packet = octets({0x60, 0, 0, 0, 0, 16, 60, 64});
  const IpAddress src = *IpAddress::parse("2001:db8::5");
  const IpAddress dst = *IpAddress::parse("2001:db8:1::1");
  for (const IpAddress& address : {src, dst}) {
    packet.insert(packet.end(), address.octets().begin(), address.octets().end());
  }
  const Octets rest = octets({17, 0, 1, 4, 0, 0, 0, 0, 0, 7, 0, 9, 0, 8, 0, 0});
  packet.insert(packet.end(), rest.begin(), rest.end());
  put_u16(packet, 54, packet::upper_layer_checksum(src, dst, 17, Bytes(packet).subspan(48)));
  CHECK(map_addresses(packet, map_of("2001:db8::/64=fd00::/64")));
  CHECK(IpAddress::from(Bytes(packet).subspan(8, 16)).text() == "fd00::5");
  packet::Checksum sum;
  sum.add_pseudo_header(*IpAddress::parse("fd00::5"), dst, 17, 8);
  sum.add(Bytes(packet).subspan(48));
  CHECK(sum.value() == 0);
}

TEST_CASE("rules that make no sense are refused") {
  AddressMap addresses;
  for (const char* rule : {"10.0.0.1", "10.0.0.0/8=10.0.0.0/16", "10.0.0.1=2001:db8::1", "a=b"}) {
    CHECK_FALSE(addresses.add(rule).ok());
  }
  TeidMap teids;
  for (const char* rule : {"1", "0=1", "1=0", "1=0x100000000", "x=1"}) CHECK_FALSE(teids.add(rule).ok());
  CHECK(teids.add("0x51a0ff17=2").ok());
  CHECK_FALSE(teids.add("0x51a0ff17=3").ok());
  Octets message = octets({0x30, 255, 0, 0, 0x51, 0xa0, 0xff, 0x17});
  CHECK(teids.apply(message));
  CHECK(message == octets({0x30, 255, 0, 0, 0, 0, 0, 2}));
  CHECK_FALSE(teids.apply(message));
  Encapsulation tunnels;
  for (const char* list : {"0", "5-4", "1-0xffffffff", "a"}) CHECK_FALSE(tunnels.add_teids(list).ok());
}

TEST_CASE("--encap: a source address keeps its tunnel") {
  Encapsulation tunnels;
  REQUIRE(tunnels.add_teids("7,0x10-0x11").ok());
  CHECK(tunnels.tunnels() == 3);
  const auto teid_of = [&](int host) {
    Octets packet = ipv4(17);
    packet[15] = static_cast<std::byte>(host);
    std::array<std::byte, 64> room{};
    ByteWriter out(room);
    tunnels.write_header(out, packet);
    CHECK(out.size() == 8);
    CHECK(load_u16(room.data() + 2) == 44);
    return load_u32(room.data() + 4);
  };
  CHECK(teid_of(5) == 7);
  CHECK(teid_of(6) == 0x10);
  CHECK(teid_of(5) == 7);
  CHECK(teid_of(7) == 0x11);
  CHECK(teid_of(8) == 7);
  tunnels.set_qfi(9);
  std::array<std::byte, 64> room{};
  ByteWriter out(room);
  tunnels.write_header(out, ipv4(17));
  // E set; PDU Session Container: one unit, uplink (1), QFI 9, no more (TS 38.415, 5.5.2.2).
  CHECK(Octets(room.begin(), room.begin() + 16) ==
        octets({0x34, 255, 0, 52, 0, 0, 0, 7, 0, 0, 0, 0x85, 1, 0x10, 9, 0}));
}

TEST_CASE("the capture's times, scaled, over loops, without drift") {
  ReplaySchedule schedule(Pace::capture, 2, 0);
  const std::uint64_t start = 1'620'000'000'000'000'000;
  CHECK(schedule.due_ns(start, true) == 0);
  CHECK(schedule.due_ns(start + 1000, true) == 500);
  CHECK(schedule.due_ns(start + 600, true) == 500);  // before its predecessor: with it
  CHECK(schedule.due_ns(0, false) == 500);           // no time
  CHECK(schedule.due_ns(start + 4000, true) == 2000);
  schedule.start_loop();  // 5 packets, mean distance 500
  CHECK(schedule.due_ns(start, true) == 2500);
  CHECK(schedule.due_ns(start + 4000, true) == 4500);

  // Every packet of a year at its own nanosecond.
  ReplaySchedule exact(Pace::capture, 1, 0);
  exact.due_ns(start, true);
  CHECK(exact.due_ns(start + 31'536'000'000'000'001, true) == 31'536'000'000'000'001);

  ReplaySchedule rate(Pace::rate, 1, 3);
  CHECK(rate.due_ns(start, true) == 0);
  CHECK(rate.due_ns(start, true) == 333'333'333);
  CHECK(rate.due_ns(start, true) == 666'666'667);
  CHECK(rate.due_ns(start, true) == 1'000'000'000);
}

TEST_CASE("packets that cannot be sent as they were are told apart") {
  // Ethernet, IPv4, UDP 2152, a G-PDU of TEID 1 with four octets.
  Octets frame(12);
  const Octets rest = octets({8, 0, 0x45, 0, 0,    40, 0,  0, 0, 0,    64,  17, 0, 0, 192, 0, 2, 1,    192, 0, 2,
                              2, 8, 0x68, 8, 0x68, 0,  20, 0, 0, 0x30, 255, 0,  4, 0, 0,   0, 1, 0x45, 0,   0, 4});
  frame.insert(frame.end(), rest.begin(), rest.end());
  capture::RawPacket packet;
  packet.octets = frame;
  packet.wire_length = static_cast<std::uint32_t>(frame.size());
  Extractor extractor(Wanted::g_pdu);
  const auto whole = extractor.extract(packet);
  CHECK(whole.skip == Skip::none);
  CHECK(whole.octets.size() == 12);
  CHECK(whole.inner == 8);
  packet.octets = Bytes(frame).first(frame.size() - 1);
  CHECK(extractor.extract(packet).skip == Skip::cut);
  frame[43] = std::byte{26};  // an Error Indication
  packet.octets = frame;
  CHECK(extractor.extract(packet).skip == Skip::other);
  Extractor plain(Wanted::ip);
  const auto ip = plain.extract(packet);
  CHECK(ip.skip == Skip::none);
  CHECK(ip.octets.size() == 40);
  packet.octets = Bytes(frame).first(30);
  CHECK(plain.extract(packet).skip == Skip::cut);
}
