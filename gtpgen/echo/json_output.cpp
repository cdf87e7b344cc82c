// SPDX-License-Identifier: GPL-2.0-or-later
//
// gtpgen-echo/1: docs/formats/gtpgen-echo-1.md.
#include <cmath>
#include <cstring>

#include "gtpgen/echo/output.hpp"
#include "gtpgen/echo/text_statistics.hpp"
#include "gtpgen/receive/clock.hpp"
#include "libcommon/output/json_writer.hpp"
#include "libcommon/output/time_format.hpp"

namespace gtp::gen::echo {
namespace {

using output::JsonWriter;

constexpr std::string_view kSchema = "gtpgen-echo/1";

std::string_view type_of(Event::Kind kind) noexcept {
  switch (kind) {
    case Event::Kind::answered:
      return "answer";
    case Event::Kind::duplicate:
      return "duplicate";
    case Event::Kind::late:
      return "late";
    case Event::Kind::lost:
      return "lost";
    case Event::Kind::malformed:
      return "malformed";
    case Event::Kind::unreachable:
      return "unreachable";
    case Event::Kind::not_sent:
      return "not_sent";
    case Event::Kind::retransmitted:
      return "retransmission";
    case Event::Kind::unexpected:
      return "unexpected";
    case Event::Kind::peer_asks:
      return "echo_request";
    case Event::Kind::fallback:
      return "fallback";
    case Event::Kind::restarted:
      return "restart";
    case Event::Kind::older_counter:
      return "older_counter";
    case Event::Kind::path_up:
      return "up";
    case Event::Kind::path_down:
      return "down";
  }
  return "unknown";
}

void put_time(JsonWriter& json, TextBuffer& scratch) {
  static const output::TimeFormat kEpoch(output::TimeStyle::epoch, 9);
  scratch.clear();
  kEpoch.put(scratch, realtime_ns());
  json.text("time", scratch.view());
}

void put_features(JsonWriter& json, std::uint8_t features) {
  json.number("node_features", features);
  auto list = json.array("node_feature_names");
  for (int bit = 0; bit < 8; ++bit) {
    if ((features >> bit & 1) != 0 && !node_feature(bit).empty()) json.text(node_feature(bit));
  }
}

void put_peer_name(JsonWriter& json, const Peer& peer, Dialect dialect) {
  json.text("host", peer.target().name);
  json.address("address", peer.target().address);
  json.number("port", peer.port());
  json.text("protocol", info(dialect).key);
}

void put_counts(JsonWriter& json, const Counts& counts, std::uint64_t lost_local) {
  json.number("sent", counts.sent);
  json.number("answered", counts.answered);
  json.number("lost", counts.lost);
  json.number("unreachable", counts.unreachable);
  json.number("malformed", counts.malformed);
  json.number("in_flight", counts.in_flight());
  json.number("not_sent", counts.not_sent);
  json.number("probes", counts.probes);
  json.number("retransmitted", counts.retransmitted);
  json.number("duplicate", counts.duplicate);
  json.number("reordered", counts.reordered);
  json.number("late", counts.late);
  json.number("unexpected", counts.unexpected);
  json.number("echo_requests", counts.peer_requests);
  json.number("version_not_supported", counts.version_not_supported);
  json.number("icmp_errors", counts.icmp_errors);
  json.number("restarts", counts.restarts);
  json.number("older_counters", counts.older_counters);
  // Parts per million: numbers are integers.
  const bool known = counts.sent > counts.in_flight();
  const auto ppm = [&](double ratio) {
    return known ? std::optional(static_cast<std::uint64_t>(std::ceil(ratio * 1e6 - 1e-6))) : std::nullopt;
  };
  json.measured("loss_ppm", ppm(loss_ratio(counts, lost_local)));
  json.measured("unanswered_ppm", ppm(unanswered_ratio(counts, lost_local)));
}

void put_peer(JsonWriter& json, const Peer& peer, std::uint64_t lost_local) {
  auto object = json.object();
  put_peer_name(json, peer, peer.dialect());
  json.boolean("protocol_confirmed", peer.counts().answered > 0);
  put_counts(json, peer.counts(), lost_local);
  const RttStatistics& rtt = peer.rtt();
  {
    auto times = json.object("rtt_ns");
    json.number("count", rtt.count());
    json.number("app_clock", peer.counts().app_clock);
    json.measured("min", rtt.min());
    json.measured("mean", rtt.mean());
    json.measured("max", rtt.max());
    json.measured("mdev", rtt.deviation());
    json.measured("p50", rtt.percentile(50));
    json.measured("p90", rtt.percentile(90));
    json.measured("p99", rtt.percentile(99));
    json.measured("p99_9", rtt.percentile(99.9));
  }
  const Path path = peer.path();
  json.text("path", path == Path::up ? "up" : path == Path::down ? "down" : "unknown");
  json.measured("restart_counter", peer.restart_counter());
  if (const auto features = peer.node_features()) put_features(json, *features);
  json.measured("highest_version", peer.highest_version());
}

class JsonOutput : public Output {
 public:
  explicit JsonOutput(const OutputOptions& options) : options_(options) {}

