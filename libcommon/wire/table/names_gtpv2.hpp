// SPDX-License-Identifier: GPL-2.0-or-later
//
// Names of the enumerated values in GTPv2-C elements. Values that the specification calls spare have no row.
// Constants; any thread.
#pragma once

#include "libcommon/wire/names.hpp"

namespace gtp::wire::names_gtpv2 {

extern const NameTable kCause;                   // TS 29.274, 8.4
extern const NameTable kRatType;                 // TS 29.274, 8.17
extern const NameTable kFTeidInterface;          // TS 29.274, 8.22
extern const NameTable kPdnType;                 // TS 29.274, 8.34
extern const NameTable kSelectionMode;           // TS 29.274, 8.58
extern const NameTable kApnRestriction;          // TS 29.274, 8.57
extern const NameTable kNodeType;                // TS 29.274, 8.65
extern const NameTable kDetachType;              // TS 29.274, 8.81
extern const NameTable kServiceIndicator;        // TS 29.274, 8.80
extern const NameTable kChangeReportingAction;   // TS 29.274, 8.61
extern const NameTable kActionIndication;        // TS 29.274, 8.99
extern const NameTable kTargetType;              // TS 29.274, 8.51
extern const NameTable kContainerType;           // TS 29.274, 8.48
extern const NameTable kRanNasProtocol;          // TS 29.274, 8.103
extern const NameTable kFCauseType;              // TS 29.274, 8.49
extern const NameTable kSecurityMode;            // TS 29.274, 8.38
extern const NameTable kUsedCipher;              // TS 29.274, 8.38
extern const NameTable kNasCipher;               // TS 29.274, 8.38
extern const NameTable kNasIntegrity;            // TS 29.274, 8.38
extern const NameTable kSrvccCause;              // TS 29.280, 6.7
extern const NameTable kPraAction;               // TS 29.274, 8.108
extern const NameTable kTimerUnit;               // TS 29.274, 8.87
extern const NameTable kSecondaryRatType;        // TS 29.274, 8.132
extern const NameTable kCompleteRequest;         // TS 29.274, 8.46
extern const NameTable kAccessMode;              // TS 29.274, 8.75
extern const NameTable kDistributionIndication;  // TS 29.274, 8.74
extern const NameTable kRelayIdentityType;       // TS 29.274, 8.100
extern const NameTable kFqCsidNodeIdType;        // TS 29.274, 8.62
extern const NameTable kSelectionEntity;         // TS 29.274, 8.104
extern const NameTable kHandoverIndicator;       // TS 29.276, 7.5.7
extern const NameTable kRimAddressType;          // TS 29.276, 7A.5.3
extern const NameTable kUpIntegrityPolicy;       // TS 29.274, 8.149
extern const NameTable kAuthorization;           // TS 29.274, 8.141
extern const NameTable kCsgMembership;           // TS 29.274, 8.79

}  // namespace gtp::wire::names_gtpv2
