// SPDX-License-Identifier: GPL-2.0-or-later
#include "libcommon/wire/encode/message_writer.hpp"
#include "tests/bench/make_load/message_parts.hpp"
#include "tests/bench/make_load/messages.hpp"

namespace gtp::test {
namespace {

using wire::MessageWriter;

namespace ie {
constexpr std::uint16_t kImsi = 1;
constexpr std::uint16_t kCause = 2;
constexpr std::uint16_t kRecovery = 3;
constexpr std::uint16_t kApn = 71;
constexpr std::uint16_t kAmbr = 72;
constexpr std::uint16_t kEbi = 73;
constexpr std::uint16_t kMei = 75;
constexpr std::uint16_t kMsisdn = 76;
constexpr std::uint16_t kIndication = 77;
constexpr std::uint16_t kPco = 78;
constexpr std::uint16_t kPaa = 79;
constexpr std::uint16_t kBearerQos = 80;
constexpr std::uint16_t kRatType = 82;
constexpr std::uint16_t kServingNetwork = 83;
constexpr std::uint16_t kUli = 86;
constexpr std::uint16_t kFTeid = 87;
constexpr std::uint16_t kBearerContext = 93;
constexpr std::uint16_t kChargingId = 94;
constexpr std::uint16_t kPdnType = 99;
constexpr std::uint16_t kUeTimeZone = 114;
constexpr std::uint16_t kApnRestriction = 127;
constexpr std::uint16_t kSelectionMode = 128;
}  // namespace ie

// Interface types (TS 29.274, 8.22).
constexpr std::uint8_t kS1uEnodeb = 0;
constexpr std::uint8_t kS1uSgw = 1;
constexpr std::uint8_t kS5Pgw = 5;
constexpr std::uint8_t kS5Pgw_c = 7;
constexpr std::uint8_t kS11Mme = 10;
constexpr std::uint8_t kS11Sgw = 11;

constexpr std::uint8_t kBearer = 5;
constexpr std::uint8_t kRestartCounter = 7;

void f_teid(MessageWriter& m, std::uint8_t interface, std::uint32_t teid, const IpAddress& address,
            std::uint8_t instance) {
  m.begin(ie::kFTeid, instance);
  m.value().u8(static_cast<std::uint8_t>(0x80 | interface));
  m.value().u32(teid);
  m.value().put(address.octets());
  m.end();
}

void cause_accepted(MessageWriter& m) {
  m.begin(ie::kCause);
  m.value().u8(16);
  m.value().u8(0);
  m.end();
}

// TAI and ECGI (TS 29.274, 8.21).
void uli(MessageWriter& m, std::uint32_t cell) {
  m.begin(ie::kUli);
  m.value().u8(0x18);
  write_plmn(m.value());
  m.value().u16(1);
  write_plmn(m.value());
  m.value().u32(cell & 0x0fffffff);
  m.end();
}

void bearer_qos(MessageWriter& m) {
  m.begin(ie::kBearerQos);
  m.value().u8(0x7d);  // PCI 1, PL 15, PVI 1
  m.value().u8(9);     // QCI
  m.value().zeros(20);
  m.end();
}

void paa(MessageWriter& m, const IpAddress& address) {
  m.begin(ie::kPaa);
  m.value().u8(1);  // IPv4
  m.value().put(address.octets());
  m.end();
}

}  // namespace

void write_create_session_request(ByteWriter& out, const Subscriber& s, std::uint32_t sequence) {
  MessageWriter m(out, wire::gtpv2_header(32, 0, sequence));
  m.digits(ie::kImsi, s.imsi);
  m.digits(ie::kMsisdn, s.msisdn);
  m.digits(ie::kMei, s.imei);
  uli(m, s.number);
  m.begin(ie::kServingNetwork);
  write_plmn(m.value());
  m.end();
  m.number(ie::kRatType, 6, 1);  // EUTRAN
  m.number(ie::kIndication, 0, 5);
  f_teid(m, kS11Mme, s.mme_s11, node::kMme, 0);
  f_teid(m, kS5Pgw_c, 0, node::kGgsn, 1);
  m.name(ie::kApn, "internet.mnc001.mcc001.gprs");
  m.number(ie::kSelectionMode, 0, 1);
  m.number(ie::kPdnType, 1, 1);
  paa(m, IpAddress::v4(0));
  m.number(ie::kApnRestriction, 0, 1);
  m.begin(ie::kAmbr);
  m.value().u32(50'000);
  m.value().u32(150'000);
  m.end();
  m.begin(ie::kPco);
  write_pco_request(m.value());
  m.end();
  m.begin(ie::kBearerContext);
  m.number(ie::kEbi, kBearer, 1);
  bearer_qos(m);
  m.end();
  m.number(ie::kRecovery, kRestartCounter, 1);
  m.begin(ie::kUeTimeZone);
  m.value().u8(0x40);
  m.value().u8(0);
  m.end();
  m.finish();
}

void write_create_session_response(ByteWriter& out, const Subscriber& s, std::uint32_t sequence) {
  MessageWriter m(out, wire::gtpv2_header(33, s.mme_s11, sequence));
  cause_accepted(m);
  f_teid(m, kS11Sgw, s.sgw_s11, node::kSgwC, 0);
  f_teid(m, kS5Pgw_c, s.sgw_s11 ^ 1, node::kGgsn, 1);
  paa(m, s.address);
  m.number(ie::kApnRestriction, 0, 1);
  m.begin(ie::kPco);
  write_pco_response(m.value());
  m.end();
  m.begin(ie::kBearerContext);
  m.number(ie::kEbi, kBearer, 1);
  cause_accepted(m);
  f_teid(m, kS1uSgw, s.upf_n3, node::kUpf, 0);
  f_teid(m, kS5Pgw, s.upf_n3 ^ 1, node::kUpf, 2);
  bearer_qos(m);
  m.number(ie::kChargingId, s.number, 4);
  m.end();
  m.number(ie::kRecovery, kRestartCounter, 1);
  m.finish();
}

void write_modify_bearer_request(ByteWriter& out, const Subscriber& s, std::uint32_t sequence) {
  MessageWriter m(out, wire::gtpv2_header(34, s.sgw_s11, sequence));
  uli(m, s.number);
  m.number(ie::kRatType, 6, 1);
  m.begin(ie::kBearerContext);
  m.number(ie::kEbi, kBearer, 1);
  f_teid(m, kS1uEnodeb, s.gnb_n3, node::kGnb, 0);
  m.end();
  m.finish();
}

void write_modify_bearer_response(ByteWriter& out, const Subscriber& s, std::uint32_t sequence) {
  MessageWriter m(out, wire::gtpv2_header(35, s.mme_s11, sequence));
  cause_accepted(m);
  m.digits(ie::kMsisdn, s.msisdn);
  m.begin(ie::kBearerContext);
  m.number(ie::kEbi, kBearer, 1);
  cause_accepted(m);
  f_teid(m, kS1uSgw, s.upf_n3, node::kUpf, 0);
  m.number(ie::kChargingId, s.number, 4);
  m.end();
  m.finish();
}

void write_delete_session_request(ByteWriter& out, const Subscriber& s, std::uint32_t sequence) {
  MessageWriter m(out, wire::gtpv2_header(36, s.sgw_s11, sequence));
  m.number(ie::kEbi, kBearer, 1);
  uli(m, s.number);
  m.number(ie::kIndication, 0x0800000000, 5);  // OI
  m.begin(ie::kUeTimeZone);
  m.value().u8(0x40);
  m.value().u8(0);
  m.end();
  m.finish();
}

void write_delete_session_response(ByteWriter& out, const Subscriber& s, std::uint32_t sequence) {
  MessageWriter m(out, wire::gtpv2_header(37, s.mme_s11, sequence));
  cause_accepted(m);
  m.number(ie::kRecovery, kRestartCounter, 1);
  m.finish();
}

}  // namespace gtp::test
