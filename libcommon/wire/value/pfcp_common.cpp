// SPDX-License-Identifier: GPL-2.0-or-later
#include "libcommon/wire/value/pfcp_common.hpp"

#include <algorithm>
#include <array>

namespace gtp::wire::pfcp {
namespace {

bool is_printable(Bytes octets) noexcept {
  return std::all_of(octets.begin(), octets.end(), [](std::byte b) {
    const auto c = std::to_integer<unsigned>(b);
    return c >= 0x20 && c != 0x7f;
  });
}

std::uint64_t read_length(Cursor& at, int width) noexcept { return width == 1 ? at.u8() : at.u16(); }

}  // namespace

// A label of 32 octets and more has a printable length, so the first octet alone decides less.
bool is_label_encoded(Bytes octets) noexcept {
  if (octets.empty()) return false;
  if (load_u8(octets.data()) < 0x20) return true;
  std::size_t at = 0;
  while (at < octets.size()) {
    const std::size_t length = load_u8(octets.data() + at);
    if (length == 0) return at + 1 == octets.size();
    if (length > 63) return false;
    at += 1 + length;
  }
  return at == octets.size();
}

const FieldInfo kUtc{"utc", "UTC"};

std::uint8_t read_flags(Cursor& at, FieldSink& out, std::span<const FlagBit> table) {
  const std::size_t from = at.offset();
  const Bytes octets = at.take(1);
  if (octets.empty()) return 0;
  out.flags(kFlags, table, octets, since(from, at));
  return load_u8(octets.data());
}

void emit_all_flags(Cursor& at, FieldSink& out, std::span<const FlagBit> table) {
  std::size_t known = 1;
  for (const FlagBit& bit : table) known = std::max(known, std::size_t{bit.octet} + 1);
  const std::size_t from = at.offset();
  const Bytes octets = at.take(std::clamp(at.remaining(), std::size_t{1}, known));
  if (!octets.empty()) out.flags(kFlags, table, octets, since(from, at));
}

void emit_counted_text(Cursor& at, FieldSink& out, const FieldInfo& field, int width) {
  const std::uint64_t length = read_length(at, width);
  if (!at.failed()) emit_text(at, out, field, length);
}

void emit_counted_octets(Cursor& at, FieldSink& out, const FieldInfo& field, int width) {
  const std::uint64_t length = read_length(at, width);
  if (!at.failed()) emit_octets(at, out, field, length);
}

void emit_rest_text(Cursor& at, FieldSink& out, const FieldInfo& field) {
  if (at.empty()) return;
  const std::size_t from = at.offset();
  const Bytes content = at.rest();
  if (is_printable(content)) {
    out.text(field, as_text(content), since(from, at));
  } else {
    out.octets(field, content, since(from, at));
  }
}

void emit_name_or_text(Cursor& at, FieldSink& out, const FieldInfo& field, std::size_t octets) {
  if (octets == 0) return;
  const std::size_t from = at.offset();
  const Bytes content = at.take(octets);
  if (content.empty()) return;
  if (is_label_encoded(content)) {
    std::array<char, 256> buffer;
    out.text(field, read_name(content, buffer), since(from, at));
  } else {
    out.text(field, as_text(content), since(from, at));
  }
}

void emit_address(Cursor& at, FieldSink& out, const FieldInfo& field, std::size_t octets) {
  if (octets == 4) return emit_ipv4(at, out, field);
  if (octets == 16) return emit_ipv6(at, out, field);
  emit_octets(at, out, field, octets);
}

void emit_mac(Cursor& at, FieldSink& out, const FieldInfo& field) {
  constexpr std::string_view kHex = "0123456789abcdef";
  const std::size_t from = at.offset();
  const Bytes mac = at.take(6);
  if (mac.size() != 6) return;
  std::array<char, 17> text;
  text.fill(':');
  for (std::size_t i = 0; i < 6; ++i) {
    const unsigned octet = load_u8(mac.data() + i);
    text[3 * i] = kHex[octet >> 4];
    text[3 * i + 1] = kHex[octet & 15];
  }
  out.text(field, {text.data(), text.size()}, since(from, at));
}

}  // namespace gtp::wire::pfcp
