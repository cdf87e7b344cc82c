// SPDX-License-Identifier: GPL-2.0-or-later
//
// gtpgen.load/1. A member whose object was not measured is null; inside an object that is there, null as well.
#include <string>

#include "gtpgen/report/members.hpp"
#include "gtpgen/report/writers.hpp"
#include "gtpgen/version.hpp"
#include "libcommon/output/time_format.hpp"

namespace gtp::gen {
namespace {

using output::JsonWriter;

std::string_view key(LatencyMeter::Kind kind) noexcept {
  switch (kind) {
    case LatencyMeter::Kind::round_trip:
      return "rtt";
    case LatencyMeter::Kind::one_way:
      return "oneway";
    case LatencyMeter::Kind::one_way_relative:
      return "oneway-relative";
  }
  return "rtt";
}

// Empty text is what nobody knows.
void put_known(JsonWriter& json, std::string_view name, std::string_view text) {
  if (text.empty()) {
    json.null(name);
  } else {
    json.text(name, text);
  }
}

void put_known(JsonWriter& json, std::string_view name, const std::optional<bool>& value) {
  if (value) {
    json.boolean(name, *value);
  } else {
    json.null(name);
  }
}

void put_percentiles(JsonWriter& json, const measure::Histogram& h) {
  json.measured("p50", h.percentile(50));
  json.measured("p90", h.percentile(90));
  json.measured("p99", h.percentile(99));
  json.measured("p99_9", h.percentile(99.9));
  json.measured("p99_99", h.percentile(99.99));
  json.measured("max", h.max());
}

void put_time(JsonWriter& json, std::string_view name, std::uint64_t ns_since_1970) {
  TextBuffer text;
  output::TimeFormat(output::TimeStyle::utc, 9).put(text, ns_since_1970);
  json.text(name, text.view());
}

// What adds up over hosts and runs; percentiles do not.
void put_sums(JsonWriter& json, const measure::Histogram& h) {
  json.number("count", h.count());
  json.number("sum", h.sum());
  json.measured("min", h.min());
  json.measured("mean", h.mean());
}

void put_buckets(JsonWriter& json, const measure::Histogram& h) {
  const auto buckets = json.array("buckets");
  h.for_each_bucket([&](std::uint64_t last, std::uint64_t count) {
    const auto bucket = json.array();
    json.number(last);
    json.number(count);
  });
}

void put_environment(JsonWriter& json, const Environment& environment) {
  const auto object = json.object("environment");
  put_known(json, "iface", environment.iface);
  json.measured("mtu", environment.mtu);
  put_known(json, "driver", environment.driver);
  {
    const auto offloads = json.object("offloads");
    put_known(json, "uso", environment.uso);
    put_known(json, "gro", environment.gro);
  }
  put_known(json, "qdisc", environment.qdisc);
  put_known(json, "clocksource", environment.clocksource);
  {
    const auto cpus = json.array("cpus");
    for (const std::uint32_t cpu : environment.cpus) json.number(cpu);
  }
  json.measured("threads", environment.threads);
  put_known(json, "backend", environment.backend);
  json.measured("gso_segments", environment.gso_segments);
  json.measured("receive_buffer", environment.receive_buffer);
  put_known(json, "clock_synchronised", environment.clock_synchronised);
  json.measured("clock_error_ns", environment.clock_error_ns);
}

void put_tx(JsonWriter& json, const TxReport& tx) {
  const auto object = json.object("tx");
  json.number("packets", tx.packets);
  json.number("bytes_l2", tx.bytes_l2);
  json.number("bytes_inner", tx.bytes_inner);
  json.number("duration_ns", tx.duration_ns);
  json.decimal("rate_pps", tx.rate_pps());
  json.decimal("target_pps", tx.target_pps);
  json.decimal("rate_error", tx.rate_error());
  json.number("skipped", tx.skipped);
  {
    const auto errors = json.object("errors");
    for (const ErrorCount& error : tx.errors) json.number(error.name, error.count);
  }
  {
    const auto unwanted = json.object("unwanted");
    for (const ErrorCount& kind : tx.unwanted) json.number(kind.name, kind.count);
  }
  if (tx.lag_ns.count() == 0) {
    json.null("lag_ns");
  } else {
    const auto lag = json.object("lag_ns");
    put_sums(json, tx.lag_ns);
    put_percentiles(json, tx.lag_ns);
    put_buckets(json, tx.lag_ns);
  }
}

void put_rx(JsonWriter& json, const RxReport& rx) {
  const auto object = json.object("rx");
  json.number("packets", rx.packets);
  json.number("bytes_inner", rx.bytes_inner);
  json.number("duration_ns", rx.duration_ns);
  json.decimal("rate_pps", rx.rate_pps());
  json.measured("expected", rx.expected);
  json.measured("lost", rx.lost);
  json.measured("lost_local", rx.lost_local);
  json.decimal("loss_ratio", rx.loss_ratio());
  json.number("reordered", rx.reordered);
  json.number("reorder_max_distance", rx.reorder_max_distance);
  json.number("duplicate", rx.duplicate);
  json.number("late", rx.late);
  json.number("corrupt", rx.corrupt);
  json.number("unstamped", rx.unstamped);
  json.number("unknown_run", rx.unknown_run);
  json.number("unknown_teid", rx.unknown_teid);
  json.number("malformed", rx.malformed);
  json.number("datagrams", rx.datagrams);
  json.number("receive_calls", rx.receive_calls);
}

void put_latency(JsonWriter& json, const LatencyReport& latency) {
  const measure::Histogram& h = latency.histogram;
  const auto object = json.object("latency_ns");
  json.text("basis", latency.basis == LatencyReport::Basis::scheduled ? "scheduled" : "actual");
  json.text("stamp", latency.stamp == LatencyReport::Stamp::kernel ? "kernel" : "app");
  json.text("kind", key(latency.kind));
  json.number("app_stamped", latency.app_stamped);
  json.number("negative", latency.negative);
  put_sums(json, h);
  json.measured("stddev", h.deviation());
  put_percentiles(json, h);
  put_buckets(json, h);
}

void put_intervals(JsonWriter& json, const std::vector<Interval>& intervals) {
  const auto array = json.array("intervals");
  for (const Interval& interval : intervals) {
    const double seconds = static_cast<double>(interval.duration_ns) / 1e9;
    const auto rate = [&](const std::optional<std::uint64_t>& packets) {
      return packets && seconds > 0 ? std::optional(static_cast<double>(*packets) / seconds) : std::nullopt;
    };
    const auto object = json.object();
    json.decimal("t", static_cast<double>(interval.end_ns) / 1e9);
    json.number("end_ns", interval.end_ns);
    json.number("duration_ns", interval.duration_ns);
    json.measured("tx_packets", interval.tx_packets);
    json.decimal("tx_pps", rate(interval.tx_packets));
    json.measured("rx_packets", interval.rx_packets);
    json.decimal("rx_pps", rate(interval.rx_packets));
    json.measured("lost", interval.lost);
    json.decimal("loss_ratio", interval.lost && interval.rx_packets && *interval.lost + *interval.rx_packets > 0
                                   ? std::optional(static_cast<double>(*interval.lost) /
                                                   static_cast<double>(*interval.lost + *interval.rx_packets))
                                   : std::nullopt);
    json.measured("p50_ns", interval.p50_ns);
    json.measured("p99_ns", interval.p99_ns);
    json.measured("lag_p99_ns", interval.lag_p99_ns);
  }
}

void put_tunnels(JsonWriter& json, const TunnelReport& tunnels) {
  const auto object = json.object("tunnels");
  json.number("count", tunnels.count);
  json.measured("seen", tunnels.seen);
  json.measured("with_loss", tunnels.with_loss);
  const auto worst = json.array("worst");
  for (const WorstTunnel& tunnel : tunnels.worst) {
    const auto one = json.object();
    json.number("tunnel", tunnel.tunnel);
    json.measured("teid", tunnel.teid);
    json.number("lost", tunnel.lost);
    json.number("packets", tunnel.packets);
  }
}

void put_signalling(JsonWriter& json, const SignallingReport& gtp) {
  const auto object = json.object("gtp");
  for (const auto& member : kSignallingMembers) json.number(member.key, gtp.*member.at);
}

void put_cpu(JsonWriter& json, const Report& report) {
  const auto object = json.object("cpu");
  json.decimal("user_s", report.cpu->user_s);
  json.decimal("system_s", report.cpu->system_s);
  const std::uint64_t packets = (report.tx ? report.tx->packets : 0) + (report.rx ? report.rx->packets : 0);
  const double total = (report.cpu->user_s + report.cpu->system_s) * 1e9;
  json.measured("per_packet_ns", packets == 0
                                     ? std::nullopt
                                     : std::optional(static_cast<std::uint64_t>(total / static_cast<double>(packets))));
}

void put_sources(JsonWriter& json, const std::vector<ReportSource>& sources) {
  const auto array = json.array("sources");
  for (const ReportSource& source : sources) {
    const auto one = json.object();
    json.text("file", source.file);
    put_known(json, "host", source.host);
    put_time(json, "start", source.start_ns);
    json.number("duration_ns", source.duration_ns);
    json.measured("tx_packets", source.tx_packets);
    json.measured("rx_packets", source.rx_packets);
    json.measured("lost", source.lost);
    json.text("verdict", gen::key(source.verdict));
  }
}

void put_verdict(JsonWriter& json, const Report& report) {
  {
    const auto checks = json.array("checks");
    for (const Check& check : report.checks) {
      const auto one = json.object();
      json.text("name", check.name);
      json.decimal("limit", check.limit);
      json.decimal("value", check.value);
      json.boolean("ok", check.ok);
    }
  }
  {
    const auto limited = json.array("limited_by");
    for (const std::string& reason : report.limited_by) json.text(reason);
  }
  {
    const auto notes = json.array("notes");
    for (const std::string& note : report.notes) json.text(note);
  }
  json.boolean("interrupted", report.interrupted);
  json.boolean("clock_jumped", report.clock_jumped);
  json.text("verdict", gen::key(report.verdict));
  json.number("exit_code", static_cast<std::uint64_t>(report.exit_code));
}

}  // namespace

void put_json(JsonWriter& json, const Report& report) {
  const auto object = json.object();
  json.text("schema", "gtpgen.load/1");
  json.text("command", report.command);
  json.text("version", version_number());
  put_time(json, "start", report.start_ns);
  json.number("duration_ns", report.duration_ns);
  report.start_at_ns ? put_time(json, "start_at", *report.start_at_ns) : json.null("start_at");
  put_known(json, "host", report.environment.host);
  put_known(json, "kernel", report.environment.kernel);
  {
    const auto argv = json.array("argv");
    for (const std::string& word : report.argv) json.text(word);
  }
  if (report.config.empty()) {
    json.null("config");
  } else {
    json.verbatim("config", report.config);
  }
  if (!report.parts.empty()) json.verbatim("parts", report.parts);
  if (!report.sources.empty()) put_sources(json, report.sources);
  put_environment(json, report.environment);
  report.tx ? put_tx(json, *report.tx) : json.null("tx");
  report.rx ? put_rx(json, *report.rx) : json.null("rx");
  report.latency ? put_latency(json, *report.latency) : json.null("latency_ns");
  put_intervals(json, report.intervals);
  report.tunnels ? put_tunnels(json, *report.tunnels) : json.null("tunnels");
  report.gtp ? put_signalling(json, *report.gtp) : json.null("gtp");
  report.cpu ? put_cpu(json, report) : json.null("cpu");
  put_verdict(json, report);
}

void put_json(TextBuffer& out, const Report& report) {
  {
    JsonWriter json(out);
    put_json(json, report);
  }
  out.put('\n');
}

}  // namespace gtp::gen
