// SPDX-License-Identifier: GPL-2.0-or-later
//
// What comes back to a Peer.
#include "gtpgen/echo/peer.hpp"

namespace gtp::gen::echo {

void Peer::receive(const Arrival& arrival, Bytes datagram) {
  const Answer answer = read_answer(dialect(), datagram);
  switch (answer.kind) {
    case Answer::Kind::echo_response:
      break;
    case Answer::Kind::version_not_supported:
      return refused(answer, arrival);
    case Answer::Kind::echo_request: {
      ++counts_.peer_requests;
      Event event{Event::Kind::peer_asks, *this};
      event.now_ns = arrival.now_ns;
      event.answer = &answer;
      event.arrival = &arrival;
      return listener_.handle(event);
    }
    case Answer::Kind::other:
      return unexpected(&answer, arrival, answer.message);
    case Answer::Kind::not_gtp:
      return unexpected(&answer, arrival, "not GTP");
    case Answer::Kind::malformed: {
      // It may be the answer to a dialect tried before; then it is late and no fault.
      Slot* slot = answer.has_sequence_number ? find_sequence(answer.sequence_number, dialect()) : oldest_waiting();
      if (slot == nullptr || slot->state != State::waiting) return unexpected(&answer, arrival, answer.reason);
      Event event = event_of(Event::Kind::malformed, *slot, arrival.now_ns);
      event.reason = answer.reason;
      event.answer = &answer;
      event.arrival = &arrival;
      return resolve(*slot, Outcome::malformed, event);
    }
  }
  Slot* slot = find_sequence(answer.sequence_number, dialect());
  if (slot == nullptr) return unexpected(&answer, arrival, "sequence number of no request");
  answered(*slot, answer, arrival);
}

void Peer::answered(Slot& slot, const Answer& answer, const Arrival& arrival) {
  Event event = event_of(Event::Kind::answered, slot, arrival.now_ns);
  event.answer = &answer;
  event.arrival = &arrival;
  answered_ns_ = arrival.now_ns;
  if (slot.state == State::answered) {
    ++counts_.duplicate;
    event.kind = Event::Kind::duplicate;
    return listener_.handle(event);
  }
  if (slot.state == State::given_up) {
    slot.state = State::answered;
    ++counts_.late;
    event.kind = Event::Kind::late;
    event.rtt_ns = arrival.now_ns - slot.sent_ns;
    listener_.handle(event);
    return observe(answer, event);
  }
  // An answer to a repeated request may belong to either attempt, so it has no round trip time.
  if (slot.attempts == 1) event.rtt_ns = time(slot, arrival, event.kernel_clock);
  resolve(slot, Outcome::answered, event);
  if (any_answered_ && slot.number < newest_answered_) ++counts_.reordered;
  if (!any_answered_ || slot.number > newest_answered_) newest_answered_ = slot.number;
  any_answered_ = true;
  if (event.rtt_ns) {
    rtt_.add(*event.rtt_ns);
    last_rtt_ns_ = event.rtt_ns;
  }
  listener_.handle(event);
  observe(answer, event);
  set_path(Path::up, event);
}

std::optional<std::uint64_t> Peer::time(const Slot& slot, const Arrival& arrival, bool& kernel_clock) {
  const std::uint64_t app_ns = arrival.now_ns - slot.sent_ns;
  if (arrival.kernel_ns == 0) return app_ns;
  // The kernel sees a packet leave later and arrive earlier than we do; if not, somebody has set its clock meanwhile.
  const std::uint64_t kernel_ns = arrival.kernel_ns - slot.kernel_ns;
  if (slot.kernel_ns == 0 || arrival.kernel_ns < slot.kernel_ns || kernel_ns > app_ns) {
    ++counts_.app_clock;
    return app_ns;
  }
  kernel_clock = true;
  return kernel_ns;
}

void Peer::observe(const Answer& answer, Event event) {
  if (answer.node_features) node_features_ = answer.node_features;
  if (!answer.restart_counter || !info(dialect()).restart_counter) return;
  event.previous = restart_.known().value_or(0);
  switch (restart_.observe(*answer.restart_counter)) {
    case RestartWatch::Verdict::first:
    case RestartWatch::Verdict::same:
      return;
    case RestartWatch::Verdict::restarted:
      ++counts_.restarts;
      event.kind = Event::Kind::restarted;
      break;
    case RestartWatch::Verdict::older:
      ++counts_.older_counters;
      event.kind = Event::Kind::older_counter;
      break;
  }
  listener_.handle(event);
}

void Peer::refused(const Answer& answer, const Arrival& arrival) {
  ++counts_.version_not_supported;
  highest_version_ = answer.version;
  // Its sequence number need not be ours: whoever does not know our version cannot know where it stands.
  Slot* slot = answer.has_sequence_number ? find_sequence(answer.sequence_number, dialect()) : nullptr;
  if (slot == nullptr || slot->state != State::waiting) slot = oldest_waiting();
  if (slot == nullptr) return unexpected(&answer, arrival, "Version Not Supported");
  Event event = event_of(Event::Kind::malformed, *slot, arrival.now_ns);
  event.reason = "Version Not Supported";
  event.answer = &answer;
  event.arrival = &arrival;
  resolve(*slot, Outcome::malformed, event);
}

void Peer::unexpected(const Answer* answer, const Arrival& arrival, std::string_view reason) {
  ++counts_.unexpected;
  Event event{Event::Kind::unexpected, *this};
  event.now_ns = arrival.now_ns;
  event.dialect = dialect();
  event.reason = reason;
  event.answer = answer;
  event.arrival = &arrival;
  listener_.handle(event);
}

void Peer::receive(const IcmpError& error, std::uint64_t now_ns) {
  ++counts_.icmp_errors;
  const auto quoted = quoted_sequence_number(dialect(), error.quoted);
  Slot* slot = quoted ? find_sequence(*quoted, dialect()) : oldest_waiting();
  if (slot == nullptr || slot->state != State::waiting) return;
  Event event = event_of(Event::Kind::unreachable, *slot, now_ns);
  event.icmp = &error;
  // With repetition the timer decides: an ICMP error may be forged, or about to pass.
  if (settings_.attempts > 1 && !slot->probe) return listener_.handle(event);
  resolve(*slot, Outcome::unreachable, event);
}

void Peer::settle() noexcept { settled_ = true; }

}  // namespace gtp::gen::echo
