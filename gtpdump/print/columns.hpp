// SPDX-License-Identifier: GPL-2.0-or-later
//
// --fields a,b,c: one line per packet, a column per field, as TSV or CSV (RFC 4180), with a heading line. A field with
// several values has them separated by commas. Names are those of the filter language, or ELEMENT.FIELD as in
// gtp-json/1 ("bearer_qos.qci"). Numbers are plain, TEIDs and SEIDs hexadecimal, times in seconds since 1970.
#pragma once

#include <string>
#include <vector>

#include "gtpdump/print/printer.hpp"
#include "gtpdump/query/packet_fields.hpp"
#include "libcommon/util/result.hpp"

namespace gtp::dump {

class ColumnPrinter final : public Printer {
 public:
  // An unknown name is an error that names the nearest one.
  static Result<std::unique_ptr<ColumnPrinter>> make(const std::vector<std::string>& names, bool csv);

  void print(const Item& item, TextBuffer& out) const override;
  void print_header(TextBuffer& out) const override;

 private:
  struct Column {
    std::string name;
    PacketField field = PacketField::count_;  // count_: an element's field
    std::string element;
    std::string key;
  };
  std::vector<Column> columns_;
  char separator_ = '\t';
};

// The list that --fields help prints.
std::string describe_fields();

}  // namespace gtp::dump
