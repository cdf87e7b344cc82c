// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtpdump/track/control_facts.hpp"

#include <algorithm>

#include "libcommon/wire/ie.hpp"
#include "libcommon/wire/value/common.hpp"
#include "libcommon/wire/value/pfcp_common.hpp"
#include "libcommon/wire/value/typed.hpp"

namespace gtp::dump {
namespace {

using wire::Ie;
using wire::Protocol;

PackedDigits packed(Bytes digits) noexcept { return PackedDigits::from(wire::read_digits(digits).view()); }

void put_ue(const wire::Addresses& addresses, ControlFacts& facts) noexcept {
  // Unspecified is "assign one".
  if (!wire::is_unspecified(addresses.ipv4)) facts.ue_ipv4 = addresses.ipv4;
  if (!wire::is_unspecified(addresses.ipv6)) facts.ue_ipv6 = addresses.ipv6;
}

// [labels]: length-prefixed, as opposed to plain text.
void put_apn(Bytes value, bool labels, ControlFacts& facts) noexcept {
  if (facts.apn_size != 0) return;
  std::array<char, 256> buffer;
  if (!labels) {
    std::transform(value.begin(), value.begin() + static_cast<std::ptrdiff_t>(std::min(value.size(), buffer.size())),
                   buffer.begin(), [](std::byte b) { return std::to_integer<char>(b); });
  }
  const std::string_view name =
      labels ? wire::read_name(value, buffer) : std::string_view(buffer.data(), std::min(value.size(), buffer.size()));
  facts.apn_size = static_cast<std::uint8_t>(std::min(name.size(), facts.apn_text.size()));
  std::copy_n(name.begin(), facts.apn_size, facts.apn_text.begin());
}

void add(const IpAddress& address, std::uint64_t id, Plane plane, ControlFacts& facts) noexcept {
  if (address.empty() || id == 0 || facts.endpoint_count == ControlFacts::kMaxEndpoints) return;
  facts.endpoint_list[facts.endpoint_count++] = {address, id, plane};
}

void add(const wire::TunnelEndpoint& endpoint, Plane plane, ControlFacts& facts) noexcept {
  if (!endpoint.has_id) return;
  add(endpoint.addresses.ipv4, endpoint.id, plane, facts);
  add(endpoint.addresses.ipv6, endpoint.id, plane, facts);
}

std::uint8_t first_octet(Bytes value) noexcept { return value.empty() ? std::uint8_t{0} : load_u8(value.data()); }

void put_cause(const Ie& ie, ControlFacts& facts) noexcept {
  facts.has_cause = !ie.value.empty();
  facts.cause = first_octet(ie.value);
}

void put_bearer(const Ie& ie, ControlFacts& facts) noexcept {
  if (facts.has_bearer || ie.value.empty()) return;
  facts.bearer = first_octet(ie.value) & 15;
  facts.has_bearer = true;
}

// F-TEID interface types of the user plane (TS 29.274, 8.22).
constexpr bool is_user_plane(std::uint8_t interface_type) noexcept {
  constexpr std::uint8_t kUserPlane[] = {0,  1,  2,  3,  4,  5,   // S1-U, S12, S5/S8-U
                                         15, 16,                  // S4-U
                                         19, 20, 21, 22, 23, 28,  // forwarding
                                         25, 29,                  // Sn
                                         31, 33, 34, 37,          // S2b-U, S2a-U
                                         38, 39};                 // S11-U
  return std::find(std::begin(kUserPlane), std::end(kUserPlane), interface_type) != std::end(kUserPlane);
}

// TS 29.274, 7.2; [bearer_context]: inside one.
void read_gtpv2(Bytes ies, bool bearer_context, ControlFacts& facts) {
  wire::IeWalker walker(Protocol::gtpv2_c, ies, 0);
  Ie ie;
  while (walker.next(ie)) {
    if (ie.cut) return;
    switch (ie.type) {
      case 1:
        facts.imsi = packed(ie.value);
        break;
      case 2:
        // The message's own cause, not that of a bearer.
        if (!bearer_context) put_cause(ie, facts);
        break;
      case 71:
        put_apn(ie.value, true, facts);
        break;
      case 73:
        // At the top it is the linked bearer: the session.
        if (!bearer_context && ie.instance == 0) facts.deletes_all = true;
        put_bearer(ie, facts);
        break;
      case 76:
        facts.msisdn = packed(ie.value);
        break;
      case 79:
        put_ue(wire::read_paa(ie.value), facts);
        break;
      case 87: {
        const wire::FTeid f_teid = wire::read_gtpv2_f_teid(ie.value);
        add(f_teid, is_user_plane(f_teid.interface_type) ? Plane::user : Plane::control, facts);
        break;
      }
      case 93:
        if (!bearer_context) read_gtpv2(ie.value, true, facts);
        break;
      default:
        break;
    }
  }
}

// GTPv1 names TEIDs and addresses apart: the first address is for signalling, the second for user traffic (TS 29.060,
// 7.3.1); with only one, it is for both.
void read_gtpv1(Protocol protocol, Bytes ies, ControlFacts& facts) {
  wire::IeWalker walker(protocol, ies, 0);
  std::array<IpAddress, 2> gsn;
  std::size_t gsn_count = 0;
  std::uint32_t control_teid = 0;
  std::uint32_t data_teid = 0;
  Ie ie;
  while (walker.next(ie)) {
    if (ie.cut) break;
    switch (ie.type) {
      case 1:
        put_cause(ie, facts);
        break;
      case 2:
        facts.imsi = packed(ie.value);
        break;
      case 16:
        data_teid = Cursor(ie.value).u32();
        break;
      case 17:
        control_teid = Cursor(ie.value).u32();
        break;
      case 19:
        facts.deletes_all = (first_octet(ie.value) & 1) != 0;
        break;
      case 20:
        put_bearer(ie, facts);
        break;
      case 128:
        put_ue(wire::read_end_user_address(ie.value), facts);
        break;
      case 131:
        put_apn(ie.value, true, facts);
        break;
      case 133:
        if (gsn_count < gsn.size()) gsn[gsn_count++] = wire::read_gsn_address(ie.value);
        break;
      case 134:
        // Behind the octet with the nature of address.
        facts.msisdn = packed(slice(ie.value, 1));
        break;
      default:
        break;
    }
  }
  if (gsn_count == 0) return;
  add(gsn[0], control_teid, Plane::control, facts);
  add(gsn[gsn_count - 1], data_teid, Plane::user, facts);
}

// TS 29.244, 8.2.101: | flags | [length, IMSI] | [length, IMEI] | [length, MSISDN] | …
void read_user_id(Bytes value, ControlFacts& facts) {
  Cursor at(value);
  const std::uint8_t flags = at.u8();
  for (int bit = 0; bit < 3; ++bit) {
    if ((flags >> bit & 1) == 0) continue;
    const Bytes digits = at.take(at.u8());
    if (bit == 0) facts.imsi = packed(digits);
    if (bit == 2) facts.msisdn = packed(digits);
  }
}

// TS 29.244, 7.5: rules are groups, and in them PDI and forwarding parameters.
void read_pfcp(Bytes ies, int depth, ControlFacts& facts) {
  wire::IeWalker walker(Protocol::pfcp, ies, 0);
  Ie ie;
  while (walker.next(ie)) {
    if (ie.cut) return;
    switch (ie.type) {
      case 1:   // Create PDR
      case 2:   // PDI
      case 3:   // Create FAR
      case 4:   // Forwarding Parameters
      case 8:   // Created PDR
      case 9:   // Update PDR
      case 10:  // Update FAR
      case 11:  // Update Forwarding Parameters
        if (depth < wire::kMaxIeDepth) read_pfcp(ie.value, depth + 1, facts);
        break;
      case 19:
        if (depth == 0) put_cause(ie, facts);
        break;
      case 21:
        add(wire::read_pfcp_f_teid(ie.value), Plane::user, facts);
        break;
      case 22:   // Network Instance
      case 159:  // APN/DNN
        put_apn(ie.value, wire::pfcp::is_label_encoded(ie.value), facts);
        break;
      case 57:
        add(wire::read_pfcp_f_seid(ie.value), Plane::pfcp, facts);
        break;
      case 84:
        add(wire::read_pfcp_outer_header_creation(ie.value), Plane::user, facts);
        break;
      case 93:
        put_ue(wire::read_pfcp_ue_ip_address(ie.value), facts);
        break;
      case 141:
        read_user_id(ie.value, facts);
        break;
      default:
        break;
    }
  }
}

}  // namespace

void read_control_facts(const packet::Layer& layer, ControlFacts& out) {
  const wire::Header& header = layer.header;
  if (header.body_offset >= header.body_end || wire::carries_t_pdu(header)) return;
  const Bytes ies = slice(layer.message, header.body_offset, header.body_end - header.body_offset);
  if (header.protocol == Protocol::gtpv2_c) {
    read_gtpv2(ies, false, out);
  } else if (header.protocol == Protocol::pfcp) {
    read_pfcp(ies, 0, out);
  } else {
    read_gtpv1(header.protocol, ies, out);
  }
}

bool is_accepted(Protocol protocol, std::uint8_t cause) noexcept {
  if (protocol == Protocol::gtpv2_c) return cause >= 16 && cause < 64;
  if (protocol == Protocol::pfcp) return cause >= 1 && cause < 64;
  return cause >= 128 && cause < 192;
}

}  // namespace gtp::dump
