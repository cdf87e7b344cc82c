// SPDX-License-Identifier: GPL-2.0-or-later
//
// MetricsServer: as much HTTP/1.1 as a scraper wants. GET and HEAD of /metrics; a connection is for one request.
//
// One thread does all: connections never wait for each other, and whoever sends or reads too slowly is let go. There
// are at most kMaxConnections; the one that has kept us longest gives way to a new one, so that a scraper gets in
// whatever others do.
//
//   reading ──request──▶ writing ──all sent──▶ draining ──their end──▶ closed
//      └────────────┴── kPatienceNs ──┴──────────────┘
//
// The socket belongs to the network namespace of the thread that calls open(), for good.
#pragma once

#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "gtptop/export/listen_address.hpp"
#include "libcommon/util/fd.hpp"
#include "libcommon/util/result.hpp"

namespace gtp::top {

struct HttpAnswer {
  int status = 200;
  std::string_view content_type = "text/plain; charset=utf-8";
  std::shared_ptr<const std::string> body;  // one text for all who ask at a time
};

class MetricsServer {
 public:
  static constexpr std::size_t kMaxConnections = 64;
  static constexpr std::size_t kMaxRequest = 8192;
  static constexpr std::uint64_t kPatienceNs = 5'000'000'000;

  // Binds and listens: what can go wrong goes wrong here.
  static Result<std::unique_ptr<MetricsServer>> open(const ListenAddress& where);

  // The address, with the port that was found for port 0.
  const ListenAddress& address() const noexcept { return address_; }

  // [accept]: the request's header of that name.
  using Answer = std::function<HttpAnswer(std::string_view accept)>;
  // Serves until one of [wake] is readable.
  void serve(std::span<const int> wake, const Answer& answer);

 private:
  enum class Stage : std::uint8_t { reading, writing, draining };
  struct Connection {
    Fd fd;
    Stage stage = Stage::reading;
    std::uint64_t deadline_ns = 0;
    std::string head;  // the request while it is read, then the head of the answer
    std::shared_ptr<const std::string> body;
    std::size_t sent = 0;
  };

  MetricsServer(Fd listener, const ListenAddress& address);
  void accept_all(std::uint64_t now_ns);
  void advance(Connection& connection, std::uint64_t now_ns, const Answer& answer);
  void read_request(Connection& connection, std::uint64_t now_ns, const Answer& answer);
  void write_answer(Connection& connection, std::uint64_t now_ns);
  void drain(Connection& connection);

  Fd listener_;
  ListenAddress address_;
  std::vector<Connection> connections_;  // in the order in which they came
};

// The answer to a request, without a socket: for the server, and for tests.
struct HttpReply {
  std::string head;
  std::shared_ptr<const std::string> body;  // null for HEAD
};
HttpReply reply_to(std::string_view request, const MetricsServer::Answer& answer);

}  // namespace gtp::top
