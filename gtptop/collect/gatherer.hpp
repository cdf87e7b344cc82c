// SPDX-License-Identifier: GPL-2.0-or-later
//
// Gatherer: what a source says becomes the model. It knows no thread and no waiting, so batch mode and tests drive it
// themselves, and the collector's thread drives it in pieces.
//
//   begin_tick()                    events, links, visible rows, echo timers
//   sweep(max CPU) … until true     every tunnel, in slices
//   end_tick()                      sums, findings, histories
//   frame(query)                    any time between
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "gtptop/check/finding.hpp"
#include "gtptop/collect/source.hpp"
#include "gtptop/model/answer.hpp"
#include "gtptop/model/command.hpp"
#include "gtptop/model/model.hpp"

namespace gtp::top {

struct GatherOptions {
  std::uint64_t interval_ns = 1'000'000'000;
  unsigned cpu_percent = 10;
  std::string link = {};  // only this one and its tunnels; empty: all
  bool probe_all = false;
  std::vector<IpAddress> probe = {};  // these
};

class Gatherer final : private Receiver {
 public:
  Gatherer(std::unique_ptr<Source> source, std::unique_ptr<Checker> checker, const GatherOptions& options);

  Source& source() noexcept { return *source_; }
  const Model& model() const noexcept { return model_; }

  // Why there is nothing to see: the source's trouble, or that the one link wanted is not there.
  std::optional<Error> trouble() const;
  // An Echo Request is waited for.
  bool waits_for_echo() const;

  // What goes to the model goes there as well: a recorder. Not owned; null to stop.
  void tee(Receiver* other) noexcept { tee_ = other; }

  // What has come by itself, at any time.
  void read_events();
  void begin_tick();
  // True: the sweep is complete, or there is none to be done until the next tick.
  bool sweep(std::uint64_t cpu_ns);
  bool sweeping() const noexcept { return sweeping_; }
  void end_tick();

  void command(const Command& command);
  std::shared_ptr<Frame> frame(const Query& query);

 private:
  void time(std::uint64_t now_ns) override;
  void tunnel(const TunnelSample& sample) override;
  void tunnel_gone(const TunnelKey& key) override;
  void counters(const TunnelKey& key, const TunnelCounters& counters, std::optional<std::uint64_t> seen_s) override;
  void link(const LinkRow& link) override;
  void link_gone(std::uint32_t index) override;
  void event(const Event& event) override;
  void lost() override;

  bool is_news(const TunnelSample& sample) const;
  void note(const Result<void>& result);
  void finish_sweep(bool inconsistent);
  void aggregate();
  void probe();
  void send_echo(std::uint32_t peer);
  void echo_timers();
  void update_findings();
  void fill_detail(const TunnelKey& key, Frame& frame);
  void fill_link(std::uint32_t index, Frame& frame);
  void follow_detail();
  bool wanted(std::uint32_t link) const noexcept {
    return options_.link.empty() || link == 0 || (only_ != 0 && link == only_);
  }
  void remark(Error error);

  std::unique_ptr<Source> source_;
  std::unique_ptr<Checker> checker_;
  GatherOptions options_;
  Model model_;
  Answerer answerer_;
  Receiver* tee_ = nullptr;

  bool sweeping_ = false;
  bool sweep_due_ = true;
  std::uint64_t sweep_started_ns_ = 0;
  std::uint64_t aggregate_cpu_ns_ = 0;  // what it took last
  bool aggregate_due_ = true;
  std::uint64_t last_tick_ns_ = 0;
  std::vector<TunnelKey> visible_;
  std::optional<Error> failure_;
  std::optional<Error> remark_;  // about a command, shown for some seconds
  std::uint64_t remark_until_ns_ = 0;
  std::uint32_t only_ = 0;  // index of the one link that is wanted; 0: not there, or all are

  std::optional<TunnelKey> detail_key_;
  Ring detail_up_{600};
  Ring detail_dn_{600};
  Ring detail_pps_{600};
  std::optional<TunnelCounters> detail_before_;  // a tick ago, for the packets of each direction
  std::uint64_t detail_before_ns_ = 0;
  std::optional<std::uint64_t> detail_up_pps_;
  std::optional<std::uint64_t> detail_dn_pps_;
  std::vector<LiveCheck> detail_checks_;
  bool detail_checked_ = false;
  std::uint32_t link_key_ = 0;
  std::vector<LiveCheck> link_lines_;
  bool link_checked_ = false;
};

}  // namespace gtp::top
