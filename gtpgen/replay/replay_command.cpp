// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtpgen/replay/replay_command.hpp"

#include <sys/prctl.h>

#include <charconv>
#include <chrono>

#include "gtpgen/echo/targets.hpp"
#include "gtpgen/load/load_words.hpp"
#include "gtpgen/pace/clock.hpp"
#include "gtpgen/plan/rate.hpp"
#include "gtpgen/plan/traffic_plan.hpp"
#include "gtpgen/replay/player.hpp"
#include "gtpgen/replay/replay_report.hpp"
#include "gtpgen/take.hpp"
#include "gtpgen/transmit/udp_transmitter.hpp"
#include "libcommon/output/message.hpp"
#include "libcommon/sys/terminal.hpp"

namespace gtp::gen {
namespace {

using replay::Pace;
using replay::Wanted;

// A factor; "2", "0.5", "2x".
Result<double> parse_speed(std::string_view text) {
  std::string_view digits = text;
  if (digits.ends_with('x')) digits.remove_suffix(1);
  double value = 0;
  const auto [stop, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (error != std::errc{} || stop != digits.data() + digits.size() || !(value >= 1e-6 && value <= 1e6)) {
    return usage("\"" + std::string(text) + "\" is no speed", "a factor like 2, 0.5 or 10x");
  }
  return value;
}

class ReplayCommand final : public Command {
 public:
  std::string_view name() const override { return "replay"; }
  std::string_view synopsis() const override { return "FILE TARGET[:PORT] [options]"; }
  std::string_view summary() const override { return "send the G-PDUs of a capture again"; }
  std::string_view examples() const override {
    return "Examples\n"
           "  gtpgen replay core.pcap 192.0.2.20 --map-teid 0x1000=0x2001\n"
           "  gtpgen replay lan.pcap 192.0.2.20 --encap 0x1000-0x10ff --rate 10kpps --loop 0\n";
  }

  std::vector<OptionGroup> options() override;

  Result<void> take_words(std::vector<std::string> words) override {
    if (words.size() != 2) return usage("a file and a target are needed", "gtpgen replay FILE TARGET");
    play_.file = words[0];
    target_ = words[1];
    return {};
  }

  Result<void> check() override;
  Result<int> run(sys::Signals& signals) override;

 private:
  Result<Endpoint> destination() const;

  std::string target_;
  replay::PlayOptions play_;
  std::optional<double> speed_;
  std::optional<Rate> rate_;
  bool top_ = false;
  std::optional<std::chrono::nanoseconds> duration_;
  std::optional<std::uint64_t> qfi_;
  std::string source_;
  std::uint16_t source_port_ = 2152;
  bool no_gso_ = false;
  bool yes_ = false;
  bool json_ = false;
  UdpOptions udp_;
};

std::vector<OptionGroup> ReplayCommand::options() {
  return {
      {"What",
       {
           {"--only", "WHAT", "gpdu: G-PDUs; all: every GTP-U message (gpdu)",
            take_choice(play_.wanted, std::vector<Choice<Wanted>>{{"gpdu", Wanted::g_pdu}, {"all", Wanted::gtp_u}})},
           {"--encap", "TEIDS", "put the file's IP packets into these tunnels: 1,2,3, 0x1000-0x10ff",
            [this](std::string_view text) { return play_.encapsulation.add_teids(text); }, true},
           {"--qfi", "N", "with --encap: in a PDU Session Container of the uplink", take_count(qfi_, 0, 63)},
           {"--map-teid", "A=B", "send TEID A as B", [this](std::string_view text) { return play_.teids.add(text); },
            true},
           {"--map-address", "A=B", "change addresses of the packets inside; networks as 10.45.0.0/16=10.99.0.0/16",
            [this](std::string_view text) { return play_.addresses.add(text); }, true},
       }},
      {"When",
       {
           {"--speed", "X", "times the speed of the capture (1)", take_with(speed_, parse_speed)},
           {"-r,--rate", "RATE", "at this rate instead: 10kpps", take_with(rate_, Rate::parse)},
           {"--top", "", "as fast as it goes: --rate max", take_flag(top_)},
           {"--loop", "N", "so often; 0 is for ever (1)", take_count(play_.loops)},
           {"-c,--count", "N", "end after so many packets", take_count(play_.count, 1)},
           {"-d,--duration", "T", "end after this time", take_duration(duration_)},
           {"--yes-really", "", "--top to a target that is not private", take_flag(yes_)},
       }},
      {"How",
       {
           {"--source", "ADDR", "send from this address", take_text(source_)},
           {"--sport", "PORT", "source port; 0: the system's choice (2152)", take_integer(source_port_)},
           {"-I,--iface", "IF", "send through this interface", take_text(udp_.device)},
           {"-Q,--dscp", "DSCP", "of the outer packets: ef, af21, 0 to 63 (0)", take_with(udp_.dscp, parse_dscp)},
           {"--fragment", "", "outer packets may be fragmented", take_flag(udp_.fragment)},
           {"--no-gso", "", "one packet each to the kernel: captures on this host show them as sent",
            take_flag(no_gso_)},
           {"--json", "", "the report as gtpgen-replay/1", take_flag(json_)},
       }},
  };
}

Result<void> ReplayCommand::check() {
  if (rate_ && rate_->unit == Rate::Unit::bits) return usage("--rate: packets differ in length", "a rate in pps");
  if (rate_ && rate_->is_max()) {
    if (top_) return usage("--top and --rate max are the same");
    rate_.reset();
    top_ = true;
  }
  if ((speed_ ? 1 : 0) + (rate_ ? 1 : 0) + (top_ ? 1 : 0) > 1) return usage("--speed, --rate and --top: one of them");
  if (rate_) {
    play_.pace = Pace::rate;
    play_.packets_per_second = static_cast<double>(rate_->value);
    if (rate_->value == 0) return usage("--rate: nothing is ever sent");
  } else if (top_) {
    play_.pace = Pace::top;
  }
  play_.speed = speed_.value_or(1);
  if (duration_) play_.duration_ns = static_cast<std::uint64_t>(duration_->count());
  if (play_.encapsulation.enabled()) {
    if (play_.wanted == Wanted::gtp_u) return usage("--encap takes IP packets, --only all GTP-U messages");
    if (!play_.teids.empty()) return usage("--map-teid has nothing to map: --encap names the TEIDs");
    play_.wanted = Wanted::ip;
    if (qfi_) play_.encapsulation.set_qfi(static_cast<std::uint8_t>(*qfi_));
  } else if (qfi_) {
    return usage("--qfi is of --encap: what the file has in tunnels keeps its own");
  }
  if (play_.file == "-" && play_.loops != 1) return usage("--loop: standard input cannot be read twice");
  if (!source_.empty()) {
    const auto address = IpAddress::parse(source_);
    if (!address) return usage("--source: \"" + source_ + "\" is no address");
    udp_.local.address = *address;
  }
  udp_.local.port = source_port_;
  udp_.segment = !no_gso_;
  return {};
}

Result<Endpoint> ReplayCommand::destination() const {
  std::vector<echo::Target> targets;
  if (target_.find('/') != std::string::npos) return usage("\"" + target_ + "\" is no target", "one address");
  if (auto added = echo::add_targets(target_, udp_.local.address.version(), targets); !added) {
    return std::move(added).error();
  }
  if (auto checked = echo::check_targets(targets); !checked) return std::move(checked).error();
  const echo::Target& target = targets.front();
  if (play_.pace == Pace::top && !yes_ && !echo::is_private(target.address)) {
    return usage(target_ + " is not a private address, and --top may flood the way to it", "--yes-really, or --rate");
  }
  return Endpoint{target.address, target.port != 0 ? target.port : wire::kPortGtpU};
}

Result<int> ReplayCommand::run(sys::Signals& signals) {
  auto to = destination();
  if (!to) return std::move(to).error();
  udp_.destination = *to;
  auto transmitter = UdpTransmitter::open(udp_);
  if (!transmitter) return std::move(transmitter).error();
  // Timers of this thread may be late by 50 us unless it says otherwise.
  ::prctl(PR_SET_TIMERSLACK, 1UL, 0UL, 0UL, 0UL);
  SystemClock clock;
  replay::Player player(play_, **transmitter, clock, signals);
  if (auto played = player.run(); !played) {
    // A file that is not there, or none: an argument that makes no sense.
    Error error = std::move(played).error();
    if (error.code == ErrorCode::failed) error.code = ErrorCode::usage;
    return error;
  }

  replay::ReplayReport report{play_, player.counts(),        (*transmitter)->counts(), target_,
                              *to,   (*transmitter)->name(), signals.received() != 0};
  replay::judge(report);
  TextBuffer text;
  json_ ? replay::put_json(text, report) : replay::put_text(text, report);
  std::fwrite(text.view().data(), 1, text.size(), stdout);
  std::fflush(stdout);
  if (report.interrupted) return 0;
  if (report.status != 0) {
    output::print_warning("gtpgen", report.reason, output::Style(sys::inspect_terminal(2).colour));
  }
  return report.status;
}

}  // namespace

std::unique_ptr<Command> make_replay_command() { return std::make_unique<ReplayCommand>(); }

}  // namespace gtp::gen
