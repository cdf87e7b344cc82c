// SPDX-License-Identifier: GPL-2.0-or-later
#include <catch2/catch.hpp>

#include <map>

#include "gtpgen/plan/rate.hpp"
#include "gtpgen/plan/size_mix.hpp"
#include "gtpgen/plan/traffic_plan.hpp"

namespace gtp::gen {
namespace {

TEST_CASE("rates") {
  CHECK(Rate::parse("10k")->value == 10'000);
  CHECK(Rate::parse("10kpps")->unit == Rate::Unit::packets);
  CHECK(Rate::parse("1.5Mpps")->value == 1'500'000);
  CHECK(Rate::parse("500Mbit")->value == 500'000'000);
  CHECK(Rate::parse("500Mbit/s")->unit == Rate::Unit::bits);
  CHECK(Rate::parse("max")->is_max());
  for (const char* wrong : {"", "0", "fast", "10kpp", "-1", "1e6", "10 parsecs", "2Gpps"}) {
    INFO(wrong);
    CHECK_FALSE(Rate::parse(wrong).ok());
  }
  CHECK(*Rate::parse("8Mbit/s")->packets_per_second(100) == Approx(10'000));
  CHECK(*Rate::parse("5k")->packets_per_second(100) == Approx(5'000));
  CHECK_FALSE(Rate::parse("max")->packets_per_second(100).has_value());
}

std::map<int, int> sizes_of(SizeMix mix, int packets) {
  std::map<int, int> counts;
  for (int i = 0; i < packets; ++i) ++counts[mix.parts()[mix.next()].octets];
  return counts;
}

TEST_CASE("sizes come with exactly their shares") {
  CHECK(sizes_of(*SizeMix::parse("100"), 10) == std::map<int, int>{{100, 10}});
  CHECK(sizes_of(*SizeMix::parse("64,512,1400"), 300) == std::map<int, int>{{64, 100}, {512, 100}, {1400, 100}});
  CHECK(sizes_of(*SizeMix::parse("imix"), 1200) == std::map<int, int>{{46, 700}, {576, 400}, {1500, 100}});
  CHECK(sizes_of(*SizeMix::parse("imix:46:7,576:4,1456:1"), 120) ==
        std::map<int, int>{{46, 70}, {576, 40}, {1456, 10}});
  CHECK(sizes_of(*SizeMix::parse("100,100,200"), 30) == std::map<int, int>{{100, 20}, {200, 10}});
  const auto range = sizes_of(*SizeMix::parse("64-1400"), 2 * 1337);
  CHECK(range.size() == 1337);
  for (const auto& [size, count] : range) CHECK(count == 2);
  CHECK(SizeMix::parse("imix")->mean() == Approx((46 * 7 + 576 * 4 + 1500) / 12.0));
  CHECK(SizeMix::parse("imix")->smallest() == 46);
  CHECK(SizeMix::parse("imix")->largest() == 1500);
}

TEST_CASE("a mix is shuffled") {
  auto mix = *SizeMix::parse("imix");
  int changes = 0;
  std::uint16_t before = mix.next();
  for (int i = 0; i < 120; ++i) {
    const std::uint16_t now = mix.next();
    if (now != before) ++changes;
    before = now;
  }
  CHECK(changes > 40);
}

TEST_CASE("packets that leave together are grouped by size") {
  auto mix = *SizeMix::parse("imix");
  std::vector<std::uint32_t> counts(3);
  std::vector<std::uint32_t> sum(3);
  for (int i = 0; i < 12; ++i) {
    mix.group(16, counts);
    CHECK(counts[0] + counts[1] + counts[2] == 16);
    for (std::size_t j = 0; j < 3; ++j) sum[j] += counts[j];
  }
  CHECK(sum == std::vector<std::uint32_t>{112, 64, 16});

  auto range = *SizeMix::parse("64-1400");
  std::vector<std::uint32_t> many(range.parts().size());
  range.group(8, many);
  CHECK(std::count(many.begin(), many.end(), 8U) == 1);
  CHECK(std::count(many.begin(), many.end(), 0U) == static_cast<std::ptrdiff_t>(many.size()) - 1);
}

TEST_CASE("sizes that are none") {
  for (const char* wrong : {"", "0", "big", "100,", "1400-64", "imix:", "imix:46:0", "imix:46:x", "70000", "1-2-3"}) {
    INFO(wrong);
    const auto parsed = SizeMix::parse(wrong);
    REQUIRE_FALSE(parsed.ok());
    CHECK(parsed.error().code == ErrorCode::usage);
  }
}

TEST_CASE("inner kinds, QFIs, DSCPs, shares") {
  CHECK(InnerKind::parse("tcp6")->protocol == InnerProtocol::tcp);
  CHECK(InnerKind::parse("tcp6")->version == 6);
  CHECK(InnerKind::parse("icmp")->version == 0);
  CHECK_FALSE(InnerKind::parse("sctp").ok());
  CHECK_FALSE(InnerKind::parse("udp5").ok());

  CHECK(*parse_qfis("9") == std::vector<std::uint8_t>{9});
  CHECK(*parse_qfis("rr:1,5-7") == std::vector<std::uint8_t>{1, 5, 6, 7});
  CHECK(parse_qfis("0-63")->size() == 64);
  CHECK_FALSE(parse_qfis("64").ok());
  CHECK_FALSE(parse_qfis("9-1").ok());

  CHECK(*parse_dscp("EF") == 46);
  CHECK(*parse_dscp("af21") == 18);
  CHECK(*parse_dscp("63") == 63);
  CHECK_FALSE(parse_dscp("64").ok());

  std::array<double, kUnwantedKinds> shares{};
  CHECK(parse_unwanted("unknown-teid=1%,echo=0.02", shares).ok());
  CHECK(shares[0] == Approx(0.01));
  CHECK(shares[3] == Approx(0.02));
  CHECK_FALSE(parse_unwanted("unknown=1%", shares).ok());
  CHECK_FALSE(parse_unwanted("echo", shares).ok());
  CHECK_FALSE(parse_unwanted("echo=60%,truncated=40%", shares).ok());
}

TEST_CASE("overheads are those of the notes: 36, 44 with a QFI, 56 and 64 over IPv6") {
  TrafficPlan traffic;
  CHECK(traffic.overhead(4) == 36);
  CHECK(traffic.overhead(6) == 56);
  traffic.sequence_numbers = true;
  CHECK(traffic.overhead(4) == 40);
  traffic.sequence_numbers = false;
  traffic.pdu_session = wire::PduSession::Direction::uplink;
  CHECK(traffic.overhead(4) == 44);
  CHECK(traffic.overhead(6) == 64);
  traffic.plain = true;
  CHECK(traffic.overhead(4) == 0);
  CHECK(traffic.smallest_size() == 46);
  traffic.inner_version = 6;
  CHECK(traffic.smallest_size() == 66);
  traffic.protocol = InnerProtocol::tcp;
  CHECK(traffic.smallest_size() == 78);
}

}  // namespace
}  // namespace gtp::gen
