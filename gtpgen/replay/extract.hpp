// SPDX-License-Identifier: GPL-2.0-or-later
//
// From a packet of a capture to the GTP-U message, or the IP packet to put into one, that is sent again. What cannot be
// sent as it was, is not sent: a packet that the capture cut would be another packet.
//
// Outer fragments are put together. One thread.
#pragma once

#include <cstdint>

#include "libcommon/capture/source.hpp"
#include "libcommon/packet/decoder.hpp"
#include "libcommon/packet/reassembler.hpp"

namespace gtp::gen::replay {

enum class Wanted : std::uint8_t {
  g_pdu,  // G-PDUs
  gtp_u,  // every GTP-U message: Echo, Error Indication, End Marker too
  ip,     // IP packets, whatever they carry, to be encapsulated
};

// Why a packet of the file is not sent.
enum class Skip : std::uint8_t { none, other, cut, fragment, malformed };

class Extractor {
 public:
  explicit Extractor(Wanted wanted) : wanted_(wanted) {}

  struct Out {
    Skip skip = Skip::other;
    Bytes octets;           // the message, or the IP packet
    std::size_t inner = 0;  // offset of the T-PDU in the message; 0: there is none
  };
  // The octets live until the next call, at least as long as the packet's.
  Out extract(const capture::RawPacket& packet);

  // Fragments of datagrams that never became whole, so far.
  std::uint64_t incomplete() const noexcept { return reassembler_.pending() + reassembler_.dropped(); }

 private:
  Out extract_message();
  Out extract_ip(const capture::RawPacket& packet);

  Wanted wanted_;
  packet::Decoder decoder_;
  packet::Reassembler reassembler_;
  packet::Reassembled reassembled_;
  packet::Packet decoded_;
};

}  // namespace gtp::gen::replay
