// SPDX-License-Identifier: GPL-2.0-or-later
#include "libcommon/wire/encode/message_writer.hpp"
#include "tests/bench/make_load/messages.hpp"

namespace gtp::test {
namespace {

using wire::MessageWriter;

namespace ie {
constexpr std::uint16_t kCreatePdr = 1;
constexpr std::uint16_t kPdi = 2;
constexpr std::uint16_t kCreateFar = 3;
constexpr std::uint16_t kForwardingParameters = 4;
constexpr std::uint16_t kCreateUrr = 6;
constexpr std::uint16_t kCreateQer = 7;
constexpr std::uint16_t kCreatedPdr = 8;
constexpr std::uint16_t kUpdateFar = 10;
constexpr std::uint16_t kUpdateForwardingParameters = 11;
constexpr std::uint16_t kCause = 19;
constexpr std::uint16_t kSourceInterface = 20;
constexpr std::uint16_t kFTeid = 21;
constexpr std::uint16_t kNetworkInstance = 22;
constexpr std::uint16_t kGateStatus = 25;
constexpr std::uint16_t kMbr = 26;
constexpr std::uint16_t kPrecedence = 29;
constexpr std::uint16_t kVolumeThreshold = 31;
constexpr std::uint16_t kReportingTriggers = 37;
constexpr std::uint16_t kDestinationInterface = 42;
constexpr std::uint16_t kApplyAction = 44;
constexpr std::uint16_t kPdrId = 56;
constexpr std::uint16_t kFSeid = 57;
constexpr std::uint16_t kNodeId = 60;
constexpr std::uint16_t kMeasurementMethod = 62;
constexpr std::uint16_t kUrrId = 81;
constexpr std::uint16_t kOuterHeaderCreation = 84;
constexpr std::uint16_t kUeIpAddress = 93;
constexpr std::uint16_t kOuterHeaderRemoval = 95;
constexpr std::uint16_t kFarId = 108;
constexpr std::uint16_t kQerId = 109;
constexpr std::uint16_t kPdnType = 113;
constexpr std::uint16_t kQfi = 124;
}  // namespace ie

constexpr std::uint8_t kAccess = 0;
constexpr std::uint8_t kCore = 1;
constexpr std::uint8_t kAccepted = 1;

void node_id(MessageWriter& m, const IpAddress& address) {
  m.begin(ie::kNodeId);
  m.value().u8(0);
  m.value().put(address.octets());
  m.end();
}

void f_seid(MessageWriter& m, std::uint64_t seid, const IpAddress& address) {
  m.begin(ie::kFSeid);
  m.value().u8(0x02);
  m.value().u64(seid);
  m.value().put(address.octets());
  m.end();
}

void network_instance(MessageWriter& m) { m.name(ie::kNetworkInstance, kApn); }

void upf_f_teid(MessageWriter& m, const Subscriber& s) {
  m.begin(ie::kFTeid);
  m.value().u8(0x01);
  m.value().u32(s.upf_n3);
  m.value().put(node::kUpf.octets());
  m.end();
}

void ue_address(MessageWriter& m, const Subscriber& s, bool destination) {
  m.begin(ie::kUeIpAddress);
  m.value().u8(destination ? 0x06 : 0x02);
  m.value().put(s.address.octets());
  m.end();
}

void create_pdr(MessageWriter& m, const Subscriber& s, bool uplink) {
  m.begin(ie::kCreatePdr);
  m.number(ie::kPdrId, uplink ? 1 : 2, 2);
  m.number(ie::kPrecedence, 255, 4);
  m.begin(ie::kPdi);
  m.number(ie::kSourceInterface, uplink ? kAccess : kCore, 1);
  if (uplink) upf_f_teid(m, s);
  network_instance(m);
  ue_address(m, s, !uplink);
  if (uplink) m.number(ie::kQfi, 9, 1);
  m.end();
  if (uplink) m.number(ie::kOuterHeaderRemoval, 0, 1);
  m.number(ie::kFarId, uplink ? 1 : 2, 4);
  m.number(ie::kUrrId, 1, 4);
  m.number(ie::kQerId, 1, 4);
  m.end();
}

void create_far(MessageWriter& m, bool uplink) {
  m.begin(ie::kCreateFar);
  m.number(ie::kFarId, uplink ? 1 : 2, 4);
  m.number(ie::kApplyAction, uplink ? 0x02 : 0x0c, 1);  // forward; buffer and notify
  if (uplink) {
    m.begin(ie::kForwardingParameters);
    m.number(ie::kDestinationInterface, kCore, 1);
    network_instance(m);
    m.end();
  }
  m.end();
}

void create_qer_and_urr(MessageWriter& m) {
  m.begin(ie::kCreateQer);
  m.number(ie::kQerId, 1, 4);
  m.number(ie::kGateStatus, 0, 1);
  m.begin(ie::kMbr);
  m.value().number(50'000, 5);
  m.value().number(150'000, 5);
  m.end();
  m.number(ie::kQfi, 9, 1);
  m.end();
  m.begin(ie::kCreateUrr);
  m.number(ie::kUrrId, 1, 4);
  m.number(ie::kMeasurementMethod, 0x02, 1);
  m.number(ie::kReportingTriggers, 0x020000, 3);
  m.begin(ie::kVolumeThreshold);
  m.value().u8(0x01);
  m.value().u64(100'000'000);
  m.end();
  m.end();
}

}  // namespace

void write_session_establishment_request(ByteWriter& out, const Subscriber& s, std::uint32_t sequence) {
  MessageWriter m(out, wire::pfcp_session_header(50, 0, sequence));
  node_id(m, node::kSgwC);
  f_seid(m, s.cp_seid, node::kSgwC);
  create_pdr(m, s, true);
  create_pdr(m, s, false);
  create_far(m, true);
  create_far(m, false);
  create_qer_and_urr(m);
  m.number(ie::kPdnType, 1, 1);
  m.finish();
}

void write_session_establishment_response(ByteWriter& out, const Subscriber& s, std::uint32_t sequence) {
  MessageWriter m(out, wire::pfcp_session_header(51, s.cp_seid, sequence));
  node_id(m, node::kUpf);
  m.number(ie::kCause, kAccepted, 1);
  f_seid(m, s.up_seid, node::kUpf);
  m.begin(ie::kCreatedPdr);
  m.number(ie::kPdrId, 1, 2);
  upf_f_teid(m, s);
  m.end();
  m.finish();
}

void write_session_modification_request(ByteWriter& out, const Subscriber& s, std::uint32_t sequence) {
  MessageWriter m(out, wire::pfcp_session_header(52, s.up_seid, sequence));
  m.begin(ie::kUpdateFar);
  m.number(ie::kFarId, 2, 4);
  m.number(ie::kApplyAction, 0x02, 1);
  m.begin(ie::kUpdateForwardingParameters);
  m.number(ie::kDestinationInterface, kAccess, 1);
  network_instance(m);
  m.begin(ie::kOuterHeaderCreation);
  m.value().u16(0x0100);  // GTP-U over UDP over IPv4
  m.value().u32(s.gnb_n3);
  m.value().put(node::kGnb.octets());
  m.end();
  m.end();
  m.end();
  m.finish();
}

void write_session_modification_response(ByteWriter& out, const Subscriber& s, std::uint32_t sequence) {
  MessageWriter m(out, wire::pfcp_session_header(53, s.cp_seid, sequence));
  m.number(ie::kCause, kAccepted, 1);
  m.finish();
}

}  // namespace gtp::test
