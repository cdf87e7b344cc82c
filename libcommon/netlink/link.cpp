// SPDX-License-Identifier: GPL-2.0-or-later
#include "libcommon/netlink/link.hpp"

#include <linux/if_link.h>
#include <linux/rtnetlink.h>
#include <net/if.h>

#include "kernel/uapi/linux/gtp.h"

namespace gtp::netlink {
namespace {

LinkStats decode_stats(Bytes data) noexcept {
  rtnl_link_stats64 raw{};
  load_prefix(data, raw);
  LinkStats stats;
  stats.rx_packets = raw.rx_packets;
  stats.tx_packets = raw.tx_packets;
  stats.rx_bytes = raw.rx_bytes;
  stats.tx_bytes = raw.tx_bytes;
  stats.rx_errors = raw.rx_errors;
  stats.tx_errors = raw.tx_errors;
  stats.rx_dropped = raw.rx_dropped;
  stats.tx_dropped = raw.tx_dropped;
  stats.rx_length_errors = raw.rx_length_errors;
  stats.rx_frame_errors = raw.rx_frame_errors;
  stats.rx_missed_errors = raw.rx_missed_errors;
  stats.tx_aborted_errors = raw.tx_aborted_errors;
  stats.tx_carrier_errors = raw.tx_carrier_errors;
  stats.collisions = raw.collisions;
  stats.rx_nohandler = raw.rx_nohandler;
  return stats;
}

GtpLinkInfo decode_gtp(Bytes data) noexcept {
  GtpLinkInfo info;
  Attributes attributes(data);
  for (Attribute attribute; attributes.next(attribute);) {
    std::uint32_t role = 0;
    if (attribute.type == IFLA_GTP_PDP_HASHSIZE) attribute.read(info.hash_size);
    if (attribute.type == IFLA_GTP_RESTART_COUNT) attribute.read(info.restart_count);
    if (attribute.type == IFLA_GTP_ROLE && attribute.read(role)) info.role = role == 0 ? GtpRole::ggsn : GtpRole::sgsn;
  }
  return info;
}

void decode_info(Bytes data, Link& link) {
  Bytes details;
  Attributes attributes(data);
  for (Attribute attribute; attributes.next(attribute);) {
    if (attribute.type == IFLA_INFO_KIND) link.kind = attribute.text();
    if (attribute.type == IFLA_INFO_DATA) details = attribute.data;
  }
  if (link.kind == "gtp") link.gtp = decode_gtp(details);
}

template <typename T>
bool read_into(const Attribute& attribute, std::optional<T>& out) noexcept {
  T value{};
  if (!attribute.read(value)) return false;
  out = value;
  return true;
}

bool decode_attribute(const Attribute& attribute, Link& link) {
  switch (attribute.type) {
    case IFLA_IFNAME:
      link.name = attribute.text();
      return !link.name.empty();
    case IFLA_MTU:
      return attribute.read(link.mtu);
    case IFLA_OPERSTATE:
      return attribute.read(link.oper_state);
    case IFLA_CARRIER: {
      std::uint8_t carrier = 0;
      const bool there = attribute.read(carrier);
      link.carrier = carrier != 0;
      return there;
    }
    case IFLA_LINK:
      return read_into(attribute, link.parent);
    case IFLA_LINK_NETNSID:
      return read_into(attribute, link.parent_netnsid);
    case IFLA_TXQLEN:
      return attribute.read(link.tx_queue_length);
    case IFLA_GSO_MAX_SIZE:
      return attribute.read(link.gso_max_bytes);
    case IFLA_STATS64:
      link.stats = decode_stats(attribute.data);
      return true;
    case IFLA_LINKINFO:
      decode_info(attribute.data, link);
      return true;
    default:
      return true;
  }
}

Result<Link> one_link(Connection& connection, Request& request) {
  Link link;
  bool understood = false;
  const Result<void> done =
      connection.query(request, [&](const Message& message) { understood = decode_link(message, link); });
  if (!done) return done.error();
  if (!understood) return Error{ErrorCode::protocol, EBADMSG, "the kernel's answer makes no sense", {}};
  return link;
}

ifinfomsg header_of(std::uint32_t index) noexcept {
  ifinfomsg header{};
  header.ifi_index = static_cast<int>(index);
  return header;
}

// Numbers that Debian 12's <linux/if_link.h> does not have yet (Linux 6.11).
constexpr std::uint16_t kGtpLocal = 7;
constexpr std::uint16_t kGtpLocal6 = 8;

void encode_gtp(Request& request, const NewGtpLink& link) {
  const auto data = request.nest(IFLA_INFO_DATA);
  if (link.fd0 < 0 && link.fd1 < 0) {
    request.u8(IFLA_GTP_CREATE_SOCKETS, 1);
    request.address(kGtpLocal, kGtpLocal6, link.local);
  } else {
    if (link.fd0 >= 0) request.u32(IFLA_GTP_FD0, static_cast<std::uint32_t>(link.fd0));
    if (link.fd1 >= 0) request.u32(IFLA_GTP_FD1, static_cast<std::uint32_t>(link.fd1));
  }
  request.u32(IFLA_GTP_ROLE, static_cast<std::uint32_t>(link.role));
  if (link.hash_size) request.u32(IFLA_GTP_PDP_HASHSIZE, *link.hash_size);
  if (link.restart_count) request.u8(IFLA_GTP_RESTART_COUNT, *link.restart_count);
  if (link.silent) request.u32(IFLA_GTP_OPTIONS, GTP_LINK_NO_ERROR_INDICATION);
}

}  // namespace

bool Link::is_up() const noexcept { return (flags & IFF_UP) != 0; }

bool decode_link(const Message& message, Link& link) {
  ifinfomsg header{};
  if (!load_native(message.payload, header) || header.ifi_index <= 0) return false;
  link = Link{};
  link.index = static_cast<std::uint32_t>(header.ifi_index);
  link.arp_type = header.ifi_type;
  link.flags = header.ifi_flags;
  bool sound = true;
  Attributes attributes = message.attributes(sizeof header);
  for (Attribute attribute; sound && attributes.next(attribute);) sound = decode_attribute(attribute, link);
  return sound && !attributes.malformed() && !link.name.empty();
}

Result<DumpResult> links(Connection& connection, std::string_view kind, FunctionRef<void(const Link&)> visitor) {
  Request request(RTM_GETLINK);
  request.header(ifinfomsg{});
  if (!kind.empty()) {
    const auto info = request.nest(IFLA_LINKINFO);
    request.text(IFLA_INFO_KIND, kind);
  }
  Link link;
  return connection.dump(request, [&](const Message& message) {
    // The kernel selects only by kinds that it knows, and tells all links otherwise.
    if (decode_link(message, link) && (kind.empty() || link.kind == kind)) visitor(link);
  });
}

Result<Link> link_by_name(Connection& connection, std::string_view name) {
  if (name.empty() || name.size() >= IFNAMSIZ) return Error::from_errno(std::string(name), ENODEV);
  Request request(RTM_GETLINK);
  request.header(ifinfomsg{}).text(IFLA_IFNAME, name);
  return one_link(connection, request);
}

Result<Link> link_by_index(Connection& connection, std::uint32_t index) {
  Request request(RTM_GETLINK);
  request.header(header_of(index));
  return one_link(connection, request);
}

Result<void> create_link(Connection& connection, const NewGtpLink& link) {
  if (link.name.empty() || link.name.size() >= IFNAMSIZ) {
    return Error{ErrorCode::usage, EINVAL, "a link's name has 1 to 15 characters", {}};
  }
  Request request(RTM_NEWLINK, NLM_F_CREATE | NLM_F_EXCL);
  ifinfomsg header{};
  if (link.up) header.ifi_flags = header.ifi_change = IFF_UP;
  request.header(header).text(IFLA_IFNAME, link.name);
  if (link.mtu) request.u32(IFLA_MTU, *link.mtu);
  {
    const auto info = request.nest(IFLA_LINKINFO);
    request.text(IFLA_INFO_KIND, "gtp");
    encode_gtp(request, link);
  }
  Result<void> created = connection.execute(request);
  if (!created && created.error().system == EOPNOTSUPP) {
    return Error{ErrorCode::unsupported, EOPNOTSUPP, "this kernel has no GTP, or its module is not loaded",
                 "sudo modprobe gtp"};
  }
  if (!created || !link.mtu) return created;
  // Mainline's module makes the link and then sets an MTU of its own for [local] in IPv6.
  Request again(RTM_NEWLINK);
  again.header(ifinfomsg{}).text(IFLA_IFNAME, link.name).u32(IFLA_MTU, *link.mtu);
  return connection.execute(again);
}

Result<void> remove_link(Connection& connection, std::uint32_t index) {
  Request request(RTM_DELLINK);
  request.header(header_of(index));
  return connection.execute(request);
}

Result<void> set_link_up(Connection& connection, std::uint32_t index, bool up) {
  Request request(RTM_NEWLINK);
  ifinfomsg header = header_of(index);
  header.ifi_change = IFF_UP;
  header.ifi_flags = up ? IFF_UP : 0;
  request.header(header);
  return connection.execute(request);
}

}  // namespace gtp::netlink
