// SPDX-License-Identifier: GPL-2.0-or-later
//
// GTPv0 shares the coding of most elements with GTPv1; flow labels stand where GTPv1 has tunnel endpoint identifiers.
#include "libcommon/wire/table/tables.hpp"
#include "libcommon/wire/value/common.hpp"
#include "libcommon/wire/value/gtp_prime.hpp"
#include "libcommon/wire/value/gtpv1_bearer.hpp"
#include "libcommon/wire/value/gtpv1_charging.hpp"
#include "libcommon/wire/value/gtpv1_fields.hpp"
#include "libcommon/wire/value/gtpv1_identity.hpp"
#include "libcommon/wire/value/gtpv1_location.hpp"
#include "libcommon/wire/value/gtpv1_mm_context.hpp"
#include "libcommon/wire/value/gtpv1_pdp_context.hpp"
#include "libcommon/wire/value/gtpv1_qos.hpp"
#include "libcommon/wire/value/gtpv1_security.hpp"

namespace gtp::wire {
namespace {

constexpr std::int16_t kTlv = -1;

// clang-format off
constexpr IeInfo kIes[] = {
    {1, 1, false, "cause", "Cause",
     "GSM 09.60, 7.9.1", decode_number<gtpv1::kCause, 1>},
    {2, 8, false, "imsi", "International Mobile Subscriber Identity (IMSI)",
     "GSM 09.60, 7.9.2", gtpv1::decode_imsi},
    {3, 6, false, "rai", "Routeing Area Identity (RAI)",
     "GSM 09.60, 7.9.3", gtpv1::decode_rai},
    {4, 4, false, "tlli", "Temporary Logical Link Identity (TLLI)",
     "GSM 09.60, 7.9.4", decode_number<gtpv1::kTlli, 4>},
    {5, 4, false, "p_tmsi", "Packet TMSI (P-TMSI)",
     "GSM 09.60, 7.9.5", decode_number<gtpv1::kPTmsi, 4>},
    {6, 3, false, "qos_profile", "QoS Profile",
     "GSM 09.60, 7.9.6", gtpv1::decode_qos_profile_v0},
    {8, 1, false, "reordering_required", "Reordering Required",
     "GSM 09.60, 7.9.7", decode_bits<gtpv1::kReorderingRequired, 0, 1>},
    {9, 28, false, "authentication_triplet", "Authentication Triplet",
     "GSM 09.60, 7.9.8", gtpv1::decode_authentication_triplet},
    {11, 1, false, "map_cause", "MAP Cause",
     "GSM 09.60, 7.9.9", decode_number<gtpv1::kMapCause, 1>},
    {12, 3, false, "p_tmsi_signature", "P-TMSI Signature",
     "GSM 09.60, 7.9.10", decode_number<gtpv1::kPTmsiSignature, 3>},
    {13, 1, false, "ms_validated", "MS Validated",
     "GSM 09.60, 7.9.11", decode_bits<gtpv1::kMsValidated, 0, 1>},
    {14, 1, false, "recovery", "Recovery",
     "GSM 09.60, 7.9.12", decode_number<kRestartCounter, 1>},
    {15, 1, false, "selection_mode", "Selection Mode",
     "GSM 09.60, 7.9.13", decode_bits<gtpv1::kSelectionMode, 0, 2>},
    {16, 2, false, "flow_label_data_i", "Flow Label Data I",
     "GSM 09.60, 7.9.14", decode_number<gtpv1::kFlowLabel, 2>},
    {17, 2, false, "flow_label_signalling", "Flow Label Signalling",
     "GSM 09.60, 7.9.15", decode_number<gtpv1::kFlowLabel, 2>},
    {18, 3, false, "flow_label_data_ii", "Flow Label Data II",
     "GSM 09.60, 7.9.16", gtpv1::decode_flow_label_data_ii},
    {19, 1, false, "ms_not_reachable_reason", "MS Not Reachable Reason",
     "GSM 09.60, 7.9.16A", decode_number<gtpv1::kMsNotReachableReason, 1>},
    {126, 1, false, "packet_transfer_command", "Packet Transfer Command",
     "TS 32.295, 6.2.4.5.2", decode_packet_transfer_command},
    {127, 4, false, "charging_id", "Charging ID",
     "GSM 09.60, 7.9.17", decode_number<kChargingId, 4>},
    {128, kTlv, false, "end_user_address", "End User Address",
     "GSM 09.60, 7.9.18", gtpv1::decode_end_user_address},
    {129, kTlv, false, "mm_context", "MM Context",
     "GSM 09.60, 7.9.19", gtpv1::decode_mm_context_v0},
    {130, kTlv, false, "pdp_context", "PDP Context",
     "GSM 09.60, 7.9.20", gtpv1::decode_pdp_context_v0},
    {131, kTlv, false, "apn", "Access Point Name",
     "GSM 09.60, 7.9.21", gtpv1::decode_apn},
    {132, kTlv, false, "pco", "Protocol Configuration Options",
     "GSM 09.60, 7.9.22", decode_pco},
    {133, kTlv, false, "gsn_address", "GSN Address",
     "GSM 09.60, 7.9.23", gtpv1::decode_ip_address},
    {134, kTlv, false, "msisdn", "MS International PSTN/ISDN Number (MSISDN)",
     "GSM 09.60, 7.9.24", gtpv1::decode_msisdn},
    {249, kTlv, false, "sequence_numbers_of_released_packets", "Sequence Numbers of Released Packets",
     "TS 32.295, 6.2.4.5.4", decode_sequence_numbers},
    {250, kTlv, false, "sequence_numbers_of_cancelled_packets", "Sequence Numbers of Cancelled Packets",
     "TS 32.295, 6.2.4.5.5", decode_sequence_numbers},
    {251, kTlv, false, "charging_gateway_address", "Charging Gateway Address",
     "GSM 09.60, 7.9.25", gtpv1::decode_ip_address},
    {252, kTlv, false, "data_record_packet", "Data Record Packet",
     "TS 32.295, 6.2.4.5.3", decode_data_record_packet},
    {253, kTlv, false, "requests_responded", "Requests Responded",
     "TS 32.295, 6.2.4.6", decode_sequence_numbers},
    {254, kTlv, false, "recommended_node_address", "Recommended Node Address",
     "TS 32.295, 6.2.4.3", gtpv1::decode_ip_address},
    {255, kTlv, false, "private_extension", "Private Extension",
     "GSM 09.60, 7.9.26", gtpv1::decode_private_extension},
};
// clang-format on

}  // namespace

std::span<const IeInfo> gtpv0_ies() noexcept { return kIes; }

}  // namespace gtp::wire
