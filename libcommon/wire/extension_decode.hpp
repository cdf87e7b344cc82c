// SPDX-License-Identifier: GPL-2.0-or-later
//
// Decoders for the contents of GTPv1 extension headers, as ValueDecoder takes them. The cursor covers the octets
// between the length octet and the next-type octet. Used through extension_table() only.
#pragma once

#include "libcommon/wire/field.hpp"

namespace gtp::wire {

// TS 38.415, 5.5.2: what NG-U says about a PDU, one format per direction.
//
//   downlink                                      uplink
//   | PDU type 0 |QMP|SNP|MSNP| * |               | PDU type 1 |QMP|DL delay|UL delay|SNP|
//   | PPP|RQI| QFI (6)            |               | N3/N9 delay|new IE flag| QFI (6)     |
//   | PPI (3)| *                  |  if PPP       | DL sending time stamp repeated (8)   |  these three, if QMP
//   | DL sending time stamp (8)   |  if QMP       | DL received time stamp (8)           |
//   | DL QFI sequence number (3)  |  if SNP       | UL sending time stamp (8)            |
//   | DL MBS QFI seq. number (4)  |  if MSNP      | DL delay result (4)                  |  if DL delay
//   | padding                     |               | UL delay result (4)                  |  if UL delay
//                                                 | UL QFI sequence number (3)           |  if SNP
//                                                 | N3/N9 delay result (4)               |  if N3/N9 delay
//                                                 | new IE flags (1), what they announce |  if new IE flag
//                                                 | padding                              |
// Time stamps are 64-bit NTP: seconds since 1900 and a 32-bit fraction.
void decode_pdu_session_container(Cursor& content, FieldSink& out);

// TS 38.425, 5.5.2: NR user plane frames between a gNB's parts.
void decode_nr_ran_container(Cursor& content, FieldSink& out);
// TS 36.425, 5.5.2 (X2 user plane) and TS 36.465, 5.5.2 (Xw user plane).
void decode_ran_container(Cursor& content, FieldSink& out);
void decode_xw_ran_container(Cursor& content, FieldSink& out);

// TS 29.281, 5.2.2: 18 bits behind six spare bits, then three spare octets; 16 bits; 16 bits; one octet, one spare.
void decode_long_pdcp_pdu_number(Cursor& content, FieldSink& out);
void decode_pdcp_pdu_number(Cursor& content, FieldSink& out);
void decode_udp_port(Cursor& content, FieldSink& out);
void decode_service_class_indicator(Cursor& content, FieldSink& out);

}  // namespace gtp::wire
