// SPDX-License-Identifier: GPL-2.0-or-later
//
// Everything that gtpdump prints about a packet, checked for what readers rely on: text holds no control character but
// the newline (and the tab of --fields), so no packet drives a terminal; a JSON line is one object and valid UTF-8.
#pragma once

#include <memory>
#include <optional>
#include <string_view>
#include <utility>

#include "gtpdump/print/columns.hpp"
#include "gtpdump/print/json.hpp"
#include "gtpdump/print/summary.hpp"
#include "gtpdump/print/tree.hpp"
#include "gtpdump/stats/checker.hpp"
#include "tests/fuzz/require.hpp"

namespace gtp::fuzz {

inline void require_text(std::string_view text, bool tabs) {
  for (const char c : text) {
    const auto octet = static_cast<unsigned char>(c);
    require(octet >= 0x20 ? octet != 0x7f : c == '\n' || (tabs && c == '\t'), "text holds no control character");
  }
  require(text.empty() || text.back() == '\n', "text ends with a newline");
}

// The lead octet says how many follow; enough to notice octets that were copied from a packet.
inline void require_utf8(std::string_view text) {
  std::size_t follow = 0;
  for (const char c : text) {
    const auto octet = static_cast<unsigned char>(c);
    if (follow != 0) {
      require((octet & 0xc0) == 0x80, "JSON is valid UTF-8");
      --follow;
    } else if (octet >= 0x80) {
      require(octet >= 0xc2 && octet <= 0xf4, "JSON is valid UTF-8");
      follow = octet >= 0xf0 ? 3 : octet >= 0xe0 ? 2 : 1;
    }
  }
  require(follow == 0, "JSON is valid UTF-8");
}

// Braces and brackets outside of strings match.
inline void require_json_line(std::string_view line) {
  require_text(line, false);
  require_utf8(line);
  int depth = 0;
  bool in_string = false;
  bool escaped = false;
  for (const char c : line) {
    if (in_string) {
      if (!escaped && c == '"') in_string = false;
      escaped = !escaped && c == '\\';
      continue;
    }
    if (c == '"') in_string = true;
    if (c == '{' || c == '[') ++depth;
    if (c == '}' || c == ']') require(--depth >= 0, "JSON closes what it opened");
  }
  require(depth == 0 && !in_string, "JSON closes all that it opened");
}

class Printers {
 public:
  Printers()
      : summary_(dump::Stamp(output::TimeStyle::utc), output::Style(false), false),
        tree_(dump::Stamp(output::TimeStyle::relative), output::Style(false), true),
        json_(dump::JsonOptions{.raw = true}) {
    auto columns = dump::ColumnPrinter::make({"frame", "time", "src", "dst", "type", "teid", "imsi", "apn", "inner_src",
                                              "fault", "bearer_qos.qci", "cause.cause"},
                                             false);
    require(columns.ok(), "the columns are known");
    columns_ = *std::move(columns);
  }

  void print(const dump::Item& item) {
    summary_.print(item, out_);
    require_text(out_.view(), false);
    out_.clear();
    tree_.print(item, out_);
    require_text(out_.view(), false);
    out_.clear();
    json_.print(item, out_);
    require_json_line(out_.view());
    out_.clear();
    columns_->print(item, out_);
    require_text(out_.view(), true);
    out_.clear();
    dump::Checker::check(item, false, out_);
    require_text(out_.view(), false);
    out_.clear();
    dump::Checker::check(item, true, out_);
    require_utf8(out_.view());
    out_.clear();
  }

 private:
  dump::SummaryPrinter summary_;
  dump::TreePrinter tree_;
  dump::JsonPrinter json_;
  std::unique_ptr<dump::ColumnPrinter> columns_;
  TextBuffer out_;
};

}  // namespace gtp::fuzz
