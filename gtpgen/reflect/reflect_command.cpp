// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtpgen/reflect/reflect_command.hpp"

#include <cstdio>

#include "gtpgen/receive/clock.hpp"
#include "gtpgen/receive/listen_options.hpp"
#include "gtpgen/reflect/reflector.hpp"
#include "gtpgen/report/intervals.hpp"
#include "gtpgen/report/live.hpp"
#include "gtpgen/report/report_options.hpp"
#include "gtpgen/take.hpp"
#include "libcommon/output/message.hpp"

namespace gtp::gen {
namespace {

class ReflectCommand final : public Command {
 public:
  std::string_view name() const override { return "reflect"; }
  std::string_view synopsis() const override { return "[options]"; }
  std::string_view summary() const override { return "send G-PDUs back, answer echo requests"; }
  std::string_view examples() const override {
    return "Examples\n"
           "  gtpgen reflect                                everything that comes to port 2152\n"
           "  gtpgen reflect --listen 127.0.0.1 --teid-map +0x10000\n"
           "  gtpgen reflect --strict --known 0x1000+1000   Error Indications for all other tunnels\n"
           "  gtpgen reflect --plain --listen 10.46.0.1:5001  behind a gateway: no GTP-U\n";
  }

  std::vector<OptionGroup> options() override {
    std::vector<OptionGroup> groups;
    groups.push_back(listen_options(listen_));
    groups.push_back(
        {"Reflection",
         {
             {"--teid-map", "MAP", "TEID of what goes back: same, +N, -N, or a file of from,to",
              [this](std::string_view word) { return map_.take(word); }},
             {"--known", "TEID+COUNT", "the only tunnels there are",
              [this](std::string_view range) { return map_.take_known(range); }},
             {"--strict", "", "answer unknown tunnels with an Error Indication", take_flag(options_.strict)},
             {"--error-port", "PORT", "where Error Indications go (the source port)",
              take_integer(options_.error_port, 1)},
             {"--no-echo", "", "leave Echo Requests unanswered", take_flag(options_.answer_echo, false)},
             {"--plain", "", "behind a gateway: plain UDP, no GTP-U", take_flag(options_.plain)},
             {"--no-gso", "", "one datagram per send", take_flag(options_.rows, false)},
             {"-d,--duration", "TIME", "end after this time", take_duration(duration_)},
         }});
    groups.push_back(report_options(report_));
    return groups;
  }

  Result<void> take_words(std::vector<std::string> words) override {
    if (!words.empty()) return usage("\"" + words.front() + "\" is no option", "gtpgen reflect --listen ADDR[:PORT]");
    return {};
  }

  Result<void> check() override {
    if (options_.strict && !map_.limited()) {
      return usage("--strict without a TEID that is unknown", "--known 0x1000+1000, or --teid-map FILE");
    }
    if (options_.plain && (options_.strict || map_.limited())) return usage("--plain has no TEIDs");
    if (options_.plain && listen_.default_everywhere()) return usage("--plain wants --listen ADDR:PORT");
    return {};
  }

  Result<int> run(sys::Signals& signals) override;

 private:
  ListenOptions listen_;
  ReflectorOptions options_;
  TeidMap map_;
  std::chrono::nanoseconds duration_{0};
  ReportOptions report_;
};

LiveTotals live_totals(const ReflectorCounts& counts) {
  LiveTotals totals;
  totals.rx_packets = counts.g_pdus;
  totals.rx_bytes_inner = counts.bytes_inner;
  totals.tx_packets = counts.tx_packets;
  totals.tx_bytes_inner = counts.bytes_inner;
  return totals;
}

void fill(Report& report, const ReflectorCounts& counts, std::uint64_t drops) {
  RxReport rx;
  rx.packets = counts.g_pdus;
  rx.bytes_inner = counts.bytes_inner;
  rx.duration_ns = counts.last_ns - counts.first_ns;
  rx.lost_local = drops;
  rx.unknown_teid = counts.unknown_teid;
  rx.malformed = counts.malformed;
  rx.datagrams = counts.datagrams;
  rx.receive_calls = counts.calls;
  report.rx = rx;
  TxReport tx;
  tx.packets = counts.tx_packets;
  tx.bytes_inner = counts.bytes_inner;
  tx.duration_ns = rx.duration_ns;
  tx.errors = counts.tx_errors;
  report.tx = tx;
  report.gtp = counts.gtp;
}

Result<int> ReflectCommand::run(sys::Signals& signals) {
  auto sockets = open_sockets(listen_, !options_.plain);
  if (!sockets) return std::move(sockets).error();
  Report report;
  report.command = "reflect";
  report.argv = argv();
  report.start_ns = realtime_ns();
  report.environment = inspect_environment();
  report.environment.threads = listen_.threads;
  std::vector<int> fds;
  for (const Fd& socket : *sockets) {
    const SocketFacts facts = prepare_socket(socket.value(), static_cast<std::size_t>(listen_.receive_buffer));
    if (report.notes.empty() && !facts.note.empty()) report.notes.push_back(facts.note);
    report.environment.receive_buffer = facts.buffer;
    fds.push_back(socket.value());
  }
  auto reflector = Reflector::start(map_, options_, fds, static_cast<std::size_t>(listen_.threads));
  if (!reflector) return std::move(reflector).error();
  report.title = "gtpgen reflect on " + describe(listen_) + ", " + map_.describe();
  std::fprintf(stderr, "%s\n", report.title.c_str());

  LiveReport live(0, report_.quiet ? -1 : 2, sys::inspect_terminal(2));
  std::uint64_t seen = 0;
  report.duration_ns = run_intervals(signals, report_.live, duration_, [&](std::uint64_t now_ns) {
    const ReflectorCounts counts = (*reflector)->snapshot();
    // Nothing is said while nothing comes.
    if (counts.datagrams != seen) live.update(now_ns, live_totals(counts), report.intervals);
    seen = counts.datagrams;
    return true;
  });
  live.erase();
  const ReflectorCounts counts = (*reflector)->finish();
  std::uint64_t drops = 0;
  for (const int fd : fds) drops += socket_drops(fd).value_or(0);
  // A row of datagrams that was dropped counts once; see Reception.
  if (counts.messages != 0) drops = (drops * counts.datagrams + counts.messages - 1) / counts.messages;
  fill(report, counts, drops);
  report.cpu = cpu_time();
  report.interrupted = signals.received() != 0;
  judge(report, report_.thresholds, false);
  return deliver(report, report_);
}

}  // namespace

std::unique_ptr<Command> make_reflect_command() { return std::make_unique<ReflectCommand>(); }

}  // namespace gtp::gen
