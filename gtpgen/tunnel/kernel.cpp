// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtpgen/tunnel/kernel.hpp"

#include <cerrno>

#include "gtpgen/command.hpp"
#include "libcommon/netlink/address.hpp"
#include "libcommon/netlink/permission.hpp"
#include "libcommon/netlink/route.hpp"
#include "libcommon/netlink/socket.hpp"

namespace gtp::gen {
namespace {

constexpr std::string_view kCreateHint = "gtpgen tunnel add --create …, which makes it";

Error explained(Error error, const std::string& what) {
  return netlink::explain_permission(netlink::context(std::move(error), what));
}

Result<void> equip(netlink::Connection& route, const netlink::Link& link, const LinkSetup& setup) {
  if (setup.address) {
    if (auto added = netlink::add_address(route, link.index, *setup.address); !added) {
      return explained(std::move(added).error(), link.name + ": cannot add the address");
    }
  }
  if (setup.route) {
    if (auto added = netlink::add_route(route, *setup.route, link.index); !added) {
      return explained(std::move(added).error(), link.name + ": cannot add the route to the subscribers");
    }
  }
  return {};
}

}  // namespace

Result<KernelSide> KernelSide::open(const std::string& netns) {
  std::optional<sys::Netns::Scope> scope;
  if (!netns.empty()) {
    auto space = sys::Netns::open(netns);
    if (!space) return std::move(space).error();
    auto entered = space->enter();
    if (!entered) {
      Error error = std::move(entered).error();
      if (error.system == EPERM) error.hint = setcap_hint("cap_net_admin,cap_sys_admin");
      return error;
    }
    scope.emplace(*std::move(entered));
  }
  auto route = netlink::connect(netlink::Protocol::route);
  if (!route) return std::move(route).error();
  auto client = netlink::GtpClient::open();
  if (!client) return std::move(client).error();
  return KernelSide(std::move(scope), *std::move(route), *std::move(client));
}

Result<netlink::Link> KernelSide::find_link(const std::string& name) {
  if (!name.empty()) {
    auto link = netlink::link_by_name(route_, name);
    if (!link && link.error().system == ENODEV) {
      return Error{ErrorCode::failed, ENODEV, "no link " + name, std::string(kCreateHint)};
    }
    if (!link) return netlink::context(std::move(link).error(), name);
    if (!link->gtp) {
      return usage(name + " is no GTP link" + (link->kind.empty() ? "" : ", but of kind " + link->kind));
    }
    return link;
  }
  std::vector<netlink::Link> all;
  const auto dumped = netlink::links(route_, "gtp", [&](const netlink::Link& link) { all.push_back(link); });
  if (!dumped) return dumped.error();
  if (all.empty()) return Error{ErrorCode::failed, ENODEV, "no GTP link", std::string(kCreateHint)};
  if (all.size() == 1) return all.front();
  std::string names;
  for (const netlink::Link& link : all) names += (names.empty() ? "" : ", ") + link.name;
  return usage("several GTP links: " + names, "--dev " + all.front().name);
}

Result<netlink::Link> KernelSide::create_link(const std::string& name, const LinkSetup& setup) {
  // An older module would pass over it, and listen everywhere.
  if (!setup.local.empty() && !client_.family().ipv6) {
    return Error{ErrorCode::unsupported, EOPNOTSUPP,
                 "this kernel's gtp module cannot give a link its own address (Linux 6.11 and later can)",
                 "without --local"};
  }
  netlink::NewGtpLink wanted;
  wanted.name = name;
  wanted.role = setup.role;
  wanted.local = setup.local;
  wanted.hash_size = setup.hash_size;
  wanted.mtu = setup.mtu;
  if (auto created = netlink::create_link(route_, wanted); !created) {
    Error error = explained(std::move(created).error(), "cannot make the link " + name);
    if (error.system == EADDRINUSE) error.hint = "ss -lunp 'sport = 2152', which shows who has the port";
    if (error.system == EEXIST) error.hint = "gtpgen tunnel add without --create, which takes the link as it is";
    return error;
  }
  auto link = netlink::link_by_name(route_, name);
  if (!link) return netlink::context(std::move(link).error(), name);
  if (auto equipped = equip(route_, *link, setup); !equipped) {
    static_cast<void>(remove_link(*link));
    return std::move(equipped).error();
  }
  return link;
}

Result<void> KernelSide::remove_link(const netlink::Link& link) {
  if (auto removed = netlink::remove_link(route_, link.index); !removed) {
    return explained(std::move(removed).error(), "cannot remove the link " + link.name);
  }
  return {};
}

const std::string& KernelSide::name_of(std::uint32_t index) {
  if (index == named_ && named_ != 0) return name_;
  const auto link = netlink::link_by_index(route_, index);
  named_ = index;
  name_ = link ? link->name : "#" + std::to_string(index);
  return name_;
}

}  // namespace gtp::gen
