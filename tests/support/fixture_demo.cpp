// SPDX-License-Identifier: GPL-2.0-or-later
//
// The LTE part of "demo": S11 between an MME and an SGW, S1-U between an eNB and that SGW.
#include "libcommon/wire/encode/gtpu.hpp"
#include "libcommon/wire/encode/header.hpp"
#include "tests/support/network.hpp"

namespace gtp::test {
namespace {

using wire::MessageWriter;

constexpr std::string_view kMme = "192.0.2.10";
constexpr std::string_view kSgw = "192.0.2.20";
constexpr std::string_view kPgw = "192.0.2.30";
constexpr std::string_view kEnb = "198.51.100.5";
constexpr std::string_view kUe = "10.45.0.7";
constexpr std::string_view kDns = "203.0.113.53";
constexpr std::uint16_t kGtpC = 2123;
constexpr std::uint16_t kGtpU = 2152;

constexpr std::uint32_t kMmeTeid = 0x00000a01;
constexpr std::uint32_t kSgwTeid = 0x00000b01;
constexpr std::uint32_t kEnbDataTeid = 0x51a0ff17;
constexpr std::uint32_t kSgwDataTeid = 0x0000c001;

// F-TEID (TS 29.274, 8.22) with an IPv4 address.
void f_teid(MessageWriter& m, std::uint8_t instance, std::uint8_t interface_type, std::uint32_t teid,
            std::string_view node) {
  m.begin(87, instance);
  m.value().u8(static_cast<std::uint8_t>(0x80 | interface_type));
  m.value().u32(teid);
  m.value().put(address(node));
  m.end();
}

void cause(MessageWriter& m, std::uint8_t value) { m.octets(2, be8(value) + be8(0)); }

// Bearer QoS (TS 29.274, 8.15): pre-emption capability, priority level 8, QCI 9, no bit rates.
void default_bearer_qos(MessageWriter& m) { m.octets(80, be8(0x60) + be8(9) + zeros(20)); }

Octets create_session_request(std::string_view imsi, std::uint32_t sequence, std::string_view apn) {
  return message(wire::gtpv2_header(32, 0, sequence), [&](MessageWriter& m) {
    m.digits(1, imsi);
    m.digits(76, "4915112345678");
    m.digits(75, "3520990012345601");
    m.octets(86, hex("18 00f110 0007 00f110 00012345"));  // TAI and ECGI
    m.octets(83, hex("00f110"));
    m.number(82, 6, 1);  // E-UTRAN
    f_teid(m, 0, 10, kMmeTeid, kMme);
    f_teid(m, 1, 7, 0, kPgw);
    m.name(71, apn);
    m.number(128, 0, 1);
    m.number(99, 1, 1);
    m.octets(79, be8(1) + zeros(4));
    m.number(127, 0, 1);
    m.octets(72, be32(50'000) + be32(150'000));
    m.octets(78, hex("80 000d00 000300"));
    m.begin(93);
    m.number(73, 5, 1);
    default_bearer_qos(m);
    m.end();
    m.number(3, 7, 1);
  });
}

Octets create_session_response(std::uint32_t sequence) {
  return message(wire::gtpv2_header(33, kMmeTeid, sequence), [&](MessageWriter& m) {
    cause(m, 16);
    f_teid(m, 0, 11, kSgwTeid, kSgw);
    f_teid(m, 1, 7, 0x0000d001, kPgw);
    m.octets(79, be8(1) + address(kUe));
    m.number(127, 0, 1);
    m.begin(93);
    m.number(73, 5, 1);
    cause(m, 16);
    f_teid(m, 0, 1, kSgwDataTeid, kSgw);
    f_teid(m, 2, 5, 0x0000d002, kPgw);
    m.number(94, 4711, 4);
    m.end();
  });
}

Octets rejected_session(std::uint32_t sequence) {
  return message(wire::gtpv2_header(33, kMmeTeid + 1, sequence), [](MessageWriter& m) { cause(m, 78); });
}

Octets modify_bearer_request(std::uint32_t sequence) {
  return message(wire::gtpv2_header(34, kSgwTeid, sequence), [](MessageWriter& m) {
    m.begin(93);
    m.number(73, 5, 1);
    f_teid(m, 0, 0, kEnbDataTeid, kEnb);
    m.end();
  });
}

Octets modify_bearer_response(std::uint32_t sequence) {
  return message(wire::gtpv2_header(35, kMmeTeid, sequence), [](MessageWriter& m) {
    cause(m, 16);
    m.begin(93);
    m.number(73, 5, 1);
    cause(m, 16);
    f_teid(m, 0, 1, kSgwDataTeid, kSgw);
    m.end();
  });
}

// A dedicated bearer with QCI 1 for one UDP flow.
Octets create_bearer_request(std::uint32_t sequence) {
  return message(wire::gtpv2_header(95, kMmeTeid, sequence), [](MessageWriter& m) {
    m.number(73, 5, 1);
    m.begin(93);
    m.number(73, 0, 1);
    // Create new TFT, one filter: downlink, id 1, precedence 10, remote IPv4 address and mask, UDP, remote port 5004.
    m.octets(84, hex("21 11 0a 0e 10 cb007135 ffffffff 30 11 50 138c"));
    f_teid(m, 0, 1, 0x0000c002, kSgw);
    m.octets(80, be8(0x08) + be8(1) + hex("0000000080 0000000080 0000000040 0000000040"));
    m.end();
  });
}

Octets g_pdu(std::uint32_t teid, const Octets& t_pdu) {
  wire::GPduOptions options;
  options.teid = teid;
  return written([&](ByteWriter& out) { wire::write_g_pdu_header(out, options, t_pdu.size()); }) + t_pdu;
}

void add_user_data(FixtureFile& file) {
  const auto uplink = [&](const Octets& t_pdu, std::uint64_t gap) {
    file.add(datagram(kEnb, kSgw, kGtpU, g_pdu(kSgwDataTeid, t_pdu)), gap);
  };
  const auto downlink = [&](const Octets& t_pdu, std::uint64_t gap) {
    file.add(datagram(kSgw, kEnb, kGtpU, g_pdu(kEnbDataTeid, t_pdu)), gap);
  };
  uplink(udp_packet(kUe, kDns, 40'000, 53, counting(33)), 12'000);
  downlink(udp_packet(kDns, kUe, 53, 40'000, counting(49)), 500);
  uplink(tcp_packet(kUe, "203.0.113.80", 40'001, 443, 0x02, {}), 20'000);
  downlink(tcp_packet("203.0.113.80", kUe, 443, 40'001, 0x12, {}), 400);
  uplink(tcp_packet(kUe, "203.0.113.80", 40'001, 443, 0x10, {}), 19'000);
  uplink(icmp_echo(kUe, kDns, false, 1), 15'000);
  downlink(icmp_echo(kDns, kUe, true, 1), 15'000);
  // A tunnel that the eNB has forgotten.
  file.add(datagram(kSgw, kEnb, kGtpU, g_pdu(0x51a0dead, udp_packet(kDns, kUe, 53, 40'000, counting(20)))), 300);
  file.add(datagram(kEnb, kSgw, kGtpU, written([](ByteWriter& out) {
                      wire::write_error_indication(out, 0x51a0dead, IpAddress::parse(kEnb).value(), 2152);
                    })));
  // Handover: the SGW marks the end of the old path.
  file.add(datagram(kSgw, kEnb, kGtpU,
                    written([](ByteWriter& out) { wire::write_end_marker(out, kEnbDataTeid, std::nullopt); })));
}

}  // namespace

void make_demo(FixtureFile& file) {
  const auto recovery = [](MessageWriter& m) { m.number(3, 7, 1); };
  file.add(datagram(kMme, kSgw, kGtpC, message(wire::gtpv2_header_without_teid(1, 1), recovery)), 800);
  file.add(datagram(kSgw, kMme, kGtpC, message(wire::gtpv2_header_without_teid(2, 1), recovery)), 50'000);

  // An attach; the request is sent twice because the answer takes long.
  const Octets request = create_session_request("001010123456789", 10, "internet");
  file.add(datagram(kMme, kSgw, kGtpC, request), 3'000'000);
  file.add(datagram(kMme, kSgw, kGtpC, request), 12'345);
  Octets response = create_session_response(10);
  response[0] |= std::byte{wire::kGtpv2Piggyback};
  file.add(datagram(kSgw, kMme, kGtpC, response + create_bearer_request(900)), 8'000);
  file.add(datagram(kMme, kSgw, kGtpC, modify_bearer_request(11)), 1'500);
  file.add(datagram(kSgw, kMme, kGtpC, modify_bearer_response(11)), 4'000);
  add_user_data(file);

  // Nobody knows this access point.
  file.add(datagram(kMme, kSgw, kGtpC, create_session_request("001010000000042", 12, "no-such.example")), 2'000);
  file.add(datagram(kSgw, kMme, kGtpC, rejected_session(12)), 30'000);

  add_5g(file);
  add_2g(file);

  file.add(datagram(kMme, kSgw, kGtpC,
                    message(wire::gtpv2_header(36, kSgwTeid, 13),
                            [](MessageWriter& m) {
                              m.number(73, 5, 1);
                              m.octets(77, hex("0800"));
                            })),
           1'100);
  file.add(datagram(kSgw, kMme, kGtpC,
                    message(wire::gtpv2_header(37, kMmeTeid, 13), [](MessageWriter& m) { cause(m, 16); })));
}

}  // namespace gtp::test
