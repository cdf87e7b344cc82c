// SPDX-License-Identifier: GPL-2.0-or-later
//
// Names of TS 24.008 values that GTP carries in its own elements. Constants; any thread.
#pragma once

#include "libcommon/wire/names.hpp"

namespace gtp::wire::names_24008 {

extern const NameTable kPcoContainer;  // protocol and container identifiers of PCO
extern const NameTable kPppCode;       // RFC 1661 codes inside a PCO's PPP packets
extern const NameTable kTftOperation;  // operation code of a traffic flow template
extern const NameTable kPacketFilterDirection;
extern const NameTable kPacketFilterComponent;
extern const NameTable kTftParameter;
extern const NameTable kTrafficClass;
extern const NameTable kDeliveryOrder;

}  // namespace gtp::wire::names_24008
