// SPDX-License-Identifier: GPL-2.0-or-later
//
// ControlServer: answers the questions of sink/control.hpp on a TCP port, in a thread of its own. One client at a time
// owns the trial; others may ask for counts. A client that goes away in the middle of its trial ends it; lines that are
// too long, or clients beyond kMaxClients, end their connection.
#pragma once

#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "gtpgen/receive/socket_setup.hpp"
#include "gtpgen/sink/control.hpp"
#include "gtpgen/sink/sink_service.hpp"
#include "libcommon/util/fd.hpp"

namespace gtp::gen {

class ControlServer {
 public:
  static constexpr std::size_t kMaxClients = 8;

  static Result<std::unique_ptr<ControlServer>> start(const Endpoint& endpoint, SinkService& service);
  ControlServer(const ControlServer&) = delete;
  ControlServer& operator=(const ControlServer&) = delete;
  ~ControlServer();

  // Where it listens, with the port that the kernel chose when 0 was asked for.
  const Endpoint& endpoint() const noexcept { return endpoint_; }

 private:
  struct Client {
    Fd socket;
    std::string input;
    bool same_clock = false;
    bool greeted = false;
    bool owns_trial = false;
  };

  ControlServer(Fd listener, Fd stop, const Endpoint& endpoint, SinkService& service);
  void run();
  void accept();
  // False: the connection has ended.
  bool read(Client& client);
  bool answer(Client& client, std::string_view line);
  void answer(Client& client, const ControlRequest& request, TextBuffer& out);

  Fd listener_;
  Fd stop_;
  Endpoint endpoint_;
  SinkService& service_;
  std::vector<std::unique_ptr<Client>> clients_;
  Client* owner_ = nullptr;
  std::thread thread_;
};

}  // namespace gtp::gen
