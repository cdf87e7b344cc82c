// SPDX-License-Identifier: GPL-2.0-or-later
//
// A YAML document (or JSON, which is a subset) as a small tree that remembers where everything stands. YAML's
// generosity ends here: a key that is given twice, an alias, a tag, a second document and nesting deeper than
// kMaxYamlDepth are errors, and a scalar stays the text that was written. Whoever reads it decides what is a number:
// "010" is not eight, and "no" is not false.
//
// Errors say FILE:LINE:COLUMN. The tree owns its text.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "libcommon/util/result.hpp"

namespace gtp::gen {

struct YamlPlace {
  int line = 1;
  int column = 1;
};

struct YamlNode {
  enum class Kind : unsigned char { null, scalar, list, map };
  struct Entry;

  Kind kind = Kind::null;
  YamlPlace place;
  std::string text;             // of a scalar
  std::vector<YamlNode> items;  // of a list
  std::vector<Entry> entries;   // of a map, in the order of the document
};

struct YamlNode::Entry {
  std::string key;
  YamlPlace place;
  YamlNode value;
};

inline constexpr int kMaxYamlDepth = 16;

// [name] stands in the errors.
Result<YamlNode> parse_yaml(const std::string& text, std::string_view name);

// A usage error that points into the document.
Error yaml_error(std::string_view name, YamlPlace place, std::string what, std::string hint = {});

}  // namespace gtp::gen
