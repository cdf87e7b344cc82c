// SPDX-License-Identifier: GPL-2.0-or-later
//
// Information elements: how each protocol frames them, and the catalogue that says what each type is.
//
//   GTPv0, GTPv1-C, GTP'   type < 128: | type | value of a fixed length |                (TV)
//                          type >= 128: | type | length (2) | value |                     (TLV; type 141: length (1))
//   GTPv2-C                | type | length (2) | spare, instance | value |
//   PFCP                   | type (2) | length (2) | [enterprise id (2) when type >= 32768] | value |
//
// An IeWalker steps over one level; visit_message() walks all of them, groups included, into a MessageSink.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "libcommon/util/bytes.hpp"
#include "libcommon/wire/fault.hpp"
#include "libcommon/wire/field.hpp"
#include "libcommon/wire/header.hpp"
#include "libcommon/wire/protocol.hpp"

namespace gtp::wire {

// Groups inside groups are followed to this depth; deeper ones are shown as octets (Fault::ie_nested_too_deep).
inline constexpr int kMaxIeDepth = 8;

struct IeInfo {
  std::uint16_t type;
  std::int16_t fixed_length;      // octets of the value of a TV element; -1 for TLV
  bool grouped;                   // the value is a list of elements
  std::string_view key;           // gtp-json/1 name: "f_teid"
  std::string_view name;          // the specification's name: "Fully Qualified Tunnel Endpoint Identifier (F-TEID)"
  std::string_view clause;        // "TS 29.274, 8.22"
  ValueDecoder decode = nullptr;  // null: octets only
  // A value of at least so many octets is never too short for `decode`; 0: only decoding tells.
  std::uint8_t enough_octets = 0;
};

struct MessageInfo {
  std::uint8_t type;
  std::uint8_t response_type;  // the type that answers this request, 0 when there is none
  enum class Kind : std::uint8_t { request, response, notification, command, other } kind;
  std::string_view key;   // "create_session_request"
  std::string_view name;  // "Create Session Request"
  std::string_view clause;
};

// The element and message tables of a protocol, sorted by type. GTPv1-U uses GTPv1-C's elements.
std::span<const IeInfo> ie_table(Protocol protocol) noexcept;
std::span<const MessageInfo> message_table(Protocol protocol) noexcept;
// Null when the type is not known.
const IeInfo* find_ie(Protocol protocol, std::uint16_t type) noexcept;
const MessageInfo* find_message(Protocol protocol, std::uint8_t type) noexcept;

struct Ie {
  std::uint16_t type = 0;
  std::uint8_t instance = 0;        // GTPv2 only
  std::uint16_t length = 0;         // as sent; the fixed length for TV
  bool has_type = false;            // always, except for PFCP's two octets at the very end
  bool has_length = false;          // the length octets were there, or the type is a known TV
  bool cut = false;                 // the value is not all there; [value] has what is
  std::uint16_t enterprise_id = 0;  // PFCP vendor-specific elements
  std::size_t offset = 0;           // of the type octet, in the packet
  Bytes value;
  std::size_t value_offset = 0;  // of the first octet of the value, in the packet
  const IeInfo* info = nullptr;  // null: unknown type
};

class IeWalker {
 public:
  // [ies] are the octets of one level, [base] their offset in the packet.
  IeWalker(Protocol protocol, Bytes ies, std::size_t base) noexcept : protocol_(protocol), ies_(ies), base_(base) {}

  // The next element; false at the end. An element that runs past the end comes once, with [cut], and ends the walk;
  // so does a TV element of unknown type, whose end nobody knows.
  bool next(Ie& out) noexcept;
  FaultSet faults() const noexcept { return faults_; }

 private:
  // Each reads what precedes the value into [out]; false when the walk cannot go on behind it.
  bool read_tv_or_tlv(Cursor& at, Ie& out) noexcept;
  bool read_gtpv2(Cursor& at, Ie& out) noexcept;
  bool read_pfcp(Cursor& at, Ie& out) noexcept;
  static bool give_up(const Cursor& at, Ie& out) noexcept;
  void finish(Ie& ie) noexcept;

  Protocol protocol_;
  Bytes ies_;
  std::size_t base_;
  std::size_t at_ = 0;
  FaultSet faults_;
};

// Receives a message: elements in order, their fields between begin_ie and end_ie, groups nested.
class MessageSink : public FieldSink {
 public:
  virtual void begin_ie(const Ie& ie) = 0;
  // [short_value]: the value ended before its fixed part did.
  virtual void end_ie(const Ie& ie, bool short_value) = 0;
  // Does the sink want this element? One that it does not want is stepped over, with all that is inside; filters and
  // columns skip what they do not need.
  virtual bool wants(const Ie&) { return true; }
  // Does it want the fields of this element? If not, it is still announced, and decoded only where that is needed to
  // know whether the value is whole.
  virtual bool wants_fields(const Ie&) { return true; }

 protected:
  ~MessageSink() = default;
};

// Walks the elements of a message. [message] is the datagram from its first header octet, [base] that octet's offset
// in the packet. Returns the faults met on the way (the header's own are in header.faults). A bad element costs itself:
// one that runs past its group ends the group, and the message goes on behind it. Elements of length 0 and of unknown
// type are announced (begin_ie, end_ie) without fields.
FaultSet visit_message(const Header& header, Bytes message, std::size_t base, MessageSink& sink);

}  // namespace gtp::wire
