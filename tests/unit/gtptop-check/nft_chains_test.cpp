// SPDX-License-Identifier: GPL-2.0-or-later
//
// NFT_MSG_NEWCHAIN as nfnetlink has it: a header of four octets, then attributes whose numbers are in network order.
#include "gtptop/check/nft_chains.hpp"

#include <catch2/catch.hpp>

#include "libcommon/netlink/request.hpp"

using namespace gtp;
using namespace gtp::top;

namespace {

std::optional<DroppingChain> decode(std::uint8_t family, std::uint32_t hook, std::uint32_t policy, bool base = true) {
  netlink::Request request(0x0a03);
  const std::array<std::uint8_t, 4> header{family, 0, 0, 0};
  request.header(header);
  request.text(1, "filter");   // NFTA_CHAIN_TABLE
  request.text(3, "FORWARD");  // NFTA_CHAIN_NAME
  const auto number = [&](std::uint16_t type, std::uint32_t value) {
    const std::array<std::byte, 4> octets{std::byte(value >> 24), std::byte(value >> 16), std::byte(value >> 8),
                                          std::byte(value)};
    request.octets(type, octets);
  };
  if (base) {
    auto nest = request.nest(4);  // NFTA_CHAIN_HOOK
    number(1, hook);              // NFTA_HOOK_HOOKNUM
    number(2, 0);                 // NFTA_HOOK_PRIORITY
  }
  if (base) number(5, policy);  // NFTA_CHAIN_POLICY
  netlink::Messages messages(request.finish(1, 0));
  netlink::Message message;
  REQUIRE(messages.next(message));
  return decode_dropping_chain(message);
}

}  // namespace

TEST_CASE("a chain that drops what is forwarded") {
  const auto chain = decode(2, 2, 0);
  REQUIRE(chain);
  CHECK(chain->name == "ip filter FORWARD");
  CHECK(chain->hook == DroppingChain::Hook::forward);
  CHECK(chain->family == 4);
}

TEST_CASE("families and hooks") {
  CHECK(decode(1, 1, 0)->name == "inet filter FORWARD");
  CHECK(decode(1, 1, 0)->hook == DroppingChain::Hook::input);
  CHECK(decode(10, 3, 0)->hook == DroppingChain::Hook::output);
  CHECK(!decode(3, 1, 0));  // arp
  CHECK(!decode(2, 0, 0));  // prerouting
}

TEST_CASE("chains that accept, and chains that are no base chains") {
  CHECK(!decode(2, 2, 1));
  CHECK(!decode(2, 2, 0, false));
}
