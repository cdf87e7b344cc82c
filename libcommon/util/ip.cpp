// SPDX-License-Identifier: GPL-2.0-or-later
#include "libcommon/util/ip.hpp"

#include <arpa/inet.h>

#include <algorithm>
#include <charconv>
#include <cstring>

#include "libcommon/util/hash.hpp"

namespace gtp {
namespace {

// The decimal digits of every octet, the first [length] of three. Four addresses stand on a G-PDU's line.
struct OctetText {
  std::array<char, 3> digits{};
  std::uint8_t length = 0;
};
constexpr auto kOctets = [] {
  std::array<OctetText, 256> octets{};
  for (unsigned v = 0; v < 256; ++v) {
    OctetText& text = octets[v];
    if (v >= 100) text.digits[text.length++] = static_cast<char>('0' + v / 100);
    if (v >= 10) text.digits[text.length++] = static_cast<char>('0' + v / 10 % 10);
    text.digits[text.length++] = static_cast<char>('0' + v % 10);
  }
  return octets;
}();

// Writes three characters, of which the returned end counts.
char* write_octet(char* out, unsigned v) noexcept {
  const OctetText& text = kOctets[v];
  std::copy_n(text.digits.begin(), text.digits.size(), out);
  return out + text.length;
}

char* write_v4(char* out, const std::byte* p) noexcept {
  for (int i = 0; i < 4; ++i) {
    if (i != 0) *out++ = '.';
    out = write_octet(out, load_u8(p + i));
  }
  return out;
}

char* write_group(char* out, unsigned v) noexcept {
  constexpr char kDigits[] = "0123456789abcdef";
  if (v >= 0x1000) *out++ = kDigits[v >> 12];
  if (v >= 0x100) *out++ = kDigits[v >> 8 & 15];
  if (v >= 0x10) *out++ = kDigits[v >> 4 & 15];
  *out++ = kDigits[v & 15];
  return out;
}

// RFC 5952: lower case, the longest run of two or more zero groups (the first of equals) as "::", and the embedded
// form for IPv4-mapped addresses.
char* write_v6(char* out, const std::byte* p) noexcept {
  std::array<unsigned, 8> group{};
  for (std::size_t i = 0; i < 8; ++i) group[i] = load_u16(p + 2 * i);
  std::size_t best = 8;
  std::size_t best_length = 1;
  for (std::size_t i = 0; i < 8;) {
    std::size_t j = i;
    while (j < 8 && group[j] == 0) ++j;
    if (j - i > best_length) {
      best = i;
      best_length = j - i;
    }
    i = j + 1;
  }
  const bool embedded = best == 0 && (best_length == 6 || (best_length == 5 && group[5] == 0xffff));
  const std::size_t end = embedded ? 6 : 8;
  for (std::size_t i = 0; i < end;) {
    if (i == best) {
      *out++ = ':';
      *out++ = ':';
      i += best_length;
      continue;
    }
    if (i != 0 && i != best + best_length) *out++ = ':';
    out = write_group(out, group[i]);
    ++i;
  }
  if (embedded) {
    if (best_length == 5) *out++ = ':';
    out = write_v4(out, p + 12);
  }
  return out;
}

}  // namespace

IpAddress IpAddress::from(Bytes octets) noexcept {
  IpAddress out;
  if (octets.size() != 4 && octets.size() != 16) return out;
  out.version_ = octets.size() == 4 ? 4 : 6;
  std::copy(octets.begin(), octets.end(), out.octets_.begin());
  return out;
}

IpAddress IpAddress::v4(std::uint32_t host_order) noexcept {
  const std::array octets = {static_cast<std::byte>(host_order >> 24), static_cast<std::byte>(host_order >> 16),
                             static_cast<std::byte>(host_order >> 8), static_cast<std::byte>(host_order)};
  return from(octets);
}

std::optional<IpAddress> IpAddress::parse(std::string_view text) noexcept {
  std::array<char, kMaxText + 1> zero_terminated{};
  if (text.size() > kMaxText) return std::nullopt;
  std::copy(text.begin(), text.end(), zero_terminated.begin());
  std::array<std::byte, 16> octets{};
  if (inet_pton(AF_INET, zero_terminated.data(), octets.data()) == 1) return from(Bytes(octets).first(4));
  if (inet_pton(AF_INET6, zero_terminated.data(), octets.data()) == 1) return from(octets);
  return std::nullopt;
}

std::size_t IpAddress::write(char* out) const noexcept {
  if (version_ == 4) return static_cast<std::size_t>(write_v4(out, octets_.data()) - out);
  if (version_ == 6) return static_cast<std::size_t>(write_v6(out, octets_.data()) - out);
  return 0;
}

std::string IpAddress::text() const {
  std::array<char, kMaxText> buffer{};
  return {buffer.data(), write(buffer.data())};
}

std::uint64_t IpAddress::hash() const noexcept {
  return mix64(load_u64(octets_.data()) ^ mix64(load_u64(octets_.data() + 8) + version_));
}

std::optional<IpPrefix> IpPrefix::parse(std::string_view text) noexcept {
  const std::size_t slash = text.find('/');
  const auto address = IpAddress::parse(text.substr(0, slash));
  if (!address) return std::nullopt;
  const int bits = address->is_v4() ? 32 : 128;
  if (slash == std::string_view::npos) return IpPrefix{*address, bits};
  const std::string_view digits = text.substr(slash + 1);
  int length = -1;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), length);
  if (error != std::errc{} || end != digits.data() + digits.size() || length < 0 || length > bits) return std::nullopt;
  return IpPrefix{*address, length};
}

bool IpPrefix::contains(const IpAddress& other) const noexcept {
  if (other.version() != address.version() || address.empty()) return false;
  const Bytes a = address.octets();
  const Bytes b = other.octets();
  const auto whole = static_cast<std::size_t>(length / 8);
  if (std::memcmp(a.data(), b.data(), whole) != 0) return false;
  const int bits = length % 8;
  if (bits == 0) return true;
  const unsigned mask = 0xff00U >> bits & 0xffU;
  return (load_u8(a.data() + whole) & mask) == (load_u8(b.data() + whole) & mask);
}

}  // namespace gtp
