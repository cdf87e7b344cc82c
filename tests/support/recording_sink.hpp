// SPDX-License-Identifier: GPL-2.0-or-later
//
// RecordingSink: writes what a decoder emits as compact JSON-like text, for tests to compare:
//   {"cause":16,"pce":0} ; flags as ["daf","hi"] ; notes collected apart.
#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include "libcommon/util/text_buffer.hpp"
#include "libcommon/wire/ie.hpp"

namespace gtp::test {

class RecordingSink final : public wire::MessageSink {
 public:
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
  void flags(const wire::FieldInfo& field, std::span<const wire::FlagBit> table, Bytes octets, wire::Range) override {
    key(field);
    std::vector<std::string_view> set;
    for (const auto& bit : table) {
      if (bit.octet < octets.size() && (load_u8(octets.data() + bit.octet) >> (bit.bit - 1) & 1) != 0) {
        set.push_back(bit.key);
      }
    }
    std::sort(set.begin(), set.end());
    out_.put('[');
    for (std::size_t i = 0; i < set.size(); ++i) {
      if (i != 0) out_.put(',');
      out_.put_json_string(set[i]);
    }
    out_.put(']');
  }
  void begin_object(const wire::FieldInfo& field, wire::Range) override { open(field, '{', '}'); }
  void end_object() override { close(); }
  void begin_list(const wire::FieldInfo& field, wire::Range) override { open(field, '[', ']'); }
  void end_list() override { close(); }
  void note(std::string_view text) override { notes.emplace_back(text); }
  void begin_ie(const wire::Ie& ie) override {
    comma();
    out_.put('<');
    out_.put(ie.info != nullptr ? ie.info->key : std::string_view("unknown"));
    out_.put(' ');
    stack_.push_back('>');
    first_ = true;
  }
  void end_ie(const wire::Ie& ie, bool short_value) override {
    if (ie.cut) notes.emplace_back("cut");
    if (short_value) notes.emplace_back("short");
    close();
  }

  // "{...}" of everything that was emitted at the top level.
  std::string text() const { return "{" + std::string(out_.view()) + "}"; }
  std::vector<std::string> notes;

 private:
  void comma() {
    if (!first_) out_.put(',');
    first_ = false;
  }
  void key(const wire::FieldInfo& field) {
    comma();
    if (!stack_.empty() && stack_.back() == ']') return;
    out_.put_json_string(field.key);
    out_.put(':');
  }
  void open(const wire::FieldInfo& field, char begin, char end) {
    key(field);
    out_.put(begin);
    stack_.push_back(end);
    first_ = true;
  }
  void close() {
    out_.put(stack_.back());
    stack_.pop_back();
    first_ = false;
  }

  TextBuffer out_;
  std::string stack_;
  bool first_ = true;
};

}  // namespace gtp::test
