// SPDX-License-Identifier: GPL-2.0-or-later
//
// CaptureBuilder: a pcap file of Ethernet frames, written one by one with right lengths and checksums.
//
//   CaptureBuilder capture(std::move(writer));
//   wire::write_echo_request(capture.payload(), 1);
//   capture.udp({gnb, 2152}, {upf, 2152});
//   Result<void> done = capture.finish();
//
// The payload is written first, behind room for the headers. The clock starts at a fixed time and only advance() moves
// it, so the same calls give the same file. The first failure is kept and finish() returns it. One thread.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>

#include "libcommon/capture/writer.hpp"
#include "libcommon/util/byte_writer.hpp"
#include "libcommon/util/ip.hpp"

namespace gtp::test {

struct Endpoint {
  IpAddress address;
  std::uint16_t port = 0;
};

class CaptureBuilder {
 public:
  explicit CaptureBuilder(std::unique_ptr<capture::PacketWriter> writer);

  // Empty after each frame.
  ByteWriter& payload() noexcept { return payload_; }
  // Sends the payload as one datagram.
  void udp(const Endpoint& src, const Endpoint& dst);
  void advance(std::uint64_t nanoseconds) noexcept { time_ns_ += nanoseconds; }
  std::uint64_t frames() const noexcept { return frames_; }
  Result<void> finish();

 private:
  static constexpr std::size_t kHeadroom = 14 + 40 + 8;  // Ethernet, IPv6, UDP
  static constexpr std::size_t kRoom = 65536;

  std::size_t write_udp_header(const Endpoint& src, const Endpoint& dst);
  void write_packet(Bytes octets);
  void reset();

  std::unique_ptr<capture::PacketWriter> writer_;
  std::array<std::byte, kHeadroom + kRoom> room_{};
  ByteWriter payload_;
  capture::Interface interface_;
  std::optional<Error> error_;
  std::uint64_t time_ns_ = 1'767'225'600'000'000'000;  // 2026-01-01 00:00:00 UTC
  std::uint64_t frames_ = 0;
  std::uint16_t ip_id_ = 0;
};

}  // namespace gtp::test
