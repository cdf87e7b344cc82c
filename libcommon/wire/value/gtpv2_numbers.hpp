// SPDX-License-Identifier: GPL-2.0-or-later
//
// Fields of the GTPv2-C elements that are nothing but one number; the table decodes them with decode_number<field,
// octets> or decode_bits<field, shift, width>.
#pragma once

#include "libcommon/wire/field.hpp"
#include "libcommon/wire/table/names_gtpv2.hpp"

namespace gtp::wire::gtpv2 {

namespace names = names_gtpv2;

inline constexpr FieldInfo kRatType{"rat_type", "RAT type", &names::kRatType};
inline constexpr FieldInfo kPdnType{"pdn_type", "PDN type", &names::kPdnType};
inline constexpr FieldInfo kDelayValue{"delay_value", "Delay value", nullptr, Format::dec, 0, "x 50 ms"};
inline constexpr FieldInfo kPti{"pti", "Procedure transaction ID"};
inline constexpr FieldInfo kTmsi{"tmsi", "TMSI", nullptr, Format::hex, 8};
inline constexpr FieldInfo kPTmsi{"p_tmsi", "P-TMSI", nullptr, Format::hex, 8};
inline constexpr FieldInfo kPTmsiSignature{"p_tmsi_signature", "P-TMSI signature", nullptr, Format::hex, 6};
inline constexpr FieldInfo kHopCounter{"hop_counter", "Hop counter"};
inline constexpr FieldInfo kPort{"port", "Port"};
inline constexpr FieldInfo kApnRestriction{"apn_restriction", "APN restriction", &names::kApnRestriction};
inline constexpr FieldInfo kSelectionMode{"selection_mode", "Selection mode", &names::kSelectionMode};
inline constexpr FieldInfo kBearerControlMode{"bearer_control_mode", "Bearer control mode"};
inline constexpr FieldInfo kChangeReportingAction{"action", "Action", &names::kChangeReportingAction};
inline constexpr FieldInfo kEmlppPriority{"emlpp_priority", "eMLPP priority"};
inline constexpr FieldInfo kNodeType{"node_type", "Node type", &names::kNodeType};
inline constexpr FieldInfo kRfspIndex{"rfsp_index", "RFSP index"};
inline constexpr FieldInfo kCmi{"cmi", "CSG membership indication", &names::kCsgMembership};
inline constexpr FieldInfo kServiceIndicator{"service_indicator", "Service indicator", &names::kServiceIndicator};
inline constexpr FieldInfo kDetachType{"detach_type", "Detach type", &names::kDetachType};
inline constexpr FieldInfo kLapi{"lapi", "Low access priority indication"};
inline constexpr FieldInfo kFti{"fti", "Femto tracking indication"};
inline constexpr FieldInfo kActionIndication{"action", "Action", &names::kActionIndication};
inline constexpr FieldInfo kSelectionEntity{"selection_entity", "Selection entity", &names::kSelectionEntity};
inline constexpr FieldInfo kMetric{"metric", "Metric", nullptr, Format::dec, 0, "%"};
inline constexpr FieldInfo kSequenceNumber{"sequence_number", "Sequence number"};
inline constexpr FieldInfo kMilliseconds{"timestamp_ms", "Milliseconds since 1900", nullptr, Format::dec, 0, "ms"};
inline constexpr FieldInfo kMappedUeUsageType{"mapped_ue_usage_type", "Mapped UE usage type"};
inline constexpr FieldInfo kRrmPolicyIndex{"additional_rrm_policy_index", "Additional RRM policy index"};
inline constexpr FieldInfo kBitRate{"bit_rate", "Bit rate", nullptr, Format::dec, 0, "kbit/s"};
inline constexpr FieldInfo kUpIntegrityPolicy{"up_integrity_policy", "User plane integrity protection",
                                              &names::kUpIntegrityPolicy};
inline constexpr FieldInfo kSrvccCause{"srvcc_cause", "SRVCC cause", &names::kSrvccCause};
inline constexpr FieldInfo kHandoverIndicator{"handover_indicator", "Handover indicator", &names::kHandoverIndicator};
inline constexpr FieldInfo kRoundTripDelay{"round_trip_delay", "E-UTRAN round trip delay"};
inline constexpr FieldInfo kMbmsSessionId{"mbms_session_id", "MBMS session identifier"};
inline constexpr FieldInfo kMbmsFlowId{"mbms_flow_id", "MBMS flow identifier"};
inline constexpr FieldInfo kDistributionIndication{"distribution_indication", "Distribution indication",
                                                   &names::kDistributionIndication};

// One opaque string each.
inline constexpr FieldInfo kLdn{"ldn", "Local distinguished name"};
inline constexpr FieldInfo kContainer{"container", "Container"};
inline constexpr FieldInfo kSectorId{"sector_id", "HRPD sector ID"};
inline constexpr FieldInfo kRrcContainer{"rrc_container", "RRC container"};
inline constexpr FieldInfo kGroupId{"group_id", "Group ID"};
inline constexpr FieldInfo kDrxParameter{"drx_parameter", "DRX parameter"};
inline constexpr FieldInfo kUeNetworkCapability{"ue_network_capability", "UE network capability"};

}  // namespace gtp::wire::gtpv2
