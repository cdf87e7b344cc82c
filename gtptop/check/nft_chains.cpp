// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtptop/check/nft_chains.hpp"

#include <linux/netfilter.h>
#include <linux/netfilter/nf_tables.h>
#include <linux/netfilter/nfnetlink.h>
#include <linux/netlink.h>
#include <unistd.h>

#include "libcommon/netlink/connection.hpp"
#include "libcommon/netlink/socket.hpp"

namespace gtp::top {
namespace {

constexpr auto kNetfilter = static_cast<netlink::Protocol>(NETLINK_NETFILTER);

// nfnetlink's numbers are in network order.
std::optional<std::uint32_t> number(const netlink::Attribute& attribute) {
  if (attribute.data.size() != sizeof(std::uint32_t)) return std::nullopt;
  return load_u32(attribute.data.data());
}

std::optional<DroppingChain::Hook> hook_of(std::uint32_t number) {
  switch (number) {
    case NF_INET_LOCAL_IN:
      return DroppingChain::Hook::input;
    case NF_INET_FORWARD:
      return DroppingChain::Hook::forward;
    case NF_INET_LOCAL_OUT:
      return DroppingChain::Hook::output;
    default:
      return std::nullopt;
  }
}

}  // namespace

std::optional<DroppingChain> decode_dropping_chain(const netlink::Message& message) {
  nfgenmsg header{};
  if (!netlink::load_native(message.payload, header)) return std::nullopt;
  DroppingChain chain;
  const char* family = "inet";
  chain.family = 0;
  if (header.nfgen_family == NFPROTO_IPV4) chain.family = 4, family = "ip";
  if (header.nfgen_family == NFPROTO_IPV6) chain.family = 6, family = "ip6";
  if (header.nfgen_family != NFPROTO_INET && chain.family == 0) return std::nullopt;
  std::string table;
  std::string name;
  std::optional<std::uint32_t> policy;
  std::optional<DroppingChain::Hook> hook;
  netlink::Attributes attributes = message.attributes(sizeof header);
  for (netlink::Attribute attribute; attributes.next(attribute);) {
    if (attribute.type == NFTA_CHAIN_TABLE) table = attribute.text();
    if (attribute.type == NFTA_CHAIN_NAME) name = attribute.text();
    if (attribute.type == NFTA_CHAIN_POLICY) policy = number(attribute);
    if (attribute.type != NFTA_CHAIN_HOOK) continue;
    netlink::Attributes parts(attribute.data);
    for (netlink::Attribute part; parts.next(part);) {
      if (part.type != NFTA_HOOK_HOOKNUM) continue;
      if (const auto which = number(part)) hook = hook_of(*which);
    }
  }
  if (!hook || policy != std::uint32_t{NF_DROP}) return std::nullopt;
  chain.hook = *hook;
  chain.name = std::string(family) + " " + table + " " + name;
  return chain;
}

std::optional<std::vector<DroppingChain>> read_dropping_chains() {
  std::vector<DroppingChain> chains;
  if (::access("/sys/module/nf_tables", F_OK) != 0) return chains;
  auto connection = netlink::connect(kNetfilter);
  if (!connection) return std::nullopt;
  netlink::Request request((NFNL_SUBSYS_NFTABLES << 8) | NFT_MSG_GETCHAIN);
  nfgenmsg header{};
  header.nfgen_family = NFPROTO_UNSPEC;
  header.version = NFNETLINK_V0;
  request.header(header);
  const auto read = connection->dump(request, [&](const netlink::Message& message) {
    if (auto chain = decode_dropping_chain(message)) chains.push_back(*std::move(chain));
  });
  if (!read) return std::nullopt;
  return chains;
}

}  // namespace gtp::top
