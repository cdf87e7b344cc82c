// SPDX-License-Identifier: GPL-2.0-or-later
//
// One line per packet, the facts that matter, in the words of the filter language so that a line can be turned into a
// filter by copying from it:
//
//   FRAME TIME SRC > DST PROTOCOL Message seq N teid 0x… imsi … apn … | inner 5-tuple  !! faults
//
// A port is shown when it is not the protocol's own.
#pragma once

#include "gtpdump/print/printer.hpp"
#include "gtpdump/print/stamp.hpp"
#include "libcommon/output/style.hpp"

namespace gtp::dump {

class SummaryPrinter final : public Printer {
 public:
  SummaryPrinter(Stamp stamp, output::Style style, bool hex) noexcept : stamp_(stamp), style_(style), hex_(hex) {}
  void print(const Item& item, TextBuffer& out) const override;

 private:
  Stamp stamp_;
  output::Style style_;
  bool hex_;
};

// The line of one layer without frame and time; also the title of a layer in the tree.
void put_layer_line(TextBuffer& out, const Item& item, std::size_t index, const output::Style& style);

// The facts of a message's information elements: " imsi 0010… apn internet cause …".
struct MessageFacts {
  wire::FaultSet faults;
  bool names_subscriber = false;  // the IMSI is among them
};
MessageFacts put_ie_facts(TextBuffer& out, const packet::Layer& layer, const output::Style& style);

// " 10.0.0.1:5000 > 10.0.0.2:53 UDP 68".
void put_inner_line(TextBuffer& out, const packet::Layer& layer);

// "192.0.2.1" or "192.0.2.1:40000", "[2001:db8::1]:40000".
void put_endpoint(TextBuffer& out, const IpAddress& address, std::uint16_t port, bool with_port);

}  // namespace gtp::dump
