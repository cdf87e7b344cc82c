// SPDX-License-Identifier: GPL-2.0-or-later
//
// The messages of GTPv1-U (TS 29.281, table 6.1-1).
#include <array>

#include "libcommon/wire/table/tables.hpp"

namespace gtp::wire {
namespace {

using enum MessageInfo::Kind;

constexpr auto kGtpv1UMessages = std::to_array<MessageInfo>({
    {1, 2, request, "echo_request", "Echo Request", "TS 29.281, 7.2.1"},
    {2, 0, response, "echo_response", "Echo Response", "TS 29.281, 7.2.2"},
    {26, 0, notification, "error_indication", "Error Indication", "TS 29.281, 7.3.1"},
    {31, 0, notification, "supported_extension_headers_notification", "Supported Extension Headers Notification",
     "TS 29.281, 7.2.3"},
    {253, 0, other, "tunnel_status", "Tunnel Status", "TS 29.281, 7.3.3"},
    {254, 0, other, "end_marker", "End Marker", "TS 29.281, 7.3.2"},
    {255, 0, other, "g_pdu", "G-PDU", "TS 29.281, 6.1"},
});

}  // namespace

std::span<const MessageInfo> gtpv1_u_messages() noexcept { return kGtpv1UMessages; }

}  // namespace gtp::wire
