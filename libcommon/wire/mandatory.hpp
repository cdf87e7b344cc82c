// SPDX-License-Identifier: GPL-2.0-or-later
//
// Elements without which a message makes no sense (presence M in the specifications' message tables). Only what has
// been mandatory in all releases, of the messages that set up, change and end sessions and watch paths.
#pragma once

#include <cstdint>
#include <span>

#include "libcommon/wire/protocol.hpp"

namespace gtp::wire {

// Types of the mandatory elements at the top of a message; empty when the table does not know the message.
std::span<const std::uint16_t> mandatory_elements(Protocol protocol, std::uint8_t message_type) noexcept;

}  // namespace gtp::wire
