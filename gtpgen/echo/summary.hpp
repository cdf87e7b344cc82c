// SPDX-License-Identifier: GPL-2.0-or-later
//
// What a run came to: sums over the peers, what was our own fault, and the exit status.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "gtpgen/echo/engine.hpp"

namespace gtp::gen::echo {

struct Limits {
  double max_loss = 0;  // of the requests to a peer, between 0 and 1
  bool fail_on_restart = false;
};

struct Summary {
  Counts total;
  std::size_t peers = 0;
  std::size_t answering = 0;     // peers that answered at all
  std::uint64_t lost_local = 0;  // of total.lost: answers that came and that our socket had no room for
  std::uint64_t strays = 0;
  std::uint64_t elapsed_ns = 0;
  bool interrupted = false;

  // 0 all answered, 1 not, 3 our own losses make the result worthless, 5 a peer broke the protocol (or has restarted,
  // where that counts). `reason` is empty when all is well.
  int status = 0;
  std::string reason;
};

// [overflowed] datagrams did not fit our receive buffers.
Summary sum_up(const Engine& engine, const Limits& limits, std::uint64_t overflowed, std::uint64_t elapsed_ns,
               bool interrupted);

// Of those requests whose fate is known, between 0 and 1: lost on the path, and without a good answer for any reason
// that is not ours.
double loss_ratio(const Counts& counts, std::uint64_t lost_local) noexcept;
double unanswered_ratio(const Counts& counts, std::uint64_t lost_local) noexcept;

}  // namespace gtp::gen::echo
