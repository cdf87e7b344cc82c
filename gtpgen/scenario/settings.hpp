// SPDX-License-Identifier: GPL-2.0-or-later
//
// Settings: what a map of a scenario says in the words of `gtpgen load`. Each key stands for an option, and its value
// is read by that option's own function, so that both mean and refuse the same:
//
//   {size: [64, 1400], seq: yes}   is   --size 64,1400 --seq
//
// Lists become values with commas, maps become NAME=VALUE with commas. What was given keeps its place for errors.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "gtpgen/load/load_options.hpp"
#include "gtpgen/scenario/reader.hpp"

namespace gtp::gen {

struct Setting {
  std::string_view key;
  std::string_view option;  // "--size"
  std::string value;        // empty for a flag
  YamlPlace place;
};

// The option behind a key.
struct SettingKey {
  enum class Kind : unsigned char {
    value,
    flag,      // yes gives the option
    not_flag,  // no gives it: df, for --no-df
  };
  std::string_view key;
  std::string_view option;
  Kind kind = Kind::value;
};

class Settings {
 public:
  // Keys for YamlReader::read_map() that collect into this object.
  std::vector<YamlKey> keys(const YamlReader& reader, const std::vector<SettingKey>& rows);
  void add(Setting setting) { settings_.push_back(std::move(setting)); }

  const Setting* find(std::string_view key) const;
  const std::vector<Setting>& all() const noexcept { return settings_; }
  // Gives them to [groups], but for the options that [stronger] has.
  Result<void> apply(const YamlReader& reader, const std::vector<OptionGroup>& groups,
                     const Settings* stronger = nullptr) const;

 private:
  std::vector<Setting> settings_;
};

// One value out of a scalar, a list or a map.
Result<std::string> value_text(const YamlReader& reader, const YamlNode& node, std::string_view key);

}  // namespace gtp::gen
