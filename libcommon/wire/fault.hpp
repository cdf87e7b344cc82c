// SPDX-License-Identifier: GPL-2.0-or-later
//
// What can be wrong with a message, each with the clause it breaks. Decoders set bits in a FaultSet (a word, no
// allocation); printers and `gtpdump --check` turn them into text through the table.
#pragma once

#include <cstdint>
#include <string_view>

#include "libcommon/wire/protocol.hpp"

namespace gtp::wire {

enum class Fault : std::uint8_t {
  // The header or the message is cut: decoding stopped early.
  header_cut,             // fewer octets than the fixed header has
  optional_header_cut,    // S, E or PN announces four octets that the length leaves out
  extension_cut,          // an extension header runs past the message
  extension_zero_length,  // an extension header of length 0
  extension_missing,      // the next-extension type announces a header that is not there
  length_beyond_packet,   // the length field promises more octets than there are
  captured_short,         // the packet was longer than what was captured (snap length)
  ie_cut,                 // an information element runs past the message or its group
  ie_header_cut,          // type and length octets are not all there
  ie_value_short,         // an element is shorter than its fixed part
  piggyback_missing,      // P=1 and nothing follows
  follow_on_missing,      // PFCP: FO=1 and nothing follows
  inner_malformed,        // the T-PDU's IP header makes no sense
  // Decoding went on.
  ie_unknown_tv,  // unknown TV element: its length cannot be known, the rest is not decoded
  ie_type_extension_short,
  ie_nested_too_deep,
  extensions_too_many,
  layers_too_many,
  piggyback_too_many,
  trailing_octets,             // octets behind the end that the length field names
  reserved_bit,                // a spare bit of the flags octet is not zero
  unexpected_protocol_type,    // PT=0 (GTP') on the user plane port
  inner_length_beyond_packet,  // the inner IP length promises more than the T-PDU has
  ie_empty,                    // an element of length 0 that should have a value
  mandatory_ie_missing,        // set by `gtpdump --check` only (wire/mandatory.hpp)
  count_
};

enum class Severity : std::uint8_t {
  note,       // worth a remark
  violation,  // breaks the specification; decoding went on
  malformed,  // the layer is marked malformed
};

struct FaultInfo {
  Fault fault;
  Severity severity;
  std::string_view key;     // "extension_zero_length"
  std::string_view text;    // "extension header of length 0"
  std::string_view clause;  // "TS 29.281, 5.2.1"
};

const FaultInfo& info(Fault fault) noexcept;
// The clause that a message of [protocol] breaks; empty when there is none. FaultInfo's is that of the protocol in
// which the fault is most often met.
std::string_view clause(Fault fault, Protocol protocol) noexcept;

constexpr std::string_view key(Severity severity) noexcept {
  constexpr std::string_view kKeys[] = {"note", "violation", "malformed"};
  return kKeys[static_cast<int>(severity)];
}

class FaultSet {
 public:
  constexpr void add(Fault fault) noexcept { bits_ |= bit(fault); }
  constexpr void remove(Fault fault) noexcept { bits_ &= ~bit(fault); }
  constexpr bool has(Fault fault) const noexcept { return (bits_ & bit(fault)) != 0; }
  constexpr bool empty() const noexcept { return bits_ == 0; }
  constexpr void merge(FaultSet other) noexcept { bits_ |= other.bits_; }
  // Is any of the faults one that makes the layer malformed?
  bool malformed() const noexcept;
  // Calls fn(const FaultInfo&) for each fault in the order of the enumeration.
  template <typename Fn>
  void each(Fn fn) const {
    for (std::uint64_t rest = bits_; rest != 0; rest &= rest - 1) {
      fn(info(static_cast<Fault>(__builtin_ctzll(rest))));
    }
  }

 private:
  static constexpr std::uint64_t bit(Fault fault) noexcept { return std::uint64_t{1} << static_cast<int>(fault); }
  std::uint64_t bits_ = 0;
};

}  // namespace gtp::wire
