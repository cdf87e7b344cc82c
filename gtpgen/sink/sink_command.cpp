// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtpgen/sink/sink_command.hpp"

#include <cstdio>

#include "gtpgen/receive/clock.hpp"
#include "gtpgen/receive/listen_options.hpp"
#include "gtpgen/report/intervals.hpp"
#include "gtpgen/report/live.hpp"
#include "gtpgen/report/report_options.hpp"
#include "gtpgen/sink/control_server.hpp"
#include "gtpgen/sink/sink_service.hpp"
#include "gtpgen/take.hpp"

namespace gtp::gen {
namespace {

constexpr std::uint64_t kUsualTunnels = 1U << 20;

class SinkCommand final : public Command {
 public:
  std::string_view name() const override { return "sink"; }
  std::string_view synopsis() const override { return "[options]"; }
  std::string_view summary() const override { return "receive a load and account for every packet of it"; }
  std::string_view examples() const override {
    return "Examples\n"
           "  gtpgen sink                              G-PDUs that come to port 2152\n"
           "  gtpgen sink --plain --listen 10.46.0.1:5001   behind a gateway: no GTP-U\n"
           "  gtpgen sink --tap eth1                   beside a gateway, both with and without tunnels\n"
           "  gtpgen sink --control 0.0.0.0:2153       for gtpgen load --expect sink=HOST\n";
  }

  std::vector<OptionGroup> options() override {
    std::vector<OptionGroup> groups;
    groups.push_back(listen_options(listen_));
    groups.push_back(
        {"Sink",
         {
             {"--plain", "", "behind a gateway: plain UDP, no GTP-U", take_flag(plain_)},
             {"--control", "ADDR[:PORT]", "let a generator start and end its trials from there (port 2153)",
              [this](std::string_view given) -> Result<void> {
                const Endpoint otherwise{IpAddress::v4(0x7f000001), SinkClient::kDefaultPort};
                auto endpoint = parse_endpoint(given, otherwise);
                if (!endpoint) return std::move(endpoint).error();
                control_ = *endpoint;
                return {};
              }},
             {"--tunnels", "N", "room for so many tunnels (1Mi)", take_count(tunnels_, 1, std::uint64_t{kMostTunnels})},
             {"--tap", "IF", "look at an interface from beside its owner, instead of a socket (CAP_NET_RAW)",
              take_text(tap_)},
             {"--tap-direction", "DIR", "packets that come in, go out, or both (in)",
              take_choice<Tap::Direction>(
                  tap_direction_,
                  {{"in", Tap::Direction::in}, {"out", Tap::Direction::out}, {"both", Tap::Direction::both}})},
             {"--reflected", "", "count what a reflector has sent back, not what is sent to it", take_flag(reflected_)},
             {"--per-tunnel", "FILE", "a CSV line for every tunnel into FILE", take_text(per_tunnel_)},
             {"--no-verify", "", "do not check the inner packets' checksums", take_flag(verify_, false)},
             {"--no-echo", "", "leave Echo Requests unanswered", take_flag(answer_echo_, false)},
             {"-d,--duration", "TIME", "end after this time", take_duration(duration_)},
         }});
    groups.push_back(report_options(report_));
    return groups;
  }

  Result<void> take_words(std::vector<std::string> words) override {
    if (!words.empty()) return usage("\"" + words.front() + "\" is no option", "gtpgen sink --listen ADDR[:PORT]");
    return {};
  }

  Result<void> check() override {
    if (!tap_.empty()) {
      if (!listen_.default_everywhere())
        return usage("--tap looks at an interface, --listen at an address: one of them");
      if (plain_) return usage("--tap sees inner packets with and without a tunnel, --plain is for sockets");
      if (listen_.threads > 1) return usage("--tap has one thread");
    }
    if (plain_ && listen_.default_everywhere()) return usage("--plain wants --listen ADDR:PORT");
    return {};
  }

  Result<int> run(sys::Signals& signals) override;

 private:
  static constexpr std::uint64_t kMostTunnels = 1U << 24;

