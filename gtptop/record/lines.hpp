// SPDX-License-Identifier: GPL-2.0-or-later
//
// The lines of a recording: docs/formats/gtptop-record-1.md says what they mean. Writing appends a line; reading hands
// it to a Receiver.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "gtptop/model/capability.hpp"
#include "gtptop/model/receiver.hpp"
#include "libcommon/util/result.hpp"
#include "libcommon/util/text_buffer.hpp"

namespace gtp::top {

inline constexpr std::string_view kRecordSchema = "gtptop-record/1";

struct RecordHeader {
  SourceInfo source;
  Capabilities capabilities;
  std::uint64_t time_ns = 0;
  std::uint64_t interval_ns = 0;
};

void put_header(TextBuffer& out, const RecordHeader& header);
void put_time(TextBuffer& out, std::uint64_t time_ns);
// Ends a sample.
void put_sample(TextBuffer& out, std::uint64_t number, std::uint64_t time_ns);
void put_tunnel(TextBuffer& out, const TunnelSample& sample);
void put_tunnel_gone(TextBuffer& out, const TunnelKey& key);
void put_link(TextBuffer& out, const LinkRow& link);
void put_link_gone(TextBuffer& out, std::uint32_t index);
void put_event(TextBuffer& out, const Event& event);
void put_lost(TextBuffer& out);

// The first line of a recording.
Result<RecordHeader> read_header(std::string_view line);

// What a line was, besides what the receiver got to know.
struct RecordLine {
  enum class Kind : std::uint8_t { told, time, sample, unknown } kind = Kind::told;
  std::uint64_t time_ns = 0;  // of time and sample
};
// An error says what is wrong with the line; a type that is not known is skipped, for later versions may have more.
Result<RecordLine> read_line(std::string_view line, Receiver& receiver);

}  // namespace gtp::top
