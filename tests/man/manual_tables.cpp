// SPDX-License-Identifier: GPL-2.0-or-later
//
// Prints the tables of the manual pages as mdoc, from the rows that the program works with: "fields" and "types" for
// gtp-filter(7), "faults" for gtpdump(1).
#include <cstdio>
#include <string_view>

#include "gtpdump/query/packet_fields.hpp"
#include "libcommon/filter/describe.hpp"
#include "libcommon/util/text_buffer.hpp"
#include "libcommon/wire/fault.hpp"
#include "libcommon/wire/ie.hpp"

namespace {

std::string_view title(gtp::wire::Severity severity) {
  switch (severity) {
    case gtp::wire::Severity::note:
      return "note";
    case gtp::wire::Severity::violation:
      return "violation";
    case gtp::wire::Severity::malformed:
      return "malformed";
  }
  return {};
}

void put_faults(gtp::TextBuffer& out) {
  out.put(".Bl -tag -width Ds\n");
  for (unsigned i = 0; i < static_cast<unsigned>(gtp::wire::Fault::count_); ++i) {
    const gtp::wire::FaultInfo& fault = gtp::wire::info(static_cast<gtp::wire::Fault>(i));
    out.put(".It Li ");
    out.put(fault.key);
    out.put(" Pq ");
    out.put(title(fault.severity));
    out.put("\n\\&");
    out.put(fault.text);
    if (!fault.clause.empty()) {
      out.put(" (");
      out.put(fault.clause);
      out.put(")");
    }
    out.put(".\n");
  }
  out.put(".El\n");
}

// One message per line, which fills the page's paragraphs: "echo_request (1),".
void put_types(gtp::TextBuffer& out) {
  out.put(".Bl -tag -width Ds\n");
  for (int i = 0; i < gtp::wire::kProtocolCount; ++i) {
    const auto protocol = static_cast<gtp::wire::Protocol>(i);
    const auto messages = gtp::wire::message_table(protocol);
    out.put(".It Cm ");
    out.put(gtp::wire::key(protocol));
    out.put('\n');
    for (const gtp::wire::MessageInfo& message : messages) {
      out.put(message.key);
      out.put(" (");
      out.put_dec(message.type);
      out.put(&message == &messages.back() ? ").\n" : "),\n");
    }
  }
  out.put(".El\n");
}

}  // namespace

int main(int argc, char** argv) {
  gtp::TextBuffer out;
  const std::string_view table = argc == 2 ? argv[1] : "";
  if (table == "fields") {
    gtp::filter::put_manual(out, gtp::dump::packet_schema());
  } else if (table == "types") {
    put_types(out);
  } else if (table == "faults") {
    put_faults(out);
  } else {
    std::fputs("usage: manual_tables fields|types|faults\n", stderr);
    return 2;
  }
  return std::fwrite(out.view().data(), 1, out.size(), stdout) == out.size() && std::fflush(stdout) == 0 ? 0 : 1;
}
