// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtpgen/echo/summary.hpp"

#include <algorithm>

namespace gtp::gen::echo {
namespace {

void add(Counts& to, const Counts& from) noexcept {
  to.sent += from.sent;
  to.answered += from.answered;
  to.lost += from.lost;
  to.unreachable += from.unreachable;
  to.malformed += from.malformed;
  to.not_sent += from.not_sent;
  to.probes += from.probes;
  to.retransmitted += from.retransmitted;
  to.duplicate += from.duplicate;
  to.reordered += from.reordered;
  to.late += from.late;
  to.unexpected += from.unexpected;
  to.peer_requests += from.peer_requests;
  to.version_not_supported += from.version_not_supported;
  to.icmp_errors += from.icmp_errors;
  to.restarts += from.restarts;
  to.older_counters += from.older_counters;
  to.app_clock += from.app_clock;
}

std::string name_of(const Peer& peer) { return peer.target().name; }

void judge(Summary& out, int status, std::string reason) {
  // The gravest first: 5, 1, 3.
  const auto rank = [](int one) { return one == 5 ? 3 : one == 1 ? 2 : one == 3 ? 1 : 0; };
  if (rank(status) <= rank(out.status)) return;
  out.status = status;
  out.reason = std::move(reason);
}

void judge_peer(const Peer& peer, const Limits& limits, Summary& out) {
  const Counts& counts = peer.counts();
  if (counts.malformed > 0) {
    judge(out, 5,
          name_of(peer) +
              (counts.version_not_supported > 0 ? " does not support the version" : " answered malformed messages"));
  }
  if (limits.fail_on_restart && counts.restarts > 0) judge(out, 5, name_of(peer) + " restarted");
  const std::uint64_t known = counts.sent - counts.in_flight();
  if (counts.answered == 0) {
    if (known + counts.not_sent > 0 || !out.interrupted) judge(out, 1, name_of(peer) + " did not answer");
    return;
  }
  // What we lost ourselves is judged below; nobody knows whose it was when there are several.
  const std::uint64_t local = std::min(counts.lost, out.lost_local);
  const double failed = static_cast<double>(counts.lost - local + counts.unreachable) / static_cast<double>(known);
  if (failed > limits.max_loss) judge(out, 1, name_of(peer) + " did not answer all requests");
  if (counts.not_sent > 0) judge(out, 3, "this host could not send all requests");
}

double share_of(const Counts& counts, std::uint64_t part) noexcept {
  const std::uint64_t known = counts.sent - counts.in_flight();
  return known == 0 ? 0 : static_cast<double>(part) / static_cast<double>(known);
}

}  // namespace

double loss_ratio(const Counts& counts, std::uint64_t lost_local) noexcept {
  return share_of(counts, counts.lost - std::min(counts.lost, lost_local));
}

double unanswered_ratio(const Counts& counts, std::uint64_t lost_local) noexcept {
  return share_of(counts, counts.lost - std::min(counts.lost, lost_local) + counts.unreachable + counts.malformed);
}

Summary sum_up(const Engine& engine, const Limits& limits, std::uint64_t overflowed, std::uint64_t elapsed_ns,
               bool interrupted) {
  Summary out;
  out.peers = engine.peers().size();
  out.strays = engine.strays();
  out.elapsed_ns = elapsed_ns;
  out.interrupted = interrupted;
  for (const Peer& peer : engine.peers()) {
    add(out.total, peer.counts());
    if (peer.counts().answered > 0) ++out.answering;
  }
  out.lost_local = std::min(out.total.lost, overflowed);
  for (const Peer& peer : engine.peers()) judge_peer(peer, limits, out);
  if (out.lost_local > 0) judge(out, 3, "this host was too slow to receive all answers");
  return out;
}

}  // namespace gtp::gen::echo
