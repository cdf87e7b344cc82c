// SPDX-License-Identifier: GPL-2.0-or-later
//
// The typed readers against the value decoders of the same elements: on any octets both find the same.
#include "libcommon/wire/value/typed.hpp"

#include <catch2/catch.hpp>

#include <random>
#include <vector>

#include "libcommon/wire/null_sink.hpp"
#include "tests/unit/wire/octets.hpp"

using namespace gtp;
using namespace gtp::wire;

namespace {

// What a decoder says under the keys that a typed reader knows.
class Found final : public NullSink {
 public:
  void number(const FieldInfo& field, std::uint64_t value, Range) override {
    if (field.key == "teid" || field.key == "seid") {
      endpoint.has_id = true;
      endpoint.id = value;
    } else if (field.key == "interface_type") {
      interface_type = value;
    }
  }
  void address(const FieldInfo& field, const IpAddress& value, Range) override {
    if (field.key == "ipv4") endpoint.addresses.ipv4 = value;
    if (field.key == "ipv6") endpoint.addresses.ipv6 = value;
  }
  TunnelEndpoint endpoint;
  std::uint64_t interface_type = 0;
};

Found decode(Protocol protocol, std::uint16_t type, Bytes value) {
  Found found;
  Cursor at(value);
  find_ie(protocol, type)->decode(at, found);
  return found;
}

bool same(const Addresses& a, const Addresses& b) { return a.ipv4 == b.ipv4 && a.ipv6 == b.ipv6; }
bool same(const TunnelEndpoint& a, const TunnelEndpoint& b) {
  return a.has_id == b.has_id && a.id == b.id && same(a.addresses, b.addresses);
}

// Calls check(value) for values of all lengths and flags; returns how often it was false.
template <typename Check>
int disagreements(Check check) {
  std::mt19937 random(7);
  std::vector<std::byte> value;
  int wrong = 0;
  for (int round = 0; round < 20'000; ++round) {
    value.resize(1 + random() % 48);
    for (std::byte& octet : value) octet = static_cast<std::byte>(random() & 0xff);
    if (!check(Bytes(value))) ++wrong;
  }
  return wrong;
}

}  // namespace

TEST_CASE("typed: an F-TEID of GTPv2") {
  const FTeid f_teid = read_gtpv2_f_teid(test::octets("ca 00001234 c0000201 20010db8000000000000000000000007"));
  CHECK(f_teid.interface_type == 10);
  CHECK(f_teid.has_id);
  CHECK(f_teid.id == 0x1234);
  CHECK(f_teid.addresses.ipv4.text() == "192.0.2.1");
  CHECK(f_teid.addresses.ipv6.text() == "2001:db8::7");
}

TEST_CASE("typed: readers and decoders agree") {
  CHECK(disagreements([](Bytes value) {
          const Found found = decode(Protocol::gtpv2_c, 87, value);
          const FTeid read = read_gtpv2_f_teid(value);
          return same(found.endpoint, read) && found.interface_type == read.interface_type;
        }) == 0);
  CHECK(disagreements([](Bytes value) {
          return same(decode(Protocol::pfcp, 21, value).endpoint, read_pfcp_f_teid(value));
        }) == 0);
  CHECK(disagreements([](Bytes value) {
          return same(decode(Protocol::pfcp, 57, value).endpoint, read_pfcp_f_seid(value));
        }) == 0);
  CHECK(disagreements([](Bytes value) {
          return same(decode(Protocol::pfcp, 84, value).endpoint, read_pfcp_outer_header_creation(value));
        }) == 0);
  CHECK(disagreements([](Bytes value) {
          return same(decode(Protocol::pfcp, 93, value).endpoint.addresses, read_pfcp_ue_ip_address(value));
        }) == 0);
  CHECK(disagreements([](Bytes value) {
          return same(decode(Protocol::gtpv2_c, 79, value).endpoint.addresses, read_paa(value));
        }) == 0);
  CHECK(disagreements([](Bytes value) {
          return same(decode(Protocol::gtpv1_c, 128, value).endpoint.addresses, read_end_user_address(value));
        }) == 0);
  CHECK(disagreements([](Bytes value) {
          const Addresses found = decode(Protocol::gtpv1_c, 133, value).endpoint.addresses;
          const IpAddress read = read_gsn_address(value);
          return read == (found.ipv4.empty() ? found.ipv6 : found.ipv4);
        }) == 0);
}
