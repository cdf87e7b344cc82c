// SPDX-License-Identifier: GPL-2.0-or-later
//
// The totals at the end of a run: one line for what was sent, received, measured, and what that amounts to.
#include <algorithm>
#include <array>
#include <cmath>

#include "gtpgen/report/numbers.hpp"
#include "gtpgen/report/writers.hpp"
#include "libcommon/util/units.hpp"

namespace gtp::gen {
namespace {

using output::Role;

constexpr std::size_t kRule = 78;
constexpr std::size_t kLabel = 10;

class Text {
 public:
  Text(TextBuffer& out, output::Style style, bool utf8) noexcept : out_(out), style_(style), utf8_(utf8) {}

  void rule() {
    out_.put(' ');
    for (std::size_t i = 0; i < kRule; ++i) out_.put(utf8_ ? std::string_view("\u2500") : std::string_view("-"));
    out_.put('\n');
  }
  void begin(std::string_view label) {
    out_.put(' ');
    style_.put(out_, Role::name, label);
    out_.fill(' ', label.size() < kLabel ? kLabel - label.size() : 1);
    fresh_ = true;
  }
  void end() { out_.put('\n'); }

  // "  lost 5", drawn attention to when it is a fault and there is one.
  void count(std::string_view name, std::uint64_t value, bool fault = true) {
    if (!fresh_) out_.put("  ");
    fresh_ = false;
    const Role role = fault && value != 0 ? Role::warn : Role::plain;
    style_.begin(out_, role);
    out_.put(name);
    out_.put(' ');
    out_.put(grouped(value));
    style_.end(out_, role);
  }
  void put(std::string_view text) {
    fresh_ = false;
    out_.put(text);
  }
  void put(Role role, std::string_view text) {
    fresh_ = false;
    style_.put(out_, role, text);
  }
  std::string_view micro() const noexcept { return utf8_ ? "\u00b5s" : "us"; }

