// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtpgen/merge/read_report.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "gtpgen/command.hpp"
#include "gtpgen/report/members.hpp"
#include "libcommon/util/civil_time.hpp"

namespace gtp::gen {
namespace {

constexpr std::string_view kSchema = "gtpgen.load/1";
// The oldest reports have no sums and no lengths of intervals: new members may be added to gtpgen.load/1.

// One object of the report. The first member that is not as it must be is remembered, by its whole name; what is read
// afterwards does not matter.
class Members {
 public:
  Members(const JsonValue& object, std::string path, std::string& fault)
      : object_(object), path_(std::move(path)), fault_(fault) {}

  void number(std::string_view key, std::uint64_t& out) {
    const auto value = object_.number(key);
    if (value) {
      out = *value;
    } else {
      refuse(key, "is no whole number");
    }
  }
  // Null, or not there in a report of an older version: not measured.
  template <typename Number>
  void measured(std::string_view key, std::optional<Number>& out) {
    const JsonValue* const value = object_.find(key);
    if (value == nullptr || value->is_null()) return;
    if constexpr (std::is_floating_point_v<Number>) {
      out = value->decimal();
    } else if (const auto whole = value->number(); whole && *whole <= std::numeric_limits<Number>::max()) {
      out = static_cast<Number>(*whole);
    }
    if (!out) refuse(key, "is no number");
  }
  void decimal(std::string_view key, double& out) {
    std::optional<double> value;
    measured(key, value);
    if (!value) return refuse(key, "is no number");
    out = *value;
  }
  void boolean(std::string_view key, bool& out) {
    const auto value = object_.boolean(key);
    if (!value) return refuse(key, "is neither true nor false");
    out = *value;
  }
  void known(std::string_view key, std::optional<bool>& out) const { out = object_.boolean(key); }
  void text(std::string_view key, std::string& out) const {
    if (const std::string* const value = object_.text(key)) out = *value;
  }
  void time(std::string_view key, std::uint64_t& out) {
    const std::string* const value = object_.text(key);
    const auto time = value == nullptr ? std::nullopt : parse_time(*value);
    if (!time) return refuse(key, "is no time");
    out = *time;
  }
  // The member's elements; none when it is no array.
  const std::vector<JsonValue>& array(std::string_view key) {
    static const std::vector<JsonValue> kNone;
    const auto* const elements = object_.array(key);
    if (elements != nullptr) return *elements;
    refuse(key, "is no list");
    return kNone;
  }
  // Calls [read] with the member's members unless it is null.
  template <typename Read>
  void object(std::string_view key, Read&& read) {
    const JsonValue* const value = object_.find(key);
    if (value != nullptr && value->is_null()) return;
    if (value == nullptr || !value->is_object()) return refuse(key, "is no object");
    Members inside(*value, path_ + std::string(key) + ".", fault_);
    read(inside);
  }
  // Numbers by names that are not ours to know.
  void counts(std::string_view key, std::vector<ErrorCount>& out) {
    const JsonValue* const value = object_.object(key);
    if (value == nullptr) return;
    for (std::size_t i = 0; i < value->keys().size(); ++i) {
      const auto count = value->elements()[i].number();
      if (!count) return refuse(key, "has a count that is no whole number");
      add_error(out, value->keys()[i], *count);
    }
  }
  void histogram(measure::Histogram& out) {
    std::uint64_t count = 0;
    number("count", count);
    for (const JsonValue& pair : array("buckets")) {
      const auto& both = pair.elements();
      if (both.size() != 2 || !both[0].number() || !both[1].number()) return refuse("buckets", "are no pairs");
      out.restore_bucket(*both[0].number(), *both[1].number());
    }
    if (count == 0) return;
    std::uint64_t least = 0;
    std::uint64_t greatest = 0;
    std::uint64_t mean = 0;
    number("min", least);
    number("max", greatest);
    number("mean", mean);
    std::optional<std::uint64_t> sum;
    measured("sum", sum);
    if (!out.restore_exact(least, greatest, mean, sum) || out.count() != count) {
      refuse("buckets", "contradict count, min, max and mean");
    }
  }
  void refuse(std::string_view key, std::string_view why) {
    if (fault_.empty()) fault_ = path_ + std::string(key) + " " + std::string(why);
  }
  const JsonValue& value() const noexcept { return object_; }

