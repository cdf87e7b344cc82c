// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtpgen/scenario/reader.hpp"

#include <algorithm>

#include "gtpgen/take.hpp"
#include "libcommon/util/suggest.hpp"

namespace gtp::gen {
namespace {

std::string_view word(YamlNode::Kind kind) {
  switch (kind) {
    case YamlNode::Kind::null:
      return "nothing";
    case YamlNode::Kind::scalar:
      return "a single value";
    case YamlNode::Kind::list:
      return "a list";
    case YamlNode::Kind::map:
      return "a map";
  }
  return "nothing";
}

std::string expected(std::string_view where, std::string_view wanted, YamlNode::Kind found) {
  return std::string(where) + ": expected " + std::string(wanted) + ", found " + std::string(word(found));
}

}  // namespace

Result<void> YamlReader::read_scalar(const YamlNode& node, std::string_view where, const Take& take) const {
  if (node.kind != YamlNode::Kind::scalar) return error(node.place, expected(where, "a single value", node.kind));
  if (auto taken = take(node.text); !taken) {
    return error(node.place, std::string(where) + ": " + taken.error().what, taken.error().hint);
  }
  return {};
}

Result<void> YamlReader::read_values(const YamlNode& node, std::string_view where, const Take& take) const {
  if (node.kind != YamlNode::Kind::list) return read_scalar(node, where, take);
  for (const YamlNode& item : node.items) {
    if (auto taken = read_scalar(item, where, take); !taken) return taken;
  }
  return {};
}

Result<void> YamlReader::read_list(
    const YamlNode& node, std::string_view where,
    const std::function<Result<void>(const YamlNode& item, std::size_t index)>& read) const {
  if (node.kind != YamlNode::Kind::list) return error(node.place, expected(where, "a list", node.kind));
  for (std::size_t i = 0; i < node.items.size(); ++i) {
    if (auto done = read(node.items[i], i); !done) return done;
  }
  return {};
}

Result<void> YamlReader::read_map(const YamlNode& map, std::string_view where, const std::vector<YamlKey>& keys) const {
  if (map.kind != YamlNode::Kind::map) return error(map.place, expected(where, "a map", map.kind));
  for (const YamlNode::Entry& entry : map.entries) {
    const auto key = std::find_if(keys.begin(), keys.end(), [&](const YamlKey& k) { return k.name == entry.key; });
    if (key == keys.end()) {
      Nearest nearest(entry.key);
      for (const YamlKey& known : keys) nearest.consider(known.name);
      return error(entry.place, std::string(where) + ": unknown key \"" + entry.key + "\"",
                   nearest.best().empty() ? "" : std::string(nearest.best()) + ":");
    }
    auto done = key->scalar ? read_scalar(entry.value, key->name, key->scalar) : key->node(entry.value);
    if (!done) return done;
  }
  for (const YamlKey& key : keys) {
    const bool given = std::any_of(map.entries.begin(), map.entries.end(),
                                   [&](const YamlNode::Entry& entry) { return entry.key == key.name; });
    if (key.required && !given) {
      return error(map.place, std::string(where) + ": \"" + std::string(key.name) + "\" is missing");
    }
  }
  return {};
}

Take take_switch(bool& target) {
  return take_choice<bool>(target, {{"true", true}, {"false", false}, {"yes", true}, {"no", false}});
}

}  // namespace gtp::gen
