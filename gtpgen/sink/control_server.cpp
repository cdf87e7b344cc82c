// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtpgen/sink/control_server.hpp"

#include <netinet/in.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>

#include "gtpgen/receive/socket_address.hpp"

namespace gtp::gen {
namespace {

// A request is short; the longest has kMaxSentRuns pairs of numbers.
constexpr std::size_t kMaxRequest = 1U << 18;
constexpr int kSendTimeoutS = 5;

Result<Fd> listen_on(const Endpoint& endpoint) {
  const int family = endpoint.address.version() == 6 ? AF_INET6 : AF_INET;
  Fd socket(::socket(family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
  if (!socket) return Error::from_errno("cannot make a control socket");
  const int on = 1;
  ::setsockopt(socket.value(), SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  const SocketAddress address(endpoint);
  if (::bind(socket.value(), address.data(), address.size()) != 0 || ::listen(socket.value(), 8) != 0) {
    return Error::from_errno("cannot listen for control connections on " + text_of(endpoint));
  }
  return socket;
}

}  // namespace

ControlServer::ControlServer(Fd listener, Fd stop, const Endpoint& endpoint, SinkService& service)
    : listener_(std::move(listener)), stop_(std::move(stop)), endpoint_(endpoint), service_(service) {}

Result<std::unique_ptr<ControlServer>> ControlServer::start(const Endpoint& endpoint, SinkService& service) {
  auto listener = listen_on(endpoint);
  if (!listener) return std::move(listener).error();
  Fd stop(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK));
  if (!stop) return Error::from_errno("cannot make an event");
  sockaddr_storage bound{};
  socklen_t length = sizeof bound;
  ::getsockname(listener->value(), static_cast<sockaddr*>(static_cast<void*>(&bound)), &length);
  auto server = std::unique_ptr<ControlServer>(
      new ControlServer(*std::move(listener), std::move(stop), SocketAddress(&bound, length).endpoint(), service));
  server->thread_ = std::thread([raw = server.get()] { raw->run(); });
  return server;
}

ControlServer::~ControlServer() {
  constexpr std::uint64_t kOne = 1;
  (void)!::write(stop_.value(), &kOne, sizeof kOne);
  if (thread_.joinable()) thread_.join();
}

void ControlServer::run() {
  std::vector<pollfd> ready;
  while (true) {
    ready.clear();
    ready.push_back({stop_.value(), POLLIN, 0});
    ready.push_back({listener_.value(), POLLIN, 0});
    for (const auto& client : clients_) ready.push_back({client->socket.value(), POLLIN, 0});
    if (::poll(ready.data(), ready.size(), -1) < 0) continue;
    if (ready[0].revents != 0) return;
    for (std::size_t i = 2; i < ready.size(); ++i) {
      if (ready[i].revents == 0 || read(*clients_[i - 2])) continue;
      clients_[i - 2]->socket.reset();
    }
    std::erase_if(clients_, [&](const std::unique_ptr<Client>& client) {
      if (client->socket) return false;
      if (owner_ == client.get()) {
        owner_ = nullptr;
        service_.abandon_trial();
      }
      return true;
    });
    if (ready[1].revents != 0) accept();
  }
}

void ControlServer::accept() {
  Fd socket(::accept4(listener_.value(), nullptr, nullptr, SOCK_CLOEXEC));
  if (!socket || clients_.size() == kMaxClients) return;
  // An answer that nobody reads must not stop the others' for long.
  const timeval timeout{kSendTimeoutS, 0};
  ::setsockopt(socket.value(), SOL_SOCKET, SO_SNDTIMEO, &timeout, sizeof timeout);
  auto client = std::make_unique<Client>();
  client->socket = std::move(socket);
  clients_.push_back(std::move(client));
}

bool ControlServer::read(Client& client) {
  std::array<char, 16384> room;
  const ssize_t n = ::recv(client.socket.value(), room.data(), room.size(), MSG_DONTWAIT);
  if (n < 0) return errno == EAGAIN || errno == EINTR;
  if (n == 0) return false;
  client.input.append(room.data(), static_cast<std::size_t>(n));
  std::size_t start = 0;
  for (std::size_t end = client.input.find('\n'); end != std::string::npos; end = client.input.find('\n', start)) {
    if (!answer(client, std::string_view(client.input).substr(start, end - start))) return false;
    start = end + 1;
  }
  client.input.erase(0, start);
  return client.input.size() <= kMaxRequest;
}

bool ControlServer::answer(Client& client, std::string_view line) {
  TextBuffer out;
  auto request = read_request(line);
  if (!request) {
    put_refusal(out, request.error().what);
  } else if (!client.greeted && request->op != ControlRequest::Op::hello) {
    put_refusal(out, "hello comes first");
  } else {
    answer(client, *request, out);
  }
  std::string_view rest = out.view();
  while (!rest.empty()) {
    const ssize_t n = ::send(client.socket.value(), rest.data(), rest.size(), MSG_NOSIGNAL);
    if (n <= 0) return false;
    rest.remove_prefix(static_cast<std::size_t>(n));
  }
  return true;
}

void ControlServer::answer(Client& client, const ControlRequest& request, TextBuffer& out) {
  switch (request.op) {
    case ControlRequest::Op::hello: {
      const std::string mine = clock_identity();
      client.greeted = true;
      client.same_clock = !mine.empty() && mine == request.boot;
      put_hello(out, client.same_clock);
      return;
    }
    case ControlRequest::Op::start: {
      if (owner_ != nullptr && owner_ != &client) {
        put_refusal(out, "another trial is running");
        return;
      }
      RunPlan plan = request.run;
      plan.latency = client.same_clock ? LatencyMeter::Kind::one_way : LatencyMeter::Kind::one_way_relative;
      if (auto started = service_.start_trial(plan); !started) {
        put_refusal(out, started.error().what);
        return;
      }
      owner_ = &client;
      put_ok(out);
      return;
    }
    case ControlRequest::Op::counts:
      put_result(out, service_.counts());
      return;
    case ControlRequest::Op::stop: {
      if (owner_ != &client) {
        put_refusal(out, "no trial was started here");
        return;
      }
      owner_ = nullptr;
      auto result = service_.stop_trial(request.sent, request.drain, request.sent_runs);
      if (!result) {
        put_refusal(out, result.error().what);
      } else {
        put_result(out, *result);
      }
      return;
    }
  }
}

}  // namespace gtp::gen
