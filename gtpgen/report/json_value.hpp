// SPDX-License-Identifier: GPL-2.0-or-later
//
// JsonValue: a JSON text (RFC 8259) read into a tree, strictly and within bounds: what a control connection brings, and
// reports that are read back.
//
//   auto value = JsonValue::parse(line);
//   value->number("run")               // of an object: the member, when it is there and a whole number
//
// Whole numbers without a sign are exact; all can be read as decimal(). Keys that come twice are an error. Values are
// equal when their contents are, in whatever order the keys come. The tree owns its text. One thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace gtp::gen {

class JsonValue {
 public:
  static constexpr int kMaxDepth = 16;

  // Nothing when [text] is anything but one JSON value.
  static std::optional<JsonValue> parse(std::string_view text);

  enum class Type : std::uint8_t { null, boolean, number, other_number, string, array, object };
  Type type() const noexcept { return type_; }

  bool is_object() const noexcept { return type_ == Type::object; }
  bool is_null() const noexcept { return type_ == Type::null; }
  friend bool operator==(const JsonValue& a, const JsonValue& b) noexcept;
  const std::vector<JsonValue>& elements() const noexcept { return elements_; }  // of an array, or an object's values
  const std::vector<std::string>& keys() const noexcept { return keys_; }        // of elements(), in an object
  std::optional<std::uint64_t> number() const noexcept {
    return type_ == Type::number ? std::optional(number_) : std::nullopt;
  }

  std::optional<double> decimal() const noexcept {
    return type_ == Type::number || type_ == Type::other_number ? std::optional(decimal_) : std::nullopt;
  }
  std::optional<bool> boolean() const noexcept {
    return type_ == Type::boolean ? std::optional(boolean_) : std::nullopt;
  }
  const std::string* text() const noexcept { return type_ == Type::string ? &text_ : nullptr; }
  // As it stands in the text that was parsed.
  std::string_view within(std::string_view parsed) const noexcept { return parsed.substr(begin_, end_ - begin_); }

  // Members of an object; nothing when there is none of that name and type.
  const JsonValue* find(std::string_view key) const noexcept;
  std::optional<std::uint64_t> number(std::string_view key) const noexcept;
  std::optional<bool> boolean(std::string_view key) const noexcept;
  const std::string* text(std::string_view key) const noexcept;
  const JsonValue* object(std::string_view key) const noexcept;
  const std::vector<JsonValue>* array(std::string_view key) const noexcept;

 private:
  class Parser;

  Type type_ = Type::null;
  bool boolean_ = false;
  std::uint64_t number_ = 0;
  double decimal_ = 0;
  std::size_t begin_ = 0;  // where it stood
  std::size_t end_ = 0;
  std::string text_;
  std::vector<std::string> keys_;  // of elements_, in an object
  std::vector<JsonValue> elements_;
};

}  // namespace gtp::gen
