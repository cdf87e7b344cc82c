// SPDX-License-Identifier: GPL-2.0-or-later
//
// The kernel's side of `gtpgen tunnel`: the namespace, the connections to it, the GTP link and what belongs to it.
// One thread; the namespace is the calling thread's while the object lives.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "libcommon/netlink/gtp_client.hpp"
#include "libcommon/netlink/link.hpp"
#include "libcommon/sys/netns.hpp"

namespace gtp::gen {

// A link as `tunnel add --create` makes it, and what it puts on it.
struct LinkSetup {
  netlink::GtpRole role = netlink::GtpRole::ggsn;
  IpAddress local;
  std::optional<std::uint32_t> hash_size;
  std::optional<std::uint32_t> mtu;
  std::optional<IpPrefix> address;
  std::optional<IpPrefix> route;
};

class KernelSide {
 public:
  // In the namespace of this name, or in the caller's when it is empty.
  static Result<KernelSide> open(const std::string& netns);

  netlink::GtpClient& client() noexcept { return client_; }
  netlink::Connection& route() noexcept { return route_; }

  // The GTP link of this name; without one, the only GTP link there is.
  Result<netlink::Link> find_link(const std::string& name);
  // Makes the link with all that belongs to it; what was made is removed again when a part fails.
  Result<netlink::Link> create_link(const std::string& name, const LinkSetup& setup);
  Result<void> remove_link(const netlink::Link& link);
  // The name of a link by its number, "#7" when it is gone. Remembers the last one.
  const std::string& name_of(std::uint32_t index);

 private:
  KernelSide(std::optional<sys::Netns::Scope> scope, netlink::Connection route, netlink::GtpClient client)
      : scope_(std::move(scope)), route_(std::move(route)), client_(std::move(client)) {}

  std::optional<sys::Netns::Scope> scope_;
  netlink::Connection route_;
  netlink::GtpClient client_;
  std::uint32_t named_ = 0;
  std::string name_;
};

}  // namespace gtp::gen
