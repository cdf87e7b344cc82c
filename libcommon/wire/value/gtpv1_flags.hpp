// SPDX-License-Identifier: GPL-2.0-or-later
//
// GTPv1-C elements that are bits (TS 29.060, 7.7). Later releases append octets: one octet is enough, more are ignored.
// The keys are the abbreviations of gtp-json/1.
#pragma once

#include "libcommon/wire/value/common.hpp"

namespace gtp::wire::gtpv1 {

inline constexpr FlagBit kCommonFlags[] = {
    {0, 8, "dual_addr_bearer_flg", "Dual address bearer flag"},
    {0, 7, "upgrd_qos_sup", "Upgrade QoS supported"},
    {0, 6, "nrsn", "Network requested secondary PDP context supported (NRSN)"},
    {0, 5, "no_qos_neg", "No QoS negotiation"},
    {0, 4, "mbs_cnt_inf", "MBMS counting information"},
    {0, 3, "mbs_ran_pcd_rdy", "RAN procedures ready"},
    {0, 2, "mbs_srv_type", "MBMS service type"},
    {0, 1, "ppc", "Prohibit payload compression"},
};
inline constexpr FlagBit kExtendedCommonFlags[] = {
    {0, 8, "uasi", "UE available for signalling indicator"},
    {0, 7, "bdwi", "Buffered DL data waiting indication"},
    {0, 6, "pcri", "P-CSCF restoration indication"},
    {0, 5, "vb", "Voice bearer"},
    {0, 4, "retloc", "Retrieve location indication"},
    {0, 3, "cpsr", "CS to PS SRVCC"},
    {0, 2, "ccrsi", "CSG change reporting support indication"},
    {0, 1, "unauthenticated_imsi", "Unauthenticated IMSI"},
};
inline constexpr FlagBit kExtendedCommonFlags2[] = {
    {0, 3, "pmtsmi", "Pending MT short message indication"},
    {0, 2, "dtci", "Delay tolerant connection indication"},
    {0, 1, "pnsi", "Pending network initiated PDN connection signalling indication"},
};
inline constexpr FlagBit kDirectTunnelFlags[] = {
    {0, 3, "ei", "Error indication"},
    {0, 2, "gcsi", "GPRS-CSI"},
    {0, 1, "dti", "Direct tunnel indicator"},
};
inline constexpr FlagBit kCsgReportingAction[] = {
    {0, 3, "uciuhc", "Report when entering or leaving an unsubscribed hybrid cell"},
    {0, 2, "ucishc", "Report when entering or leaving a subscribed hybrid cell"},
    {0, 1, "ucicsg", "Report when entering or leaving a CSG cell"},
};
inline constexpr FlagBit kSrvccFlags[] = {{0, 1, "ics", "IMS centralized service"}};
inline constexpr FlagBit kCiotOptimizations[] = {
    {0, 2, "scnipdn", "SCEF non-IP PDN connection supported"},
    {0, 1, "sgnipdn", "SGi non-IP PDN connection supported"},
};
inline constexpr FlagBit kUpFunctionSelection[] = {{0, 1, "dcnr", "Dual connectivity with NR"}};

// MS network capability (TS 24.008, 10.5.5.12) without its two bits of SS screening.
inline constexpr FlagBit kMsNetworkCapability[] = {
    {0, 8, "gea1", "GEA/1"},
    {0, 7, "sm_dedicated", "Mobile terminated SMS over dedicated channels"},
    {0, 6, "sm_gprs", "Mobile terminated SMS over GPRS packet channels"},
    {0, 5, "ucs2", "No preference between default alphabet and UCS2"},
    {0, 2, "solsa", "SoLSA"},
    {0, 1, "r99", "Revision level R99 or later"},
    {1, 8, "pfc", "Packet flow procedures"},
    {1, 7, "gea2", "GEA/2"},
    {1, 6, "gea3", "GEA/3"},
    {1, 5, "gea4", "GEA/4"},
    {1, 4, "gea5", "GEA/5"},
    {1, 3, "gea6", "GEA/6"},
    {1, 2, "gea7", "GEA/7"},
    {1, 1, "lcs_va", "LCS value added location request notification"},
    {2, 8, "ho_utran", "PS inter-RAT handover from GERAN to UTRAN Iu mode"},
    {2, 7, "ho_eutran", "PS inter-RAT handover from GERAN to E-UTRAN S1 mode"},
    {2, 6, "emm_combined", "EMM combined procedures"},
    {2, 5, "isr", "Idle mode signalling reduction"},
    {2, 4, "srvcc", "SRVCC to GERAN and UTRAN"},
    {2, 3, "epc", "EPC capability"},
    {2, 2, "nf", "Notification procedure"},
    {2, 1, "gns", "GERAN network sharing"},
    {3, 8, "up_integrity", "User plane integrity protection"},
    {3, 7, "gia4", "GIA/4"},
    {3, 6, "gia5", "GIA/5"},
    {3, 5, "gia6", "GIA/6"},
    {3, 4, "gia7", "GIA/7"},
    {3, 3, "epco", "Extended protocol configuration options"},
    {3, 2, "restrict_ec", "Restriction on use of enhanced coverage"},
    {3, 1, "dcnr", "Dual connectivity of E-UTRA with NR"},
};

// UE network capability (TS 24.301, 9.9.3.34), from the octet of the EPS encryption algorithms on.
inline constexpr FlagBit kUeNetworkCapability[] = {
    {0, 8, "eea0", "EEA0"},
    {0, 7, "128_eea1", "128-EEA1"},
    {0, 6, "128_eea2", "128-EEA2"},
    {0, 5, "128_eea3", "128-EEA3"},
    {0, 4, "eea4", "EEA4"},
    {0, 3, "eea5", "EEA5"},
    {0, 2, "eea6", "EEA6"},
    {0, 1, "eea7", "EEA7"},
    {1, 8, "eia0", "EIA0"},
    {1, 7, "128_eia1", "128-EIA1"},
    {1, 6, "128_eia2", "128-EIA2"},
    {1, 5, "128_eia3", "128-EIA3"},
    {1, 4, "eia4", "EIA4"},
    {1, 3, "eia5", "EIA5"},
    {1, 2, "eia6", "EIA6"},
    {1, 1, "eia7", "EIA7"},
    {2, 8, "uea0", "UEA0"},
    {2, 7, "uea1", "UEA1"},
    {2, 6, "uea2", "UEA2"},
    {2, 5, "uea3", "UEA3"},
    {2, 4, "uea4", "UEA4"},
    {2, 3, "uea5", "UEA5"},
    {2, 2, "uea6", "UEA6"},
    {2, 1, "uea7", "UEA7"},
    {3, 8, "ucs2", "No preference between default alphabet and UCS2"},
    {3, 7, "uia1", "UIA1"},
    {3, 6, "uia2", "UIA2"},
    {3, 5, "uia3", "UIA3"},
    {3, 4, "uia4", "UIA4"},
    {3, 3, "uia5", "UIA5"},
    {3, 2, "uia6", "UIA6"},
    {3, 1, "uia7", "UIA7"},
    {4, 8, "prose_dd", "ProSe direct discovery"},
    {4, 7, "prose", "ProSe"},
    {4, 6, "h245_ash", "H.245 after SRVCC handover"},
    {4, 5, "acc_csfb", "1xCS fallback access class control"},
    {4, 4, "lpp", "LTE positioning protocol"},
    {4, 3, "lcs", "Location services notification"},
    {4, 2, "1xsrvcc", "SRVCC from E-UTRAN to cdma2000 1xCS"},
    {4, 1, "nf", "Notification procedure"},
    {5, 8, "epco", "Extended protocol configuration options"},
    {5, 7, "hc_cp_ciot", "Header compression for control plane CIoT EPS optimization"},
    {5, 6, "er_wo_pdn", "EMM-REGISTERED without PDN connection"},
    {5, 5, "s1_u_data", "S1-U data transfer"},
    {5, 4, "up_ciot", "User plane CIoT EPS optimization"},
    {5, 3, "cp_ciot", "Control plane CIoT EPS optimization"},
    {5, 2, "prose_relay", "ProSe UE-to-network relay"},
    {5, 1, "prose_dc", "ProSe direct communication"},
    {6, 8, "15_bearers", "Signalling for up to 15 EPS bearer contexts"},
    {6, 7, "sgc", "Service gap control"},
    {6, 6, "n1mode", "N1 mode"},
    {6, 5, "dcnr", "Dual connectivity with NR"},
    {6, 4, "cp_backoff", "Control plane data backoff"},
    {6, 3, "restrict_ec", "Restriction on use of enhanced coverage"},
    {6, 2, "v2x_pc5", "V2X communication over E-UTRA-PC5"},
    {6, 1, "multiple_drb", "Multiple user plane radio bearers in NB-S1 mode"},
    {7, 5, "v2x_nr_pc5", "V2X communication over NR-PC5"},
    {7, 4, "up_mt_edt", "User plane mobile terminated early data transmission"},
    {7, 3, "cp_mt_edt", "Control plane mobile terminated early data transmission"},
    {7, 2, "wus", "Wake-up signal assistance"},
    {7, 1, "racs", "Radio capability signalling optimisation"},
};
inline constexpr std::size_t kUeNetworkCapabilityOctets = 8;

}  // namespace gtp::wire::gtpv1
