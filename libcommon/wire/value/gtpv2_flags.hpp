// SPDX-License-Identifier: GPL-2.0-or-later
//
// The GTPv2-C elements that are nothing but named bits; the table decodes them with decode_flags<bits, octets>. Keys
// are the 3GPP abbreviations in lower case.
#pragma once

#include "libcommon/wire/field.hpp"

namespace gtp::wire::gtpv2 {

// Indication, TS 29.274, 8.12.
inline constexpr FlagBit kIndicationBits[] = {
    {0, 8, "daf", "Dual Address Bearer Flag"},
    {0, 7, "dtf", "Direct Tunnel Flag"},
    {0, 6, "hi", "Handover Indication"},
    {0, 5, "dfi", "Direct Forwarding Indication"},
    {0, 4, "oi", "Operation Indication"},
    {0, 3, "isrsi", "Idle mode Signalling Reduction Supported Indication"},
    {0, 2, "israi", "Idle mode Signalling Reduction Activation Indication"},
    {0, 1, "sgwci", "SGW Change Indication"},
    {1, 8, "sqci", "Subscribed QoS Change Indication"},
    {1, 7, "uimsi", "Unauthenticated IMSI"},
    {1, 6, "cfsi", "Change F-TEID support indication"},
    {1, 5, "crsi", "Change Reporting support indication"},
    {1, 4, "ps", "Piggybacking Supported"},
    {1, 3, "pt", "Protocol Type"},
    {1, 2, "si", "Scope Indication"},
    {1, 1, "msv", "MS Validated"},
    {2, 8, "retloc", "Retrieve Location Indication Flag"},
    {2, 7, "pbic", "Propagate BBAI Information Change"},
    {2, 6, "snri", "SGW Restoration Needed Indication"},
    {2, 5, "s6af", "Static IPv6 Address Flag"},
    {2, 4, "s4af", "Static IPv4 Address Flag"},
    {2, 3, "mbmdt", "Management Based MDT allowed flag"},
    {2, 2, "israu", "ISR is activated for the UE"},
    {2, 1, "ccrsi", "CSG Change Reporting support indication"},
    {3, 8, "cprai", "Change of Presence Reporting Area information Indication"},
    {3, 7, "arrl", "Abnormal Release of Radio Link"},
    {3, 6, "ppof", "PDN Pause Off Indication"},
    {3, 5, "ppon_ppei", "PDN Pause On Indication / PDN Pause Enabled Indication"},
    {3, 4, "ppsi", "PDN Pause Support Indication"},
    {3, 3, "csfbi", "CSFB Indication"},
    {3, 2, "clii", "Change of Location Information Indication"},
    {3, 1, "cpsr", "CS to PS SRVCC Indication"},
    {4, 8, "nsi", "NBIFOM Support Indication"},
    {4, 7, "uasi", "UE Available for Signalling Indication"},
    {4, 6, "dtci", "Delay Tolerant Connection Indication"},
    {4, 5, "bdwi", "Buffered DL Data Waiting Indication"},
    {4, 4, "psci", "Pending Subscription Change Indication"},
    {4, 3, "pcri", "P-CSCF Restoration Indication"},
    {4, 2, "aosi", "Associate OCI with SGW node's Identity"},
    {4, 1, "aopi", "Associate OCI with PGW node's Identity"},
    {5, 8, "roaai", "Release Over Any Access Indication"},
    {5, 7, "epcosi", "Extended PCO Support Indication"},
    {5, 6, "cpopci", "Control Plane Only PDN Connection Indication"},
    {5, 5, "pmtsmi", "Pending MT Short Message Indication"},
    {5, 4, "s11tf", "S11-U Tunnel Flag"},
    {5, 3, "pnsi", "Pending Network Initiated PDN Connection Signalling Indication"},
    {5, 2, "unaccsi", "UE Not Authorized Cause Code Support Indication"},
    {5, 1, "wpmsi", "WLCP PDN Connection Modification Support Indication"},
    {6, 8, "5gsnn26", "5GS Interworking without N26 Indication"},
    {6, 7, "reprefi", "Return Preferred Indication"},
    {6, 6, "5gsiwk", "5GS Interworking Indication"},
    {6, 5, "eevrsi", "Extended EBI Value Range Support Indication"},
    {6, 4, "ltemui", "LTE-M UE Indication"},
    {6, 3, "ltempi", "LTE-M RAT Type reporting to PGW Indication"},
    {6, 2, "enbcrsi", "eNB Change Reporting Support Indication"},
    {6, 1, "tspcmi", "Triggering SGSN Initiated PDP Context Creation/Modification Indication"},
    {7, 8, "csrmfi", "Create Session Request Message Forwarded Indication"},
    {7, 7, "mtedtn", "MT-EDT Not Applicable"},
    {7, 6, "mtedta", "MT-EDT Applicable"},
    {7, 5, "n5gnmi", "No 5GS N26 Mobility Indication"},
    {7, 4, "5gcnrs", "5GC Not Restricted Support"},
    {7, 3, "5gcnri", "5GC Not Restricted Indication"},
    {7, 2, "5srhoi", "5G-SRVCC HO Indication"},
    {7, 1, "ethpdn", "Ethernet PDN Support Indication"},
    {8, 8, "nspusi", "Notify Start of Pause of Charging via User plane Support Indication"},
    {8, 7, "pgwrnsi", "PGW Redirection due to mismatch with Network Slice subscribed by UE Support Indication"},
    {8, 6, "rppcsi", "Restoration of PDN connections after an PGW-C/SMF change Support Indication"},
    {8, 5, "pgwchi", "PGW CHange Indication"},
    {8, 4, "sissme", "Same IWK-SCEF Selected for Monitoring Event Indication"},
    {8, 3, "nsenbi", "Notify Source eNodeB Indication"},
    {8, 2, "idfupf", "Indirect Data Forwarding with UPF Indication"},
    {8, 1, "emci", "Emergency PDU Session Indication"},
    {9, 3, "ltemsai", "LTE-M Satellite Access Indication"},
    {9, 2, "srtpi", "Satellite RAT Type reporting to PGW Indication"},
    {9, 1, "upipsi", "User Plane Integrity Protection Support Indication"},
};

// Bearer Flags, 8.32.
inline constexpr FlagBit kBearerFlagsBits[] = {
    {0, 4, "asi", "Activity Status Indicator"},
    {0, 3, "vind", "vSRVCC indicator"},
    {0, 2, "vb", "Voice Bearer"},
    {0, 1, "ppc", "Prohibit Payload Compression"},
};

// Node Features, 8.83.
inline constexpr FlagBit kNodeFeaturesBits[] = {
    {0, 8, "psset", "Support of PGW-C/SMF Set"},
    {0, 7, "mtedt", "Support of MT-EDT"},
    {0, 6, "eth", "Ethernet PDN Type"},
    {0, 5, "s1un", "S1-U path notification"},
    {0, 4, "ciot", "Cellular IoT"},
    {0, 3, "ntsr", "Network Triggered Service Restoration"},
    {0, 2, "mabr", "Modify Access Bearers Request"},
    {0, 1, "prn", "PGW Restart Notification"},
};

// CSG Information Reporting Action, 8.76.
inline constexpr FlagBit kCsgReportingActionBits[] = {
    {0, 3, "uciuhc", "UCI upon access to a CSG hybrid cell, unsubscribed"},
    {0, 2, "ucishc", "UCI upon access to a CSG hybrid cell, subscribed"},
    {0, 1, "ucicsg", "UCI upon access to a CSG cell"},
};

// Additional flags for SRVCC, 8.91.
inline constexpr FlagBit kSrvccFlagsBits[] = {
    {0, 2, "vf", "vSRVCC Flag"},
    {0, 1, "ics", "IMS Centralized Service"},
};

// Change to Report Flags, 8.98.
inline constexpr FlagBit kChangeToReportBits[] = {
    {0, 2, "tzcr", "Time Zone Change to Report"},
    {0, 1, "sncr", "Serving Network Change to Report"},
};

// MBMS Flags, 8.102.
inline constexpr FlagBit kMbmsFlagsBits[] = {
    {0, 2, "lmri", "Local MBMS Bearer Context Release Indication"},
    {0, 1, "msri", "MBMS Session Re-establishment Indication"},
};

// Trusted WLAN Mode Indication, 8.105.
inline constexpr FlagBit kWlanModeBits[] = {
    {0, 2, "mcm", "Multi-connection mode"},
    {0, 1, "scm", "Single-connection mode"},
};

// WLAN Offloadability Indication, 8.116.
inline constexpr FlagBit kWlanOffloadabilityBits[] = {
    {0, 2, "eutran", "Offloadable from E-UTRAN"},
    {0, 1, "utran", "Offloadable from UTRAN"},
};

// CIoT Optimizations Support Indication, 8.125.
inline constexpr FlagBit kCiotSupportBits[] = {
    {0, 4, "ihcsi", "IP Header Compression Support Indication"},
    {0, 3, "awopdn", "Attach without PDN Support Indication"},
    {0, 2, "scnipdn", "SCEF Non-IP PDN Support Indication"},
    {0, 1, "sgnipdn", "SGi Non-IP PDN Support Indication"},
};

// UP Function Selection Indication Flags, 8.133.
inline constexpr FlagBit kUpFunctionSelectionBits[] = {
    {0, 1, "dcnr", "Dual connectivity with NR"},
};

// Sv Flags, TS 29.280, 6.11.
inline constexpr FlagBit kSvFlagsBits[] = {
    {0, 4, "vho", "vSRVCC Handover"},
    {0, 3, "sti", "Session Transfer Indicator"},
    {0, 2, "ics", "IMS Centralized Service"},
    {0, 1, "emind", "Emergency Indicator"},
};

}  // namespace gtp::wire::gtpv2
