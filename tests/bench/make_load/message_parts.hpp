// SPDX-License-Identifier: GPL-2.0-or-later
//
// Values that elements of several protocols share.
#pragma once

#include "libcommon/util/byte_writer.hpp"

namespace gtp::test {

// MCC 001, MNC 01 (TS 24.008, 10.5.1.3).
void write_plmn(ByteWriter& out);
// Protocol configuration options of TS 24.008, 10.5.6.3: what a phone asks (IPCP, both DNS addresses, MTU), and the
// answer.
void write_pco_request(ByteWriter& out);
void write_pco_response(ByteWriter& out);

}  // namespace gtp::test
