// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtpgen/load/load_run.hpp"

#include <linux/capability.h>
#include <poll.h>
#include <sys/random.h>

#include <algorithm>
#include <cmath>

#include "gtpgen/command.hpp"
#include "gtpgen/load/trial.hpp"
#include "gtpgen/receive/clock.hpp"
#include "gtpgen/report/live.hpp"
#include "gtpgen/sink/sink_client.hpp"
#include "libcommon/sys/capability.hpp"
#include "libcommon/sys/terminal.hpp"
#include "libcommon/util/setcap_hint.hpp"

namespace gtp::gen {
namespace {

// Threads start and meet before the first packet is due.
constexpr std::uint64_t kHeadStartNs = 3'000'000;
// So long before a time that was agreed on everything is made ready.
constexpr std::uint64_t kReadyNs = 50'000'000;
// How long packets of a warm-up, or of an unexpected kind, may still arrive.
constexpr std::chrono::milliseconds kShortDrain(200);
// How often sockets that send are looked at for what has come.
constexpr std::chrono::milliseconds kLookForSignals(5);
constexpr std::chrono::milliseconds kLookForPackets(1);

std::uint16_t new_run_number() noexcept {
  std::uint16_t number = 0;
  while (number == 0) {
    if (::getrandom(&number, sizeof number, 0) != sizeof number) number = 1;
  }
  return number;
}

// The mean rate that a trial of this length should have had: of a ramp, what it has gone through by then.
std::optional<double> planned_rate(const TrialPlan& trial, std::uint64_t length_ns) noexcept {
  const auto ramp = static_cast<double>(trial.ramp.count());
  const auto length = static_cast<double>(length_ns);
  if (!trial.packets_per_second || ramp == 0 || length == 0) return trial.packets_per_second;
  const double gained = *trial.packets_per_second - trial.ramp_from;
  const double climbed = std::min(length, ramp);
  const double area = (trial.ramp_from + gained * climbed / ramp / 2) * climbed;
  return (area + *trial.packets_per_second * (length - climbed)) / length;
}

std::uint64_t count_of(std::chrono::nanoseconds duration) noexcept {
  return static_cast<std::uint64_t>(duration.count());
}

void add(std::vector<IcmpError>& errors, const IcmpError& error) {
  for (IcmpError& one : errors) {
    if (one.from != error.from || one.type != error.type || one.code != error.code) continue;
    one.count += error.count;
    return;
  }
  errors.push_back(error);
}

// What has come since [before], counted by the same sources.
std::vector<IcmpError> since(std::vector<IcmpError> now, const std::vector<IcmpError>& before) {
  for (const IcmpError& old : before) {
    for (IcmpError& one : now) {
      if (one.from == old.from && one.type == old.type && one.code == old.code) one.count -= old.count;
    }
  }
  std::erase_if(now, [](const IcmpError& one) { return one.count == 0; });
  return now;
}

// Runs of tunnels in a row with the same number of packets; none when there are too many for a sink.
std::vector<SentRun> sent_runs(const Sequences& sequences, std::uint32_t streams) {
  std::vector<SentRun> runs;
  for (std::uint32_t i = 0; i < streams; ++i) {
    const std::uint64_t sent = sequences.sent(i);
    if (!runs.empty() && runs.back().packets == sent) {
      ++runs.back().tunnels;
      continue;
    }
    if (runs.size() == SinkClient::kMaxSentRuns) return {};
    runs.push_back({1, sent});
  }
  return runs;
}

}  // namespace

class LoadRun::Impl {
 public:
  explicit Impl(LoadPlan plan) : plan_(std::move(plan)) {}

  Result<void> open() {
    if (auto sane = check(plan_); !sane) return sane;
    if (!plan_.write_file.empty()) {
      sending_clock_ = std::make_unique<VirtualClock>(realtime_ns());
    } else {
      sending_clock_ = std::make_unique<SystemClock>();
    }
    auto paths = Paths::open(plan_, *sending_clock_);
    if (!paths) return std::move(paths).error();
    paths_ = *std::move(paths);
    if (plan_.expect == Expect::sink) {
      auto connected = SinkClient::connect(plan_.sink);
      if (!connected) return std::move(connected).error();
      sink_ = *std::move(connected);
    }
    if (plan_.real_time && !sys::has_capability(CAP_SYS_NICE)) {
      paths_.notes.push_back("--rt has no effect without CAP_SYS_NICE: " + setcap_hint("cap_sys_nice"));
    }
    streams_ = static_cast<std::uint32_t>(plan_.tunnels.count() * paths_.lanes.size());
    sequences_ = std::make_unique<Sequences>(streams_);
    threads_ = std::make_unique<SendingThreads>(plan_, paths_, *sequences_, *sending_clock_);
    return {};
  }

