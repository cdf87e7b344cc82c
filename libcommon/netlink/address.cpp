// SPDX-License-Identifier: GPL-2.0-or-later
#include "libcommon/netlink/address.hpp"

#include <linux/if_addr.h>
#include <linux/rtnetlink.h>
#include <sys/socket.h>

namespace gtp::netlink {
namespace {

Result<void> change(Connection& connection, std::uint16_t type, std::uint16_t flags, std::uint32_t link,
                    const IpPrefix& prefix) {
  Request request(type, flags);
  ifaddrmsg header{};
  header.ifa_family = prefix.address.is_v6() ? AF_INET6 : AF_INET;
  header.ifa_prefixlen = static_cast<std::uint8_t>(prefix.length);
  header.ifa_index = link;
  request.header(header).address(IFA_LOCAL, prefix.address).address(IFA_ADDRESS, prefix.address);
  return connection.execute(request);
}

}  // namespace

bool decode_address(const Message& message, InterfaceAddress& address) noexcept {
  ifaddrmsg header{};
  if (!load_native(message.payload, header)) return false;
  address = InterfaceAddress{};
  address.link = header.ifa_index;
  address.scope = header.ifa_scope;
  address.flags = header.ifa_flags;
  address.prefix.length = header.ifa_prefixlen;
  IpAddress local;
  IpAddress other;
  bool sound = true;
  Attributes attributes = message.attributes(sizeof header);
  for (Attribute attribute; sound && attributes.next(attribute);) {
    if (attribute.type == IFA_LOCAL) sound = attribute.read(local);
    if (attribute.type == IFA_ADDRESS) sound = attribute.read(other);
    if (attribute.type == IFA_FLAGS) sound = attribute.read(address.flags);
  }
  // Where both are there and differ, "address" is the other end's.
  address.prefix.address = local.empty() ? other : local;
  if (!local.empty() && other != local) address.peer = other;
  const int bits = address.prefix.address.is_v4() ? 32 : 128;
  return sound && !attributes.malformed() && !address.prefix.address.empty() && header.ifa_prefixlen <= bits;
}

Result<void> addresses(Connection& connection, std::uint32_t link, FunctionRef<void(const InterfaceAddress&)> visitor) {
  Request request(RTM_GETADDR);
  ifaddrmsg header{};
  header.ifa_index = link;
  request.header(header);
  InterfaceAddress address;
  const Result<DumpResult> done = connection.dump(request, [&](const Message& message) {
    // A kernel that does not check requests strictly tells all.
    if (decode_address(message, address) && (link == 0 || address.link == link)) visitor(address);
  });
  if (!done) return done.error();
  return {};
}

Result<void> add_address(Connection& connection, std::uint32_t link, const IpPrefix& prefix) {
  return change(connection, RTM_NEWADDR, NLM_F_CREATE | NLM_F_EXCL, link, prefix);
}

Result<void> remove_address(Connection& connection, std::uint32_t link, const IpPrefix& prefix) {
  return change(connection, RTM_DELADDR, 0, link, prefix);
}

}  // namespace gtp::netlink