 private:
  TextBuffer& out_;
  output::Style style_;
  bool utf8_;
  bool fresh_ = false;  // nothing stands behind the label yet
};

std::string signed_percent(double share) {
  const double value = std::fabs(share) < 0.00005 ? 0 : share;
  return std::string(value < 0 ? "-" : "+") + percent(std::fabs(value));
}

void put_tx(Text& text, const TxReport& tx) {
  text.begin("sent");
  text.put(grouped(tx.packets));
  text.count("skipped", tx.skipped);
  std::uint64_t errors = 0;
  for (const ErrorCount& error : tx.errors) errors += error.count;
  text.count("errors", errors);
  if (errors != 0) {
    const char* separator = " (";
    for (const ErrorCount& error : tx.errors) {
      if (error.count == 0) continue;
      text.put(separator + error.name + " " + grouped(error.count));
      separator = ", ";
    }
    text.put(")");
  }
  text.end();
  if (tx.duration_ns == 0) return;
  text.begin("rate");
  text.put(scaled(tx.rate_pps(), "pps"));
  if (const auto error = tx.rate_error()) {
    text.put(" of " + scaled(*tx.target_pps, "pps") + " (" + signed_percent(*error) + ")");
  }
  text.put("  " + scaled(static_cast<double>(tx.bytes_inner) * 8e9 / static_cast<double>(tx.duration_ns), "bit/s") +
           " inner");
  text.end();
}

void put_unwanted(Text& text, const TxReport& tx) {
  std::uint64_t all = 0;
  for (const ErrorCount& kind : tx.unwanted) all += kind.count;
  if (all == 0) return;
  text.begin("besides");
  for (const ErrorCount& kind : tx.unwanted) {
    std::string name = kind.name;
    std::ranges::replace(name, '_', ' ');
    if (kind.count != 0) text.count(name, kind.count, false);
  }
  text.end();
}

void put_rx(Text& text, const Report& report) {
  const RxReport& rx = *report.rx;
  text.begin("received");
  text.put(grouped(rx.packets));
  if (rx.lost) {
    text.count("lost", *rx.lost);
    text.put(" (" + (rx.loss_ratio() ? percent(*rx.loss_ratio()) : std::string("-")) + ")");
  }
  if (rx.lost_local.value_or(0) != 0) text.count("dropped by our own receive buffer", *rx.lost_local);
  text.count("reordered", rx.reordered);
  if (rx.reordered != 0) text.put(" (by " + grouped(rx.reorder_max_distance) + " at most)");
  text.count("duplicate", rx.duplicate);
  text.count("late", rx.late);
  text.count("corrupt", rx.corrupt);
  text.end();
  if (rx.unstamped + rx.unknown_run + rx.unknown_teid + rx.malformed != 0) {
    text.begin("foreign");
    const std::array<std::pair<std::string_view, std::uint64_t>, 4> foreign = {{{"without a stamp", rx.unstamped},
                                                                                {"of other runs", rx.unknown_run},
                                                                                {"in unknown tunnels", rx.unknown_teid},
                                                                                {"malformed", rx.malformed}}};
    for (const auto& [name, value] : foreign) {
      if (value != 0) text.count(name, value);
    }
    text.end();
  }
}

void put_tunnels(Text& text, const TunnelReport& tunnels) {
  if (tunnels.with_loss.value_or(0) == 0) return;
  text.begin("tunnels");
  text.put(grouped(*tunnels.with_loss) + " of " + grouped(tunnels.count) + " with loss; worst:");
  constexpr std::size_t kShown = 3;
  for (std::size_t i = 0; i < tunnels.worst.size() && i < kShown; ++i) {
    const WorstTunnel& worst = tunnels.worst[i];
    if (worst.teid) {
      TextBuffer teid;
      teid.put_hex(*worst.teid, 8);
      text.put("  TEID 0x" + std::string(teid.view()));
    } else {
      text.put("  number " + std::to_string(worst.tunnel));
    }
    text.put(" " + grouped(worst.lost) + "/" + grouped(worst.packets));
  }
  text.end();
}

void put_latency(Text& text, const Report& report) {
  const LatencyReport& latency = *report.latency;
  const measure::Histogram& h = latency.histogram;
  text.begin(latency.kind == LatencyMeter::Kind::round_trip ? "rtt" : "one way");
  struct Shown {
    std::string_view name;
    std::optional<std::uint64_t> value;
  };
  const std::array<Shown, 5> shown = {{{"p50", h.percentile(50)},
                                       {"p90", h.percentile(90)},
                                       {"p99", h.percentile(99)},
                                       {"p99.9", h.percentile(99.9)},
                                       {"p99.99", h.percentile(99.99)}}};
  const char* separator = "";
  for (const Shown& one : shown) {
    text.put(separator);
    text.put(one.name);
    text.put(" " + (one.value ? microseconds(*one.value) : std::string("-")));
    separator = "  ";
  }
  text.put(" ");
  text.put(text.micro());
  text.end();
  text.begin("");
  text.put("min " + microseconds(h.min().value_or(0)) + "  max " + microseconds(h.max().value_or(0)) + " ");
  text.put(text.micro());
  std::string remarks = latency.kind == LatencyMeter::Kind::one_way_relative
                            ? "above the fastest packet, since the clocks are not the same"
                            : "from when each was due";
  if (report.tx) {
    const auto lag = report.tx->lag_ns.percentile(99);
    if (lag) remarks += "; our lag p99 " + microseconds(*lag);
  }
  if (latency.stamp == LatencyReport::Stamp::app) remarks += "; no kernel time stamps";
  text.put(Role::dim, "  (" + remarks + ")");
  text.end();
}

void put_signalling(Text& text, const SignallingReport& gtp) {
  struct Shown {
    std::string_view name;
    std::uint64_t value;
    bool fault;
  };
  const std::array<Shown, 9> shown = {{{"echo requests", gtp.echo_requests, false},
                                       {"echo responses", gtp.echo_responses, false},
                                       {"error indications", gtp.error_indications, true},
                                       {"error indications sent", gtp.error_indications_sent, true},
                                       {"supported extension headers", gtp.supported_extension_headers, true},
                                       {"version not supported", gtp.version_not_supported, true},
                                       {"end markers", gtp.end_markers, false},
                                       {"other messages", gtp.other, true},
                                       {"icmp errors", gtp.icmp_errors, true}}};
  bool any = false;
  for (const Shown& one : shown) {
    if (one.value == 0) continue;
    if (!any) text.begin("gtp");
    any = true;
    text.count(one.name, one.value, one.fault);
  }
  if (any) text.end();
}

// "loss 0.0064 % <= 0.01 %"
std::string words_of(const Check& check) {
  const auto value = [&](double number) {
    if (check.name != "max_p99") return percent(number);
    TextBuffer duration;
    put_duration(duration, static_cast<std::uint64_t>(number));
    return std::string(duration.view());
  };
  if (check.name == "any_arrival") return "nothing came back";
  const std::string name = check.name == "max_loss" ? "loss" : check.name == "max_p99" ? "p99" : "rate";
  if (!check.value) return name + " was not measured";
  const bool least = check.name == "min_rate";
  const std::string sign = check.ok ? (least ? " >= " : " <= ") : (least ? " < " : " > ");
  return name + " " + value(*check.value) + sign + value(check.limit);
}

std::string_view words_of_reason(std::string_view reason) noexcept {
  if (reason == "rate") return "the rate that was asked for was not reached";
  if (reason == "receive_buffer") return "our own receive buffer overflowed";
  if (reason == "transmit_drops") return "our own device dropped packets";
  return "packets left too late";
}

// "+0.002 s  host-b  b.json  sent 1 000  received 998  lost 2  pass"
void put_sources(Text& text, const Report& report) {
  for (const ReportSource& source : report.sources) {
    text.begin(&source == report.sources.data() ? "of" : "");
    const std::uint64_t later_ms = (source.start_ns - report.start_ns + 500'000) / 1'000'000;
    std::string fraction = std::to_string(later_ms % 1000);
    fraction.insert(0, 3 - fraction.size(), '0');
    text.put("+" + std::to_string(later_ms / 1000) + "." + fraction + " s  ");
    text.put(Role::name, source.host.empty() ? source.file : source.host + "  " + source.file);
    if (source.tx_packets) text.count("sent", *source.tx_packets, false);
    if (source.rx_packets) text.count("received", *source.rx_packets, false);
    if (source.lost) text.count("lost", *source.lost);
    std::string verdict(key(source.verdict));
    std::ranges::replace(verdict, '_', '-');
    text.put("  " + verdict);
    text.end();
  }
}

void put_verdict(Text& text, const Report& report) {
  text.begin("verdict");
  switch (report.verdict) {
    case Verdict::pass:
      text.put(Role::value, "PASS");
      break;
    case Verdict::fail:
      text.put(Role::error, "FAIL");
      break;
    case Verdict::generator_limited:
      text.put(Role::warn, "GENERATOR-LIMITED");
      break;
    case Verdict::error:
      text.put(Role::error, "ERROR");
      break;
  }
  const char* separator = "  ";
  for (const Check& check : report.checks) {
    text.put(separator + words_of(check));
    separator = ", ";
  }
  for (const std::string& reason : report.limited_by) {
    text.put(separator + std::string(words_of_reason(reason)));
    separator = ", ";
  }
  if (report.interrupted) text.put(std::string(separator) + "interrupted");
  text.end();
}

}  // namespace

void put_text(TextBuffer& out, const Report& report, output::Style style, bool utf8) {
  Text text(out, style, utf8);
  text.rule();
  if (!report.sources.empty()) put_sources(text, report);
  if (report.tx) {
    put_tx(text, *report.tx);
    put_unwanted(text, *report.tx);
  }
  if (report.rx) put_rx(text, report);
  if (report.tunnels) put_tunnels(text, *report.tunnels);
  if (report.latency) put_latency(text, report);
  if (report.gtp) put_signalling(text, *report.gtp);
  if (report.clock_jumped) {
    text.begin("note");
    text.put("the clock was set, or stood still, while this ran: latencies may be off");
    text.end();
  }
  for (const std::string& note : report.notes) {
    text.begin("note");
    text.put(note);
    text.end();
  }
  put_verdict(text, report);
}

}  // namespace gtp::gen
