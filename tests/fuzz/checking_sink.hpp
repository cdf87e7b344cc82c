// SPDX-License-Identifier: GPL-2.0-or-later
//
// CheckingSink: holds a decoder to its contract. Objects, lists and elements close in the order in which they were
// opened; every range lies in the message; every octet of what is handed out can be read; and the work is bounded by
// the size of the message.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "libcommon/wire/ie.hpp"
#include "tests/fuzz/require.hpp"

namespace gtp::fuzz {

class CheckingSink final : public wire::MessageSink {
 public:
  // The message occupies [base, base + size) of the packet.
  CheckingSink(std::size_t base, std::size_t size) noexcept : base_(base), size_(size), calls_left_(64 + 64 * size) {}

  void number(const wire::FieldInfo& field, std::uint64_t, wire::Range where) override { field_at(field, where); }
  void text(const wire::FieldInfo& field, std::string_view value, wire::Range where) override {
    field_at(field, where);
    for (const char c : value) touched_ = touched_ + static_cast<unsigned char>(c);
  }
  void address(const wire::FieldInfo& field, const IpAddress& value, wire::Range where) override {
    field_at(field, where);
    require(value.octets().size() <= 16, "an address has 4 or 16 octets");
    char room[IpAddress::kMaxText];
    require(value.write(room) <= sizeof room, "the text of an address fits");
  }
  void octets(const wire::FieldInfo& field, Bytes value, wire::Range where) override {
    field_at(field, where);
    touch(value);
  }
  void flags(const wire::FieldInfo& field, std::span<const wire::FlagBit> table, Bytes octets,
             wire::Range where) override {
    field_at(field, where);
    touch(octets);
    for (const wire::FlagBit& bit : table) require(bit.bit >= 1 && bit.bit <= 8, "a flag is one of eight bits");
  }
  void begin_object(const wire::FieldInfo& field, wire::Range where) override { open(field, where, Open::object); }
  void end_object() override { close(Open::object); }
  void begin_list(const wire::FieldInfo& field, wire::Range where) override { open(field, where, Open::list); }
  void end_list() override { close(Open::list); }
  void note(std::string_view text) override {
    count();
    require(!text.empty(), "a note says something");
  }
  void begin_ie(const wire::Ie& ie) override {
    count();
    require(ie.offset >= base_ && ie.offset <= base_ + size_, "an element starts in the message");
    inside({ie.value_offset, ie.value.size()});
    touch(ie.value);
    push(Open::element);
  }
  void end_ie(const wire::Ie&, bool) override { close(Open::element); }

  void finish() const { require(depth_ == 0, "all is closed at the end"); }

 private:
  enum class Open : std::uint8_t { element, object, list };
  // Groups to kMaxIeDepth, and in the value of each a few structures.
  static constexpr std::size_t kMaxOpen = 64;

  void count() {
    require(calls_left_ != 0, "the work is bounded by the size of the message");
    --calls_left_;
  }
  void inside(wire::Range where) const {
    require(where.offset >= base_ && where.offset <= base_ + size_, "a range starts in the message");
    require(where.length <= base_ + size_ - where.offset, "a range ends in the message");
  }
  void field_at(const wire::FieldInfo& field, wire::Range where) {
    count();
    require(!field.key.empty() || (depth_ != 0 && open_[depth_ - 1] == Open::list), "a field has a key");
    inside(where);
  }
  void touch(Bytes octets) {
    for (const std::byte octet : octets) touched_ = touched_ + load_u8(&octet);
  }
  void push(Open what) {
    require(depth_ < kMaxOpen, "the nesting is bounded");
    open_[depth_++] = what;
  }
  void open(const wire::FieldInfo& field, wire::Range where, Open what) {
    field_at(field, where);
    push(what);
  }
  void close(Open what) {
    count();
    require(depth_ != 0 && open_[depth_ - 1] == what, "what is closed is what was opened last");
    --depth_;
  }

  std::size_t base_;
  std::size_t size_;
  std::size_t calls_left_;
  std::array<Open, kMaxOpen> open_{};
  std::size_t depth_ = 0;
  volatile unsigned touched_ = 0;
};

}  // namespace gtp::fuzz
