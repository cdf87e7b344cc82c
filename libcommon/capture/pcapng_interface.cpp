// SPDX-License-Identifier: GPL-2.0-or-later
#include "libcommon/capture/pcapng_interface.hpp"

#include <algorithm>
#include <array>

namespace gtp::capture {
namespace {

__extension__ using Wide = unsigned __int128;

constexpr std::uint64_t kNanoseconds = 1'000'000'000;

constexpr auto kPowersOfTen = [] {
  std::array<std::uint64_t, 20> powers{1};
  for (std::size_t i = 1; i < powers.size(); ++i) powers[i] = powers[i - 1] * 10;
  return powers;
}();

std::string text(Bytes octets) {
  std::string out;
  out.reserve(octets.size());
  for (const std::byte octet : octets) {
    if (octet == std::byte{0}) break;
    out.push_back(static_cast<char>(octet));
  }
  return out;
}

void read_option(OptionCode code, Bytes value, ByteOrder order, InterfaceDescription& out) {
  switch (code) {
    case OptionCode::if_name:
      out.interface.name = text(value);
      break;
    case OptionCode::if_tsresol:
      if (value.size() != 1) break;
      out.time.binary = (load_u8(value.data()) & 0x80) != 0;
      out.time.exponent = load_u8(value.data()) & 0x7f;
      break;
    case OptionCode::if_tsoffset:
      if (value.size() == 8) out.time.offset_seconds = static_cast<std::int64_t>(order.u64(value.data()));
      break;
    default:
      break;
  }
}

}  // namespace

std::uint64_t TimeResolution::to_ns(std::uint64_t stamp) const noexcept {
  std::uint64_t ns = 0;
  if (binary) {
    ns = static_cast<std::uint64_t>(Wide{stamp} * kNanoseconds >> exponent);
  } else if (exponent <= 9) {
    ns = stamp * kPowersOfTen[std::size_t{9} - exponent];
  } else if (exponent - 9U < kPowersOfTen.size()) {
    ns = stamp / kPowersOfTen[exponent - std::size_t{9}];
  }
  // Unsigned, so that a damaged offset wraps instead of being undefined.
  return ns + static_cast<std::uint64_t>(offset_seconds) * kNanoseconds;
}

InterfaceDescription read_interface(Bytes body, ByteOrder order) {
  InterfaceDescription out;
  out.link_type = order.u16(body.data());
  out.interface.link_type = static_cast<packet::LinkType>(out.link_type);
  out.interface.snap_length = order.u32(body.data() + 4);
  Bytes options = body.subspan(kInterfaceFixedBytes);
  while (options.size() >= 4) {
    const OptionCode code{order.u16(options.data())};
    const std::size_t length = order.u16(options.data() + 2);
    options = options.subspan(4);
    if (code == OptionCode::end || length > options.size()) break;
    read_option(code, options.first(length), order, out);
    options = options.subspan(std::min(options.size(), (length + 3) & ~std::size_t{3}));
  }
  out.interface.nanoseconds = out.time.finer_than_microseconds();
  return out;
}

}  // namespace gtp::capture
