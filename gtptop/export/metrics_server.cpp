// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtptop/export/metrics_server.hpp"

#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>

#include <algorithm>
#include <chrono>

namespace gtp::top {
namespace {

constexpr int kBacklog = 128;
// A scraper closes as soon as it has the answer; half a second is a far one's way.
constexpr std::uint64_t kDrainNs = 500'000'000;

std::uint64_t steady_ns() {
  return static_cast<std::uint64_t>(std::chrono::steady_clock::now().time_since_epoch().count());
}

struct SocketAddress {
  sockaddr_storage storage{};
  socklen_t size = 0;

  sockaddr* get() noexcept { return static_cast<sockaddr*>(static_cast<void*>(&storage)); }
};

SocketAddress socket_address(const ListenAddress& where) {
  SocketAddress result;
  const Bytes octets = where.address.octets();
  if (where.address.is_v6()) {
    sockaddr_in6 v6{};
    v6.sin6_family = AF_INET6;
    v6.sin6_port = htons(where.port);
    std::memcpy(&v6.sin6_addr, octets.data(), octets.size());
    std::memcpy(&result.storage, &v6, sizeof v6);
    result.size = sizeof v6;
  } else {
    sockaddr_in v4{};
    v4.sin_family = AF_INET;
    v4.sin_port = htons(where.port);
    std::memcpy(&v4.sin_addr, octets.data(), octets.size());
    std::memcpy(&result.storage, &v4, sizeof v4);
    result.size = sizeof v4;
  }
  return result;
}

std::uint16_t port_of(const sockaddr_storage& storage) {
  // The port is at the same place in both.
  sockaddr_in v4{};
  std::memcpy(&v4, &storage, sizeof v4);
  return ntohs(v4.sin_port);
}

Error cannot_listen(const ListenAddress& where, int error) {
  Error failure = Error::from_errno("cannot listen on " + where.text(), error);
  if (error == EADDRINUSE) failure.hint = "ss -ltnp 'sport = :" + std::to_string(where.port) + "', or another port";
  if (error == EADDRNOTAVAIL) failure.hint = "ip address show; the address must be one of this host";
  if (error == EACCES) failure.hint = "a port from 1024 on, which needs no right";
  return failure;
}

bool ended(ssize_t n) { return n == 0 || (n < 0 && errno != EAGAIN && errno != EINTR); }

}  // namespace

Result<std::unique_ptr<MetricsServer>> MetricsServer::open(const ListenAddress& where) {
  SocketAddress to = socket_address(where);
  Fd listener(::socket(to.storage.ss_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
  if (!listener) return cannot_listen(where, errno);
  const int on = 1;
  // The connections of the one before may still be fading; a listener still there is refused all the same.
  ::setsockopt(listener.value(), SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  if (where.address.is_v6()) ::setsockopt(listener.value(), IPPROTO_IPV6, IPV6_V6ONLY, &on, sizeof on);
  if (::bind(listener.value(), to.get(), to.size) != 0 || ::listen(listener.value(), kBacklog) != 0) {
    return cannot_listen(where, errno);
  }
  ListenAddress bound = where;
  if (::getsockname(listener.value(), to.get(), &to.size) == 0) bound.port = port_of(to.storage);
  return std::unique_ptr<MetricsServer>(new MetricsServer(std::move(listener), bound));
}

MetricsServer::MetricsServer(Fd listener, const ListenAddress& address)
    : listener_(std::move(listener)), address_(address) {
  connections_.reserve(kMaxConnections);
}

void MetricsServer::accept_all(std::uint64_t now_ns) {
  for (std::size_t i = 0; i < kMaxConnections; ++i) {
    Fd fd(::accept4(listener_.value(), nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK));
    // Without descriptors left, the oldest makes room for the next turn.
    if (!fd && (errno == EMFILE || errno == ENFILE) && !connections_.empty()) connections_.erase(connections_.begin());
    if (!fd) return;
    if (connections_.size() == kMaxConnections) connections_.erase(connections_.begin());
    Connection& connection = connections_.emplace_back();
    connection.fd = std::move(fd);
    connection.deadline_ns = now_ns + kPatienceNs;
  }
}

void MetricsServer::read_request(Connection& connection, std::uint64_t now_ns, const Answer& answer) {
  char piece[2048];
  const ssize_t n = ::recv(connection.fd.value(), piece, sizeof piece, 0);
  if (ended(n)) connection.fd.reset();
  if (n <= 0) return;
  std::string& request = connection.head;
  request.append(piece, static_cast<std::size_t>(n));
  const bool whole = request.find("\r\n\r\n") != std::string::npos || request.find("\n\n") != std::string::npos;
  const bool too_long = !whole && request.size() > kMaxRequest;
  if (!whole && !too_long) return;
  HttpReply reply;
  if (too_long) {
    reply.head = "HTTP/1.1 431 Request Header Fields Too Large\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
  } else {
    reply = reply_to(request, answer);
  }
  connection.head = std::move(reply.head);
  connection.body = std::move(reply.body);
  connection.stage = Stage::writing;
  connection.deadline_ns = now_ns + kPatienceNs;
  write_answer(connection, now_ns);
}

void MetricsServer::write_answer(Connection& connection, std::uint64_t now_ns) {
  for (;;) {
    const std::size_t head = connection.head.size();
    const bool in_head = connection.sent < head;
    std::string_view rest = in_head ? connection.head : connection.body ? std::string_view(*connection.body) : "";
    rest.remove_prefix(std::min(in_head ? connection.sent : connection.sent - head, rest.size()));
    if (rest.empty()) break;
    const ssize_t n = ::send(connection.fd.value(), rest.data(), rest.size(), MSG_NOSIGNAL);
    if (ended(n)) connection.fd.reset();
    if (n <= 0) return;
    connection.sent += static_cast<std::size_t>(n);
    connection.deadline_ns = now_ns + kPatienceNs;  // it does read
  }
  // To close while something of theirs is unread would reset the connection and take our answer away from them.
  ::shutdown(connection.fd.value(), SHUT_WR);
  connection.stage = Stage::draining;
  connection.deadline_ns = now_ns + kDrainNs;
  connection.body.reset();
}

void MetricsServer::drain(Connection& connection) {
  char piece[2048];
  if (ended(::recv(connection.fd.value(), piece, sizeof piece, 0))) connection.fd.reset();
}

void MetricsServer::advance(Connection& connection, std::uint64_t now_ns, const Answer& answer) {
  switch (connection.stage) {
    case Stage::reading:
      return read_request(connection, now_ns, answer);
    case Stage::writing:
      return write_answer(connection, now_ns);
    case Stage::draining:
      return drain(connection);
  }
}

void MetricsServer::serve(std::span<const int> wake, const Answer& answer) {
  std::vector<pollfd> polled;
  for (;;) {
    polled.clear();
    for (const int fd : wake) polled.push_back({fd, POLLIN, 0});
    polled.push_back({listener_.value(), POLLIN, 0});
    std::uint64_t deadline = UINT64_MAX;
    for (const Connection& connection : connections_) {
      const short events = connection.stage == Stage::writing ? POLLOUT : POLLIN;
      polled.push_back({connection.fd.value(), events, 0});
      deadline = std::min(deadline, connection.deadline_ns);
    }
    const std::uint64_t before = steady_ns();
    const std::uint64_t left = deadline > before ? (deadline - before) / 1'000'000 + 1 : 0;
    ::poll(polled.data(), polled.size(), connections_.empty() ? -1 : static_cast<int>(left));

    const std::uint64_t now = steady_ns();
    for (std::size_t i = 0; i < connections_.size(); ++i) {
      if (polled[wake.size() + 1 + i].revents != 0) advance(connections_[i], now, answer);
    }
    std::erase_if(connections_, [now](const Connection& one) { return !one.fd || one.deadline_ns <= now; });
    if (polled[wake.size()].revents != 0) accept_all(now);
    for (std::size_t i = 0; i < wake.size(); ++i) {
      if (polled[i].revents != 0) return;
    }
  }
}

}  // namespace gtp::top
