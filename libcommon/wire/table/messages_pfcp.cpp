// SPDX-License-Identifier: GPL-2.0-or-later
//
// The messages of PFCP (TS 29.244, table 7.3-1).
#include <array>

#include "libcommon/wire/table/tables.hpp"

namespace gtp::wire {
namespace {

using enum MessageInfo::Kind;

constexpr auto kPfcpMessages = std::to_array<MessageInfo>({
    {1, 2, request, "heartbeat_request", "Heartbeat Request", "TS 29.244, 7.4.2"},
    {2, 0, response, "heartbeat_response", "Heartbeat Response", "TS 29.244, 7.4.2"},
    {3, 4, request, "pfd_management_request", "PFD Management Request", "TS 29.244, 7.4.3"},
    {4, 0, response, "pfd_management_response", "PFD Management Response", "TS 29.244, 7.4.3"},
    {5, 6, request, "association_setup_request", "Association Setup Request", "TS 29.244, 7.4.4"},
    {6, 0, response, "association_setup_response", "Association Setup Response", "TS 29.244, 7.4.4"},
    {7, 8, request, "association_update_request", "Association Update Request", "TS 29.244, 7.4.4"},
    {8, 0, response, "association_update_response", "Association Update Response", "TS 29.244, 7.4.4"},
    {9, 10, request, "association_release_request", "Association Release Request", "TS 29.244, 7.4.4"},
    {10, 0, response, "association_release_response", "Association Release Response", "TS 29.244, 7.4.4"},
    {11, 0, response, "version_not_supported_response", "Version Not Supported Response", "TS 29.244, 7.4.4.7"},
    {12, 13, request, "node_report_request", "Node Report Request", "TS 29.244, 7.4.5"},
    {13, 0, response, "node_report_response", "Node Report Response", "TS 29.244, 7.4.5"},
    {14, 15, request, "session_set_deletion_request", "Session Set Deletion Request", "TS 29.244, 7.4.6"},
    {15, 0, response, "session_set_deletion_response", "Session Set Deletion Response", "TS 29.244, 7.4.6"},
    {16, 17, request, "session_set_modification_request", "Session Set Modification Request", "TS 29.244, 7.4.7"},
    {17, 0, response, "session_set_modification_response", "Session Set Modification Response", "TS 29.244, 7.4.7"},
    {50, 51, request, "session_establishment_request", "Session Establishment Request", "TS 29.244, 7.5.2"},
    {51, 0, response, "session_establishment_response", "Session Establishment Response", "TS 29.244, 7.5.3"},
    {52, 53, request, "session_modification_request", "Session Modification Request", "TS 29.244, 7.5.4"},
    {53, 0, response, "session_modification_response", "Session Modification Response", "TS 29.244, 7.5.5"},
    {54, 55, request, "session_deletion_request", "Session Deletion Request", "TS 29.244, 7.5.6"},
    {55, 0, response, "session_deletion_response", "Session Deletion Response", "TS 29.244, 7.5.7"},
    {56, 57, request, "session_report_request", "Session Report Request", "TS 29.244, 7.5.8"},
    {57, 0, response, "session_report_response", "Session Report Response", "TS 29.244, 7.5.9"},
});

}  // namespace

std::span<const MessageInfo> pfcp_messages() noexcept { return kPfcpMessages; }

}  // namespace gtp::wire
