// SPDX-License-Identifier: GPL-2.0-or-later
#include "libcommon/wire/value/pfcp_rules.hpp"

#include "libcommon/wire/table/names_pfcp.hpp"
#include "libcommon/wire/value/pfcp_common.hpp"

namespace gtp::wire::pfcp {
namespace {

constexpr FieldInfo kPdrId{"pdr_id", "PDR ID"};
constexpr FieldInfo kFarId{"far_id", "FAR ID"};
constexpr FieldInfo kQerId{"qer_id", "QER ID"};
constexpr FieldInfo kUrrId{"urr_id", "URR ID"};
constexpr FieldInfo kLinkedUrrId{"linked_urr_id", "Linked URR ID"};
constexpr FieldInfo kPredefined{"predefined", "Predefined in the UP function"};
constexpr FieldInfo kBarId{"bar_id", "BAR ID"};
constexpr FieldInfo kMarId{"mar_id", "MAR ID"};
constexpr FieldInfo kSrrId{"srr_id", "SRR ID"};
constexpr FieldInfo kTrafficEndpointId{"traffic_endpoint_id", "Traffic endpoint ID"};
constexpr FieldInfo kQerCorrelationId{"qer_correlation_id", "QER correlation ID"};
constexpr FieldInfo kPredefinedRules{"predefined_rules_name", "Predefined rules name"};
constexpr FieldInfo kSourceInterface{"source_interface", "Source interface", &names_pfcp::kSourceInterface};
constexpr FieldInfo kFlowDescription{"flow_description", "Flow description"};
constexpr FieldInfo kTosTrafficClass{"tos_traffic_class", "ToS or traffic class, and mask", nullptr, Format::hex, 4};
constexpr FieldInfo kSpi{"security_parameter_index", "Security parameter index", nullptr, Format::hex, 8};
constexpr FieldInfo kFlowLabel{"flow_label", "Flow label", nullptr, Format::hex, 5};
constexpr FieldInfo kSdfFilterId{"sdf_filter_id", "SDF filter ID"};
constexpr FieldInfo kApplicationId{"application_id", "Application ID"};
constexpr FieldInfo kPrecedence{"precedence", "Precedence"};
constexpr FieldInfo kApplicationInstanceId{"application_instance_id", "Application instance ID"};
constexpr FieldInfo kFlowDirection{"flow_direction", "Flow direction", &names_pfcp::kFlowDirection};
constexpr FieldInfo kUrl{"url", "URL"};
constexpr FieldInfo kDomainName{"domain_name", "Domain name"};
constexpr FieldInfo kCustomPfd{"custom_pfd_content", "Custom PFD content"};
constexpr FieldInfo kDomainNameProtocol{"domain_name_protocol", "Domain name protocol"};
constexpr FieldInfo kMoreFlows{"additional_flow_descriptions", "Additional flow descriptions"};
constexpr FieldInfo kMoreUrls{"additional_urls", "Additional URLs"};
constexpr FieldInfo kMoreDomainNames{"additional_domain_names", "Additional domain names and protocols"};
constexpr FieldInfo kDomain{"domain", "Domain"};
constexpr FieldInfo kDnsPattern{"dns_query_filter_pattern", "DNS query filter pattern"};

}  // namespace

namespace {

// A rule ID of 32 bits whose top bit is the allocation type.
void emit_rule_id(Cursor& at, FieldSink& out, const FieldInfo& field) {
  const std::size_t from = at.offset();
  const std::uint32_t id = at.u32();
  if (at.failed()) return;
  out.number(field, id & 0x7fffffff, since(from, at));
  if (id >> 31 != 0) out.number(kPredefined, 1, since(from, at));
}

}  // namespace

void pdr_id(Cursor& value, FieldSink& out) { emit_number(value, out, kPdrId, 2); }
void urr_id(Cursor& value, FieldSink& out) { emit_rule_id(value, out, kUrrId); }
void linked_urr_id(Cursor& value, FieldSink& out) { emit_rule_id(value, out, kLinkedUrrId); }
void bar_id(Cursor& value, FieldSink& out) { emit_number(value, out, kBarId, 1); }
void far_id(Cursor& value, FieldSink& out) { emit_rule_id(value, out, kFarId); }
void qer_id(Cursor& value, FieldSink& out) { emit_rule_id(value, out, kQerId); }
void aggregated_urr_id(Cursor& value, FieldSink& out) { emit_rule_id(value, out, kUrrId); }
void traffic_endpoint_id(Cursor& value, FieldSink& out) { emit_number(value, out, kTrafficEndpointId, 1); }
void mar_id(Cursor& value, FieldSink& out) { emit_number(value, out, kMarId, 2); }
void srr_id(Cursor& value, FieldSink& out) { emit_number(value, out, kSrrId, 1); }
void qer_correlation_id(Cursor& value, FieldSink& out) { emit_number(value, out, kQerCorrelationId, 4); }
void predefined_rules(Cursor& value, FieldSink& out) { emit_rest_text(value, out, kPredefinedRules); }

void source_interface(Cursor& value, FieldSink& out) { decode_bits<kSourceInterface, 0, 4>(value, out); }

constexpr FlagBit kSdfFilterFlags[] = {
    {0, 1, "fd", "Flow description"},          {0, 2, "ttc", "ToS or traffic class"},
    {0, 3, "spi", "Security parameter index"}, {0, 4, "fl", "Flow label"},
    {0, 5, "bid", "Bidirectional SDF filter"},
};

//   | BID, FL, SPI, TTC, FD | spare | [length (2), flow description] | [ToS (2)] | [SPI (4)] | [label (3)] | [ID (4)] |
void sdf_filter(Cursor& value, FieldSink& out) {
  const std::uint8_t flags = read_flags(value, out, kSdfFilterFlags);
  value.skip(1);
  if (has_bit(flags, 1)) emit_counted_text(value, out, kFlowDescription, 2);
  if (has_bit(flags, 2)) emit_number(value, out, kTosTrafficClass, 2);
  if (has_bit(flags, 3)) emit_number(value, out, kSpi, 4);
  if (has_bit(flags, 4)) {
    const std::size_t from = value.offset();
    const std::uint32_t label = value.u24();
    if (!value.failed()) out.number(kFlowLabel, label & 0xfffff, since(from, value));
  }
  if (has_bit(flags, 5)) emit_number(value, out, kSdfFilterId, 4);
}

void application_id(Cursor& value, FieldSink& out) { emit_rest_text(value, out, kApplicationId); }
void precedence(Cursor& value, FieldSink& out) { emit_number(value, out, kPrecedence, 4); }
void application_instance_id(Cursor& value, FieldSink& out) { emit_rest_text(value, out, kApplicationInstanceId); }

//   | spare, direction (3 bits) | length (2) | flow description |
void flow_information(Cursor& value, FieldSink& out) {
  const std::uint8_t octet = value.u8();
  if (value.failed()) return;
  emit_bits(value, out, kFlowDirection, octet, 0, 3);
  emit_counted_text(value, out, kFlowDescription, 2);
}

constexpr FlagBit kPfdFlags[] = {
    {0, 1, "fd", "Flow description"},      {0, 2, "url", "URL"},
    {0, 3, "dn", "Domain name"},           {0, 4, "cp", "Custom PFD content"},
    {0, 5, "dnp", "Domain name protocol"}, {0, 6, "afd", "Additional flow description"},
    {0, 7, "aurl", "Additional URL"},      {0, 8, "adnp", "Additional domain name and domain name protocol"},
};

namespace {

// | length (2) | of which: | length (2) | text | ... |
void emit_text_list(Cursor& at, FieldSink& out, const FieldInfo& list, const FieldInfo& element) {
  const std::size_t length = at.u16();
  if (at.failed()) return;
  const std::size_t from = at.offset();
  Cursor part = at.sub(length);
  out.begin_list(list, since(from, at));
  while (!part.empty()) emit_counted_text(part, out, element, 2);
  out.end_list();
}

}  // namespace

//   | flags | spare | per flag: length (2), content |
// The additional fields hold any number of further flow descriptions, URLs, or pairs of domain name and protocol.
void pfd_contents(Cursor& value, FieldSink& out) {
  const std::uint8_t flags = read_flags(value, out, kPfdFlags);
  value.skip(1);
  if (has_bit(flags, 1)) emit_counted_text(value, out, kFlowDescription, 2);
  if (has_bit(flags, 2)) emit_counted_text(value, out, kUrl, 2);
  if (has_bit(flags, 3)) emit_counted_text(value, out, kDomainName, 2);
  if (has_bit(flags, 4)) emit_counted_octets(value, out, kCustomPfd, 2);
  if (has_bit(flags, 5)) emit_counted_text(value, out, kDomainNameProtocol, 2);
  if (has_bit(flags, 6)) emit_text_list(value, out, kMoreFlows, kFlowDescription);
  if (has_bit(flags, 7)) emit_text_list(value, out, kMoreUrls, kUrl);
  if (!has_bit(flags, 8)) return;
  const std::size_t length = value.u16();
  if (value.failed()) return;
  const std::size_t from = value.offset();
  Cursor part = value.sub(length);
  out.begin_list(kMoreDomainNames, since(from, value));
  while (!part.empty()) {
    out.begin_object(kDomain, next_octets(part, part.remaining()));
    emit_counted_text(part, out, kDomainName, 2);
    emit_counted_text(part, out, kDomainNameProtocol, 2);
    out.end_object();
  }
  out.end_list();
}

//   | length (2) | pattern |
void dns_query_filter(Cursor& value, FieldSink& out) { emit_counted_text(value, out, kDnsPattern, 2); }

}  // namespace gtp::wire::pfcp
