// SPDX-License-Identifier: GPL-2.0-or-later
//
// Where the exporter listens: "127.0.0.1:9152", "[::1]:9152", or a port alone, which is on 127.0.0.1. Addresses only,
// no names: what is listened on must not depend on a resolver.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "libcommon/util/ip.hpp"
#include "libcommon/util/result.hpp"

namespace gtp::top {

struct ListenAddress {
  IpAddress address;
  std::uint16_t port = 0;  // 0: one that is free

  std::string text() const;
};

Result<ListenAddress> parse_listen_address(std::string_view text);

}  // namespace gtp::top
