// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtpgen/echo/echo_command.hpp"

#include <algorithm>

#include "gtpgen/echo/path.hpp"
#include "gtpgen/echo/targets.hpp"
#include "libcommon/output/message.hpp"
#include "libcommon/sys/terminal.hpp"

namespace gtp::gen::echo {
namespace {

constexpr int kMostHops = 30;

// Swallows everything.
class NoOutput : public Output {
 public:
  void heading(const Engine&, const Settings&) override {}
  void handle(const Event&) override {}
  void statistics(const Engine&, const Summary&, bool) override {}
};

std::size_t headers_of(const Target& target) noexcept { return (target.address.is_v6() ? 40U : 20U) + 8U; }

// A size that cannot be made is refused, not rounded.
Result<void> check_size(const std::vector<Target>& targets, const Settings& settings) {
  if (settings.packet_length == 0) return {};
  for (const Target& target : targets) {
    for (const Dialect dialect : settings.dialects) {
      const std::size_t plain = headers_of(target) + plain_length(dialect, settings.content);
      const std::size_t least = headers_of(target) + shortest_padded_length(dialect, settings.content);
      if (settings.packet_length == plain || settings.packet_length >= least) continue;
      return usage("--size: a padded " + std::string(info(dialect).title) + " request to " + target.name +
                       " has at least " + std::to_string(least) + " octets",
                   "--size " + std::to_string(least));
    }
  }
  return {};
}

}  // namespace

Result<std::vector<Target>> EchoCommand::targets() const {
  const int family = ipv4_ ? 4 : ipv6_ ? 6 : run_.socket.source.version();
  std::vector<Target> out;
  for (const std::string& word : words_) {
    if (auto added = add_targets(word, family, out); !added) return std::move(added).error();
  }
  if (!hosts_file_.empty()) {
    if (auto read = read_hosts_file(hosts_file_, family, out); !read) return std::move(read).error();
    if (out.empty()) return usage(hosts_file_ + ": no host");
  }
  if (port_) {
    for (Target& target : out) {
      if (target.port == 0) target.port = static_cast<std::uint16_t>(*port_);
    }
  }
  if (auto checked = check_targets(out); !checked) return std::move(checked).error();
  if (auto checked = check_size(out, run_.settings); !checked) return std::move(checked).error();
  if (flood_ && !yes_) {
    const auto open = std::find_if(out.begin(), out.end(), [](const Target& one) { return !is_private(one.address); });
    if (open != out.end())
      return usage("flooding " + open->name + ", a public address", "--yes-really, when it is yours");
  }
  return out;
}

Result<int> EchoCommand::run_path(const std::vector<Target>& targets, sys::Signals& signals) {
  if (targets.size() != 1) return usage("--pmtu and --traceroute ask one host");
  Target target = targets.front();
  Dialect dialect = run_.settings.dialects.front();
  // Which version it speaks is found out first.
  if (run_.settings.dialects.size() > 1) {
    RunOptions options = run_;
    options.settings.count = 1;
    options.settings.packet_length = 0;
    options.socket.ttl = 0;
    NoOutput none;
    Runner runner(targets, options, none, signals);
    if (auto summary = runner.run(); !summary) return std::move(summary).error();
    if (signals.received() != 0) return 0;
    const Peer& peer = runner.engine().peers().front();
    if (peer.counts().answered > 0) {
      dialect = peer.dialect();
    } else if (path_mtu_) {
      return Error{ErrorCode::failed, 0, target.name + " does not answer", "gtpgen echo --traceroute " + target.name};
    }
  }
  SocketOptions options = run_.socket;
  options.family = target.address.version();
  options.ttl = 0;
  auto socket = EchoSocket::open(options);
  if (!socket) return std::move(socket).error();
  Prober prober(target, dialect, run_.settings, *std::move(socket), signals);
  if (trace_) return trace_route(prober, run_.socket.ttl != 0 ? run_.socket.ttl : kMostHops, run_.json);

  constexpr std::size_t kLongestPacket = 65'535;
  const std::uint32_t mtu = EchoSocket::route_mtu(options, target);
  const std::size_t limit = size_ ? static_cast<std::size_t>(*size_) : mtu != 0 ? mtu : kLongestPacket;
  return search_path_mtu(prober, std::min(limit, kLongestPacket), run_.json);
}

Result<int> EchoCommand::run(sys::Signals& signals) {
  auto hosts = targets();
  if (!hosts) return std::move(hosts).error();
  if (path_mtu_ || trace_) return run_path(*hosts, signals);

  output_.style = output::Style(sys::inspect_terminal(1).colour);
  const auto output = run_.json ? make_json_output(output_) : make_text_output(output_);
  Runner runner(*hosts, run_, *output, signals);
  auto summary = runner.run();
  if (!summary) return std::move(summary).error();
  if (summary->interrupted) return 0;
  if (summary->status > 1) {
    output::print_warning("gtpgen", summary->reason, output::Style(sys::inspect_terminal(2).colour));
  }
  return summary->status;
}

}  // namespace gtp::gen::echo

namespace gtp::gen {

std::unique_ptr<Command> make_echo_command() { return std::make_unique<echo::EchoCommand>(); }

}  // namespace gtp::gen
