// SPDX-License-Identifier: GPL-2.0-or-later
//
// What goes over a sink's control connection: TCP, one JSON object per line, an answer to every question, in order.
// docs/formats/gtpgen-control-1.md is the specification. All whole numbers.
//
//   {"op":"hello","schema":"gtpgen.control/1","boot":"5b0c…"}
//     {"ok":true,"schema":"gtpgen.control/1","version":"0.1.0","host":"n6","same_clock":true}
//   {"op":"start","run":4711,"tunnels":1000,"epoch_ns":81234567890}
//     {"ok":true}
//   {"op":"counts"}
//     {"ok":true,"result":{…}}
//   {"op":"stop","sent":200000,"drain_ns":1000000000,"sent_runs":[[1000,200]]}
//     {"ok":true,"result":{…,"totals":{…}}}
//   anything else
//     {"ok":false,"error":"why"}
//
// `boot` is the kernel's boot and time namespace: where they are the same, so is CLOCK_MONOTONIC.
//
// Encoding and decoding only, without a socket; lines come from anybody and are read with that in mind.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gtpgen/receive/result.hpp"
#include "gtpgen/receive/run.hpp"
#include "gtpgen/sink/sink_client.hpp"
#include "libcommon/util/result.hpp"
#include "libcommon/util/text_buffer.hpp"

namespace gtp::gen {

inline constexpr std::string_view kControlSchema = "gtpgen.control/1";
// Longer lines end the connection. A result with a full histogram has some 60 kB.
inline constexpr std::size_t kMaxControlLine = 1U << 20;

struct ControlRequest {
  enum class Op : std::uint8_t { hello, start, counts, stop };
  Op op = Op::hello;
  std::string boot;        // hello
  RunPlan run;             // start: run, tunnels, epoch_ns
  std::uint64_t sent = 0;  // stop
  std::chrono::nanoseconds drain{0};
  std::vector<SentRun> sent_runs;
};

void put_request(TextBuffer& out, const ControlRequest& request);
Result<ControlRequest> read_request(std::string_view line);

void put_result(TextBuffer& out, const ReceiveResult& result);
void put_ok(TextBuffer& out);
void put_hello(TextBuffer& out, bool same_clock);
void put_refusal(TextBuffer& out, std::string_view why);

struct ControlAnswer {
  std::string host;
  bool same_clock = false;
  std::optional<ReceiveResult> result;
};
// A refusal is an error with its words.
Result<ControlAnswer> read_answer(std::string_view line);

// Boot and time namespace of this process; empty when the kernel does not say.
std::string clock_identity();

}  // namespace gtp::gen
