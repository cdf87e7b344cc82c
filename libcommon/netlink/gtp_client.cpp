// SPDX-License-Identifier: GPL-2.0-or-later
#include "libcommon/netlink/gtp_client.hpp"

#include <linux/netlink.h>

#include <cassert>
#include <cerrno>

#include "kernel/uapi/linux/gtp.h"
#include "libcommon/netlink/permission.hpp"
#include "libcommon/netlink/socket.hpp"

namespace gtp::netlink {
namespace {

Error wants_tools(std::string_view what) {
  return {ErrorCode::unsupported, EOPNOTSUPP,
          std::string(what) + ": the kernel's own gtp module cannot; the one of gtp-tools can", "man 4 gtp"};
}

Error wants_ipv6() {
  return {ErrorCode::unsupported, EAFNOSUPPORT, "this kernel's gtp module knows no IPv6 (Linux 6.11 and later do)", {}};
}

Error nonsense() { return {ErrorCode::protocol, EBADMSG, "the kernel's answer makes no sense", {}}; }

}  // namespace

Result<GtpFamily> resolve_gtp(Connection& connection) {
  const Result<GenericFamily> found = resolve_family(connection, "gtp");
  if (!found) {
    Error error = found.error();
    if (error.system != ENOENT) return context(std::move(error), "cannot look for the kernel's GTP");
    return Error{ErrorCode::unsupported, ENOENT, "this kernel has no GTP, or its module is not loaded",
                 "sudo modprobe gtp"};
  }
  GtpFamily family;
  family.id = found->id;
  family.version = static_cast<std::uint8_t>(found->version);
  family.event_group = found->group(GTP_GENL_MCGRP_NAME);
  family.ipv6 = found->max_attribute >= GTPA_FAMILY;
  family.tools = found->version >= 1 && found->max_attribute >= GTPA_STATS;
  return family;
}

Result<GtpClient> GtpClient::open() {
  Result<Connection> connection = connect(Protocol::generic);
  if (!connection) return std::move(connection).error();
  const Result<GtpFamily> family = resolve_gtp(*connection);
  if (!family) return family.error();
  return GtpClient(*std::move(connection), *family);
}

Request GtpClient::request(std::uint8_t command, std::uint16_t flags) const {
  return Request::generic(family_.id, command, family_.version, flags);
}

Result<void> GtpClient::check(const Tunnel& tunnel) const {
  if (!family_.ipv6 && (tunnel.ms.is_v6() || tunnel.peer.is_v6())) return wants_ipv6();
  if (!family_.tools && tunnel.qfi) return wants_tools("a tunnel with a QFI");
  if (!family_.tools && tunnel.flow_port) return wants_tools("a source port for each flow");
  return {};
}

Result<Request> GtpClient::add_request(const Tunnel& tunnel) const {
  if (const Result<void> checked = check(tunnel); !checked) return checked.error();
  Request out = request(GTP_CMD_NEWPDP, NLM_F_CREATE | NLM_F_EXCL);
  encode_tunnel(out, tunnel);
  return out;
}

Result<void> GtpClient::add(const Tunnel& tunnel) {
  Result<Request> out = add_request(tunnel);
  if (!out) return out.error();
  return explain_permission(connection_.execute(*out));
}

Result<void> GtpClient::update(const Tunnel& tunnel) {
  if (!family_.tools) return wants_tools("a change of a tunnel");
  if (Result<void> checked = check(tunnel); !checked) return checked;
  Request out = request(GTP_CMD_NEWPDP);
  out.u32(GTPA_REQUEST, GTP_REQ_UPDATE);
  encode_tunnel(out, tunnel);
  return explain_permission(connection_.execute(out));
}

Request GtpClient::remove_request(const TunnelKey& key) const {
  Request out = request(GTP_CMD_DELPDP);
  encode_key(out, key);
  return out;
}

Result<void> GtpClient::remove(const TunnelKey& key) {
  Request out = remove_request(key);
  return explain_permission(connection_.execute(out));
}

Result<Tunnel> GtpClient::find(const TunnelKey& key, bool stats, bool reset) {
  if (reset && !family_.tools) return wants_tools("setting counters to zero");
  Request out = request(GTP_CMD_GETPDP);
  if (family_.tools && (stats || reset)) out.u32(GTPA_REQUEST, GTP_REQ_COUNTERS | (reset ? GTP_REQ_RESET : 0));
  encode_key(out, key);
  Tunnel tunnel;
  bool understood = false;
  const Result<void> done = explain_permission(
      connection_.query(out, [&](const Message& message) { understood = decode_tunnel(message, tunnel); }));
  if (!done) return done.error();
  if (!understood) return nonsense();
  return tunnel;
}

Result<void> GtpClient::begin_dump(const TunnelFilter& filter) {
  if (!family_.tools && filter.reset) return wants_tools("setting counters to zero");
  if (!family_.tools && filter.since != 0) return wants_tools("a list of what changed");
  filter_ = filter;
  understood_ = true;
  Request out = request(GTP_CMD_GETPDP);
  if (family_.tools) {
    std::uint32_t wanted = 0;
    if (filter.stats || filter.reset) wanted |= GTP_REQ_COUNTERS;
    if (filter.reset) wanted |= GTP_REQ_RESET;
    if (filter.link || !filter.peer.empty() || filter.since != 0) wanted |= GTP_REQ_FILTER;
    if (wanted != 0) out.u32(GTPA_REQUEST, wanted);
    if (filter.link) out.u32(GTPA_LINK, *filter.link);
    out.address(GTPA_PEER_ADDRESS, GTPA_PEER_ADDR6, filter.peer);
    if (filter.since != 0) out.u64(GTPA_SINCE, filter.since);
  }
  return connection_.begin_dump(out);
}

Result<bool> GtpClient::read_dump(Visitor visitor) {
  Tunnel tunnel;
  Result<bool> more = connection_.read_dump([&](const Message& message) {
    if (!decode_tunnel(message, tunnel)) {
      understood_ = false;
      return;
    }
    // Mainline's module does not select.
    if (filter_.link && *filter_.link != tunnel.link) return;
    if (!filter_.peer.empty() && filter_.peer != tunnel.peer) return;
    visitor(tunnel);
  });
  if (!more) return explain_permission(std::move(more).error());
  // Only when the dump is over: a dump that is left open blocks the connection.
  if (!*more && !understood_) return nonsense();
  return more;
}

Result<DumpResult> GtpClient::dump(const TunnelFilter& filter, Visitor visitor) {
  if (const Result<void> begun = begin_dump(filter); !begun) return begun.error();
  for (;;) {
    const Result<bool> more = read_dump(visitor);
    if (!more) return more.error();
    if (!*more) return dump_result();
  }
}

Result<GtpLinkCounters> GtpClient::link_counters(std::uint32_t link) {
  if (!family_.tools) return wants_tools("counters of a link");
  Request out = request(GTP_CMD_GETLINK);
  out.u32(GTPA_LINK, link);
  GtpLinkCounters counters;
  bool understood = false;
  const Result<void> done = explain_permission(
      connection_.query(out, [&](const Message& message) { understood = decode_link_counters(message, counters); }));
  if (!done) return done.error();
  if (!understood) return nonsense();
  return counters;
}

Result<void> GtpClient::link_counters(FunctionRef<void(const GtpLinkCounters&)> visitor) {
  if (!family_.tools) return wants_tools("counters of links");
  Request out = request(GTP_CMD_GETLINK);
  GtpLinkCounters counters;
  const Result<DumpResult> done = connection_.dump(out, [&](const Message& message) {
    if (decode_link_counters(message, counters)) visitor(counters);
  });
  if (!done) return explain_permission(done.error());
  return {};
}

Result<void> GtpClient::echo(std::uint32_t link, GtpVersion version, const IpAddress& local, const IpAddress& peer) {
  if (!family_.tools && peer.is_v6()) return wants_tools("an echo over IPv6");
  Request out = request(GTP_CMD_ECHOREQ);
  out.u32(GTPA_VERSION, static_cast<std::uint32_t>(version));
  out.u32(GTPA_LINK, link);
  out.address(GTPA_PEER_ADDRESS, GTPA_PEER_ADDR6, peer);
  out.address(GTPA_MS_ADDRESS, GTPA_MS_ADDR6, local);
  return explain_permission(connection_.execute(out));
}

}  // namespace gtp::netlink
