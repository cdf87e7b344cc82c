// SPDX-License-Identifier: GPL-2.0-or-later
#include "libcommon/wire/value/gtpv2_mm_parts.hpp"

#include <algorithm>

#include "libcommon/wire/value/gtpv2_node.hpp"

namespace gtp::wire::gtpv2 {
namespace {

const FieldInfo kTriplets{"triplets", "Authentication triplets"};
const FieldInfo kQuintuplets{"quintuplets", "Authentication quintuplets"};
const FieldInfo kQuadruplets{"quadruplets", "Authentication quadruplets"};
const FieldInfo kVector{"vector", "Authentication vector"};
const FieldInfo kRand{"rand", "RAND"};
const FieldInfo kSres{"sres", "SRES"};
const FieldInfo kXres{"xres", "XRES"};
const FieldInfo kKc{"kc", "Kc"};
const FieldInfo kCk{"ck", "CK"};
const FieldInfo kIk{"ik", "IK"};
const FieldInfo kAutn{"autn", "AUTN"};
const FieldInfo kKasme{"k_asme", "K_ASME"};
const FieldInfo kDrx{"drx_parameter", "DRX parameter", nullptr, Format::hex, 4};
const FieldInfo kSubscribed{"subscribed_ue_ambr", "Subscribed UE-AMBR"};
const FieldInfo kUsed{"used_ue_ambr", "Used UE-AMBR"};
const FieldInfo kUeCapability{"ue_network_capability", "UE network capability"};
const FieldInfo kMsCapability{"ms_network_capability", "MS network capability"};
const FieldInfo kRestrictions{"access_restrictions", "Access restrictions"};
const FieldInfo kExtended{"extended_access_restrictions", "Extended access restrictions"};
const FieldInfo kVoiceDomain{"voice_domain_preference", "Voice domain preference and UE's usage setting"};
const FieldInfo kHigherBitRates{"higher_bit_rates", "Higher bit rates than 16 Mbit/s"};
const FieldInfo kIovUpdates{"iov_updates_counter", "IOV updates counter"};
const FieldInfo kPaging{"ue_radio_capability_for_paging", "UE radio capability for paging"};
const FieldInfo kRateStatuses{"apn_rate_control_statuses", "APN rate control statuses"};
const FieldInfo kRateStatus{"status", "Status"};

constexpr FlagBit kRestrictionBits[] = {
    {0, 8, "ecna", "Enhanced coverage not allowed"},
    {0, 7, "nbna", "NB-IoT not allowed"},
    {0, 6, "hnna", "Handover to non-3GPP not allowed"},
    {0, 5, "ena", "E-UTRAN not allowed"},
    {0, 4, "ina", "I-HSPA evolution not allowed"},
    {0, 3, "gana", "GAN not allowed"},
    {0, 2, "gena", "GERAN not allowed"},
    {0, 1, "una", "UTRAN not allowed"},
};
constexpr FlagBit kExtendedBits[] = {
    {0, 5, "nruna", "NR-U in 5GS not allowed"},
    {0, 4, "nrusrna", "NR-U as secondary RAT not allowed"},
    {0, 3, "nrna", "NR in 5GS not allowed"},
    {0, 2, "ussrna", "Unlicensed spectrum as secondary RAT not allowed"},
    {0, 1, "nrsrna", "NR as secondary RAT not allowed"},
};

void emit_triplet(Cursor& at, FieldSink& out) {
  emit_octets(at, out, kRand, 16);
  emit_octets(at, out, kSres, 4);
  emit_octets(at, out, kKc, 8);
}

void emit_quintuplet(Cursor& at, FieldSink& out) {
  emit_octets(at, out, kRand, 16);
  emit_lv(at, out, kXres);
  emit_ck_ik(at, out);
  emit_lv(at, out, kAutn);
}

void emit_quadruplet(Cursor& at, FieldSink& out) {
  emit_octets(at, out, kRand, 16);
  emit_lv(at, out, kXres);
  emit_lv(at, out, kAutn);
  emit_octets(at, out, kKasme, 32);
}

void emit_vectors(Cursor& at, FieldSink& out, const FieldInfo& field, unsigned count,
                  void (*emit)(Cursor&, FieldSink&)) {
  if (count == 0) return;
  out.begin_list(field, {at.offset(), at.remaining()});
  for (unsigned i = 0; i < count && !at.failed(); ++i) {
    out.begin_object(kVector, {at.offset(), at.remaining()});
    emit(at, out);
    out.end_object();
  }
  out.end_list();
}

}  // namespace

void emit_triplets(Cursor& at, FieldSink& out, unsigned count) {
  emit_vectors(at, out, kTriplets, count, emit_triplet);
}
void emit_quintuplets(Cursor& at, FieldSink& out, unsigned count) {
  emit_vectors(at, out, kQuintuplets, count, emit_quintuplet);
}
void emit_quadruplets(Cursor& at, FieldSink& out, unsigned count) {
  emit_vectors(at, out, kQuadruplets, count, emit_quadruplet);
}

void emit_ck_ik(Cursor& at, FieldSink& out) {
  emit_octets(at, out, kCk, 16);
  emit_octets(at, out, kIk, 16);
}

void emit_kc(Cursor& at, FieldSink& out) { emit_octets(at, out, kKc, 8); }

void emit_drx(Cursor& at, FieldSink& out, bool present) {
  if (present) emit_number(at, out, kDrx, 2);
}

void emit_ambrs(Cursor& at, FieldSink& out, bool subscribed, bool used) {
  const auto emit = [&](const FieldInfo& field) {
    out.begin_object(field, {at.offset(), std::min<std::size_t>(8, at.remaining())});
    emit_number(at, out, kUplink, 4);
    emit_number(at, out, kDownlink, 4);
    out.end_object();
  };
  if (subscribed) emit(kSubscribed);
  if (used) emit(kUsed);
}

void emit_capabilities(Cursor& at, FieldSink& out) {
  emit_lv(at, out, kUeCapability);
  emit_lv(at, out, kMsCapability);
  emit_digits(at, out, kMei, at.u8());
  if (at.empty()) return;
  const std::size_t from = at.offset();
  out.flags(kRestrictions, kRestrictionBits, at.take(1), {from, 1});
}

void emit_voice_domain(Cursor& at, FieldSink& out) { emit_optional_lv(at, out, kVoiceDomain); }

void emit_higher_bit_rates(Cursor& at, FieldSink& out) { emit_optional_lv(at, out, kHigherBitRates); }

void emit_iov_updates(Cursor& at, FieldSink& out, bool present) {
  if (present && !at.empty()) emit_number(at, out, kIovUpdates, 1);
}

void emit_extended_restrictions(Cursor& at, FieldSink& out) {
  if (at.empty()) return;
  const std::uint8_t length = at.u8();
  const std::size_t from = at.offset();
  const Bytes bits = at.take(length);
  if (!bits.empty()) out.flags(kExtended, kExtendedBits, bits, {from, bits.size()});
}

void emit_paging_capability(Cursor& at, FieldSink& out) {
  if (!at.empty()) emit_octets(at, out, kPaging, at.u16());
}

void emit_optional_lv(Cursor& at, FieldSink& out, const FieldInfo& field) {
  if (!at.empty()) emit_lv(at, out, field);
}

// | length (2) | then: length (2) | APN length (2) | APN | APN rate control status (20) |
void emit_apn_rate_statuses(Cursor& at, FieldSink& out) {
  if (at.empty()) return;
  Cursor statuses = at.sub(at.u16());
  if (statuses.empty()) return;
  out.begin_list(kRateStatuses, {statuses.offset(), statuses.remaining()});
  while (!statuses.empty() && !statuses.failed()) {
    out.begin_object(kRateStatus, {statuses.offset(), statuses.remaining()});
    Cursor status = statuses.sub(statuses.u16());
    emit_name(status, out, kApn, status.u16());
    decode_apn_rate_control_status(status, out);
    out.end_object();
    if (status.failed()) statuses.fail();
  }
  out.end_list();
  if (statuses.failed()) at.fail();
}

}  // namespace gtp::wire::gtpv2
