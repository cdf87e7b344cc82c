// SPDX-License-Identifier: GPL-2.0-or-later
//
// NullSink: a MessageSink that ignores everything. A base for sinks that need a few calls, and by itself the way to
// walk a message for its faults.
#pragma once

#include "libcommon/wire/ie.hpp"

namespace gtp::wire {

class NullSink : public MessageSink {
 public:
  virtual ~NullSink() = default;
  void number(const FieldInfo&, std::uint64_t, Range) override {}
  void text(const FieldInfo&, std::string_view, Range) override {}
  void address(const FieldInfo&, const IpAddress&, Range) override {}
  void octets(const FieldInfo&, Bytes, Range) override {}
  void flags(const FieldInfo&, std::span<const FlagBit>, Bytes, Range) override {}
  void begin_object(const FieldInfo&, Range) override {}
  void end_object() override {}
  void begin_list(const FieldInfo&, Range) override {}
  void end_list() override {}
  void note(std::string_view) override {}
  void begin_ie(const Ie&) override {}
  void end_ie(const Ie&, bool) override {}
};

}  // namespace gtp::wire
