// SPDX-License-Identifier: GPL-2.0-or-later
#include "libcommon/wire/table/names_ran_nas.hpp"

namespace gtp::wire::names_ran_nas {
namespace {

constexpr NameRow kS1apRadioNetworkRows[] = {
    {0, "unspecified"},
    {1, "tx2relocoverall-expiry"},
    {2, "successful-handover"},
    {3, "release-due-to-eutran-generated-reason"},
    {4, "handover-cancelled"},
    {5, "partial-handover"},
    {6, "ho-failure-in-target-EPC-eNB-or-target-system"},
    {7, "ho-target-not-allowed"},
    {8, "tS1relocoverall-expiry"},
    {9, "tS1relocprep-expiry"},
    {10, "cell-not-available"},
    {11, "unknown-targetID"},
    {12, "no-radio-resources-available-in-target-cell"},
    {13, "unknown-mme-ue-s1ap-id"},
    {14, "unknown-enb-ue-s1ap-id"},
    {15, "unknown-pair-ue-s1ap-id"},
    {16, "handover-desirable-for-radio-reason"},
    {17, "time-critical-handover"},
    {18, "resource-optimisation-handover"},
    {19, "reduce-load-in-serving-cell"},
    {20, "user-inactivity"},
    {21, "radio-connection-with-ue-lost"},
    {22, "load-balancing-tau-required"},
    {23, "cs-fallback-triggered"},
    {24, "ue-not-available-for-ps-service"},
    {25, "radio-resources-not-available"},
    {26, "failure-in-radio-interface-procedure"},
    {27, "invalid-qos-combination"},
    {28, "interrat-redirection"},
    {29, "interaction-with-other-procedure"},
    {30, "unknown-E-RAB-ID"},
    {31, "multiple-E-RAB-ID-instances"},
    {32, "encryption-and-or-integrity-protection-algorithms-not-supported"},
    {33, "s1-intra-system-handover-triggered"},
    {34, "s1-inter-system-handover-triggered"},
    {35, "x2-handover-triggered"},
    {36, "redirection-towards-1xRTT"},
    {37, "not-supported-QCI-value"},
    {38, "invalid-CSG-Id"},
    {39, "release-due-to-pre-emption"},
    {40, "n26-interface-not-available"},
    {41, "insufficient-ue-capabilities"},
    {42, "maximum-bearer-pre-emption-rate-exceeded"},
    {43, "up-integrity-protection-not-possible"},
};

constexpr NameRow kS1apTransportRows[] = {
    {0, "transport-resource-unavailable"},
    {1, "unspecified"},
};

constexpr NameRow kS1apNasRows[] = {
    {0, "normal-release"}, {1, "authentication-failure"},  {2, "detach"},
    {3, "unspecified"},    {4, "csg-subscription-expiry"}, {5, "uE-not-in-PLMN-serving-area"},
};

constexpr NameRow kS1apProtocolRows[] = {
    {0, "transfer-syntax-error"},
    {1, "abstract-syntax-error-reject"},
    {2, "abstract-syntax-error-ignore-and-notify"},
    {3, "message-not-compatible-with-receiver-state"},
    {4, "semantic-error"},
    {5, "abstract-syntax-error-falsely-constructed-message"},
    {6, "unspecified"},
};

constexpr NameRow kS1apMiscellaneousRows[] = {
    {0, "control-processing-overload"},
    {1, "not-enough-user-plane-processing-resources"},
    {2, "hardware-failure"},
    {3, "om-intervention"},
    {4, "unspecified"},
    {5, "unknown-PLMN"},
};

constexpr NameRow kEmmCauseRows[] = {
    {2, "IMSI unknown in HSS"},
    {3, "Illegal UE"},
    {5, "IMEI not accepted"},
    {6, "Illegal ME"},
    {7, "EPS services not allowed"},
    {8, "EPS services and non-EPS services not allowed"},
    {9, "UE identity cannot be derived by the network"},
    {10, "Implicitly detached"},
    {11, "PLMN not allowed"},
    {12, "Tracking Area not allowed"},
    {13, "Roaming not allowed in this tracking area"},
    {14, "EPS services not allowed in this PLMN"},
    {15, "No Suitable Cells In tracking area"},
    {16, "MSC temporarily not reachable"},
    {17, "Network failure"},
    {18, "CS domain not available"},
    {19, "ESM failure"},
    {20, "MAC failure"},
    {21, "Synch failure"},
    {22, "Congestion"},
    {23, "UE security capabilities mismatch"},
    {24, "Security mode rejected, unspecified"},
    {25, "Not authorized for this CSG"},
    {26, "Non-EPS authentication unacceptable"},
    {31, "Redirection to 5GCN required"},
    {35, "Requested service option not authorized in this PLMN"},
    {39, "CS service temporarily not available"},
    {40, "No EPS bearer context activated"},
    {42, "Severe network failure"},
    {95, "Semantically incorrect message"},
    {96, "Invalid mandatory information"},
    {97, "Message type non-existent or not implemented"},
    {98, "Message type not compatible with the protocol state"},
    {99, "Information element non-existent or not implemented"},
    {100, "Conditional IE error"},
    {101, "Message not compatible with the protocol state"},
    {111, "Protocol error, unspecified"},
};

constexpr NameRow kEsmCauseRows[] = {
    {8, "Operator Determined Barring"},
    {26, "Insufficient resources"},
    {27, "Missing or unknown APN"},
    {28, "Unknown PDN type"},
    {29, "User authentication failed"},
    {30, "Request rejected by Serving GW or PDN GW"},
    {31, "Request rejected, unspecified"},
    {32, "Service option not supported"},
    {33, "Requested service option not subscribed"},
    {34, "Service option temporarily out of order"},
    {35, "PTI already in use"},
    {36, "Regular deactivation"},
    {37, "EPS QoS not accepted"},
    {38, "Network failure"},
    {39, "Reactivation requested"},
    {41, "Semantic error in the TFT operation"},
    {42, "Syntactical error in the TFT operation"},
    {43, "Invalid EPS bearer identity"},
    {44, "Semantic errors in packet filter(s)"},
    {45, "Syntactical errors in packet filter(s)"},
    {47, "PTI mismatch"},
    {49, "Last PDN disconnection not allowed"},
    {50, "PDN type IPv4 only allowed"},
    {51, "PDN type IPv6 only allowed"},
    {52, "Single address bearers only allowed"},
    {53, "ESM information not received"},
    {54, "PDN connection does not exist"},
    {55, "Multiple PDN connections for a given APN not allowed"},
    {56, "Collision with network initiated request"},
    {57, "PDN type IPv4v6 only allowed"},
    {58, "PDN type non IP only allowed"},
    {59, "Unsupported QCI value"},
    {60, "Bearer handling not supported"},
    {61, "PDN type Ethernet only allowed"},
    {65, "Maximum number of EPS bearers reached"},
    {66, "Requested APN not supported in current RAT and PLMN combination"},
    {81, "Invalid PTI value"},
    {95, "Semantically incorrect message"},
    {96, "Invalid mandatory information"},
    {97, "Message type non-existent or not implemented"},
    {98, "Message type not compatible with the protocol state"},
    {99, "Information element non-existent or not implemented"},
    {100, "Conditional IE error"},
    {101, "Message not compatible with the protocol state"},
    {111, "Protocol error, unspecified"},
    {112, "APN restriction value incompatible with active EPS bearer context"},
    {113, "Multiple accesses to a PDN connection not allowed"},
};

constexpr NameRow kDiameterTerminationRows[] = {
    {1, "DIAMETER_LOGOUT"},      {2, "DIAMETER_SERVICE_NOT_PROVIDED"},
    {3, "DIAMETER_BAD_ANSWER"},  {4, "DIAMETER_ADMINISTRATIVE"},
    {5, "DIAMETER_LINK_BROKEN"}, {6, "DIAMETER_AUTH_EXPIRED"},
    {7, "DIAMETER_USER_MOVED"},  {8, "DIAMETER_SESSION_TIMEOUT"},
    {11, "User Request"},        {12, "Lost Carrier"},
    {13, "Lost Service"},        {14, "Idle Timeout"},
    {15, "Session Timeout"},     {16, "Admin Reset"},
    {17, "Admin Reboot"},        {18, "Port Error"},
    {19, "NAS Error"},           {20, "NAS Request"},
    {21, "NAS Reboot"},          {22, "Port Unneeded"},
    {23, "Port Preempted"},      {24, "Port Suspended"},
    {25, "Service Unavailable"}, {26, "Callback"},
    {27, "User Error"},          {28, "Host Request"},
    {29, "Supplicant Restart"},  {30, "Reauthentication Failure"},
    {31, "Port Reinitialized"},  {32, "Port Administratively Disabled"},
};

constexpr NameRow kIkev2NotifyRows[] = {
    {1, "UNSUPPORTED_CRITICAL_PAYLOAD"},
    {4, "INVALID_IKE_SPI"},
    {5, "INVALID_MAJOR_VERSION"},
    {7, "INVALID_SYNTAX"},
    {9, "INVALID_MESSAGE_ID"},
    {11, "INVALID_SPI"},
    {14, "NO_PROPOSAL_CHOSEN"},
    {17, "INVALID_IKE_PAYLOAD"},
    {24, "AUTHENTICATION_FAILED"},
    {34, "SINGLE_PAIR_REQUIRED"},
    {35, "NO_ADDITIONAL_SAS"},
    {36, "INTERNAL_ADDRESS_FAILURE"},
    {37, "FAILED_CP_REQUIRED"},
    {38, "TS_UNACCEPTABLE"},
    {39, "INVALID_SELECTORS"},
    {40, "UNACCEPTABLE_ADDRESSES"},
    {41, "UNEXPECTED_NAT_DETECTED"},
    {42, "USE_ASSIGNED_HoA"},
    {43, "TEMPORARY_FAILURE"},
    {44, "CHILD_SA_NOT_FOUND"},
    {45, "INVALID_GROUP_ID"},
    {46, "AUTHORIZATION_FAILED"},
};

}  // namespace

constinit const NameTable kS1apRadioNetwork{"s1ap_cause_radio_network", "TS 36.413, 9.2.1.3", kS1apRadioNetworkRows};
constinit const NameTable kS1apTransport{"s1ap_cause_transport", "TS 36.413, 9.2.1.3", kS1apTransportRows};
constinit const NameTable kS1apNas{"s1ap_cause_nas", "TS 36.413, 9.2.1.3", kS1apNasRows};
constinit const NameTable kS1apProtocol{"s1ap_cause_protocol", "TS 36.413, 9.2.1.3", kS1apProtocolRows};
constinit const NameTable kS1apMiscellaneous{"s1ap_cause_miscellaneous", "TS 36.413, 9.2.1.3", kS1apMiscellaneousRows};
constinit const NameTable kEmmCause{"emm_cause", "TS 24.301, 9.9.3.9", kEmmCauseRows};
constinit const NameTable kEsmCause{"esm_cause", "TS 24.301, 9.9.4.4", kEsmCauseRows};
constinit const NameTable kDiameterTermination{"diameter_termination_cause", "RFC 6733, 8.15",
                                               kDiameterTerminationRows};
constinit const NameTable kIkev2Notify{"ikev2_notify", "RFC 7296, 3.10.1", kIkev2NotifyRows};

}  // namespace gtp::wire::names_ran_nas
