// SPDX-License-Identifier: GPL-2.0-or-later
//
// JsonIes: writes information elements as the "ies" array of gtp-json/1 (docs/formats/gtp-json-1.md) straight from the
// decoders' callbacks into a TextBuffer; no tree in between.
#pragma once

#include <array>
#include <cstdint>

#include "libcommon/util/text_buffer.hpp"
#include "libcommon/wire/ie.hpp"

namespace gtp::dump {

// The fields of one value as members of a JSON object. Shared by elements and extension headers.
class JsonFields : public wire::MessageSink {
 public:
  explicit JsonFields(TextBuffer& out) noexcept : out_(out) {}
  virtual ~JsonFields() = default;

  void number(const wire::FieldInfo& field, std::uint64_t value, wire::Range) override {
    key(field);
    out_.put_dec(value);
  }
  void text(const wire::FieldInfo& field, std::string_view value, wire::Range) override {
    key(field);
    out_.put_json_string(value);
  }
  void address(const wire::FieldInfo& field, const IpAddress& value, wire::Range) override {
    key(field);
    out_.put('"');
    out_.put_address(value);
    out_.put('"');
  }
  void octets(const wire::FieldInfo& field, Bytes value, wire::Range) override {
    key(field);
    out_.put('"');
    out_.put_octets(value);
    out_.put('"');
  }
  void flags(const wire::FieldInfo& field, std::span<const wire::FlagBit> table, Bytes octets, wire::Range) override;
  void begin_object(const wire::FieldInfo& field, wire::Range) override { open(field, '{'); }
  void end_object() override { close('}'); }
  void begin_list(const wire::FieldInfo& field, wire::Range) override { open(field, '['); }
  void end_list() override { close(']'); }
  void note(std::string_view text) override;
  void begin_ie(const wire::Ie&) override {}
  void end_ie(const wire::Ie&, bool) override {}

 protected:
  static constexpr std::size_t kMaxDepth = 48;

  // Called before the first field; elements open their "value" object here.
  virtual void before_field() {}
  void comma() {
    if (!first_) out_.put(',');
    first_ = false;
  }
  void key(const wire::FieldInfo& field) {
    before_field();
    comma();
    if (depth_ != 0 && lists_[depth_ - 1]) return;
    put_key(field.key);
  }
  void put_key(std::string_view key) {
    out_.put('"');
    out_.put(key);
    out_.put("\":");
  }
  void open(const wire::FieldInfo& field, char bracket) {
    key(field);
    out_.put(bracket);
    if (depth_ < kMaxDepth) lists_[depth_] = bracket == '[';
    ++depth_;
    first_ = true;
  }
  void close(char bracket) {
    out_.put(bracket);
    --depth_;
    first_ = false;
  }

  TextBuffer& out_;
  bool first_ = true;
  std::size_t depth_ = 0;
  std::array<bool, kMaxDepth> lists_{};
  // Remarks wait until the value is closed; they are constants, so views suffice.
  std::array<std::string_view, 8> notes_{};
  std::size_t note_count_ = 0;
};

class JsonIes final : public JsonFields {
 public:
  // [raw]: add each value's octets as "raw".
  JsonIes(TextBuffer& out, wire::Protocol protocol, bool raw) noexcept
      : JsonFields(out), protocol_(protocol), raw_(raw) {}

  void begin_ie(const wire::Ie& ie) override;
  void end_ie(const wire::Ie& ie, bool short_value) override;
  // Closes the array if one was opened.
  void finish();

 private:
  void before_field() override;
  void put_notes(const wire::Ie& ie);

  struct Level {
    bool has_value = false;  // "value" was opened and not closed
    bool has_ies = false;    // "ies" was opened
  };
  wire::Protocol protocol_;
  bool raw_;
  std::size_t level_ = 0;  // 0: outside any element
  std::array<Level, wire::kMaxIeDepth + 2> levels_{};
};

}  // namespace gtp::dump
