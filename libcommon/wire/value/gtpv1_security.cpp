// SPDX-License-Identifier: GPL-2.0-or-later
#include "libcommon/wire/value/gtpv1_security.hpp"

#include "libcommon/wire/value/gtpv1_parts.hpp"

namespace gtp::wire::gtpv1 {

const FieldInfo kKc{"kc", "Kc"};
const FieldInfo kCk{"ck", "CK"};
const FieldInfo kIk{"ik", "IK"};

namespace {

constexpr FieldInfo kRand{"rand", "RAND"};
constexpr FieldInfo kSres{"sres", "SRES"};
constexpr FieldInfo kXres{"xres", "XRES"};
constexpr FieldInfo kAutn{"autn", "AUTN"};

}  // namespace

void decode_authentication_triplet(Cursor& value, FieldSink& out) {
  emit_octets(value, out, kRand, 16);
  emit_octets(value, out, kSres, 4);
  emit_octets(value, out, kKc, 8);
}

void decode_authentication_quintuplet(Cursor& value, FieldSink& out) {
  emit_octets(value, out, kRand, 16);
  emit_sized_octets(value, out, kXres);
  emit_octets(value, out, kCk, 16);
  emit_octets(value, out, kIk, 16);
  emit_sized_octets(value, out, kAutn);
}

}  // namespace gtp::wire::gtpv1
