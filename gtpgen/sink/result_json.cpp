// SPDX-License-Identifier: GPL-2.0-or-later
//
// A ReceiveResult as JSON, there and back. The names of its numbers are in one table for both ways.
#include <array>

#include "gtpgen/report/json_value.hpp"
#include "gtpgen/report/members.hpp"
#include "gtpgen/sink/control.hpp"
#include "libcommon/output/json_writer.hpp"

namespace gtp::gen {
namespace {

using output::JsonWriter;

constexpr std::array<Member<ReceiveCounts>, 15> kCounts = {{
    {"calls", &ReceiveCounts::calls},
    {"messages", &ReceiveCounts::messages},
    {"datagrams", &ReceiveCounts::datagrams},
    {"stamped", &ReceiveCounts::stamped},
    {"bytes_inner", &ReceiveCounts::bytes_inner},
    {"corrupt", &ReceiveCounts::corrupt},
    {"unstamped", &ReceiveCounts::unstamped},
    {"unknown_run", &ReceiveCounts::unknown_run},
    {"unknown_tunnel", &ReceiveCounts::unknown_tunnel},
    {"unknown_teid", &ReceiveCounts::unknown_teid},
    {"malformed", &ReceiveCounts::malformed},
    {"first_ns", &ReceiveCounts::first_ns},
    {"last_ns", &ReceiveCounts::last_ns},
    {"app_stamped", &ReceiveCounts::app_stamped},
    {"clock_steps", &ReceiveCounts::clock_steps},
}};

constexpr std::array<Member<StreamCounts>, 6> kStream = {{
    {"received", &StreamCounts::received},
    {"given_up", &StreamCounts::lost},
    {"reordered", &StreamCounts::reordered},
    {"reorder_max_distance", &StreamCounts::reorder_max_distance},
    {"duplicate", &StreamCounts::duplicate},
    {"late", &StreamCounts::late},
}};

constexpr std::array<Member<StreamTotals>, 3> kTotals = {{
    {"expected", &StreamTotals::expected},
    {"received", &StreamTotals::received},
    {"lost", &StreamTotals::lost},
}};

template <typename Owner, std::size_t kSize>
void put_members(JsonWriter& json, const Owner& owner, const std::array<Member<Owner>, kSize>& members) {
  for (const auto& member : members) json.number(member.key, owner.*member.at);
}

template <typename Owner, std::size_t kSize>
bool read_members(const JsonValue* value, Owner& owner, const std::array<Member<Owner>, kSize>& members) {
  if (value == nullptr) return false;
  for (const auto& member : members) {
    const auto number = value->number(member.key);
    if (!number) return false;
    owner.*member.at = *number;
  }
  return true;
}

void put_latency(JsonWriter& json, const LatencyReport& latency) {
  const measure::Histogram& h = latency.histogram;
  const auto object = json.object("latency");
  json.number("kind", static_cast<std::uint64_t>(latency.kind));
  json.number("stamp", static_cast<std::uint64_t>(latency.stamp));
  json.number("negative", latency.negative);
  json.number("min", h.min().value_or(0));
  json.number("max", h.max().value_or(0));
  json.number("mean", h.mean().value_or(0));
  json.number("sum", h.sum());
  const auto buckets = json.array("buckets");
  h.for_each_bucket([&](std::uint64_t last, std::uint64_t count) {
    const auto pair = json.array();
    json.number(last);
    json.number(count);
  });
}

bool read_latency(const JsonValue& value, LatencyReport& out) {
  const auto kind = value.number("kind");
  const auto stamp = value.number("stamp");
  const auto negative = value.number("negative");
  const auto min = value.number("min");
  const auto max = value.number("max");
  const auto mean = value.number("mean");
  const auto* const buckets = value.array("buckets");
  if (!kind || *kind > 2 || !stamp || *stamp > 1 || !negative || !min || !max || !mean || buckets == nullptr) {
    return false;
  }
  out.kind = static_cast<LatencyMeter::Kind>(*kind);
  out.stamp = static_cast<LatencyReport::Stamp>(*stamp);
  out.negative = *negative;
  for (const JsonValue& pair : *buckets) {
    if (pair.elements().size() != 2) return false;
    const auto last = pair.elements()[0].number();
    const auto count = pair.elements()[1].number();
    if (!last || !count) return false;
    out.histogram.restore_bucket(*last, *count);
  }
  return out.histogram.restore_exact(*min, *max, *mean, value.number("sum"));
}

void put_totals(JsonWriter& json, const StreamTotals& totals) {
  const auto object = json.object("totals");
  put_members(json, totals, kTotals);
  json.number("tunnels_seen", totals.tunnels_seen);
  json.number("tunnels_with_loss", totals.tunnels_with_loss);
  const auto worst = json.array("worst");
  for (const TunnelLoss& loss : totals.worst) {
    const auto one = json.array();
    json.number(loss.tunnel);
    json.number(loss.lost);
    json.number(loss.expected);
  }
}

bool read_totals(const JsonValue& value, StreamTotals& out) {
  const auto seen = value.number("tunnels_seen");
  const auto with_loss = value.number("tunnels_with_loss");
  const auto* const worst = value.array("worst");
  if (!read_members(&value, out, kTotals) || !seen || *seen > UINT32_MAX || !with_loss || *with_loss > UINT32_MAX ||
      worst == nullptr || worst->size() > StreamTracker::kWorst) {
    return false;
  }
  out.tunnels_seen = static_cast<std::uint32_t>(*seen);
  out.tunnels_with_loss = static_cast<std::uint32_t>(*with_loss);
  for (const JsonValue& one : *worst) {
    if (one.elements().size() != 3) return false;
    const auto tunnel = one.elements()[0].number();
    const auto lost = one.elements()[1].number();
    const auto expected = one.elements()[2].number();
    if (!tunnel || *tunnel > UINT32_MAX || !lost || !expected || *expected == 0) return false;
    out.worst.push_back({static_cast<std::uint32_t>(*tunnel), *lost, *expected});
  }
  return true;
}

bool read_result(const JsonValue& value, ReceiveResult& out) {
  if (!read_members(value.object("counts"), out.counts, kCounts) ||
      !read_members(value.object("gtp"), out.counts.gtp, kSignallingMembers) ||
      !read_members(value.object("stream"), out.stream, kStream)) {
    return false;
  }
  out.lost_local = value.number("lost_local");
  if (const JsonValue* const latency = value.object("latency")) {
    if (!read_latency(*latency, out.latency.emplace())) return false;
  }
  if (const JsonValue* const totals = value.object("totals")) return read_totals(*totals, out.totals.emplace());
  return true;
}

}  // namespace

void put_result(TextBuffer& out, const ReceiveResult& result) {
  {
    JsonWriter json(out);
    const auto answer = json.object();
    json.boolean("ok", true);
    const auto object = json.object("result");
    {
      const auto counts = json.object("counts");
      put_members(json, result.counts, kCounts);
    }
    {
      const auto gtp = json.object("gtp");
      put_members(json, result.counts.gtp, kSignallingMembers);
    }
    {
      const auto stream = json.object("stream");
      put_members(json, result.stream, kStream);
    }
    json.measured("lost_local", result.lost_local);
    if (result.latency && result.latency->histogram.count() != 0) put_latency(json, *result.latency);
    if (result.totals) put_totals(json, *result.totals);
  }
  out.put('\n');
}

Result<ControlAnswer> read_answer(std::string_view line) {
  const Error broken{ErrorCode::protocol, 0, "the sink's answer makes no sense", "the same version of gtpgen there"};
  const auto value = JsonValue::parse(line);
  if (!value || !value->is_object()) return broken;
  const auto ok = value->boolean("ok");
  if (!ok) return broken;
  if (!*ok) {
    const std::string* const why = value->text("error");
    return Error{ErrorCode::failed, 0, "the sink refuses: " + (why == nullptr ? std::string("no reason") : *why), {}};
  }
  ControlAnswer answer;
  if (const std::string* const host = value->text("host")) answer.host = *host;
  answer.same_clock = value->boolean("same_clock").value_or(false);
  if (const JsonValue* const result = value->object("result")) {
    if (!read_result(*result, answer.result.emplace())) return broken;
  }
  return answer;
}

}  // namespace gtp::gen
