// SPDX-License-Identifier: GPL-2.0-or-later
//
// JsonValue: a JSON text (RFC 8259) read into a tree, strictly and within bounds, for what a control connection brings.
//
//   auto value = JsonValue::parse(line);
//   value->number("run")               // of an object: the member, when it is there and a whole number
//
// Numbers are kept as whole numbers without a sign where they are such; the protocol has no others. Keys that come
// twice are an error. The tree owns its text. One thread.
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
  const std::vector<JsonValue>& elements() const noexcept { return elements_; }  // of an array
  std::optional<std::uint64_t> number() const noexcept {
    return type_ == Type::number ? std::optional(number_) : std::nullopt;
  }

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
  std::string text_;
  std::vector<std::string> keys_;  // of elements_, in an object
  std::vector<JsonValue> elements_;
};

}  // namespace gtp::gen
