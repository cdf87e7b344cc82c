// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtpgen/load/flood_sender.hpp"

#include <algorithm>
#include <cerrno>

namespace gtp::gen {
namespace {

constexpr std::uint64_t kCallNs = 500'000'000;
constexpr std::uint32_t kFirstCall = 64;  // does the interface take any?
constexpr std::uint32_t kSecondCall = 100'000;
constexpr std::uint32_t kLongestCall = 8'000'000;

}  // namespace

void FloodSender::count(SendCounts& counts) const noexcept {
  const FloodCounts made = flood_.program->counts();
  const FrameTemplate& frame = lane_.templates.front();
  counts.packets = made.packets;
  counts.bytes_inner = made.packets * frame.inner_length();
  counts.bytes_l2 = made.packets * frame.length();
}

void FloodSender::reset() {
  counts_ = {};
  flood_.program->prepare({.link = flood_.link, .frame = &lane_.templates.front(), .outer = flood_.outer});
}

SendCounts FloodSender::snapshot() {
  SendCounts counts;
  count(counts);
  return counts;
}

void FloodSender::flood(const SenderPlan& plan, const std::atomic<bool>& stop) {
  XdpFlood& program = *flood_.program;
  std::uint32_t packets = kFirstCall;
  while (!stop.load(std::memory_order_relaxed)) {
    const std::uint64_t before = program.counts().packets;
    const std::uint64_t began = clock_.now_ns();
    if (began >= plan.end_ns || before >= plan.limit) return;
    packets = static_cast<std::uint32_t>(std::min<std::uint64_t>(packets, plan.limit - before));
    if (const int error = program.send(packets); error != 0 && error != EINTR) {
      counts_.fatal = error;
      return;
    }
    const FloodCounts made = program.counts();
    if (made.packets != 0 && made.sent == 0) {
      counts_.fatal = EOPNOTSUPP;
      return;
    }
    const double rate = static_cast<double>(made.packets - before) / static_cast<double>(clock_.now_ns() - began);
    packets = packets == kFirstCall ? kSecondCall
                                    : static_cast<std::uint32_t>(std::clamp<double>(rate * static_cast<double>(kCallNs),
                                                                                    kSecondCall, kLongestCall));
  }
}

void FloodSender::run(const SenderPlan& plan, const std::atomic<bool>& stop) {
  counts_ = {};
  flood_.program->prepare({.link = flood_.link,
                           .frame = &lane_.templates.front(),
                           .outer = flood_.outer,
                           .flows = lane_.traffic.flows,
                           .run = plan.run,
                           .epoch_ns = plan.epoch_ns,
                           .end_ns = plan.end_ns,
                           .limit = plan.limit});
  counts_.first_ns = plan.start_ns;
  clock_.sleep_until(plan.start_ns);
  flood(plan, stop);
  // Where nothing can be sent, nothing was.
  if (counts_.fatal == EOPNOTSUPP) return;
  count(counts_);
  counts_.dropped = counts_.packets - flood_.program->counts().sent;
  // Nothing leaves behind the end, though the last call takes a moment more.
  counts_.end_ns = std::min(clock_.now_ns(), plan.end_ns);
  for (std::size_t i = 0; i < flood_.streams.size(); ++i) sequences_.set(flood_.streams[i], flood_.program->sent(i));
}

}  // namespace gtp::gen
