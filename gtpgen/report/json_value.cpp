// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtpgen/report/json_value.hpp"

#include <algorithm>
#include <charconv>

#include "libcommon/util/utf8.hpp"

namespace gtp::gen {

class JsonValue::Parser {
 public:
  explicit Parser(std::string_view text) noexcept : text_(text) {}

  bool whole(JsonValue& out) {
    if (!value(out, 0)) return false;
    skip_blanks();
    return at_ == text_.size();
  }

 private:
  bool value(JsonValue& out, int depth) {
    skip_blanks();
    out.begin_ = at_;
    const bool good = any(out, depth);
    out.end_ = at_;
    return good;
  }

  bool any(JsonValue& out, int depth) {
    switch (peek()) {
      case '{':
        return object(out, depth + 1);
      case '[':
        return array(out, depth + 1);
      case '"':
        out.type_ = Type::string;
        return string(out.text_);
      case 't':
        out.type_ = Type::boolean;
        out.boolean_ = true;
        return word("true");
      case 'f':
        out.type_ = Type::boolean;
        return word("false");
      case 'n':
        return word("null");
      default:
        return number(out);
    }
  }

  bool object(JsonValue& out, int depth) {
    if (depth > kMaxDepth) return false;
    out.type_ = Type::object;
    ++at_;
    skip_blanks();
    if (take('}')) return true;
    do {
      skip_blanks();
      std::string key;
      if (peek() != '"' || !string(key)) return false;
      if (std::find(out.keys_.begin(), out.keys_.end(), key) != out.keys_.end()) return false;
      skip_blanks();
      if (!take(':')) return false;
      out.keys_.push_back(std::move(key));
      if (!value(out.elements_.emplace_back(), depth)) return false;
      skip_blanks();
    } while (take(','));
    return take('}');
  }

  bool array(JsonValue& out, int depth) {
    if (depth > kMaxDepth) return false;
    out.type_ = Type::array;
    ++at_;
    skip_blanks();
    if (take(']')) return true;
    do {
      if (!value(out.elements_.emplace_back(), depth)) return false;
      skip_blanks();
    } while (take(','));
    return take(']');
  }

  bool string(std::string& out) {
    ++at_;
    while (at_ < text_.size()) {
      const char c = text_[at_++];
      if (c == '"') return true;
      if (static_cast<unsigned char>(c) < 0x20) return false;
      if (c != '\\') {
        out += c;
      } else if (!escape(out)) {
        return false;
      }
    }
    return false;
  }

  bool escape(std::string& out) {
    if (at_ == text_.size()) return false;
    constexpr std::string_view kLetters = "\"\\/bfnrt";
    constexpr std::string_view kMeanings = "\"\\/\b\f\n\r\t";
    const char c = text_[at_++];
    if (const std::size_t which = kLetters.find(c); which != std::string_view::npos) {
      out += kMeanings[which];
      return true;
    }
    if (c != 'u' || text_.size() - at_ < 4) return false;
    unsigned code = 0;
    const char* const end = text_.data() + at_ + 4;
    if (std::from_chars(text_.data() + at_, end, code, 16).ptr != end) return false;
    at_ += 4;
    append_utf8(out, code);  // surrogates stay apart: what we read is names and messages, for people
    return true;
  }

  bool number(JsonValue& out) {
    const std::size_t start = at_;
    while (at_ < text_.size() && std::string_view("0123456789+-.eE").find(text_[at_]) != std::string_view::npos) ++at_;
    const std::string_view digits = text_.substr(start, at_ - start);
    const char* const end = digits.data() + digits.size();
    // from_chars is content with "1." and ".5", JSON is not.
    const std::size_t point = digits.find('.');
    const auto is_digit = [&](std::size_t i) { return i < digits.size() && digits[i] >= '0' && digits[i] <= '9'; };
    if (point != std::string_view::npos && (point == 0 || !is_digit(point - 1) || !is_digit(point + 1))) return false;
    if (digits.empty() || (digits.size() > 1 && digits[0] == '0' && digits[1] >= '0' && digits[1] <= '9')) return false;
    const auto [stop, error] = std::from_chars(digits.data(), end, out.number_);
    out.type_ = error == std::errc{} && stop == end ? Type::number : Type::other_number;
    const auto [decimal_stop, decimal_error] = std::from_chars(digits.data(), end, out.decimal_);
    return decimal_stop == end && (decimal_error == std::errc{} || decimal_error == std::errc::result_out_of_range);
  }

  bool word(std::string_view expected) {
    if (text_.substr(at_, expected.size()) != expected) return false;
    at_ += expected.size();
    return true;
  }
  char peek() const noexcept { return at_ < text_.size() ? text_[at_] : '\0'; }
  bool take(char c) noexcept {
    if (peek() != c) return false;
    ++at_;
    return true;
  }
  void skip_blanks() noexcept {
    while (at_ < text_.size() && std::string_view(" \t\r\n").find(text_[at_]) != std::string_view::npos) ++at_;
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

std::optional<JsonValue> JsonValue::parse(std::string_view text) {
  JsonValue value;
  if (!Parser(text).whole(value)) return std::nullopt;
  return value;
}

bool operator==(const JsonValue& a, const JsonValue& b) noexcept {
  if (a.type_ != b.type_ || a.elements_.size() != b.elements_.size()) return false;
  switch (a.type_) {
    case JsonValue::Type::null:
      return true;
    case JsonValue::Type::boolean:
      return a.boolean_ == b.boolean_;
    case JsonValue::Type::number:
      return a.number_ == b.number_;
    case JsonValue::Type::other_number:
      return a.decimal_ == b.decimal_;
    case JsonValue::Type::string:
      return a.text_ == b.text_;
    case JsonValue::Type::array:
      return a.elements_ == b.elements_;
    case JsonValue::Type::object:
      break;
  }
  for (std::size_t i = 0; i < a.keys_.size(); ++i) {
    const JsonValue* const other = b.find(a.keys_[i]);
    if (other == nullptr || !(a.elements_[i] == *other)) return false;
  }
  return true;
}

const JsonValue* JsonValue::find(std::string_view key) const noexcept {
  const auto at = std::find(keys_.begin(), keys_.end(), key);
  return at == keys_.end() ? nullptr : &elements_[static_cast<std::size_t>(at - keys_.begin())];
}

std::optional<std::uint64_t> JsonValue::number(std::string_view key) const noexcept {
  const JsonValue* const value = find(key);
  return value == nullptr ? std::nullopt : value->number();
}

std::optional<bool> JsonValue::boolean(std::string_view key) const noexcept {
  const JsonValue* const value = find(key);
  return value == nullptr || value->type_ != Type::boolean ? std::nullopt : std::optional(value->boolean_);
}

const std::string* JsonValue::text(std::string_view key) const noexcept {
  const JsonValue* const value = find(key);
  return value == nullptr || value->type_ != Type::string ? nullptr : &value->text_;
}

const JsonValue* JsonValue::object(std::string_view key) const noexcept {
  const JsonValue* const value = find(key);
  return value == nullptr || value->type_ != Type::object ? nullptr : value;
}

const std::vector<JsonValue>* JsonValue::array(std::string_view key) const noexcept {
  const JsonValue* const value = find(key);
  return value == nullptr || value->type_ != Type::array ? nullptr : &value->elements_;
}

}  // namespace gtp::gen
