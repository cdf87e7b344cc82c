// SPDX-License-Identifier: GPL-2.0-or-later
#include "libcommon/wire/table/names_24008.hpp"
#include "libcommon/wire/value/common.hpp"

// Quality of service of a PDP context, TS 24.008, 10.5.6.5, from octet 3 on:
//
//    3 | 0 0 | delay class (3) | reliability class (3) |
//    4 | peak throughput (4) | 0 | precedence class (3) |
//    5 | 0 0 0 | mean throughput (5) |                               the end in GTPv0
//    6 | traffic class (3) | delivery order (2) | erroneous SDU (3) |
//    7 | maximum SDU size |
//    8, 9 | maximum bit rate uplink | downlink |
//   10 | residual BER (4) | SDU error ratio (4) |
//   11 | transfer delay (6) | traffic handling priority (2) |
//   12, 13 | guaranteed bit rate uplink | downlink |
//   14 | 0 0 0 | signalling indication (1) | source statistics descriptor (4) |
//   15 - 22 | extensions of the four bit rates: downlink maximum, guaranteed, uplink maximum, guaranteed; twice |
namespace gtp::wire {
namespace {

const FieldInfo kDelayClass{"delay_class", "Delay class"};
const FieldInfo kReliabilityClass{"reliability_class", "Reliability class"};
const FieldInfo kPeakThroughput{"peak_throughput", "Peak throughput"};
const FieldInfo kPrecedenceClass{"precedence_class", "Precedence class"};
const FieldInfo kMeanThroughput{"mean_throughput", "Mean throughput"};

const FieldInfo kTrafficClass{"traffic_class", "Traffic class", &names_24008::kTrafficClass};
const FieldInfo kDeliveryOrder{"delivery_order", "Delivery order", &names_24008::kDeliveryOrder};
const FieldInfo kErroneousSdu{"delivery_of_erroneous_sdu", "Delivery of erroneous SDU"};
const FieldInfo kMaximumSduSize{"maximum_sdu_size", "Maximum SDU size", nullptr, Format::dec, 0, "octets"};
// The keys end in _code for the readers of gtp-json/1; the values are kbit/s, but for the codes 0 and 255.
const FieldInfo kMbrUplink{
    "maximum_bit_rate_uplink_code", "Maximum bit rate uplink", nullptr, Format::dec, 0, "kbit/s"};
const FieldInfo kMbrDownlink{
    "maximum_bit_rate_downlink_code", "Maximum bit rate downlink", nullptr, Format::dec, 0, "kbit/s"};
const FieldInfo kResidualBer{"residual_ber", "Residual BER"};
const FieldInfo kSduErrorRatio{"sdu_error_ratio", "SDU error ratio"};
const FieldInfo kTransferDelay{"transfer_delay", "Transfer delay code"};
const FieldInfo kHandlingPriority{"traffic_handling_priority", "Traffic handling priority"};
const FieldInfo kGbrUplink{
    "guaranteed_bit_rate_uplink_code", "Guaranteed bit rate uplink", nullptr, Format::dec, 0, "kbit/s"};
const FieldInfo kGbrDownlink{
    "guaranteed_bit_rate_downlink_code", "Guaranteed bit rate downlink", nullptr, Format::dec, 0, "kbit/s"};
const FieldInfo kSignallingIndication{"signalling_indication", "Signalling indication"};
const FieldInfo kSourceStatistics{"source_statistics_descriptor", "Source statistics descriptor"};

// In the order of the octets 15 to 22.
const FieldInfo kExtendedRates[] = {
    {"maximum_bit_rate_downlink_extended", "Maximum bit rate downlink, extended", nullptr, Format::dec, 0, "kbit/s"},
    {"guaranteed_bit_rate_downlink_extended", "Guaranteed bit rate downlink, extended", nullptr, Format::dec, 0,
     "kbit/s"},
    {"maximum_bit_rate_uplink_extended", "Maximum bit rate uplink, extended", nullptr, Format::dec, 0, "kbit/s"},
    {"guaranteed_bit_rate_uplink_extended", "Guaranteed bit rate uplink, extended", nullptr, Format::dec, 0, "kbit/s"},
    {"maximum_bit_rate_downlink_extended_2", "Maximum bit rate downlink, extended-2", nullptr, Format::dec, 0,
     "kbit/s"},
    {"guaranteed_bit_rate_downlink_extended_2", "Guaranteed bit rate downlink, extended-2", nullptr, Format::dec, 0,
     "kbit/s"},
    {"maximum_bit_rate_uplink_extended_2", "Maximum bit rate uplink, extended-2", nullptr, Format::dec, 0, "kbit/s"},
    {"guaranteed_bit_rate_uplink_extended_2", "Guaranteed bit rate uplink, extended-2", nullptr, Format::dec, 0,
     "kbit/s"},
};

// Steps of 1, 8 and 64 kbit/s. 0 (subscribed, reserved) and 255 (0 kbit/s) stay codes.
constexpr std::uint32_t bit_rate(std::uint8_t code) noexcept {
  if (code < 64 || code == 255) return code;
  if (code < 128) return 64U + (code - 64U) * 8U;
  return 576U + (code - 128U) * 64U;
}

// The next octet's steps, 0 when the octet above it holds.
constexpr std::uint32_t extended_bit_rate(std::uint8_t code) noexcept {
  if (code == 0) return 0;
  if (code <= 0x4a) return 8600U + code * 100U;
  if (code <= 0xba) return 16000U + (code - 0x4aU) * 1000U;
  return 128000U + ((code > 0xfa ? 0xfaU : code) - 0xbaU) * 2000U;
}
constexpr std::uint32_t extended_2_bit_rate(std::uint8_t code) noexcept {
  if (code == 0) return 0;
  if (code <= 0x3d) return 256000U + code * 4000U;
  if (code <= 0xa1) return 500000U + (code - 0x3dU) * 10000U;
  return 1500000U + ((code > 0xf6 ? 0xf6U : code) - 0xa1U) * 100000U;
}
static_assert(bit_rate(127) == 568 && bit_rate(254) == 8640);
static_assert(extended_bit_rate(0x4a) == 16000 && extended_bit_rate(0xba) == 128000 &&
              extended_bit_rate(0xfa) == 256000);
static_assert(extended_2_bit_rate(0x3d) == 500000 && extended_2_bit_rate(0xa1) == 1500000 &&
              extended_2_bit_rate(0xf6) == 10000000);

constexpr std::uint32_t sdu_size(std::uint8_t code) noexcept {
  switch (code) {
    case 0x97:
      return 1502;
    case 0x98:
      return 1510;
    case 0x99:
      return 1520;
    default:
      return code <= 0x96 ? code * 10U : code;
  }
}

void emit_rate(Cursor& at, FieldSink& out, const FieldInfo& field) {
  const std::uint8_t code = at.u8();
  if (!at.failed()) out.number(field, bit_rate(code), {at.offset() - 1, 1});
}

// Octets 6 to 13 come together.
void emit_release_99(Cursor& at, FieldSink& out) {
  std::uint8_t octet = at.u8();
  if (at.failed()) return;
  emit_bits(at, out, kTrafficClass, octet, 5, 3);
  emit_bits(at, out, kDeliveryOrder, octet, 3, 2);
  emit_bits(at, out, kErroneousSdu, octet, 0, 3);
  octet = at.u8();
  if (at.failed()) return;
  out.number(kMaximumSduSize, sdu_size(octet), {at.offset() - 1, 1});
  emit_rate(at, out, kMbrUplink);
  emit_rate(at, out, kMbrDownlink);
  octet = at.u8();
  if (at.failed()) return;
  emit_bits(at, out, kResidualBer, octet, 4, 4);
  emit_bits(at, out, kSduErrorRatio, octet, 0, 4);
  octet = at.u8();
  if (at.failed()) return;
  emit_bits(at, out, kTransferDelay, octet, 2, 6);
  emit_bits(at, out, kHandlingPriority, octet, 0, 2);
  emit_rate(at, out, kGbrUplink);
  emit_rate(at, out, kGbrDownlink);
}

}  // namespace

void emit_qos_24008(Cursor& at, FieldSink& out) {
  std::uint8_t octet = at.u8();
  if (at.failed()) return;
  emit_bits(at, out, kDelayClass, octet, 3, 3);
  emit_bits(at, out, kReliabilityClass, octet, 0, 3);
  octet = at.u8();
  if (at.failed()) return;
  emit_bits(at, out, kPeakThroughput, octet, 4, 4);
  emit_bits(at, out, kPrecedenceClass, octet, 0, 3);
  octet = at.u8();
  if (at.failed()) return;
  emit_bits(at, out, kMeanThroughput, octet, 0, 5);

  if (at.empty()) return;
  emit_release_99(at, out);
  if (at.empty()) return;
  octet = at.u8();
  emit_bits(at, out, kSignallingIndication, octet, 4, 1);
  emit_bits(at, out, kSourceStatistics, octet, 0, 4);
  int index = 0;
  for (const FieldInfo& field : kExtendedRates) {
    if (at.empty()) return;
    octet = at.u8();
    const std::uint32_t rate = index++ < 4 ? extended_bit_rate(octet) : extended_2_bit_rate(octet);
    out.number(field, rate, {at.offset() - 1, 1});
  }
}

}  // namespace gtp::wire
