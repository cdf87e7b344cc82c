// SPDX-License-Identifier: GPL-2.0-or-later
//
// The messages of GTPv1-C (TS 29.060, table 1). The table of the specification holds the numbers of GTP' and of the
// user plane too, so that nobody takes them again; they are listed as it does.
#include <array>

#include "libcommon/wire/table/tables.hpp"

namespace gtp::wire {
namespace {

using enum MessageInfo::Kind;

constexpr auto kGtpv1CMessages = std::to_array<MessageInfo>({
    {1, 2, request, "echo_request", "Echo Request", "TS 29.060, 7.2"},
    {2, 0, response, "echo_response", "Echo Response", "TS 29.060, 7.2"},
    {3, 0, other, "version_not_supported", "Version Not Supported", "TS 29.060, 7.2"},
    {4, 5, request, "node_alive_request", "Node Alive Request", "TS 32.295, 6.2"},
    {5, 0, response, "node_alive_response", "Node Alive Response", "TS 32.295, 6.2"},
    {6, 7, request, "redirection_request", "Redirection Request", "TS 32.295, 6.2"},
    {7, 0, response, "redirection_response", "Redirection Response", "TS 32.295, 6.2"},
    {16, 17, request, "create_pdp_context_request", "Create PDP Context Request", "TS 29.060, 7.3"},
    {17, 0, response, "create_pdp_context_response", "Create PDP Context Response", "TS 29.060, 7.3"},
    {18, 19, request, "update_pdp_context_request", "Update PDP Context Request", "TS 29.060, 7.3"},
    {19, 0, response, "update_pdp_context_response", "Update PDP Context Response", "TS 29.060, 7.3"},
    {20, 21, request, "delete_pdp_context_request", "Delete PDP Context Request", "TS 29.060, 7.3"},
    {21, 0, response, "delete_pdp_context_response", "Delete PDP Context Response", "TS 29.060, 7.3"},
    {22, 23, request, "initiate_pdp_context_activation_request", "Initiate PDP Context Activation Request",
     "TS 29.060, 7.3"},
    {23, 0, response, "initiate_pdp_context_activation_response", "Initiate PDP Context Activation Response",
     "TS 29.060, 7.3"},
    {26, 0, notification, "error_indication", "Error Indication", "TS 29.060, 7.3"},
    {27, 28, request, "pdu_notification_request", "PDU Notification Request", "TS 29.060, 7.3"},
    {28, 0, response, "pdu_notification_response", "PDU Notification Response", "TS 29.060, 7.3"},
    {29, 30, request, "pdu_notification_reject_request", "PDU Notification Reject Request", "TS 29.060, 7.3"},
    {30, 0, response, "pdu_notification_reject_response", "PDU Notification Reject Response", "TS 29.060, 7.3"},
    {31, 0, notification, "supported_extension_headers_notification", "Supported Extension Headers Notification",
     "TS 29.060, 7.2"},
    {32, 33, request, "send_routeing_information_for_gprs_request", "Send Routeing Information for GPRS Request",
     "TS 29.060, 7.4"},
    {33, 0, response, "send_routeing_information_for_gprs_response", "Send Routeing Information for GPRS Response",
     "TS 29.060, 7.4"},
    {34, 35, request, "failure_report_request", "Failure Report Request", "TS 29.060, 7.4"},
    {35, 0, response, "failure_report_response", "Failure Report Response", "TS 29.060, 7.4"},
    {36, 37, request, "note_ms_gprs_present_request", "Note MS GPRS Present Request", "TS 29.060, 7.4"},
    {37, 0, response, "note_ms_gprs_present_response", "Note MS GPRS Present Response", "TS 29.060, 7.4"},
    {48, 49, request, "identification_request", "Identification Request", "TS 29.060, 7.5"},
    {49, 0, response, "identification_response", "Identification Response", "TS 29.060, 7.5"},
    {50, 51, request, "sgsn_context_request", "SGSN Context Request", "TS 29.060, 7.5"},
    {51, 0, response, "sgsn_context_response", "SGSN Context Response", "TS 29.060, 7.5"},
    {52, 0, response, "sgsn_context_acknowledge", "SGSN Context Acknowledge", "TS 29.060, 7.5"},
    {53, 54, request, "forward_relocation_request", "Forward Relocation Request", "TS 29.060, 7.5"},
    {54, 0, response, "forward_relocation_response", "Forward Relocation Response", "TS 29.060, 7.5"},
    {55, 59, other, "forward_relocation_complete", "Forward Relocation Complete", "TS 29.060, 7.5"},
    {56, 57, request, "relocation_cancel_request", "Relocation Cancel Request", "TS 29.060, 7.5"},
    {57, 0, response, "relocation_cancel_response", "Relocation Cancel Response", "TS 29.060, 7.5"},
    {58, 60, other, "forward_srns_context", "Forward SRNS Context", "TS 29.060, 7.5"},
    {59, 0, response, "forward_relocation_complete_acknowledge", "Forward Relocation Complete Acknowledge",
     "TS 29.060, 7.5"},
    {60, 0, response, "forward_srns_context_acknowledge", "Forward SRNS Context Acknowledge", "TS 29.060, 7.5"},
    {61, 62, request, "ue_registration_query_request", "UE Registration Query Request", "TS 29.060, 7.5"},
    {62, 0, response, "ue_registration_query_response", "UE Registration Query Response", "TS 29.060, 7.5"},
    {70, 0, other, "ran_information_relay", "RAN Information Relay", "TS 29.060, 7.5"},
    {96, 97, request, "mbms_notification_request", "MBMS Notification Request", "TS 29.060, 7.5A"},
    {97, 0, response, "mbms_notification_response", "MBMS Notification Response", "TS 29.060, 7.5A"},
    {98, 99, request, "mbms_notification_reject_request", "MBMS Notification Reject Request", "TS 29.060, 7.5A"},
    {99, 0, response, "mbms_notification_reject_response", "MBMS Notification Reject Response", "TS 29.060, 7.5A"},
    {100, 101, request, "create_mbms_context_request", "Create MBMS Context Request", "TS 29.060, 7.5A"},
    {101, 0, response, "create_mbms_context_response", "Create MBMS Context Response", "TS 29.060, 7.5A"},
    {102, 103, request, "update_mbms_context_request", "Update MBMS Context Request", "TS 29.060, 7.5A"},
    {103, 0, response, "update_mbms_context_response", "Update MBMS Context Response", "TS 29.060, 7.5A"},
    {104, 105, request, "delete_mbms_context_request", "Delete MBMS Context Request", "TS 29.060, 7.5A"},
    {105, 0, response, "delete_mbms_context_response", "Delete MBMS Context Response", "TS 29.060, 7.5A"},
    {112, 113, request, "mbms_registration_request", "MBMS Registration Request", "TS 29.060, 7.5A"},
    {113, 0, response, "mbms_registration_response", "MBMS Registration Response", "TS 29.060, 7.5A"},
    {114, 115, request, "mbms_deregistration_request", "MBMS De-Registration Request", "TS 29.060, 7.5A"},
    {115, 0, response, "mbms_deregistration_response", "MBMS De-Registration Response", "TS 29.060, 7.5A"},
    {116, 117, request, "mbms_session_start_request", "MBMS Session Start Request", "TS 29.060, 7.5A"},
    {117, 0, response, "mbms_session_start_response", "MBMS Session Start Response", "TS 29.060, 7.5A"},
    {118, 119, request, "mbms_session_stop_request", "MBMS Session Stop Request", "TS 29.060, 7.5A"},
    {119, 0, response, "mbms_session_stop_response", "MBMS Session Stop Response", "TS 29.060, 7.5A"},
    {120, 121, request, "mbms_session_update_request", "MBMS Session Update Request", "TS 29.060, 7.5A"},
    {121, 0, response, "mbms_session_update_response", "MBMS Session Update Response", "TS 29.060, 7.5A"},
    {128, 129, request, "ms_info_change_notification_request", "MS Info Change Notification Request",
     "TS 29.060, 7.5B"},
    {129, 0, response, "ms_info_change_notification_response", "MS Info Change Notification Response",
     "TS 29.060, 7.5B"},
    {240, 241, request, "data_record_transfer_request", "Data Record Transfer Request", "TS 32.295, 6.2"},
    {241, 0, response, "data_record_transfer_response", "Data Record Transfer Response", "TS 32.295, 6.2"},
    {254, 0, other, "end_marker", "End Marker", "TS 29.281, 7.3.2"},
    {255, 0, other, "g_pdu", "G-PDU", "TS 29.060, 9"},
});

}  // namespace

std::span<const MessageInfo> gtpv1_c_messages() noexcept { return kGtpv1CMessages; }

}  // namespace gtp::wire
