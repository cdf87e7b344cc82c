// SPDX-License-Identifier: GPL-2.0-or-later
//
// The messages of GTPv0 (GSM 09.60, table 1).
#include <array>

#include "libcommon/wire/table/tables.hpp"

namespace gtp::wire {
namespace {

using enum MessageInfo::Kind;

constexpr auto kGtpv0Messages = std::to_array<MessageInfo>({
    {1, 2, request, "echo_request", "Echo Request", "GSM 09.60, 7.4"},
    {2, 0, response, "echo_response", "Echo Response", "GSM 09.60, 7.4"},
    {3, 0, other, "version_not_supported", "Version Not Supported", "GSM 09.60, 7.4"},
    {4, 5, request, "node_alive_request", "Node Alive Request", "GSM 12.15"},
    {5, 0, response, "node_alive_response", "Node Alive Response", "GSM 12.15"},
    {6, 7, request, "redirection_request", "Redirection Request", "GSM 12.15"},
    {7, 0, response, "redirection_response", "Redirection Response", "GSM 12.15"},
    {16, 17, request, "create_pdp_context_request", "Create PDP Context Request", "GSM 09.60, 7.5"},
    {17, 0, response, "create_pdp_context_response", "Create PDP Context Response", "GSM 09.60, 7.5"},
    {18, 19, request, "update_pdp_context_request", "Update PDP Context Request", "GSM 09.60, 7.5"},
    {19, 0, response, "update_pdp_context_response", "Update PDP Context Response", "GSM 09.60, 7.5"},
    {20, 21, request, "delete_pdp_context_request", "Delete PDP Context Request", "GSM 09.60, 7.5"},
    {21, 0, response, "delete_pdp_context_response", "Delete PDP Context Response", "GSM 09.60, 7.5"},
    {22, 23, request, "create_aa_pdp_context_request", "Create AA PDP Context Request", "GSM 09.60, 7.5"},
    {23, 0, response, "create_aa_pdp_context_response", "Create AA PDP Context Response", "GSM 09.60, 7.5"},
    {24, 25, request, "delete_aa_pdp_context_request", "Delete AA PDP Context Request", "GSM 09.60, 7.5"},
    {25, 0, response, "delete_aa_pdp_context_response", "Delete AA PDP Context Response", "GSM 09.60, 7.5"},
    {26, 0, notification, "error_indication", "Error Indication", "GSM 09.60, 7.5"},
    {27, 28, request, "pdu_notification_request", "PDU Notification Request", "GSM 09.60, 7.5"},
    {28, 0, response, "pdu_notification_response", "PDU Notification Response", "GSM 09.60, 7.5"},
    {29, 30, request, "pdu_notification_reject_request", "PDU Notification Reject Request", "GSM 09.60, 7.5"},
    {30, 0, response, "pdu_notification_reject_response", "PDU Notification Reject Response", "GSM 09.60, 7.5"},
    {32, 33, request, "send_routeing_information_for_gprs_request", "Send Routeing Information for GPRS Request",
     "GSM 09.60, 7.6"},
    {33, 0, response, "send_routeing_information_for_gprs_response", "Send Routeing Information for GPRS Response",
     "GSM 09.60, 7.6"},
    {34, 35, request, "failure_report_request", "Failure Report Request", "GSM 09.60, 7.6"},
    {35, 0, response, "failure_report_response", "Failure Report Response", "GSM 09.60, 7.6"},
    {36, 37, request, "note_ms_gprs_present_request", "Note MS GPRS Present Request", "GSM 09.60, 7.6"},
    {37, 0, response, "note_ms_gprs_present_response", "Note MS GPRS Present Response", "GSM 09.60, 7.6"},
    {48, 49, request, "identification_request", "Identification Request", "GSM 09.60, 7.7"},
    {49, 0, response, "identification_response", "Identification Response", "GSM 09.60, 7.7"},
    {50, 51, request, "sgsn_context_request", "SGSN Context Request", "GSM 09.60, 7.7"},
    {51, 0, response, "sgsn_context_response", "SGSN Context Response", "GSM 09.60, 7.7"},
    {52, 0, response, "sgsn_context_acknowledge", "SGSN Context Acknowledge", "GSM 09.60, 7.7"},
    {240, 241, request, "data_record_transfer_request", "Data Record Transfer Request", "GSM 12.15"},
    {241, 0, response, "data_record_transfer_response", "Data Record Transfer Response", "GSM 12.15"},
    {255, 0, other, "t_pdu", "T-PDU", "GSM 09.60, 9"},
});

}  // namespace

std::span<const MessageInfo> gtpv0_messages() noexcept { return kGtpv0Messages; }

}  // namespace gtp::wire
