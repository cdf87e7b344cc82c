// SPDX-License-Identifier: GPL-2.0-or-later
//
// The clause that a fault breaks: the protocols say the same things in different places.
#include "libcommon/wire/fault.hpp"

namespace gtp::wire {
namespace {

// What a clause is about.
enum Subject { header_format, message_length, extension_headers, ie_missing, ie_length, ie_unknown };

constexpr std::string_view kClauses[][kProtocolCount] = {
    // header_format
    {"GSM 09.60, 6", "TS 29.060, 6", "TS 29.281, 5.1", "TS 29.274, 5.1", "TS 32.295, 6.1.1", "TS 29.244, 7.2.2"},
    // message_length
    {"GSM 09.60, 11.1.2", "TS 29.060, 11.1.2", "TS 29.281, 5.1", "TS 29.274, 7.7.3", "TS 32.295, 6.1.1",
     "TS 29.244, 7.6.3"},
    // extension_headers
    {"", "TS 29.060, 6.1", "TS 29.281, 5.2.1", "", "", ""},
    // ie_missing
    {"GSM 09.60, 11.1.5", "TS 29.060, 11.1.5", "TS 29.281, 7", "TS 29.274, 7.7.6", "TS 29.060, 11.1.5",
     "TS 29.244, 7.6.6"},
    // ie_length
    {"GSM 09.60, 11.1.6", "TS 29.060, 11.1.6", "TS 29.281, 8.1", "TS 29.274, 7.7.7", "TS 29.060, 11.1.6",
     "TS 29.244, 7.6.7"},
    // ie_unknown
    {"GSM 09.60, 11.1.9", "TS 29.060, 11.1.9", "TS 29.281, 8.1", "TS 29.274, 7.7.9", "TS 29.060, 11.1.9",
     "TS 29.244, 7.6.9"},
};

}  // namespace

std::string_view clause(Fault fault, Protocol protocol) noexcept {
  const auto of = [protocol](Subject subject) { return kClauses[subject][static_cast<int>(protocol)]; };
  switch (fault) {
    case Fault::reserved_bit:
      return of(header_format);
    case Fault::header_cut:
    case Fault::optional_header_cut:
    case Fault::length_beyond_packet:
    case Fault::trailing_octets:
      return of(message_length);
    case Fault::extension_cut:
    case Fault::extension_zero_length:
    case Fault::extension_missing:
      return of(extension_headers);
    case Fault::mandatory_ie_missing:
      return of(ie_missing);
    case Fault::ie_cut:
    case Fault::ie_header_cut:
    case Fault::ie_value_short:
    case Fault::ie_empty:
    case Fault::ie_type_extension_short:
      return of(ie_length);
    case Fault::ie_unknown_tv:
      return of(ie_unknown);
    default:
      return info(fault).clause;
  }
}

}  // namespace gtp::wire
