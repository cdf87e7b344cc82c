// SPDX-License-Identifier: GPL-2.0-or-later
#include "tests/bench/make_load/capture_builder.hpp"

#include <span>
#include <utility>

#include "libcommon/packet/checksum.hpp"
#include "tests/bench/make_load/user_packet.hpp"

namespace gtp::test {
namespace {

constexpr std::size_t kEthernet = 14;
constexpr std::size_t kUdp = 8;
constexpr std::uint8_t kProtocolUdp = 17;

constexpr std::size_t ip_header_size(const IpAddress& address) noexcept { return address.is_v4() ? 20 : 40; }

// A locally administered address that ends like the IP address.
void write_mac(ByteWriter& out, const IpAddress& address) {
  const Bytes octets = address.octets();
  out.u16(0x0200);
  out.put(octets.last(4));
}

void write_ethernet(ByteWriter& out, const IpAddress& src, const IpAddress& dst) {
  write_mac(out, dst);
  write_mac(out, src);
  out.u16(src.is_v4() ? 0x0800 : 0x86dd);
}

}  // namespace

CaptureBuilder::CaptureBuilder(std::unique_ptr<capture::PacketWriter> writer)
    : writer_(std::move(writer)), payload_(std::span<std::byte>(room_).subspan(kHeadroom)) {
  interface_.snap_length = 262'144;
}

// Writes the header just before the payload; returns its position in room_.
std::size_t CaptureBuilder::write_udp_header(const Endpoint& src, const Endpoint& dst) {
  const std::size_t at = kHeadroom - kUdp;
  const std::size_t length = kUdp + payload_.size();
  ByteWriter out(std::span<std::byte>(room_).subspan(at, kUdp));
  out.u16(src.port);
  out.u16(dst.port);
  out.u16(static_cast<std::uint16_t>(length));
  out.u16(0);
  const Bytes segment = Bytes(room_).subspan(at, length);
  const std::uint16_t sum = packet::upper_layer_checksum(src.address, dst.address, kProtocolUdp, segment);
  out.patch(6, sum == 0 ? 0xffff : sum, 2);
  return at;
}

void CaptureBuilder::udp(const Endpoint& src, const Endpoint& dst) {
  const std::size_t udp_at = write_udp_header(src, dst);
  const std::size_t length = kUdp + payload_.size();
  const std::size_t at = udp_at - ip_header_size(src.address) - kEthernet;
  ByteWriter out(std::span<std::byte>(room_).subspan(at, udp_at - at));
  write_ethernet(out, src.address, dst.address);
  write_ip_header(out, {.src = src.address, .dst = dst.address, .protocol = kProtocolUdp, .id = ++ip_id_}, length);
  write_packet(Bytes(room_).subspan(at, udp_at - at + length));
}

void CaptureBuilder::write_packet(Bytes octets) {
  if (!error_ && payload_.overflowed()) error_ = Error{ErrorCode::failed, 0, "a message does not fit its room", {}};
  if (!error_) {
    capture::RawPacket packet;
    packet.time_ns = time_ns_;
    packet.wire_length = static_cast<std::uint32_t>(octets.size());
    packet.octets = octets;
    if (auto written = writer_->write(packet, interface_); !written) error_ = std::move(written).error();
    ++frames_;
  }
  reset();
}

void CaptureBuilder::reset() { payload_ = ByteWriter(std::span<std::byte>(room_).subspan(kHeadroom)); }

Result<void> CaptureBuilder::finish() {
  if (error_) return *error_;
  return writer_->close();
}

}  // namespace gtp::test
