// SPDX-License-Identifier: GPL-2.0-or-later
//
// Writes an Echo Request of any dialect. Only what the specification puts into the request is in it: GTPv2's Recovery
// is mandatory, the others have none (a Recovery in GTP-U's request breaks TS 29.281, 7.2.1). A message is made longer
// by a Private Extension, which every protocol allows and every node skips, so that path MTUs can be probed with it.
#pragma once

#include <cstdint>
#include <optional>

#include "gtpgen/echo/dialect.hpp"
#include "libcommon/util/byte_writer.hpp"

namespace gtp::gen::echo {

struct RequestContent {
  // GTPv2 only. The counter is ours and must not change between requests: a peer that sees it grow believes that the
  // node at this address has restarted, and drops that node's sessions.
  std::uint8_t recovery = 0;
  std::optional<std::uint8_t> node_features;
  // Length of the whole message in octets; 0, or less than the message has anyway: no padding.
  std::size_t length = 0;
};

// Octets of a request without padding, and of the shortest one with it. What lies between cannot be made.
std::size_t plain_length(Dialect dialect, const RequestContent& content) noexcept;
std::size_t shortest_padded_length(Dialect dialect, const RequestContent& content) noexcept;

// Appends the message. [sequence_number] is cut to the dialect's width.
void write_request(ByteWriter& out, Dialect dialect, std::uint32_t sequence_number,
                   const RequestContent& content) noexcept;

}  // namespace gtp::gen::echo
