// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtpgen/reflect/reflector.hpp"

#include <sys/epoll.h>

#include <algorithm>
#include <array>

#include "gtpgen/receive/receive_thread.hpp"
#include "gtpgen/reflect/turn_around.hpp"
#include "libcommon/wire/encode/gtpu.hpp"

namespace gtp::gen {
namespace {

constexpr int kTurns = 8;
constexpr int kLastTurns = 4096;
// Signalling that we write ourselves, per batch; more is left unanswered, as everybody limits it.
constexpr std::size_t kReplies = 256;
constexpr std::size_t kReplyRoom = 64;

}  // namespace

void ReflectorCounts::merge(const ReflectorCounts& other) {
  calls += other.calls;
  messages += other.messages;
  datagrams += other.datagrams;
  g_pdus += other.g_pdus;
  bytes_inner += other.bytes_inner;
  unknown_teid += other.unknown_teid;
  malformed += other.malformed;
  if (first_ns == 0 || (other.first_ns != 0 && other.first_ns < first_ns)) first_ns = other.first_ns;
  last_ns = std::max(last_ns, other.last_ns);
  tx_packets += other.tx_packets;
  tx_octets += other.tx_octets;
  for (const ErrorCount& error : other.tx_errors) add_error(tx_errors, error.name, error.count);
  gtp.merge(other.gtp);
}

class Reflector::Worker {
 public:
  Worker(const TeidMap& map, const ReflectorOptions& options, std::vector<int> sockets)
      : map_(map),
        options_(options),
        sockets_(std::move(sockets)),
        poll_(::epoll_create1(EPOLL_CLOEXEC)),
        queue_(options.rows),
        replies_(std::make_unique<std::byte[]>(kReplies * kReplyRoom)) {}
  ~Worker() {
    mailbox_.stop();
    if (thread_.joinable()) thread_.join();
  }
  Worker(const Worker&) = delete;
  Worker& operator=(const Worker&) = delete;

  Result<void> start() {
    if (auto watched = watch_all(poll_.value(), mailbox_.wake_fd(), sockets_); !watched) return watched;
    thread_ = std::thread([this] { run(); });
    return {};
  }
  ReflectorCounts ask() { return mailbox_.ask(); }
  void stop() noexcept { mailbox_.stop(); }
  void join() {
    if (thread_.joinable()) thread_.join();
  }

 private:
  void run() {
    std::array<epoll_event, 16> events;
    while (!mailbox_.stopped()) {
      const int n = ::epoll_wait(poll_.value(), events.data(), static_cast<int>(events.size()), -1);
      for (std::size_t i = 0; n > 0 && i < static_cast<std::size_t>(n); ++i) {
        const std::uint64_t tag = events[i].data.u64;
        if (tag == kWakeTag) {
          mailbox_.drain_wake();
          continue;
        }
        const int fd = sockets_[static_cast<std::size_t>(tag)];
        if ((events[i].events & EPOLLERR) != 0) counts_.gtp.icmp_errors += drain_error_queue(fd);
        for (int turn = 0; turn < kTurns && read(fd); ++turn) {
        }
      }
      if (mailbox_.wanted()) mailbox_.answer(counts());
    }
    for (const int fd : sockets_) {
      for (int turn = 0; turn < kLastTurns && read(fd); ++turn) {
      }
    }
    mailbox_.end(counts());
  }

  ReflectorCounts counts() {
    counts_.tx_packets = queue_.packets();
    counts_.tx_octets = queue_.octets();
    counts_.tx_errors = queue_.errors();
    return counts_;
  }

  bool read(int fd) {
    const auto messages = reader_.read(fd);
    if (messages.empty()) return false;
    ++counts_.calls;
    replies_used_ = 0;
    for (const BatchReader::Message& message : messages) {
      ++counts_.messages;
      for (std::size_t i = 0; i < message.count(); ++i) take(fd, message, message.datagram(i));
    }
    queue_.flush(fd);
    return messages.size() == BatchReader::kBatch;
  }

  void send(int fd, Bytes octets, const SocketAddress& to, const IpAddress& from) {
    if (queue_.add(octets, to, from)) return;
    queue_.flush(fd);
    queue_.add(octets, to, from);
  }

