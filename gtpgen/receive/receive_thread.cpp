// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtpgen/receive/receive_thread.hpp"

#include <sys/epoll.h>

#include <array>

#include "libcommon/wire/encode/gtpu.hpp"

namespace gtp::gen {
namespace {

// Batches from one socket before the others get their turn.
constexpr int kTurns = 8;
// Batches that are read at the end: what had come before we were asked to stop. Bounded, since more may be coming.
constexpr int kLastTurns = 4096;

bool watch(int poll, int fd, std::uint64_t tag) noexcept {
  epoll_event event{};
  event.events = EPOLLIN;
  event.data.u64 = tag;
  return ::epoll_ctl(poll, EPOLL_CTL_ADD, fd, &event) == 0;
}

}  // namespace

Result<void> watch_all(int poll, int wake_fd, const std::vector<int>& fds) {
  bool watched = poll >= 0 && wake_fd >= 0 && watch(poll, wake_fd, kWakeTag);
  for (std::size_t i = 0; watched && i < fds.size(); ++i) watched = watch(poll, fds[i], i);
  if (!watched) return Error::from_errno("cannot wait for packets");
  return {};
}

Result<std::unique_ptr<ReceiveThread>> ReceiveThread::start(Runs& runs, std::vector<Source> sources, Options options) {
  Fd poll(::epoll_create1(EPOLL_CLOEXEC));
  std::vector<int> fds;
  for (const Source& source : sources) {
    if (options.look.count() == 0) fds.push_back(source.fd);
  }
  auto thread = std::unique_ptr<ReceiveThread>(new ReceiveThread(runs, std::move(sources), options, std::move(poll)));
  if (auto watched = watch_all(thread->poll_.value(), thread->mailbox_.wake_fd(), fds); !watched) {
    return std::move(watched).error();
  }
  thread->thread_ = std::thread([raw = thread.get()] { raw->run(); });
  return thread;
}

ReceiveThread::ReceiveThread(Runs& runs, std::vector<Source> sources, Options options, Fd poll)
    : options_(options),
      sources_(std::move(sources)),
      poll_(std::move(poll)),
      analyzer_(runs, options.verify, options.only) {}

ReceiveThread::~ReceiveThread() {
  if (!thread_.joinable()) return;
  ask_to_stop();
  thread_.join();
}

void ReceiveThread::wait_and_read() {
  std::array<epoll_event, 16> events;
  const int n = ::epoll_wait(poll_.value(), events.data(), static_cast<int>(events.size()), -1);
  for (std::size_t i = 0; n > 0 && i < static_cast<std::size_t>(n); ++i) {
    const std::uint64_t tag = events[i].data.u64;
    if (tag == kWakeTag) {
      mailbox_.drain_wake();
      continue;
    }
    const Source& source = sources_[static_cast<std::size_t>(tag)];
    if ((events[i].events & EPOLLERR) != 0) count_errors(source);
    for (int turn = 0; turn < kTurns && read(source); ++turn) {
    }
  }
}

void ReceiveThread::look_and_read() {
  bool more = false;
  for (const Source& source : sources_) {
    count_errors(source);
    int turn = 0;
    while (turn < kTurns && read(source)) ++turn;
    more |= turn == kTurns;
  }
  // The mailbox alone is waited for.
  epoll_event event{};
  const int patience = more ? 0 : static_cast<int>(options_.look.count());
  if (::epoll_wait(poll_.value(), &event, 1, patience) > 0) mailbox_.drain_wake();
}

void ReceiveThread::count_errors(const Source& source) noexcept {
  for (std::uint64_t left = drain_error_queue(source.fd); left > 0; --left) analyzer_.count_icmp_error();
}

void ReceiveThread::run() {
  while (!mailbox_.stopped()) {
    if (options_.look.count() == 0) {
      wait_and_read();
    } else {
      look_and_read();
    }
    if (mailbox_.wanted()) mailbox_.answer(analyzer_.result());
  }
  for (const Source& source : sources_) {
    for (int turn = 0; turn < kLastTurns && read(source); ++turn) {
    }
  }
  mailbox_.end(analyzer_.result());
}

// True: there may be more.
bool ReceiveThread::read(const Source& source) {
  if (source.tap != nullptr) {
    const bool block = source.tap->read([this](const TapPacket& packet) { analyze_tap_packet(analyzer_, packet); });
    if (block) analyzer_.count_call();
    return block;
  }
  const auto messages = reader_.read(source.fd);
  if (messages.empty()) return false;
  analyzer_.count_call();
  analyzer_.set_clock_steps(reader_.clock_steps());
  for (const BatchReader::Message& message : messages) {
    analyzer_.count_message();
    const Analyzer::Arrived arrived{message.time_ns, message.stamped_by_kernel};
    for (std::size_t i = 0; i < message.count(); ++i) {
      const Bytes octets = message.datagram(i);
      if (source.kind == Source::Kind::plain) {
        analyzer_.payload(octets, arrived);
        continue;
      }
      const Datagram datagram = analyzer_.datagram(octets, arrived);
      if (datagram.kind == Datagram::Kind::echo_request && options_.answer_echo) {
        answer_echo(source, message, datagram);
      }
    }
  }
  return messages.size() == BatchReader::kBatch;
}

void ReceiveThread::answer_echo(const Source& source, const BatchReader::Message& message,
                                const Datagram& datagram) noexcept {
  std::array<std::byte, 32> room;
  ByteWriter out(room);
  wire::write_echo_response(out, datagram.sequence_number.value_or(0));
  // Nobody repeats an answer that was lost here; the peer asks again.
  (void)::sendto(source.fd, out.view().data(), out.size(), MSG_DONTWAIT, message.from.data(), message.from.size());
}

ThreadResult ReceiveThread::join() {
  if (thread_.joinable()) thread_.join();
  return mailbox_.ask();
}

}  // namespace gtp::gen
