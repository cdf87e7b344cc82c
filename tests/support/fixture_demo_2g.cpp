// SPDX-License-Identifier: GPL-2.0-or-later
//
// The 3G and 2G part of "demo": Gn between an SGSN and a GGSN in GTPv1 and GTPv0, and charging records on Ga.
#include "libcommon/wire/encode/gtpu.hpp"
#include "libcommon/wire/encode/header.hpp"
#include "tests/support/network.hpp"

namespace gtp::test {
namespace {

using wire::MessageWriter;

constexpr std::string_view kSgsn = "198.51.100.20";
constexpr std::string_view kGgsn = "192.0.2.60";
constexpr std::string_view kChargingGateway = "192.0.2.70";
constexpr std::string_view kUe = "10.70.0.3";
constexpr std::string_view kImsi = "001010000000031";
constexpr std::uint16_t kGtpC = 2123;
constexpr std::uint16_t kGtpU = 2152;
constexpr std::uint16_t kGtpV0AndPrime = 3386;

constexpr std::uint32_t kSgsnTeid = 0x00007001;
constexpr std::uint32_t kSgsnDataTeid = 0x00007002;
constexpr std::uint32_t kGgsnTeid = 0x00008001;
constexpr std::uint32_t kGgsnDataTeid = 0x00008002;

// Allocation/retention priority and the profile of TS 24.008, 10.5.6.5: interactive, 8640 kbit/s both ways.
const Octets kQos = hex("02 0b 92 1f 71 96 fe fe 74 05 4a 00");

Octets end_user_address(std::string_view ue) { return hex("f121") + (ue.empty() ? Octets{} : address(ue)); }

Octets create_pdp_context_request() {
  return message(wire::gtpv1_c_header(16, 0, 100), [](MessageWriter& m) {
    m.digits(2, kImsi, 0, 8);
    m.octets(3, hex("00f110 0011 01"));
    m.number(14, 3, 1);
    m.number(15, 0xfc, 1);
    m.number(16, kSgsnDataTeid, 4);
    m.number(17, kSgsnTeid, 4);
    m.number(20, 5, 1);
    m.octets(26, hex("0800"));
    m.octets(128, end_user_address({}));
    m.name(131, "web.example");
    m.octets(132, hex("80 8021 10 0101 0010 8106 00000000 8306 00000000"));  // IPCP: asks for two name servers
    m.octets(133, address(kSgsn));
    m.octets(133, address(kSgsn));
    m.octets(134, hex("91 947151133254"));
    m.octets(135, kQos);
    m.number(151, 1, 1);  // UTRAN
  });
}

Octets create_pdp_context_response() {
  return message(wire::gtpv1_c_header(17, kSgsnTeid, 100), [](MessageWriter& m) {
    m.number(1, 128, 1);
    m.number(8, 0xfe, 1);
    m.number(14, 9, 1);
    m.number(16, kGgsnDataTeid, 4);
    m.number(17, kGgsnTeid, 4);
    m.number(127, 0x00c0ffee, 4);
    m.octets(128, end_user_address(kUe));
    m.octets(133, address(kGgsn));
    m.octets(133, address(kGgsn));
    m.octets(135, kQos);
  });
}

Octets g_pdu(std::uint32_t teid, std::uint16_t sequence, const Octets& t_pdu) {
  wire::GPduOptions options;
  options.teid = teid;
  options.sequence_number = sequence;
  return written([&](ByteWriter& out) { wire::write_g_pdu_header(out, options, t_pdu.size()); }) + t_pdu;
}

// GTPv0 has no TEIDs: the TID (IMSI 001010000000032, NSAPI 5) names the context.
constexpr std::uint64_t kTid = 0x0001'0100'0000'3052;

Octets v0_create_request() {
  return message(wire::gtpv0_header(16, 1, 0, kTid), [](MessageWriter& m) {
    m.octets(6, hex("0b921f"));
    m.number(14, 1, 1);
    m.number(15, 0xfc, 1);
    m.number(16, 0x0101, 2);
    m.number(17, 0x0102, 2);
    m.octets(134, hex("91 947151133255"));
    m.octets(128, end_user_address({}));
    m.name(131, "wap.example");
    m.octets(133, address(kSgsn));
    m.octets(133, address(kSgsn));
  });
}

Octets v0_create_response() {
  return message(wire::gtpv0_header(17, 1, 0x0102, kTid), [](MessageWriter& m) {
    m.number(1, 128, 1);
    m.octets(6, hex("0b921f"));
    m.number(8, 0xfe, 1);
    m.number(14, 1, 1);
    m.number(16, 0x0201, 2);
    m.number(17, 0x0202, 2);
    m.number(127, 0x00c0ff0e, 4);
    m.octets(128, end_user_address("10.70.0.4"));
    m.octets(133, address(kGgsn));
    m.octets(133, address(kGgsn));
  });
}

void add_charging(FixtureFile& file) {
  // One record of BER content that only a charging system reads.
  const Octets record = hex("b4 0a 80 01 15 83 05 00 10 10 00 00");
  file.add(datagram(kGgsn, kChargingGateway, kGtpV0AndPrime,
                    message(wire::gtp_prime_header(2, 240, 50),
                            [&](MessageWriter& m) {
                              m.number(126, 1, 1);
                              m.octets(252, hex("01 01 1234") + be16(record.size()) + record);
                            })),
           2'200);
  file.add(datagram(kChargingGateway, kGgsn, kGtpV0AndPrime,
                    message(wire::gtp_prime_header(2, 241, 50),
                            [](MessageWriter& m) {
                              m.number(1, 128, 1);
                              m.octets(253, be16(50));
                            })),
           10'000);
}

}  // namespace

void add_2g(FixtureFile& file) {
  file.add(datagram(kSgsn, kGgsn, kGtpC, create_pdp_context_request()), 2'500);
  file.add(datagram(kGgsn, kSgsn, kGtpC, create_pdp_context_response()), 10'000);
  file.add(datagram(kSgsn, kGgsn, kGtpU,
                    g_pdu(kGgsnDataTeid, 0, tcp_packet(kUe, "203.0.113.80", 1025, 80, 0x18, counting(90)))),
           10'000);
  file.add(datagram(kGgsn, kSgsn, kGtpU, g_pdu(kSgsnDataTeid, 0, tcp_packet("203.0.113.80", kUe, 80, 1025, 0x10, {}))),
           10'000);
  file.add(datagram(kSgsn, kGgsn, kGtpC,
                    message(wire::gtpv1_c_header(20, kGgsnTeid, 101),
                            [](MessageWriter& m) {
                              m.number(19, 0xff, 1);
                              m.number(20, 5, 1);
                            })),
           900);
  file.add(datagram(kGgsn, kSgsn, kGtpC,
                    message(wire::gtpv1_c_header(21, kSgsnTeid, 101), [](MessageWriter& m) { m.number(1, 128, 1); })),
           10'000);

  file.add(datagram(kSgsn, kGgsn, kGtpV0AndPrime, v0_create_request()), 3'100);
  file.add(datagram(kGgsn, kSgsn, kGtpV0AndPrime, v0_create_response()), 10'000);
  wire::Header t_pdu = wire::gtpv0_header(255, 0, 0x0201, kTid);
  const Octets inner = udp_packet("10.70.0.4", "203.0.113.53", 1026, 53, counting(30));
  t_pdu.length = static_cast<std::uint16_t>(inner.size());
  file.add(
      datagram(kSgsn, kGgsn, kGtpV0AndPrime, written([&](ByteWriter& out) { wire::write_header(out, t_pdu); }) + inner),
      10'000);
  add_charging(file);
}

}  // namespace gtp::test
