// SPDX-License-Identifier: GPL-2.0-or-later
//
// Echo Requests of a Gatherer. A path is asked when a key or option says so, then at most every 60 s
// (TS 29.281, 7.2.1). A request that is not answered within T3-RESPONSE is sent again, N3-REQUESTS times in all.
#include <algorithm>

#include "gtptop/collect/gatherer.hpp"

namespace gtp::top {
namespace {

constexpr std::uint64_t kRemarkNs = 5'000'000'000;

}  // namespace

void Gatherer::send_echo(std::uint32_t peer) {
  Event sent;
  sent.time_ns = model_.now_ns;
  sent.kind = EventKind::echo_sent;
  sent.peer = model_.peers[peer].address;
  if (auto done = source_->send_echo(sent.peer); !done) {
    failure_ = done.error();
    return;
  }
  event(sent);
}

void Gatherer::probe() {
  for (std::uint32_t number = 0; number < model_.peers.limit(); ++number) {
    Peer& peer = model_.peers.at(number);
    if (options_.probe_all && peer.tunnels != 0 && !peer.spared) peer.probing = true;
    if (!peer.used || !peer.probing || peer.sent_ns != 0) continue;
    if (peer.probed_ns != 0 && model_.now_ns - peer.probed_ns < kProbeIntervalNs) continue;
    peer.probed_ns = model_.now_ns;
    send_echo(number);
  }
}

void Gatherer::echo_timers() {
  for (std::uint32_t number = 0; number < model_.peers.limit(); ++number) {
    const Peer& peer = model_.peers[number];
    if (!peer.used || peer.sent_ns == 0 || model_.now_ns < peer.sent_ns + kT3ResponseNs) continue;
    Event gone;
    gone.time_ns = model_.now_ns;
    gone.kind = EventKind::echo_lost;
    gone.peer = peer.address;
    const bool was_down = peer.lost_in_row >= kN3Requests;
    event(gone);
    if (peer.lost_in_row == kN3Requests && !was_down) {
      gone.kind = EventKind::path_down;
      event(gone);
    }
    // Not of a path that is known to be down: its next probe asks again.
    if (peer.probing && peer.lost_in_row < kN3Requests) send_echo(number);
  }
}

bool Gatherer::waits_for_echo() const {
  for (std::uint32_t number = 0; number < model_.peers.limit(); ++number) {
    if (model_.peers[number].used && model_.peers[number].sent_ns != 0) return true;
  }
  return false;
}

std::optional<Error> Gatherer::trouble() const {
  if (auto trouble = source_->trouble()) return trouble;
  if (options_.link.empty() || only_ != 0 || model_.tick == 0) return std::nullopt;
  return Error{ErrorCode::nothing, 0, "there is no GTP link \"" + options_.link + "\" in this network namespace",
               "gtptop --view links"};
}

void Gatherer::remark(Error error) {
  remark_ = std::move(error);
  remark_until_ns_ = model_.now_ns + kRemarkNs;
}

void Gatherer::command(const Command& command) {
  switch (command.kind) {
    case Command::Kind::echo: {
      const auto number = model_.peers.find(command.peer);
      if (!number || model_.peers[*number].sent_ns != 0) return;
      Peer& peer = model_.peers.at(*number);
      const std::uint64_t gone = model_.now_ns - std::min(peer.probed_ns, model_.now_ns);
      if (peer.probed_ns != 0 && gone < kProbeIntervalNs) {
        remark({ErrorCode::failed,
                0,
                peer.address.text() + " was asked " + std::to_string(gone / 1'000'000'000) +
                    " s ago: at most one Echo Request in 60 s (TS 29.281)",
                {}});
        return;
      }
      peer.probed_ns = model_.now_ns;
      send_echo(*number);
      return;
    }
    case Command::Kind::probe:
      if (command.peer.empty()) {
        options_.probe_all = command.samples != 0;
        for (std::uint32_t i = 0; i < model_.peers.limit(); ++i) model_.peers.at(i).probing = options_.probe_all;
      } else if (const auto peer = model_.peers.find(command.peer)) {
        model_.peers.at(*peer).probing = !model_.peers[*peer].probing;
        model_.peers.at(*peer).spared = !model_.peers[*peer].probing;
      }
      return;
    case Command::Kind::acknowledge:
      if (const auto peer = model_.peers.find(command.peer); peer && command.finding == 0) {
        model_.peers.acknowledge(*peer);
      }
      for (Finding& finding : model_.findings) {
        if (finding.id == command.finding && finding.object.text == command.text) finding.acknowledged = true;
      }
      return;
    case Command::Kind::run_checks:
      detail_checked_ = link_checked_ = false;
      return;
    case Command::Kind::seek:
      if (!source_->seek(command.samples)) return;
      begin_tick();
      end_tick();
      return;
    case Command::Kind::interval:
      options_.interval_ns = static_cast<std::uint64_t>(command.samples);
      return;
    case Command::Kind::record:
      return;  // the collector's
  }
}

}  // namespace gtp::top
