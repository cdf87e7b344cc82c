// SPDX-License-Identifier: GPL-2.0-or-later
//
// The report of a replay: for people, and gtpgen-replay/1 (docs/formats/gtpgen-replay-1.schema.json).
#pragma once

#include <string>

#include "gtpgen/replay/player.hpp"
#include "libcommon/util/text_buffer.hpp"

namespace gtp::gen::replay {

struct ReplayReport {
  const PlayOptions& options;
  const PlayCounts& counts;
  const TransmitCounts& transmit;
  std::string target;   // as it was given
  Endpoint endpoint;    // where it went
  std::string backend;  // "udp+gso(64)"
  bool interrupted = false;
  // 0 all was sent in time, 1 nothing was or the file is broken, 3 this host could not send it as asked.
  int status = 0;
  std::string reason = {};
};

// Sets status and reason.
void judge(ReplayReport& report);
void put_text(TextBuffer& out, const ReplayReport& report);
void put_json(TextBuffer& out, const ReplayReport& report);

}  // namespace gtp::gen::replay
