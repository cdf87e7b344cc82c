// SPDX-License-Identifier: GPL-2.0-or-later
//
// FakeSource: a network that does not exist, for tests, benchmarks and screenshots. Everything about tunnel number i
// is computed from i and the time, so a million of them need no memory, and two runs with the same clock are the same.
// What is wrong with it is wrong on purpose: a peer that does not answer, one that answers late and seldom, a link with
// too few hash buckets whose sockets overflow.
#pragma once

#include <functional>

#include "gtptop/collect/source.hpp"

namespace gtp::top {

struct FakeNetwork {
  std::uint64_t tunnels = 1000;
  std::uint32_t peers = 24;
  std::uint64_t churn_per_s = 0;  // that many are removed, and as many made
  bool counters = true;           // false: as mainline's module
  bool trouble = true;            // with what is wrong
};

class FakeSource final : public Source {
 public:
  using Clock = std::function<std::uint64_t()>;
  FakeSource(const FakeNetwork& network, Clock clock);

  const SourceInfo& info() const override { return info_; }
  Capabilities capabilities() const override;
  std::optional<Error> trouble() const override { return std::nullopt; }
  std::uint64_t now_ns() const override { return clock_(); }

  Result<bool> read_events(Receiver& receiver) override;
  Result<void> read_links(Receiver& receiver) override;
  Result<void> read_tunnel(const TunnelKey& key, Receiver& receiver) override;
  Result<void> begin_sweep() override;
  Result<Slice> sweep_slice(Receiver& receiver) override;
  Result<void> read_detail(TunnelDetail& detail) override;
  Result<void> send_echo(const IpAddress& peer) override;

  // For tests: the tunnel of this number as it is now.
  TunnelSample sample(std::uint64_t number) const;

 private:
  std::uint64_t first() const;  // the oldest tunnel that is left
  bool alive(std::uint64_t number) const { return number >= first() && number < first() + network_.tunnels; }
  IpAddress peer_address(std::uint32_t number) const;
  std::uint32_t peer_of(std::uint64_t number) const;
  void read_churn(Receiver& receiver);
  void read_echoes(Receiver& receiver);

  FakeNetwork network_;
  Clock clock_;
  SourceInfo info_;
  std::uint64_t start_ns_;
  std::uint64_t told_first_ = 0;  // churn up to here has been told
  std::uint64_t sweep_at_ = 0;
  std::uint64_t sweep_end_ = 0;
  struct Echo {
    std::uint32_t peer;
    std::uint64_t sent_ns;
    std::uint64_t rtt_ns;
  };
  std::vector<Echo> echoes_;
  std::uint64_t echo_count_ = 0;
};

}  // namespace gtp::top
