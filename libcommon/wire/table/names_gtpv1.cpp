// SPDX-License-Identifier: GPL-2.0-or-later
#include "libcommon/wire/table/names_gtpv1.hpp"

namespace gtp::wire::names_gtpv1 {
namespace {

constexpr NameRow kCauseRows[] = {
    {0, "Request IMSI"},
    {1, "Request IMEI"},
    {2, "Request IMSI and IMEI"},
    {3, "No identity needed"},
    {4, "MS refuses"},
    {5, "MS is not GPRS responding"},
    {6, "Reactivation Requested"},
    {7, "PDP address inactivity timer expires"},
    {59, "System failure"},
    {60, "The transmit buffers are becoming full"},
    {61, "The receive buffers are becoming full"},
    {62, "Another node is about to go down"},
    {63, "This node is about to go down"},
    {128, "Request accepted"},
    {129, "New PDP type due to network preference"},
    {130, "New PDP type due to single address bearer only"},
    {177, "CDR decoding error"},
    {192, "Non-existent"},
    {193, "Invalid message format"},
    {194, "IMSI not known"},
    {195, "MS is GPRS detached"},
    {196, "MS is not GPRS responding"},
    {197, "MS refuses"},
    {198, "Version not supported"},
    {199, "No resource available"},
    {200, "Service not supported"},
    {201, "Mandatory IE incorrect"},
    {202, "Mandatory IE missing"},
    {203, "Optional IE incorrect"},
    {204, "System failure"},
    {205, "Roaming restriction"},
    {206, "P-TMSI signature mismatch"},
    {207, "GPRS connection suspended"},
    {208, "Authentication failure"},
    {209, "User authentication failed"},
    {210, "Context not found"},
    {211, "All PDP dynamic addresses are occupied"},
    {212, "No memory is available"},
    {213, "Relocation failure"},
    {214, "Unknown mandatory extension header"},
    {215, "Semantic error in the TFT operation"},
    {216, "Syntactic error in the TFT operation"},
    {217, "Semantic errors in packet filter(s)"},
    {218, "Syntactic errors in packet filter(s)"},
    {219, "Missing or unknown APN"},
    {220, "Unknown PDP address or PDP type"},
    {221, "PDP context without TFT already activated"},
    {222, "APN access denied - no subscription"},
    {223, "APN Restriction type incompatibility with currently active PDP Contexts"},
    {224, "MS MBMS Capabilities Insufficient"},
    {225, "Invalid Correlation-ID"},
    {226, "MBMS Bearer Context Superseded"},
    {227, "Bearer Control Mode violation"},
    {228, "Collision with network initiated request"},
    {229, "APN Congestion"},
    {230, "Bearer handling not supported"},
    {231, "Target access restricted for the subscriber"},
    {232, "UE is temporarily not reachable due to power saving"},
    {233, "Relocation failure due to NAS message redirection"},
    {252, "Request related to possibly duplicated packets already fulfilled"},
    {253, "Request already fulfilled"},
    {254, "Sequence numbers of released/cancelled packets IE incorrect"},
    {255, "Request not fulfilled"},
};

constexpr NameRow kSelectionModeRows[] = {
    {0, "MS or network provided APN, subscription verified"},
    {1, "MS provided APN, subscription not verified"},
    {2, "Network provided APN, subscription not verified"},
    {3, "For future use. Shall not be sent. If received, shall be interpreted as the value 2"},
};

constexpr NameRow kMsNotReachableReasonRows[] = {
    {0, "No paging response via the MSC"},
    {1, "IMSI detached"},
    {2, "Roaming restriction"},
    {3, "Deregistered in the HLR for non GPRS"},
    {4, "MS purged for non GPRS"},
    {5, "No paging response via the SGSN"},
    {6, "GPRS detached"},
    {7, "Deregistered in the HLR for GPRS"},
    {8, "MS purged for GPRS"},
    {9, "Unidentified subscriber via the MSC"},
    {10, "Unidentified subscriber via the SGSN"},
    {11, "Deregistered in the HSS/HLR for IMS"},
    {12, "No response via the IP-SM-GW"},
    {13, "The MS is temporarily unavailable"},
};

constexpr NameRow kPdpTypeOrganizationRows[] = {
    {0, "ETSI"},
    {1, "IETF"},
};

constexpr NameRow kPdpTypeNumberRows[] = {
    {0, "X.25"}, {1, "PPP"}, {2, "OSP:IHOSS"}, {33, "IPv4"}, {87, "IPv6"}, {141, "IPv4v6"},
};

constexpr NameRow kSecurityModeRows[] = {
    {0, "Used cipher value, UMTS keys and quintuplets"},
    {1, "GSM key and triplets"},
    {2, "UMTS keys and quintuplets"},
    {3, "GSM key and quintuplets"},
};

constexpr NameRow kCipherAlgorithmRows[] = {
    {0, "No ciphering"}, {1, "GEA/1"}, {2, "GEA/2"}, {3, "GEA/3"},
    {4, "GEA/4"},        {5, "GEA/5"}, {6, "GEA/6"}, {7, "GEA/7"},
};

constexpr NameRow kExtensionHeaderTypeRows[] = {
    {0, "No more extension headers"},
    {1, "MBMS support indication"},
    {2, "MS Info Change Reporting support indication"},
    {3, "Long PDCP PDU Number"},
    {32, "Service Class Indicator"},
    {64, "UDP Port number"},
    {129, "RAN container"},
    {130, "Long PDCP PDU number"},
    {131, "Xw RAN container"},
    {132, "NR RAN container"},
    {133, "PDU Session container"},
    {192, "PDCP PDU number"},
    {193, "Suspend Request"},
    {194, "Suspend Response"},
};

constexpr NameRow kApnRestrictionRows[] = {
    {0, "No existing contexts or restriction"}, {1, "Public-1"}, {2, "Public-2"}, {3, "Private-1"}, {4, "Private-2"},
};

constexpr NameRow kRatTypeRows[] = {
    {0, "Reserved"},
    {1, "UTRAN"},
    {2, "GERAN"},
    {3, "WLAN"},
    {4, "GAN"},
    {5, "HSPA Evolution"},
    {6, "EUTRAN (WB-E-UTRAN)"},
    {7, "Virtual"},
    {8, "EUTRAN-NB-IoT"},
};

constexpr NameRow kGeographicLocationTypeRows[] = {
    {0, "Cell Global Identification (CGI)"},
    {1, "Service Area Identity (SAI)"},
    {2, "Routing Area Identification (RAI)"},
    {128, "TAI"},
    {129, "ECGI"},
    {130, "TAI & ECGI"},
    {131, "eNodeB ID"},
    {132, "TAI and eNodeB ID"},
    {133, "extended eNodeB ID"},
    {134, "TAI and extended eNodeB ID"},
    {135, "NCGI"},
    {136, "5GS TAI"},
    {137, "5GS TAI and NCGI"},
    {138, "NG-RAN Node ID"},
    {139, "5GS TAI and NG-RAN Node ID"},
};

constexpr NameRow kTraceActivityControlRows[] = {
    {0, "Trace Deactivation"},
    {1, "Trace Activation"},
};

constexpr NameRow kTraceDepthRows[] = {
    {0, "minimum"},
    {1, "medium"},
    {2, "maximum"},
    {3, "minimumWithoutVendorSpecificExtension"},
    {4, "mediumWithoutVendorSpecificExtension"},
    {5, "maximumWithoutVendorSpecificExtension"},
};

constexpr NameRow kMbms2g3gIndicatorRows[] = {
    {0, "2G only"},
    {1, "3G only"},
    {2, "Both 2G and 3G"},
};

constexpr NameRow kSourceTypeRows[] = {
    {0, "Source Cell ID"},
    {1, "Source RNC-ID"},
};

constexpr NameRow kRimDiscriminatorRows[] = {
    {0, "A Cell Identifier is used to identify a GERAN cell"},
    {1, "A Global RNC-ID is used to identify a UTRAN RNC"},
    {2, "An eNB identifier is used to identify an E-UTRAN eNodeB or HeNB"},
    {3, "An eHRPD Sector ID is used to identify an eHRPD eAN"},
};

constexpr NameRow kChangeReportingActionRows[] = {
    {0, "Stop Reporting"},
    {1, "Start Reporting CGI/SAI"},
    {2, "Start Reporting RAI"},
};

constexpr NameRow kBearerControlModeRows[] = {
    {0, "MS only"},
    {1, "MS/NW"},
};

constexpr NameRow kDistributionIndicationRows[] = {
    {0, "No RNCs have accepted IP multicast distribution"},
    {1, "All RNCs have accepted IP multicast distribution"},
    {2, "Some RNCs have accepted IP multicast distribution"},
};

constexpr NameRow kAddressTypeRows[] = {
    {0, "IPv4"},
    {1, "IPv6"},
};

constexpr NameRow kAccessModeRows[] = {
    {0, "Closed Mode"},
    {1, "Hybrid Mode"},
    {2, "Reserved"},
    {3, "Reserved"},
};

constexpr NameRow kBackOffTimeUnitRows[] = {
    {0, "2 seconds"}, {1, "1 minute"}, {2, "10 minutes"}, {3, "1 hour"}, {4, "10 hours"}, {7, "infinite"},
};

constexpr NameRow kHigherBitratesRows[] = {
    {0, "Not allowed"},
    {1, "Allowed"},
};

constexpr NameRow kEnodebTypeRows[] = {
    {0, "Macro eNodeB ID"},
    {1, "Home eNodeB ID"},
};

constexpr NameRow kSelectionEntityRows[] = {
    {0, "The Serving Network has been selected by the UE"},
    {1, "The Serving Network has been selected by the network"},
};

constexpr NameRow kNatureOfNumberRows[] = {
    {0, "unknown"},
    {1, "international number"},
    {2, "national significant number"},
    {3, "network specific number"},
    {4, "subscriber number"},
    {6, "abbreviated number"},
    {7, "reserved for extension"},
};

constexpr NameRow kNumberingPlanRows[] = {
    {0, "unknown"},      {1, "ISDN/telephony (E.164)"},  {3, "data (X.121)"},
    {4, "telex (F.69)"}, {6, "land mobile (E.212)"},     {8, "national"},
    {9, "private"},      {15, "reserved for extension"},
};

}  // namespace

const NameTable kCause{"gtpv1_cause", "TS 29.060, 7.7.1", kCauseRows};
const NameTable kSelectionMode{"gtpv1_selection_mode", "TS 29.060, 7.7.12", kSelectionModeRows};
const NameTable kMsNotReachableReason{"gtpv1_ms_not_reachable_reason", "TS 29.060, 7.7.25A", kMsNotReachableReasonRows};
const NameTable kPdpTypeOrganization{"gtpv1_user_addr_pdp_org", "TS 29.060, 7.7.27", kPdpTypeOrganizationRows};
const NameTable kPdpTypeNumber{"gtpv1_user_addr_pdp_type", "TS 29.060, 7.7.27", kPdpTypeNumberRows};
const NameTable kSecurityMode{"gtpv1_security_mode", "TS 29.060, 7.7.28", kSecurityModeRows};
const NameTable kCipherAlgorithm{"gtpv1_cipher_algorithm", "TS 29.060, 7.7.28", kCipherAlgorithmRows};
const NameTable kExtensionHeaderType{"gtpv1_extension_header_type", "TS 29.060, 6.1", kExtensionHeaderTypeRows};
const NameTable kApnRestriction{"gtpv1_apn_restriction", "TS 29.060, 7.7.49", kApnRestrictionRows};
const NameTable kRatType{"gtpv1_rat_type", "TS 29.060, 7.7.50", kRatTypeRows};
const NameTable kGeographicLocationType{"gtpv1_geographic_location_type", "TS 29.060, 7.7.51",
                                        kGeographicLocationTypeRows};
const NameTable kTraceActivityControl{"gtpv1_trace_activity_control", "TS 29.060, 7.7.62", kTraceActivityControlRows};
const NameTable kTraceDepth{"gtpv1_trace_depth", "TS 32.422, 5.3", kTraceDepthRows};
const NameTable kMbms2g3gIndicator{"gtpv1_mbms_2g_3g_indicator", "TS 29.060, 7.7.66", kMbms2g3gIndicatorRows};
const NameTable kSourceType{"gtpv1_source_type", "TS 29.060, 7.7.73", kSourceTypeRows};
const NameTable kRimDiscriminator{"gtpv1_rim_routing_address_discriminator", "TS 29.060, 7.7.77",
                                  kRimDiscriminatorRows};
const NameTable kChangeReportingAction{"gtpv1_ms_info_change_reporting_action", "TS 29.060, 7.7.80",
                                       kChangeReportingActionRows};
const NameTable kBearerControlMode{"gtpv1_bearer_control_mode", "TS 29.060, 7.7.83", kBearerControlModeRows};
const NameTable kDistributionIndication{"gtpv1_distribution_indication", "TS 29.060, 7.7.86",
                                        kDistributionIndicationRows};
const NameTable kAddressType{"gtpv1_address_type", "TS 23.003, 5.1", kAddressTypeRows};
const NameTable kAccessMode{"gtpv1_access_mode", "TS 29.060, 7.7.94", kAccessModeRows};
const NameTable kBackOffTimeUnit{"gtpv1_back_off_time_unit", "TS 29.060, 7.7.102", kBackOffTimeUnitRows};
const NameTable kHigherBitrates{"gtpv1_higher_bitrates", "TS 29.060, 7.7.105", kHigherBitratesRows};
const NameTable kEnodebType{"gtpv1_enodeb_type", "TS 29.060, 7.7.112", kEnodebTypeRows};
const NameTable kSelectionEntity{"gtpv1_selection_entity", "TS 29.060, 7.7.116", kSelectionEntityRows};
const NameTable kNatureOfNumber{"map_nature_of_number", "TS 29.002, 17.7.8", kNatureOfNumberRows};
const NameTable kNumberingPlan{"map_numbering_plan", "TS 29.002, 17.7.8", kNumberingPlanRows};

}  // namespace gtp::wire::names_gtpv1