  Result<Report> trial(const TrialPlan& trial, sys::Signals& signals, const LiveOptions& live) {
    if (plan_.backend == Backend::flood && (trial.packets_per_second || plan_.arrivals == Arrivals::burst)) {
      return usage("backend xdp-flood has no pace: it sends as fast as it can", "--rate max, or --backend xdp");
    }
    if (trial.warm_up.count() != 0) warm_up(trial, signals);
    Report report;
    if (auto done = measure(trial, signals, live, report); !done) return std::move(done).error();
    return report;
  }

  LoadPlan plan_;
  Paths paths_;

 private:
  std::uint64_t now() noexcept { return clock_.now_ns(); }

  // Waits for [until_ns], a signal, or the end of sending. False: a signal came.
  bool wait(std::uint64_t until_ns, const sys::Signals& signals) {
    constexpr std::uint64_t kLookNs = 20'000'000;
    while (signals.received() == 0) {
      const std::uint64_t present = now();
      if (present >= until_ns || threads_->finished()) return true;
      const std::uint64_t left = std::min(until_ns - present, kLookNs);
      pollfd wake{signals.wake_fd(), POLLIN, 0};
      ::poll(&wake, 1, static_cast<int>(left / 1'000'000 + 1));
    }
    return false;
  }

  void warm_up(const TrialPlan& trial, const sys::Signals& signals) {
    TrialPlan first = trial;
    first.ramp = {};
    sequences_->clear();
    SendingThreads::Window window;
    window.epoch_ns = now();
    window.start_ns = window.epoch_ns + kHeadStartNs;
    window.end_ns = window.start_ns + count_of(trial.warm_up);
    window.run = new_run_number();
    threads_->start(first, window);
    while (!threads_->finished() && wait(UINT64_MAX, signals)) {
    }
    threads_->stop();
    // What is still on the way would be counted as somebody else's.
    const std::uint64_t until = now() + count_of(kShortDrain);
    std::array<std::byte, 65536> room;
    while (now() < until) {
      std::vector<pollfd> sockets;
      for (const Source& source : paths_.receive_from) sockets.push_back({source.fd, POLLIN, 0});
      if (::poll(sockets.data(), sockets.size(), 20) <= 0) continue;
      for (const pollfd& socket : sockets) {
        while (::recv(socket.fd, room.data(), room.size(), MSG_DONTWAIT) >= 0) {
        }
      }
    }
  }

  RunPlan run_plan(const SendingThreads::Window& window) const {
    RunPlan run;
    run.run = window.run;
    run.tunnels = streams_;
    run.epoch_ns = window.epoch_ns;
    // Through a gateway there is one way only, and both ends are here.
    run.latency = plan_.expect == Expect::via ? LatencyMeter::Kind::one_way : LatencyMeter::Kind::round_trip;
    return run;
  }

  Result<std::unique_ptr<Reception>> listen(const RunPlan& run) {
    ReceptionPlan reception;
    reception.run = run;
    const auto& sources = paths_.receive_from.empty() ? paths_.signalling : paths_.receive_from;
    reception.time_stamps = !paths_.receive_from.empty();
    // The sockets that send are those that receive, but through a gateway.
    if (!plan_.via) reception.look = paths_.receive_from.empty() ? kLookForSignals : kLookForPackets;
    reception.threads = std::min<std::size_t>(plan_.threads, sources.size());
    return Reception::start(reception, sources);
  }

  // Until shortly before the time that was agreed on. CLOCK_REALTIME may be set meanwhile, so it is asked again and
  // again.
  static void wait_for(std::uint64_t realtime, const sys::Signals& signals) {
    while (signals.received() == 0) {
      const std::uint64_t present = realtime_ns();
      if (present + kReadyNs >= realtime) return;
      pollfd wake{signals.wake_fd(), POLLIN, 0};
      ::poll(&wake, 1,
             static_cast<int>(std::min<std::uint64_t>((realtime - kReadyNs - present) / 1'000'000 + 1, 1000)));
    }
  }

  // When the first packet is due.
  std::uint64_t start_time(const TrialPlan& trial) noexcept {
    const std::uint64_t present = sending_clock_->now_ns();
    if (paths_.file != nullptr) return present;
    const std::uint64_t realtime = realtime_ns();
    const std::uint64_t ahead = trial.start_at_ns > realtime ? trial.start_at_ns - realtime : 0;
    return present + std::max(ahead, kHeadStartNs);
  }

