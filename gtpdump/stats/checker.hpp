// SPDX-License-Identifier: GPL-2.0-or-later
//
// Checker: --check, what is wrong with a packet. One line per fault of each message:
//
//   17 192.0.2.1 > 198.51.100.1 GTPv2-C Create Session Request: an element is shorter than its fixed part
//      (TS 29.274, 7.7.7) [bearer_qos]                                                   (one line, folded here)
//
// and with [json] an object with the same: frame, time, src, dst, protocol, message_type, message, severity, fault,
// text, clause (null when no specification says it) and the elements concerned.
//
// Remarks (Severity::note) are neither printed nor counted. Messages quoted in ICMP errors are skipped: they are cut by
// design, and were checked when they passed. No state; any thread.
#pragma once

#include <cstddef>

#include "gtpdump/item.hpp"
#include "libcommon/util/text_buffer.hpp"

namespace gtp::dump {

class Checker {
 public:
  // Appends to [out]; returns how many faults it printed.
  static std::size_t check(const Item& item, bool json, TextBuffer& out);
};

}  // namespace gtp::dump
