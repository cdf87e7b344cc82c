// SPDX-License-Identifier: GPL-2.0-or-later
//
// JsonWriter: appends JSON to a TextBuffer, in order, without building a tree and without allocating.
//
//   JsonWriter json(out);
//   {
//     auto row = json.object();
//     json.number("teid", 5);
//     auto list = json.array("frames");
//     json.number(17);
//   }                                      // {"teid":5,"frames":[17]}
//
// Objects and arrays close with the scope that opened them, so brackets always match. Inside an object every call
// names a key, inside an array none does (asserted). Keys are literals of ours and are written as they are; text is
// escaped. Numbers are integers wherever a unit makes them so; decimal() is for ratios and rates that no unit does.
// One thread; the buffer must outlive it.
#pragma once

#include <cassert>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <optional>
#include <string_view>

#include "libcommon/util/ip.hpp"
#include "libcommon/util/text_buffer.hpp"

namespace gtp::output {

class JsonWriter {
 public:
  static constexpr int kMaxDepth = 63;

  class [[nodiscard]] Scope {
   public:
    Scope(const Scope&) = delete;
    Scope& operator=(const Scope&) = delete;
    ~Scope() { writer_.close(bracket_); }

   private:
    friend class JsonWriter;
    Scope(JsonWriter& writer, char open, char close) : writer_(writer), bracket_(close) { writer.open(open); }
    JsonWriter& writer_;
    char bracket_;
  };

  explicit JsonWriter(TextBuffer& out) noexcept : out_(out) {}
  JsonWriter(const JsonWriter&) = delete;
  JsonWriter& operator=(const JsonWriter&) = delete;

  // The outermost value and elements of arrays.
  Scope object() {
    element();
    return {*this, '{', '}'};
  }
  Scope array() {
    element();
    return {*this, '[', ']'};
  }
  void number(std::uint64_t value) {
    element();
    out_.put_dec(value);
  }
  void signed_number(std::int64_t value) {
    element();
    out_.put_signed(value);
  }
  void text(std::string_view value) {
    element();
    out_.put_json_string(value);
  }
  void address(const IpAddress& value) {
    element();
    put_address(value);
  }
  void boolean(bool value) {
    element();
    put_boolean(value);
  }
  void null() {
    element();
    out_.put("null");
  }

  // Members of objects.
  Scope object(std::string_view key) {
    member(key);
    return {*this, '{', '}'};
  }
  Scope array(std::string_view key) {
    member(key);
    return {*this, '[', ']'};
  }
  void number(std::string_view key, std::uint64_t value) {
    member(key);
    out_.put_dec(value);
  }
  void signed_number(std::string_view key, std::int64_t value) {
    member(key);
    out_.put_signed(value);
  }
  void text(std::string_view key, std::string_view value) {
    member(key);
    out_.put_json_string(value);
  }
  void address(std::string_view key, const IpAddress& value) {
    member(key);
    put_address(value);
  }
  void boolean(std::string_view key, bool value) {
    member(key);
    put_boolean(value);
  }
  void null(std::string_view key) {
    member(key);
    out_.put("null");
  }
  // The shortest decimal number that reads back as [value]; null for what is no number.
  void decimal(std::string_view key, double value) {
    member(key);
    put_decimal(value);
  }
  void decimal(std::string_view key, std::optional<double> value) { value ? decimal(key, *value) : null(key); }
  // Text that is JSON already, as one value.
  void verbatim(std::string_view key, std::string_view json) {
    member(key);
    out_.put(json);
  }
  // A measurement: null when it was not taken, never 0 in its place.
  void measured(std::string_view key, std::optional<std::uint64_t> value) { value ? number(key, *value) : null(key); }

  // Every bracket is closed.
  bool complete() const noexcept { return depth_ == 0; }

 private:
  // One bit per level: inside an object; has a first entry already.
  void element() {
    assert(!in_object() && "a member of an object needs a key");
    separate();
  }
  void member(std::string_view key) {
    assert(in_object() && "only members of objects have keys");
    separate();
    out_.put('"');
    out_.put(key);
    out_.put("\":");
  }
  void separate() {
    const std::uint64_t bit = std::uint64_t{1} << depth_;
    if (depth_ > 0 && (entries_ & bit) != 0) out_.put(',');
    entries_ |= bit;
  }
  void open(char bracket) {
    assert(depth_ < kMaxDepth);
    ++depth_;
    const std::uint64_t bit = std::uint64_t{1} << depth_;
    entries_ &= ~bit;
    objects_ = bracket == '{' ? objects_ | bit : objects_ & ~bit;
    out_.put(bracket);
  }
  void close(char bracket) {
    assert(depth_ > 0 && in_object() == (bracket == '}') && "scopes end in the reverse order of their start");
    --depth_;
    out_.put(bracket);
  }
  bool in_object() const noexcept { return (objects_ >> depth_ & 1) != 0; }

  void put_address(const IpAddress& value) {
    out_.put('"');
    out_.put_address(value);
    out_.put('"');
  }
  void put_decimal(double value) {
    if (!std::isfinite(value)) {
      out_.put("null");
      return;
    }
    constexpr std::size_t kLongest = 32;
    char* const at = out_.room(kLongest);
    out_.add(static_cast<std::size_t>(std::to_chars(at, at + kLongest, value).ptr - at));
  }
  void put_boolean(bool value) { out_.put(value ? std::string_view("true") : std::string_view("false")); }

  TextBuffer& out_;
  std::uint64_t objects_ = 0;
  std::uint64_t entries_ = 0;
  int depth_ = 0;
};

}  // namespace gtp::output
