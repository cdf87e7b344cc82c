// SPDX-License-Identifier: GPL-2.0-or-later
#include "libcommon/wire/table/names_24008.hpp"
#include "libcommon/wire/value/common.hpp"

// Protocol configuration options, TS 24.008, 10.5.6.3:
//
//   | ext | 0 0 0 0 | configuration protocol (3) | then any number of | id (2) | length (1) | contents |
//
// A few ids, marked in the specification, have a length of two octets. A container that runs past the end is noted and
// ends the walk: it is a fault of the options, the element that carries them is all there.
namespace gtp::wire {
namespace {

const FieldInfo kConfigurationProtocol{"configuration_protocol", "Configuration protocol"};
const FieldInfo kContainers{"containers", "Containers"};
const FieldInfo kContainer{"container", "Container"};
const FieldInfo kId{"id", "Identifier", &names_24008::kPcoContainer, Format::hex, 4};
const FieldInfo kLength{"length", "Length"};
const FieldInfo kContents{"contents", "Contents"};
const FieldInfo kMtu{"mtu", "MTU", nullptr, Format::dec, 0, "octets"};
const FieldInfo kBearerControlMode{"bearer_control_mode", "Selected bearer control mode"};
const FieldInfo kPduSessionId{"pdu_session_id", "PDU session ID"};
const FieldInfo kPolicyControlRejection{"policy_control_rejection_code", "Policy control rejection code"};

const FieldInfo kPppCode{"code", "Code", &names_24008::kPppCode};
const FieldInfo kPppIdentifier{"identifier", "Identifier"};
const FieldInfo kPrimaryDns{"primary_dns", "Primary DNS server"};
const FieldInfo kSecondaryDns{"secondary_dns", "Secondary DNS server"};
const FieldInfo kPrimaryNbns{"primary_nbns", "Primary NBNS server"};
const FieldInfo kSecondaryNbns{"secondary_nbns", "Secondary NBNS server"};
const FieldInfo kPppOption{"option", "Option"};
const FieldInfo kPeerId{"peer_id", "Peer ID"};
const FieldInfo kPassword{"password", "Password"};
const FieldInfo kChapValue{"chap_value", "CHAP value"};
const FieldInfo kChapName{"chap_name", "CHAP name"};

constexpr unsigned kIpcp = 0x8021;
constexpr unsigned kPap = 0xc023;
constexpr unsigned kChap = 0xc223;

// The length octets of container [id]; [rest] starts at them. QoS rules, QoS flow descriptions and the service-level-AA
// container have two. The ids 0x30 to 0x32 have two when the network sends them (ATSSS response, DNS server security
// information, ECS address) and one, zero, when the UE asks for them; only the octets tell.
constexpr std::size_t length_octets(unsigned id, Bytes rest) noexcept {
  if (id == 0x23 || id == 0x24 || id == 0x41) return 2;
  if (id < 0x30 || id > 0x32 || rest.size() < 2) return 1;
  const std::size_t length = load_u16(rest.data());
  return length != 0 && length <= rest.size() - 2 ? 2 : 1;
}

// IPCP options (RFC 1332, RFC 1877): | type | length | address |; a negotiation carries the DNS servers here.
void emit_ipcp_options(Cursor& at, FieldSink& out) {
  while (at.remaining() >= 2) {
    const std::uint8_t type = at.u8();
    const std::uint8_t length = at.u8();
    if (length < 2) return;
    Cursor option = at.sub(length - 2U);
    if (option.remaining() != 4) {
      emit_rest(option, out, kPppOption);
      continue;
    }
    switch (type) {
      case 3:
        emit_ipv4(option, out);
        break;
      case 129:
        emit_ipv4(option, out, kPrimaryDns);
        break;
      case 130:
        emit_ipv4(option, out, kPrimaryNbns);
        break;
      case 131:
        emit_ipv4(option, out, kSecondaryDns);
        break;
      case 132:
        emit_ipv4(option, out, kSecondaryNbns);
        break;
      default:
        emit_rest(option, out, kPppOption);
    }
  }
}

// PAP Authenticate-Request (RFC 1334): | length | peer id | length | password |.
void emit_pap_request(Cursor& at, FieldSink& out) {
  emit_text(at, out, kPeerId, at.u8());
  emit_text(at, out, kPassword, at.u8());
}

// CHAP Challenge and Response (RFC 1994): | length | value | name |.
void emit_chap_value(Cursor& at, FieldSink& out) {
  emit_octets(at, out, kChapValue, at.u8());
  emit_text(at, out, kChapName, at.remaining());
}

// A PPP packet: | code | identifier | length (2) | data |.
void emit_ppp(Cursor& contents, FieldSink& out, unsigned protocol) {
  const std::uint8_t code = contents.peek();
  emit_number(contents, out, kPppCode, 1);
  emit_number(contents, out, kPppIdentifier, 1);
  const std::uint16_t length = contents.u16();
  if (contents.failed() || length < 4) return;
  const std::size_t size = length - 4U;
  Cursor data = contents.sub(size < contents.remaining() ? size : contents.remaining());
  if (protocol == kIpcp && code >= 1 && code <= 4) {
    emit_ipcp_options(data, out);
  } else if (protocol == kPap && code == 1) {
    emit_pap_request(data, out);
  } else if (protocol == kChap && (code == 1 || code == 2)) {
    emit_chap_value(data, out);
  }
  emit_rest(data, out, kContents);
}

void emit_contents(Cursor& contents, FieldSink& out, unsigned id) {
  const std::size_t size = contents.remaining();
  switch (id) {
    case 0x0001:  // P-CSCF
    case 0x0003:  // DNS server
    case 0x0007:  // DSMIPv6 home agent
      if (size == 16) emit_ipv6(contents, out);
      break;
    case 0x0009:
    case 0x000c:
    case 0x000d:
      if (size == 4) emit_ipv4(contents, out);
      break;
    case 0x0004:
      if (size == 1) emit_number(contents, out, kPolicyControlRejection, 1);
      break;
    case 0x0005:
      if (size == 1) emit_number(contents, out, kBearerControlMode, 1);
      break;
    case 0x000e:
      emit_digits(contents, out, kMsisdn, size);
      break;
    case 0x0010:
    case 0x0015:
    case 0x0020:
    case 0x0021:
      if (size == 2) emit_number(contents, out, kMtu, 2);
      break;
    case 0x001a:
      if (size == 1) emit_number(contents, out, kPduSessionId, 1);
      break;
    case kIpcp:
    case kPap:
    case kChap:
      if (size >= 4) emit_ppp(contents, out, id);
      break;
    default:
      break;
  }
  emit_rest(contents, out, kContents);
}

// False when the container ran past the end.
bool emit_container(Cursor& at, FieldSink& out) {
  const std::size_t from = at.offset();
  const unsigned id = at.u16();
  Cursor ahead = at;
  const std::size_t length_size = length_octets(id, ahead.rest());
  const bool has_length = at.remaining() >= length_size;
  const std::size_t length = !has_length ? 0 : length_size == 2 ? at.u16() : at.u8();
  const bool whole = has_length && length <= at.remaining();
  Cursor contents = at.sub(whole ? length : at.remaining());
  out.begin_object(kContainer, since(from, at));
  out.number(kId, id, {from, 2});
  if (has_length) out.number(kLength, length, {from + 2, length_size});
  emit_contents(contents, out, id);
  out.end_object();
  return whole;
}

}  // namespace

void decode_pco(Cursor& value, FieldSink& out) {
  const std::uint8_t octet = value.u8();
  if (value.failed()) return;
  emit_bits(value, out, kConfigurationProtocol, octet, 0, 3);
  if (value.empty()) return;
  out.begin_list(kContainers, {value.offset(), value.remaining()});
  bool whole = true;
  while (whole && value.remaining() >= 2) whole = emit_container(value, out);
  out.end_list();
  if (!whole || !value.empty()) out.note("the last container runs past the end");
}

}  // namespace gtp::wire
