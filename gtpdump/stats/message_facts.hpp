// SPDX-License-Identifier: GPL-2.0-or-later
//
// What the statistics want to know of a control message, from one walk over its elements. No allocation; any thread.
#pragma once

#include <algorithm>
#include <cstdint>

#include "libcommon/packet/layer.hpp"
#include "libcommon/packet/message.hpp"
#include "libcommon/wire/ie.hpp"

namespace gtp::dump::stats {

struct MessageFacts {
  wire::FaultSet faults;  // of the elements; the header's are in layer.header
  // Of the message itself, not of a bearer in it.
  bool has_cause = false;
  std::uint8_t cause = 0;
  const wire::NameTable* cause_names = nullptr;
  // Changes when the sender has lost its sessions: GTP's restart counter, PFCP's recovery time stamp.
  bool has_restart_counter = false;
  std::uint64_t restart_counter = 0;
};

MessageFacts read_message_facts(const packet::Layer& layer);

// Does [cause] say that what was asked for was not done? Causes of requests say why they are sent.
bool is_refusal(wire::Protocol protocol, std::uint8_t cause) noexcept;

// Octets of the message on the wire, header included; also when fewer were captured.
inline std::uint64_t octets_of(const packet::Layer& layer) noexcept {
  const std::uint64_t seen = layer.message.size();
  if (!layer.header.faults.has(wire::Fault::captured_short)) return seen;
  return std::max<std::uint64_t>(seen, packet::declared_end(layer.header));
}

}  // namespace gtp::dump::stats
