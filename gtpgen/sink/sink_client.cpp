// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtpgen/sink/sink_client.hpp"

#include <netdb.h>
#include <poll.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <memory>

#include "gtpgen/command.hpp"
#include "gtpgen/receive/clock.hpp"
#include "gtpgen/sink/control.hpp"

namespace gtp::gen {
namespace {

struct Where {
  std::string host;
  std::string port = std::to_string(SinkClient::kDefaultPort);
};

Result<Where> split(std::string_view where) {
  Where out;
  const Error wrong{ErrorCode::usage, 0, "\"" + std::string(where) + "\" is no sink", "HOST:PORT or [IPV6]:PORT"};
  std::string_view port;
  if (where.starts_with('[')) {
    const std::size_t end = where.find(']');
    if (end == std::string_view::npos) return wrong;
    out.host = where.substr(1, end - 1);
    port = where.substr(end + 1);
  } else {
    const std::size_t colon = where.find(':');
    const bool v6 = colon != std::string_view::npos && where.find(':', colon + 1) != std::string_view::npos;
    out.host = v6 ? where : where.substr(0, colon);
    if (!v6 && colon != std::string_view::npos) port = where.substr(colon);
  }
  if (out.host.empty()) return wrong;
  if (port.empty()) return out;
  std::uint16_t number = 0;
  const char* const end = port.data() + port.size();
  if (port.size() < 2 || port.front() != ':' || std::from_chars(port.data() + 1, end, number).ptr != end) return wrong;
  out.port = std::to_string(number);
  return out;
}

// Waits until [fd] is ready for [events]. False: it took longer than until [deadline_ns], and errno says so.
bool wait_for(int fd, short events, std::uint64_t deadline_ns) noexcept {
  while (true) {
    const std::uint64_t now = monotonic_ns();
    if (now >= deadline_ns) break;
    pollfd ready{fd, events, 0};
    const int n =
        ::poll(&ready, 1, static_cast<int>(std::min<std::uint64_t>((deadline_ns - now) / 1'000'000 + 1, 60'000)));
    if (n > 0) return true;
    if (n < 0 && errno != EINTR) return false;
  }
  errno = ETIMEDOUT;
  return false;
}

bool connect_to(int fd, const addrinfo& address, std::uint64_t deadline_ns) noexcept {
  if (::connect(fd, address.ai_addr, address.ai_addrlen) == 0) return true;
  if (errno != EINPROGRESS || !wait_for(fd, POLLOUT, deadline_ns)) return false;
  int error = 0;
  socklen_t length = sizeof error;
  if (::getsockopt(fd, SOL_SOCKET, SO_ERROR, &error, &length) != 0) return false;
  errno = error;
  return error == 0;
}

std::uint64_t deadline(std::chrono::nanoseconds from_now) noexcept {
  return monotonic_ns() + static_cast<std::uint64_t>(from_now.count());
}

}  // namespace

Result<SinkClient> SinkClient::connect(std::string_view where, std::chrono::nanoseconds timeout) {
  auto split_where = split(where);
  if (!split_where) return std::move(split_where).error();
  addrinfo hints{};
  hints.ai_socktype = SOCK_STREAM;
  addrinfo* found = nullptr;
  const int failure = ::getaddrinfo(split_where->host.c_str(), split_where->port.c_str(), &hints, &found);
  if (failure != 0) return usage(split_where->host + ": " + ::gai_strerror(failure));
  const std::unique_ptr<addrinfo, decltype(&::freeaddrinfo)> addresses(found, &::freeaddrinfo);

  int error = ECONNREFUSED;
  for (const addrinfo* address = found; address != nullptr; address = address->ai_next) {
    Fd socket(::socket(address->ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    if (!socket || !connect_to(socket.value(), *address, deadline(timeout))) {
      error = errno;
      continue;
    }
    SinkClient client(std::move(socket), timeout);
    ControlRequest hello;
    hello.boot = clock_identity();
    TextBuffer line;
    put_request(line, hello);
    auto answer = client.ask(line.view());
    if (!answer) return std::move(answer).error();
    auto read = read_answer(*answer);
    if (!read) return std::move(read).error();
    client.host_ = read->host;
    return client;
  }
  Error failed = Error::from_errno("no connection to the sink at " + std::string(where), error);
  failed.hint = "gtpgen sink --control " + split_where->port + ", there";
  return failed;
}

Result<std::string> SinkClient::ask(std::string_view line, std::chrono::nanoseconds extra) {
  const std::uint64_t until = deadline(timeout_ + extra);
  const auto lost = [](int error) { return Error::from_errno("the sink does not answer", error); };
  while (!line.empty()) {
    const ssize_t n = ::send(socket_.value(), line.data(), line.size(), MSG_NOSIGNAL);
    if (n > 0) {
      line.remove_prefix(static_cast<std::size_t>(n));
    } else if (n < 0 && errno != EAGAIN && errno != EINTR) {
      return lost(errno);
    } else if (!wait_for(socket_.value(), POLLOUT, until)) {
      return lost(errno);
    }
  }
  while (true) {
    if (const std::size_t end = received_.find('\n'); end != std::string::npos) {
      std::string answer = received_.substr(0, end);
      received_.erase(0, end + 1);
      return answer;
    }
    if (received_.size() > kMaxControlLine) return Error{ErrorCode::protocol, 0, "the sink's answer is too long", {}};
    std::array<char, 16384> room;
    const ssize_t n = ::recv(socket_.value(), room.data(), room.size(), 0);
    if (n > 0) {
      received_.append(room.data(), static_cast<std::size_t>(n));
    } else if (n == 0) {
      return Error{ErrorCode::failed, 0, "the sink has closed the connection", {}};
    } else if (errno != EAGAIN && errno != EINTR) {
      return lost(errno);
    } else if (!wait_for(socket_.value(), POLLIN, until)) {
      return lost(errno);
    }
  }
}

Result<void> SinkClient::start(const RunPlan& plan) {
  ControlRequest request;
  request.op = ControlRequest::Op::start;
  request.run = plan;
  TextBuffer line;
  put_request(line, request);
  auto answer = ask(line.view());
  if (!answer) return std::move(answer).error();
  auto read = read_answer(*answer);
  if (!read) return std::move(read).error();
  return {};
}

Result<ReceiveResult> SinkClient::counts() {
  ControlRequest request;
  request.op = ControlRequest::Op::counts;
  TextBuffer line;
  put_request(line, request);
  auto answer = ask(line.view());
  if (!answer) return std::move(answer).error();
  auto read = read_answer(*answer);
  if (!read) return std::move(read).error();
  if (!read->result) return Error{ErrorCode::protocol, 0, "the sink's answer has no result", {}};
  return *std::move(read->result);
}

Result<ReceiveResult> SinkClient::stop(std::uint64_t sent, std::chrono::nanoseconds drain,
                                       const std::vector<SentRun>& sent_runs) {
  ControlRequest request;
  request.op = ControlRequest::Op::stop;
  request.sent = sent;
  request.drain = drain;
  if (sent_runs.size() <= kMaxSentRuns) request.sent_runs = sent_runs;
  TextBuffer line;
  put_request(line, request);
  // The sink waits until nothing has come for as long as [drain]; what trickles in may make that a few times as long.
  auto answer = ask(line.view(), drain * 4);
  if (!answer) return std::move(answer).error();
  auto read = read_answer(*answer);
  if (!read) return std::move(read).error();
  if (!read->result || !read->result->totals)
    return Error{ErrorCode::protocol, 0, "the sink's answer has no totals", {}};
  return *std::move(read->result);
}

}  // namespace gtp::gen
