// SPDX-License-Identifier: GPL-2.0-or-later
//
// Where `sink` and `reflect` listen: the options, and the sockets they ask for.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "gtpgen/command.hpp"
#include "gtpgen/receive/socket_setup.hpp"
#include "libcommon/util/fd.hpp"

namespace gtp::gen {

struct ListenOptions {
  std::vector<Endpoint> endpoints;  // empty: port 2152 of every address, of both families where there are two
  std::uint64_t threads = 1;
  std::uint64_t receive_buffer = 8U << 20;

  bool default_everywhere() const noexcept { return endpoints.empty(); }
};

// "Receive": --listen, --threads, --rcvbuf.
OptionGroup listen_options(ListenOptions& target);

// The sockets, in the order in which threads take turns: with n threads, socket i is for thread i % n. [by_teid]: what
// comes is GTP-U, and threads share it by tunnel.
Result<std::vector<Fd>> open_sockets(const ListenOptions& options, bool by_teid);
// "0.0.0.0:2152, [::]:2152".
std::string describe(const ListenOptions& options);

}  // namespace gtp::gen
