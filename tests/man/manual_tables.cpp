// SPDX-License-Identifier: GPL-2.0-or-later
//
// Prints the tables of the manual pages as mdoc, from the rows that the program works with: "fields" for
// gtp-filter(7), "faults" for gtpdump(1).
#include <cstdio>
#include <string_view>

#include "gtpdump/query/packet_fields.hpp"
#include "libcommon/filter/describe.hpp"
#include "libcommon/util/text_buffer.hpp"
#include "libcommon/wire/fault.hpp"

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

}  // namespace

int main(int argc, char** argv) {
  gtp::TextBuffer out;
  const std::string_view table = argc == 2 ? argv[1] : "";
  if (table == "fields") {
    gtp::filter::put_manual(out, gtp::dump::packet_schema());
  } else if (table == "faults") {
    put_faults(out);
  } else {
    std::fputs("usage: manual_tables fields|faults\n", stderr);
    return 2;
  }
  return std::fwrite(out.view().data(), 1, out.size(), stdout) == out.size() && std::fflush(stdout) == 0 ? 0 : 1;
}
