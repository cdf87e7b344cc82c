// SPDX-License-Identifier: GPL-2.0-or-later
//
// TeidMap: under which TEID a G-PDU goes back. By itself the same; or with a number added; or from a list, one pair per
// line, "from,to" in decimal or 0x…, where a first line of words and lines that start with # are skipped. Which TEIDs
// are known at all may be limited to a range; a list knows those that are in it.
//
// A value; find() from any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "libcommon/util/flat_table.hpp"
#include "libcommon/util/result.hpp"

namespace gtp::gen {

class TeidMap {
 public:
  // "same", "+4096", "-16", or the name of a file.
  Result<void> take(std::string_view word);
  // "0x1000", "0x1000+10000" (so many from there on).
  Result<void> take_known(std::string_view range);
  // The pairs of a list. [name] is for messages.
  Result<void> take_list(std::string_view text, std::string_view name);

  // Empty: nobody knows this TEID.
  std::optional<std::uint32_t> find(std::uint32_t teid) const noexcept {
    if (has_list_) {
      const std::uint32_t* const to = list_.find(teid);
      return to == nullptr ? std::nullopt : std::optional(*to);
    }
    if (known_count_ != 0 && teid - known_first_ >= known_count_) return std::nullopt;
    return teid + offset_;
  }
  // Can find() ever say no?
  bool limited() const noexcept { return has_list_ || known_count_ != 0; }
  std::string describe() const;

 private:
  std::uint32_t offset_ = 0;
  std::uint32_t known_first_ = 0;
  std::uint32_t known_count_ = 0;  // 0: all
  bool has_list_ = false;
  FlatTable<std::uint32_t, std::uint32_t> list_;
};

}  // namespace gtp::gen
