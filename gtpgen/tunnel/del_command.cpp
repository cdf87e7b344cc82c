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

class DelCommand final : public Command {
 public:
  std::string_view name() const override { return "tunnel del"; }
  std::string_view synopsis() const override { return "[options]"; }
  std::string_view summary() const override { return "remove tunnels of the kernel by their TEIDs"; }
  std::string_view examples() const override {
    return "Examples\n"
           "  gtpgen tunnel del --teid 0x1000 -n 10k\n"
           "  gtpgen tunnel del --tunnel-file ues.csv\n";
  }

  std::vector<OptionGroup> options() override {
    return {
        where_.group(),
        {"Which tunnels", which_.options()},
        {"Output and end",
         {
             {"--dry-run", "", "print the commands of libgtpnl, do nothing", take_flag(dry_run_)},
             {"--json", "", "the result as JSON", take_flag(json_)},
         }},
    };
  }
  Result<void> take_words(std::vector<std::string> words) override { return refuse_words(words); }
  Result<void> check() override {
    if (dry_run_ && json_) return usage("--dry-run only prints commands");
    if (!which_.teids && which_.file.empty()) return usage("which tunnels?", "--teid 0x1, or gtpgen tunnel flush");
    return which_.check();
  }
  Result<int> run(sys::Signals& signals) override;

 private:
  Result<int> print_commands(const Provision& provision) const;

  WhereOptions where_;
  WhichOptions which_;
  bool dry_run_ = false;
  bool json_ = false;
};

Result<int> DelCommand::print_commands(const Provision& provision) const {
  TextBuffer text;
  CommandText commands(text, where_.netns, where_.dev.empty() ? std::string_view("gtp0") : where_.dev);
  for (std::uint32_t i = 0; i < provision.count(); ++i) {
    text.clear();
    commands.remove(provision.key(i, 0));
    if (std::fwrite(text.view().data(), 1, text.size(), stdout) != text.size()) {
      return Error::from_errno("standard output");
    }
  }
  return 0;
}

Result<int> DelCommand::run(sys::Signals& signals) {
  auto plan = which_.plan();
  if (!plan) return std::move(plan).error();
  TunnelShape shape;
  shape.version = which_.v0 ? netlink::GtpVersion::v0 : netlink::GtpVersion::v1;
  const Provision provision(*std::move(plan), std::move(shape));
  if (dry_run_) return print_commands(provision);
  auto kernel = KernelSide::open(where_.netns);
  if (!kernel) return std::move(kernel).error();
  auto link = kernel->find_link(where_.dev);
  if (!link) return std::move(link).error();
  const auto start = steady_clock::now();
  auto outcome = remove_tunnels(kernel->client(), link->index, provision, [&] { return signals.received() != 0; });
  if (!outcome) return std::move(outcome).error();
  return print_report({"del", "removed", link->name, *std::move(outcome), steady_clock::now() - start}, json_);
}

}  // namespace

std::unique_ptr<Command> make_tunnel_del_command() { return std::make_unique<DelCommand>(); }

}  // namespace gtp::gen
