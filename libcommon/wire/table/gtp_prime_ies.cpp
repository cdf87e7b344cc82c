// SPDX-License-Identifier: GPL-2.0-or-later
//
// The information elements of GTP' (TS 32.295, 6.2.4.5), framed as GTPv1's.
#include <array>

#include "libcommon/wire/table/tables.hpp"
#include "libcommon/wire/value/common.hpp"
#include "libcommon/wire/value/gtp_prime.hpp"

namespace gtp::wire {
namespace {

constexpr auto kGtpPrimeIes = std::to_array<IeInfo>({
    {1, 1, false, "cause", "Cause", "TS 32.295, 6.2.1", decode_gtp_prime_cause},
    {14, 1, false, "recovery", "Recovery", "TS 29.060, 7.7.11", decode_number<kRestartCounter, 1>},
    {126, 1, false, "packet_transfer_command", "Packet Transfer Command", "TS 32.295, 6.2.4.5.2",
     decode_packet_transfer_command},
    {249, -1, false, "released_packets", "Sequence Numbers of Released Packets", "TS 32.295, 6.2.4.5.4",
     decode_sequence_numbers},
    {250, -1, false, "cancelled_packets", "Sequence Numbers of Cancelled Packets", "TS 32.295, 6.2.4.5.5",
     decode_sequence_numbers},
    {251, -1, false, "charging_gateway_address", "Charging Gateway Address", "TS 29.060, 7.7.44", decode_node_address},
    {252, -1, false, "data_record_packet", "Data Record Packet", "TS 32.295, 6.2.4.5.3", decode_data_record_packet},
    {253, -1, false, "requests_responded", "Requests Responded", "TS 32.295, 6.2.4.6", decode_sequence_numbers},
    {254, -1, false, "recommended_node_address", "Address of Recommended Node", "TS 32.295, 6.2.2.4",
     decode_node_address},
    {255, -1, false, "private_extension", "Private Extension", "TS 29.060, 7.7.46", decode_number<kEnterpriseId, 2>},
});

}  // namespace

std::span<const IeInfo> gtp_prime_ies() noexcept { return kGtpPrimeIes; }

}  // namespace gtp::wire