 private:
  const JsonValue& object_;
  std::string path_;
  std::string& fault_;
};

template <typename Owner, std::size_t kSize>
void read_numbers(Members& members, Owner& owner, const std::array<Member<Owner>, kSize>& names) {
  for (const auto& name : names) members.number(name.key, owner.*name.at);
}

constexpr std::array<Member<TxReport>, 5> kTx = {{{"packets", &TxReport::packets},
                                                  {"bytes_l2", &TxReport::bytes_l2},
                                                  {"bytes_inner", &TxReport::bytes_inner},
                                                  {"duration_ns", &TxReport::duration_ns},
                                                  {"skipped", &TxReport::skipped}}};
constexpr std::array<Member<RxReport>, 14> kRx = {{{"packets", &RxReport::packets},
                                                   {"bytes_inner", &RxReport::bytes_inner},
                                                   {"duration_ns", &RxReport::duration_ns},
                                                   {"reordered", &RxReport::reordered},
                                                   {"reorder_max_distance", &RxReport::reorder_max_distance},
                                                   {"duplicate", &RxReport::duplicate},
                                                   {"late", &RxReport::late},
                                                   {"corrupt", &RxReport::corrupt},
                                                   {"unstamped", &RxReport::unstamped},
                                                   {"unknown_run", &RxReport::unknown_run},
                                                   {"unknown_teid", &RxReport::unknown_teid},
                                                   {"malformed", &RxReport::malformed},
                                                   {"datagrams", &RxReport::datagrams},
                                                   {"receive_calls", &RxReport::receive_calls}}};
void read_tx(Members& tx, TxReport& out) {
  read_numbers(tx, out, kTx);
  tx.measured("target_pps", out.target_pps);
  tx.counts("errors", out.errors);
  tx.counts("unwanted", out.unwanted);
  // Without its buckets (an older version) the lag of the whole is not known.
  tx.object("lag_ns", [&](Members& lag) {
    if (lag.value().array("buckets") != nullptr) lag.histogram(out.lag_ns);
  });
}

void read_rx(Members& rx, RxReport& out) {
  read_numbers(rx, out, kRx);
  rx.measured("expected", out.expected);
  rx.measured("lost", out.lost);
  rx.measured("lost_local", out.lost_local);
  if (out.expected && out.lost && *out.expected - *out.lost != out.packets) {
    rx.refuse("expected", "is not packets + lost");
  }
}

void read_latency(Members& latency, LatencyReport& out) {
  using Kind = LatencyMeter::Kind;
  std::string basis;
  std::string stamp;
  std::string kind;
  latency.text("basis", basis);
  latency.text("stamp", stamp);
  latency.text("kind", kind);
  out.basis = basis == "actual" ? LatencyReport::Basis::actual : LatencyReport::Basis::scheduled;
  out.stamp = stamp == "kernel" ? LatencyReport::Stamp::kernel : LatencyReport::Stamp::app;
  if (kind == "rtt") {
    out.kind = Kind::round_trip;
  } else if (kind == "oneway" || kind == "oneway-relative") {
    out.kind = kind == "oneway" ? Kind::one_way : Kind::one_way_relative;
  } else {
    latency.refuse("kind", "is none that this version knows");
  }
  latency.number("app_stamped", out.app_stamped);
  latency.number("negative", out.negative);
  latency.histogram(out.histogram);
}

void read_intervals(Members& report, std::vector<Interval>& out) {
  std::string fault;
  for (const JsonValue& value : report.array("intervals")) {
    Members one(value, {}, fault);
    Interval& interval = out.emplace_back();
    double seconds = 0;
    one.decimal("t", seconds);
    if (!(seconds >= 0 && seconds < 1e9)) one.refuse("t", "is no time");
    if (!fault.empty()) break;
    const std::uint64_t before = out.size() > 1 ? out[out.size() - 2].end_ns : 0;
    interval.end_ns = value.number("end_ns").value_or(static_cast<std::uint64_t>(std::llround(seconds * 1e9)));
    interval.duration_ns = value.number("duration_ns").value_or(interval.end_ns - std::min(before, interval.end_ns));
    one.measured("tx_packets", interval.tx_packets);
    one.measured("rx_packets", interval.rx_packets);
    one.measured("lost", interval.lost);
    one.measured("p50_ns", interval.p50_ns);
    one.measured("p99_ns", interval.p99_ns);
    one.measured("lag_p99_ns", interval.lag_p99_ns);
  }
  if (!fault.empty()) report.refuse("intervals", fault);
}

void read_tunnels(Members& tunnels, TunnelReport& out) {
  tunnels.number("count", out.count);
  tunnels.measured("seen", out.seen);
  tunnels.measured("with_loss", out.with_loss);
  std::string fault;
  for (const JsonValue& value : tunnels.array("worst")) {
    Members one(value, {}, fault);
    WorstTunnel& worst = out.worst.emplace_back();
    std::uint64_t index = 0;
    one.number("tunnel", index);
    worst.tunnel = static_cast<std::uint32_t>(index);
    if (index > UINT32_MAX) one.refuse("tunnel", "is no index");
    one.measured("teid", worst.teid);
    one.number("lost", worst.lost);
    one.number("packets", worst.packets);
  }
  if (!fault.empty()) tunnels.refuse("worst", fault);
}

void read_environment(Members& members, Environment& out) {
  members.text("iface", out.iface);
  members.measured("mtu", out.mtu);
  members.text("driver", out.driver);
  members.text("qdisc", out.qdisc);
  members.text("clocksource", out.clocksource);
  members.text("backend", out.backend);
  members.measured("threads", out.threads);
  members.measured("gso_segments", out.gso_segments);
  members.measured("receive_buffer", out.receive_buffer);
  members.known("clock_synchronised", out.clock_synchronised);
  members.measured("clock_error_ns", out.clock_error_ns);
  members.object("offloads", [&](Members& offloads) {
    offloads.known("uso", out.uso);
    offloads.known("gro", out.gro);
  });
}

Verdict read_verdict(const std::string& word, Members& report) {
  for (const Verdict verdict : {Verdict::pass, Verdict::fail, Verdict::generator_limited, Verdict::error}) {
    if (word == key(verdict)) return verdict;
  }
  report.refuse("verdict", "is none that this version knows");
  return Verdict::error;
}

void read_checks(Members& report, std::vector<Check>& out) {
  std::string fault;
  for (const JsonValue& value : report.array("checks")) {
    Members one(value, {}, fault);
    Check& check = out.emplace_back();
    one.text("name", check.name);
    one.decimal("limit", check.limit);
    one.measured("value", check.value);
    one.boolean("ok", check.ok);
  }
  if (!fault.empty()) report.refuse("checks", fault);
}

void read_all(Members& in, Report& out) {
  in.text("command", out.command);
  in.time("start", out.start_ns);
  in.number("duration_ns", out.duration_ns);
  if (out.duration_ns > UINT64_MAX - out.start_ns) in.refuse("duration_ns", "has no end");
  if (in.value().text("start_at") != nullptr) in.time("start_at", out.start_at_ns.emplace());
  in.text("host", out.environment.host);
  in.text("kernel", out.environment.kernel);
  in.object("environment", [&](Members& members) { read_environment(members, out.environment); });
  in.object("tx", [&](Members& members) { read_tx(members, out.tx.emplace()); });
  in.object("rx", [&](Members& members) { read_rx(members, out.rx.emplace()); });
  in.object("latency_ns", [&](Members& members) { read_latency(members, out.latency.emplace()); });
  read_intervals(in, out.intervals);
  in.object("tunnels", [&](Members& members) { read_tunnels(members, out.tunnels.emplace()); });
  in.object("gtp", [&](Members& members) { read_numbers(members, out.gtp.emplace(), kSignallingMembers); });
  in.object("cpu", [&](Members& members) {
    CpuReport& cpu = out.cpu.emplace();
    members.decimal("user_s", cpu.user_s);
    members.decimal("system_s", cpu.system_s);
  });
  in.boolean("interrupted", out.interrupted);
  in.boolean("clock_jumped", out.clock_jumped);
  for (const JsonValue& note : in.array("notes")) {
    if (note.text() != nullptr) out.notes.push_back(*note.text());
  }
  read_checks(in, out.checks);
  std::string verdict;
  in.text("verdict", verdict);
  out.verdict = read_verdict(verdict, in);
}

Result<WrittenReport> read_one(std::string_view text, const JsonValue& value, const std::string& name) {
  const std::string* const schema = value.text("schema");
  if (schema == nullptr) return usage(name + " is no report of gtpgen", "gtpgen load … --json > " + name);
  if (*schema != kSchema) {
    return usage(name + " is " + *schema + ", and only reports of " + std::string(kSchema) + " can be put together");
  }
  WrittenReport read;
  read.name = name;
  std::string fault;
  Members members(value, {}, fault);
  read_all(members, read.report);
  if (!fault.empty()) return usage(name + " cannot be put together with others: " + fault);
  if (const JsonValue* const config = value.object("config")) {
    read.config = *config;
    read.report.config = config->within(text);
  }
  return read;
}

}  // namespace

Result<std::vector<WrittenReport>> read_reports(std::string_view text, const std::string& name) {
  std::vector<WrittenReport> reports;
  if (const auto whole = JsonValue::parse(text)) {
    auto one = read_one(text, *whole, name);
    if (!one) return std::move(one).error();
    reports.push_back(*std::move(one));
    return reports;
  }
  std::size_t number = 0;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    ++number;
    if (line.find_first_not_of(" \t\r") == std::string_view::npos) continue;
    const auto value = JsonValue::parse(line);
    const std::string place = name + ":" + std::to_string(number);
    if (!value) return usage(place + " is no JSON");
    auto one = read_one(line, *value, place);
    if (!one) return std::move(one).error();
    reports.push_back(*std::move(one));
  }
  if (reports.empty()) return usage(name + " is empty");
  return reports;
}

}  // namespace gtp::gen
