// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtptop/record/flat_object.hpp"

#include <charconv>

#include "libcommon/util/utf8.hpp"

namespace gtp::top {
namespace {

Error broken(std::size_t at, std::string_view what) {
  return {ErrorCode::protocol, 0, "column " + std::to_string(at + 1) + ": " + std::string(what), {}};
}

bool is_blank(char c) noexcept { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

class Reader {
 public:
  explicit Reader(std::string_view text) noexcept : text_(text) {}

  std::size_t at() const noexcept { return at_; }
  char peek() noexcept {
    while (at_ < text_.size() && is_blank(text_[at_])) ++at_;
    return at_ < text_.size() ? text_[at_] : '\0';
  }
  bool take(char wanted) noexcept {
    if (peek() != wanted) return false;
    ++at_;
    return true;
  }
  // What is between quotes, escapes as they are; false when the end is missing.
  bool take_text(std::string_view& out) noexcept {
    if (!take('"')) return false;
    const std::size_t start = at_;
    for (; at_ < text_.size() && text_[at_] != '"'; ++at_) {
      if (text_[at_] == '\\') ++at_;
    }
    if (at_ >= text_.size()) return false;
    out = text_.substr(start, at_++ - start);
    return true;
  }
  std::string_view take_word() noexcept {
    peek();
    const std::size_t start = at_;
    while (at_ < text_.size() && text_[at_] != ',' && text_[at_] != '}' && !is_blank(text_[at_])) ++at_;
    return text_.substr(start, at_ - start);
  }

 private:
  std::string_view text_;
  std::size_t at_ = 0;
};

}  // namespace

Result<FlatObject> FlatObject::parse(std::string_view line) {
  Reader reader(line);
  FlatObject object;
  if (!reader.take('{')) return broken(reader.at(), "expected {");
  if (!reader.take('}')) {
    do {
      Member member;
      if (!reader.take_text(member.key)) return broken(reader.at(), "expected a key");
      if (!reader.take(':')) return broken(reader.at(), "expected :");
      const char first = reader.peek();
      if (first == '"') {
        member.type = Type::text;
        if (!reader.take_text(member.value)) return broken(reader.at(), "the text does not end");
      } else if (first == '{' || first == '[') {
        return broken(reader.at(), "nothing is nested here");
      } else {
        member.value = reader.take_word();
        member.type = first >= '0' && first <= '9' ? Type::number : Type::literal;
        if (member.value.empty()) return broken(reader.at(), "expected a value");
      }
      if (object.size_ == kMaxMembers) return broken(reader.at(), "too many members");
      object.members_[object.size_++] = member;
    } while (reader.take(','));
    if (!reader.take('}')) return broken(reader.at(), "expected , or }");
  }
  if (reader.peek() != '\0') return broken(reader.at(), "something stands behind the object");
  return object;
}

const FlatObject::Member* FlatObject::find(std::string_view key) const noexcept {
  for (std::size_t step = 0; step < size_; ++step) {
    const std::size_t at = (next_ + step) % size_;
    if (members_[at].key != key) continue;
    next_ = at + 1;
    return &members_[at];
  }
  return nullptr;
}

std::optional<std::uint64_t> FlatObject::number(std::string_view key) const noexcept {
  const Member* member = find(key);
  if (member == nullptr || member->type != Type::number) return std::nullopt;
  std::uint64_t value = 0;
  const char* end = member->value.data() + member->value.size();
  const auto [stop, error] = std::from_chars(member->value.data(), end, value);
  return error == std::errc{} && stop == end ? std::optional(value) : std::nullopt;
}

std::optional<bool> FlatObject::boolean(std::string_view key) const noexcept {
  const Member* member = find(key);
  if (member == nullptr || member->type != Type::literal) return std::nullopt;
  if (member->value == "true") return true;
  if (member->value == "false") return false;
  return std::nullopt;
}

std::string_view FlatObject::raw_text(std::string_view key) const noexcept {
  const Member* member = find(key);
  return member == nullptr || member->type != Type::text ? std::string_view{} : member->value;
}

std::optional<IpAddress> FlatObject::address(std::string_view key) const noexcept {
  const std::string_view text = raw_text(key);
  return text.empty() ? std::nullopt : IpAddress::parse(text);
}

std::optional<std::string> FlatObject::text(std::string_view key) const {
  const Member* member = find(key);
  if (member == nullptr || member->type != Type::text) return std::nullopt;
  std::string out;
  const std::string_view raw = member->value;
  for (std::size_t i = 0; i < raw.size(); ++i) {
    if (raw[i] != '\\' || i + 1 >= raw.size()) {
      out += raw[i];
      continue;
    }
    const char c = raw[++i];
    constexpr std::string_view kFrom = "nrtbf";
    constexpr std::string_view kTo = "\n\r\t\b\f";
    if (const auto known = kFrom.find(c); known != std::string_view::npos) {
      out += kTo[known];
    } else if (c == 'u' && i + 4 < raw.size()) {
      std::uint32_t code = 0;
      std::from_chars(raw.data() + i + 1, raw.data() + i + 5, code, 16);
      append_utf8(out, code);
      i += 4;
    } else {
      out += c;
    }
  }
  return out;
}

}  // namespace gtp::top