  Result<void> measure(const TrialPlan& trial, sys::Signals& signals, const LiveOptions& live, Report& report) {
    if (trial.start_at_ns != 0) {
      report.start_at_ns = trial.start_at_ns;
      wait_for(trial.start_at_ns, signals);
    }
    sequences_->clear();
    icmp_before_ = icmp_errors();
    SendingThreads::Window window;
    window.epoch_ns = sending_clock_->now_ns();
    window.run = new_run_number();
    window.count = trial.count;
    const RunPlan run = run_plan(window);
    std::unique_ptr<Reception> reception;
    if (plan_.write_file.empty()) {
      auto listening = listen(run);
      if (!listening) return std::move(listening).error();
      reception = *std::move(listening);
    }
    if (sink_) {
      if (auto started = sink_->start(run); !started) return started;
    }
    report.environment = inspect_environment(paths_.iface);
    const CpuReport cpu_before = cpu_time();
    const std::uint64_t began = now();
    window.start_ns = start_time(trial);
    report.start_ns = realtime_ns() + (window.start_ns - sending_clock_->now_ns());
    window.end_ns = trial.duration.count() == 0 || trial.count != 0
                        ? UINT64_MAX
                        : window.start_ns + count_of(trial.ramp) + count_of(trial.duration);
    threads_->start(trial, window);
    follow(trial, window, signals, live, reception.get(), report);
    threads_->stop();
    const SendCounts sent = threads_->counts();
    if (paths_.file != nullptr) {
      if (auto closed = paths_.file->close(); !closed) return closed;
    }
    if (sent.fatal != 0 && sent.packets == 0) return send_error(sent.fatal);
    report.interrupted = signals.received() != 0;
    report.tx = tx_report(sent, planned_rate(trial, sent.end_ns - sent.first_ns));
    if (auto collected = collect(sent, reception.get(), report); !collected) return collected;
    // What our own device dropped is in no receive buffer, but as little a fault of what is tested.
    if (report.rx && report.rx->lost && sent.dropped != 0) {
      report.rx->lost_local = std::min(report.rx->lost_local.value_or(0) + sent.dropped, *report.rx->lost);
    }
    report.duration_ns = now() - began;
    const CpuReport cpu = cpu_time();
    report.cpu = CpuReport{cpu.user_s - cpu_before.user_s, cpu.system_s - cpu_before.system_s};
    describe_run(report);
    return {};
  }

