// SPDX-License-Identifier: GPL-2.0-or-later
#include <catch2/catch.hpp>

#include <algorithm>
#include <string>

#include "libcommon/wire/ie.hpp"
#include "libcommon/wire/null_sink.hpp"
#include "tests/support/recording_sink.hpp"
#include "tests/unit/wire/octets.hpp"

using gtp::test::octets;
using gtp::test::RecordingSink;
using namespace gtp::wire;

namespace {

// The skeleton of a message: "1[8] 93[5]{73[1]} 255[3]"; "!" for a cut element, "?" for a short value.
class SkeletonSink final : public NullSink {
 public:
  void begin_ie(const Ie& ie) override {
    if (!text_.empty() && text_.back() != '{') text_ += ' ';
    text_ += std::to_string(ie.type);
    if (ie.instance != 0) text_ += "/" + std::to_string(ie.instance);
    if (ie.has_length) text_ += "[" + std::to_string(ie.length) + "]";
    text_ += '{';
  }
  void end_ie(const Ie& ie, bool short_value) override {
    if (text_.back() == '{') {
      text_.pop_back();
    } else {
      text_ += '}';
    }
    if (ie.cut) text_ += '!';
    if (short_value) text_ += '?';
  }
  const std::string& skeleton() const { return text_; }

 private:
  std::string text_;
};

struct Visited {
  std::string skeleton;
  FaultSet faults;
};

Visited visit(const Header& header, const std::vector<std::byte>& datagram) {
  SkeletonSink sink;
  const FaultSet faults = visit_message(header, datagram, 0, sink);
  return {sink.skeleton(), faults};
}

// The elements in [hex] behind a header of their protocol with a right length.
Visited v1(std::string_view hex) {
  auto datagram = octets("30 10 0000 00000000");
  for (const std::byte octet : octets(hex)) datagram.push_back(octet);
  datagram[2] = static_cast<std::byte>((datagram.size() - 8) >> 8);
  datagram[3] = static_cast<std::byte>((datagram.size() - 8) & 0xff);
  return visit(decode_gtpv1(datagram, datagram.size(), false), datagram);
}
std::vector<std::byte> v2_message(std::string_view hex) {
  auto datagram = octets("40 01 0000 000001 00");
  for (const std::byte octet : octets(hex)) datagram.push_back(octet);
  datagram[2] = static_cast<std::byte>((datagram.size() - 4) >> 8);
  datagram[3] = static_cast<std::byte>((datagram.size() - 4) & 0xff);
  return datagram;
}
Visited v2(std::string_view hex) {
  const auto datagram = v2_message(hex);
  return visit(decode_gtpv2(datagram, datagram.size()), datagram);
}
Visited pfcp(std::string_view hex) {
  auto datagram = octets("20 01 0000 000001 00");
  for (const std::byte octet : octets(hex)) datagram.push_back(octet);
  datagram[3] = static_cast<std::byte>(datagram.size() - 4);
  return visit(decode_pfcp(datagram, datagram.size()), datagram);
}

}  // namespace

TEST_CASE("GTPv1: TV by the table's length, TLV by its own") {
  // Recovery (TV, 1), NSAPI (TV, 1), APN (TLV), Extension Header Type List (TLV with one length octet).
  const Visited v = v1("0e05 1405 83 0004 03616263 8d 02 c085");
  CHECK(v.skeleton == "14[1] 20[1] 131[4] 141[2]");
  CHECK(v.faults.empty());
}

TEST_CASE("GTPv1: an unknown TLV is skipped, an unknown TV ends the walk") {
  const Visited tlv = v1("e6 0002 0102 0e05");
  CHECK(tlv.skeleton == "230[2] 14[1]");
  CHECK(tlv.faults.empty());

  const Visited tv = v1("0e05 64 01 02 0e05");
  CHECK(tv.skeleton == "14[1] 100!");
  CHECK(tv.faults.has(Fault::ie_unknown_tv));
  CHECK_FALSE(tv.faults.malformed());
}

