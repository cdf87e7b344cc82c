// SPDX-License-Identifier: GPL-2.0-or-later
//
// Prints the tables of the manual pages as mdoc, from the rows that the program works with: "fields" and "types" for
// gtp-filter(7), "faults" for gtpdump(1).
#include <algorithm>
#include <cstdio>
#include <string_view>
#include <vector>

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

// What the fault breaks in each protocol, each clause once.
std::vector<std::string_view> clauses(gtp::wire::Fault fault) {
  std::vector<std::string_view> found;
  for (int i = 0; i < gtp::wire::kProtocolCount; ++i) {
    const std::string_view clause = gtp::wire::clause(fault, static_cast<gtp::wire::Protocol>(i));
    if (!clause.empty() && std::find(found.begin(), found.end(), clause) == found.end()) found.push_back(clause);
  }
  return found;
}

void put_faults(gtp::TextBuffer& out) {
  out.put(".Bl -tag -width Ds\n");
  for (unsigned i = 0; i < static_cast<unsigned>(gtp::wire::Fault::count_); ++i) {
    const auto fault = static_cast<gtp::wire::Fault>(i);
    const gtp::wire::FaultInfo& info = gtp::wire::info(fault);
    out.put(".It Li ");
    out.put(info.key);
    out.put(" Pq ");
    out.put(title(info.severity));
    out.put("\n\\&");
    out.put(info.text);
    std::string_view before = "\n(";
    for (const std::string_view clause : clauses(fault)) {
      out.put(before);
      out.put(clause);
      before = ";\n";
    }
    out.put(before == ";\n" ? ").\n" : ".\n");
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
