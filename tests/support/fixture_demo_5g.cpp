// SPDX-License-Identifier: GPL-2.0-or-later
//
// The 5G part of "demo": N4 between an SMF and a UPF, N3 between a gNB and that UPF.
#include "libcommon/wire/encode/gtpu.hpp"
#include "libcommon/wire/encode/header.hpp"
#include "tests/support/network.hpp"

namespace gtp::test {
namespace {

using wire::MessageWriter;

constexpr std::string_view kSmf = "192.0.2.40";
constexpr std::string_view kUpf = "192.0.2.50";
constexpr std::string_view kGnb = "198.51.100.7";
constexpr std::string_view kUe = "10.60.0.2";
constexpr std::string_view kUe6 = "2001:db8:60::2";
constexpr std::string_view kDns6 = "2001:db8:53::53";
constexpr std::uint16_t kPfcp = 8805;
constexpr std::uint16_t kGtpU = 2152;

constexpr std::uint64_t kSmfSeid = 0x1001;
constexpr std::uint64_t kUpfSeid = 0x2002;
constexpr std::uint32_t kUpfTeid = 0x00005001;
constexpr std::uint32_t kGnbTeid = 0x00006001;
constexpr std::uint8_t kQfi = 9;

void node_id(MessageWriter& m, std::string_view node) { m.octets(60, be8(0) + address(node)); }
void recovery(MessageWriter& m) { m.number(96, 0xec91ea00, 4); }
void f_seid(MessageWriter& m, std::uint64_t seid, std::string_view node) {
  m.octets(57, be8(0x02) + be32(seid >> 32) + be32(seid) + address(node));
}

Octets association(bool response) {
  return message(wire::pfcp_node_header(response ? 6 : 5, 1), [&](MessageWriter& m) {
    node_id(m, response ? kUpf : kSmf);
    if (response) m.number(19, 1, 1);
    recovery(m);
    if (response) m.octets(43, hex("1000"));
  });
}

// Detection rule 1, uplink: from the gNB's tunnel to the data network. Rule 2, downlink: to the UE's address.
Octets session_establishment() {
  return message(wire::pfcp_session_header(50, 0, 2), [](MessageWriter& m) {
    node_id(m, kSmf);
    f_seid(m, kSmfSeid, kSmf);
    m.begin(1);
    m.number(56, 1, 2);
    m.number(29, 255, 4);
    m.begin(2);
    m.number(20, 0, 1);
    m.octets(21, hex("05"));  // the UPF chooses TEID and IPv4 address
    m.name(22, "internet");
    m.octets(93, be8(0x02) + address(kUe));
    m.number(124, kQfi, 1);
    m.end();
    m.number(95, 0, 1);
    m.number(108, 1, 4);
    m.number(109, 1, 4);
    m.end();
    m.begin(1);
    m.number(56, 2, 2);
    m.number(29, 255, 4);
    m.begin(2);
    m.number(20, 1, 1);
    m.octets(93, be8(0x06) + address(kUe));
    m.end();
    m.number(108, 2, 4);
    m.end();
    m.begin(3);
    m.number(108, 1, 4);
    m.octets(44, hex("02"));
    m.begin(4);
    m.number(42, 1, 1);
    m.name(22, "internet");
    m.end();
    m.end();
    m.begin(3);
    m.number(108, 2, 4);
    m.octets(44, hex("0c"));  // buffer and notify
    m.end();
    m.begin(7);
    m.number(109, 1, 4);
    m.number(25, 0, 1);
    m.octets(26, hex("000003e800 0000138800"));
    m.number(124, kQfi, 1);
    m.end();
  });
}

Octets session_established() {
  return message(wire::pfcp_session_header(51, kSmfSeid, 2), [](MessageWriter& m) {
    node_id(m, kUpf);
    m.number(19, 1, 1);
    f_seid(m, kUpfSeid, kUpf);
    m.begin(8);
    m.number(56, 1, 2);
    m.octets(21, hex("01") + be32(kUpfTeid) + address(kUpf));
    m.end();
  });
}

// The gNB's end of the tunnel, once it is known.
Octets session_modification() {
  return message(wire::pfcp_session_header(52, kUpfSeid, 3), [](MessageWriter& m) {
    m.begin(10);
    m.number(108, 2, 4);
    m.octets(44, hex("02"));
    m.begin(11);
    m.number(42, 0, 1);
    m.octets(84, hex("0100") + be32(kGnbTeid) + address(kGnb));
    m.end();
    m.end();
  });
}

Octets answer(std::uint8_t type, std::uint32_t sequence) {
  return message(wire::pfcp_session_header(type, kSmfSeid, sequence), [](MessageWriter& m) { m.number(19, 1, 1); });
}

Octets g_pdu(std::uint32_t teid, wire::PduSession::Direction direction, const Octets& t_pdu) {
  wire::GPduOptions options;
  options.teid = teid;
  wire::PduSession& session = options.pdu_session.emplace();
  session.direction = direction;
  session.qfi = kQfi;
  return written([&](ByteWriter& out) { wire::write_g_pdu_header(out, options, t_pdu.size()); }) + t_pdu;
}

}  // namespace

void add_5g(FixtureFile& file) {
  using Direction = wire::PduSession::Direction;
  file.add(datagram(kSmf, kUpf, kPfcp, association(false)), 700);
  file.add(datagram(kUpf, kSmf, kPfcp, association(true)), 100'000);
  file.add(datagram(kSmf, kUpf, kPfcp, session_establishment()), 1'900);
  file.add(datagram(kUpf, kSmf, kPfcp, session_established()), 9'000);
  file.add(datagram(kSmf, kUpf, kPfcp, session_modification()), 600);
  file.add(datagram(kUpf, kSmf, kPfcp, answer(53, 3)), 5'000);

  const auto uplink = [&](const Octets& t_pdu) {
    file.add(datagram(kGnb, kUpf, kGtpU, g_pdu(kUpfTeid, Direction::uplink, t_pdu)), 700);
  };
  const auto downlink = [&](const Octets& t_pdu) {
    file.add(datagram(kUpf, kGnb, kGtpU, g_pdu(kGnbTeid, Direction::downlink, t_pdu)), 7'000);
  };
  uplink(udp_packet(kUe, "203.0.113.53", 50'000, 53, counting(40)));
  downlink(udp_packet("203.0.113.53", kUe, 53, 50'000, counting(120)));
  uplink(udp_packet(kUe6, kDns6, 50'001, 443, counting(60)));
  uplink(icmp_echo(kUe6, kDns6, false, 3));
  file.add(datagram(kGnb, kUpf, kGtpU, written([](ByteWriter& out) { wire::write_echo_request(out, 5); })), 250);
  file.add(datagram(kUpf, kGnb, kGtpU, written([](ByteWriter& out) { wire::write_echo_response(out, 5); })), 20'000);

  file.add(datagram(kSmf, kUpf, kPfcp, message(wire::pfcp_session_header(54, kUpfSeid, 4))), 800);
  file.add(datagram(kUpf, kSmf, kPfcp, answer(55, 4)), 10'000);
}

}  // namespace gtp::test
