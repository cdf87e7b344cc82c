// SPDX-License-Identifier: GPL-2.0-or-later
//
// Values of the GTP' elements (TS 32.295, 6.2.4.5).
//
//   Data Record Packet      | number of records | format | format version (2) |, then per record | length (2) | octets
//   | Released, Cancelled, Requests Responded      sequence numbers of two octets each addresses               four
//   octets of IPv4 or sixteen of IPv6
#pragma once

#include "libcommon/wire/field.hpp"

namespace gtp::wire {

void decode_gtp_prime_cause(Cursor& value, FieldSink& out);
void decode_packet_transfer_command(Cursor& value, FieldSink& out);
void decode_sequence_numbers(Cursor& value, FieldSink& out);
void decode_node_address(Cursor& value, FieldSink& out);
void decode_data_record_packet(Cursor& value, FieldSink& out);

}  // namespace gtp::wire
