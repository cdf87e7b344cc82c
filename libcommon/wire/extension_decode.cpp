// SPDX-License-Identifier: GPL-2.0-or-later
#include "libcommon/wire/extension_decode.hpp"

#include <array>

#include "libcommon/wire/value/common.hpp"

namespace gtp::wire {
namespace {

constexpr auto kPduTypeRows = std::to_array<NameRow>({
    {0, "DL PDU SESSION INFORMATION"},
    {1, "UL PDU SESSION INFORMATION"},
});
constexpr NameTable kPduTypeNames{"pdu_session_pdu_type", "TS 38.415, 5.5.3.1", kPduTypeRows};

constexpr FieldInfo kPduType{"pdu_type", "PDU Type", &kPduTypeNames};
constexpr FieldInfo kQmp{"qmp", "QoS Monitoring Packet (QMP)"};
constexpr FieldInfo kSnp{"snp", "Sequence Number Presence (SNP)"};
constexpr FieldInfo kMsnp{"msnp", "MBS Sequence Number Presence (MSNP)"};
constexpr FieldInfo kPpp{"ppp", "Paging Policy Presence (PPP)"};
constexpr FieldInfo kRqi{"rqi", "Reflective QoS Indicator (RQI)"};
constexpr FieldInfo kQfi{"qfi", "QoS Flow Identifier (QFI)"};
constexpr FieldInfo kPpi{"ppi", "Paging Policy Indicator (PPI)"};
constexpr FieldInfo kDlSendingTimeStamp{"dl_sending_time_stamp", "DL Sending Time Stamp", nullptr, Format::hex, 16};
constexpr FieldInfo kDlQfiSequenceNumber{"dl_qfi_sequence_number", "DL QFI Sequence Number"};
constexpr FieldInfo kDlMbsQfiSequenceNumber{"dl_mbs_qfi_sequence_number", "DL MBS QFI Sequence Number"};
constexpr FieldInfo kDlDelayInd{"dl_delay_ind", "DL Delay Indicator"};
constexpr FieldInfo kUlDelayInd{"ul_delay_ind", "UL Delay Indicator"};
constexpr FieldInfo kN3N9DelayInd{"n3_n9_delay_ind", "N3/N9 Delay Indicator"};
constexpr FieldInfo kNewIeFlag{"new_ie_flag", "New IE Flag"};
constexpr FieldInfo kDlSendingTimeStampRepeated{"dl_sending_time_stamp_repeated", "DL Sending Time Stamp Repeated",
                                                nullptr, Format::hex, 16};
constexpr FieldInfo kDlReceivedTimeStamp{"dl_received_time_stamp", "DL Received Time Stamp", nullptr, Format::hex, 16};
constexpr FieldInfo kUlSendingTimeStamp{"ul_sending_time_stamp", "UL Sending Time Stamp", nullptr, Format::hex, 16};
constexpr FieldInfo kDlDelayResult{"dl_delay_result", "DL Delay Result", nullptr, Format::dec, 0, "ms"};
constexpr FieldInfo kUlDelayResult{"ul_delay_result", "UL Delay Result", nullptr, Format::dec, 0, "ms"};
constexpr FieldInfo kUlQfiSequenceNumber{"ul_qfi_sequence_number", "UL QFI Sequence Number"};
constexpr FieldInfo kN3N9DelayResult{"n3_n9_delay_result", "N3/N9 Delay Result", nullptr, Format::dec, 0, "ms"};
constexpr FieldInfo kNewIeFlags{"new_ie_flags", "New IE Flags", nullptr, Format::hex, 2};
constexpr FieldInfo kD1UlPdcpDelayResultInd{"d1_ul_pdcp_delay_result_ind", "D1 UL PDCP Delay Result Indicator"};
constexpr FieldInfo kUlCongestionInformation{"ul_congestion_information", "UL Congestion Information"};
constexpr FieldInfo kDlCongestionInformation{"dl_congestion_information", "DL Congestion Information"};
constexpr FieldInfo kPdcpPduNumber{"pdcp_pdu_number", "PDCP PDU Number"};
constexpr FieldInfo kUdpPort{"udp_port", "UDP Port"};
constexpr FieldInfo kServiceClassIndicator{"service_class_indicator", "Service Class Indicator"};

void decode_downlink(Cursor& at, FieldSink& out, std::uint8_t first) {
  emit_bits(at, out, kQmp, first, 3, 1);
  emit_bits(at, out, kSnp, first, 2, 1);
  emit_bits(at, out, kMsnp, first, 1, 1);
  const std::uint8_t second = at.u8();
  if (at.failed()) return;
  emit_bits(at, out, kPpp, second, 7, 1);
  emit_bits(at, out, kRqi, second, 6, 1);
  emit_bits(at, out, kQfi, second, 0, 6);
  if ((second & 0x80) != 0) {
    const std::uint8_t third = at.u8();
    if (!at.failed()) emit_bits(at, out, kPpi, third, 5, 3);
  }
  if ((first & 0x08) != 0) emit_number(at, out, kDlSendingTimeStamp, 8);
  if ((first & 0x04) != 0) emit_number(at, out, kDlQfiSequenceNumber, 3);
  if ((first & 0x02) != 0) emit_number(at, out, kDlMbsQfiSequenceNumber, 4);
}

// The octet that later releases announce their fields in, bit by bit; bit 8 says that another such octet follows.
void decode_new_ies(Cursor& at, FieldSink& out) {
  const std::uint8_t flags = at.u8();
  if (at.failed()) return;
  emit_bits(at, out, kNewIeFlags, flags, 0, 8);
  if ((flags & 0x80) != 0) return;  // what the next octet announces is not known, so neither is where it starts
  if ((flags & 0x01) != 0) {
    const std::uint8_t octet = at.u8();
    if (!at.failed()) emit_bits(at, out, kD1UlPdcpDelayResultInd, octet, 0, 1);
  }
  if ((flags & 0x02) != 0) emit_number(at, out, kUlCongestionInformation, 2);
  if ((flags & 0x04) != 0) emit_number(at, out, kDlCongestionInformation, 2);
}

void decode_uplink(Cursor& at, FieldSink& out, std::uint8_t first) {
  emit_bits(at, out, kQmp, first, 3, 1);
  emit_bits(at, out, kDlDelayInd, first, 2, 1);
  emit_bits(at, out, kUlDelayInd, first, 1, 1);
  emit_bits(at, out, kSnp, first, 0, 1);
  const std::uint8_t second = at.u8();
  if (at.failed()) return;
  emit_bits(at, out, kN3N9DelayInd, second, 7, 1);
  emit_bits(at, out, kNewIeFlag, second, 6, 1);
  emit_bits(at, out, kQfi, second, 0, 6);
  if ((first & 0x08) != 0) {
    emit_number(at, out, kDlSendingTimeStampRepeated, 8);
    emit_number(at, out, kDlReceivedTimeStamp, 8);
    emit_number(at, out, kUlSendingTimeStamp, 8);
  }
  if ((first & 0x04) != 0) emit_number(at, out, kDlDelayResult, 4);
  if ((first & 0x02) != 0) emit_number(at, out, kUlDelayResult, 4);
  if ((first & 0x01) != 0) emit_number(at, out, kUlQfiSequenceNumber, 3);
  if ((second & 0x80) != 0) emit_number(at, out, kN3N9DelayResult, 4);
  if ((second & 0x40) != 0) decode_new_ies(at, out);
}

}  // namespace

void decode_pdu_session_container(Cursor& content, FieldSink& out) {
  const std::uint8_t first = content.u8();
  if (content.failed()) return;
  emit_bits(content, out, kPduType, first, 4, 4);
  switch (first >> 4) {
    case 0:
      decode_downlink(content, out, first);
      break;
    case 1:
      decode_uplink(content, out, first);
      break;
    default:
      emit_rest(content, out, kSpareOctets);
      break;
  }
}

void decode_long_pdcp_pdu_number(Cursor& content, FieldSink& out) {
  const std::size_t from = content.offset();
  const std::uint32_t number = content.u24() & 0x3ffff;
  if (!content.failed()) out.number(kPdcpPduNumber, number, since(from, content));
}

void decode_pdcp_pdu_number(Cursor& content, FieldSink& out) { emit_number(content, out, kPdcpPduNumber, 2); }

void decode_udp_port(Cursor& content, FieldSink& out) { emit_number(content, out, kUdpPort, 2); }

void decode_service_class_indicator(Cursor& content, FieldSink& out) {
  emit_number(content, out, kServiceClassIndicator, 1);
}

}  // namespace gtp::wire
