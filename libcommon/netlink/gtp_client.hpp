// SPDX-License-Identifier: GPL-2.0-or-later
//
// GtpClient: the kernel's tunnels, over the generic netlink family "gtp". Works with mainline's module and with ours;
// GtpFamily says what the kernel at hand can do, and what it cannot is an `unsupported` error instead of an answer
// that means something else.
//
//   auto client = GtpClient::open();
//   auto end = client->dump({.link = index, .stats = true}, [](const Tunnel& tunnel) { … });
//
// Needs CAP_NET_ADMIN of the initial user namespace, for every request: the kernel wants it even for looking.
// One thread at a time.
#pragma once

#include <cstdint>
#include <optional>

#include "libcommon/netlink/connection.hpp"
#include "libcommon/netlink/generic_family.hpp"
#include "libcommon/netlink/link_counters.hpp"
#include "libcommon/netlink/tunnel.hpp"

namespace gtp::netlink {

struct GtpFamily {
  std::uint16_t id = 0;
  std::uint8_t version = 0;
  std::uint32_t event_group = 0;
  bool ipv6 = false;   // inside tunnels and between peers: Linux 6.11
  bool tools = false;  // our module: counters, filters, updates, PDU Session Containers, link counters
};
// `unsupported` when this kernel has no GTP.
Result<GtpFamily> resolve_gtp(Connection& connection);

struct TunnelFilter {
  std::optional<std::uint32_t> link = {};  // interface index
  IpAddress peer = {};
  std::uint64_t since = 0;  // only generations above it; wants our module
  bool stats = false;       // counters, where the module has them
  bool reset = false;       // sets them to zero as they are told; wants our module
};

class GtpClient {
 public:
  // In the namespace of the calling thread.
  static Result<GtpClient> open();
  GtpClient(Connection connection, const GtpFamily& family) noexcept
      : connection_(std::move(connection)), family_(family) {}

  const GtpFamily& family() const noexcept { return family_; }

  // EEXIST when its TEID or its subscriber's address is taken.
  Result<void> add(const Tunnel& tunnel);
  // Changes the tunnel of this TEID or subscriber. Wants our module.
  Result<void> update(const Tunnel& tunnel);
  // ENOENT when there is none.
  Result<void> remove(const TunnelKey& key);
  Result<Tunnel> find(const TunnelKey& key, bool stats = true, bool reset = false);

  // The requests of the above, for a Batch over connection().
  Result<Request> add_request(const Tunnel& tunnel) const;
  Request remove_request(const TunnelKey& key) const;

  // All tunnels of all links, or those selected: by the kernel where it can, else here. The tunnel is the visitor's
  // for the length of the call.
  using Visitor = FunctionRef<void(const Tunnel&)>;
  Result<DumpResult> dump(const TunnelFilter& filter, Visitor visitor);
  // The same a datagram (some hundred tunnels) at a time; false from read_dump() says that it was the last.
  Result<void> begin_dump(const TunnelFilter& filter);
  Result<bool> read_dump(Visitor visitor);
  const DumpResult& dump_result() const noexcept { return connection_.dump_result(); }

  // Want our module.
  Result<GtpLinkCounters> link_counters(std::uint32_t link);
  Result<void> link_counters(FunctionRef<void(const GtpLinkCounters&)> visitor);

  // Sends an Echo Request from a link that has sockets of its own; the answer is an event.
  Result<void> echo(std::uint32_t link, GtpVersion version, const IpAddress& local, const IpAddress& peer);

  Connection& connection() noexcept { return connection_; }

 private:
  Request request(std::uint8_t command, std::uint16_t flags = 0) const;
  Result<void> check(const Tunnel& tunnel) const;

  Connection connection_;
  GtpFamily family_;
  TunnelFilter filter_;  // of the dump that is open
  bool understood_ = true;
};

}  // namespace gtp::netlink