  void take(int fd, const BatchReader::Message& message, std::span<std::byte> octets) {
    ++counts_.datagrams;
    if (options_.plain) {
      turn_around_payload(octets);
      turned(message, octets.size());
      send(fd, octets, message.from, message.to);
      return;
    }
    const Datagram datagram = read_datagram(octets);
    switch (datagram.kind) {
      case Datagram::Kind::g_pdu:
        g_pdu(fd, message, octets, datagram);
        break;
      case Datagram::Kind::echo_request:
        ++counts_.gtp.echo_requests;
        if (options_.answer_echo) {
          reply(fd, message.from, message.to,
                [&](ByteWriter& out) { wire::write_echo_response(out, datagram.sequence_number.value_or(0)); });
        }
        break;
      case Datagram::Kind::echo_response:
        ++counts_.gtp.echo_responses;
        break;
      case Datagram::Kind::error_indication:
        ++counts_.gtp.error_indications;
        break;
      case Datagram::Kind::supported_extension_headers:
        ++counts_.gtp.supported_extension_headers;
        break;
      case Datagram::Kind::version_not_supported:
        ++counts_.gtp.version_not_supported;
        break;
      case Datagram::Kind::end_marker:
        ++counts_.gtp.end_markers;
        break;
      case Datagram::Kind::other:
        ++counts_.gtp.other;
        break;
      case Datagram::Kind::malformed:
        ++counts_.malformed;
        break;
    }
  }

  void g_pdu(int fd, const BatchReader::Message& message, std::span<std::byte> octets, const Datagram& datagram) {
    const auto teid = map_.find(datagram.teid);
    if (!teid) {
      ++counts_.unknown_teid;
      if (options_.strict) error_indication(fd, message, datagram);
      return;
    }
    if (turn_around(octets, datagram, *teid) == Turned::malformed) {
      ++counts_.malformed;
      return;
    }
    turned(message, datagram.t_pdu.size());
    send(fd, octets, message.from, message.to);
  }

  void turned(const BatchReader::Message& message, std::size_t inner) noexcept {
    ++counts_.g_pdus;
    counts_.bytes_inner += inner;
    if (counts_.first_ns == 0) counts_.first_ns = message.time_ns;
    counts_.last_ns = message.time_ns;
  }

  // TS 29.281, 7.3.1: which tunnel, and the address that the G-PDU was sent to.
  void error_indication(int fd, const BatchReader::Message& message, const Datagram& datagram) {
    const Endpoint peer = message.from.endpoint();
    const IpAddress ours = message.to.empty() ? IpAddress::v4(0) : message.to;
    const SocketAddress to(Endpoint{peer.address, options_.error_port != 0 ? options_.error_port : peer.port});
    const bool said = reply(fd, to, message.to, [&](ByteWriter& out) {
      wire::write_error_indication(out, datagram.teid, ours, peer.port);
    });
    if (said) ++counts_.gtp.error_indications_sent;
  }

  template <typename Write>
  bool reply(int fd, const SocketAddress& to, const IpAddress& from, Write write) {
    if (replies_used_ == kReplies) return false;
    ByteWriter out(std::span(replies_.get() + kReplyRoom * replies_used_, kReplyRoom));
    write(out);
    if (out.overflowed()) return false;
    ++replies_used_;
    send(fd, out.view(), to, from);
    return true;
  }

  const TeidMap& map_;
  ReflectorOptions options_;
  std::vector<int> sockets_;
  Fd poll_;
  BatchReader reader_;
  ReplyQueue queue_;
  std::unique_ptr<std::byte[]> replies_;
  std::size_t replies_used_ = 0;
  ReflectorCounts counts_;
  Mailbox<ReflectorCounts> mailbox_;
  std::thread thread_;
};

Reflector::~Reflector() = default;

Result<std::unique_ptr<Reflector>> Reflector::start(const TeidMap& map, const ReflectorOptions& options,
                                                    const std::vector<int>& sockets, std::size_t threads) {
  auto reflector = std::unique_ptr<Reflector>(new Reflector());
  const std::size_t count = std::clamp<std::size_t>(threads, 1, std::max<std::size_t>(sockets.size(), 1));
  for (std::size_t i = 0; i < count; ++i) {
    std::vector<int> mine;
    for (std::size_t s = i; s < sockets.size(); s += count) mine.push_back(sockets[s]);
    reflector->workers_.push_back(std::make_unique<Worker>(map, options, std::move(mine)));
    if (auto started = reflector->workers_.back()->start(); !started) return std::move(started).error();
  }
  return reflector;
}

ReflectorCounts Reflector::snapshot() {
  ReflectorCounts sum;
  for (const auto& worker : workers_) sum.merge(worker->ask());
  return sum;
}

ReflectorCounts Reflector::finish() {
  for (const auto& worker : workers_) worker->stop();
  for (const auto& worker : workers_) worker->join();
  return snapshot();
}

}  // namespace gtp::gen
