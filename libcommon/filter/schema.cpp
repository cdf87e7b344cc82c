// SPDX-License-Identifier: GPL-2.0-or-later
#include "libcommon/filter/schema.hpp"

#include "libcommon/util/suggest.hpp"

namespace gtp::filter {
namespace {

// Takes the first word off [words].
std::string_view next_word(std::string_view& words) noexcept {
  while (words.starts_with(' ')) words.remove_prefix(1);
  const std::size_t end = words.find(' ');
  const std::string_view word = words.substr(0, end);
  words.remove_prefix(word.size());
  return word;
}

}  // namespace

std::optional<FieldId> Schema::find(std::string_view name) const noexcept {
  for (std::size_t i = 0; i < fields_.size(); ++i) {
    if (fields_[i].name == name) return static_cast<FieldId>(i);
    std::string_view aliases = fields_[i].aliases;
    for (std::string_view alias = next_word(aliases); !alias.empty(); alias = next_word(aliases)) {
      if (alias == name) return static_cast<FieldId>(i);
    }
  }
  return std::nullopt;
}

std::string_view Schema::nearest(std::string_view name) const noexcept {
  Nearest nearest(name);
  for (const FieldDef& field : fields_) {
    nearest.consider(field.name);
    std::string_view aliases = field.aliases;
    for (std::string_view alias = next_word(aliases); !alias.empty(); alias = next_word(aliases)) {
      nearest.consider(alias);
    }
  }
  return nearest.best();
}

}  // namespace gtp::filter
