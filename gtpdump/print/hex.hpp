// SPDX-License-Identifier: GPL-2.0-or-later
//
// -x: the octets of a packet, a row per field or element, named on the right:
//
//   0020  c0 00 02 01                                       ....              f_teid
//
// Long ones go on in rows of sixteen. A datagram that was reassembled is shown by itself, from 0000.
#pragma once

#include "gtpdump/item.hpp"
#include "libcommon/output/style.hpp"

namespace gtp::dump {

void put_hex(TextBuffer& out, const Item& item, const output::Style& style);

}  // namespace gtp::dump
