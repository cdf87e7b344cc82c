// SPDX-License-Identifier: GPL-2.0-or-later
#include <algorithm>
#include <array>
#include <bit>
#include <chrono>
#include <cstdio>

#include "gtpgen/plan/traffic_plan.hpp"
#include "gtpgen/take.hpp"
#include "gtpgen/tunnel/settings.hpp"
#include "gtpgen/tunnel/tunnel_commands.hpp"
#include "gtpgen/tunnel/tunnel_text.hpp"
#include "libcommon/output/message.hpp"

namespace gtp::gen {
namespace {

using netlink::GtpRole;
using netlink::PduType;
using std::chrono::steady_clock;

constexpr std::string_view kDefaultLink = "gtp0";

class AddCommand final : public Command {
 public:
  std::string_view name() const override { return "tunnel add"; }
  std::string_view synopsis() const override { return "--peer ADDR [options]"; }
  std::string_view summary() const override { return "give the kernel tunnels, up to a million"; }
  std::string_view examples() const override;
  std::vector<OptionGroup> options() override;
  Result<void> take_words(std::vector<std::string> words) override { return refuse_words(words); }
  Result<void> check() override;
  Result<int> run(sys::Signals& signals) override;

 private:
  Result<void> check_link_options() const;
  Result<Provision> provision(GtpRole role) const;
  LinkSetup link_setup(const Provision& provision) const;
  Result<int> print_commands() const;
  Result<int> work(const sys::Signals& signals, KernelSide& kernel, const netlink::Link& link);
  void clean_up(KernelSide& kernel, const netlink::Link& link, const Provision& made, const Outcome& outcome);

  WhereOptions where_;
  WhichOptions which_;
  std::vector<std::string> peer_words_;
  std::vector<IpAddress> peers_;
  std::optional<TeidRange> peer_teids_;
  std::string qfi_;
  std::optional<PduType> pdu_;
  std::uint16_t flow_ = 0;
  bool flow_port_ = false;

  bool create_ = false;
  std::optional<GtpRole> role_;
  IpAddress local_;
  std::optional<std::uint64_t> hash_size_;
  std::optional<std::uint64_t> mtu_;
  std::optional<IpPrefix> address_;
  bool route_ = false;

