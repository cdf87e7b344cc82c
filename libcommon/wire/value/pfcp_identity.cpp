// SPDX-License-Identifier: GPL-2.0-or-later
#include "libcommon/wire/value/pfcp_identity.hpp"

#include "libcommon/wire/table/names_pfcp.hpp"
#include "libcommon/wire/value/pfcp_common.hpp"

namespace gtp::wire::pfcp {
namespace {

constexpr FieldInfo kCause{"cause", "Cause", &names_pfcp::kCause};
constexpr FieldInfo kNetworkInstance{"network_instance", "Network instance"};
constexpr FieldInfo kOffendingIeType{"offending_ie_type", "Type of the offending IE"};
constexpr FieldInfo kOffendingIeValue{"offending_ie_value", "Value of the offending IE"};
constexpr FieldInfo kSequenceNumber{"sequence_number", "Sequence number"};
constexpr FieldInfo kMetric{"metric", "Metric", nullptr, Format::dec, 0, "%"};
constexpr FieldInfo kSeid{"seid", "SEID", nullptr, Format::hex, 16};
constexpr FieldInfo kNodeIdType{"node_id_type", "Node ID type", &names_pfcp::kNodeIdType};
constexpr FieldInfo kNodeIdOctets{"node_id", "Node ID"};
constexpr FieldInfo kCsidCount{"csid_count", "Number of CSIDs"};
constexpr FieldInfo kFqCsidNodeIdType{"node_id_type", "FQ-CSID node ID type", &names_pfcp::kFqCsidNodeIdType};
constexpr FieldInfo kMccMnc{"mcc_mnc", "MCC and MNC"};
constexpr FieldInfo kNodeNumber{"node_number", "Number of the node in the PLMN"};
constexpr FieldInfo kCsids{"csids", "CSIDs"};
constexpr FieldInfo kCsid{"csid", "CSID", nullptr, Format::hex, 4};
constexpr FieldInfo kFqCsidNodeType{"node_type", "Node type", &names_pfcp::kFqCsidNodeType};
constexpr FieldInfo kPdnType{"pdn_type", "PDN type", &names_pfcp::kPdnType};
constexpr FieldInfo kRuleIdType{"rule_id_type", "Failed rule ID type", &names_pfcp::kRuleIdType};
constexpr FieldInfo kRuleId{"rule_id", "Failed rule ID"};
constexpr FieldInfo kImei{"imei", "IMEI(SV)"};
constexpr FieldInfo kNai{"nai", "NAI"};
constexpr FieldInfo kSupi{"supi", "SUPI"};
constexpr FieldInfo kGpsi{"gpsi", "GPSI"};
constexpr FieldInfo kPei{"pei", "PEI"};
constexpr FieldInfo kTraceId{"trace_id", "Trace ID"};
constexpr FieldInfo kTriggeringEvents{"triggering_events", "Triggering events"};
constexpr FieldInfo kSessionTraceDepth{"session_trace_depth", "Session trace depth"};
constexpr FieldInfo kInterfaces{"interfaces", "List of interfaces"};
constexpr FieldInfo kTraceCollector{"trace_collection_entity", "IP address of the trace collection entity"};
constexpr FieldInfo kFramedRoute{"framed_route", "Framed-Route"};
constexpr FieldInfo kFramedRouting{"framed_routing", "Framed-Routing"};
constexpr FieldInfo kFramedIpv6Route{"framed_ipv6_route", "Framed-IPv6-Route"};
constexpr FieldInfo kDnai{"dnai", "Data network access identifier"};
constexpr FieldInfo kNfInstanceId{"nf_instance_id", "NF instance ID"};
constexpr FieldInfo kSst{"sst", "Slice/service type"};
constexpr FieldInfo kSd{"sd", "Slice differentiator", nullptr, Format::hex, 6};
constexpr FieldInfo kRatType{"rat_type", "RAT type", &names_pfcp::kRatType};
constexpr FieldInfo kGroupId{"group_id", "Group ID"};
constexpr FieldInfo kUri{"uri", "Event notification URI"};
constexpr FieldInfo kCorrelationId{"notification_correlation_id", "Notification correlation ID"};
constexpr FieldInfo kVendorValue{"vendor_specific_node_report_type", "Vendor-specific node report type"};

constexpr FlagBit kFSeidFlags[] = {{0, 1, "v6", "IPv6 address"}, {0, 2, "v4", "IPv4 address"}};
constexpr FlagBit kUserIdFlags[] = {
    {0, 1, "imsif", "IMSI"}, {0, 2, "imeif", "IMEI"}, {0, 3, "msisdnf", "MSISDN"}, {0, 4, "naif", "NAI"},
    {0, 5, "supif", "SUPI"}, {0, 6, "gpsif", "GPSI"}, {0, 7, "peif", "PEI"},
};

}  // namespace

void cause(Cursor& value, FieldSink& out) { emit_number(value, out, kCause, 1); }

void network_instance(Cursor& value, FieldSink& out) {
  emit_name_or_text(value, out, kNetworkInstance, value.remaining());
}

void offending_ie(Cursor& value, FieldSink& out) { emit_number(value, out, kOffendingIeType, 2); }
void sequence_number(Cursor& value, FieldSink& out) { emit_number(value, out, kSequenceNumber, 4); }
void metric(Cursor& value, FieldSink& out) { emit_number(value, out, kMetric, 1); }

//   | spare, V4, V6 | SEID (8) | [IPv4 (4)] | [IPv6 (16)] |
void f_seid(Cursor& value, FieldSink& out) {
  const std::uint8_t flags = read_flags(value, out, kFSeidFlags);
  emit_number(value, out, kSeid, 8);
  if (has_bit(flags, 2)) emit_ipv4(value, out);
  if (has_bit(flags, 1)) emit_ipv6(value, out);
  if ((flags & 3) == 0 && !value.failed()) out.note("V4 and V6 are both 0: the F-SEID has no address");
}

//   | spare, type | IPv4 (4) or IPv6 (16) or FQDN |
void node_id(Cursor& value, FieldSink& out) {
  const std::uint8_t octet = value.u8();
  if (value.failed()) return;
  emit_bits(value, out, kNodeIdType, octet, 0, 4);
  switch (octet & 0x0f) {
    case 0:
      return emit_ipv4(value, out);
    case 1:
      return emit_ipv6(value, out);
    case 2:
      return emit_name_or_text(value, out, kFqdn, value.remaining());
    default:
      return emit_rest(value, out, kNodeIdOctets);
  }
}

//   | node ID type, number of CSIDs | node address (4 or 16) | CSID (2) ... | spare, node type |
void fq_csid(Cursor& value, FieldSink& out) {
  const std::uint8_t octet = value.u8();
  if (value.failed()) return;
  emit_bits(value, out, kFqCsidNodeIdType, octet, 4, 4);
  emit_bits(value, out, kCsidCount, octet, 0, 4);
  switch (octet >> 4) {
    case 0:
      emit_ipv4(value, out);
      break;
    case 1:
      emit_ipv6(value, out);
      break;
    case 2: {  // MCC * 1000 + MNC in the upper 20 bits, a number of the operator's in the lower 12
      const std::size_t from = value.offset();
      const std::uint32_t number = value.u32();
      if (value.failed()) return;
      out.number(kMccMnc, number >> 12, since(from, value));
      out.number(kNodeNumber, number & 0xfff, since(from, value));
      break;
    }
    default:
      out.note("unknown FQ-CSID node ID type");
      return;
  }
  const std::size_t count = octet & 0x0f;
  out.begin_list(kCsids, next_octets(value, count * 2));
  for (std::size_t i = 0; i < count && !value.failed(); ++i) emit_number(value, out, kCsid, 2);
  out.end_list();
  // The node type came with release 14; older senders leave it out.
  if (!value.failed() && !value.empty()) {
    const std::uint8_t type = value.u8();
    emit_bits(value, out, kFqCsidNodeType, type, 0, 4);
  }
}

void pdn_type(Cursor& value, FieldSink& out) { decode_bits<kPdnType, 0, 3>(value, out); }

//   | spare, type (5 bits) | rule ID: 2 octets for PDR and MAR, 4 for FAR, QER and URR, 1 for BAR and SRR |
void failed_rule_id(Cursor& value, FieldSink& out) {
  const std::uint8_t octet = value.u8();
  if (value.failed()) return;
  emit_bits(value, out, kRuleIdType, octet, 0, 5);
  switch (octet & 0x1f) {
    case 0:
    case 5:
      return emit_number(value, out, kRuleId, 2);
    case 1:
    case 2:
    case 3:
      return emit_number(value, out, kRuleId, 4);
    case 4:
    case 6:
      return emit_number(value, out, kRuleId, 1);
    default:
      return emit_rest(value, out, kSpareOctets);
  }
}

//   | flags | per flag: length (1), content |
void user_id(Cursor& value, FieldSink& out) {
  const std::uint8_t flags = read_flags(value, out, kUserIdFlags);
  const FieldInfo* const digits[] = {&kImsi, &kImei, &kMsisdn};
  const FieldInfo* const texts[] = {&kNai, &kSupi, &kGpsi, &kPei};
  int bit = 1;
  for (const FieldInfo* field : digits) {
    if (!has_bit(flags, bit++)) continue;
    const std::size_t length = value.u8();
    if (!value.failed()) emit_digits(value, out, *field, length);
  }
  for (const FieldInfo* field : texts) {
    if (has_bit(flags, bit++)) emit_counted_text(value, out, *field, 1);
  }
}

//   | MCC, MNC (3) | trace ID (3) | length, triggering events | depth | length, interfaces | length, IP address |
void trace_information(Cursor& value, FieldSink& out) {
  emit_plmn(value, out);
  emit_number(value, out, kTraceId, 3);
  emit_counted_octets(value, out, kTriggeringEvents, 1);
  emit_number(value, out, kSessionTraceDepth, 1);
  emit_counted_octets(value, out, kInterfaces, 1);
  const std::size_t length = value.u8();
  if (value.failed() || length == 0) return;
  emit_address(value, out, kTraceCollector, length);
}

void framed_route(Cursor& value, FieldSink& out) { emit_rest_text(value, out, kFramedRoute); }
void framed_ipv6_route(Cursor& value, FieldSink& out) { emit_rest_text(value, out, kFramedIpv6Route); }
// The value of the RADIUS attribute (RFC 2865, 5.10): four octets.
void framed_routing(Cursor& value, FieldSink& out) {
  if (value.remaining() == 4) {
    emit_number(value, out, kFramedRouting, 4);
  } else {
    emit_rest_text(value, out, kFramedRouting);
  }
}

void apn_dnn(Cursor& value, FieldSink& out) { emit_name_or_text(value, out, kApn, value.remaining()); }

//   | spare | FQDN |
void smf_set_id(Cursor& value, FieldSink& out) {
  value.skip(1);
  emit_name_or_text(value, out, kFqdn, value.remaining());
}

void data_network_access_identifier(Cursor& value, FieldSink& out) { emit_rest_text(value, out, kDnai); }

// A UUID (RFC 4122), shown in its usual groups.
void nf_instance_id(Cursor& value, FieldSink& out) {
  constexpr std::string_view kHex = "0123456789abcdef";
  const std::size_t from = value.offset();
  const Bytes uuid = value.take(16);
  if (uuid.size() != 16) return;
  char text[36];
  char* p = text;
  for (std::size_t i = 0; i < 16; ++i) {
    if (i == 4 || i == 6 || i == 8 || i == 10) *p++ = '-';
    const unsigned octet = load_u8(uuid.data() + i);
    *p++ = kHex[octet >> 4];
    *p++ = kHex[octet & 15];
  }
  out.text(kNfInstanceId, {text, sizeof text}, since(from, value));
}

//   | SST | SD (3) |
void s_nssai(Cursor& value, FieldSink& out) {
  emit_number(value, out, kSst, 1);
  emit_number(value, out, kSd, 3);
}

//   | type (2) | value |
void offending_ie_information(Cursor& value, FieldSink& out) {
  emit_number(value, out, kOffendingIeType, 2);
  emit_rest(value, out, kOffendingIeValue);
}

void rat_type(Cursor& value, FieldSink& out) { emit_number(value, out, kRatType, 1); }
void group_id(Cursor& value, FieldSink& out) { emit_rest_text(value, out, kGroupId); }
void event_notification_uri(Cursor& value, FieldSink& out) { emit_rest_text(value, out, kUri); }
// Four octets are a number; TS 29.564 leaves the correlation ID to the subscriber.
void notification_correlation_id(Cursor& value, FieldSink& out) {
  if (value.remaining() == 4) {
    emit_number(value, out, kCorrelationId, 4);
  } else {
    emit_rest_text(value, out, kCorrelationId);
  }
}

//   | enterprise ID (2) | value |
void vendor_specific_node_report_type(Cursor& value, FieldSink& out) {
  emit_number(value, out, kEnterpriseId, 2);
  emit_rest(value, out, kVendorValue);
}

}  // namespace gtp::wire::pfcp
