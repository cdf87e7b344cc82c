// SPDX-License-Identifier: GPL-2.0-or-later
//
// How decoded values leave the wire layer.
//
// A value decoder walks the octets of one information element and hands each field to a FieldSink, in the order of the
// octets. It builds no tree and allocates nothing; what becomes of the field (a JSON member, a line of the tree, an
// operand of a filter, a column) is the sink's business. A FieldInfo is a constant that describes the field once for
// all of them; sinks may compare FieldInfo addresses.
//
// Lifetime: a sink must copy what it keeps; text and octets point into the packet.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "libcommon/util/bytes.hpp"
#include "libcommon/util/ip.hpp"
#include "libcommon/wire/names.hpp"

namespace gtp::wire {

// How people want to read the number; machine output is always a plain integer.
enum class Format : std::uint8_t { dec, hex };

struct FieldInfo {
  std::string_view key;              // gtp-json/1 key: "restart_counter"
  std::string_view label;            // the specification's words: "Restart counter"
  const NameTable* names = nullptr;  // what the values are called
  Format format = Format::dec;
  std::uint8_t digits = 0;     // hexadecimal digits to show, 0 = as many as needed
  std::string_view unit = {};  // "kbit/s", "s"
};

// Octets [offset, offset + length) of the packet.
struct Range {
  std::size_t offset = 0;
  std::size_t length = 0;
};

// One named bit of a flags field. [octet] counts from 0, [bit] from 1 (least significant) to 8, as 3GPP draws them.
struct FlagBit {
  std::uint8_t octet;
  std::uint8_t bit;
  std::string_view key;   // lower-case abbreviation: "daf"
  std::string_view name;  // "Dual Address Bearer Flag"
};

class FieldSink {
 public:
  virtual void number(const FieldInfo& field, std::uint64_t value, Range where) = 0;
  // Text as it is on the wire or decoded from it (digits, names). Untrusted: the sink escapes it.
  virtual void text(const FieldInfo& field, std::string_view value, Range where) = 0;
  virtual void address(const FieldInfo& field, const IpAddress& value, Range where) = 0;
  // Opaque octets; shown as hexadecimal.
  virtual void octets(const FieldInfo& field, Bytes value, Range where) = 0;
  // The bits of [octets] that are set, by [table]. Octets that are not there count as zero.
  virtual void flags(const FieldInfo& field, std::span<const FlagBit> table, Bytes octets, Range where) = 0;

  // An object or a list of values. Inside a list, every number/text/object is one element and keys are not shown.
  virtual void begin_object(const FieldInfo& field, Range where) = 0;
  virtual void end_object() = 0;
  virtual void begin_list(const FieldInfo& field, Range where) = 0;
  virtual void end_list() = 0;

  // A remark on this value: "address flags V4 and V6 are both zero". Fixed text, never from the wire.
  virtual void note(std::string_view text) = 0;

 protected:
  ~FieldSink() = default;
};

// Decodes the value of one information element. It reads only through [value]; when that ends failed(), an octet was
// missing and the caller reports the element as cut. Octets that are left over are no fault (later releases append).
using ValueDecoder = void (*)(Cursor& value, FieldSink& out);

}  // namespace gtp::wire
