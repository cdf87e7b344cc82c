// SPDX-License-Identifier: GPL-2.0-or-later
//
// Reads a map of a YAML document key by key, with the same functions that read command line options (take.hpp), so that
// a rate or a size is written the same way in both. A key that nobody declared is an error that names the nearest one.
#pragma once

#include <functional>
#include <string_view>
#include <vector>

#include "gtpgen/command.hpp"
#include "gtpgen/scenario/document.hpp"

namespace gtp::gen {

// What a key may hold. Exactly one of the functions is set.
struct YamlKey {
  std::string_view name;
  Take scalar;                                             // a single value
  std::function<Result<void>(const YamlNode& node)> node;  // a list or a map; its errors must name their place
  bool required = false;
};

class YamlReader {
 public:
  // [name] is the document's, for errors.
  explicit YamlReader(std::string_view name) : name_(name) {}

  // [where] is what the map is called in errors: "flows[2]", "the scenario".
  Result<void> read_map(const YamlNode& map, std::string_view where, const std::vector<YamlKey>& keys) const;
  // Each item in turn; [node] must be a list.
  Result<void> read_list(const YamlNode& node, std::string_view where,
                         const std::function<Result<void>(const YamlNode& item, std::size_t index)>& read) const;
  // A scalar, or a list of scalars: as if the option were repeated.
  Result<void> read_values(const YamlNode& node, std::string_view where, const Take& take) const;

  Error error(YamlPlace place, std::string what, std::string hint = {}) const {
    return yaml_error(name_, place, std::move(what), std::move(hint));
  }

 private:
  Result<void> read_scalar(const YamlNode& node, std::string_view where, const Take& take) const;

  std::string_view name_;
};

// Reads "yes", "no", "true", "false" as YAML people write them, and nothing else.
Take take_switch(bool& target);

}  // namespace gtp::gen