TEST_CASE("GTPv1: cut elements") {
  const Visited beyond = v1("0e05 83 ffff 616263");
  CHECK(beyond.skeleton == "14[1] 131[65535]!");
  CHECK(beyond.faults.has(Fault::ie_cut));
  CHECK(beyond.faults.malformed());

  const Visited header = v1("0e05 83");
  CHECK(header.skeleton == "14[1] 131!");
  CHECK(header.faults.has(Fault::ie_header_cut));

  const Visited fixed = v1("02 000110");
  CHECK(fixed.skeleton.substr(0, 5) == "2[8]!");
  CHECK(fixed.faults.has(Fault::ie_cut));
}

TEST_CASE("GTPv2: instances and groups") {
  // Bearer Context with an EBI of instance 1, then a Private Extension.
  const Visited v = v2("03 0001 00 05  5d 0005 00 49 0001 01 05  ff 0003 00 2aaf01");
  CHECK(v.skeleton == "3[1] 93[5]{73/1[1]} 255[3]");
  CHECK(v.faults.empty());
}

TEST_CASE("GTPv2: an element that exceeds its group ends the group only") {
  const Visited v = v2("5d 0005 00 49 00ff 00 05  ff 0003 00 2aaf01");
  CHECK(v.skeleton == "93[5]{73[255]!} 255[3]");
  CHECK(v.faults.has(Fault::ie_cut));
}

TEST_CASE("GTPv2: header of an element cut, and an empty element") {
  const Visited cut = v2("03 0001 00 05 03 0001");
  CHECK(cut.skeleton == "3[1] 3[1]!");
  CHECK(cut.faults.has(Fault::ie_header_cut));

  const Visited empty = v2("03 0000 00 03 0001 00 05");
  CHECK(empty.skeleton == "3[0] 3[1]");
  CHECK(empty.faults.has(Fault::ie_empty));
  CHECK_FALSE(empty.faults.malformed());
}

TEST_CASE("GTPv2: groups are followed to a bounded depth") {
  std::string hex;
  for (int length = 59 * 4; length >= 0; length -= 4) {
    constexpr std::string_view kDigits = "0123456789abcdef";
    hex += "5d00";
    hex += kDigits[static_cast<std::size_t>(length) / 16];
    hex += kDigits[static_cast<std::size_t>(length) % 16];
    hex += "00";
  }
  const Visited v = v2(hex);
  CHECK(std::count(v.skeleton.begin(), v.skeleton.end(), '[') == kMaxIeDepth);
  CHECK(v.faults.has(Fault::ie_nested_too_deep));
  CHECK_FALSE(v.faults.malformed());
}

TEST_CASE("type extension elements need two octets") {
  CHECK(v2("fe 0001 00 01").faults.has(Fault::ie_type_extension_short));
  CHECK_FALSE(v2("fe 0002 00 0100").faults.has(Fault::ie_type_extension_short));
  CHECK(v1("ee 0001 01").faults.has(Fault::ie_type_extension_short));
}

TEST_CASE("PFCP: two-octet types, groups, vendors") {
  // Create PDR { PDR ID 7 }, then an element of vendor 18681 with one octet.
  const Visited v = pfcp("0001 0006 0038 0002 0007  8001 0003 48f9 2a");
  CHECK(v.skeleton == "1[6]{56[2]} 32769[3]");
  CHECK(v.faults.empty());

  const auto octet_list = octets("8001 0003 48f9 2a 0060");
  IeWalker walker(Protocol::pfcp, octet_list, 100);
  Ie ie;
  REQUIRE(walker.next(ie));
  CHECK(ie.enterprise_id == 18681);
  CHECK(ie.offset == 100);
  CHECK(ie.value_offset == 106);
  REQUIRE(ie.value.size() == 1);
  CHECK(ie.value[0] == std::byte{0x2a});
  REQUIRE(walker.next(ie));
  CHECK(ie.cut);
  CHECK_FALSE(ie.has_length);
  CHECK_FALSE(walker.next(ie));
  CHECK(walker.faults().has(Fault::ie_header_cut));

  // An empty element removes something; that is no fault.
  CHECK(pfcp("0013 0000").faults.empty());
}

TEST_CASE("a capture that ends inside an element is not the sender's fault") {
  const auto datagram = octets("40 01 0009 000001 00 03 0001");
  const Header header = decode_gtpv2(datagram, 13);
  const Visited v = visit(header, datagram);
  CHECK(v.skeleton == "3[1]!");
  CHECK_FALSE(v.faults.malformed());
}

