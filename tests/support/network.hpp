// SPDX-License-Identifier: GPL-2.0-or-later
//
// What fixtures are made of: messages, the UDP and IP around them with right checksums, and the capture they go to.
//
//   FixtureFile file(*writer);
//   file.add(datagram(kMme, kSgw, 2123, 2123, message(wire::gtpv2_header(32, 0, 1), [](auto& m) { … })));
//
// The same octets and times on every run: goldens depend on it.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "libcommon/capture/writer.hpp"
#include "libcommon/wire/encode/message_writer.hpp"
#include "tests/support/frame_builder.hpp"

namespace gtp::test {

inline Octets to_octets(Bytes octets) { return {octets.begin(), octets.end()}; }

template <typename Fill>
Octets message(const wire::Header& header, Fill fill) {
  std::array<std::byte, 4096> room;
  ByteWriter out(room);
  wire::MessageWriter writer(out, header);
  fill(writer);
  writer.finish();
  return to_octets(out.view());
}
inline Octets message(const wire::Header& header) {
  return message(header, [](wire::MessageWriter&) {});
}
// What one of the write_* functions of wire/encode/gtpu.hpp writes.
template <typename Write>
Octets written(Write write) {
  std::array<std::byte, 256> room;
  ByteWriter out(room);
  write(out);
  return to_octets(out.view());
}

// An IP packet; IPv4 or IPv6 by the addresses. [id] and [fragment] (flags and offset as in the header) are IPv4's.
Octets ip_packet(std::string_view src, std::string_view dst, std::uint8_t protocol, const Octets& payload,
                 std::uint16_t id = 0, std::uint16_t fragment = 0);
Octets udp_segment(std::string_view src, std::string_view dst, std::uint16_t src_port, std::uint16_t dst_port,
                   const Octets& payload);
Octets udp_packet(std::string_view src, std::string_view dst, std::uint16_t src_port, std::uint16_t dst_port,
                  const Octets& payload);
Octets tcp_packet(std::string_view src, std::string_view dst, std::uint16_t src_port, std::uint16_t dst_port,
                  std::uint8_t flags, const Octets& payload);
Octets icmp_echo(std::string_view src, std::string_view dst, bool reply, std::uint16_t sequence);
Octets ethernet_frame(const Octets& ip);

// A datagram between two nodes, as an Ethernet frame. Both ports are the protocol's own.
inline Octets datagram(std::string_view src, std::string_view dst, std::uint16_t port, const Octets& payload) {
  return ethernet_frame(udp_packet(src, dst, port, port, payload));
}

class FixtureFile {
 public:
  explicit FixtureFile(capture::PacketWriter& writer) : writer_(writer) {}

  // Appends a frame, [gap_us] after the one before.
  void add(const Octets& frame, std::uint64_t gap_us = 1000) { add_cut(frame, frame.size(), gap_us); }
  // Of which only [captured] octets were captured.
  void add_cut(const Octets& frame, std::size_t captured, std::uint64_t gap_us = 1000);
  // The first thing that went wrong.
  const Result<void>& result() const noexcept { return result_; }

 private:
  capture::PacketWriter& writer_;
  Result<void> result_;
  std::uint64_t time_ns_ = 1'760'000'000'000'000'000;  // 2025-10-09 08:53:20 UTC
};

// The fixtures; each is a list of frames that says what is in it.
void make_demo(FixtureFile& file);
void make_bad(FixtureFile& file);
void make_fragments(FixtureFile& file);
// Parts of demo.
void add_5g(FixtureFile& file);
void add_2g(FixtureFile& file);

}  // namespace gtp::test
