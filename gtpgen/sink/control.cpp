// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtpgen/sink/control.hpp"

#include <sys/utsname.h>
#include <unistd.h>

#include <array>
#include <fstream>

#include "gtpgen/frame/stamp.hpp"
#include "gtpgen/report/json_value.hpp"
#include "gtpgen/version.hpp"
#include "libcommon/output/json_writer.hpp"

namespace gtp::gen {
namespace {

using output::JsonWriter;

// Nobody waits longer for a stream to come to rest.
constexpr std::uint64_t kMostDrainNs = 600'000'000'000;

Error broken(std::string what) { return {ErrorCode::protocol, 0, std::move(what), {}}; }

constexpr std::array<std::string_view, 4> kOps = {"hello", "start", "counts", "stop"};

bool read_sent_runs(const std::vector<JsonValue>& list, std::vector<SentRun>& out) {
  if (list.size() > SinkClient::kMaxSentRuns) return false;
  for (const JsonValue& pair : list) {
    if (pair.type() != JsonValue::Type::array || pair.elements().size() != 2) return false;
    const auto tunnels = pair.elements()[0].number();
    const auto packets = pair.elements()[1].number();
    if (!tunnels || !packets || *tunnels > std::uint64_t{kMaxStampTunnel} + 1) return false;
    out.push_back({*tunnels, *packets});
  }
  return true;
}

}  // namespace

void put_request(TextBuffer& out, const ControlRequest& request) {
  {
    JsonWriter json(out);
    const auto object = json.object();
    json.text("op", kOps[static_cast<std::size_t>(request.op)]);
    switch (request.op) {
      case ControlRequest::Op::hello:
        json.text("schema", kControlSchema);
        json.text("boot", request.boot);
        break;
      case ControlRequest::Op::start:
        json.number("run", request.run.run);
        json.number("tunnels", request.run.tunnels);
        json.number("epoch_ns", request.run.epoch_ns);
        break;
      case ControlRequest::Op::counts:
        break;
      case ControlRequest::Op::stop: {
        json.number("sent", request.sent);
        json.number("drain_ns", static_cast<std::uint64_t>(request.drain.count()));
        const auto runs = json.array("sent_runs");
        for (const SentRun& run : request.sent_runs) {
          const auto pair = json.array();
          json.number(run.tunnels);
          json.number(run.packets);
        }
        break;
      }
    }
  }
  out.put('\n');
}

Result<ControlRequest> read_request(std::string_view line) {
  const auto value = JsonValue::parse(line);
  if (!value || !value->is_object()) return broken("not a JSON object");
  const std::string* const op = value->text("op");
  if (op == nullptr) return broken("no op");
  ControlRequest request;
  if (*op == "hello") {
    const std::string* const schema = value->text("schema");
    if (schema == nullptr || *schema != kControlSchema) return broken("only gtpgen.control/1 is spoken here");
    if (const std::string* const boot = value->text("boot")) request.boot = *boot;
    return request;
  }
  if (*op == "start") {
    request.op = ControlRequest::Op::start;
    const auto run = value->number("run");
    const auto tunnels = value->number("tunnels");
    const auto epoch = value->number("epoch_ns");
    if (!run || *run > UINT16_MAX) return broken("run is a number up to 65535");
    if (!tunnels || *tunnels == 0 || *tunnels > std::uint64_t{kMaxStampTunnel} + 1) {
      return broken("tunnels is a number from 1 to 16777216");
    }
    if (!epoch) return broken("epoch_ns is a number");
    request.run.run = static_cast<std::uint16_t>(*run);
    request.run.tunnels = static_cast<std::uint32_t>(*tunnels);
    request.run.epoch_ns = *epoch;
    return request;
  }
  if (*op == "counts") {
    request.op = ControlRequest::Op::counts;
    return request;
  }
  if (*op == "stop") {
    request.op = ControlRequest::Op::stop;
    const auto sent = value->number("sent");
    const auto drain = value->number("drain_ns");
    if (!sent || !drain || *drain > kMostDrainNs) return broken("stop wants sent, and drain_ns up to ten minutes");
    request.sent = *sent;
    request.drain = std::chrono::nanoseconds(static_cast<std::int64_t>(*drain));
    if (const auto* const runs = value->array("sent_runs");
        runs != nullptr && !read_sent_runs(*runs, request.sent_runs)) {
      return broken("sent_runs is a list of pairs of numbers, 4096 at most");
    }
    return request;
  }
  return broken("op is none of hello, start, counts, stop");
}

void put_ok(TextBuffer& out) { out.put("{\"ok\":true}\n"); }

void put_hello(TextBuffer& out, bool same_clock) {
  utsname names{};
  const bool named = ::uname(&names) == 0;
  {
    JsonWriter json(out);
    const auto object = json.object();
    json.boolean("ok", true);
    json.text("schema", kControlSchema);
    json.text("version", version_number());
    json.text("host", named ? std::string_view(names.nodename) : std::string_view());
    json.boolean("same_clock", same_clock);
  }
  out.put('\n');
}

void put_refusal(TextBuffer& out, std::string_view why) {
  {
    JsonWriter json(out);
    const auto object = json.object();
    json.boolean("ok", false);
    json.text("error", why);
  }
  out.put('\n');
}

std::string clock_identity() {
  std::string boot;
  std::ifstream file("/proc/sys/kernel/random/boot_id");
  if (!std::getline(file, boot)) return {};
  std::array<char, 64> space{};
  const ssize_t n = ::readlink("/proc/self/ns/time", space.data(), space.size());
  if (n > 0) boot.append(" ").append(space.data(), static_cast<std::size_t>(n));
  return boot;
}

}  // namespace gtp::gen
