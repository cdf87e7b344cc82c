// SPDX-License-Identifier: GPL-2.0-or-later
#include "libcommon/wire/value/gtpv2_mbms.hpp"

#include <algorithm>

#include "libcommon/wire/value/gtpv2_common.hpp"

namespace gtp::wire::gtpv2 {
namespace {

const FieldInfo kServiceId{"mbms_service_id", "MBMS service ID", nullptr, Format::hex, 6};
const FieldInfo kSeconds{"seconds", "Seconds", nullptr, Format::dec, 0, "s"};
const FieldInfo kDays{"days", "Days"};
const FieldInfo kAreaCount{"area_count", "Number of service area codes"};
const FieldInfo kAreas{"areas", "Service area codes"};
const FieldInfo kArea{"area", "Service area code", nullptr, Format::hex, 4};
const FieldInfo kDistribution{"distribution_address", "IP multicast distribution address"};
const FieldInfo kSource{"source_address", "IP multicast source address"};
const FieldInfo kHeaderCompression{"hc_indicator", "Header compression indicator, 1 is compressed"};
const FieldInfo kFraction{"fraction", "Fraction of a second", nullptr, Format::hex, 8};

// | type (2) | length (6) | address |
bool emit_multicast_address(Cursor& at, FieldSink& out, const FieldInfo& field) {
  std::uint8_t octet = 0;
  if (!take_octet(at, octet)) return false;
  out.begin_object(field, {at.offset() - 1, 1 + std::min<std::size_t>(octet & 0x3f, at.remaining())});
  const bool known = emit_address_by_size(at, out, octet & 0x3f);
  out.end_object();
  return known;
}

}  // namespace

void decode_tmgi(Cursor& value, FieldSink& out) {
  emit_number(value, out, kServiceId, 3);
  emit_plmn(value, out);
}

void decode_mbms_session_duration(Cursor& value, FieldSink& out) {
  const std::size_t from = value.offset();
  const std::uint32_t bits = value.u24();
  if (value.failed()) return;
  out.number(kSeconds, bits >> 7, {from, 3});
  out.number(kDays, bits & 0x7f, {from + 2, 1});
}

void decode_mbms_service_area(Cursor& value, FieldSink& out) {
  // The count is the number of codes less one (TS 48.018).
  std::uint8_t octet = 0;
  if (!take_octet(value, octet)) return;
  const unsigned count = octet + 1U;
  out.number(kAreaCount, count, {value.offset() - 1, 1});
  out.begin_list(kAreas, {value.offset(), value.remaining()});
  for (unsigned i = 0; i < count && !value.failed(); ++i) emit_number(value, out, kArea, 2);
  out.end_list();
}

// | common TEID (4) | distribution address | source address | header compression |
void decode_mbms_ip_distribution(Cursor& value, FieldSink& out) {
  emit_number(value, out, kTeid, 4);
  if (!emit_multicast_address(value, out, kDistribution)) return;
  if (!emit_multicast_address(value, out, kSource)) return;
  emit_number(value, out, kHeaderCompression, 1);
}

void decode_mbms_time_to_transfer(Cursor& value, FieldSink& out) {
  std::uint8_t octet = 0;
  if (take_octet(value, octet)) out.number(kSeconds, octet + 1U, {value.offset() - 1, 1});
}

void decode_mbms_absolute_time(Cursor& value, FieldSink& out) {
  emit_ntp_seconds(value, out, kTimestamp, kTime);
  emit_number(value, out, kFraction, 4);
}

}  // namespace gtp::wire::gtpv2
