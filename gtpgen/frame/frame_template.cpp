// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtpgen/frame/frame_template.hpp"

#include <algorithm>
#include <array>
#include <cassert>
#include <cstring>

#include "gtpgen/frame/fold.hpp"
#include "libcommon/packet/ip_header.hpp"
#include "libcommon/wire/encode/gtpu.hpp"

namespace gtp::gen {
namespace {

constexpr std::size_t kUdpHeader = 8;
constexpr std::size_t kTeidAt = 4;
constexpr std::size_t kSequenceAt = 8;
constexpr std::size_t kQfiAt = 14;
constexpr std::uint8_t kTcpAckPush = 0x18;

constexpr std::size_t ip_header(bool v6) noexcept { return v6 ? 40 : 20; }

std::uint8_t protocol_number(InnerProtocol protocol, bool v6) noexcept {
  switch (protocol) {
    case InnerProtocol::udp:
      return packet::protocol::kUdp;
    case InnerProtocol::tcp:
      return packet::protocol::kTcp;
    case InnerProtocol::icmp:
      break;
  }
  return v6 ? packet::protocol::kIcmpv6 : packet::protocol::kIcmp;
}

// Where the checksum is in the upper-layer header.
std::size_t checksum_at(InnerProtocol protocol) noexcept {
  return protocol == InnerProtocol::udp ? 6 : protocol == InnerProtocol::tcp ? 16 : 2;
}

IpAddress zero_address(bool v6) noexcept {
  constexpr std::array<std::byte, 16> kZeros{};
  return IpAddress::from(Bytes(kZeros).first(v6 ? 16 : 4));
}

// The [flow]-th host of the other end's prefix.
IpAddress far_address_of(const IpPrefix& far, std::uint32_t flow) noexcept {
  const int bits = (far.address.is_v4() ? 32 : 128) - far.length;
  if (bits <= 0) return far.address;
  const std::uint32_t hosts = bits >= 31 ? UINT32_MAX : (1U << bits) - (bits > 1 ? 2 : 0);
  return ue_address(far, flow % hosts, UINT32_MAX);
}

}  // namespace

FrameTemplate::FrameTemplate(const TrafficPlan& traffic, const OuterStyle& style, std::uint16_t size)
    : style_(style),
      size_(size),
      protocol_(traffic.protocol),
      direction_(traffic.direction),
      plain_(traffic.plain),
      v6_(traffic.inner_version == 6),
      sequence_numbers_(traffic.sequence_numbers && !traffic.plain),
      pdu_session_(traffic.pdu_session.has_value() && !traffic.plain),
      far_(traffic.far),
      first_far_(far_address_of(traffic.far, 0)),
      ue_port_(traffic.ue_port) {
  assert(size >= traffic.smallest_size());
  assert(style.start != FrameStart::payload || (plain_ && protocol_ == InnerProtocol::udp));
  write(traffic);
  add_up(traffic);
}

// The whole frame with zeros where packets differ, then without what comes before its start.
void FrameTemplate::write(const TrafficPlan& traffic) {
  std::vector<std::byte> whole(kEthernetHeader + 40 + kUdpHeader + 64 + size_);
  ByteWriter out(whole);
  const bool wrapped = !plain_;
  write_link_header(out, style_.link, wrapped ? style_.version : traffic.inner_version);
  const std::size_t outer = out.size();
  const IpAddress nobody = zero_address(style_.version == 6);
  if (wrapped) {
    const std::size_t gtp = traffic.gtp_header() + size_;
    write_ip_header(out, nobody, nobody, packet::protocol::kUdp, kUdpHeader + gtp, style_.dscp, style_.df);
    if (style_.version == 4) out.patch(outer + 10, 0, 2);
    out.u32(0);
    out.u16(static_cast<std::uint16_t>(kUdpHeader + gtp));
    out.u16(0);
  }
  const std::size_t gtp = out.size();
  if (wrapped) {
    wire::write_g_pdu_header(out, traffic.g_pdu_options(), size_);
  }
  const std::size_t inner = out.size();
  const IpAddress no_one = zero_address(v6_);
  write_ip_header(out, no_one, no_one, protocol_number(protocol_, v6_), size_ - ip_header(v6_), traffic.inner_dscp,
                  traffic.inner_df);
  if (!v6_) out.patch(inner + 10, 0, 2);
  const std::size_t upper = out.size();
  write_upper(out, traffic);
  const std::size_t stamp = out.size();
  out.zeros(inner + size_ - stamp);
  assert(!out.overflowed());

  std::size_t start = 0;
  switch (style_.start) {
    case FrameStart::link:
      break;
    case FrameStart::network:
      start = outer;
      break;
    case FrameStart::gtp:
      start = gtp;
      break;
    case FrameStart::payload:
      start = stamp;
      break;
  }
  octets_.assign(whole.begin() + static_cast<std::ptrdiff_t>(start),
                 whole.begin() + static_cast<std::ptrdiff_t>(out.size()));
  // Modulo 2^64; a place before the start is never used.
  outer_at_ = outer - start;
  gtp_at_ = gtp - start;
  inner_at_ = inner - start;
  upper_at_ = upper - start;
  stamp_at_ = stamp - start;
}

void FrameTemplate::write_upper(ByteWriter& out, const TrafficPlan& traffic) const noexcept {
  const bool uplink = direction_ == Direction::uplink;
  switch (protocol_) {
    case InnerProtocol::udp:
      out.u16(uplink ? 0 : traffic.far_port);
      out.u16(uplink ? traffic.far_port : 0);
      out.u16(static_cast<std::uint16_t>(size_ - ip_header(v6_)));
      out.u16(0);
      return;
    case InnerProtocol::tcp:
      out.u16(uplink ? 0 : traffic.far_port);
      out.u16(uplink ? traffic.far_port : 0);
      out.u32(0);
      out.u32(1);
      out.u8(0x50);
      out.u8(kTcpAckPush);
      out.u16(0xffff);
      out.u32(0);
      return;
    case InnerProtocol::icmp:
      break;
  }
  out.u8(v6_ ? 128 : 8);  // Echo Request
  out.u8(0);
  out.u16(0);
  out.u32(0);
}

void FrameTemplate::add_up(const TrafficPlan& traffic) noexcept {
  if (style_.start == FrameStart::payload) return;
  const std::byte* octets = octets_.data();
  const std::size_t upper_length = size_ - ip_header(v6_);
  if (!v6_) sums_.ip = sum_words(octets + inner_at_, 20);
  sums_.upper = sum_words(octets + upper_at_, traffic.upper_header());
  if (protocol_ != InnerProtocol::icmp || v6_) sums_.upper += protocol_number(protocol_, v6_) + upper_length;
  if (style_.start == FrameStart::gtp || plain_) return;
  const std::size_t udp = outer_at_ + ip_header(style_.version == 6);
  // All is zeros behind the stamp, and the length of what is before it is even.
  sums_.outer = sum_words(octets + udp, stamp_at_ - udp) + packet::protocol::kUdp + (octets_.size() - udp);
}

IpAddress FrameTemplate::far_address(std::uint32_t flow) const noexcept {
  return flow == 0 ? first_far_ : far_address_of(far_, flow);
}

FrameLayout FrameTemplate::layout() const noexcept {
  return {outer_at_,    gtp_at_,   inner_at_,  upper_at_, upper_at_ + checksum_at(protocol_),
          stamp_at_,    protocol_, direction_, v6_,       sequence_numbers_,
          pdu_session_, ue_port_};
}

void FrameTemplate::fill(std::byte* slot) const noexcept { std::memcpy(slot, octets_.data(), octets_.size()); }

std::uint64_t FrameTemplate::patch_gtp(std::byte* slot, const PacketFields& fields) const noexcept {
  std::byte* gtp = slot + gtp_at_;
  store_u32(gtp + kTeidAt, fields.tunnel.teid);
  std::uint64_t changed = fields.tunnel.teid;
  if (sequence_numbers_) {
    const auto sequence = static_cast<std::uint16_t>(fields.stamp.sequence);
    store_u16(gtp + kSequenceAt, sequence);
    changed += sequence;
  }
  if (pdu_session_) {
    gtp[kQfiAt] = static_cast<std::byte>(fields.tunnel.qfi);
    changed += std::uint64_t{fields.tunnel.qfi} << 8;
  }
  return changed;
}

// Ports, TCP's and ICMP's numbers and the checksum. [sum] is that of addresses and stamp; returns what was written.
std::uint64_t FrameTemplate::patch_upper(std::byte* slot, const PacketFields& fields,
                                         std::uint64_t sum) const noexcept {
  std::byte* upper = slot + upper_at_;
  const auto port = static_cast<std::uint16_t>(ue_port_ + fields.flow);
  std::uint64_t written = port;
  if (protocol_ == InnerProtocol::icmp) {
    const auto sequence = static_cast<std::uint16_t>(fields.stamp.sequence);
    store_u16(upper + 4, port);
    store_u16(upper + 6, sequence);
    written += sequence;
  } else {
    store_u16(upper + (direction_ == Direction::uplink ? 0 : 2), port);
    if (protocol_ == InnerProtocol::tcp) {
      const auto sequence = static_cast<std::uint32_t>(fields.stamp.sequence * (size_ - ip_header(v6_) - 20));
      store_u32(upper + 4, sequence);
      written += sequence;
    }
  }
  sum += sums_.upper + written;
  const std::uint16_t checksum = protocol_ == InnerProtocol::udp ? udp_checksum_of(sum) : checksum_of(sum);
  store_u16(upper + checksum_at(protocol_), checksum);
  return written + checksum;
}

void FrameTemplate::patch_outer(std::byte* slot, const OuterHeader& outer, std::uint64_t changed) const noexcept {
  std::byte* ip = slot + outer_at_;
  const bool v6 = style_.version == 6;
  const std::size_t addresses = v6 ? 8 : 12;
  const std::size_t width = v6 ? 16 : 4;
  std::memcpy(ip + addresses, outer.source.octets().data(), width);
  std::memcpy(ip + addresses + width, outer.destination.octets().data(), width);
  if (!v6) {
    store_u16(ip + 10, 0);
    store_u16(ip + 10, checksum_of(sum_words(ip, 20)));
  }
  std::byte* udp = ip + ip_header(v6);
  store_u16(udp, outer.source_port);
  store_u16(udp + 2, outer.destination_port);
  changed += sums_.outer + outer.source_port + outer.destination_port + sum_words(ip + addresses, 2 * width);
  store_u16(udp + 6, udp_checksum_of(changed));
}

void FrameTemplate::patch(std::byte* slot, const PacketFields& fields) const noexcept {
  std::byte* stamp = slot + stamp_at_;
  write_stamp(stamp, fields.stamp);
  if (style_.start == FrameStart::payload) return;

  std::byte* inner = slot + inner_at_;
  const IpAddress far = far_address(fields.flow);
  const bool uplink = direction_ == Direction::uplink;
  const std::size_t addresses = v6_ ? 8 : 12;
  const std::size_t width = v6_ ? 16 : 4;
  std::memcpy(inner + addresses, (uplink ? fields.tunnel.ue : far).octets().data(), width);
  std::memcpy(inner + addresses + width, (uplink ? far : fields.tunnel.ue).octets().data(), width);
  const std::uint64_t address_sum = sum_words(inner + addresses, 2 * width);
  std::uint64_t changed = address_sum;
  if (!v6_) {
    const std::uint16_t checksum = checksum_of(sums_.ip + address_sum);
    store_u16(inner + 10, checksum);
    changed += checksum;
  }
  const std::uint64_t stamp_sum = sum_words(stamp, kStampLength);
  const bool pseudo = protocol_ != InnerProtocol::icmp || v6_;
  changed += stamp_sum + patch_upper(slot, fields, stamp_sum + (pseudo ? address_sum : 0));
  if (plain_) return;
  changed += patch_gtp(slot, fields);
  if (style_.start == FrameStart::gtp) return;
  patch_outer(slot, *fields.outer, changed);
}

}  // namespace gtp::gen
