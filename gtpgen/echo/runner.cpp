// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtpgen/echo/runner.hpp"

#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <time.h>
#include <unistd.h>

#include <algorithm>
#include <array>

#include "gtpgen/receive/clock.hpp"
#include "libcommon/capture/writer.hpp"
#include "libcommon/output/message.hpp"
#include "libcommon/util/civil_time.hpp"

namespace gtp::gen::echo {
namespace {

// SIGQUIT as a descriptor; it must not end the process.
Fd quit_descriptor() noexcept {
  sigset_t signals;
  ::sigemptyset(&signals);
  ::sigaddset(&signals, SIGQUIT);
  ::sigprocmask(SIG_BLOCK, &signals, nullptr);
  return Fd(::signalfd(-1, &signals, SFD_CLOEXEC | SFD_NONBLOCK));
}

}  // namespace

Result<void> flush(TextBuffer& text) {
  for (std::string_view rest = text.view(); !rest.empty();) {
    const ssize_t n = ::write(STDOUT_FILENO, rest.data(), rest.size());
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) {
      text.clear();
      return Error::from_errno("standard output");
    }
    rest.remove_prefix(static_cast<std::size_t>(n));
  }
  text.clear();
  return {};
}

void Runner::Tee::handle(const Event& event) {
  changed = true;
  hook_.handle(event);
  output_.handle(event);
}

Runner::Runner(const std::vector<Target>& targets, const RunOptions& options, Output& output, sys::Signals& signals)
    : options_(options),
      output_(output),
      signals_(signals),
      tee_(output, options.hook),
      engine_(targets, options.settings, tee_) {}

Result<void> Runner::open_sockets(const std::vector<Target>& targets) {
  for (const int family : {4, 6}) {
    const bool wanted = std::any_of(targets.begin(), targets.end(),
                                    [&](const Target& target) { return target.address.version() == family; });
    if (!wanted) continue;
    SocketOptions options = options_.socket;
    options.family = family;
    if (!options.source.empty() && options.source.version() != family) {
      return Error{ErrorCode::usage, 0,
                   options.source.text() + " cannot send to an IPv" + std::to_string(family) + " host",
                   family == 4 ? "-4 with an IPv4 source, or -6 with an IPv6 one" : "-6 with an IPv6 source, or -4"};
    }
    auto socket = EchoSocket::open(options);
    if (!socket) return std::move(socket).error();
    sockets_.push_back(*std::move(socket));
  }
  return {};
}

void Runner::send_due() {
  // One batch; what is due beyond it has its turn when the sockets were read, so that answers do not pile up.
  outbox_.clear();
  engine_.advance(monotonic_ns(), outbox_);
  if (outbox_.packets.empty()) return;
  for (EchoSocket& socket : sockets_) {
    socket.send(outbox_, [&](const Ticket& ticket, int error) { engine_.not_sent(ticket, error, monotonic_ns()); });
  }
}

void Runner::read_sockets() {
  constexpr int kBatches = 16;
  for (EchoSocket& socket : sockets_) {
    // Departures first: the answers below are timed by them.
    socket.read_errors([&](const Ticket& ticket, std::uint64_t ns) { engine_.stamped(ticket, ns); },
                       [&](const IcmpError& error) { engine_.receive(error, monotonic_ns()); });
    for (int i = 0; i < kBatches; ++i) {
      const bool more =
          socket.receive([&](const Arrival& arrival, Bytes datagram) { engine_.receive(arrival, datagram); });
      if (!more) break;
      socket.read_errors([&](const Ticket& ticket, std::uint64_t ns) { engine_.stamped(ticket, ns); },
                         [&](const IcmpError& error) { engine_.receive(error, monotonic_ns()); });
    }
  }
}

void Runner::wait(std::uint64_t until_ns) {
  const std::uint64_t now_ns = monotonic_ns();
  // Not for ever: children of --exec want to be buried.
  const std::uint64_t ns = std::min(until_ns > now_ns ? until_ns - now_ns : 0, kNanosecondsPerSecond);
  const timespec time = {static_cast<time_t>(ns / kNanosecondsPerSecond),
                         static_cast<long>(ns % kNanosecondsPerSecond)};
  std::array<pollfd, 4> wanted{};
  std::size_t count = 0;
  for (const EchoSocket& socket : sockets_) wanted[count++] = {socket.fd(), POLLIN, 0};
  wanted[count++] = {quit_.value(), POLLIN, 0};
  wanted[count++] = {signals_.wake_fd(), POLLIN, 0};
  ::ppoll(wanted.data(), count, &time, nullptr);
}

Summary Runner::sum(bool interrupted) const {
  std::uint64_t overflowed = 0;
  for (const EchoSocket& socket : sockets_) overflowed += socket.overflowed();
  return sum_up(engine_, options_.limits, overflowed, monotonic_ns() - start_ns_, interrupted);
}

Result<void> Runner::write_changes() {
  const std::uint64_t now_ns = monotonic_ns();
  if (options_.metrics_file.empty() || !tee_.changed || now_ns < metrics_due_ns_) return {};
  tee_.changed = false;
  metrics_due_ns_ = now_ns + kNanosecondsPerSecond;
  return write_metrics(options_.metrics_file, engine_);
}

// Everything that others wait for, before we wait ourselves.
Result<void> Runner::tell() {
  signalfd_siginfo info{};
  while (::read(quit_.value(), &info, sizeof info) == static_cast<ssize_t>(sizeof info)) {
    if (options_.json) {
      output_.statistics(engine_, sum(false), false);
      continue;
    }
    // As ping does it: stdout may be somebody's data.
    if (auto flushed = flush(output_.text()); !flushed) return flushed;
    output_.statistics(engine_, sum(false), false);
    const std::string_view text = output_.text().view();
    (void)!::write(STDERR_FILENO, text.data(), text.size());
    output_.text().clear();
  }
  tee_.hook().reap();
  if (auto written = write_changes(); !written) return written;
  return flush(output_.text());
}

Result<Summary> Runner::run() {
  std::vector<Target> targets;
  for (const Peer& peer : engine_.peers()) targets.push_back(peer.target());
  if (auto opened = open_sockets(targets); !opened) return std::move(opened).error();
  quit_ = quit_descriptor();
  // Timers of this thread may be late by 50 us unless it says otherwise.
  ::prctl(PR_SET_TIMERSLACK, 1UL, 0UL, 0UL, 0UL);

  output_.heading(engine_, options_.settings);
  start_ns_ = monotonic_ns();
  engine_.start(start_ns_);
  Result<void> told;
  while (signals_.received() == 0) {
    send_due();
    read_sockets();
    // Who reads our output may have gone: that is no failure, and the end.
    if (told = tell(); !told) break;
    if (engine_.done()) break;
    const std::uint64_t due_ns = engine_.next_due_ns(monotonic_ns());
    if (due_ns > monotonic_ns()) wait(due_ns);
  }
  const bool interrupted = signals_.received() != 0;
  Summary summary = sum(interrupted);
  metrics_due_ns_ = 0;
  if (auto written = write_changes(); !written) return std::move(written).error();
  if (!told) {
    if (!capture::is_closed_pipe(told.error())) return std::move(told).error();
    summary.status = 0;
    return summary;
  }
  output_.statistics(engine_, summary, true);
  if (auto flushed = flush(output_.text()); !flushed && !capture::is_closed_pipe(flushed.error())) {
    return std::move(flushed).error();
  }
  return summary;
}

}  // namespace gtp::gen::echo
