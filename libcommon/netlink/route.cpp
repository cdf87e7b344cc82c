// SPDX-License-Identifier: GPL-2.0-or-later
#include "libcommon/netlink/route.hpp"

#include <linux/rtnetlink.h>
#include <sys/socket.h>

#include <cerrno>

namespace gtp::netlink {
namespace {

std::uint8_t family_of(const IpAddress& address) noexcept { return address.is_v6() ? AF_INET6 : AF_INET; }
std::uint8_t bits_of(const IpAddress& address) noexcept { return address.is_v6() ? 128 : 32; }

void decode_metrics(Bytes data, Route& route) noexcept {
  Attributes metrics(data);
  for (Attribute metric; metrics.next(metric);) {
    if (metric.type == RTAX_MTU) metric.read(route.mtu);
  }
}

bool decode_attribute(const Attribute& attribute, Route& route) noexcept {
  switch (attribute.type) {
    case RTA_DST:
      return attribute.read(route.destination.address);
    case RTA_GATEWAY:
      return attribute.read(route.gateway);
    case RTA_VIA:
      // The gateway's family differs from the destination's: family 16, address.
      route.gateway = IpAddress::from(slice(attribute.data, 2));
      return true;
    case RTA_PREFSRC:
      return attribute.read(route.source);
    case RTA_OIF:
      return attribute.read(route.link);
    case RTA_TABLE:
      return attribute.read(route.table);
    case RTA_PRIORITY:
      return attribute.read(route.priority);
    case RTA_METRICS:
      decode_metrics(attribute.data, route);
      return true;
    case RTA_MULTIPATH:
    case RTA_NH_ID:
      route.several = true;
      return true;
    default:
      return true;
  }
}

Result<void> change(Connection& connection, std::uint16_t type, std::uint16_t flags, const IpPrefix& destination,
                    std::uint32_t link, const IpAddress& gateway) {
  Request request(type, flags);
  rtmsg header{};
  header.rtm_family = family_of(destination.address);
  header.rtm_dst_len = static_cast<std::uint8_t>(destination.length);
  header.rtm_table = RT_TABLE_MAIN;
  header.rtm_protocol = RTPROT_STATIC;
  header.rtm_scope = gateway.empty() && destination.address.is_v4() ? RT_SCOPE_LINK : RT_SCOPE_UNIVERSE;
  header.rtm_type = RTN_UNICAST;
  request.header(header);
  if (destination.length != 0) request.address(RTA_DST, destination.address);
  if (!gateway.empty()) request.address(RTA_GATEWAY, gateway);
  request.u32(RTA_OIF, link);
  return connection.execute(request);
}

}  // namespace

bool decode_route(const Message& message, Route& route) noexcept {
  rtmsg header{};
  if (!load_native(message.payload, header)) return false;
  if (header.rtm_family != AF_INET && header.rtm_family != AF_INET6) return false;
  route = Route{};
  route.destination.length = header.rtm_dst_len;
  route.table = header.rtm_table;
  route.type = header.rtm_type;
  route.scope = header.rtm_scope;
  route.protocol = header.rtm_protocol;
  bool sound = true;
  Attributes attributes = message.attributes(sizeof header);
  for (Attribute attribute; sound && attributes.next(attribute);) sound = decode_attribute(attribute, route);
  const int bits = header.rtm_family == AF_INET ? 32 : 128;
  return sound && !attributes.malformed() && header.rtm_dst_len <= bits;
}

Result<Route> find_route(Connection& connection, const RouteQuery& query) {
  Request request(RTM_GETROUTE);
  rtmsg header{};
  header.rtm_family = family_of(query.destination);
  header.rtm_dst_len = bits_of(query.destination);
  // IPv6 always answers with the table, and refuses the flag.
  if (query.destination.is_v4()) header.rtm_flags = RTM_F_LOOKUP_TABLE;
  if (query.table_entry) header.rtm_flags |= RTM_F_FIB_MATCH;
  if (!query.source.empty()) header.rtm_src_len = bits_of(query.source);
  request.header(header).address(RTA_DST, query.destination);
  if (!query.source.empty()) request.address(RTA_SRC, query.source);
  if (query.link != 0) request.u32(RTA_OIF, query.link);
  if (query.mark != 0) request.u32(RTA_MARK, query.mark);
  Route route;
  bool understood = false;
  const Result<void> done =
      connection.query(request, [&](const Message& message) { understood = decode_route(message, route); });
  if (!done) return done.error();
  if (!understood) return Error{ErrorCode::protocol, EBADMSG, "the kernel's answer makes no sense", {}};
  return route;
}

Result<DumpResult> routes(Connection& connection, int version, std::uint32_t table,
                          FunctionRef<void(const Route&)> visitor) {
  Request request(RTM_GETROUTE);
  rtmsg header{};
  header.rtm_family = version == 6 ? AF_INET6 : AF_INET;
  request.header(header);
  if (table != 0) request.u32(RTA_TABLE, table);
  Route route;
  Result<DumpResult> done = connection.dump(request, [&](const Message& message) {
    if (message.type != RTM_NEWROUTE || !decode_route(message, route)) return;
    if (table == 0 || route.table == table) visitor(route);
  });
  // A table that has never had a route does not exist.
  if (!done && done.error().system == ENOENT) return DumpResult{};
  return done;
}

Result<void> add_route(Connection& connection, const IpPrefix& destination, std::uint32_t link,
                       const IpAddress& gateway) {
  return change(connection, RTM_NEWROUTE, NLM_F_CREATE | NLM_F_EXCL, destination, link, gateway);
}

Result<void> remove_route(Connection& connection, const IpPrefix& destination, std::uint32_t link) {
  return change(connection, RTM_DELROUTE, 0, destination, link, {});
}

}  // namespace gtp::netlink
