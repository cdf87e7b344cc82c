// SPDX-License-Identifier: GPL-2.0-or-later
#include "libcommon/wire/value/common.hpp"

namespace gtp::wire {
namespace {

constexpr std::string_view kNotDecimal = "a digit is not decimal";

constexpr char digit(unsigned nibble) noexcept { return nibble <= 9 ? static_cast<char>('0' + nibble) : '?'; }

}  // namespace

Digits read_digits(Bytes octets) noexcept {
  Digits out;
  while (!octets.empty() && load_u8(&octets.back()) == 0xff) octets = octets.first(octets.size() - 1);
  // A filler ends the digits where a second one would stand; in front of a digit it is a digit that is not decimal.
  for (std::size_t i = 0; i < octets.size() && out.size < out.text.size(); ++i) {
    const unsigned octet = load_u8(octets.data() + i);
    const unsigned low = octet & 0xf;
    const unsigned high = octet >> 4;
    out.text[out.size++] = digit(low);
    out.decimal = out.decimal && low <= 9;
    if (high == 0xf || out.size == out.text.size()) break;
    out.text[out.size++] = digit(high);
    out.decimal = out.decimal && high <= 9;
  }
  return out;
}

void emit_digits(Cursor& at, FieldSink& out, const FieldInfo& field, std::size_t octets) {
  const std::size_t from = at.offset();
  const Bytes bytes = at.take(octets);
  if (bytes.empty()) return;
  const Digits digits = read_digits(bytes);
  out.text(field, digits.view(), {from, bytes.size()});
  if (!digits.decimal) out.note(kNotDecimal);
}

Plmn read_plmn(const std::byte* three_octets) noexcept {
  const unsigned a = load_u8(three_octets);
  const unsigned b = load_u8(three_octets + 1);
  const unsigned c = load_u8(three_octets + 2);
  Plmn out;
  out.mcc = {digit(a & 0xf), digit(a >> 4), digit(b & 0xf)};
  out.mnc = {digit(c & 0xf), digit(c >> 4), digit(b >> 4)};
  out.mnc_digits = b >> 4 == 0xf ? 2 : 3;
  return out;
}

void emit_plmn(Cursor& at, FieldSink& out) {
  const std::size_t from = at.offset();
  const Bytes bytes = at.take(3);
  if (bytes.size() != 3) return;
  const Plmn plmn = read_plmn(bytes.data());
  out.text(kMcc, plmn.mcc_view(), {from, 2});
  out.text(kMnc, plmn.mnc_view(), {from + 1, 2});
  if (plmn.mcc_view().find('?') != std::string_view::npos || plmn.mnc_view().find('?') != std::string_view::npos) {
    out.note(kNotDecimal);
  }
}

}  // namespace gtp::wire