  // Live lines until sending ends.
  void follow(const TrialPlan& trial, const SendingThreads::Window& window, sys::Signals& signals,
              const LiveOptions& options, Reception* reception, Report& report) {
    const std::uint64_t length = window.end_ns == UINT64_MAX ? 0 : window.end_ns - window.start_ns;
    LiveReport live(length, options.fd, sys::inspect_terminal(std::max(options.fd, 0)));
    const std::uint64_t interval = std::max<std::uint64_t>(count_of(options.interval), 10'000'000);
    const std::uint64_t began = now();
    for (std::uint64_t due = began + interval; wait(due, signals) && !threads_->finished(); due += interval) {
      const SendCounts sent = threads_->snapshot();
      LiveTotals totals;
      totals.tx_packets = sent.packets;
      totals.tx_bytes_inner = sent.bytes_inner;
      totals.lag = &sent.lag;
      ReceiveResult received;
      if (reception != nullptr && !paths_.receive_from.empty()) {
        received = reception->snapshot();
        totals.rx_packets = received.stream.received;
        totals.rx_bytes_inner = received.counts.bytes_inner;
        totals.lost = received.stream.lost;
        totals.reordered = received.stream.reordered;
        if (received.latency) totals.latency = &received.latency->histogram;
      }
      const std::uint64_t present = now();
      // A host that slept, or a machine that was stopped: what was measured across it means nothing.
      if (present > due + 2 * interval + 1'000'000'000) report.clock_jumped = true;
      live.update(present - began, totals, report.intervals);
      while (due + interval < present) due += interval;
    }
    live.erase();
    static_cast<void>(trial);
  }

  Result<void> collect(const SendCounts& sent, Reception* reception, Report& report) {
    const auto sent_of = [this](std::uint32_t stream) { return sequences_->sent(stream); };
    if (reception != nullptr && paths_.receive_from.empty()) {
      // Signalling only: nothing of ours is expected, but what was refused says so within a moment.
      const ReceiveResult result = reception->finish(1, kShortDrain, sent_of);
      report.gtp = result.counts.gtp;
    } else if (reception != nullptr) {
      const bool quiet = plan_.expect == Expect::automatic && reception->snapshot().stream.received == 0;
      const ReceiveResult result =
          reception->finish(sent.packets, quiet ? std::chrono::nanoseconds(kShortDrain) : plan_.drain, sent_of);
      if (plan_.expect == Expect::automatic && result.stream.received == 0) {
        report.gtp = result.counts.gtp;
        report.notes.emplace_back("nothing came back, so loss and latency are not known (--expect)");
      } else {
        result.fill(report);
      }
    }
    if (sink_) {
      auto result = sink_->stop(sent.packets, plan_.drain, sent_runs(*sequences_, streams_));
      if (!result) {
        // What was sent is known all the same, and that nothing is known of the rest fails the run.
        report.notes.push_back("what arrived is not known: " + result.error().what);
        return {};
      }
      const auto signalling = report.gtp;
      result->fill(report);
      report.gtp = signalling;
    }
    return {};
  }

  // What all sources have been told so far. They count from when they were opened.
  std::vector<IcmpError> icmp_errors() {
    std::vector<IcmpError> sum;
    for (const Lane& lane : paths_.lanes) {
      for (const auto& source : lane.sources) {
        source->drain_errors();
        for (const IcmpError& error : source->counts().icmp) add(sum, error);
      }
    }
    return sum;
  }

  void describe_run(Report& report) {
    const std::vector<IcmpError> errors = since(icmp_errors(), icmp_before_);
    for (const IcmpError& error : errors) {
      report.notes.push_back(std::to_string(error.count) + " x " + describe(error));
      if (!report.gtp) report.gtp.emplace();
      report.gtp->icmp_errors += error.count;
    }
    std::uint32_t segments = 0;
    for (const Lane& lane : paths_.lanes) {
      for (const auto& source : lane.sources) segments = std::max(segments, source->segments());
    }
    const Lane& first = paths_.lanes.front();
    report.environment.backend = first.floods.empty() ? first.sources.front()->name() : paths_.backend;
    if (!first.floods.empty()) segments = 0;
    if (segments != 0) report.environment.gso_segments = segments;
    report.environment.threads = plan_.threads * paths_.lanes.size();
    report.environment.cpus = plan_.cpus;
    if (!report.tunnels) report.tunnels.emplace();
    report.tunnels->count = plan_.tunnels.count();
    for (WorstTunnel& worst : report.tunnels->worst) {
      worst.teid = plan_.tunnels.tunnel(worst.tunnel % plan_.tunnels.count()).teid;
    }
  }

  Error send_error(int error) const {
    Error result = Error::from_errno("cannot send to " + plan_.target.address.text(), error);
    if (error == EMSGSIZE) result.hint = "--size with less, or --fragment";
    if (plan_.backend == Backend::flood && (error == EOPNOTSUPP || error == EINVAL)) {
      result.code = ErrorCode::unsupported;
    }
    if (plan_.backend == Backend::flood && error == EOPNOTSUPP) {
      result.what = "backend xdp-flood: " + paths_.iface + " takes no frames from XDP";
      result.hint = "of a veth, the other end must run XDP or GRO: ethtool -K PEER gro on; or --backend xdp";
    } else if (plan_.backend == Backend::flood && error == EINVAL) {
      result.what = "backend xdp-flood wants Linux 5.18 or later (BPF_F_TEST_XDP_LIVE_FRAMES)";
      result.hint = "--backend xdp";
    }
    return result;
  }

  SystemClock clock_;                     // what waiting goes by
  std::unique_ptr<Clock> sending_clock_;  // what sending goes by: the same time, but for files
  std::uint32_t streams_ = 0;
  std::unique_ptr<Sequences> sequences_;
  std::unique_ptr<SendingThreads> threads_;
  std::optional<SinkClient> sink_;
  std::vector<IcmpError> icmp_before_;  // this trial
};

LoadRun::LoadRun(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
LoadRun::~LoadRun() = default;

Result<std::unique_ptr<LoadRun>> LoadRun::open(LoadPlan plan) {
  auto impl = std::make_unique<Impl>(std::move(plan));
  if (auto opened = impl->open(); !opened) return std::move(opened).error();
  return std::unique_ptr<LoadRun>(new LoadRun(std::move(impl)));
}

Result<Report> LoadRun::trial(const TrialPlan& trial, sys::Signals& signals, const LiveOptions& live) {
  auto report = impl_->trial(trial, signals, live);
  if (report) report->title = title(trial);
  return report;
}

const LoadPlan& LoadRun::plan() const noexcept { return impl_->plan_; }
const std::vector<std::string>& LoadRun::notes() const noexcept { return impl_->paths_.notes; }

bool LoadRun::expects_arrivals() const noexcept {
  return plan().expect != Expect::automatic && plan().expect != Expect::none;
}

}  // namespace gtp::gen