  std::string csv_;
  IpAddress target_;
  bool dry_run_ = false;
  bool cleanup_ = false;
  std::optional<std::chrono::nanoseconds> duration_;
  bool json_ = false;
};

std::string_view AddCommand::examples() const {
  return "Examples\n"
         "  gtpgen tunnel add --create --peer 192.0.2.7 -n 10k --route --csv ues.csv\n"
         "                              a GGSN of this host for 10,000 subscribers behind 192.0.2.7, and their list:\n"
         "  gtpgen load 192.0.2.1 --tunnel-file ues.csv\n"
         "  gtpgen tunnel add --dev gtp0 --peer 192.0.2.7 -n 4 --dry-run\n"
         "                              how would gtp-tunnel be told?\n";
}

// Routes lead to networks: without the bits behind the prefix.
IpPrefix network_of(const IpPrefix& prefix) {
  std::array<std::byte, 16> octets{};
  const Bytes whole = prefix.address.octets();
  for (std::size_t i = 0; i < whole.size(); ++i) {
    const int bits = std::clamp(prefix.length - static_cast<int>(8 * i), 0, 8);
    octets[i] = whole[i] & static_cast<std::byte>(0xff00U >> bits & 0xff);
  }
  return {IpAddress::from(Bytes(octets).first(whole.size())), prefix.length};
}

template <typename T>
Take take_optional_choice(std::optional<T>& target, std::vector<Choice<T>> choices) {
  return [&target, choices = std::move(choices)](std::string_view given) -> Result<void> {
    T value{};
    if (auto taken = take_choice(value, choices)(given); !taken) return taken;
    target = value;
    return {};
  };
}

std::vector<OptionGroup> AddCommand::options() {
  OptionGroup which{"Which tunnels", which_.options()};
  which.options.insert(
      which.options.end(),
      {
          {"--peer", "ADDR", "the other end; given again, the next tunnel's in turn", take_texts(peer_words_), true},
          {"--peer-teid", "START[+STEP]", "TEIDs of what the kernel sends; else those of --teid",
           take_teids(peer_teids_)},
          {"--qfi", "LIST", "send a PDU Session Container: 9, 1,5,9 or 0-63", take_text(qfi_)},
          {"--pdu", "dl|ul", "its type; else that of the link's role",
           take_optional_choice<PduType>(pdu_, {{"dl", PduType::downlink}, {"ul", PduType::uplink}})},
          {"--flow", "LABEL", "GTPv0's flow label [0]", take_integer(flow_, 0)},
          {"--flow-port", "", "the outer source port follows the inner flow", take_flag(flow_port_)},
      });
  return {
      where_.group(),
      std::move(which),
      {"The link",
       {
           {"--create", "", "make the link", take_flag(create_)},
           {"--role", "ggsn|sgsn", "its role [ggsn]: tunnels by destination or by source address",
            take_optional_choice<GtpRole>(role_, {{"ggsn", GtpRole::ggsn}, {"sgsn", GtpRole::sgsn}})},
           {"--local", "ADDR", "its end of the tunnels, Linux 6.11; else any address", take_address(local_)},
           {"--hash-size", "N", "buckets of its tables [as many as tunnels]", take_count(hash_size_, 1, 524288)},
           {"--mtu", "N", "its MTU", take_count(mtu_, 68, 65535)},
           {"--address", "PREFIX", "an address of its own", take_prefix(address_)},
           {"--route", "", "lead the subscribers' addresses into it", take_flag(route_)},
       }},
      {"Output and end",
       {
           {"--csv", "FILE", "write the list that gtpgen load --tunnel-file reads", take_text(csv_)},
           {"--target", "ADDR", "what that list says to send to [--local, else nothing]", take_address(target_)},
           {"--dry-run", "", "print the commands of iproute2 and libgtpnl, do nothing", take_flag(dry_run_)},
           {"--cleanup", "", "wait, and remove at the end what was made", take_flag(cleanup_)},
           {"-d,--duration", "TIME", "wait that long; else until a signal comes", take_duration(duration_)},
           {"--json", "", "the result as JSON", take_flag(json_)},
       }},
  };
}

Result<void> AddCommand::check_link_options() const {
  if (create_) return {};
  const char* given = role_             ? "--role"
                      : !local_.empty() ? "--local"
                      : hash_size_      ? "--hash-size"
                      : mtu_            ? "--mtu"
                      : address_        ? "--address"
                      : route_          ? "--route"
                                        : nullptr;
  if (given == nullptr || (dry_run_ && role_)) return {};
  return usage(std::string(given) + " is about a link that is made", "--create");
}

Result<void> AddCommand::check() {
  if (auto checked = which_.check(); !checked) return checked;
  if (auto checked = check_link_options(); !checked) return checked;
  if (!qfi_.empty()) {
    auto qfis = parse_qfis(qfi_);
    if (!qfis) return std::move(qfis).error();
    which_.qfis = *std::move(qfis);
  }
  if (peer_words_.empty()) return usage("where do the tunnels lead?", "--peer 192.0.2.7");
  for (const std::string& word : peer_words_) {
    if (auto taken = take_address(peers_.emplace_back())(word); !taken) return taken;
    if (peers_.back().version() != peers_.front().version()) return usage("--peer: IPv4 and IPv6 on one link");
  }
  if (!local_.empty() && local_.version() != peers_.front().version()) {
    return usage("--local and --peer are of two address families");
  }
  if (create_ && local_.empty() && peers_.front().is_v6()) {
    return usage("a link for peers with IPv6 wants its own address", "--local ::, for any");
  }
  if (route_ && !which_.file.empty()) {
    return usage("--route wants to know the subscribers' prefix", "ip route add PREFIX dev LINK");
  }
  if (which_.v0 && (peer_teids_ || !which_.qfis.empty() || flow_port_)) {
    return usage("GTPv0 has no --peer-teid, --qfi and --flow-port");
  }
  if (which_.v0 && !csv_.empty()) return usage("gtpgen load sends GTPv1-U, so there is no list for GTPv0");
  if (!which_.v0 && flow_ != 0) return usage("--flow is of GTPv0", "--gtp 0");
  if (!target_.empty() && csv_.empty()) return usage("--target is about the list that --csv writes");
  if (pdu_ && which_.qfis.empty() && which_.file.empty()) return usage("--pdu says how --qfi is sent");
  if (duration_ && !cleanup_) return usage("--duration says when --cleanup removes the tunnels", "--cleanup");
  if (csv_ == "-" && json_) return usage("--csv - and --json both want standard output");
  if (dry_run_ && (cleanup_ || json_)) return usage("--dry-run only prints commands");
  return {};
}

Result<Provision> AddCommand::provision(GtpRole role) const {
  auto plan = which_.plan();
  if (!plan) return std::move(plan).error();
  TunnelShape shape;
  shape.version = which_.v0 ? netlink::GtpVersion::v0 : netlink::GtpVersion::v1;
  shape.pdu_type = pdu_.value_or(role == GtpRole::ggsn ? PduType::downlink : PduType::uplink);
  shape.peers = peers_;
  shape.peer_teids = peer_teids_;
  shape.flow = flow_;
  shape.flow_port = flow_port_;
  if (peer_teids_) {
    const std::uint64_t last = peer_teids_->start + std::uint64_t{peer_teids_->step} * (plan->count() - 1);
    if (last > UINT32_MAX) return usage("--peer-teid: so many do not fit in 32 bits");
  }
  return Provision(*std::move(plan), std::move(shape));
}

LinkSetup AddCommand::link_setup(const Provision& provision) const {
  LinkSetup setup;
  setup.role = role_.value_or(GtpRole::ggsn);
  setup.local = local_;
  // Mainline's table does not grow.
  constexpr std::uint32_t kLeast = 1024;
  constexpr std::uint32_t kMost = 524288;
  setup.hash_size = hash_size_ ? static_cast<std::uint32_t>(*hash_size_)
                               : std::clamp(std::bit_ceil(provision.count()), kLeast, kMost);
  if (mtu_) setup.mtu = static_cast<std::uint32_t>(*mtu_);
  setup.address = address_;
  if (route_) setup.route = network_of(provision.plan().range().ue);
  return setup;
}

Result<int> AddCommand::print_commands() const {
  const auto made = provision(role_.value_or(GtpRole::ggsn));
  if (!made) return made.error();
  constexpr std::size_t kPiece = 64 * 1024;
  TextBuffer text;
  CommandText commands(text, where_.netns, where_.dev.empty() ? kDefaultLink : std::string_view(where_.dev));
  if (create_) commands.create_link(link_setup(*made), peers_.front().version());
  for (std::uint32_t i = 0; i < made->count(); ++i) {
    commands.add(made->tunnel(i, 0));
    if (text.size() < kPiece && i + 1 != made->count()) continue;
    if (std::fwrite(text.view().data(), 1, text.size(), stdout) != text.size()) {
      return Error::from_errno("standard output");
    }
    text.clear();
  }
  return 0;
}

void AddCommand::clean_up(KernelSide& kernel, const netlink::Link& link, const Provision& made,
                          const Outcome& outcome) {
  // With the link go its tunnels, its address and its routes.
  if (create_) {
    if (auto removed = kernel.remove_link(link); !removed) output::print_error("gtpgen", removed.error());
    return;
  }
  const auto removed = take_back(kernel.client(), link.index, made, outcome);
  if (!removed) output::print_error("gtpgen", removed.error());
}

Result<int> AddCommand::work(const sys::Signals& signals, KernelSide& kernel, const netlink::Link& link) {
  const auto made = provision(link.gtp ? link.gtp->role : GtpRole::ggsn);
  if (!made) return made.error();
  const auto start = steady_clock::now();
  auto outcome = add_tunnels(kernel.client(), link.index, *made, [&] { return signals.received() != 0; });
  if (!outcome) return std::move(outcome).error();
  const auto took = std::chrono::duration_cast<std::chrono::nanoseconds>(steady_clock::now() - start);
  if (!csv_.empty()) {
    const auto written = write_load_list(csv_, *made, target_.empty() ? local_ : target_);
    if (!written) return written.error();
  }
  auto status = print_report({"add", "added", link.name, *outcome, took}, json_, csv_ == "-" ? stderr : stdout);
  if (!cleanup_) return status;
  if (!outcome->interrupted) wait_for_end(signals, duration_);
  clean_up(kernel, link, *made, *outcome);
  return status;
}

Result<int> AddCommand::run(sys::Signals& signals) {
  if (dry_run_) return print_commands();
  // Before anything changes: a list that cannot be read, addresses that do not suffice.
  const auto wanted = provision(role_.value_or(GtpRole::ggsn));
  if (!wanted) return wanted.error();
  auto kernel = KernelSide::open(where_.netns);
  if (!kernel) return std::move(kernel).error();
  auto link =
      create_ ? kernel->create_link(where_.dev.empty() ? std::string(kDefaultLink) : where_.dev, link_setup(*wanted))
              : kernel->find_link(where_.dev);
  if (!link) return std::move(link).error();
  auto status = work(signals, *kernel, *link);
  // What could not be used is not left behind.
  if (!status && create_) static_cast<void>(kernel->remove_link(*link));
  return status;
}

}  // namespace

std::unique_ptr<Command> make_tunnel_add_command() { return std::make_unique<AddCommand>(); }

}  // namespace gtp::gen
