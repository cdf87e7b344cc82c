// SPDX-License-Identifier: GPL-2.0-or-later
//
// Reception: threads that receive the packets of a run from sockets of the caller's and count them.
//
//   auto reception = Reception::start(plan, sources);            // before the first packet is sent
//   …                 reception->snapshot()                      // for live lines, from the thread that made it
//   auto result = reception->finish(sent, drain, sent_of);       // after the last one
//   result.fill(report);
//
// Sources are borrowed: the sockets stay the caller's, must outlive finish(), and may be used for sending meanwhile.
// start() sets their receive options (buffer, UDP_GRO, time stamps, drop counter). Echo Requests that arrive are
// answered; ICMP errors are taken from the error queue and counted (IP_RECVERR is the caller's to set).
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "gtpgen/frame/stamp.hpp"
#include "gtpgen/receive/result.hpp"
#include "gtpgen/receive/run.hpp"
#include "gtpgen/receive/tap.hpp"
#include "libcommon/util/function_ref.hpp"
#include "libcommon/util/result.hpp"

namespace gtp::gen {

struct Source {
  enum class Kind : std::uint8_t {
    gtp_u,  // a UDP socket that receives GTP-U
    plain,  // a UDP socket that receives the payload of inner packets: what a gateway has decapsulated
    tap,    // an interface, seen from beside: GTP-U or inner packets
  };
  Kind kind = Kind::gtp_u;
  int fd = -1;         // the tap's, too
  Tap* tap = nullptr;  // of Kind::tap
};
Source tap_source(Tap& tap) noexcept;

struct ReceptionPlan {
  RunPlan run;
  bool learn_runs = false;  // any run: `run` is the model
  std::size_t threads = 1;  // at most one per source
  bool verify = true;       // inner checksums
  // Only packets on their way there, or only those on their way back, where both can be seen; others are unstamped.
  std::optional<Stamp::Kind> only;
  // Octets wanted for each socket's receive buffer; with CAP_NET_ADMIN beyond net.core.rmem_max.
  std::size_t receive_buffer = 8U << 20;
  bool answer_echo = true;
  // The kernel's times of arrival. As long as one socket of a host wants them, it asks a clock for each packet that any
  // interface receives: some 5 % of what sending over a veth costs. Those who measure nothing do without.
  bool time_stamps = true;
  // 0: packets are waited for. Otherwise the sockets are looked at so often and nobody waits, which is for those that
  // also send: a socket that somebody waits for wakes him for each packet that has left, too, only to find that it was
  // not his; a sixth of what sending over a veth costs. Arrivals have the kernel's times either way.
  std::chrono::milliseconds look{0};
};

class Reception {
 public:
  static Result<std::unique_ptr<Reception>> start(const ReceptionPlan& plan, const std::vector<Source>& sources);
  Reception(const Reception&) = delete;
  Reception& operator=(const Reception&) = delete;
  ~Reception();

  // What has come so far, at most some ms old. stream.lost is what has been given up; no totals.
  ReceiveResult snapshot();

  // Waits until [sent] distinct packets have come, or nothing has for [drain], ends the threads and makes the account.
  // [sent_of] says what each tunnel was sent; without it, what came is all that is known.
  ReceiveResult finish(std::uint64_t sent, std::chrono::nanoseconds drain,
                       FunctionRef<std::uint64_t(std::uint32_t tunnel)> sent_of);
  ReceiveResult finish();

  // What the user should know about the sockets: a buffer smaller than wanted, with the sysctl that allows more.
  const std::vector<std::string>& notes() const noexcept;
  Runs& runs() noexcept;

 private:
  class Impl;
  explicit Reception(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace gtp::gen
