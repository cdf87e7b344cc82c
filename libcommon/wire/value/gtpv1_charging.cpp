// SPDX-License-Identifier: GPL-2.0-or-later
#include "libcommon/wire/value/gtpv1_charging.hpp"

#include "libcommon/wire/value/common.hpp"

namespace gtp::wire::gtpv1 {
namespace {

constexpr FieldInfo kChargingTypes{"charging_types", "Charging types"};
constexpr FieldInfo kProprietary{"proprietary", "Proprietary value"};

constexpr FlagBit kTypes[] = {
    {0, 4, "normal", "Normal charging"},
    {0, 3, "prepaid", "Prepaid charging"},
    {0, 2, "flat_rate", "Flat rate charging"},
    {0, 1, "hot_billing", "Hot billing"},
};

}  // namespace

void decode_charging_characteristics(Cursor& value, FieldSink& out) {
  Cursor again = value;
  emit_number(value, out, kChargingCharacteristics, 2);
  if (!value.failed()) out.flags(kChargingTypes, kTypes, again.take(1), {value.offset() - 2, 1});
}

void decode_private_extension(Cursor& value, FieldSink& out) {
  emit_number(value, out, kEnterpriseId, 2);
  emit_rest(value, out, kProprietary);
}

}  // namespace gtp::wire::gtpv1
