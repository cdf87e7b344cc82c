// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtpgen/frame/stamp.hpp"

namespace gtp::gen {
namespace {

template <int kOctets>
void put(std::byte* at, std::uint64_t value) noexcept {
  for (int i = 0; i < kOctets; ++i) at[i] = static_cast<std::byte>(value >> (8 * (kOctets - 1 - i)));
}

template <int kOctets>
std::uint64_t take(const std::byte* at) noexcept {
  std::uint64_t value = 0;
  for (int i = 0; i < kOctets; ++i) value = value << 8 | std::to_integer<std::uint64_t>(at[i]);
  return value;
}

}  // namespace

void write_stamp(std::byte* room, const Stamp& stamp) noexcept {
  put<2>(room, kStampMagic);
  put<1>(room + 2, static_cast<std::uint64_t>(stamp.kind));
  put<3>(room + 3, stamp.tunnel);
  put<4>(room + 6, stamp.sequence);
  put<6>(room + 10, stamp.scheduled_ns);
  put<2>(room + 16, stamp.run);
}

std::optional<Stamp> read_stamp(Bytes payload) noexcept {
  if (payload.size() < kStampLength) return std::nullopt;
  const std::byte* at = payload.data();
  const std::uint64_t kind = take<1>(at + 2);
  if (take<2>(at) != kStampMagic || kind > 1) return std::nullopt;
  return Stamp{static_cast<Stamp::Kind>(kind), static_cast<std::uint32_t>(take<3>(at + 3)),
               static_cast<std::uint32_t>(take<4>(at + 6)), take<6>(at + 10),
               static_cast<std::uint16_t>(take<2>(at + 16))};
}

}  // namespace gtp::gen
