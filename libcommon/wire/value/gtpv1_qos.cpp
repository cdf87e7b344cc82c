// SPDX-License-Identifier: GPL-2.0-or-later
#include "libcommon/wire/value/gtpv1_qos.hpp"

#include "libcommon/wire/value/gtpv1_parts.hpp"

namespace gtp::wire::gtpv1 {
namespace {

constexpr FieldInfo kAllocationRetentionPriority{"allocation_retention_priority", "Allocation/retention priority"};
constexpr FieldInfo kPci{"pci", "Pre-emption capability"};
constexpr FieldInfo kPl{"pl", "Priority level"};
constexpr FieldInfo kPvi{"pvi", "Pre-emption vulnerability"};
constexpr FieldInfo kSubscribedUplink{
    "subscribed_uplink", "Subscribed UE-AMBR uplink", nullptr, Format::dec, 0, "kbit/s"};
constexpr FieldInfo kSubscribedDownlink{
    "subscribed_downlink", "Subscribed UE-AMBR downlink", nullptr, Format::dec, 0, "kbit/s"};
constexpr FieldInfo kAuthorizedUplink{
    "authorized_uplink", "Authorized UE-AMBR uplink", nullptr, Format::dec, 0, "kbit/s"};
constexpr FieldInfo kAuthorizedDownlink{
    "authorized_downlink", "Authorized UE-AMBR downlink", nullptr, Format::dec, 0, "kbit/s"};

}  // namespace

void decode_qos_profile_v0(Cursor& value, FieldSink& out) { emit_qos_24008(value, out); }

void decode_qos_profile(Cursor& value, FieldSink& out) {
  emit_number(value, out, kAllocationRetentionPriority, 1);
  emit_qos_24008(value, out);
}

// | spare | PCI | PL (4) | spare | PVI |; PCI and PVI are 0 for enabled (TS 29.212, 5.3.46).
void decode_evolved_arp_i(Cursor& value, FieldSink& out) {
  const std::uint8_t octet = value.u8();
  if (value.failed()) return;
  emit_bits(value, out, kPci, octet, 6, 1);
  emit_bits(value, out, kPl, octet, 2, 4);
  emit_bits(value, out, kPvi, octet, 0, 1);
}

void decode_evolved_arp_ii(Cursor& value, FieldSink& out) {
  emit_nsapi(value, out);
  decode_evolved_arp_i(value, out);
}

void decode_ambr(Cursor& value, FieldSink& out) {
  emit_number(value, out, kUplink, 4);
  emit_number(value, out, kDownlink, 4);
}

// TS 29.060, 7.7.100: the authorized pair is there when the sender has one.
void decode_ue_ambr(Cursor& value, FieldSink& out) {
  emit_number(value, out, kSubscribedUplink, 4);
  emit_number(value, out, kSubscribedDownlink, 4);
  if (value.failed() || value.empty()) return;
  emit_number(value, out, kAuthorizedUplink, 4);
  emit_number(value, out, kAuthorizedDownlink, 4);
}

void decode_apn_ambr_with_nsapi(Cursor& value, FieldSink& out) {
  emit_nsapi(value, out);
  decode_ambr(value, out);
}

}  // namespace gtp::wire::gtpv1
