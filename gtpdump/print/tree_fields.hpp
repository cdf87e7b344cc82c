// SPDX-License-Identifier: GPL-2.0-or-later
//
// TreeFields: writes elements and their fields as indented lines.
#pragma once

#include <string>

#include "libcommon/output/style.hpp"
#include "libcommon/util/text_buffer.hpp"
#include "libcommon/wire/ie.hpp"

namespace gtp::dump {

class TreeFields final : public wire::MessageSink {
 public:
  TreeFields(TextBuffer& out, const output::Style& style, wire::Protocol protocol, int indent) noexcept
      : out_(out), style_(style), protocol_(protocol), indent_(indent) {}

  void number(const wire::FieldInfo& field, std::uint64_t value, wire::Range) override;
  void text(const wire::FieldInfo& field, std::string_view value, wire::Range) override;
  void address(const wire::FieldInfo& field, const IpAddress& value, wire::Range) override;
  void octets(const wire::FieldInfo& field, Bytes value, wire::Range) override;
  void flags(const wire::FieldInfo& field, std::span<const wire::FlagBit> table, Bytes octets, wire::Range) override;
  void begin_object(const wire::FieldInfo& field, wire::Range) override { open(field); }
  void end_object() override { close(); }
  void begin_list(const wire::FieldInfo& field, wire::Range) override { open(field); }
  void end_list() override { close(); }
  void note(std::string_view text) override;
  void begin_ie(const wire::Ie& ie) override;
  void end_ie(const wire::Ie& ie, bool short_value) override;

  // A line of its own at the current indent: "Label: ".
  void begin_line(std::string_view label);
  // The title of something that is not an element (an extension header); fields follow, end_title() closes.
  void begin_title(std::string_view title);
  void end_title();
  // More was put behind the title by hand.
  void mark_title_end() noexcept { head_end_ = out_.size(); }

 private:
  void open(const wire::FieldInfo& field);
  void close();
  // Ends the title line of the open element, because more than one field follows.
  void end_head();
  template <typename Put>
  void field_line(const wire::FieldInfo& field, Put put);
  void margin() { out_.fill(' ', static_cast<std::size_t>(indent_)); }
  void end_line() { out_.put('\n'); }

  TextBuffer& out_;
  const output::Style& style_;
  wire::Protocol protocol_;
  int indent_;
  bool head_open_ = false;    // the title line has no newline yet
  std::size_t head_end_ = 0;  // where the title ends, before an inlined first field
  bool inlined_ = false;      // the first field stands on the title line
  std::string inlined_line_;  // the same field as a line of its own
};

}  // namespace gtp::dump
