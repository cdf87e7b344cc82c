// SPDX-License-Identifier: GPL-2.0-or-later
//
// The messages of GTP' (TS 32.295, 6.2).
#include <array>

#include "libcommon/wire/table/tables.hpp"

namespace gtp::wire {
namespace {

using enum MessageInfo::Kind;

constexpr auto kGtpPrimeMessages = std::to_array<MessageInfo>({
    {1, 2, request, "echo_request", "Echo Request", "TS 32.295, 6.2"},
    {2, 0, response, "echo_response", "Echo Response", "TS 32.295, 6.2"},
    {3, 0, other, "version_not_supported", "Version Not Supported", "TS 32.295, 6.2"},
    {4, 5, request, "node_alive_request", "Node Alive Request", "TS 32.295, 6.2"},
    {5, 0, response, "node_alive_response", "Node Alive Response", "TS 32.295, 6.2"},
    {6, 7, request, "redirection_request", "Redirection Request", "TS 32.295, 6.2"},
    {7, 0, response, "redirection_response", "Redirection Response", "TS 32.295, 6.2"},
    {240, 241, request, "data_record_transfer_request", "Data Record Transfer Request", "TS 32.295, 6.2"},
    {241, 0, response, "data_record_transfer_response", "Data Record Transfer Response", "TS 32.295, 6.2"},
});

}  // namespace

std::span<const MessageInfo> gtp_prime_messages() noexcept { return kGtpPrimeMessages; }

}  // namespace gtp::wire
