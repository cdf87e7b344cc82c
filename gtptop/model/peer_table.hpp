// SPDX-License-Identifier: GPL-2.0-or-later
//
// PeerTable: the peers, by number, for the rows of the tunnel table to point at; their sums over those rows; and the
// state of the path to each.
//
// The sums are made anew from all rows (14 ms for a million), by the collector when that is due. A number is used again
// when a peer has no tunnel, was never asked and never complained.
//
// An Echo Request counts as lost when it was not answered within T3-RESPONSE. The path is down when N3-REQUESTS of them
// in a row were lost, as TS 23.007, 20.3 has it. One thread.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "gtptop/model/event.hpp"
#include "gtptop/model/link_table.hpp"
#include "gtptop/model/peer.hpp"
#include "gtptop/model/tunnel_table.hpp"
#include "libcommon/util/flat_table.hpp"

namespace gtp::top {

inline constexpr unsigned kN3Requests = 5;
inline constexpr std::uint64_t kT3ResponseNs = 3'000'000'000;
inline constexpr std::uint64_t kProbeIntervalNs = 60'000'000'000;  // TS 29.281, 7.2.1: not more often
inline constexpr std::uint64_t kAliveNs = 10'000'000'000;

struct Peer {
  IpAddress address;
  bool used = false;
  std::uint32_t link = 0;  // interface index of one of its tunnels

  // Sums of the tunnels.
  std::uint64_t tunnels = 0;
  bool has_counters = false;
  bool has_rates = false;
  double up_bps = 0;
  double dn_bps = 0;
  double pps = 0;
  std::uint64_t up_bytes = 0;
  std::uint64_t dn_bytes = 0;

  std::uint64_t last_rx_ns = 0;  // 0: never
  std::uint64_t error_indications = 0;
  std::uint64_t error_indications_before = 0;  // at the last tick
  double error_indications_per_s = 0;

  // Echo. Results are kept in a ring: RTT in ms, or NaN for a lost one.
  bool probing = false;
  bool spared = false;          // a viewer wants no probes of it, whatever is asked of all
  std::uint64_t sent_ns = 0;    // the last request; 0: none is waited for
  std::uint64_t probed_ns = 0;  // when the last one began that was no repetition, for the interval
  std::uint64_t answered_ns = 0;
  std::uint64_t rtt_ns = 0;
  std::array<float, 10> results{};
  std::uint32_t result_count = 0;  // ever
  unsigned lost_in_row = 0;
  std::uint64_t down_since_ns = 0;
  std::optional<std::uint8_t> recovery;  // never GTP-U's, whose value means nothing
  std::optional<std::uint8_t> recovery_before;

  void add_result(float rtt_ms) noexcept { results[result_count++ % results.size()] = rtt_ms; }
  std::optional<std::uint64_t> loss_percent() const noexcept;
  PathState state(std::uint64_t now_ns) const noexcept;
};

class PeerTable {
 public:
  // The number of a peer, made when it is new.
  std::uint32_t intern(const IpAddress& address);
  std::optional<std::uint32_t> find(const IpAddress& address) const noexcept;
  const Peer& operator[](std::uint32_t number) const noexcept { return peers_[number]; }
  Peer& at(std::uint32_t number) noexcept { return peers_[number]; }
  std::size_t size() const noexcept { return used_; }
  // Numbers are 0 … limit() - 1; those with !used are free.
  std::uint32_t limit() const noexcept { return static_cast<std::uint32_t>(peers_.size()); }

  // Sums over all tunnels; [links] say which direction was received.
  void aggregate(const TunnelTable& tunnels, const LinkTable& links, std::uint64_t now_ns);
  // Rates of what is counted here, once a tick.
  void tick(std::uint64_t elapsed_ns);

  void echo_sent(std::uint32_t number, std::uint64_t now_ns) noexcept;
  void echo_answered(std::uint32_t number, std::uint64_t now_ns, std::uint64_t rtt_ns);
  void echo_lost(std::uint32_t number, std::uint64_t now_ns) noexcept;
  void restarted(std::uint32_t number, std::uint8_t recovery) noexcept;
  void acknowledge(std::uint32_t number) noexcept { peers_[number].recovery_before.reset(); }

  PeerRow row(std::uint32_t number, const LinkTable& links, std::uint64_t now_ns) const;

 private:
  std::vector<Peer> peers_;
  std::vector<std::uint32_t> free_;
  FlatTable<IpAddress, std::uint32_t> index_;
  std::size_t used_ = 0;
};

}  // namespace gtp::top
