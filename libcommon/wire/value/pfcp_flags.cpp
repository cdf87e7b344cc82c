// SPDX-License-Identifier: GPL-2.0-or-later
#include "libcommon/wire/value/pfcp_flags.hpp"

#include "libcommon/wire/value/pfcp_common.hpp"

namespace gtp::wire::pfcp {
namespace {

constexpr FlagBit kUpFeatures[] = {
    {0, 1, "bucp", "Downlink data buffering in the CP function"},
    {0, 2, "ddnd", "Downlink data notification delay"},
    {0, 3, "dlbd", "DL buffering duration"},
    {0, 4, "trst", "Traffic steering"},
    {0, 5, "ftup", "F-TEID allocation in the UP function"},
    {0, 6, "pfdm", "PFD management procedure"},
    {0, 7, "heeu", "Header enrichment of uplink traffic"},
    {0, 8, "treu", "Traffic redirection enforcement"},
    {1, 1, "empu", "Sending of End Marker packets"},
    {1, 2, "pdiu", "PDI optimised signalling"},
    {1, 3, "udbc", "UL/DL buffering control"},
    {1, 4, "quoac", "Quota action"},
    {1, 5, "trace", "Trace"},
    {1, 6, "frrt", "Framed routing"},
    {1, 7, "pfde", "PFD contents with several properties"},
    {1, 8, "epfar", "Enhanced PFCP association release"},
    {2, 1, "dpdra", "Deferred PDR activation or deactivation"},
    {2, 2, "adpdp", "Activation and deactivation of predefined PDRs"},
    {2, 3, "ueip", "UE IP address allocation"},
    {2, 4, "sset", "SMF set"},
    {2, 5, "mnop", "Measurement of the number of packets"},
    {2, 6, "mte_n4", "Multiple PFCP session terminations over N4"},
    {2, 7, "bundl", "PFCP message bundling"},
    {2, 8, "gcom", "5G VN group communication"},
    {3, 1, "mpas", "Multiple PFCP associations to the SMFs of a set"},
    {3, 2, "rttl", "Redundant transmission at transport layer"},
    {3, 3, "vtime", "Quota validity time"},
    {3, 4, "norp", "Number of reports"},
    {3, 5, "iptv", "IPTV service"},
    {3, 6, "ip6pl", "IPv6 prefixes other than /64"},
    {3, 7, "tscu", "Time sensitive communication"},
    {3, 8, "mptcp", "MPTCP proxy"},
    {4, 1, "atsss_ll", "ATSSS-LL steering"},
    {4, 2, "qfqm", "QoS monitoring per QoS flow"},
    {4, 3, "gpqm", "QoS monitoring per GTP-U path"},
    {4, 4, "mt_edt", "Mobile terminated early data transmission"},
    {4, 5, "ciot", "CIoT"},
    {4, 6, "ethar", "Ethernet PDU session anchor relocation"},
    {4, 7, "ddds", "First downlink packet buffered or discarded reporting"},
    {4, 8, "rds", "Reliable data service"},
    {5, 1, "rttwp", "RTT measurement towards the UE without PMF"},
    {5, 2, "quasf", "Quota action on selected flows"},
    {5, 3, "nspoc", "Notification of the start of pause of charging"},
    {5, 4, "l2tp", "L2TP"},
    {5, 5, "upber", "Uplink packets buffering during EAS relocation"},
    {5, 6, "resps", "Restoration of PFCP sessions on path failure"},
    {5, 7, "iprep", "IP address and port number replacement"},
    {5, 8, "dnsts", "DNS traffic steering"},
    {6, 1, "drqos", "Direct reporting of QoS monitoring events"},
    {6, 2, "mbsn4", "MBS over N4"},
    {6, 3, "psuprm", "Per slice UP resource management"},
    {6, 4, "eppi", "Enhanced paging policy indicator"},
    {6, 5, "ratp", "Redirection of uplink traffic"},
    {6, 6, "upidp", "User plane inactivity detection and reporting per PDR"},
};
constexpr FlagBit kCpFeatures[] = {
    {0, 1, "load", "Load control"},
    {0, 2, "ovrl", "Overload control"},
    {0, 3, "epfar", "Enhanced PFCP association release"},
    {0, 4, "sset", "SMF set"},
    {0, 5, "bundl", "PFCP message bundling"},
    {0, 6, "mpas", "Multiple PFCP associations to the SMFs of a set"},
    {0, 7, "ardr", "Additional usage reports in the session deletion response"},
    {0, 8, "uiaur", "UE IP address usage reporting"},
    {1, 1, "psucc", "Session establishment or modification with partial success"},
    {1, 2, "rpgur", "Restart of the peer GTP-U entity reporting"},
};
constexpr FlagBit kReportingTriggers[] = {
    {0, 1, "perio", "Periodic reporting"},
    {0, 2, "volth", "Volume threshold"},
    {0, 3, "timth", "Time threshold"},
    {0, 4, "quhti", "Quota holding time"},
    {0, 5, "start", "Start of traffic"},
    {0, 6, "stopt", "Stop of traffic"},
    {0, 7, "droth", "Dropped DL traffic threshold"},
    {0, 8, "liusa", "Linked usage reporting"},
    {1, 1, "volqu", "Volume quota"},
    {1, 2, "timqu", "Time quota"},
    {1, 3, "envcl", "Envelope closure"},
    {1, 4, "macar", "MAC addresses reporting"},
    {1, 5, "eveth", "Event threshold"},
    {1, 6, "evequ", "Event quota"},
    {1, 7, "ipmjl", "IP multicast join or leave"},
    {1, 8, "quvti", "Quota validity time"},
    {2, 1, "reemr", "Report the End Marker reception"},
    {2, 2, "upint", "User plane inactivity timer"},
};
constexpr FlagBit kUsageReportTrigger[] = {
    {0, 1, "perio", "Periodic reporting"},
    {0, 2, "volth", "Volume threshold"},
    {0, 3, "timth", "Time threshold"},
    {0, 4, "quhti", "Quota holding time"},
    {0, 5, "start", "Start of traffic"},
    {0, 6, "stopt", "Stop of traffic"},
    {0, 7, "droth", "Dropped DL traffic threshold"},
    {0, 8, "immer", "Immediate report"},
    {1, 1, "volqu", "Volume quota"},
    {1, 2, "timqu", "Time quota"},
    {1, 3, "liusa", "Linked usage reporting"},
    {1, 4, "termr", "Termination report"},
    {1, 5, "monit", "Monitoring time"},
    {1, 6, "envcl", "Envelope closure"},
    {1, 7, "macar", "MAC addresses reporting"},
    {1, 8, "eveth", "Event threshold"},
    {2, 1, "evequ", "Event quota"},
    {2, 2, "tebur", "Termination by the UP function"},
    {2, 3, "ipmjl", "IP multicast join or leave"},
    {2, 4, "quvti", "Quota validity time"},
    {2, 5, "emrre", "End Marker reception report"},
    {2, 6, "upint", "User plane inactivity timer"},
};
constexpr FlagBit kReportType[] = {
    {0, 1, "dldr", "Downlink data report"},
    {0, 2, "usar", "Usage report"},
    {0, 3, "erir", "Error Indication report"},
    {0, 4, "upir", "User plane inactivity report"},
    {0, 5, "tmir", "TSC management information report"},
    {0, 6, "sesr", "Session report"},
    {0, 7, "uisr", "UP initiated session request"},
};
constexpr FlagBit kApplyAction[] = {
    {0, 1, "drop", "Drop"},
    {0, 2, "forw", "Forward"},
    {0, 3, "buff", "Buffer"},
    {0, 4, "nocp", "Notify the CP function"},
    {0, 5, "dupl", "Duplicate"},
    {0, 6, "ipma", "IP multicast accept"},
    {0, 7, "ipmd", "IP multicast deny"},
    {0, 8, "dfrt", "Duplicate for redundant transmission"},
    {1, 1, "edrt", "Eliminate duplicates of redundant transmission"},
    {1, 2, "bdpn", "Buffered downlink packet notification"},
    {1, 3, "ddpn", "Discarded downlink packet notification"},
    {1, 4, "fssm", "Forward to the low layer SSM address"},
    {1, 5, "mbsu", "Forward MBS data by unicast"},
};
constexpr FlagBit kSmReq[] = {
    {0, 1, "drobu", "Drop buffered packets"},    {0, 2, "sndem", "Send End Marker packets"},
    {0, 3, "qaurr", "Query all URRs"},           {0, 4, "sumpc", "Stop usage measurement to pause charging"},
    {0, 5, "rumuc", "Resume usage measurement"}, {0, 6, "deteid", "Delete all DL N3mb and N19mb F-TEIDs"},
};
constexpr FlagBit kSrRsp[] = {{0, 1, "drobu", "Drop buffered packets"}};
constexpr FlagBit kMeasurementMethod[] = {
    {0, 1, "durat", "Duration"}, {0, 2, "volum", "Volume"}, {0, 3, "event", "Event"}};
constexpr FlagBit kUsageInformation[] = {
    {0, 1, "bef", "Before a monitoring time"},
    {0, 2, "aft", "After a monitoring time"},
    {0, 3, "uae", "Usage after enforcement"},
    {0, 4, "ube", "Usage before enforcement"},
};
constexpr FlagBit kMeasurementInformation[] = {
    {0, 1, "mbqe", "Measurement before QoS enforcement"},
    {0, 2, "inam", "Inactive measurement"},
    {0, 3, "radi", "Reduced application detection information"},
    {0, 4, "istm", "Immediate start time metering"},
    {0, 5, "mnop", "Measurement of the number of packets"},
    {0, 6, "sspoc", "Send the start of pause of charging"},
    {0, 7, "aspoc", "Applicable for the start of pause of charging"},
    {0, 8, "ciam", "Control of inactive measurement"},
};
constexpr FlagBit kNodeReportType[] = {
    {0, 1, "upfr", "User plane path failure report"},
    {0, 2, "uprr", "User plane path recovery report"},
    {0, 3, "ckdr", "Clock drift report"},
    {0, 4, "gpqr", "GTP-U path QoS report"},
    {0, 5, "purr", "Peer UP restart report"},
    {0, 6, "vsr", "Vendor-specific report"},
};
constexpr FlagBit kOci[] = {{0, 1, "aoci", "Overload information belongs to the node ID"}};
constexpr FlagBit kReleaseRequest[] = {{0, 1, "sarr", "Association release request"},
                                       {0, 2, "urss", "Usage reports for the sessions"}};
constexpr FlagBit kRqi[] = {{0, 1, "rqi", "Reflective QoS indication"}};
constexpr FlagBit kSrReq[] = {{0, 1, "psdbu", "PFCP session deleted by the UP function"}};
constexpr FlagBit kAuReq[] = {{0, 1, "parps", "Association release preparation start"}};
constexpr FlagBit kReplication[] = {
    {0, 1, "priueai", "Packet replication to the UE"},
    {0, 2, "prin19i", "Packet replication to N19"},
    {0, 3, "prin6i", "Packet replication to N6"},
    {0, 4, "dcaroni", "Detection carry-on"},
};
constexpr FlagBit kAsRsp[] = {{0, 1, "psrei", "PFCP sessions retained"}, {0, 2, "uupsi", "UPF configured for IPUPS"}};
constexpr FlagBit kSeReq[] = {{0, 1, "resti", "Restoration"},
                              {0, 2, "sumpc", "Stop usage measurement to pause charging"},
                              {0, 3, "hrsbom", "HR-SBO mode"}};
constexpr FlagBit kIpVersion[] = {{0, 1, "v4", "IPv4"}, {0, 2, "v6", "IPv6"}};
constexpr FlagBit kAsReq[] = {{0, 1, "uupsi", "UPF configured for IPUPS"}};
constexpr FlagBit kDataStatus[] = {{0, 1, "drop", "First packet discarded"}, {0, 2, "buff", "First packet buffered"}};
constexpr FlagBit kRds[] = {{0, 1, "rds", "Reliable data service"}};
constexpr FlagBit kL2tpSession[] = {{0, 1, "reuia", "Request allocation of a UE IP address"},
                                    {0, 2, "redsa", "Request a DNS server address"},
                                    {0, 3, "rensa", "Request an NBNS server address"}};
constexpr FlagBit kReporting[] = {{0, 1, "dupl", "Duplicate the notification to the SMF"}};
constexpr FlagBit kMbsReq[] = {{0, 1, "pllssm", "Provide the low layer SSM address"},
                               {0, 2, "jmbssm", "Join the MBS session's SSM address"},
                               {0, 3, "mbs_resti", "MBS restoration"}};
constexpr FlagBit kMbsResp[] = {{0, 1, "nn19dt", "New N19mb downlink tunnel"},
                                {0, 2, "jmti", "Joined the multicast transport"},
                                {0, 3, "n19dtr", "N19mb downlink tunnel removed"}};
constexpr FlagBit kSdRsp[] = {{0, 1, "puru", "Pending usage reports unacknowledged"}};
constexpr FlagBit kQerIndications[] = {{0, 1, "iqfis", "Insert the DL MBS QFI sequence number"}};

}  // namespace

void up_function_features(Cursor& value, FieldSink& out) { emit_all_flags(value, out, kUpFeatures); }
void cp_function_features(Cursor& value, FieldSink& out) { emit_all_flags(value, out, kCpFeatures); }
void reporting_triggers(Cursor& value, FieldSink& out) { emit_all_flags(value, out, kReportingTriggers); }
void report_type(Cursor& value, FieldSink& out) { emit_all_flags(value, out, kReportType); }
void apply_action(Cursor& value, FieldSink& out) { emit_all_flags(value, out, kApplyAction); }
void pfcpsmreq_flags(Cursor& value, FieldSink& out) { emit_all_flags(value, out, kSmReq); }
void pfcpsrrsp_flags(Cursor& value, FieldSink& out) { emit_all_flags(value, out, kSrRsp); }
void measurement_method(Cursor& value, FieldSink& out) { emit_all_flags(value, out, kMeasurementMethod); }
void usage_report_trigger(Cursor& value, FieldSink& out) { emit_all_flags(value, out, kUsageReportTrigger); }
void usage_information(Cursor& value, FieldSink& out) { emit_all_flags(value, out, kUsageInformation); }
void measurement_information(Cursor& value, FieldSink& out) { emit_all_flags(value, out, kMeasurementInformation); }
void node_report_type(Cursor& value, FieldSink& out) { emit_all_flags(value, out, kNodeReportType); }
void oci_flags(Cursor& value, FieldSink& out) { emit_all_flags(value, out, kOci); }
void pfcp_association_release_request(Cursor& value, FieldSink& out) { emit_all_flags(value, out, kReleaseRequest); }
void rqi(Cursor& value, FieldSink& out) { emit_all_flags(value, out, kRqi); }
void pfcpsrreq_flags(Cursor& value, FieldSink& out) { emit_all_flags(value, out, kSrReq); }
void pfcpaureq_flags(Cursor& value, FieldSink& out) { emit_all_flags(value, out, kAuReq); }
void packet_replication_information(Cursor& value, FieldSink& out) { emit_all_flags(value, out, kReplication); }
void pfcpasrsp_flags(Cursor& value, FieldSink& out) { emit_all_flags(value, out, kAsRsp); }
void pfcpsereq_flags(Cursor& value, FieldSink& out) { emit_all_flags(value, out, kSeReq); }
void ip_version(Cursor& value, FieldSink& out) { emit_all_flags(value, out, kIpVersion); }
void pfcpasreq_flags(Cursor& value, FieldSink& out) { emit_all_flags(value, out, kAsReq); }
void data_status(Cursor& value, FieldSink& out) { emit_all_flags(value, out, kDataStatus); }
void rds_configuration_information(Cursor& value, FieldSink& out) { emit_all_flags(value, out, kRds); }
void l2tp_session_indications(Cursor& value, FieldSink& out) { emit_all_flags(value, out, kL2tpSession); }
void reporting_flags(Cursor& value, FieldSink& out) { emit_all_flags(value, out, kReporting); }
void mbsn4mbreq_flags(Cursor& value, FieldSink& out) { emit_all_flags(value, out, kMbsReq); }
void mbsn4resp_flags(Cursor& value, FieldSink& out) { emit_all_flags(value, out, kMbsResp); }
void pfcpsdrsp_flags(Cursor& value, FieldSink& out) { emit_all_flags(value, out, kSdRsp); }
void qer_indications(Cursor& value, FieldSink& out) { emit_all_flags(value, out, kQerIndications); }

}  // namespace gtp::wire::pfcp
