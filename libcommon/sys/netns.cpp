// SPDX-License-Identifier: GPL-2.0-or-later
#include "libcommon/sys/netns.hpp"

#include <fcntl.h>
#include <sched.h>

#include <cstdio>
#include <cstdlib>
#include <string>

namespace gtp::sys {
namespace {

constexpr const char* kOwn = "/proc/thread-self/ns/net";

std::string path_of(std::string_view name) {
  if (name.find('/') != std::string_view::npos) return std::string(name);
  const bool number = !name.empty() && name.find_first_not_of("0123456789") == std::string_view::npos;
  if (number) return "/proc/" + std::string(name) + "/ns/net";
  return "/run/netns/" + std::string(name);
}

}  // namespace

Result<Netns> Netns::open(std::string_view name) {
  const std::string path = path_of(name);
  Fd fd(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (fd) return Netns(std::move(fd));
  Error error = Error::from_errno("network namespace \"" + std::string(name) + "\"");
  if (error.system == ENOENT) error.hint = "ip netns list";
  return error;
}

Result<Netns> Netns::current() {
  Fd fd(::open(kOwn, O_RDONLY | O_CLOEXEC));
  if (!fd) return Error::from_errno(kOwn);
  return Netns(std::move(fd));
}

Result<Netns::Scope> Netns::enter() const {
  Result<Netns> home = current();
  if (!home) return std::move(home).error();
  if (::setns(fd_.value(), CLONE_NEWNET) != 0) return Error::from_errno("cannot enter the network namespace");
  return Scope(std::move(home->fd_));
}

Netns::Scope::~Scope() {
  if (!home_) return;
  if (::setns(home_.value(), CLONE_NEWNET) == 0) return;
  // Whatever comes next would happen in a namespace that nobody means.
  std::perror("cannot return to the network namespace");
  std::abort();
}

}  // namespace gtp::sys
