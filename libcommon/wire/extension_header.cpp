// SPDX-License-Identifier: GPL-2.0-or-later
#include "libcommon/wire/extension_header.hpp"

#include <algorithm>
#include <array>

#include "libcommon/wire/extension_decode.hpp"

namespace gtp::wire {
namespace {

constexpr auto kExtensions = std::to_array<ExtensionInfo>({
    {0x00, "none", "No more extension headers", "TS 29.281, 5.2.1", nullptr},
    {0x01, "mbms_support_indication", "MBMS support indication", "TS 29.060, 6.1.2", nullptr},
    {0x02, "ms_info_change_reporting_support_indication", "MS Info Change Reporting support indication",
     "TS 29.060, 6.1.5", nullptr},
    {0x03, "long_pdcp_pdu_number_0x03", "Long PDCP PDU Number", "TS 29.281, 5.2.2.2A", decode_long_pdcp_pdu_number},
    {0x20, "service_class_indicator", "Service Class Indicator", "TS 29.281, 5.2.2.3", decode_service_class_indicator},
    {0x40, "udp_port", "UDP Port", "TS 29.281, 5.2.2.1", decode_udp_port},
    {0x81, "ran_container", "RAN Container", "TS 29.281, 5.2.2.4", decode_ran_container},
    {0x82, "long_pdcp_pdu_number", "Long PDCP PDU Number", "TS 29.281, 5.2.2.2A", decode_long_pdcp_pdu_number},
    {0x83, "xw_ran_container", "Xw RAN Container", "TS 29.281, 5.2.2.5", decode_xw_ran_container},
    {0x84, "nr_ran_container", "NR RAN Container", "TS 29.281, 5.2.2.6", decode_nr_ran_container},
    {0x85, "pdu_session_container", "PDU Session Container", "TS 29.281, 5.2.2.7", decode_pdu_session_container},
    {0xc0, "pdcp_pdu_number", "PDCP PDU Number", "TS 29.281, 5.2.2.2", decode_pdcp_pdu_number},
    {0xc1, "suspend_request", "Suspend Request", "TS 29.060, 6.1.3", nullptr},
    {0xc2, "suspend_response", "Suspend Response", "TS 29.060, 6.1.4", nullptr},
});
static_assert(std::ranges::is_sorted(kExtensions, std::ranges::less_equal{}, &ExtensionInfo::type));

}  // namespace

std::span<const ExtensionInfo> extension_table() noexcept { return kExtensions; }

const ExtensionInfo* find_extension(std::uint8_t type) noexcept {
  const auto* row = std::ranges::lower_bound(kExtensions, type, {}, &ExtensionInfo::type);
  return row != kExtensions.end() && row->type == type ? row : nullptr;
}

bool ExtensionWalker::next(ExtensionHeader& out) noexcept {
  if (type_ == 0 || !faults_.empty()) return false;
  if (count_ == kMaxExtensionHeaders) {
    faults_.add(Fault::extensions_too_many);
    return false;
  }
  if (offset_ >= message_.size()) {
    faults_.add(Fault::extension_missing);
    return false;
  }
  ++count_;
  out = {};
  out.type = type_;
  out.offset = offset_;
  out.has_length = true;
  out.length = static_cast<std::uint16_t>(4 * load_u8(message_.data() + offset_));
  if (out.length == 0) {
    faults_.add(Fault::extension_zero_length);
    return true;
  }
  const std::size_t content_length = out.length - std::size_t{2};
  out.content = slice(message_, offset_ + 1, content_length);
  if (out.length > message_.size() - offset_) {
    faults_.add(Fault::extension_cut);
    return true;
  }
  type_ = load_u8(message_.data() + offset_ + 1 + content_length);
  offset_ += out.length;
  return true;
}

bool read_pdu_session_tag(Bytes content, PduSessionTag& out) noexcept {
  if (content.size() < 2) return false;
  out.pdu_type = static_cast<std::uint8_t>(load_u8(content.data()) >> 4);
  out.qfi = static_cast<std::uint8_t>(load_u8(content.data() + 1) & 0x3f);
  return true;
}

}  // namespace gtp::wire
