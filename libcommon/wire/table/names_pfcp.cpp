// SPDX-License-Identifier: GPL-2.0-or-later
#include "libcommon/wire/table/names_pfcp.hpp"

namespace gtp::wire::names_pfcp {
namespace {

constexpr NameRow kCauseRows[] = {
    {0, "Reserved"},
    {1, "Request accepted (success)"},
    {2, "More Usage Report to send"},
    {3, "Request partially accepted"},
    {64, "Request rejected (reason not specified)"},
    {65, "Session context not found"},
    {66, "Mandatory IE missing"},
    {67, "Conditional IE missing"},
    {68, "Invalid length"},
    {69, "Mandatory IE incorrect"},
    {70, "Invalid Forwarding Policy"},
    {71, "Invalid F-TEID allocation option"},
    {72, "No established PFCP Association"},
    {73, "Rule creation / modification Failure"},
    {74, "PFCP entity in congestion"},
    {75, "No resources available"},
    {76, "Service not supported"},
    {77, "System failure"},
    {78, "Redirection Requested"},
    {79, "All dynamic addresses are occupied"},
    {80, "Unknown Pre-defined Rule"},
    {81, "Unknown Application ID"},
    {82, "L2TP tunnel Establishment failure"},
    {83, "L2TP session Establishment failure"},
    {84, "L2TP tunnel release"},
    {85, "L2TP session release"},
    {86, "PFCP session restoration failure"},
};
constexpr NameRow kSourceInterfaceRows[] = {
    {0, "Access"}, {1, "Core"}, {2, "SGi-LAN/N6-LAN"}, {3, "CP function"}, {4, "5G VN internal"},
};
constexpr NameRow kDestinationInterfaceRows[] = {
    {0, "Access"}, {1, "Core"}, {2, "SGi-LAN/N6-LAN"}, {3, "CP function"}, {4, "LI function"}, {5, "5G VN internal"},
};
constexpr NameRow kNodeIdTypeRows[] = {
    {0, "IPv4 address"},
    {1, "IPv6 address"},
    {2, "FQDN"},
};
constexpr NameRow kFqCsidNodeIdTypeRows[] = {
    {0, "IPv4 address"},
    {1, "IPv6 address"},
    {2, "MCC, MNC and a number"},
};
constexpr NameRow kFqCsidNodeTypeRows[] = {
    {0, "MME"}, {1, "SGW-C"}, {2, "PGW-C/SMF"}, {3, "ePDG"}, {4, "TWAN"}, {5, "PGW-U/SGW-U/UPF"},
};
constexpr NameRow kPdnTypeRows[] = {
    {1, "IPv4"}, {2, "IPv6"}, {3, "IPv4v6"}, {4, "Non-IP"}, {5, "Ethernet"},
};
constexpr NameRow kRuleIdTypeRows[] = {
    {0, "PDR"}, {1, "FAR"}, {2, "QER"}, {3, "URR"}, {4, "BAR"}, {5, "MAR"}, {6, "SRR"},
};
constexpr NameRow kBaseTimeIntervalRows[] = {
    {0, "CTP"},
    {1, "DTP"},
};
constexpr NameRow kRatTypeRows[] = {
    {1, "UTRAN"},   {2, "GERAN"},         {3, "WLAN"},  {4, "GAN"}, {5, "HSPA Evolution"}, {6, "EUTRAN (WB-E-UTRAN)"},
    {7, "Virtual"}, {8, "EUTRAN-NB-IoT"}, {9, "LTE-M"}, {10, "NR"},
};
constexpr NameRow kFlowDirectionRows[] = {
    {0, "Unspecified"},
    {1, "Downlink"},
    {2, "Uplink"},
    {3, "Bidirectional"},
};
constexpr NameRow kRedirectTypeRows[] = {
    {0, "IPv4 address"},
    {1, "IPv6 address"},
    {2, "URL"},
    {3, "SIP URI"},
    {4, "IPv4 and IPv6 addresses"},
    {5, "Port"},
    {6, "IPv4 address and port"},
    {7, "IPv6 address and port"},
    {8, "IPv4 and IPv6 addresses and port"},
};
constexpr NameRow kOuterHeaderRemovalRows[] = {
    {0, "GTP-U/UDP/IPv4"}, {1, "GTP-U/UDP/IPv6"}, {2, "UDP/IPv4"},   {3, "UDP/IPv6"},        {4, "IPv4"},
    {5, "IPv6"},           {6, "GTP-U/UDP/IP"},   {7, "VLAN S-TAG"}, {8, "S-TAG and C-TAG"},
};
constexpr NameRow kHeaderTypeRows[] = {
    {0, "HTTP"},
};
constexpr NameRow kInterfaceTypeRows[] = {
    {0, "S1-U"},
    {1, "S5/S8-U"},
    {2, "S4-U"},
    {3, "S11-U"},
    {4, "S12"},
    {5, "Gn/Gp-U"},
    {6, "S2a-U"},
    {7, "S2b-U"},
    {8, "eNodeB GTP-U interface for DL data forwarding"},
    {9, "eNodeB GTP-U interface for UL data forwarding"},
    {10, "SGW/UPF GTP-U interface for DL data forwarding"},
    {11, "N3 3GPP access"},
    {12, "N3 trusted non-3GPP access"},
    {13, "N3 untrusted non-3GPP access"},
    {14, "N3 for data forwarding"},
    {15, "N9 (or N9 for non-roaming)"},
    {16, "SGi"},
    {17, "N6"},
    {18, "N19"},
    {19, "S8-U"},
    {20, "Gp-U"},
    {21, "N9 for roaming"},
    {22, "Iu-U"},
    {23, "N9 for data forwarding"},
    {24, "Sxa-U"},
    {25, "Sxb-U"},
    {26, "Sxc-U"},
    {27, "N4-U"},
    {28, "SGW/UPF GTP-U interface for UL data forwarding"},
    {29, "N6mb/Nmb9"},
    {30, "N3mb"},
    {31, "N19mb"},
};
constexpr NameRow kTimerUnitRows[] = {
    {0, "2 seconds"}, {1, "1 minute"}, {2, "10 minutes"}, {3, "1 hour"}, {4, "10 hours"}, {7, "infinite"},
};
constexpr NameRow kTimeUnitRows[] = {
    {0, "minute"}, {1, "6 minutes"}, {2, "hour"}, {3, "day"}, {4, "week"},
};
constexpr NameRow kGateRows[] = {
    {0, "OPEN"},
    {1, "CLOSED"},
};
constexpr NameRow kSteeringFunctionalityRows[] = {
    {0, "ATSSS-LL"},
    {1, "MPTCP"},
};
constexpr NameRow kSteeringModeRows[] = {
    {0, "Active-standby"},
    {1, "Smallest delay"},
    {2, "Load balancing"},
    {3, "Priority-based"},
};
constexpr NameRow kPriorityRows[] = {
    {0, "Active"}, {1, "Standby"}, {2, "No standby"}, {3, "High"}, {4, "Low"},
};
constexpr NameRow kAccessTypeRows[] = {
    {0, "3GPP access"},
    {1, "Non-3GPP access"},
};
constexpr NameRow kAvailabilityRows[] = {
    {0, "Unavailable"},
    {1, "Available"},
};
constexpr NameRow kMptcpProxyRows[] = {
    {0, "Transport converter"},
};
constexpr NameRow kProxyAuthenRows[] = {
    {1, "Textual username/password exchange"}, {2, "PPP CHAP"}, {3, "PPP PAP"}, {4, "No authentication"},
    {5, "Microsoft CHAP version 1"},
};

}  // namespace

const NameTable kCause{"pfcp_cause", "TS 29.244, 8.2.1", kCauseRows};
const NameTable kSourceInterface{"pfcp_source_interface", "TS 29.244, 8.2.2", kSourceInterfaceRows};
const NameTable kDestinationInterface{"pfcp_destination_interface", "TS 29.244, 8.2.24", kDestinationInterfaceRows};
const NameTable kNodeIdType{"pfcp_node_id_type", "TS 29.244, 8.2.38", kNodeIdTypeRows};
const NameTable kFqCsidNodeIdType{"pfcp_fq_csid_node_id_type", "TS 29.244, 8.2.43", kFqCsidNodeIdTypeRows};
const NameTable kFqCsidNodeType{"pfcp_fq_csid_node_type", "TS 29.244, 8.2.43", kFqCsidNodeTypeRows};
const NameTable kPdnType{"pfcp_pdn_type", "TS 29.244, 8.2.79", kPdnTypeRows};
const NameTable kRuleIdType{"pfcp_rule_id_type", "TS 29.244, 8.2.80", kRuleIdTypeRows};
const NameTable kBaseTimeInterval{"pfcp_base_time_interval_type", "TS 29.244, 8.2.81", kBaseTimeIntervalRows};
const NameTable kRatType{"pfcp_rat_type", "TS 29.244, 8.2.186", kRatTypeRows};
const NameTable kFlowDirection{"pfcp_flow_direction", "TS 29.244, 8.2.61", kFlowDirectionRows};
const NameTable kRedirectType{"pfcp_redirect_address_type", "TS 29.244, 8.2.20", kRedirectTypeRows};
const NameTable kOuterHeaderRemoval{"pfcp_outer_header_removal", "TS 29.244, 8.2.64", kOuterHeaderRemovalRows};
const NameTable kHeaderType{"pfcp_header_type", "TS 29.244, 8.2.67", kHeaderTypeRows};
const NameTable kInterfaceType{"pfcp_interface_type", "TS 29.244, 8.2.118", kInterfaceTypeRows};
const NameTable kTimerUnit{"pfcp_timer_unit", "TS 29.244, 8.2.35", kTimerUnitRows};
const NameTable kTimeUnit{"pfcp_time_unit", "TS 29.244, 8.2.63", kTimeUnitRows};
const NameTable kGate{"pfcp_gate", "TS 29.244, 8.2.7", kGateRows};
const NameTable kSteeringFunctionality{"pfcp_steering_functionality", "TS 29.244, 8.2.124", kSteeringFunctionalityRows};
const NameTable kSteeringMode{"pfcp_steering_mode", "TS 29.244, 8.2.125", kSteeringModeRows};
const NameTable kPriority{"pfcp_priority", "TS 29.244, 8.2.127", kPriorityRows};
const NameTable kAccessType{"pfcp_access_type", "TS 29.244, 8.2.153", kAccessTypeRows};
const NameTable kAvailability{"pfcp_availability_status", "TS 29.244, 8.2.153", kAvailabilityRows};
const NameTable kMptcpProxy{"pfcp_mptcp_proxy_type", "TS 29.244, 8.2.157", kMptcpProxyRows};
const NameTable kProxyAuthen{"pfcp_proxy_authen_type", "TS 29.244, 8.2", kProxyAuthenRows};

}  // namespace gtp::wire::names_pfcp
