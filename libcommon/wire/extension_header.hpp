// SPDX-License-Identifier: GPL-2.0-or-later
//
// GTPv1 extension headers (TS 29.281, 5.2): a chain of
//
//   | length in units of 4 octets | content (4 * length - 2 octets) | type of the next header |
//
// whose first type stands in octet 12 of the GTP header.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "libcommon/util/bytes.hpp"
#include "libcommon/wire/fault.hpp"
#include "libcommon/wire/field.hpp"

namespace gtp::wire {

inline constexpr std::uint8_t kExtensionUdpPort = 0x40;
inline constexpr std::uint8_t kExtensionPduSessionContainer = 0x85;
inline constexpr std::uint8_t kExtensionPdcpPduNumber = 0xc0;

// A walk stops here; a longer chain is Fault::extensions_too_many.
inline constexpr int kMaxExtensionHeaders = 64;

// What a receiver that does not know the header must do (bits 8 and 7 of the type, TS 29.281, 5.2.1).
enum class Comprehension : std::uint8_t {
  not_required_forward,
  not_required_discard,
  receiver_required,
  endpoint_required,
};
constexpr Comprehension comprehension(std::uint8_t type) noexcept { return static_cast<Comprehension>(type >> 6); }

struct ExtensionInfo {
  std::uint8_t type;
  std::string_view key;   // "pdu_session_container"
  std::string_view name;  // "PDU Session Container"
  std::string_view clause;
  ValueDecoder decode;  // fields of the content; null when it is opaque
};

std::span<const ExtensionInfo> extension_table() noexcept;
const ExtensionInfo* find_extension(std::uint8_t type) noexcept;

struct ExtensionHeader {
  std::uint8_t type = 0;
  bool has_length = false;
  std::uint16_t length = 0;  // octets, with the length and next-type octets, as sent
  std::size_t offset = 0;    // of the length octet, in the datagram
  Bytes content;             // what is there between the length and the next-type octet
};

// Walks a chain. [message] is the datagram up to the end of the message, [offset] the first length octet.
class ExtensionWalker {
 public:
  ExtensionWalker(Bytes message, std::size_t offset, std::uint8_t first_type) noexcept
      : message_(message), offset_(offset), type_(first_type) {}

  // The next header, or false at the end of the chain or at a fault.
  bool next(ExtensionHeader& out) noexcept;
  // Behind the last header that was whole.
  std::size_t offset() const noexcept { return offset_; }
  FaultSet faults() const noexcept { return faults_; }

 private:
  Bytes message_;
  std::size_t offset_;
  std::uint8_t type_;
  int count_ = 0;
  FaultSet faults_;
};

// The two fields of a PDU Session Container that every G-PDU line shows (TS 38.415, 5.5.2). [content] as above.
struct PduSessionTag {
  std::uint8_t pdu_type = 0;  // 0 downlink, 1 uplink
  std::uint8_t qfi = 0;
};
bool read_pdu_session_tag(Bytes content, PduSessionTag& out) noexcept;

}  // namespace gtp::wire
