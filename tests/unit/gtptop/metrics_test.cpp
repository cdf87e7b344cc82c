// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtptop/export/metrics.hpp"

#include <catch2/catch.hpp>

#include <fstream>
#include <set>

#include "gtptop/export/metrics_text.hpp"

namespace gtp::top {
namespace {

LinkRow counted_link() {
  LinkRow link;
  link.index = 4;
  link.name = "gtp0";
  link.up = true;
  link.role = LinkRole::sgsn;
  link.sockets = "0.0.0.0:2152";
  link.mtu = 1452;
  link.tunnels_v0 = 2;
  link.tunnels_v1 = 40;
  LinkCounters counters;
  counters.up_packets = 11;
  counters.up_bytes = 1'000'000'000'001;
  counters.dn_packets = 13;
  counters.dn_bytes = 17;
  counters.no_route = 19;
  link.counters = counters;
  link.socket_drops = 23;
  return link;
}

Finding finding(std::uint16_t id, FindingObject::Kind kind, std::string object) {
  Finding one;
  one.id = id;
  one.severity = Severity::critical;
  one.object.kind = kind;
  one.object.text = std::move(object);
  return one;
}

MetricsSnapshot small_snapshot() {
  MetricsSnapshot snapshot;
  snapshot.source = {"upf \"3\"", "default", "mainline 6.1\xff", true};
  snapshot.traffic = Origin::module;
  snapshot.build = {"1.2.3", "abc"};
  snapshot.time_ns = 1'800'000'000'250'000'000;
  snapshot.tunnels = 42;
  snapshot.paths = {1, 2, 0, 1};
  snapshot.links = {counted_link()};
  PeerRow peer;
  peer.address = *IpAddress::parse("2001:db8::7");
  peer.state = PathState::down;
  peer.up_bps = 804;
  peer.loss_percent = 40;
  peer.rtt_ns = 1'250'000;
  PeerRow silent;
  silent.address = *IpAddress::parse("192.0.2.9");
  snapshot.peers = {peer, silent};
  snapshot.findings = {finding(102, FindingObject::Kind::tunnel, "gtp0/0x00000001"),
                       finding(102, FindingObject::Kind::tunnel, "gtp0/0x00000002"),
                       finding(201, FindingObject::Kind::peer, "2001:db8::7"),
                       finding(310, FindingObject::Kind::host, "")};
  return snapshot;
}

bool has_line(const std::string& text, const std::string& line) {
  return ("\n" + text).find("\n" + line + "\n") != std::string::npos;
}

TEST_CASE("metrics: names are as Prometheus wants them, and used once") {
  std::set<std::string_view> names;
  for (const Metric& metric : metrics()) {
    INFO(metric.name);
    CHECK(
        (metric.name.starts_with("gtp_") || metric.name.starts_with("gtptop_") || metric.name.starts_with("process_")));
    CHECK(metric.name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_") == std::string_view::npos);
    CHECK(metric.name.back() != '_');
    CHECK(names.insert(metric.name).second);
    CHECK(metric.name.ends_with("_total") == (metric.type == MetricType::counter));
    CHECK(metric.help.ends_with('.'));
    CHECK(metric.help.find_first_of("\\\"\n|") == std::string_view::npos);
    std::string_view base = metric.name;
    if (base.ends_with("_total")) base.remove_suffix(6);
    if (!metric.unit.empty()) CHECK(base.ends_with("_" + std::string(metric.unit)));
    if (metric.unit.empty()) {
      for (const char* unit : {"_bytes", "_seconds", "_ratio", "_bits", "_percent", "_nanoseconds"}) {
        CHECK_FALSE(base.ends_with(unit));
      }
    }
  }
}

TEST_CASE("metrics: every point has a value for every label") {
  MetricsSnapshot snapshot = small_snapshot();
  TunnelRow tunnel;
  tunnel.key.id = 0x51a0ff17;
  tunnel.link = "gtp0";
  tunnel.peer = *IpAddress::parse("192.0.2.9");
  tunnel.up_bps = 8;
  tunnel.dn_bps = 16;
  tunnel.counters = TunnelCounters{};
  snapshot.top_tunnels = {tunnel};
  snapshot.totals.up_bps = 8;
  snapshot.sweep.duration_ms = 3;
  snapshot.sweep.complete = true;
  for (LinkRow& link : snapshot.links) {
    link.buckets = 1024;
    link.receive_queue_bytes = 0;
    link.receive_limit_bytes = 212'992;
    link.counters->no_tunnel = 0;
  }
  snapshot.peers[0].pps = 7;
  snapshot.process = process_figures();
  for (const Metric& metric : metrics()) {
    INFO(metric.name);
    MetricPoints points;
    metric.read(snapshot, points);
    CHECK_FALSE(points.points().empty());
    for (const auto& point : points.points()) CHECK(point.labels.size() == label_names(metric).size());
  }
}

TEST_CASE("metrics: values in base units, absent where they are not known") {
  const std::string text = metrics_text(small_snapshot(), MetricsFormat::prometheus);
  CHECK(has_line(text, "gtp_tunnels 42"));
  CHECK(has_line(text, "gtp_peers{path_state=\"down\"} 1"));
  CHECK(has_line(text, "gtp_link_bytes_total{link=\"gtp0\",direction=\"up\"} 1000000000001"));
  CHECK(has_line(text, "gtp_link_bytes_total{link=\"gtp0\",direction=\"dn\"} 17"));
  CHECK(has_line(text, "gtp_link_packets_total{link=\"gtp0\",direction=\"up\"} 11"));
  CHECK(has_line(text, "gtp_link_no_route_packets_total{link=\"gtp0\"} 19"));
  CHECK(has_line(text, "gtp_link_info{link=\"gtp0\",role=\"sgsn\",sockets=\"0.0.0.0:2152\"} 1"));
  CHECK(has_line(text, "gtptop_build_info{version=\"1.2.3\",commit=\"abc\"} 1"));
  CHECK(has_line(text, "gtp_link_tunnels{link=\"gtp0\",version=\"1\"} 40"));
  CHECK(has_line(text, "gtp_peer_path_up{peer=\"2001:db8::7\"} 0"));
  CHECK(has_line(text, "gtp_peer_throughput_bytes_per_second{peer=\"2001:db8::7\",direction=\"up\"} 100.5"));
  CHECK(has_line(text, "gtp_peer_echo_loss_ratio{peer=\"2001:db8::7\"} 0.4"));
  CHECK(has_line(text, "gtp_peer_echo_rtt_seconds{peer=\"2001:db8::7\"} 0.00125"));
  CHECK(has_line(text, "# TYPE gtp_link_bytes_total counter"));
  // Never asked, never counted: not there rather than 0.
  CHECK(text.find("gtp_peer_path_up{peer=\"192.0.2.9\"}") == std::string::npos);
  CHECK(text.find("gtp_link_no_tunnel_packets_total") == std::string::npos);
  CHECK(text.find("gtp_throughput_bytes_per_second") == std::string::npos);
  CHECK(text.find("gtp_tunnel_") == std::string::npos);
}

TEST_CASE("metrics: findings about tunnels are counted for their link") {
  const std::string text = metrics_text(small_snapshot(), MetricsFormat::prometheus);
  CHECK(text.find("gtp_findings{id=\"GTP-102\",severity=\"critical\",title=") != std::string::npos);
  CHECK(text.find(",object=\"gtp0\"} 2\n") != std::string::npos);
  CHECK(has_line(text,
                 "gtp_findings{id=\"GTP-201\",severity=\"critical\",title=\"path down\",object=\"2001:db8::7\"} 1"));
  CHECK(text.find("title=\"no right\",object=\"\"} 1\n") != std::string::npos);
  CHECK(text.find("0x0000") == std::string::npos);
}

TEST_CASE("metrics: what the source says cannot break the text") {
  const std::string text = metrics_text(small_snapshot(), MetricsFormat::prometheus);
  CHECK(text.find("host=\"upf \\\"3\\\"\",netns=\"default\",module=\"mainline 6.1?\"") != std::string::npos);
  const std::string open = metrics_text(small_snapshot(), MetricsFormat::openmetrics);
  CHECK(open.find("host=\"upf \\\"3\\\"\",netns=\"default\",module=\"mainline 6.1?\"") != std::string::npos);
}

TEST_CASE("metrics: OpenMetrics has units, heads without _total, and an end") {
  const std::string text = metrics_text(small_snapshot(), MetricsFormat::openmetrics);
  CHECK(text.ends_with("\n# EOF\n"));
  CHECK(text.find("# TYPE gtp_link_bytes counter\n# UNIT gtp_link_bytes bytes\n# HELP gtp_link_bytes Octets ") !=
        std::string::npos);
  CHECK(has_line(text, "gtp_link_bytes_total{link=\"gtp0\",direction=\"up\"} 1000000000001"));
  CHECK(has_line(text, "gtptop_last_sample_timestamp_seconds 1800000000.25"));
  CHECK(has_line(text, "gtp_tunnels 42"));
}

TEST_CASE("metrics: this process uses time and memory, and has started before now") {
  const ProcessFigures figures = process_figures();
  CHECK(figures.cpu_seconds > 0);
  REQUIRE(figures.resident_bytes);
  CHECK(*figures.resident_bytes > 1'000'000);
  const double now = std::chrono::duration<double>(std::chrono::system_clock::now().time_since_epoch()).count();
  CHECK(figures.start_time_seconds < now + 1);
  CHECK(figures.start_time_seconds > now - 600);
  CHECK(process_figures().start_time_seconds == figures.start_time_seconds);
}

// The manual's table is made from this one; a test prints what it should be when it is not.
TEST_CASE("metrics: docs/formats/gtptop-metrics-1.md has this table") {
  std::string table = "| series | type | unit | labels | from | |\n|---|---|---|---|---|---|\n";
  for (const Metric& metric : metrics()) {
    std::string labels;
    for (const auto name : label_names(metric)) labels += (labels.empty() ? "`" : " `") + std::string(name) + "`";
    table += "| `" + std::string(metric.name) + "` | " + (metric.type == MetricType::counter ? "counter" : "gauge") +
             " | " + std::string(metric.unit) + " | " + labels + " | " + std::string(metric.source) + " | " +
             std::string(metric.help) + " |\n";
  }
  std::ifstream file(GTP_SOURCE_DIR "/docs/formats/gtptop-metrics-1.md");
  const std::string text((std::istreambuf_iterator<char>(file)), {});
  INFO(table);
  CHECK(text.find("\n" + table + "\n") != std::string::npos);
}

}  // namespace
}  // namespace gtp::top
