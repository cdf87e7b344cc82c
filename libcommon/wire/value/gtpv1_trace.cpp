// SPDX-License-Identifier: GPL-2.0-or-later
#include "libcommon/wire/value/gtpv1_trace.hpp"

#include <span>

#include "libcommon/wire/table/names_gtpv1.hpp"
#include "libcommon/wire/value/common.hpp"

namespace gtp::wire::gtpv1 {
namespace {

constexpr FieldInfo kTraceReference2{"trace_reference_2", "Trace reference 2", nullptr, Format::hex, 6};
constexpr FieldInfo kSessionReference{"trace_recording_session_reference", "Trace recording session reference", nullptr,
                                      Format::hex, 4};
constexpr FieldInfo kTriggers{"triggering_events", "Triggering events"};
constexpr FieldInfo kTraceDepth{"trace_depth", "Trace depth", &names_gtpv1::kTraceDepth};
constexpr FieldInfo kInterfaces{"interfaces", "List of interfaces"};
constexpr FieldInfo kActivityControl{"trace_activity_control", "Trace activity control",
                                     &names_gtpv1::kTraceActivityControl};

constexpr FlagBit kGgsnTriggers[] = {{0, 1, "pdp_context", "PDP context"}, {0, 2, "mbms_context", "MBMS context"}};
constexpr FlagBit kGgsnInterfaces[] = {{0, 1, "gn", "Gn"}, {0, 2, "gi", "Gi"}, {0, 3, "gmb", "Gmb"}};
constexpr FlagBit kBmScTriggers[] = {{0, 1, "mbms_activation", "MBMS multicast service activation"}};
constexpr FlagBit kBmScInterfaces[] = {{0, 1, "gmb", "Gmb"}};

void emit_bit_list(Cursor& at, FieldSink& out, const FieldInfo& field, std::span<const FlagBit> table) {
  const std::size_t from = at.offset();
  const Bytes octet = at.take(1);
  if (!octet.empty()) out.flags(field, table, octet, {from, 1});
}

void emit_trace(Cursor& at, FieldSink& out, std::span<const FlagBit> triggers, std::span<const FlagBit> interfaces) {
  emit_number(at, out, kTraceReference2, 3);
  emit_number(at, out, kSessionReference, 2);
  emit_bit_list(at, out, kTriggers, triggers);
  emit_number(at, out, kTraceDepth, 1);
  emit_bit_list(at, out, kInterfaces, interfaces);
}

}  // namespace

void decode_additional_trace_info(Cursor& value, FieldSink& out) {
  emit_trace(value, out, kGgsnTriggers, kGgsnInterfaces);
  emit_number(value, out, kActivityControl, 1);
}

void decode_additional_mbms_trace_info(Cursor& value, FieldSink& out) {
  emit_trace(value, out, kBmScTriggers, kBmScInterfaces);
  if (!value.failed() && !value.empty()) emit_number(value, out, kActivityControl, 1);
}

}  // namespace gtp::wire::gtpv1
