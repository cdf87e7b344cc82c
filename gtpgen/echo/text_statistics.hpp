// SPDX-License-Identifier: GPL-2.0-or-later
//
// The statistics at the end for people, in ping's words, and the pieces of text that lines share.
#pragma once

#include "gtpgen/echo/engine.hpp"
#include "gtpgen/echo/summary.hpp"
#include "libcommon/output/style.hpp"
#include "libcommon/util/text_buffer.hpp"

namespace gtp::gen::echo {

// "0.123": three decimals.
void put_milliseconds(TextBuffer& out, std::uint64_t ns);
// "prn,mabr"; spare bits as bit7.
void put_node_features(TextBuffer& out, std::uint8_t features);
// " (ICMP type 3 code 3)", with the MTU where the error tells one.
void put_icmp_numbers(TextBuffer& out, const IcmpError& error);
// "0", "0.1", "33.3333": up to four decimals, so that a loss is never rounded to none.
void put_percent(TextBuffer& out, double ratio);

// One block for one host; a row each for several.
void put_statistics(TextBuffer& out, const Engine& engine, const Summary& summary, bool final, output::Style style);

}  // namespace gtp::gen::echo
