// SPDX-License-Identifier: GPL-2.0-or-later
#include "libcommon/wire/value/gtpv1_mm_context.hpp"

#include <array>

#include "libcommon/wire/table/names_gtpv1.hpp"
#include "libcommon/wire/value/gtpv1_flags.hpp"
#include "libcommon/wire/value/gtpv1_parts.hpp"
#include "libcommon/wire/value/gtpv1_security.hpp"

namespace gtp::wire::gtpv1 {
namespace {

constexpr FieldInfo kCksn{"cksn", "Ciphering key sequence number"};
constexpr FieldInfo kKsi{"ksi", "Key set identifier"};
constexpr FieldInfo kSecurityMode{"security_mode", "Security mode", &names_gtpv1::kSecurityMode};
constexpr FieldInfo kVectors{"vector_count", "Number of vectors"};
constexpr FieldInfo kUsedCipher{"used_cipher", "Used cipher", &names_gtpv1::kCipherAlgorithm};
constexpr FieldInfo kTriplets{"triplets", "Authentication triplets"};
constexpr FieldInfo kTriplet{"triplet", "Triplet"};
constexpr FieldInfo kQuintupletsLength{"quintuplets_length", "Length of the quintuplets"};
constexpr FieldInfo kQuintuplets{"quintuplets", "Authentication quintuplets"};
constexpr FieldInfo kQuintuplet{"quintuplet", "Quintuplet"};
constexpr FieldInfo kDrxParameter{"drx_parameter", "DRX parameter", nullptr, Format::hex, 4};
constexpr FieldInfo kCapability{"ms_network_capability", "MS network capability"};
constexpr FieldInfo kContainer{"container", "Container"};
constexpr FieldInfo kElement{"element", "Element"};
constexpr FieldInfo kElementId{"id", "Identifier", nullptr, Format::hex, 2};
constexpr FieldInfo kImeiSv{"imei_sv", "IMEI(SV)"};
constexpr FieldInfo kAccessRestriction{"access_restriction_data", "Access restriction data"};

constexpr FlagBit kAccessRestrictionFlags[] = {
    {0, 1, "una", "UTRAN not allowed"},   {0, 2, "gena", "GERAN not allowed"},
    {0, 3, "gana", "GAN not allowed"},    {0, 4, "ina", "I-HSPA-Evolution not allowed"},
    {0, 5, "ena", "E-UTRAN not allowed"}, {0, 6, "hnna", "HO to non-3GPP access not allowed"},
};

constexpr std::uint8_t kImeiSvElement = 0x23;  // mobile identity, TS 24.008, 10.5.1.4

// How much of [at] the quintuplet, or the element of the container, at its start takes.
std::size_t quintuplet_octets(Cursor at) noexcept {
  const std::size_t from = at.consumed();
  at.skip(16);
  at.skip(at.u8());
  at.skip(32);
  at.skip(at.u8());
  return at.consumed() - from;
}
std::size_t element_octets(Cursor at) noexcept {
  at.skip(1);
  return std::size_t{2} + at.u8();
}

void emit_triplets(Cursor& at, FieldSink& out, int count) {
  const std::size_t length = kTripletOctets * static_cast<std::size_t>(count);
  out.begin_list(kTriplets, ahead(at, length));
  for (int i = 0; i < count && !at.failed(); ++i) {
    out.begin_object(kTriplet, ahead(at, kTripletOctets));
    decode_authentication_triplet(at, out);
    out.end_object();
  }
  out.end_list();
}

void emit_quintuplets(Cursor& at, FieldSink& out, int count) {
  const std::size_t length = at.u16();
  if (at.failed()) return;
  out.number(kQuintupletsLength, length, {at.offset() - 2, 2});
  if (length > at.remaining()) at.fail();
  Cursor vectors = at.sub(length);
  if (length == 0) return;
  out.begin_list(kQuintuplets, {vectors.offset(), vectors.remaining()});
  for (int i = 0; i < count && !vectors.empty(); ++i) {
    out.begin_object(kQuintuplet, ahead(vectors, quintuplet_octets(vectors)));
    decode_authentication_quintuplet(vectors, out);
    out.end_object();
  }
  out.end_list();
  if (vectors.failed() || !vectors.empty()) out.note("length and number of the quintuplets do not agree");
}

// A mobile identity: the first digit shares its octet with the kind of the identity and the odd/even flag.
void emit_mobile_identity(Cursor at, FieldSink& out) {
  std::array<char, 32> digits{};
  std::size_t size = 0;
  const std::size_t from = at.offset();
  const auto put = [&](unsigned nibble) {
    if (nibble != 0xf && size < digits.size()) digits[size++] = nibble < 10 ? static_cast<char>('0' + nibble) : '?';
  };
  put(at.u8() >> 4U);
  while (!at.empty()) {
    const std::uint8_t octet = at.u8();
    put(octet & 0xfU);
    put(octet >> 4U);
  }
  out.text(kImeiSv, {digits.data(), size}, since(from, at));
}

void emit_container(Cursor at, FieldSink& out) {
  if (at.empty()) return;
  out.begin_list(kContainer, {at.offset(), at.remaining()});
  while (!at.empty()) {
    out.begin_object(kElement, ahead(at, element_octets(at)));
    const std::uint8_t id = at.u8();
    emit_bits(at, out, kElementId, id, 0, 8);
    const std::size_t length = at.u8();
    if (id == kImeiSvElement && length != 0 && length <= at.remaining()) {
      emit_mobile_identity(at.sub(length), out);
    } else {
      emit_octets(at, out, kSpareOctets, length);
    }
    out.end_object();
  }
  out.end_list();
  if (at.failed()) out.note("an element of the container runs past its end");
}

// What follows the keys in every layout.
void emit_tail(Cursor& at, FieldSink& out) {
  emit_number(at, out, kDrxParameter, 2);
  const std::size_t capability = at.u8();
  const std::size_t from = at.offset();
  const Bytes bits = at.take(capability);
  if (!bits.empty()) out.flags(kCapability, kMsNetworkCapability, bits, {from, bits.size()});
  const std::size_t container = at.u16();
  emit_container(at.sub(container), out);
  if (at.failed() || at.empty()) return;
  const std::size_t restriction = at.u8();
  if (restriction == 0) return;
  const std::size_t where = at.offset();
  const Bytes flags = at.take(restriction);
  if (!flags.empty()) out.flags(kAccessRestriction, kAccessRestrictionFlags, flags, {where, flags.size()});
}

}  // namespace

void decode_mm_context_v0(Cursor& value, FieldSink& out) {
  const std::uint8_t cksn = value.u8();
  if (value.failed()) return;
  emit_bits(value, out, kCksn, cksn, 0, 3);
  const std::uint8_t octet = value.u8();
  if (value.failed()) return;
  emit_bits(value, out, kVectors, octet, 3, 3);
  emit_bits(value, out, kUsedCipher, octet, 0, 3);
  emit_octets(value, out, kKc, 8);
  emit_triplets(value, out, octet >> 3 & 7);
  emit_tail(value, out);
}

void decode_mm_context(Cursor& value, FieldSink& out) {
  const std::uint8_t key_set = value.u8();
  const std::uint8_t octet = value.u8();
  if (value.failed()) return;
  const int mode = octet >> 6;
  const int count = octet >> 3 & 7;
  const bool umts_keys = mode == 0 || mode == 2;
  out.number(umts_keys ? kKsi : kCksn, key_set & 7U, {value.offset() - 2, 1});
  emit_bits(value, out, kSecurityMode, octet, 6, 2);
  emit_bits(value, out, kVectors, octet, 3, 3);
  if (mode != 2) emit_bits(value, out, kUsedCipher, octet, 0, 3);
  if (umts_keys) {
    emit_octets(value, out, kCk, 16);
    emit_octets(value, out, kIk, 16);
  } else {
    emit_octets(value, out, kKc, 8);
  }
  if (mode == 1) {
    emit_triplets(value, out, count);
  } else {
    emit_quintuplets(value, out, count);
  }
  emit_tail(value, out);
}

}  // namespace gtp::wire::gtpv1
