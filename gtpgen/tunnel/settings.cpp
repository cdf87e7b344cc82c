// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtpgen/tunnel/settings.hpp"

#include <poll.h>

#include <algorithm>
#include <cstdio>

#include "gtpgen/plan/traffic_plan.hpp"
#include "gtpgen/take.hpp"
#include "gtpgen/tunnel/tunnel_list.hpp"
#include "libcommon/output/json_writer.hpp"
#include "libcommon/output/message.hpp"
#include "libcommon/sys/terminal.hpp"
#include "libcommon/util/units.hpp"

namespace gtp::gen {
namespace {

std::string quoted(std::string_view text) { return "\"" + std::string(text) + "\""; }

std::uint64_t to_ns(std::chrono::nanoseconds time) noexcept { return static_cast<std::uint64_t>(time.count()); }

void put_json(TextBuffer& out, const Report& report) {
  output::JsonWriter json(out);
  const auto object = json.object();
  json.text("schema", kTunnelSchema);
  json.text("action", report.action);
  report.link.empty() ? json.null("link") : json.text("link", report.link);
  json.number("tunnels", report.outcome.done);
  json.number("failed", report.outcome.failed);
  report.outcome.first_failure.empty() ? json.null("first_failure")
                                       : json.text("first_failure", report.outcome.first_failure);
  json.boolean("interrupted", report.outcome.interrupted);
  json.number("duration_ns", to_ns(report.took));
}

void put_text(TextBuffer& out, const Report& report) {
  if (!report.link.empty()) {
    out.put(report.link);
    out.put(": ");
  }
  out.put_dec(report.outcome.done);
  out.put(report.outcome.done == 1 ? " tunnel " : " tunnels ");
  out.put(report.done);
  if (report.outcome.failed != 0) {
    out.put(", ");
    out.put_dec(report.outcome.failed);
    out.put(" failed");
  }
  out.put(" in ");
  put_duration(out, to_ns(report.took));
  const double seconds = std::chrono::duration<double>(report.took).count();
  if (report.outcome.done >= 1000 && seconds > 0) {
    out.put(" (");
    put_count(out, static_cast<std::uint64_t>(static_cast<double>(report.outcome.done) / seconds));
    out.put("/s)");
  }
}

}  // namespace

Take take_address(IpAddress& target) {
  return [&target](std::string_view given) -> Result<void> {
    const auto address = IpAddress::parse(given);
    if (!address) return usage(quoted(given) + " is no address");
    target = *address;
    return {};
  };
}

Take take_prefix(std::optional<IpPrefix>& target) {
  return [&target](std::string_view given) -> Result<void> {
    target = IpPrefix::parse(given);
    if (!target) return usage(quoted(given) + " is no prefix", "10.45.0.0/16 or fd45::/32");
    return {};
  };
}

Take take_teids(std::optional<TeidRange>& target) {
  return [&target](std::string_view given) -> Result<void> {
    target = TeidRange::parse(given);
    if (!target) return usage(quoted(given) + " is no TEID, START or START+STEP", "0x1000 or 0x1000+4");
    return {};
  };
}

Result<void> refuse_words(const std::vector<std::string>& words) {
  if (words.empty()) return {};
  return usage("what is " + quoted(words.front()) + "?", "--dev " + words.front());
}

OptionGroup WhereOptions::group() {
  return {"Where",
          {
              {"--dev", "LINK", "the GTP link; else the only one there is", take_text(dev)},
              {"--netns", "NAME", "in this network namespace", take_text(netns)},
          }};
}

std::vector<Option> WhichOptions::options() {
  return {
      {"-n,--count", "N", "how many tunnels, at most 1M [1]", take_count(count, 1, kMaxTunnels)},
      {"--teid", "START[+STEP]", "TEIDs that the kernel receives by [0x1]", take_teids(teids)},
      {"--ue", "PREFIX", "the subscribers' addresses [10.45.0.0/16]", take_prefix(ue)},
      {"--tunnel-file", "FILE", "TEIDs, addresses and QFIs from a list as load reads it", take_text(file)},
      {"--gtp", "VERSION", "0 or 1 [1]; in version 0 the TEIDs are TIDs",
       take_choice(v0, std::vector<Choice<bool>>{{"0", true}, {"1", false}})},
  };
}

Result<void> WhichOptions::check() const {
  if (file.empty()) return {};
  if (count || teids || ue) return usage("--tunnel-file says what --count, --teid and --ue say");
  return {};
}

Result<TunnelPlan> WhichOptions::plan() const {
  TunnelPlan::Range range;
  range.qfis = qfis;
  if (!file.empty()) return TunnelPlan::from_file(file, range);
  range.count = static_cast<std::uint32_t>(count.value_or(1));
  if (teids) range.teids = *teids;
  range.ue = ue.value_or(TunnelPlan::default_ue(4, range.count));
  return TunnelPlan::from_range(std::move(range));
}

void wait_for_end(const sys::Signals& signals, std::optional<std::chrono::nanoseconds> duration) {
  using std::chrono::milliseconds;
  using std::chrono::steady_clock;
  constexpr milliseconds kLongest{60'000};
  const auto start = steady_clock::now();
  pollfd wake{signals.wake_fd(), POLLIN, 0};
  while (signals.received() == 0) {
    milliseconds left = kLongest;
    if (duration) {
      const auto rest = start + std::chrono::duration_cast<steady_clock::duration>(*duration) - steady_clock::now();
      if (rest <= steady_clock::duration::zero()) return;
      left = std::min(left, std::chrono::ceil<milliseconds>(rest));
    }
    ::poll(&wake, 1, static_cast<int>(left.count()));
  }
}

Result<int> print_report(const Report& report, bool json, std::FILE* out) {
  TextBuffer text;
  json ? put_json(text, report) : put_text(text, report);
  text.put('\n');
  if (std::fwrite(text.view().data(), 1, text.size(), out) != text.size() || std::fflush(out) != 0) {
    return Error::from_errno("cannot write the result");
  }
  if (report.outcome.failed == 0) return 0;
  output::print_warning("gtpgen", "the first that failed: " + report.outcome.first_failure,
                        output::Style(sys::inspect_terminal(2).colour));
  return 1;
}

}  // namespace gtp::gen
