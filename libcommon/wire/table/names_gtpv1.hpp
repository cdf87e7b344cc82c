// SPDX-License-Identifier: GPL-2.0-or-later
//
// What GTPv0 and GTPv1-C call the values of their fields (TS 29.060, 7.7), and the causes that they borrow from MAP,
// RANAP and BSSGP. Constants: no ownership, any thread.
#pragma once

#include "libcommon/wire/names.hpp"

namespace gtp::wire::names_gtpv1 {

extern const NameTable kCause;
extern const NameTable kSelectionMode;
extern const NameTable kMsNotReachableReason;
extern const NameTable kPdpTypeOrganization;
extern const NameTable kPdpTypeNumber;
extern const NameTable kSecurityMode;
extern const NameTable kCipherAlgorithm;
extern const NameTable kExtensionHeaderType;
extern const NameTable kApnRestriction;
extern const NameTable kRatType;
extern const NameTable kGeographicLocationType;
extern const NameTable kTraceActivityControl;
extern const NameTable kTraceDepth;
extern const NameTable kMbms2g3gIndicator;
extern const NameTable kSourceType;
extern const NameTable kRimDiscriminator;
extern const NameTable kChangeReportingAction;
extern const NameTable kBearerControlMode;
extern const NameTable kDistributionIndication;
extern const NameTable kAddressType;
extern const NameTable kAccessMode;
extern const NameTable kBackOffTimeUnit;
extern const NameTable kHigherBitrates;
extern const NameTable kEnodebType;
extern const NameTable kSelectionEntity;
extern const NameTable kNatureOfNumber;
extern const NameTable kNumberingPlan;

// Of other protocols (names_gtpv1_foreign.cpp).
extern const NameTable kMapCause;
extern const NameTable kRanapCause;
extern const NameTable kBssgpCause;

}  // namespace gtp::wire::names_gtpv1
