// SPDX-License-Identifier: GPL-2.0-or-later
//
// gtp-json/1: one JSON object per packet and line. The schema is docs/formats/gtp-json-1.md and .schema.json.
#pragma once

#include "gtpdump/print/printer.hpp"

namespace gtp::dump {

struct JsonOptions {
  bool raw = false;  // add every element's octets
};

class JsonPrinter final : public Printer {
 public:
  explicit JsonPrinter(JsonOptions options = {}) noexcept : options_(options) {}
  void print(const Item& item, TextBuffer& out) const override;

 private:
  JsonOptions options_;
};

}  // namespace gtp::dump
