// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtptop/collect/kernel_texts.hpp"

#include <dirent.h>
#include <sys/utsname.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <fstream>
#include <memory>

#include "libcommon/netlink/link.hpp"
#include "libcommon/netlink/socket.hpp"
#include "libcommon/sys/netns.hpp"

namespace gtp::top {
namespace {

// Of more nobody would want the names.
constexpr std::size_t kMaxNamespaces = 64;

bool has_link(const std::string& name) {
  auto there = sys::Netns::open(name);
  if (!there) return false;
  const auto inside = there->enter();
  if (!inside) return false;
  auto route = netlink::connect(netlink::Protocol::route);
  bool found = false;
  if (route) {
    const auto done = netlink::links(*route, "gtp", [&](const netlink::Link&) { found = true; });
    found = found && done.ok();
  }
  return found;
}

}  // namespace

Error no_module() {
  return {ErrorCode::unsupported, ENOENT, "this kernel has no GTP: generic netlink family \"gtp\" is not registered",
          "modprobe gtp                    see gtp(4), MODULE"};
}

Error no_right(bool root) {
  return {ErrorCode::permission, EPERM,
          "cannot list tunnels: Operation not permitted (needs CAP_NET_ADMIN in the initial user namespace)",
          root ? "on the host, outside of the container    links and their counters: gtptop --view links"
               : "sudo gtptop                     links and their counters: gtptop --view links"};
}

Error no_link(const std::vector<std::string>& elsewhere) {
  Error error{ErrorCode::nothing, 0, "no GTP link in this network namespace", "ip link add gtp0 type gtp role ggsn"};
  if (elsewhere.empty()) return error;
  std::string names;
  for (const std::string& name : elsewhere) names += (names.empty() ? "" : ", ") + name;
  error.what += " (" + std::to_string(elsewhere.size()) + " found in others: " + names + ")";
  error.hint = "gtptop --netns " + elsewhere.front() + "              or: " + error.hint;
  return error;
}

Error no_echo(const Error& why, const std::string& link) {
  Error error = why;
  switch (why.system) {
    case ENETDOWN:
      error.what = "cannot send an Echo Request: " + link + " is down";
      error.hint = "ip link set " + link + " up";
      break;
    case EOPNOTSUPP:
      error.what = "cannot send an Echo Request: " + why.what;
      error.hint = "the sockets of " + link + " may be a daemon's, which then has to ask; or: gtpgen echo PEER";
      break;
    default:
      error.what = "cannot send an Echo Request: " + why.what;
      break;
  }
  return error;
}

std::string module_name(bool tools) {
  if (tools) {
    std::ifstream file("/sys/module/gtp/version");
    std::string version;
    file >> version;
    return version.empty() ? "gtp-tools" : "gtp-tools " + version;
  }
  utsname names{};
  return ::uname(&names) == 0 ? std::string("mainline ") + names.release : "mainline";
}

std::string host_name() {
  std::array<char, 256> name{};
  if (::gethostname(name.data(), name.size() - 1) != 0) return "?";
  const std::string whole(name.data());
  return whole.substr(0, whole.find('.'));
}

std::vector<std::string> namespaces_with_links() {
  std::vector<std::string> names;
  const std::unique_ptr<DIR, int (*)(DIR*)> directory(::opendir("/run/netns"), ::closedir);
  if (!directory) return names;
  std::vector<std::string> all;
  for (const dirent* entry = ::readdir(directory.get()); entry != nullptr && all.size() < kMaxNamespaces;
       entry = ::readdir(directory.get())) {
    if (entry->d_name[0] != '.') all.emplace_back(entry->d_name);
  }
  std::sort(all.begin(), all.end());
  std::copy_if(all.begin(), all.end(), std::back_inserter(names), has_link);
  return names;
}

}  // namespace gtp::top
