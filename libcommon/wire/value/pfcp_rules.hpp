// SPDX-License-Identifier: GPL-2.0-or-later
//
// PFCP values of rules: their IDs, what a PDR matches and what a FAR does (TS 29.244, 8.2).
// Each function decodes the value of the element of its name; see ValueDecoder for the contract.
#pragma once

#include "libcommon/wire/field.hpp"

namespace gtp::wire::pfcp {

// IDs. The top bit of FAR, QER and URR IDs says that the UP function predefined the rule.
void pdr_id(Cursor& value, FieldSink& out);               // 8.2.36
void urr_id(Cursor& value, FieldSink& out);               // 8.2.54
void linked_urr_id(Cursor& value, FieldSink& out);        // 8.2.55
void bar_id(Cursor& value, FieldSink& out);               // 8.2.57
void far_id(Cursor& value, FieldSink& out);               // 8.2.74
void qer_id(Cursor& value, FieldSink& out);               // 8.2.75
void aggregated_urr_id(Cursor& value, FieldSink& out);    // 8.2.85
void traffic_endpoint_id(Cursor& value, FieldSink& out);  // 8.2.92
void mar_id(Cursor& value, FieldSink& out);               // 8.2.123
void srr_id(Cursor& value, FieldSink& out);               // 8.2.151
void qer_correlation_id(Cursor& value, FieldSink& out);   // 8.2.10
void predefined_rules(Cursor& value, FieldSink& out);     // 8.2.72, 8.2.73

// Matching.
void source_interface(Cursor& value, FieldSink& out);         // 8.2.2
void sdf_filter(Cursor& value, FieldSink& out);               // 8.2.5
void application_id(Cursor& value, FieldSink& out);           // 8.2.6
void precedence(Cursor& value, FieldSink& out);               // 8.2.11
void pfd_contents(Cursor& value, FieldSink& out);             // 8.2.39
void application_instance_id(Cursor& value, FieldSink& out);  // 8.2.60
void flow_information(Cursor& value, FieldSink& out);         // 8.2.61
void dns_query_filter(Cursor& value, FieldSink& out);         // 8.2.201

// Forwarding.
void transport_level_marking(Cursor& value, FieldSink& out);                 // 8.2.12
void redirect_information(Cursor& value, FieldSink& out);                    // 8.2.20
void forwarding_policy(Cursor& value, FieldSink& out);                       // 8.2.23
void destination_interface(Cursor& value, FieldSink& out);                   // 8.2.24
void outer_header_creation(Cursor& value, FieldSink& out);                   // 8.2.56
void outer_header_removal(Cursor& value, FieldSink& out);                    // 8.2.64
void header_enrichment(Cursor& value, FieldSink& out);                       // 8.2.67
void interface_type_3gpp(Cursor& value, FieldSink& out);                     // 8.2.118
void ip_address_and_port_number_replacement(Cursor& value, FieldSink& out);  // 8.2.200

}  // namespace gtp::wire::pfcp
