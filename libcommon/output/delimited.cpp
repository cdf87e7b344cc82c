// SPDX-License-Identifier: GPL-2.0-or-later
#include "libcommon/output/delimited.hpp"

namespace gtp::output {

void put_field(TextBuffer& out, Delimiter delimiter, std::string_view text) {
  const bool quoted = delimiter == Delimiter::comma && (text.find_first_of(",\"") != std::string_view::npos ||
                                                        text.starts_with(' ') || text.ends_with(' '));
  if (!quoted) {
    out.put_escaped(text);
    return;
  }
  out.put('"');
  while (!text.empty()) {
    const std::size_t quote = text.find('"');
    out.put_escaped(text.substr(0, quote));
    if (quote == std::string_view::npos) break;
    out.put("\"\"");
    text.remove_prefix(quote + 1);
  }
  out.put('"');
}

}  // namespace gtp::output
