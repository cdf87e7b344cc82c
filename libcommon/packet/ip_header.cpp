// SPDX-License-Identifier: GPL-2.0-or-later
#include "libcommon/packet/ip_header.hpp"

namespace gtp::packet {
namespace {

constexpr std::size_t kIpv4Fixed = 20;
constexpr std::size_t kIpv6Fixed = 40;

// The fields of a fixed header that ends early, up to the cut.
IpStatus read_cut_ipv4(const View& view, IpHeader& out) noexcept {
  const std::byte* p = view.data();
  if (view.size() >= 2) out.dscp = load_u8(p + 1) >> 2;
  if (view.size() >= 4) {
    out.has_length = true;
    out.length = load_u16(p + 2);
  }
  if (view.size() >= 10) {
    out.has_protocol = true;
    out.protocol = load_u8(p + 9);
  }
  if (view.size() >= 16) out.src = IpAddress::from(view.octets.subspan(12, 4));
  return IpStatus::cut;
}

IpStatus read_cut_ipv6(const View& view, IpHeader& out) noexcept {
  const std::byte* p = view.data();
  if (view.size() >= 2) out.dscp = static_cast<std::uint8_t>(load_u16(p) >> 6 & 0x3f);
  if (view.size() >= 6) {
    out.has_length = true;
    out.length = load_u16(p + 4) + std::uint32_t{kIpv6Fixed};
  }
  if (view.size() >= 7) {
    out.has_protocol = true;
    out.protocol = load_u8(p + 6);
  }
  if (view.size() >= 24) out.src = IpAddress::from(view.octets.subspan(8, 16));
  return IpStatus::cut;
}

// IPv4 too may carry an authentication header (RFC 4302) before the upper layer.
IpStatus skip_authentication(IpHeader& header) noexcept {
  View& view = header.payload;
  if (view.size() < 8) return IpStatus::cut;
  const std::size_t length = (load_u8(view.data() + 1) + std::size_t{2}) * 4;
  if (length < 8 || length > view.size()) return length > view.wire ? IpStatus::malformed : IpStatus::cut;
  header.protocol = load_u8(view.data());
  view.skip(length);
  return IpStatus::ok;
}

IpStatus read_ipv4(View view, IpHeader& out) noexcept {
  if (view.size() < kIpv4Fixed) return read_cut_ipv4(view, out);
  const std::byte* p = view.data();
  const std::size_t header = (load_u8(p) & 15U) * std::size_t{4};
  const std::size_t total = load_u16(p + 2);
  if (header < kIpv4Fixed || (total != 0 && total < header) || header > view.wire) return IpStatus::malformed;

  const std::uint16_t fragment = load_u16(p + 6);
  out.dscp = load_u8(p + 1) >> 2;
  out.has_length = true;
  out.length = static_cast<std::uint32_t>(total != 0 ? total : view.wire);
  out.has_protocol = true;
  out.protocol = load_u8(p + 9);
  out.more_fragments = (fragment & 0x2000) != 0;
  out.fragment_offset = (fragment & 0x1fffU) * 8U;
  out.is_fragment = out.more_fragments || out.fragment_offset != 0;
  out.fragment_id = load_u16(p + 4);
  out.src = IpAddress::from(view.octets.subspan(12, 4));
  out.dst = IpAddress::from(view.octets.subspan(16, 4));
  if (header > view.size()) return IpStatus::cut;
  if (total != 0) view.limit(total);
  view.skip(header);
  out.payload = view;
  if (out.protocol == protocol::kAuthentication && out.fragment_offset == 0) return skip_authentication(out);
  return IpStatus::ok;
}

IpStatus read_ipv6(View view, IpHeader& out) noexcept {
  if (view.size() < kIpv6Fixed) return read_cut_ipv6(view, out);
  const std::byte* p = view.data();
  const std::size_t payload_length = load_u16(p + 4);
  out.dscp = static_cast<std::uint8_t>(load_u16(p) >> 6 & 0x3f);
  out.has_length = true;
  out.length = static_cast<std::uint32_t>(payload_length + kIpv6Fixed);
  out.has_protocol = true;
  out.protocol = load_u8(p + 6);
  out.src = IpAddress::from(view.octets.subspan(8, 16));
  out.dst = IpAddress::from(view.octets.subspan(24, 16));
  view.skip(kIpv6Fixed);
  if (payload_length != 0) view.limit(payload_length);
  out.payload = view;
  return skip_extension_headers(out);
}

}  // namespace

IpStatus skip_extension_headers(IpHeader& header) noexcept {
  View& view = header.payload;
  for (;;) {
    std::size_t length = 8;
    switch (header.protocol) {
      case protocol::kHopByHop:
      case protocol::kRouting:
      case protocol::kDestinationOptions:
        if (view.size() < 8) return IpStatus::cut;
        length = (load_u8(view.data() + 1) + std::size_t{1}) * 8;
        break;
      case protocol::kAuthentication:
        if (const IpStatus status = skip_authentication(header); status != IpStatus::ok) return status;
        continue;
      case protocol::kFragment: {
        // | next header | reserved | offset 13b, reserved 2b, M 1b | identification (4) |
        if (view.size() < 8) return IpStatus::cut;
        const std::uint16_t offset = load_u16(view.data() + 2);
        header.is_fragment = true;
        header.more_fragments = (offset & 1) != 0;
        header.fragment_offset = offset & 0xfff8U;
        header.fragment_id = load_u32(view.data() + 4);
        break;
      }
      default:
        return IpStatus::ok;
    }
    if (length > view.size()) return length > view.wire ? IpStatus::malformed : IpStatus::cut;
    const bool fragment = header.protocol == protocol::kFragment;
    header.protocol = load_u8(view.data());
    view.skip(length);
    if (fragment && header.is_partial()) return IpStatus::ok;
  }
}

IpStatus read_ip_header(View view, IpHeader& out) noexcept {
  if (view.octets.empty()) return IpStatus::not_ip;
  out.version = load_u8(view.data()) >> 4;
  if (out.version == 4) return read_ipv4(view, out);
  if (out.version == 6) return read_ipv6(view, out);
  out.version = 0;
  return IpStatus::not_ip;
}

}  // namespace gtp::packet
