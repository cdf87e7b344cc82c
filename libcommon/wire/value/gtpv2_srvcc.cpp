// SPDX-License-Identifier: GPL-2.0-or-later
#include "libcommon/wire/value/gtpv2_srvcc.hpp"

#include "libcommon/wire/value/gtpv2_common.hpp"
#include "libcommon/wire/value/gtpv2_numbers.hpp"

namespace gtp::wire::gtpv2 {
namespace {

const FieldInfo kEksi{"eksi", "eKSI"};
const FieldInfo kKsi{"ksi", "KSI"};
const FieldInfo kCksn{"cksn", "CKSN"};
const FieldInfo kCk{"ck", "CK"};
const FieldInfo kIk{"ik", "IK"};
const FieldInfo kKc{"kc", "Kc"};
const FieldInfo kClassmark2{"mobile_station_classmark_2", "Mobile station classmark 2"};
const FieldInfo kClassmark3{"mobile_station_classmark_3", "Mobile station classmark 3"};
const FieldInfo kCodecs{"supported_codec_list", "Supported codec list"};

void emit_tail(Cursor& at, FieldSink& out) {
  emit_lv(at, out, kClassmark2);
  emit_lv(at, out, kClassmark3);
  emit_lv(at, out, kCodecs);
}

void emit_utran_keys(Cursor& at, FieldSink& out) {
  std::uint8_t octet = 0;
  if (!take_octet(at, octet)) return;
  emit_bits(at, out, kKsi, octet, 0, 4);
  emit_octets(at, out, kCk, 16);
  emit_octets(at, out, kIk, 16);
  emit_octets(at, out, kKc, 8);
  if (take_octet(at, octet)) emit_bits(at, out, kCksn, octet, 0, 4);
}

}  // namespace

void decode_srvcc_container(Cursor& value, FieldSink& out) {
  emit_number(value, out, kLength, 1);
  emit_rest(value, out, kContainer);
}

void decode_mm_eutran_srvcc(Cursor& value, FieldSink& out) {
  std::uint8_t octet = 0;
  if (!take_octet(value, octet)) return;
  emit_bits(value, out, kEksi, octet, 0, 3);
  emit_octets(value, out, kCk, 16);
  emit_octets(value, out, kIk, 16);
  emit_tail(value, out);
}

void decode_mm_utran_srvcc(Cursor& value, FieldSink& out) {
  emit_utran_keys(value, out);
  emit_tail(value, out);
}

void decode_mm_cs_to_ps_srvcc(Cursor& value, FieldSink& out) { emit_utran_keys(value, out); }

void decode_additional_mm_srvcc(Cursor& value, FieldSink& out) { emit_tail(value, out); }

}  // namespace gtp::wire::gtpv2
