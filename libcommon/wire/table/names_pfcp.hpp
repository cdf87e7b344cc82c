// SPDX-License-Identifier: GPL-2.0-or-later
//
// What PFCP calls the values of its fields (TS 29.244, 8.2). Constants: no ownership, any thread.
#pragma once

#include "libcommon/wire/names.hpp"

namespace gtp::wire::names_pfcp {

extern const NameTable kCause;
extern const NameTable kSourceInterface;
extern const NameTable kDestinationInterface;
extern const NameTable kNodeIdType;
extern const NameTable kFqCsidNodeIdType;
extern const NameTable kFqCsidNodeType;
extern const NameTable kPdnType;
extern const NameTable kRuleIdType;
extern const NameTable kBaseTimeInterval;
extern const NameTable kRatType;
extern const NameTable kFlowDirection;
extern const NameTable kRedirectType;
extern const NameTable kOuterHeaderRemoval;
extern const NameTable kHeaderType;
extern const NameTable kInterfaceType;
extern const NameTable kTimerUnit;
extern const NameTable kTimeUnit;
extern const NameTable kGate;
extern const NameTable kSteeringFunctionality;
extern const NameTable kSteeringMode;
extern const NameTable kPriority;
extern const NameTable kAccessType;
extern const NameTable kAvailability;
extern const NameTable kMptcpProxy;
extern const NameTable kProxyAuthen;

}  // namespace gtp::wire::names_pfcp
