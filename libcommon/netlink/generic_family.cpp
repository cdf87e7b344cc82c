// SPDX-License-Identifier: GPL-2.0-or-later
#include "libcommon/netlink/generic_family.hpp"

#include <linux/genetlink.h>

#include <cerrno>

namespace gtp::netlink {
namespace {

constexpr std::size_t kMaxGroups = 64;

void decode_groups(Bytes list, std::vector<GenericFamily::Group>& groups) {
  Attributes entries(list);
  for (Attribute entry; entries.next(entry) && groups.size() < kMaxGroups;) {
    GenericFamily::Group group;
    Attributes fields(entry.data);
    for (Attribute field; fields.next(field);) {
      if (field.type == CTRL_ATTR_MCAST_GRP_NAME) group.name = field.text();
      if (field.type == CTRL_ATTR_MCAST_GRP_ID) field.read(group.id);
    }
    if (group.id != 0) groups.push_back(std::move(group));
  }
}

}  // namespace

std::uint32_t GenericFamily::group(std::string_view name) const noexcept {
  for (const Group& each : groups) {
    if (each.name == name) return each.id;
  }
  return 0;
}

bool decode_family(const Message& message, GenericFamily& family) {
  Attributes attributes = message.attributes(GENL_HDRLEN);
  for (Attribute attribute; attributes.next(attribute);) {
    switch (attribute.type) {
      case CTRL_ATTR_FAMILY_ID:
        attribute.read(family.id);
        break;
      case CTRL_ATTR_VERSION:
        attribute.read(family.version);
        break;
      case CTRL_ATTR_MAXATTR:
        attribute.read(family.max_attribute);
        break;
      case CTRL_ATTR_MCAST_GROUPS:
        decode_groups(attribute.data, family.groups);
        break;
      default:
        break;
    }
  }
  return !attributes.malformed() && family.id != 0;
}

Result<GenericFamily> resolve_family(Connection& connection, std::string_view name) {
  Request request = Request::generic(GENL_ID_CTRL, CTRL_CMD_GETFAMILY, 1);
  request.text(CTRL_ATTR_FAMILY_NAME, name);
  GenericFamily family;
  bool understood = false;
  const Result<void> answered =
      connection.query(request, [&](const Message& message) { understood = decode_family(message, family); });
  if (!answered) return answered.error();
  if (!understood) return Error{ErrorCode::protocol, EBADMSG, "the kernel's answer makes no sense", {}};
  return family;
}

}  // namespace gtp::netlink
