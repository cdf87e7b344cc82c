// SPDX-License-Identifier: GPL-2.0-or-later
#include "libcommon/wire/value/gtpv2_mm_context.hpp"

#include <algorithm>

#include "libcommon/wire/table/names_gtpv2.hpp"
#include "libcommon/wire/value/gtpv2_mm_parts.hpp"

namespace gtp::wire::gtpv2 {
namespace {

namespace names = names_gtpv2;

const FieldInfo kSecurityMode{"security_mode", "Security mode", &names::kSecurityMode};
const FieldInfo kCksn{"cksn", "CKSN"};
const FieldInfo kKsi{"ksi", "KSI"};
const FieldInfo kKsiAsme{"ksi_asme", "KSI_ASME"};
const FieldInfo kUsedCipher{"used_cipher", "Used cipher", &names::kUsedCipher};
const FieldInfo kUsedGprsIntegrity{"used_gprs_integrity_algorithm", "Used GPRS integrity protection algorithm"};
const FieldInfo kNasIntegrity{"nas_integrity_algorithm", "Used NAS integrity protection algorithm",
                              &names::kNasIntegrity};
const FieldInfo kNasCipher{"nas_cipher", "Used NAS cipher", &names::kNasCipher};
const FieldInfo kNasDownlink{"nas_downlink_count", "NAS downlink count"};
const FieldInfo kNasUplink{"nas_uplink_count", "NAS uplink count"};
const FieldInfo kKasme{"k_asme", "K_ASME"};
const FieldInfo kNh{"nh", "Next hop"};
const FieldInfo kNcc{"ncc", "Next hop chaining count"};
const FieldInfo kOld{"old_eps_security_context", "Old EPS security context"};
const FieldInfo kUeSecurity{"ue_additional_security_capability", "UE additional security capability"};
const FieldInfo kNrSecurity{"ue_nr_security_capability", "UE NR security capability"};
const FieldInfo kCoreRestrictions{"core_network_restrictions", "Core network restrictions"};
const FieldInfo kRadioCapabilityId{"ue_radio_capability_id", "UE radio capability ID"};

// The first two octets; the bits of the second one differ, so they are kept as they are.
struct Start {
  bool nhi = false;
  bool drxi = false;
  std::uint8_t counts = 0;
};

Start emit_start(Cursor& at, FieldSink& out, const FieldInfo& key_set) {
  Start start;
  std::uint8_t octet = 0;
  if (!take_octet(at, octet)) return start;
  emit_bits(at, out, kSecurityMode, octet, 5, 3);
  emit_bits(at, out, key_set, octet, 0, 3);
  start.nhi = (octet & 0x10) != 0;
  start.drxi = (octet & 0x08) != 0;
  if (!take_octet(at, start.counts)) return start;
  return start;
}

constexpr unsigned first_count(const Start& start) noexcept { return start.counts >> 5; }
constexpr unsigned second_count(const Start& start) noexcept { return start.counts >> 2 & 7U; }

// Old keys of a mapped context: | NHI_old | 0 | KSI (3) | NCC (3) | K_ASME (32) | NH (32) if NHI_old |
void emit_old_context(Cursor& at, FieldSink& out) {
  std::uint8_t octet = 0;
  if (!take_octet(at, octet)) return;
  out.begin_object(kOld, {at.offset() - 1, 1 + std::min<std::size_t>(32, at.remaining())});
  emit_bits(at, out, kKsiAsme, octet, 3, 3);
  emit_bits(at, out, kNcc, octet, 0, 3);
  emit_octets(at, out, kKasme, 32);
  if ((octet & 0x80) != 0) emit_octets(at, out, kNh, 32);
  out.end_object();
}

void emit_next_hop(Cursor& at, FieldSink& out) {
  emit_octets(at, out, kNh, 32);
  std::uint8_t octet = 0;
  if (take_octet(at, octet)) emit_bits(at, out, kNcc, octet, 0, 3);
}

// What follows the keys in all but the EPS context: DRX parameter, AMBRs, capabilities, voice domain preference.
void emit_subscription(Cursor& at, FieldSink& out, const Start& start) {
  emit_drx(at, out, start.drxi);
  emit_ambrs(at, out, (start.counts & 1) != 0, (start.counts & 2) != 0);
  emit_capabilities(at, out);
  emit_voice_domain(at, out);
}

}  // namespace

void decode_mm_gsm_triplets(Cursor& value, FieldSink& out) {
  const Start start = emit_start(value, out, kCksn);
  std::uint8_t octet = 0;
  if (!take_octet(value, octet)) return;
  emit_bits(value, out, kUsedCipher, octet, 0, 3);
  emit_kc(value, out);
  emit_triplets(value, out, first_count(start));
  emit_subscription(value, out, start);
}

void decode_mm_umts_cipher_quintuplets(Cursor& value, FieldSink& out) {
  const Start start = emit_start(value, out, kCksn);
  std::uint8_t octet = 0;
  if (!take_octet(value, octet)) return;
  emit_bits(value, out, kUsedGprsIntegrity, octet, 3, 3);
  emit_bits(value, out, kUsedCipher, octet, 0, 3);
  emit_ck_ik(value, out);
  emit_quintuplets(value, out, first_count(start));
  emit_subscription(value, out, start);
  emit_higher_bit_rates(value, out);
  emit_iov_updates(value, out, (start.counts & 0x10) != 0);
}

void decode_mm_gsm_cipher_quintuplets(Cursor& value, FieldSink& out) {
  const Start start = emit_start(value, out, kCksn);
  std::uint8_t octet = 0;
  if (!take_octet(value, octet)) return;
  emit_bits(value, out, kUsedCipher, octet, 0, 3);
  emit_kc(value, out);
  emit_quintuplets(value, out, first_count(start));
  emit_subscription(value, out, start);
  emit_higher_bit_rates(value, out);
}

void decode_mm_umts_quintuplets(Cursor& value, FieldSink& out) {
  const Start start = emit_start(value, out, kKsi);
  std::uint8_t octet = 0;
  if (!take_octet(value, octet)) return;
  emit_bits(value, out, kUsedGprsIntegrity, octet, 0, 3);
  emit_ck_ik(value, out);
  emit_quintuplets(value, out, first_count(start));
  emit_subscription(value, out, start);
  emit_higher_bit_rates(value, out);
  emit_iov_updates(value, out, (start.counts & 0x10) != 0);
  emit_extended_restrictions(value, out);
}

void decode_mm_eps(Cursor& value, FieldSink& out) {
  const Start start = emit_start(value, out, kKsiAsme);
  std::uint8_t octet = 0;
  if (!take_octet(value, octet)) return;
  const bool subscribed_ambr = (octet & 0x80) != 0;
  emit_bits(value, out, kNasIntegrity, octet, 4, 3);
  emit_bits(value, out, kNasCipher, octet, 0, 4);
  emit_number(value, out, kNasDownlink, 3);
  emit_number(value, out, kNasUplink, 3);
  emit_octets(value, out, kKasme, 32);
  emit_quadruplets(value, out, second_count(start));
  emit_quintuplets(value, out, first_count(start));
  emit_drx(value, out, start.drxi);
  if (start.nhi) emit_next_hop(value, out);
  emit_ambrs(value, out, subscribed_ambr, (start.counts & 2) != 0);
  emit_capabilities(value, out);
  if ((start.counts & 1) != 0) emit_old_context(value, out);
  emit_voice_domain(value, out);
  emit_paging_capability(value, out);
  emit_extended_restrictions(value, out);
  emit_optional_lv(value, out, kUeSecurity);
  emit_optional_lv(value, out, kNrSecurity);
  emit_apn_rate_statuses(value, out);
  emit_optional_lv(value, out, kCoreRestrictions);
  emit_optional_lv(value, out, kRadioCapabilityId);
}

void decode_mm_umts_quadruplets(Cursor& value, FieldSink& out) {
  const Start start = emit_start(value, out, kKsiAsme);
  value.skip(1);
  emit_ck_ik(value, out);
  emit_quadruplets(value, out, second_count(start));
  emit_quintuplets(value, out, first_count(start));
  emit_subscription(value, out, start);
  emit_apn_rate_statuses(value, out);
}

}  // namespace gtp::wire::gtpv2
