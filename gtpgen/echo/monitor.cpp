// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtpgen/echo/monitor.hpp"

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>

#include <array>
#include <cstdio>

#include "libcommon/util/civil_time.hpp"
#include "libcommon/util/fd.hpp"
#include "libcommon/util/text_buffer.hpp"

extern char** environ;

namespace gtp::gen::echo {
namespace {

std::string_view hook_name(Event::Kind kind) noexcept {
  switch (kind) {
    case Event::Kind::path_up:
      return "up";
    case Event::Kind::path_down:
      return "down";
    case Event::Kind::restarted:
      return "restart";
    default:
      return {};
  }
}

// A label's value: backslash, quote and line feed are escaped.
void put_label(TextBuffer& out, std::string_view value) {
  for (const char c : value) {
    if (c == '\\' || c == '"') out.put('\\');
    if (c == '\n') {
      out.put("\\n");
    } else {
      out.put(c);
    }
  }
}

class Metrics {
 public:
  Metrics(TextBuffer& out, const Engine& engine) : out_(out), engine_(engine) {}

  // [value] gives the number of a peer, or nothing where it has none.
  enum class Unit : std::uint8_t { none, nanoseconds };
  template <typename Value>
  void put(std::string_view name, std::string_view type, std::string_view help, Value value, Unit unit = Unit::none) {
    out_.put("# HELP gtpgen_echo_");
    out_.put(name);
    out_.put(' ');
    out_.put(help);
    out_.put("\n# TYPE gtpgen_echo_");
    out_.put(name);
    out_.put(' ');
    out_.put(type);
    out_.put('\n');
    for (const Peer& peer : engine_.peers()) {
      const std::optional<std::uint64_t> number = value(peer);
      if (!number) continue;
      out_.put("gtpgen_echo_");
      out_.put(name);
      out_.put("{peer=\"");
      put_label(out_, peer.target().name);
      out_.put("\",protocol=\"");
      out_.put(info(peer.dialect()).key);
      out_.put("\"} ");
      // Prometheus counts in seconds.
      out_.put_dec(unit == Unit::none ? *number : *number / kNanosecondsPerSecond);
      if (unit == Unit::nanoseconds) {
        out_.put('.');
        out_.put_padded(*number % kNanosecondsPerSecond, 9);
      }
      out_.put('\n');
    }
  }

 private:
  TextBuffer& out_;
  const Engine& engine_;
};

void put_metrics(TextBuffer& out, const Engine& engine) {
  using Number = std::optional<std::uint64_t>;
  Metrics metrics(out, engine);
  metrics.put("up", "gauge", "1 while the path is up, 0 while it is down", [](const Peer& peer) -> Number {
    if (peer.path() == Path::unknown) return std::nullopt;
    return peer.path() == Path::up ? 1 : 0;
  });
  metrics.put("sent_total", "counter", "Echo Requests", [](const Peer& peer) -> Number { return peer.counts().sent; });
  metrics.put("answered_total", "counter", "Echo Responses in time",
              [](const Peer& peer) -> Number { return peer.counts().answered; });
  metrics.put("lost_total", "counter", "Echo Requests that were not answered",
              [](const Peer& peer) -> Number { return peer.counts().lost + peer.counts().unreachable; });
  metrics.put("malformed_total", "counter", "answers that break the protocol",
              [](const Peer& peer) -> Number { return peer.counts().malformed; });
  metrics.put("retransmitted_total", "counter", "Echo Requests sent again",
              [](const Peer& peer) -> Number { return peer.counts().retransmitted; });
  metrics.put("restarts_total", "counter", "restarts of the peer, by its restart counter",
              [](const Peer& peer) -> Number { return peer.counts().restarts; });
  metrics.put("restart_counter", "gauge", "the peer's restart counter",
              [](const Peer& peer) -> Number { return peer.restart_counter(); });
  metrics.put(
      "rtt_seconds", "gauge", "the last round trip", [](const Peer& peer) -> Number { return peer.last_rtt_ns(); },
      Metrics::Unit::nanoseconds);
}

}  // namespace

void Hook::handle(const Event& event) {
  const std::string_view name = hook_name(event.kind);
  if (name.empty() || command_.empty()) return;
  std::vector<std::string> values = {
      "GTPGEN_EVENT=" + std::string(name),
      "GTPGEN_HOST=" + event.peer.target().name,
      "GTPGEN_ADDRESS=" + event.peer.target().address.text(),
      "GTPGEN_PROTOCOL=" + std::string(info(event.peer.dialect()).key),
  };
  if (const auto counter = event.peer.restart_counter()) {
    values.push_back("GTPGEN_RECOVERY=" + std::to_string(*counter));
  }
  if (event.kind == Event::Kind::restarted) {
    values.push_back("GTPGEN_PREVIOUS_RECOVERY=" + std::to_string(event.previous));
  }
  std::vector<char*> environment;
  for (char** at = environ; *at != nullptr; ++at) environment.push_back(*at);
  for (std::string& value : values) environment.push_back(value.data());
  environment.push_back(nullptr);

  std::array<std::string, 3> words = {"sh", "-c", command_};
  std::array<char*, 4> arguments = {words[0].data(), words[1].data(), words[2].data(), nullptr};
  posix_spawn_file_actions_t files;
  ::posix_spawn_file_actions_init(&files);
  // stdout is data.
  ::posix_spawn_file_actions_addopen(&files, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  ::posix_spawn_file_actions_adddup2(&files, STDERR_FILENO, STDOUT_FILENO);
  posix_spawnattr_t attributes;
  ::posix_spawnattr_init(&attributes);
  // What we block or ignore is our affair.
  sigset_t none;
  ::sigemptyset(&none);
  sigset_t defaults;
  ::sigemptyset(&defaults);
  ::sigaddset(&defaults, SIGPIPE);
  ::posix_spawnattr_setsigmask(&attributes, &none);
  ::posix_spawnattr_setsigdefault(&attributes, &defaults);
  ::posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
  pid_t pid = 0;
  if (::posix_spawn(&pid, "/bin/sh", &files, &attributes, arguments.data(), environment.data()) == 0) {
    running_.push_back(pid);
  }
  ::posix_spawnattr_destroy(&attributes);
  ::posix_spawn_file_actions_destroy(&files);
}

void Hook::reap() noexcept {
  std::erase_if(running_, [](pid_t pid) { return ::waitpid(pid, nullptr, WNOHANG) != 0; });
}

Result<void> write_metrics(const std::string& path, const Engine& engine) {
  TextBuffer text;
  put_metrics(text, engine);
  const std::string beside = path + ".tmp";
  Fd file(::open(beside.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644));
  if (!file) return Error::from_errno(beside);
  for (std::string_view rest = text.view(); !rest.empty();) {
    const ssize_t n = ::write(file.value(), rest.data(), rest.size());
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return Error::from_errno(beside);
    rest.remove_prefix(static_cast<std::size_t>(n));
  }
  if (::close(file.release()) != 0) return Error::from_errno(beside);
  if (::rename(beside.c_str(), path.c_str()) != 0) return Error::from_errno(path);
  return {};
}

}  // namespace gtp::gen::echo
