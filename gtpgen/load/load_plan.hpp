// SPDX-License-Identifier: GPL-2.0-or-later
//
// LoadPlan: everything a run of traffic needs to know; made from the command line or a scenario, and kept over many
// trials. A TrialPlan is what changes from one to the next.
//
//   uplink     G-PDUs to the target, from the subscribers of the tunnels
//   downlink   with `via`: plain IP to the subscribers through the gateway, from our address on its network side
//              without: G-PDUs to the target, to the subscribers
//
// A value.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gtpgen/pace/schedule.hpp"
#include "gtpgen/pace/waiter.hpp"
#include "gtpgen/plan/rate.hpp"
#include "gtpgen/plan/traffic_plan.hpp"
#include "gtpgen/plan/tunnel_plan.hpp"
#include "gtpgen/receive/socket_setup.hpp"

namespace gtp::gen {

// Where packets come from: every address of the prefix with every port, spread over the tunnels; a tunnel keeps its
// own, so that its packets stay in order on every path that hashes addresses and ports.
struct SourcePlan {
  IpPrefix addresses;  // empty: what the route says
  // 0 and 0: 2152 for a single source when it is free, else any free port.
  std::uint16_t first_port = 0;
  std::uint16_t last_port = 0;
  bool any_port = false;  // "rand", 0: any free port, for every thread its own
};

enum class Backend : std::uint8_t { automatic, udp, packet, xdp, flood };
std::string_view word(Backend backend) noexcept;  // "auto" and so on, as --backend takes it

// Who sees the packets again.
enum class Expect : std::uint8_t {
  automatic,  // the sockets that send, if anything comes back
  none,
  reflect,
  sink,
  via,  // we do, on the other side of the gateway
};

enum class Directions : std::uint8_t { uplink, downlink, both };

struct LoadPlan {
  TunnelPlan tunnels;
  std::string tunnel_file;  // where they are from; empty: a range
  TrafficPlan traffic;      // direction and plain are set by directions and via
  Directions directions = Directions::uplink;
  Endpoint target{{}, kGtpUserPort};
  std::string target_name;       // as the user said it
  std::optional<IpAddress> via;  // our address on the gateway's network side
  std::string via_netns;         // where that address is; empty: here
  SourcePlan source;
  std::string device;  // SO_BINDTODEVICE, and the interface of raw backends
  std::uint8_t dscp = 0;
  bool fragment = false;
  std::optional<std::uint32_t> mtu;  // assumed instead of the interface's
  Backend backend = Backend::automatic;
  bool segment = true;
  std::string write_file;  // instead of a network

  std::uint32_t threads = 1;  // for each direction
  std::vector<std::uint32_t> cpus;
  bool real_time = false;
  Pacing pacing = Pacing::hybrid;
  Arrivals arrivals = Arrivals::constant;
  std::uint32_t burst = 0;            // packets; 0: what is due in a tick
  std::uint64_t burst_period_ns = 0;  // Arrivals::burst
  std::uint64_t seed = 1;

  Expect expect = Expect::automatic;
  std::string sink;  // HOST[:PORT] of its control connection
  std::chrono::nanoseconds drain = std::chrono::seconds(1);
};

struct TrialPlan {
  std::optional<double> packets_per_second = 1000;  // all threads and directions together; empty: as fast as possible
  std::chrono::nanoseconds duration = std::chrono::seconds(10);  // of sending, without warm-up; 0: until stopped
  std::uint64_t count = 0;                                       // packets; 0: as many as the duration takes
  std::chrono::nanoseconds warm_up{};                            // sent before, and forgotten
  std::chrono::nanoseconds ramp{};                               // to the rate, from ramp_from
  double ramp_from = 0;
  std::uint64_t start_at_ns = 0;  // since 1970, when the first packet behind the warm-up is due; 0: at once
};

// What makes no sense together, apart from what only the network knows.
Result<void> check(const LoadPlan& plan);

// A target that is nobody else's: private, shared, link-local, documentation and benchmarking prefixes, loopback.
bool is_private(const IpAddress& address) noexcept;
bool is_multicast_or_broadcast(const IpAddress& address) noexcept;

}  // namespace gtp::gen
