// SPDX-License-Identifier: GPL-2.0-or-later
//
// The base chains of nftables that drop by policy, over nfnetlink. Rules are not judged: what such a chain accepts
// only its owner knows.
#pragma once

#include <optional>
#include <vector>

#include "gtptop/check/host_facts.hpp"
#include "libcommon/netlink/message.hpp"

namespace gtp::top {

// Empty when they cannot be read: no right. No chains, and no request that would load it, when nf_tables is not there.
std::optional<std::vector<DroppingChain>> read_dropping_chains();

// One NFT_MSG_NEWCHAIN; nothing when it is no base chain of a hook that matters, or does not drop.
std::optional<DroppingChain> decode_dropping_chain(const netlink::Message& message);

}  // namespace gtp::top
