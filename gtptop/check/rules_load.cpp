// SPDX-License-Identifier: GPL-2.0-or-later
//
// GTP-5xx: more than this host can carry.
#include <algorithm>

#include "gtptop/check/rules.hpp"

namespace gtp::top {
namespace {

// Below it one processor carries everything with ease.
constexpr std::uint64_t kBusy = 100'000;
constexpr std::uint64_t kManySqueezes = 100;
constexpr std::uint64_t kRemembered = 60'000'000'000;

bool concerned(const HostFacts& facts, const Model& model) {
  return !model.links.rows().empty() || !facts.sockets.empty();
}

// 501: a program that is too slow, or a backlog. A link's own socket is read by nobody, which is 102.
void overrun(const HostFacts& facts, const Model& model, Findings& out) {
  if (!facts.repeated || !concerned(facts, model)) return;
  bool program = false;
  for (const netlink::UdpSocket& socket : facts.sockets) program |= socket.inode != 0 && socket.local_port == 2152;
  if (facts.softnet_dropped.grown != 0) {
    out.host(501, count_of(facts.softnet_dropped.grown, "packet") +
                      " were dropped before any socket: the backlog of a "
                      "processor is full");
  } else if (program && facts.rcvbuf_errors.grown != 0) {
    out.host(501, count_of(facts.rcvbuf_errors.grown, "datagram") +
                      " were dropped at full sockets: the program on port 2152 is too slow");
  }
}

void one_processor(const HostFacts& facts, const Model& model, Findings& out) {
  if (!facts.repeated || !concerned(facts, model) || facts.softnet_packets.size() < 2) return;
  std::uint64_t sum = 0;
  std::uint64_t most = 0;
  std::size_t which = 0;
  for (std::size_t i = 0; i < facts.softnet_packets.size(); ++i) {
    sum += facts.softnet_packets[i].grown;
    if (facts.softnet_packets[i].grown <= most) continue;
    most = facts.softnet_packets[i].grown;
    which = i;
  }
  if (sum < kBusy || most * 10 < sum * 9) return;
  out.host(502, std::to_string(most * 100 / sum) + "% of all packets are received by processor " +
                    std::to_string(which) + ": the packets of a pair of peers share one queue");
}

void conntrack(const HostFacts& facts, const Model& model, Findings& out) {
  if (!facts.conntrack_count || facts.conntrack_max.value_or(0) == 0 || !concerned(facts, model)) return;
  if (*facts.conntrack_count * 10 < *facts.conntrack_max * 9) return;
  out.host(503, "the table of connections has " + digits_of(*facts.conntrack_count) + " of " +
                    digits_of(*facts.conntrack_max) + " entries: new flows will be dropped");
}

// 504: also for a while after it: a sweep is over within a tick when there is nobody to be kept waiting.
void resync(const HostFacts&, const Model& model, Findings& out) {
  if (model.sweep.resync) {
    out.host(504, "events were lost; everything is being read anew");
  } else if (model.sweep.resync_ns != 0 && model.now_ns < model.sweep.resync_ns + kRemembered) {
    out.host(504, "events were lost " + span_of(model.now_ns - model.sweep.resync_ns) +
                      " ago; everything has been read anew since");
  }
}

// 505: what is left over is received in the next round, so a few are nothing; lost packets are 501.
void squeezed(const HostFacts& facts, const Model& model, Findings& out) {
  if (!facts.repeated || !concerned(facts, model) || facts.softnet_dropped.grown != 0) return;
  if (facts.softnet_squeezed.grown < kManySqueezes) return;
  out.host(505, "receiving was broken off " + digits_of(facts.softnet_squeezed.grown) +
                    " times with packets left over: a round's budget is too small, or a processor too slow");
}

constexpr Rule kRules[] = {overrun, one_processor, conntrack, resync, squeezed};

}  // namespace

std::span<const Rule> load_rules() noexcept { return kRules; }

}  // namespace gtp::top