  void heading(const Engine&, const Settings&) override {}
  void handle(const Event& event) override;
  void statistics(const Engine& engine, const Summary& summary, bool final) override;

 private:
  bool wanted(Event::Kind kind) const noexcept;

  OutputOptions options_;
  TextBuffer scratch_;
};

bool JsonOutput::wanted(Event::Kind kind) const noexcept {
  switch (kind) {
    case Event::Kind::restarted:
      return true;
    case Event::Kind::path_up:
    case Event::Kind::path_down:
      return options_.monitor;
    case Event::Kind::fallback:
    case Event::Kind::older_counter:
      return !options_.quiet;
    default:
      return !options_.quiet && !options_.flood && !options_.monitor;
  }
}

void JsonOutput::handle(const Event& event) {
  if (!wanted(event.kind)) return;
  JsonWriter json(text());
  {
    auto object = json.object();
    json.text("schema", kSchema);
    json.text("type", type_of(event.kind));
    put_time(json, scratch_);
    put_peer_name(json, event.peer, event.dialect);
    if (event.kind != Event::Kind::unexpected && event.kind != Event::Kind::peer_asks) {
      json.number("sequence_number", event.sequence_number);
    }
    json.number("attempts", event.attempts);
    if (event.rtt_ns) {
      json.number("rtt_ns", *event.rtt_ns);
      json.text("clock", event.kernel_clock ? "kernel" : "app");
    }
    if (event.answer != nullptr && event.answer->restart_counter) {
      json.number("restart_counter", *event.answer->restart_counter);
    }
    if (event.kind == Event::Kind::restarted || event.kind == Event::Kind::older_counter) {
      json.number("previous_restart_counter", event.previous);
    }
    if (event.answer != nullptr && event.answer->node_features) put_features(json, *event.answer->node_features);
    if (event.answer != nullptr && event.answer->recovery_time) {
      json.number("recovery_time_stamp", *event.answer->recovery_time);
    }
    if (event.answer != nullptr && event.answer->kind == Answer::Kind::version_not_supported) {
      json.number("highest_version", event.answer->version);
    }
    if (event.arrival != nullptr && event.arrival->ttl) json.number("ttl", *event.arrival->ttl);
    if (event.arrival != nullptr && event.arrival->tos) json.number("tos", *event.arrival->tos);
    if (event.icmp != nullptr) {
      if (!event.icmp->sender.empty()) json.address("icmp_sender", event.icmp->sender);
      json.number("icmp_type", event.icmp->type);
      json.number("icmp_code", event.icmp->code);
      json.text("reason", describe(*event.icmp));
    } else if (event.error != 0) {
      json.text("reason", std::strerror(event.error));
    } else if (!event.reason.empty()) {
      json.text("reason", event.reason);
    }
    if (event.kind == Event::Kind::fallback) json.text("next_protocol", info(event.peer.dialect()).key);
  }
  text().put('\n');
}

void JsonOutput::statistics(const Engine& engine, const Summary& summary, bool final) {
  JsonWriter json(text());
  {
    auto object = json.object();
    json.text("schema", kSchema);
    json.text("type", "summary");
    put_time(json, scratch_);
    json.boolean("final", final);
    json.number("duration_ns", summary.elapsed_ns);
    json.number("peers_asked", summary.peers);
    json.number("peers_answering", summary.answering);
    put_counts(json, summary.total, summary.lost_local);
    json.number("lost_local", summary.lost_local);
    json.number("strays", summary.strays);
    {
      auto list = json.array("peers");
      const std::uint64_t local = engine.peers().size() == 1 ? summary.lost_local : 0;
      for (const Peer& peer : engine.peers()) put_peer(json, peer, local);
    }
    json.boolean("interrupted", summary.interrupted);
    if (!summary.reason.empty()) json.text("reason", summary.reason);
    json.number("exit_status", summary.interrupted ? 130U : static_cast<unsigned>(summary.status));
  }
  text().put('\n');
}

}  // namespace

std::unique_ptr<Output> make_json_output(const OutputOptions& options) { return std::make_unique<JsonOutput>(options); }

}  // namespace gtp::gen::echo
