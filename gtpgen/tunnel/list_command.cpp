// SPDX-License-Identifier: GPL-2.0-or-later
#include <cstdio>

#include "gtpgen/take.hpp"
#include "gtpgen/tunnel/settings.hpp"
#include "gtpgen/tunnel/tunnel_commands.hpp"
#include "gtpgen/tunnel/tunnel_list.hpp"
#include "libcommon/output/message.hpp"
#include "libcommon/sys/terminal.hpp"

namespace gtp::gen {
namespace {

class ListCommand final : public Command {
 public:
  std::string_view name() const override { return "tunnel list"; }
  std::string_view synopsis() const override { return "[options]"; }
  std::string_view summary() const override { return "show the kernel's tunnels, with counters where it has them"; }
  std::string_view examples() const override {
    return "Examples\n"
           "  gtpgen tunnel list --dev gtp0 --peer 192.0.2.7\n"
           "  gtpgen tunnel list --json | jq -r 'select(.rx_packets == 0) | .ue_ip'\n"
           "                              who has sent nothing yet?\n";
  }

  std::vector<OptionGroup> options() override {
    return {
        {"Which tunnels",
         {
             {"--dev", "LINK", "only those of this link", take_text(where_.dev)},
             {"--netns", "NAME", "in this network namespace", take_text(where_.netns)},
             {"--peer", "ADDR", "only those that lead there", take_address(peer_)},
             {"-n,--count", "N", "at most so many", take_count(limit_, 1)},
         }},
        {"Output",
         {
             {"--json", "", "a JSON object for each", take_flag(json_)},
             {"--csv", "", "CSV with a line of names", take_flag(csv_)},
             {"--reset", "", "and set the counters to zero", take_flag(reset_)},
         }},
    };
  }
  Result<void> take_words(std::vector<std::string> words) override { return refuse_words(words); }
  Result<void> check() override {
    if (json_ && csv_) return usage("--json or --csv, not both");
    if (reset_ && limit_)
      return usage("--reset sets the counters of all to zero, also of those that --count leaves out");
    return {};
  }
  Result<int> run(sys::Signals& signals) override;

 private:
  WhereOptions where_;
  IpAddress peer_;
  std::optional<std::uint64_t> limit_;
  bool json_ = false;
  bool csv_ = false;
  bool reset_ = false;
};

Result<int> ListCommand::run(sys::Signals& signals) {
  auto kernel = KernelSide::open(where_.netns);
  if (!kernel) return std::move(kernel).error();
  netlink::TunnelFilter filter;
  filter.stats = true;
  filter.reset = reset_;
  filter.peer = peer_;
  if (!where_.dev.empty()) {
    auto link = kernel->find_link(where_.dev);
    if (!link) return std::move(link).error();
    filter.link = link->index;
  }
  const sys::Terminal terminal = sys::inspect_terminal(1);
  TunnelList list(stdout,
                  json_  ? ListFormat::json
                  : csv_ ? ListFormat::csv
                         : ListFormat::text,
                  kernel->client().family().tools, terminal.is_terminal ? terminal.columns : 0,
                  output::Style(terminal.colour));
  const std::uint64_t limit = limit_.value_or(UINT64_MAX);
  if (auto begun = kernel->client().begin_dump(filter); !begun) return std::move(begun).error();
  for (bool more = true; more && list.rows() < limit && signals.received() == 0;) {
    const auto read = kernel->client().read_dump([&](const netlink::Tunnel& tunnel) {
      if (list.rows() < limit) list.add(tunnel, kernel->name_of(tunnel.link));
    });
    if (!read) return read.error();
    more = *read;
  }
  if (!list.finish()) return Error::from_errno("standard output");
  if (kernel->client().dump_result().interrupted) {
    output::print_warning("gtpgen", "tunnels came, went or changed meanwhile", output::Style(terminal.colour));
  }
  if (list.rows() != 0 || json_ || csv_) return 0;
  return Error{ErrorCode::nothing, 0, "the kernel has no such tunnel", "gtpgen tunnel add --peer …"};
}

}  // namespace

std::unique_ptr<Command> make_tunnel_list_command() { return std::make_unique<ListCommand>(); }

}  // namespace gtp::gen
