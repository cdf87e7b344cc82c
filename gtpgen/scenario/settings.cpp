// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtpgen/scenario/settings.hpp"

#include <algorithm>
#include <cassert>

namespace gtp::gen {
namespace {

// [name] among "-s,--size".
bool has_name(std::string_view names, std::string_view name) {
  for (std::size_t at = 0; at <= names.size();) {
    const std::size_t comma = std::min(names.find(',', at), names.size());
    if (names.substr(at, comma - at) == name) return true;
    at = comma + 1;
  }
  return false;
}

const Option* find_option(const std::vector<OptionGroup>& groups, std::string_view name) {
  for (const OptionGroup& group : groups) {
    for (const Option& option : group.options) {
      if (has_name(option.names, name)) return &option;
    }
  }
  return nullptr;
}

}  // namespace

Result<std::string> value_text(const YamlReader& reader, const YamlNode& node, std::string_view key) {
  using Kind = YamlNode::Kind;
  const auto scalar = [&](const YamlNode& one) -> Result<std::string> {
    if (one.kind == Kind::scalar) return one.text;
    return reader.error(one.place, std::string(key) + ": expected a value");
  };
  std::string text;
  if (node.kind == Kind::list) {
    if (node.items.empty()) return reader.error(node.place, std::string(key) + ": the list is empty");
    for (const YamlNode& item : node.items) {
      auto one = scalar(item);
      if (!one) return one;
      text += (text.empty() ? "" : ",") + *one;
    }
    return text;
  }
  if (node.kind == Kind::map) {
    if (node.entries.empty()) return reader.error(node.place, std::string(key) + ": the map is empty");
    for (const YamlNode::Entry& entry : node.entries) {
      auto one = scalar(entry.value);
      if (!one) return one;
      text += (text.empty() ? "" : ",") + entry.key + "=" + *one;
    }
    return text;
  }
  return scalar(node);
}

std::vector<YamlKey> Settings::keys(const YamlReader& reader, const std::vector<SettingKey>& rows) {
  std::vector<YamlKey> keys;
  keys.reserve(rows.size());
  for (const SettingKey& row : rows) {
    keys.push_back({row.key, {}, [this, &reader, row](const YamlNode& node) -> Result<void> {
                      if (row.kind == SettingKey::Kind::value) {
                        auto text = value_text(reader, node, row.key);
                        if (!text) return std::move(text).error();
                        add({row.key, row.option, *std::move(text), node.place});
                        return {};
                      }
                      bool on = false;
                      if (auto read = reader.read_values(node, row.key, take_switch(on)); !read) return read;
                      if (on == (row.kind == SettingKey::Kind::flag)) add({row.key, row.option, {}, node.place});
                      return {};
                    }});
  }
  return keys;
}

const Setting* Settings::find(std::string_view key) const {
  const auto at = std::ranges::find(settings_, key, &Setting::key);
  return at == settings_.end() ? nullptr : &*at;
}

Result<void> Settings::apply(const YamlReader& reader, const std::vector<OptionGroup>& groups,
                             const Settings* stronger) const {
  for (const Setting& setting : settings_) {
    if (stronger != nullptr && stronger->find(setting.key) != nullptr) continue;
    const Option* option = find_option(groups, setting.option);
    assert(option != nullptr);
    if (auto taken = option->take(setting.value); !taken) {
      return reader.error(setting.place, std::string(setting.key) + ": " + taken.error().what, taken.error().hint);
    }
  }
  return {};
}

}  // namespace gtp::gen
