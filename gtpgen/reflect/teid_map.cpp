// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtpgen/reflect/teid_map.hpp"

#include <cerrno>
#include <fstream>
#include <sstream>

#include "gtpgen/command.hpp"
#include "libcommon/util/units.hpp"

namespace gtp::gen {
namespace {

std::optional<std::uint32_t> read_teid(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t' || text.back() == '\r')) text.remove_suffix(1);
  const auto value = parse_count(text);
  if (!value || *value > UINT32_MAX) return std::nullopt;
  return static_cast<std::uint32_t>(*value);
}

std::string quoted(std::string_view text) { return "\"" + std::string(text) + "\""; }

}  // namespace

Result<void> TeidMap::take(std::string_view word) {
  if (word == "same") return {};
  if (word.starts_with('+') || word.starts_with('-')) {
    const auto offset = read_teid(word.substr(1));
    if (!offset) return usage(quoted(word) + " is no offset", "+4096, -0x1000");
    offset_ = word.front() == '-' ? 0 - *offset : *offset;
    return {};
  }
  std::ifstream file{std::string(word)};
  if (!file) return Error::from_errno(std::string(word));
  std::stringstream text;
  text << file.rdbuf();
  return take_list(text.str(), word);
}

Result<void> TeidMap::take_known(std::string_view range) {
  const std::size_t plus = range.find('+');
  const auto first = read_teid(range.substr(0, plus));
  const auto count = plus == std::string_view::npos ? std::optional(1U) : read_teid(range.substr(plus + 1));
  if (!first || !count || *count == 0) return usage(quoted(range) + " is no range of TEIDs", "0x1000+10000");
  known_first_ = *first;
  known_count_ = *count;
  return {};
}

Result<void> TeidMap::take_list(std::string_view text, std::string_view name) {
  has_list_ = true;
  std::size_t number = 0;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    ++number;
    if (line.find_first_not_of(" \t\r") == std::string_view::npos || line.front() == '#') continue;
    const std::size_t comma = line.find(',');
    const auto from = read_teid(line.substr(0, comma));
    // Further columns are somebody else's.
    const auto rest = comma == std::string_view::npos ? std::string_view{} : line.substr(comma + 1);
    const auto to = read_teid(rest.substr(0, rest.find(',')));
    const std::string where = std::string(name) + ":" + std::to_string(number) + ": ";
    if (!from || !to) {
      if (number == 1 && !from) continue;  // headings
      return usage(where + quoted(line) + " is no pair of TEIDs", "0x1000,0x2000");
    }
    if (const auto [kept, added] = list_.insert(*from, *to); !added && *kept != *to) {
      return usage(where + "TEID " + std::to_string(*from) + " is there already, with another partner");
    }
  }
  if (list_.empty()) return usage(std::string(name) + " has no TEIDs");
  return {};
}

std::string TeidMap::describe() const {
  if (has_list_) return std::to_string(list_.size()) + " TEIDs from a list";
  const std::string known = known_count_ == 0 ? "" : ", " + std::to_string(known_count_) + " of them known";
  if (offset_ != 0) return "TEIDs moved by " + std::to_string(static_cast<std::int32_t>(offset_)) + known;
  return "same TEIDs" + known;
}

}  // namespace gtp::gen
