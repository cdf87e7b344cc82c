// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtptop/export/listen_address.hpp"

#include "libcommon/util/units.hpp"

namespace gtp::top {
namespace {

Error refuse(std::string_view text) {
  return {ErrorCode::usage, 0, "\"" + std::string(text) + "\" is no address and port",
          "127.0.0.1:9152, [::1]:9152, or 0.0.0.0:9152 for all of IPv4"};
}

}  // namespace

std::string ListenAddress::text() const {
  const std::string host = address.is_v6() ? "[" + address.text() + "]" : address.text();
  return host + ":" + std::to_string(port);
}

Result<ListenAddress> parse_listen_address(std::string_view text) {
  ListenAddress where;
  where.address = IpAddress::v4(0x7f000001);
  std::string_view port = text;
  if (const auto colon = text.rfind(':'); colon != std::string_view::npos) {
    std::string_view host = text.substr(0, colon);
    const bool bracketed = host.size() > 2 && host.front() == '[' && host.back() == ']';
    if (bracketed) host = host.substr(1, host.size() - 2);
    const auto address = IpAddress::parse(host);
    // An IPv6 address without brackets would leave open what of it is the port.
    if (!address || address->is_v6() != bracketed) return refuse(text);
    where.address = *address;
    port.remove_prefix(colon + 1);
  }
  const auto number = parse_count(port);
  if (!number || *number > 65'535 || port.find_first_not_of("0123456789") != std::string_view::npos) {
    return refuse(text);
  }
  where.port = static_cast<std::uint16_t>(*number);
  return where;
}

}  // namespace gtp::top
