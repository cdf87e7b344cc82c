// SPDX-License-Identifier: GPL-2.0-or-later
#include "libcommon/netlink/neighbour.hpp"

#include <linux/neighbour.h>
#include <linux/rtnetlink.h>
#include <sys/socket.h>

#include <algorithm>
#include <cerrno>

namespace gtp::netlink {

bool Neighbour::is_usable() const noexcept {
  return (state & (NUD_REACHABLE | NUD_STALE | NUD_DELAY | NUD_PROBE | NUD_NOARP | NUD_PERMANENT)) != 0;
}
bool Neighbour::has_failed() const noexcept { return (state & NUD_FAILED) != 0; }

bool decode_neighbour(const Message& message, Neighbour& neighbour) noexcept {
  ndmsg header{};
  if (!load_native(message.payload, header) || header.ndm_ifindex <= 0) return false;
  if (header.ndm_family != AF_INET && header.ndm_family != AF_INET6) return false;
  neighbour = Neighbour{};
  neighbour.link = static_cast<std::uint32_t>(header.ndm_ifindex);
  neighbour.state = header.ndm_state;
  neighbour.flags = header.ndm_flags;
  bool sound = true;
  Attributes attributes = message.attributes(sizeof header);
  for (Attribute attribute; sound && attributes.next(attribute);) {
    if (attribute.type == NDA_DST) sound = attribute.read(neighbour.address);
    if (attribute.type == NDA_LLADDR) {
      const std::size_t n = std::min(attribute.data.size(), Neighbour::kMaxLinkAddress);
      std::copy_n(attribute.data.begin(), n, neighbour.link_address.begin());
      neighbour.link_address_length = static_cast<std::uint8_t>(n);
    }
  }
  return sound && !attributes.malformed() && !neighbour.address.empty();
}

Result<void> neighbours(Connection& connection, std::uint32_t link, FunctionRef<void(const Neighbour&)> visitor) {
  Request request(RTM_GETNEIGH);
  request.header(ndmsg{});
  if (link != 0) request.u32(NDA_IFINDEX, link);
  Neighbour neighbour;
  const Result<DumpResult> done = connection.dump(request, [&](const Message& message) {
    if (decode_neighbour(message, neighbour) && (link == 0 || neighbour.link == link)) visitor(neighbour);
  });
  if (!done) return done.error();
  return {};
}

Result<Neighbour> find_neighbour(Connection& connection, std::uint32_t link, const IpAddress& address) {
  Request request(RTM_GETNEIGH);
  ndmsg header{};
  header.ndm_family = address.is_v6() ? AF_INET6 : AF_INET;
  header.ndm_ifindex = static_cast<int>(link);
  request.header(header).address(NDA_DST, address);
  Neighbour neighbour;
  bool understood = false;
  const Result<void> done =
      connection.query(request, [&](const Message& message) { understood = decode_neighbour(message, neighbour); });
  if (!done) return done.error();
  if (!understood) return Error{ErrorCode::protocol, EBADMSG, "the kernel's answer makes no sense", {}};
  return neighbour;
}

}  // namespace gtp::netlink