  ReceptionPlan reception_plan() const {
    ReceptionPlan plan;
    plan.run.tunnels = static_cast<std::uint32_t>(tunnels_);
    plan.run.latency = LatencyMeter::Kind::one_way_relative;
    plan.run.start = StreamTracker::Start::first_seen;
    plan.run.details = !per_tunnel_.empty();
    if (reflected_) {
      plan.only = Stamp::Kind::reflected;
    } else if (!tap_.empty()) {
      plan.only = Stamp::Kind::data;
    }
    plan.learn_runs = true;
    plan.threads = static_cast<std::size_t>(listen_.threads);
    plan.verify = verify_;
    plan.receive_buffer = static_cast<std::size_t>(listen_.receive_buffer);
    plan.answer_echo = answer_echo_;
    return plan;
  }

  // The sockets, or the tap, as sources. They live as long as the command.
  Result<std::vector<Source>> open();

  ListenOptions listen_;
  std::vector<Fd> sockets_;
  std::string tap_;
  Tap::Direction tap_direction_ = Tap::Direction::in;
  std::unique_ptr<Tap> open_tap_;
  bool plain_ = false;
  std::optional<Endpoint> control_;
  std::uint64_t tunnels_ = kUsualTunnels;
  bool reflected_ = false;
  std::string per_tunnel_;
  bool verify_ = true;
  bool answer_echo_ = true;
  std::chrono::nanoseconds duration_{0};
  ReportOptions report_;
};

LiveTotals live_totals(const ReceiveResult& result) {
  LiveTotals totals;
  totals.rx_packets = result.stream.received;
  totals.rx_bytes_inner = result.counts.bytes_inner;
  totals.lost = result.stream.lost;
  totals.reordered = result.stream.reordered;
  if (result.latency) totals.latency = &result.latency->histogram;
  return totals;
}

Result<std::vector<Source>> SinkCommand::open() {
  std::vector<Source> sources;
  if (!tap_.empty()) {
    auto tap = Tap::open(tap_, tap_direction_);
    if (!tap) return std::move(tap).error();
    open_tap_ = *std::move(tap);
    sources.push_back(tap_source(*open_tap_));
    return sources;
  }
  auto sockets = open_sockets(listen_, !plain_);
  if (!sockets) return std::move(sockets).error();
  sockets_ = *std::move(sockets);
  for (const Fd& socket : sockets_) {
    sources.push_back({plain_ ? Source::Kind::plain : Source::Kind::gtp_u, socket.value()});
  }
  return sources;
}

Result<int> SinkCommand::run(sys::Signals& signals) {
  auto sources = open();
  if (!sources) return std::move(sources).error();
  SinkService service(reception_plan(), *std::move(sources));
  if (auto opened = service.open(); !opened) return std::move(opened).error();
  std::unique_ptr<ControlServer> control;
  if (control_) {
    auto started = ControlServer::start(*control_, service);
    if (!started) return std::move(started).error();
    control = *std::move(started);
  }

  Report report;
  report.command = "sink";
  report.argv = argv();
  report.start_ns = realtime_ns();
  report.environment = inspect_environment(tap_);
  report.environment.threads = listen_.threads;
  report.notes = service.notes();
  report.title = "gtpgen sink on " + (tap_.empty() ? describe(listen_) : "interface " + tap_);
  if (control) report.title += ", control on " + text_of(control->endpoint());
  std::fprintf(stderr, "%s\n", report.title.c_str());

  LiveReport live(0, report_.quiet ? -1 : 2, sys::inspect_terminal(2));
  std::uint64_t seen = 0;
  report.duration_ns = run_intervals(signals, report_.live, duration_, [&](std::uint64_t now_ns) {
    const auto result = service.live();
    // Nothing is said while nothing comes.
    if (!result || result->counts.datagrams == seen) return true;
    seen = result->counts.datagrams;
    live.update(now_ns, live_totals(*result), report.intervals);
    return true;
  });
  live.erase();
  control.reset();
  service.close().fill(report);
  report.cpu = cpu_time();
  report.interrupted = signals.received() != 0;
  judge(report, report_.thresholds, false);
  if (!per_tunnel_.empty()) {
    if (auto written = write_file(per_tunnel_, service.tunnel_csv()); !written) return std::move(written).error();
  }
  return deliver(report, report_);
}

}  // namespace

std::unique_ptr<Command> make_sink_command() { return std::make_unique<SinkCommand>(); }

}  // namespace gtp::gen
