// SPDX-License-Identifier: GPL-2.0-or-later
//
// ReceiveThread: waits for some sources and hands what comes to an Analyzer of its own. Nothing is shared per packet;
// its counters are asked for through a Mailbox.
#pragma once

#include <chrono>
#include <memory>
#include <thread>
#include <vector>

#include "gtpgen/receive/analyzer.hpp"
#include "gtpgen/receive/batch_reader.hpp"
#include "gtpgen/receive/mailbox.hpp"
#include "gtpgen/receive/reception.hpp"
#include "libcommon/util/fd.hpp"

namespace gtp::gen {

class ReceiveThread {
 public:
  struct Options {
    bool verify = true;
    bool answer_echo = true;
    std::optional<Stamp::Kind> only;
    std::chrono::milliseconds look{0};  // ReceptionPlan::look
  };

  static Result<std::unique_ptr<ReceiveThread>> start(Runs& runs, std::vector<Source> sources, Options options);
  ReceiveThread(const ReceiveThread&) = delete;
  ReceiveThread& operator=(const ReceiveThread&) = delete;
  ~ReceiveThread();

  // What has come until now. Any thread.
  ThreadResult snapshot() { return mailbox_.ask(); }
  // What is in the sockets then is still read; nothing that comes afterwards is.
  void ask_to_stop() noexcept { mailbox_.stop(); }
  ThreadResult join();

 private:
  ReceiveThread(Runs& runs, std::vector<Source> sources, Options options, Fd poll);
  void run();
  void wait_and_read();
  void look_and_read();
  void count_errors(const Source& source) noexcept;
  bool read(const Source& source);
  void answer_echo(const Source& source, const BatchReader::Message& message, const Datagram& datagram) noexcept;

  Options options_;
  std::vector<Source> sources_;
  Fd poll_;
  Analyzer analyzer_;
  BatchReader reader_;
  Mailbox<ThreadResult> mailbox_;
  std::thread thread_;
};

// An epoll set of [fds], whose tags are their places, and of [wake_fd], whose tag is kWakeTag.
inline constexpr std::uint64_t kWakeTag = UINT64_MAX;
Result<void> watch_all(int poll, int wake_fd, const std::vector<int>& fds);

}  // namespace gtp::gen
