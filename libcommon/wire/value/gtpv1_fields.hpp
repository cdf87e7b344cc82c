// SPDX-License-Identifier: GPL-2.0-or-later
//
// The fields of GTPv0 and GTPv1-C elements whose whole value is one number: table/gtpv1_ies.cpp pairs them with
// decode_number and decode_bits. Fields of structured elements stand beside their decoders.
#pragma once

#include "libcommon/wire/field.hpp"
#include "libcommon/wire/table/names_gtpv1.hpp"

namespace gtp::wire::gtpv1 {

inline constexpr FieldInfo kCause{"cause", "Cause", &names_gtpv1::kCause};
inline constexpr FieldInfo kTlli{"tlli", "TLLI", nullptr, Format::hex, 8};
inline constexpr FieldInfo kPTmsi{"p_tmsi", "P-TMSI", nullptr, Format::hex, 8};
inline constexpr FieldInfo kPTmsiSignature{"p_tmsi_signature", "P-TMSI signature", nullptr, Format::hex, 6};
inline constexpr FieldInfo kReorderingRequired{"reordering_required", "Reordering required"};
inline constexpr FieldInfo kMapCause{"map_cause", "MAP cause", &names_gtpv1::kMapCause};
inline constexpr FieldInfo kMsValidated{"ms_validated", "MS validated"};
inline constexpr FieldInfo kSelectionMode{"selection_mode", "Selection mode", &names_gtpv1::kSelectionMode};
inline constexpr FieldInfo kFlowLabel{"flow_label", "Flow label", nullptr, Format::hex, 4};
inline constexpr FieldInfo kTeardownInd{"teardown_ind", "Teardown indicator"};
inline constexpr FieldInfo kRanapCause{"ranap_cause", "RANAP cause", &names_gtpv1::kRanapCause};
inline constexpr FieldInfo kRadioPrioritySms{"radio_priority_sms", "Radio priority SMS"};
inline constexpr FieldInfo kRadioPriorityLcs{"radio_priority_lcs", "Radio priority LCS"};
inline constexpr FieldInfo kTraceReference{"trace_reference", "Trace reference", nullptr, Format::hex, 4};
inline constexpr FieldInfo kTraceType{"trace_type", "Trace type", nullptr, Format::hex, 4};
inline constexpr FieldInfo kMsNotReachableReason{"reason", "MS not reachable reason",
                                                 &names_gtpv1::kMsNotReachableReason};
inline constexpr FieldInfo kApnRestriction{"apn_restriction", "APN restriction", &names_gtpv1::kApnRestriction};
inline constexpr FieldInfo kRatType{"rat_type", "RAT type", &names_gtpv1::kRatType};
inline constexpr FieldInfo kHopCounter{"hop_counter", "Hop counter"};
inline constexpr FieldInfo kMbmsSessionIdentifier{"mbms_session_identifier", "MBMS session identifier"};
inline constexpr FieldInfo kMbms2g3gIndicator{"mbms_2g_3g_indicator", "MBMS 2G/3G indicator",
                                              &names_gtpv1::kMbms2g3gIndicator};
inline constexpr FieldInfo kEnhancedNsapi{"enhanced_nsapi", "Enhanced NSAPI"};
inline constexpr FieldInfo kMbmsSessionRepetitionNumber{"mbms_session_repetition_number",
                                                        "MBMS session repetition number"};
inline constexpr FieldInfo kBssgpCause{"bssgp_cause", "BSSGP cause", &names_gtpv1::kBssgpCause};
inline constexpr FieldInfo kRimDiscriminator{"discriminator", "RIM routing address discriminator",
                                             &names_gtpv1::kRimDiscriminator};
inline constexpr FieldInfo kChangeReportingAction{"action", "Reporting action", &names_gtpv1::kChangeReportingAction};
inline constexpr FieldInfo kCorrelationId{"correlation_id", "Correlation-ID"};
inline constexpr FieldInfo kBearerControlMode{"bearer_control_mode", "Bearer control mode",
                                              &names_gtpv1::kBearerControlMode};
inline constexpr FieldInfo kDistributionIndication{"distribution_indication", "Distribution indication",
                                                   &names_gtpv1::kDistributionIndication};
inline constexpr FieldInfo kReliableInterRatHandoverInfo{"reliable_inter_rat_handover_info",
                                                         "Reliable INTER RAT HANDOVER INFO"};
inline constexpr FieldInfo kRfspIndex{"rfsp_index", "RFSP index"};
inline constexpr FieldInfo kCsgMembershipIndication{"cmi", "CSG membership indication"};
inline constexpr FieldInfo kLapi{"lapi", "LAPI: low access priority"};
inline constexpr FieldInfo kHigherBitrates{"higher_bitrates_than_16_mbps", "Higher bitrates than 16 Mbps",
                                           &names_gtpv1::kHigherBitrates};
inline constexpr FieldInfo kUliTimestamp{"uli_timestamp",     "ULI timestamp", nullptr, Format::dec, 0,
                                         "s since 1900 (NTP)"};
inline constexpr FieldInfo kSelectionEntity{"selection_entity", "Selection entity", &names_gtpv1::kSelectionEntity};
inline constexpr FieldInfo kUeUsageType{"ue_usage_type", "UE usage type"};
inline constexpr FieldInfo kMappedUeUsageType{"mapped_ue_usage_type", "Mapped UE usage type"};
inline constexpr FieldInfo kIovUpdatesCounter{"iov_updates_counter", "IOV_updates counter"};

}  // namespace gtp::wire::gtpv1
