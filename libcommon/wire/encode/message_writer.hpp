// SPDX-License-Identifier: GPL-2.0-or-later
//
// MessageWriter: builds a message of any of the protocols, element by element, with all lengths filled in.
//
//   ByteWriter out(room);
//   MessageWriter message(out, gtpv2_header(32, 0, 77));
//   message.digits(1, "001010123456789");            // IMSI
//   message.begin(93);                               // Bearer Context, a group
//   message.number(73, 5, 1);                        // EBI 5
//   message.end();
//   message.finish();
//
// Elements are framed as wire/ie.hpp draws them. It writes what it is told: numbers and values are the caller's, so
// that tests can make wrong messages too. Groups nest to kMaxOpen. Nothing allocates; whatever does not fit shows as
// out.overflowed().
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "libcommon/util/byte_writer.hpp"
#include "libcommon/util/ip.hpp"
#include "libcommon/wire/encode/header.hpp"
#include "libcommon/wire/protocol.hpp"

namespace gtp::wire {

class MessageWriter {
 public:
  static constexpr int kMaxOpen = 64;

  // Writes the header; its length field is set by finish().
  MessageWriter(ByteWriter& out, const Header& header) noexcept : out_(out), header_(header), start_(out.size()) {
    write_header(out_, header_);
  }

  // Opens an element; what is written to value() until end() is its value. [instance] is GTPv2's.
  void begin(std::uint16_t type, std::uint8_t instance = 0) noexcept;
  // Opens a vendor's PFCP element.
  void begin_vendor(std::uint16_t type, std::uint16_t enterprise_id) noexcept;
  ByteWriter& value() noexcept { return out_; }
  void end() noexcept;

  // Whole elements.
  void octets(std::uint16_t type, Bytes value, std::uint8_t instance = 0) noexcept;
  void number(std::uint16_t type, std::uint64_t value, std::size_t octets, std::uint8_t instance = 0) noexcept;
  // TBCD, low nibble first, 0xF as the filler; at least [least] octets (GTPv1's IMSI has 8).
  void digits(std::uint16_t type, std::string_view digits, std::uint8_t instance = 0, std::size_t least = 0) noexcept;
  // A dotted name as length-prefixed labels.
  void name(std::uint16_t type, std::string_view dotted, std::uint8_t instance = 0) noexcept;
  void address(std::uint16_t type, const IpAddress& address, std::uint8_t instance = 0) noexcept;

  // Closes what is open and sets the message's length.
  void finish() noexcept;

 private:
  // Where the length of an open element stands, and of how many octets it is; 0 for TV, which has none.
  struct Open {
    std::size_t length_at = 0;
    std::uint8_t length_octets = 0;
    std::size_t value_at = 0;
  };

  ByteWriter& out_;
  Header header_;
  std::size_t start_;
  std::array<Open, kMaxOpen> open_{};
  int depth_ = 0;
};

}  // namespace gtp::wire
