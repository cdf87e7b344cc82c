// SPDX-License-Identifier: GPL-2.0-or-later
//
// Causes of S1AP, NAS, Diameter and IKEv2 that GTPv2-C carries in RAN/NAS Cause and F-Cause (TS 29.274, 8.103 and
// 8.49). Constants; any thread.
#pragma once

#include "libcommon/wire/names.hpp"

namespace gtp::wire::names_ran_nas {

extern const NameTable kS1apRadioNetwork;     // TS 36.413, 9.2.1.3
extern const NameTable kS1apTransport;        // TS 36.413, 9.2.1.3
extern const NameTable kS1apNas;              // TS 36.413, 9.2.1.3
extern const NameTable kS1apProtocol;         // TS 36.413, 9.2.1.3
extern const NameTable kS1apMiscellaneous;    // TS 36.413, 9.2.1.3
extern const NameTable kEmmCause;             // TS 24.301, 9.9.3.9
extern const NameTable kEsmCause;             // TS 24.301, 9.9.4.4
extern const NameTable kDiameterTermination;  // RFC 6733, 8.15
extern const NameTable kIkev2Notify;          // RFC 7296, 3.10.1

}  // namespace gtp::wire::names_ran_nas
