// SPDX-License-Identifier: GPL-2.0-or-later
#include "libcommon/wire/fault.hpp"

#include <array>
#include <cstddef>

namespace gtp::wire {
namespace {

using enum Severity;

constexpr auto kFaults = std::to_array<FaultInfo>({
    {Fault::header_cut, malformed, "header_cut", "the header is cut", "TS 29.281, 5.1"},
    {Fault::optional_header_cut, malformed, "optional_header_cut",
     "E, S or PN is set and the four octets they announce are missing", "TS 29.281, 5.1"},
    {Fault::extension_cut, malformed, "extension_cut", "an extension header runs past the message", "TS 29.281, 5.2.1"},
    {Fault::extension_zero_length, malformed, "extension_zero_length", "extension header of length 0",
     "TS 29.281, 5.2.1"},
    {Fault::extension_missing, malformed, "extension_missing", "an extension header is announced and the message ends",
     "TS 29.281, 5.2.1"},
    {Fault::length_beyond_packet, violation, "length_beyond_packet",
     "the length field promises more octets than the datagram has", "TS 29.281, 5.1"},
    {Fault::captured_short, note, "captured_short", "the capture cut this packet", ""},
    {Fault::ie_cut, malformed, "ie_cut", "an information element runs past the message", "TS 29.274, 7.7.7"},
    {Fault::ie_header_cut, malformed, "ie_header_cut", "the message ends inside the type and length of an element",
     "TS 29.274, 7.7.7"},
    {Fault::ie_value_short, malformed, "ie_value_short", "an element is shorter than its fixed part",
     "TS 29.274, 7.7.7"},
    {Fault::piggyback_missing, malformed, "piggyback_missing", "P is set and no second message follows",
     "TS 29.274, 5.5.1"},
    {Fault::follow_on_missing, malformed, "follow_on_missing", "FO is set and no second message follows",
     "TS 29.244, 7.2.2"},
    {Fault::inner_malformed, violation, "inner_malformed", "the IP header of the T-PDU makes no sense", ""},
    {Fault::ie_unknown_tv, violation, "ie_unknown_tv",
     "unknown TV element: its length is not known, the rest is not decoded", "TS 29.060, 11.1.9"},
    {Fault::ie_type_extension_short, violation, "ie_type_extension_short",
     "the type-extension element is too short for a type", "TS 29.274, 8.2.1"},
    {Fault::ie_nested_too_deep, violation, "ie_nested_too_deep", "elements are nested too deep to follow", ""},
    {Fault::extensions_too_many, violation, "extensions_too_many", "too many extension headers to follow", ""},
    {Fault::layers_too_many, violation, "layers_too_many", "GTP is nested too deep to follow", ""},
    {Fault::piggyback_too_many, violation, "piggyback_too_many", "more than one piggybacked message",
     "TS 29.274, 5.5.1"},
    {Fault::trailing_octets, note, "trailing_octets", "octets behind the end of the message", "TS 29.281, 5.1"},
    {Fault::reserved_bit, note, "reserved_bit", "a spare bit of the flags is set", "TS 29.281, 5.1"},
    {Fault::unexpected_protocol_type, violation, "unexpected_protocol_type", "PT is 0 (GTP') on a GTP port",
     "TS 29.281, 5.1"},
    {Fault::inner_length_beyond_packet, violation, "inner_length_beyond_packet",
     "the inner IP length promises more octets than the T-PDU has", ""},
    {Fault::ie_empty, violation, "ie_empty", "an element of length 0", "TS 29.274, 7.7.7"},
    {Fault::mandatory_ie_missing, violation, "mandatory_ie_missing", "a mandatory element is missing",
     "TS 29.274, 7.7.6"},
});

constexpr bool in_order() {
  for (std::size_t i = 0; i < kFaults.size(); ++i) {
    if (static_cast<std::size_t>(kFaults[i].fault) != i) return false;
  }
  return kFaults.size() == static_cast<std::size_t>(Fault::count_);
}
static_assert(in_order(), "kFaults lists every Fault in the order of the enumeration");

}  // namespace

const FaultInfo& info(Fault fault) noexcept { return kFaults[static_cast<std::size_t>(fault)]; }

bool FaultSet::malformed() const noexcept {
  bool result = false;
  each([&](const FaultInfo& fault) { result = result || fault.severity == Severity::malformed; });
  return result;
}

}  // namespace gtp::wire
