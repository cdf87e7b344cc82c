// SPDX-License-Identifier: GPL-2.0-or-later
//
// Generic netlink families by name: the number that requests carry, and the multicast groups. The controller (family
// "nlctrl", id 16) knows them; asking it makes the kernel load the module that has the family, where one does.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "libcommon/netlink/connection.hpp"

namespace gtp::netlink {

struct GenericFamily {
  struct Group {
    std::string name;
    std::uint32_t id = 0;
  };

  std::uint16_t id = 0;
  std::uint32_t version = 0;
  std::uint32_t max_attribute = 0;
  std::vector<Group> groups;

  // 0 when there is none of this name.
  std::uint32_t group(std::string_view name) const noexcept;
};

// ENOENT when there is no such family.
Result<GenericFamily> resolve_family(Connection& connection, std::string_view name);

// The controller's answer. False when what must be there is not.
bool decode_family(const Message& message, GenericFamily& family);

}  // namespace gtp::netlink
