// SPDX-License-Identifier: GPL-2.0-or-later
#include "libcommon/wire/table/names_gtpv2.hpp"

namespace gtp::wire::names_gtpv2 {
namespace {

constexpr NameRow kCauseRows[] = {
    {0, "Reserved"},
    {1, "Reserved"},
    {2, "Local Detach"},
    {3, "Complete Detach"},
    {4, "RAT changed from 3GPP to Non-3GPP"},
    {5, "ISR deactivation"},
    {6, "Error Indication received from RNC/eNodeB/S4-SGSN"},
    {7, "IMSI Detach Only"},
    {8, "Reactivation Requested"},
    {9, "PDN reconnection to this APN disallowed"},
    {10, "Access changed from Non-3GPP to 3GPP"},
    {11, "PDN connection inactivity timer expires"},
    {12, "PGW not responding"},
    {13, "Network Failure"},
    {14, "QoS parameter mismatch"},
    {15, "EPS to 5GS Mobility"},
    {16, "Request accepted"},
    {17, "Request accepted partially"},
    {18, "New PDN type due to network preference"},
    {19, "New PDN type due to single address bearer only"},
    {64, "Context Not Found"},
    {65, "Invalid Message Format"},
    {66, "Version not supported by next peer"},
    {67, "Invalid length"},
    {68, "Service not supported"},
    {69, "Mandatory IE incorrect"},
    {70, "Mandatory IE missing"},
    {71, "Shall not be used"},
    {72, "System failure"},
    {73, "No resources available"},
    {74, "Semantic error in the TFT operation"},
    {75, "Syntactic error in the TFT operation"},
    {76, "Semantic errors in packet filter(s)"},
    {77, "Syntactic errors in packet filter(s)"},
    {78, "Missing or unknown APN"},
    {79, "Shall not be used"},
    {80, "GRE key not found"},
    {81, "Relocation failure"},
    {82, "Denied in RAT"},
    {83, "Preferred PDN type not supported"},
    {84, "All dynamic addresses are occupied"},
    {85, "UE context without TFT already activated"},
    {86, "Protocol type not supported"},
    {87, "UE not responding"},
    {88, "UE refuses"},
    {89, "Service denied"},
    {90, "Unable to page UE"},
    {91, "No memory available"},
    {92, "User authentication failed"},
    {93, "APN access denied - no subscription"},
    {94, "Request rejected (reason not specified)"},
    {95, "P-TMSI Signature mismatch"},
    {96, "IMSI/IMEI not known"},
    {97, "Semantic error in the TAD operation"},
    {98, "Syntactic error in the TAD operation"},
    {99, "Shall not be used"},
    {100, "Remote peer not responding"},
    {101, "Collision with network initiated request"},
    {102, "Unable to page UE due to Suspension"},
    {103, "Conditional IE missing"},
    {104, "APN Restriction type Incompatible with currently active PDN connection"},
    {105, "Invalid overall length of the triggered response message and a piggybacked initial message"},
    {106, "Data forwarding not supported"},
    {107, "Invalid reply from remote peer"},
    {108, "Fallback to GTPv1"},
    {109, "Invalid peer"},
    {110, "Temporarily rejected due to handover/TAU/RAU procedure in progress"},
    {111, "Modifications not limited to S1-U bearers"},
    {112, "Request rejected for a PMIPv6 reason"},
    {113, "APN Congestion"},
    {114, "Bearer handling not supported"},
    {115, "UE already re-attached"},
    {116, "Multiple PDN connections for a given APN not allowed"},
    {117, "Target access restricted for the subscriber"},
    {118, "Shall not be used"},
    {119, "MME/SGSN refuses due to VPLMN Policy"},
    {120, "GTP-C Entity Congestion"},
    {121, "Late Overlapping Request"},
    {122, "Timed out Request"},
    {123, "UE is temporarily not reachable due to power saving"},
    {124, "Relocation failure due to NAS message redirection"},
    {125, "UE not authorised by OCS or external AAA Server"},
    {126, "Multiple accesses to a PDN connection not allowed"},
    {127, "Request rejected due to UE capability"},
    {128, "S1-U Path Failure"},
    {129, "5GC not allowed"},
    {130, "PGW mismatch with network slice subscribed by the UE"},
    {131, "Rejection due to paging restriction"},
};

constexpr NameRow kRatTypeRows[] = {
    {0, "Reserved"},
    {1, "UTRAN"},
    {2, "GERAN"},
    {3, "WLAN"},
    {4, "GAN"},
    {5, "HSPA Evolution"},
    {6, "EUTRAN"},
    {7, "Virtual"},
    {8, "EUTRAN-NB-IoT"},
    {9, "LTE-M"},
    {10, "NR"},
    {11, "WB-E-UTRAN(LEO)"},
    {12, "WB-E-UTRAN(MEO)"},
    {13, "WB-E-UTRAN(GEO)"},
    {14, "WB-E-UTRAN(OTHERSAT)"},
    {15, "EUTRAN-NB-IoT(LEO)"},
    {16, "EUTRAN-NB-IoT(MEO)"},
    {17, "EUTRAN-NB-IoT(GEO)"},
    {18, "EUTRAN-NB-IoT(OTHERSAT)"},
    {19, "LTE-M(LEO)"},
    {20, "LTE-M(MEO)"},
    {21, "LTE-M(GEO)"},
    {22, "LTE-M(OTHERSAT)"},
};

constexpr NameRow kFTeidInterfaceRows[] = {
    {0, "S1-U eNodeB GTP-U interface"},
    {1, "S1-U SGW GTP-U interface"},
    {2, "S12 RNC GTP-U interface"},
    {3, "S12 SGW GTP-U interface"},
    {4, "S5/S8 SGW GTP-U interface"},
    {5, "S5/S8 PGW GTP-U interface"},
    {6, "S5/S8 SGW GTP-C interface"},
    {7, "S5/S8 PGW GTP-C interface"},
    {8, "S5/S8 SGW PMIPv6 interface"},
    {9, "S5/S8 PGW PMIPv6 interface"},
    {10, "S11 MME GTP-C interface"},
    {11, "S11/S4 SGW GTP-C interface"},
    {12, "S10 MME GTP-C interface"},
    {13, "S3 MME GTP-C interface"},
    {14, "S3 SGSN GTP-C interface"},
    {15, "S4 SGSN GTP-U interface"},
    {16, "S4 SGW GTP-U interface"},
    {17, "S4 SGSN GTP-C interface"},
    {18, "S16 SGSN GTP-C interface"},
    {19, "eNodeB/gNodeB GTP-U interface for DL data forwarding"},
    {20, "eNodeB GTP-U interface for UL data forwarding"},
    {21, "RNC GTP-U interface for data forwarding"},
    {22, "SGSN GTP-U interface for data forwarding"},
    {23, "SGW GTP-U interface for data forwarding"},
    {24, "Sm MBMS GW GTP-C interface"},
    {25, "Sn MBMS GW GTP-C interface"},
    {26, "Sm MME GTP-C interface"},
    {27, "Sn SGSN GTP-C interface"},
    {28, "SGW GTP-U interface for UL data forwarding"},
    {29, "Sn SGSN GTP-U interface"},
    {30, "S2b ePDG GTP-C interface"},
    {31, "S2b-U ePDG GTP-U interface"},
    {32, "S2b PGW GTP-C interface"},
    {33, "S2b-U PGW GTP-U interface"},
    {34, "S2a TWAN GTP-U interface"},
    {35, "S2a TWAN GTP-C interface"},
    {36, "S2a PGW GTP-C interface"},
    {37, "S2a PGW GTP-U interface"},
    {38, "S11 MME GTP-U interface"},
    {39, "S11 SGW GTP-U interface"},
    {40, "N26 AMF GTP-C interface"},
    {41, "N19mb UPF GTP-U interface"},
};

constexpr NameRow kPdnTypeRows[] = {
    {1, "IPv4"}, {2, "IPv6"}, {3, "IPv4/IPv6"}, {4, "Non-IP"}, {5, "Ethernet"},
};

constexpr NameRow kSelectionModeRows[] = {
    {0, "MS or network provided APN, subscribed verified"},
    {1, "MS provided APN, subscription not verified"},
    {2, "Network provided APN, subscription not verified"},
};

constexpr NameRow kApnRestrictionRows[] = {
    {0, "No Existing Contexts or Restriction"}, {1, "Public-1"}, {2, "Public-2"}, {3, "Private-1"}, {4, "Private-2"},
};

constexpr NameRow kNodeTypeRows[] = {
    {0, "MME"},
    {1, "SGSN"},
};

constexpr NameRow kDetachTypeRows[] = {
    {1, "PS Detach"},
    {2, "Combined PS/CS Detach"},
};

constexpr NameRow kServiceIndicatorRows[] = {
    {1, "CS call indicator"},
    {2, "SMS indicator"},
};

constexpr NameRow kChangeReportingActionRows[] = {
    {0, "Stop Reporting"},
    {1, "Start Reporting CGI/SAI"},
    {2, "Start Reporting RAI"},
    {3, "Start Reporting TAI"},
    {4, "Start Reporting ECGI"},
    {5, "Start Reporting CGI/SAI and RAI"},
    {6, "Start Reporting TAI and ECGI"},
    {7, "Start Reporting Macro eNodeB ID and Extended Macro eNodeB ID"},
    {8, "Start Reporting TAI, Macro eNodeB ID and Extended Macro eNodeB ID"},
};

constexpr NameRow kActionIndicationRows[] = {
    {0, "No Action"},
    {1, "Deactivation Indication"},
    {2, "Paging Indication"},
    {3, "Paging Stop Indication"},
};

constexpr NameRow kTargetTypeRows[] = {
    {0, "RNC ID"},
    {1, "Macro eNodeB ID"},
    {2, "Cell Identifier"},
    {3, "Home eNodeB ID"},
    {4, "Extended Macro eNodeB ID"},
    {5, "gNodeB ID"},
    {6, "Macro ng-eNodeB ID"},
    {7, "Extended ng-eNodeB ID"},
    {8, "en-gNB ID"},
};

constexpr NameRow kContainerTypeRows[] = {
    {1, "UTRAN transparent container"},
    {2, "BSS container"},
    {3, "E-UTRAN transparent container"},
    {4, "NBIFOM Container"},
    {5, "EN-DC Container"},
};

constexpr NameRow kRanNasProtocolRows[] = {
    {1, "S1AP Cause"}, {2, "EMM Cause"}, {3, "ESM Cause"}, {4, "Diameter Cause"}, {5, "IKEv2 Cause"},
};

constexpr NameRow kFCauseTypeRows[] = {
    {0, "Radio Network Layer"}, {1, "Transport Layer"}, {2, "NAS"}, {3, "Protocol"}, {4, "Miscellaneous"},
};

constexpr NameRow kSecurityModeRows[] = {
    {0, "GSM Key and Triplets"},
    {1, "UMTS Key, Used Cipher and Quintuplets"},
    {2, "GSM Key, Used Cipher and Quintuplets"},
    {3, "UMTS Key and Quintuplets"},
    {4, "EPS Security Context, Quadruplets and Quintuplets"},
    {5, "UMTS Key, Quadruplets and Quintuplets"},
};

constexpr NameRow kUsedCipherRows[] = {
    {0, "No ciphering"}, {1, "GEA/1"}, {2, "GEA/2"}, {3, "GEA/3"},
    {4, "GEA/4"},        {5, "GEA/5"}, {6, "GEA/6"}, {7, "GEA/7"},
};

constexpr NameRow kNasCipherRows[] = {
    {0, "No ciphering"}, {1, "128-EEA1"}, {2, "128-EEA2"}, {3, "128-EEA3"},
    {4, "EEA4"},         {5, "EEA5"},     {6, "EEA6"},     {7, "EEA7"},
};

constexpr NameRow kNasIntegrityRows[] = {
    {0, "No integrity protection"},
    {1, "128-EIA1"},
    {2, "128-EIA2"},
    {3, "128-EIA3"},
    {4, "EIA4"},
    {5, "EIA5"},
    {6, "EIA6"},
    {7, "EIA7"},
};

constexpr NameRow kSrvccCauseRows[] = {
    {0, "Reserved"},
    {1, "Unspecified"},
    {2, "Handover/Relocation cancelled by source system"},
    {3, "Handover /Relocation Failure with Target system"},
    {4, "Handover/Relocation Target not allowed"},
    {5, "Unknown Target ID"},
    {6, "Target Cell not available"},
    {7, "No Radio Resources Available in Target Cell"},
    {8, "Failure in Radio Interface Procedure"},
    {9, "Permanent session leg establishment error"},
    {10, "Temporary session leg establishment error"},
};

constexpr NameRow kPraActionRows[] = {
    {1, "Start Reporting change"},
    {2, "Stop Reporting change"},
    {3, "Modify Presence Reporting Area elements"},
};

constexpr NameRow kTimerUnitRows[] = {
    {0, "2 seconds"}, {1, "1 minute"}, {2, "10 minutes"}, {3, "1 hour"}, {4, "10 hours"}, {7, "infinite"},
};

constexpr NameRow kSecondaryRatTypeRows[] = {
    {0, "NR"},
    {1, "Unlicensed Spectrum"},
};

constexpr NameRow kCompleteRequestRows[] = {
    {0, "Complete Attach Request Message"},
    {1, "Complete TAU Request Message"},
};

constexpr NameRow kAccessModeRows[] = {
    {0, "Closed Mode"},
    {1, "Hybrid Mode"},
    {2, "Reserved"},
    {3, "Reserved"},
};

constexpr NameRow kDistributionIndicationRows[] = {
    {0, "No RNCs have accepted IP multicast distribution"},
    {1, "All RNCs have accepted IP multicast distribution"},
    {2, "Some RNCs have accepted IP multicast distribution"},
};

constexpr NameRow kRelayIdentityTypeRows[] = {
    {0, "IPv4 or IPv6 Address"},
    {1, "FQDN"},
};

constexpr NameRow kFqCsidNodeIdTypeRows[] = {
    {0, "IPv4 address"},
    {1, "IPv6 address"},
    {2, "MCC, MNC and an identifier of the operator"},
};

constexpr NameRow kSelectionEntityRows[] = {
    {0, "Selected by the UE"},
    {1, "Selected by the network"},
};

constexpr NameRow kHandoverIndicatorRows[] = {
    {0, "Not Used"}, {1, "HO Ready"}, {2, "HO Failure"}, {3, "HO Complete"}, {4, "Redirection"}, {5, "HO Required"},
};

constexpr NameRow kRimAddressTypeRows[] = {
    {0, "Macro eNodeB ID"},
    {1, "Home eNodeB ID"},
    {2, "HRPD Sector Identifier"},
};

constexpr NameRow kUpIntegrityPolicyRows[] = {
    {0, "Not needed"},
    {1, "Preferred"},
    {2, "Required"},
};

constexpr NameRow kAuthorizationRows[] = {
    {0, "Authorized"},
    {1, "Not authorized"},
};

constexpr NameRow kCsgMembershipRows[] = {
    {0, "Non CSG membership"},
    {1, "CSG membership"},
};

}  // namespace

constinit const NameTable kCause{"gtpv2_cause", "TS 29.274, 8.4", kCauseRows};
constinit const NameTable kRatType{"gtpv2_rat_type", "TS 29.274, 8.17", kRatTypeRows};
constinit const NameTable kFTeidInterface{"gtpv2_f_teid_interface_type", "TS 29.274, 8.22", kFTeidInterfaceRows};
constinit const NameTable kPdnType{"gtpv2_pdn_type", "TS 29.274, 8.34", kPdnTypeRows};
constinit const NameTable kSelectionMode{"gtpv2_selection_mode", "TS 29.274, 8.58", kSelectionModeRows};
constinit const NameTable kApnRestriction{"gtpv2_apn_restriction", "TS 29.274, 8.57", kApnRestrictionRows};
constinit const NameTable kNodeType{"gtpv2_node_type", "TS 29.274, 8.65", kNodeTypeRows};
constinit const NameTable kDetachType{"gtpv2_detach_type", "TS 29.274, 8.81", kDetachTypeRows};
constinit const NameTable kServiceIndicator{"gtpv2_service_indicator", "TS 29.274, 8.80", kServiceIndicatorRows};
constinit const NameTable kChangeReportingAction{"gtpv2_change_reporting_action", "TS 29.274, 8.61",
                                                 kChangeReportingActionRows};
constinit const NameTable kActionIndication{"gtpv2_action_indication", "TS 29.274, 8.99", kActionIndicationRows};
constinit const NameTable kTargetType{"gtpv2_target_type", "TS 29.274, 8.51", kTargetTypeRows};
constinit const NameTable kContainerType{"gtpv2_container_type", "TS 29.274, 8.48", kContainerTypeRows};
constinit const NameTable kRanNasProtocol{"gtpv2_ran_nas_cause_protocol_type", "TS 29.274, 8.103", kRanNasProtocolRows};
constinit const NameTable kFCauseType{"gtpv2_f_cause_type", "TS 29.274, 8.49", kFCauseTypeRows};
constinit const NameTable kSecurityMode{"gtpv2_security_mode", "TS 29.274, 8.38", kSecurityModeRows};
constinit const NameTable kUsedCipher{"gtpv2_used_cipher", "TS 29.274, 8.38", kUsedCipherRows};
constinit const NameTable kNasCipher{"gtpv2_used_nas_cipher", "TS 29.274, 8.38", kNasCipherRows};
constinit const NameTable kNasIntegrity{"gtpv2_used_nas_integrity_protection_algorithm", "TS 29.274, 8.38",
                                        kNasIntegrityRows};
constinit const NameTable kSrvccCause{"gtpv2_srvcc_cause", "TS 29.280, 6.7", kSrvccCauseRows};
constinit const NameTable kPraAction{"gtpv2_presence_reporting_area_action", "TS 29.274, 8.108", kPraActionRows};
constinit const NameTable kTimerUnit{"gtpv2_timer_unit", "TS 29.274, 8.87", kTimerUnitRows};
constinit const NameTable kSecondaryRatType{"gtpv2_secondary_rat_type", "TS 29.274, 8.132", kSecondaryRatTypeRows};
constinit const NameTable kCompleteRequest{"gtpv2_complete_request_message", "TS 29.274, 8.46", kCompleteRequestRows};
constinit const NameTable kAccessMode{"gtpv2_access_mode", "TS 29.274, 8.75", kAccessModeRows};
constinit const NameTable kDistributionIndication{"gtpv2_mbms_distribution_indication", "TS 29.274, 8.74",
                                                  kDistributionIndicationRows};
constinit const NameTable kRelayIdentityType{"gtpv2_relay_identity_type", "TS 29.274, 8.100", kRelayIdentityTypeRows};
constinit const NameTable kFqCsidNodeIdType{"gtpv2_fq_csid_node_id_type", "TS 29.274, 8.62", kFqCsidNodeIdTypeRows};
constinit const NameTable kSelectionEntity{"gtpv2_cn_operator_selection_entity", "TS 29.274, 8.104",
                                           kSelectionEntityRows};
constinit const NameTable kHandoverIndicator{"gtpv2_handover_indicator", "TS 29.276, 7.5.7", kHandoverIndicatorRows};
constinit const NameTable kRimAddressType{"gtpv2_rim_routing_address_type", "TS 29.276, 7A.5.3", kRimAddressTypeRows};
constinit const NameTable kUpIntegrityPolicy{"gtpv2_up_integrity_policy", "TS 29.274, 8.149", kUpIntegrityPolicyRows};
constinit const NameTable kAuthorization{"gtpv2_services_authorized", "TS 29.274, 8.141", kAuthorizationRows};
constinit const NameTable kCsgMembership{"gtpv2_csg_membership", "TS 29.274, 8.79", kCsgMembershipRows};

}  // namespace gtp::wire::names_gtpv2
