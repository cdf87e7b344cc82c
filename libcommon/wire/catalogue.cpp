// SPDX-License-Identifier: GPL-2.0-or-later
//
// Lookups in the element and message tables. Decoding asks once per element, so rows are found through an index made at
// the first call (36 kB for all protocols); element types past it are searched for in the sorted table.
#include <algorithm>
#include <array>

#include "libcommon/wire/table/tables.hpp"

namespace gtp::wire {
namespace {

// GTP's element types have one octet; PFCP's have two, and all but the vendors' are below this.
constexpr std::size_t kIndexedIeTypes = 512;

// The row of each type, null for a type without one.
struct ProtocolIndex {
  std::array<const IeInfo*, kIndexedIeTypes> ies{};
  std::array<const MessageInfo*, 256> messages{};
};

constexpr std::size_t slot(Protocol protocol) noexcept { return static_cast<std::size_t>(protocol); }

using Index = std::array<ProtocolIndex, kProtocolCount>;

Index build_index() noexcept {
  Index index;
  for (std::size_t p = 0; p < index.size(); ++p) {
    const auto protocol = static_cast<Protocol>(p);
    for (const IeInfo& ie : ie_table(protocol)) {
      if (ie.type < kIndexedIeTypes) index[p].ies[ie.type] = &ie;
    }
    for (const MessageInfo& message : message_table(protocol)) index[p].messages[message.type] = &message;
  }
  return index;
}

const Index& index() noexcept {
  static const Index index = build_index();
  return index;
}

}  // namespace

std::span<const IeInfo> ie_table(Protocol protocol) noexcept {
  switch (protocol) {
    case Protocol::gtpv0:
      return gtpv0_ies();
    case Protocol::gtpv1_c:
    case Protocol::gtpv1_u:
      return gtpv1_ies();
    case Protocol::gtpv2_c:
      return gtpv2_ies();
    case Protocol::gtp_prime:
      return gtp_prime_ies();
    case Protocol::pfcp:
      return pfcp_ies();
  }
  return {};
}

std::span<const MessageInfo> message_table(Protocol protocol) noexcept {
  switch (protocol) {
    case Protocol::gtpv0:
      return gtpv0_messages();
    case Protocol::gtpv1_c:
      return gtpv1_c_messages();
    case Protocol::gtpv1_u:
      return gtpv1_u_messages();
    case Protocol::gtpv2_c:
      return gtpv2_messages();
    case Protocol::gtp_prime:
      return gtp_prime_messages();
    case Protocol::pfcp:
      return pfcp_messages();
  }
  return {};
}

const IeInfo* find_ie(Protocol protocol, std::uint16_t type) noexcept {
  if (type < kIndexedIeTypes) return index()[slot(protocol)].ies[type];
  const std::span<const IeInfo> table = ie_table(protocol);
  const auto row = std::ranges::lower_bound(table, type, {}, &IeInfo::type);
  return row != table.end() && row->type == type ? &*row : nullptr;
}

const MessageInfo* find_message(Protocol protocol, std::uint8_t type) noexcept {
  return index()[slot(protocol)].messages[type];
}

}  // namespace gtp::wire
