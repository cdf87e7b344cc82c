// SPDX-License-Identifier: GPL-2.0-or-later
//
// FlatObject: one line of JSON that is an object of texts, numbers, booleans and nulls, none of them nested: all that a
// recording has. Members are found in the order they are asked for at no cost, in any other by a search.
//
// The members refer to the line, so it must outlive them. Texts with escapes are decoded on demand.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "libcommon/util/ip.hpp"
#include "libcommon/util/result.hpp"

namespace gtp::top {

class FlatObject {
 public:
  static constexpr std::size_t kMaxMembers = 48;

  // A member that is given twice, nesting, or anything behind the object is an error.
  static Result<FlatObject> parse(std::string_view line);

  bool has(std::string_view key) const noexcept { return find(key) != nullptr; }
  // Empty when the member is missing, null, or of another type.
  std::optional<std::uint64_t> number(std::string_view key) const noexcept;
  std::optional<bool> boolean(std::string_view key) const noexcept;
  std::optional<std::string> text(std::string_view key) const;
  std::optional<IpAddress> address(std::string_view key) const noexcept;
  // As it stands between the quotes.
  std::string_view raw_text(std::string_view key) const noexcept;

 private:
  enum class Type : std::uint8_t { text, number, literal };
  struct Member {
    std::string_view key;
    std::string_view value;  // of a text what is between the quotes
    Type type = Type::literal;
  };
  const Member* find(std::string_view key) const noexcept;

  Member members_[kMaxMembers];
  std::size_t size_ = 0;
  mutable std::size_t next_ = 0;
};

}  // namespace gtp::top
