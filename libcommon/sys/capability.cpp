// SPDX-License-Identifier: GPL-2.0-or-later
#include "libcommon/sys/capability.hpp"

#include <linux/capability.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <array>

namespace gtp::sys {

bool has_capability(unsigned capability) noexcept {
  // The library around this call is no dependency worth having for one bit.
  __user_cap_header_struct header{_LINUX_CAPABILITY_VERSION_3, 0};
  std::array<__user_cap_data_struct, _LINUX_CAPABILITY_U32S_3> sets{};
  if (::syscall(SYS_capget, &header, sets.data()) != 0) return false;
  const std::size_t word = capability / 32;
  return word < sets.size() && (sets[word].effective >> (capability % 32) & 1U) != 0;
}

}  // namespace gtp::sys
