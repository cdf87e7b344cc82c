// SPDX-License-Identifier: GPL-2.0-or-later
//
// RAN containers: user plane frames between the nodes and parts of a radio access network. What all releases share is
// decoded field by field; the rest is shown as octets.
//
//   NR (TS 38.425, 5.5.2)                                X2 (TS 36.425, 5.5.2), Xw (TS 36.465, 5.5.2)
//   0 DL USER DATA, 1 DL DATA DELIVERY STATUS,           0 DL USER DATA, 1 DL DATA DELIVERY STATUS
//   2 ASSISTANCE INFORMATION DATA
#include <algorithm>
#include <array>

#include "libcommon/wire/extension_decode.hpp"
#include "libcommon/wire/value/common.hpp"

namespace gtp::wire {
namespace {

constexpr auto kFrameRows = std::to_array<NameRow>({
    {0, "DL USER DATA"},
    {1, "DL DATA DELIVERY STATUS"},
    {2, "ASSISTANCE INFORMATION DATA"},
});
constexpr NameTable kFrameNames{"ran_container_pdu_type", "TS 38.425, 5.5.3.1", kFrameRows};

constexpr FieldInfo kPduType{"pdu_type", "PDU Type", &kFrameNames};
constexpr FieldInfo kNrUSequenceNumber{"nr_u_sequence_number", "NR-U Sequence Number"};
constexpr FieldInfo kX2USequenceNumber{"x2_u_sequence_number", "X2-U Sequence Number"};
constexpr FieldInfo kXwUSequenceNumber{"xw_u_sequence_number", "Xw-U Sequence Number"};
constexpr FieldInfo kDlDiscardPdcpSn{"dl_discard_nr_pdcp_pdu_sn", "DL discard NR PDCP PDU SN"};
constexpr FieldInfo kDlDiscardBlocks{"dl_discard_blocks", "DL discard blocks"};
constexpr FieldInfo kDlDiscardBlock{"dl_discard_block", "DL discard block"};
constexpr FieldInfo kStartPdcpSn{"nr_pdcp_pdu_sn_start", "DL discard NR PDCP PDU SN start"};
constexpr FieldInfo kBlockSize{"block_size", "Discarded block size"};
constexpr FieldInfo kDlReportPdcpSn{"dl_report_nr_pdcp_pdu_sn", "DL report NR PDCP PDU SN"};
constexpr FieldInfo kDesiredBufferSize{
    "desired_buffer_size", "Desired buffer size for the data radio bearer", nullptr, Format::dec, 0, "octets"};
constexpr FieldInfo kDesiredDataRate{"desired_data_rate", "Desired Data Rate", nullptr, Format::dec, 0, "octets/s"};
constexpr FieldInfo kLostRanges{"lost_nr_u_sn_ranges", "Lost NR-U Sequence Number ranges"};
constexpr FieldInfo kLostRange{"lost_nr_u_sn_range", "Lost NR-U Sequence Number range"};
constexpr FieldInfo kRangeStart{"start", "Start of lost NR-U Sequence Number range"};
constexpr FieldInfo kRangeEnd{"end", "End of lost NR-U Sequence Number range"};
constexpr FieldInfo kHighestDelivered{"highest_delivered_nr_pdcp_sn", "Highest successfully delivered NR PDCP SN"};
constexpr FieldInfo kHighestTransmitted{"highest_transmitted_nr_pdcp_sn", "Highest transmitted NR PDCP SN"};
constexpr FieldInfo kCauseValue{"cause_value", "Cause Value"};
constexpr FieldInfo kHighestDeliveredRetransmitted{"highest_delivered_retransmitted_nr_pdcp_sn",
                                                   "Highest successfully delivered retransmitted NR PDCP SN"};
constexpr FieldInfo kHighestRetransmitted{"highest_retransmitted_nr_pdcp_sn", "Highest retransmitted NR PDCP SN"};

constexpr auto kUserDataFlags = std::to_array<FlagBit>({
    {0, 3, "dl_discard_blocks", "DL Discard Blocks"},
    {0, 2, "dl_flush", "DL Flush"},
    {0, 1, "report_polling", "Report polling"},
    {1, 5, "request_out_of_seq_report", "Request Out Of Sequence Report"},
    {1, 4, "report_delivered", "Report Delivered"},
    {1, 3, "user_data_existence", "User data existence flag"},
    {1, 2, "assistance_info_report_polling", "Assistance Information Report Polling Flag"},
    {1, 1, "retransmission", "Retransmission flag"},
});
constexpr auto kDeliveryStatusFlags = std::to_array<FlagBit>({
    {0, 4, "highest_transmitted_nr_pdcp_sn_ind", "Highest Transmitted NR PDCP SN Indication"},
    {0, 3, "highest_delivered_nr_pdcp_sn_ind", "Highest Delivered NR PDCP SN Indication"},
    {0, 2, "final_frame_ind", "Final Frame Indication"},
    {0, 1, "lost_packet_report", "Lost Packet Report"},
    {1, 4, "data_rate_ind", "Data rate Indication"},
    {1, 3, "retransmitted_nr_pdcp_sn_ind", "Retransmitted NR PDCP SN Indication"},
    {1, 2, "delivered_retransmitted_nr_pdcp_sn_ind", "Delivered Retransmitted NR PDCP SN Indication"},
    {1, 1, "cause_report", "Cause Report"},
});

// A count of one octet, then that many pairs of [first] (three octets) and [second].
void emit_pairs(Cursor& at, FieldSink& out, const FieldInfo& list, const FieldInfo& entry, const FieldInfo& first,
                const FieldInfo& second, int second_octets) {
  const std::uint8_t count = at.u8();
  out.begin_list(list, since(at.offset(), at));
  for (int i = 0; i < count && !at.empty(); ++i) {
    const std::size_t entry_length = 3 + static_cast<std::size_t>(second_octets);
    out.begin_object(entry, {at.offset(), std::min(entry_length, at.remaining())});
    emit_number(at, out, first, 3);
    emit_number(at, out, second, second_octets);
    out.end_object();
  }
  out.end_list();
}

void decode_nr_user_data(Cursor& at, FieldSink& out, Bytes flags, std::size_t from) {
  out.flags(kFlags, kUserDataFlags, flags, {from, flags.size()});
  emit_number(at, out, kNrUSequenceNumber, 3);
  const std::uint8_t first = load_u8(flags.data());
  if ((first & 0x02) != 0) emit_number(at, out, kDlDiscardPdcpSn, 3);
  if ((first & 0x04) != 0) emit_pairs(at, out, kDlDiscardBlocks, kDlDiscardBlock, kStartPdcpSn, kBlockSize, 1);
  if ((load_u8(flags.data() + 1) & 0x08) != 0) emit_number(at, out, kDlReportPdcpSn, 3);
}

void decode_nr_delivery_status(Cursor& at, FieldSink& out, Bytes flags, std::size_t from) {
  out.flags(kFlags, kDeliveryStatusFlags, flags, {from, flags.size()});
  const std::uint8_t first = load_u8(flags.data());
  const std::uint8_t second = load_u8(flags.data() + 1);
  emit_number(at, out, kDesiredBufferSize, 4);
  if ((second & 0x08) != 0) emit_number(at, out, kDesiredDataRate, 4);
  if ((first & 0x01) != 0) emit_pairs(at, out, kLostRanges, kLostRange, kRangeStart, kRangeEnd, 3);
  if ((first & 0x04) != 0) emit_number(at, out, kHighestDelivered, 3);
  if ((first & 0x08) != 0) emit_number(at, out, kHighestTransmitted, 3);
  if ((second & 0x01) != 0) emit_number(at, out, kCauseValue, 1);
  if ((second & 0x02) != 0) emit_number(at, out, kHighestDeliveredRetransmitted, 3);
  if ((second & 0x04) != 0) emit_number(at, out, kHighestRetransmitted, 3);
}

// The frames of X2 and Xw: the type, and for user data the sequence number behind the flags octet.
void decode_lte_frame(Cursor& at, FieldSink& out, const FieldInfo& sequence_number) {
  const std::uint8_t first = at.u8();
  if (at.failed()) return;
  emit_bits(at, out, kPduType, first, 4, 4);
  if (first >> 4 == 0) emit_number(at, out, sequence_number, 3);
  emit_rest(at, out, kSpareOctets);
}

}  // namespace

void decode_nr_ran_container(Cursor& content, FieldSink& out) {
  const std::size_t from = content.offset();
  const std::uint8_t type = static_cast<std::uint8_t>(content.peek() >> 4);
  if (type > 1) {
    const std::uint8_t first = content.u8();
    emit_bits(content, out, kPduType, first, 4, 4);
    emit_rest(content, out, kSpareOctets);
    return;
  }
  const Bytes flags = content.take(2);
  if (content.failed()) return;
  out.number(kPduType, type, {from, 1});
  if (type == 0) {
    decode_nr_user_data(content, out, flags, from);
  } else {
    decode_nr_delivery_status(content, out, flags, from);
  }
}

void decode_ran_container(Cursor& content, FieldSink& out) { decode_lte_frame(content, out, kX2USequenceNumber); }

void decode_xw_ran_container(Cursor& content, FieldSink& out) { decode_lte_frame(content, out, kXwUSequenceNumber); }

}  // namespace gtp::wire
