// SPDX-License-Identifier: GPL-2.0-or-later
#include "libcommon/wire/table/names_24008.hpp"
#include "libcommon/wire/value/common.hpp"

// Traffic flow template, TS 24.008, 10.5.6.12:
//
//   | operation code (3) | E (1) | number of packet filters (4) |
//   create, add, replace: per filter | 0 0 | direction (2) | id (4) | precedence | length | components |
//   delete packet filters: per filter | 0 0 0 0 | id (4) |
//   E = 1: then parameters | id | length | contents |
//
// A component is | type | value |, whose size follows from the type.
namespace gtp::wire {
namespace {

using namespace names_24008;

const FieldInfo kOperationCode{"operation_code", "Operation code", &kTftOperation};
const FieldInfo kEBit{"e_bit", "E bit (parameters list)"};
const FieldInfo kPacketFilterCount{"packet_filter_count", "Number of packet filters"};
const FieldInfo kPacketFilters{"packet_filters", "Packet filters"};
const FieldInfo kPacketFilter{"packet_filter", "Packet filter"};
const FieldInfo kId{"id", "Identifier"};
const FieldInfo kDirection{"direction", "Direction", &kPacketFilterDirection};
const FieldInfo kPrecedence{"precedence", "Evaluation precedence"};
const FieldInfo kLength{"length", "Length"};
const FieldInfo kComponents{"components", "Components"};
const FieldInfo kComponent{"component", "Component"};
const FieldInfo kType{"type", "Type", &kPacketFilterComponent, Format::hex, 2};
const FieldInfo kMask{"mask", "Mask"};
const FieldInfo kValueMask{"mask", "Mask", nullptr, Format::hex, 2};
const FieldInfo kPrefixLength{"prefix_length", "Prefix length"};
const FieldInfo kProtocol{"protocol", "Protocol"};
const FieldInfo kPort{"port", "Port"};
const FieldInfo kPortLow{"port_low", "Lowest port"};
const FieldInfo kPortHigh{"port_high", "Highest port"};
const FieldInfo kSpi{"spi", "Security parameter index", nullptr, Format::hex, 8};
const FieldInfo kTrafficClassValue{"traffic_class", "Type of service, traffic class", nullptr, Format::hex, 2};
const FieldInfo kFlowLabel{"flow_label", "Flow label", nullptr, Format::hex, 5};
const FieldInfo kMac{"mac_address", "MAC address"};
const FieldInfo kVid{"vid", "VLAN ID"};
const FieldInfo kPcpDei{"pcp_dei", "PCP and DEI", nullptr, Format::hex, 1};
const FieldInfo kEthertype{"ethertype", "Ethertype", nullptr, Format::hex, 4};
const FieldInfo kParameters{"parameters", "Parameters"};
const FieldInfo kParameter{"parameter", "Parameter"};
const FieldInfo kParameterId{"id", "Identifier", &kTftParameter};
const FieldInfo kContents{"contents", "Contents"};

constexpr unsigned kCreate = 1;
constexpr unsigned kAdd = 3;
constexpr unsigned kReplace = 4;
constexpr unsigned kDeletePacketFilters = 5;

// The value of a component; false when its type, and so its size, is not known.
bool emit_component_value(Cursor& at, FieldSink& out, std::uint8_t type) {
  switch (type) {
    case 0x10:
    case 0x11:
      emit_ipv4(at, out);
      emit_ipv4(at, out, kMask);
      return true;
    case 0x20:
      emit_ipv6(at, out);
      emit_ipv6(at, out, kMask);
      return true;
    case 0x21:
    case 0x23:
      emit_ipv6(at, out);
      emit_number(at, out, kPrefixLength, 1);
      return true;
    case 0x30:
      emit_number(at, out, kProtocol, 1);
      return true;
    case 0x40:
    case 0x50:
      emit_number(at, out, kPort, 2);
      return true;
    case 0x41:
    case 0x51:
      emit_number(at, out, kPortLow, 2);
      emit_number(at, out, kPortHigh, 2);
      return true;
    case 0x60:
      emit_number(at, out, kSpi, 4);
      return true;
    case 0x70:
      emit_number(at, out, kTrafficClassValue, 1);
      emit_number(at, out, kValueMask, 1);
      return true;
    case 0x80:
      emit_number(at, out, kFlowLabel, 3);
      return true;
    case 0x81:
    case 0x82:
      emit_octets(at, out, kMac, 6);
      return true;
    case 0x83:
    case 0x84:
      emit_number(at, out, kVid, 2);
      return true;
    case 0x85:
    case 0x86:
      emit_number(at, out, kPcpDei, 1);
      return true;
    case 0x87:
      emit_number(at, out, kEthertype, 2);
      return true;
    default:
      return false;
  }
}

void emit_components(Cursor& at, FieldSink& out) {
  out.begin_list(kComponents, {at.offset(), at.remaining()});
  bool known = true;
  while (known && !at.empty()) {
    out.begin_object(kComponent, {at.offset(), 1});
    const std::uint8_t type = at.peek();
    emit_number(at, out, kType, 1);
    known = emit_component_value(at, out, type);
    if (!known) emit_rest(at, out, kContents);
    out.end_object();
  }
  out.end_list();
}

void emit_packet_filter(Cursor& at, FieldSink& out, unsigned operation) {
  const std::size_t from = at.offset();
  const std::uint8_t octet = at.u8();
  out.begin_object(kPacketFilter, {from, 1});
  emit_bits(at, out, kId, octet, 0, 4);
  if (operation != kDeletePacketFilters) {
    emit_bits(at, out, kDirection, octet, 4, 2);
    emit_number(at, out, kPrecedence, 1);
    const std::size_t length = at.peek();
    emit_number(at, out, kLength, 1);
    const bool whole = length <= at.remaining();
    Cursor components = at.sub(whole ? length : at.remaining());
    emit_components(components, out);
    if (!whole) out.note("a packet filter runs past the end");
    if (components.failed()) out.note("a packet filter component is cut");
  }
  out.end_object();
}

void emit_parameters(Cursor& at, FieldSink& out) {
  out.begin_list(kParameters, {at.offset(), at.remaining()});
  while (!at.empty() && !at.failed()) {
    out.begin_object(kParameter, {at.offset(), at.remaining()});
    emit_number(at, out, kParameterId, 1);
    const std::uint8_t length = at.peek();
    emit_number(at, out, kLength, 1);
    emit_octets(at, out, kContents, at.failed() ? 0 : length);
    out.end_object();
  }
  out.end_list();
}

}  // namespace

void decode_tft(Cursor& value, FieldSink& out) {
  const std::uint8_t octet = value.u8();
  if (value.failed()) return;
  const unsigned operation = octet >> 5;
  const unsigned count = octet & 0xf;
  emit_bits(value, out, kOperationCode, octet, 5, 3);
  emit_bits(value, out, kEBit, octet, 4, 1);
  emit_bits(value, out, kPacketFilterCount, octet, 0, 4);

  const bool filters =
      operation == kCreate || operation == kAdd || operation == kReplace || operation == kDeletePacketFilters;
  if (filters && count != 0) {
    out.begin_list(kPacketFilters, {value.offset(), value.remaining()});
    unsigned seen = 0;
    for (; seen < count && !value.empty(); ++seen) emit_packet_filter(value, out, operation);
    out.end_list();
    if (seen < count) value.fail();
  }
  if ((octet & 0x10) != 0) emit_parameters(value, out);
}

}  // namespace gtp::wire
