// SPDX-License-Identifier: GPL-2.0-or-later
//
// The advice that goes with EPERM from netlink: who is root already, but in a container or another user namespace,
// gains nothing by sudo or setcap.
#pragma once

#include <unistd.h>

#include <cerrno>
#include <utility>

#include "libcommon/util/result.hpp"
#include "libcommon/util/setcap_hint.hpp"

namespace gtp::netlink {

inline Error explain_permission(Error error) {
  if (error.system == EPERM && error.hint.empty()) {
    error.hint = ::geteuid() == 0 ? "outside of the container: this wants CAP_NET_ADMIN of the host"
                                  : setcap_hint("cap_net_admin");
  }
  return error;
}
inline Result<void> explain_permission(Result<void> result) {
  if (result) return result;
  return explain_permission(std::move(result).error());
}

}  // namespace gtp::netlink
