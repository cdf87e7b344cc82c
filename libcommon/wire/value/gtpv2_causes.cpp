// SPDX-License-Identifier: GPL-2.0-or-later
#include "libcommon/wire/table/names_gtpv2.hpp"
#include "libcommon/wire/table/names_ran_nas.hpp"
#include "libcommon/wire/value/gtpv2_common.hpp"
#include "libcommon/wire/value/gtpv2_session.hpp"

namespace gtp::wire::gtpv2 {
namespace {

const FieldInfo kProtocolType{"protocol_type", "Protocol type", &names_gtpv2::kRanNasProtocol};
const FieldInfo kCauseType{"cause_type", "Cause type", &names_gtpv2::kFCauseType};

// One field per protocol, so that each value gets the names of its own specification.
const FieldInfo kS1apCauses[] = {{"cause_value", "Cause value", &names_ran_nas::kS1apRadioNetwork},
                                 {"cause_value", "Cause value", &names_ran_nas::kS1apTransport},
                                 {"cause_value", "Cause value", &names_ran_nas::kS1apNas},
                                 {"cause_value", "Cause value", &names_ran_nas::kS1apProtocol},
                                 {"cause_value", "Cause value", &names_ran_nas::kS1apMiscellaneous}};
const FieldInfo kEmmCause{"cause_value", "Cause value", &names_ran_nas::kEmmCause};
const FieldInfo kEsmCause{"cause_value", "Cause value", &names_ran_nas::kEsmCause};
const FieldInfo kDiameterCause{"cause_value", "Cause value", &names_ran_nas::kDiameterTermination};
const FieldInfo kIkev2Cause{"cause_value", "Cause value", &names_ran_nas::kIkev2Notify};
const FieldInfo kCauseValue{"cause_value", "Cause value"};

// As many octets as there are, at most eight.
void emit_value(Cursor& value, FieldSink& out, const FieldInfo& field, std::size_t octets) {
  if (value.remaining() < octets) {
    value.fail();
    return;
  }
  emit_number(value, out, field, static_cast<int>(octets));
}

}  // namespace

// | protocol type (4) | cause type (4), S1AP only | cause value: 1 octet, 2 for Diameter and IKEv2 |
void decode_ran_nas_cause(Cursor& value, FieldSink& out) {
  std::uint8_t octet = 0;
  if (!take_octet(value, octet)) return;
  emit_bits(value, out, kProtocolType, octet, 4, 4);
  const unsigned cause_type = octet & 0xf;
  switch (octet >> 4) {
    case 1:
      emit_bits(value, out, kCauseType, octet, 0, 4);
      return emit_value(value, out, cause_type < std::size(kS1apCauses) ? kS1apCauses[cause_type] : kCauseValue, 1);
    case 2:
      return emit_value(value, out, kEmmCause, 1);
    case 3:
      return emit_value(value, out, kEsmCause, 1);
    case 4:
      return emit_value(value, out, kDiameterCause, 2);
    case 5:
      return emit_value(value, out, kIkev2Cause, 2);
    default:
      emit_rest(value, out, kSpareOctets);
  }
}

// | 0 0 0 0 | cause type (4) | value |. What the value means depends on the instance: RANAP, BSSGP or S1AP. RANAP has
// two octets' worth of causes, the others one.
void decode_f_cause(Cursor& value, FieldSink& out) {
  std::uint8_t octet = 0;
  if (!take_octet(value, octet)) return;
  emit_bits(value, out, kCauseType, octet, 0, 4);
  const std::size_t size = value.remaining();
  if (size == 1 || size == 2) return emit_value(value, out, kCauseValue, size);
  if (size == 0) value.fail();
  emit_rest(value, out, kSpareOctets);
}

}  // namespace gtp::wire::gtpv2