TEST_CASE("offsets count from the start of the packet") {
  const auto datagram = octets("4e f1 0005 0007 fd 0002 0005");
  RecordingSink sink;
  const Header header = decode_gtp_prime(datagram, datagram.size());
  CHECK(visit_message(header, datagram, 42, sink).empty());
  CHECK(sink.text() == R"({<requests_responded "sequence_numbers":[5]>})");
  IeWalker walker(Protocol::gtp_prime, gtp::Bytes(datagram).subspan(6), 48);
  Ie ie;
  REQUIRE(walker.next(ie));
  CHECK(ie.offset == 48);
  CHECK(ie.value_offset == 51);
}

TEST_CASE("an element that a sink does not want is not announced") {
  class Picky final : public NullSink {
   public:
    void number(const FieldInfo&, std::uint64_t value, Range where) override {
      last_value = value;
      last_offset = where.offset;
    }
    void begin_ie(const Ie&) override { ++announced; }
    bool wants(const Ie& ie) override { return ie.type == 126; }
    int announced = 0;
    std::uint64_t last_value = 0;
    std::size_t last_offset = 0;
  } sink;
  const auto datagram = octets("4e f0 0006 0007 0e05 7e03 0180");
  visit_message(decode_gtp_prime(datagram, datagram.size()), datagram, 0, sink);
  CHECK(sink.announced == 1);
  CHECK(sink.last_value == 3);
  CHECK(sink.last_offset == 9);
}

TEST_CASE("GTP' values") {
  const auto values = [](std::string_view hex) {
    auto datagram = octets("4e f0 0000 0007");
    for (const std::byte octet : octets(hex)) datagram.push_back(octet);
    datagram[3] = static_cast<std::byte>(datagram.size() - 6);
    RecordingSink sink;
    const FaultSet faults = visit_message(decode_gtp_prime(datagram, datagram.size()), datagram, 0, sink);
    return sink.text() + (faults.has(Fault::ie_value_short) ? "!" : "");
  };
  CHECK(values("01 80") == R"({<cause "cause":128>})");
  CHECK(values("7e 01") == R"({<packet_transfer_command "command":1>})");
  CHECK(values("f9 0004 0001 0002") == R"({<released_packets "sequence_numbers":[1,2]>})");
  CHECK(values("fb 0004 c0000201") == R"({<charging_gateway_address "ipv4":"192.0.2.1">})");
  CHECK(values("fe 0010 20010db8000000000000000000000001") == R"({<recommended_node_address "ipv6":"2001:db8::1">})");
  CHECK(values("fc 000b 02 01 1c06 0002 a1a2 0001 b1") ==
        R"({<data_record_packet "record_count":2,"format":1,"application_id":1,"release":12,"version":6,)"
        R"("record_lengths":[2,1]>})");
  // The odd octet, records that are announced and absent, a record that is too long, an address of five octets.
  CHECK(values("fd 0003 0001 00") == R"({<requests_responded "sequence_numbers":[1]>}!)");
  CHECK(values("fc 0004 ff 01 1c06") ==
        R"({<data_record_packet "record_count":255,"format":1,"application_id":1,"release":12,"version":6,)"
        R"("record_lengths":[]>}!)");
  CHECK(values("fc 0007 01 01 1c06 ffff 00") ==
        R"({<data_record_packet "record_count":1,"format":1,"application_id":1,"release":12,"version":6,)"
        R"("record_lengths":[]>}!)");
  CHECK(values("fb 0005 c000020100") == "{<charging_gateway_address >}!");
}

TEST_CASE("the body of an unknown GTPv1 message is not read as elements, that of an unknown GTPv2-C message is") {
  const auto v1 = octets("30 c8 0002 00000001 0e07");
  CHECK(visit(decode_gtpv1(v1, v1.size(), true), v1).skeleton.empty());
  const auto v2 = octets("48 fb 000d 00000001 00000100 03 0001 00 07");
  CHECK(visit(decode_gtpv2(v2, v2.size()), v2).skeleton == "3[1]");
}
