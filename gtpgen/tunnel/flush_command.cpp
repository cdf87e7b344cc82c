// SPDX-License-Identifier: GPL-2.0-or-later
#include <chrono>
#include <cstdio>

#include "gtpgen/take.hpp"
#include "gtpgen/tunnel/settings.hpp"
#include "gtpgen/tunnel/tunnel_commands.hpp"
#include "gtpgen/tunnel/tunnel_text.hpp"

namespace gtp::gen {
namespace {

using std::chrono::steady_clock;

class FlushCommand final : public Command {
 public:
  std::string_view name() const override { return "tunnel flush"; }
  std::string_view synopsis() const override { return "[options]"; }
  std::string_view summary() const override { return "remove all tunnels of a link, or those of a peer"; }
  std::string_view examples() const override {
    return "Examples\n"
           "  gtpgen tunnel flush --dev gtp0\n"
           "  gtpgen tunnel flush --dev gtp0 --link      the link as well\n";
  }

  std::vector<OptionGroup> options() override {
    return {
        where_.group(),
        {"Which tunnels", {{"--peer", "ADDR", "only those that lead there", take_address(peer_)}}},
        {"Output and end",
         {
             {"--link", "", "remove the link, and with it all that it has", take_flag(link_)},
             {"--dry-run", "", "print the commands of libgtpnl, do nothing", take_flag(dry_run_)},
             {"--json", "", "the result as JSON", take_flag(json_)},
         }},
    };
  }
  Result<void> take_words(std::vector<std::string> words) override { return refuse_words(words); }
  Result<void> check() override {
    if (dry_run_ && json_) return usage("--dry-run only prints commands");
    if (link_ && !peer_.empty()) return usage("--link removes the tunnels of all peers", "without --peer");
    return {};
  }
  Result<int> run(sys::Signals& signals) override;

 private:
  Result<int> print_commands(KernelSide& kernel, const netlink::Link& link, const netlink::TunnelFilter& filter) const;
  Result<Outcome> remove_link(KernelSide& kernel, const netlink::Link& link) const;

  WhereOptions where_;
  IpAddress peer_;
  bool link_ = false;
  bool dry_run_ = false;
  bool json_ = false;
};

Result<int> FlushCommand::print_commands(KernelSide& kernel, const netlink::Link& link,
                                         const netlink::TunnelFilter& filter) const {
  TextBuffer text;
  CommandText commands(text, where_.netns, link.name);
  bool written = true;
  const auto write = [&] {
    written = written && std::fwrite(text.view().data(), 1, text.size(), stdout) == text.size();
    text.clear();
  };
  if (link_) {
    commands.remove_link();
    write();
  } else {
    const auto dumped = kernel.client().dump(filter, [&](const netlink::Tunnel& tunnel) {
      commands.remove(netlink::TunnelKey::of(tunnel));
      write();
    });
    if (!dumped) return dumped.error();
  }
  if (!written) return Error::from_errno("standard output");
  return 0;
}

// Counted first, so that the report says what went.
Result<Outcome> FlushCommand::remove_link(KernelSide& kernel, const netlink::Link& link) const {
  Outcome outcome;
  netlink::TunnelFilter filter;
  filter.link = link.index;
  const auto counted = kernel.client().dump(filter, [&](const netlink::Tunnel&) { ++outcome.done; });
  if (!counted) return counted.error();
  if (auto removed = kernel.remove_link(link); !removed) return std::move(removed).error();
  return outcome;
}

Result<int> FlushCommand::run(sys::Signals& signals) {
  auto kernel = KernelSide::open(where_.netns);
  if (!kernel) return std::move(kernel).error();
  auto link = kernel->find_link(where_.dev);
  if (!link) return std::move(link).error();
  netlink::TunnelFilter filter;
  filter.link = link->index;
  filter.peer = peer_;
  if (dry_run_) return print_commands(*kernel, *link, filter);
  const auto start = steady_clock::now();
  auto outcome = link_ ? remove_link(*kernel, *link)
                       : flush_tunnels(kernel->client(), filter, [&] { return signals.received() != 0; });
  if (!outcome) return std::move(outcome).error();
  return print_report({"flush", "removed", link->name, *std::move(outcome), steady_clock::now() - start}, json_);
}

}  // namespace

std::unique_ptr<Command> make_tunnel_flush_command() { return std::make_unique<FlushCommand>(); }

}  // namespace gtp::gen
