// SPDX-License-Identifier: GPL-2.0-or-later
//
// Sending, repeating and giving up. What comes back is peer_answers.cpp.
#include "gtpgen/echo/peer.hpp"

#include <algorithm>
#include <bit>
#include <cassert>

namespace gtp::gen::echo {

Peer::Peer(std::uint32_t index, Target target, const Settings& settings, Listener& listener, std::size_t slots)
    : index_(index), target_(std::move(target)), settings_(settings), listener_(listener), slots_(slots) {
  assert(std::has_single_bit(slots) && slots <= 0x10000);
  settled_ = settings.dialects.size() == 1;
}

std::uint32_t Peer::sequence_number(std::uint64_t number, Dialect dialect) const noexcept {
  return static_cast<std::uint32_t>(number + settings_.first_sequence_number) & info(dialect).sequence_mask;
}

Peer::Slot* Peer::find(std::uint64_t number) noexcept {
  Slot& slot = slot_of(number);
  return slot.number == number ? &slot : nullptr;
}

Peer::Slot* Peer::find_sequence(std::uint32_t wanted, Dialect dialect) noexcept {
  // The slots are a power of two, so a sequence number leads to its slot however often it has wrapped.
  Slot& slot = slot_of(std::uint64_t{wanted} - settings_.first_sequence_number);
  const bool is_it =
      slot.state != State::free && slot.dialect == dialect && sequence_number(slot.number, dialect) == wanted;
  return is_it ? &slot : nullptr;
}

Peer::Slot* Peer::oldest_waiting() noexcept {
  for (std::uint64_t number = oldest_; number < next_number_; ++number) {
    if (Slot* slot = find(number); slot != nullptr && slot->state == State::waiting) return slot;
  }
  return nullptr;
}

bool Peer::may_send(std::uint64_t now_ns) const noexcept {
  if (stopped_ || exhausted()) return false;
  if (searching()) return outstanding_ == 0 && now_ns >= next_send_ns_;
  if (settings_.window != 0) return outstanding_ < settings_.window;
  return now_ns >= next_send_ns_;
}

std::uint64_t Peer::next_due_ns(std::uint64_t now_ns) const noexcept {
  if (stopped_) return kNever;
  if (may_send(now_ns)) return now_ns;
  std::uint64_t due = kNever;
  const bool waits_for_answer = settings_.window != 0 || searching();
  if (!exhausted() && (!waits_for_answer || outstanding_ == 0)) due = next_send_ns_;
  // Without repetition the oldest request has the earliest deadline; with it there are few.
  const bool repeats = settings_.attempts > 1;
  for (std::uint64_t number = oldest_; number < next_number_; ++number) {
    const Slot& slot = slots_[static_cast<std::size_t>(number) & (slots_.size() - 1)];
    if (slot.number != number || slot.state != State::waiting) continue;
    due = std::min(due, slot.deadline_ns);
    if (!repeats) break;
  }
  return due;
}

void Peer::advance(std::uint64_t now_ns, Outbox& outbox) {
  if (stopped_) return;
  expire(now_ns, outbox);
  while (!outbox.full() && may_send(now_ns)) send_new(now_ns, outbox);
}

void Peer::send_new(std::uint64_t now_ns, Outbox& outbox) {
  Slot& slot = slot_of(next_number_);
  // Lapped by all later ones: it will not be answered, and its sequence number is needed.
  if (slot.state == State::waiting) give_up(slot, now_ns);
  slot = {};
  slot.number = next_number_++;
  slot.state = State::waiting;
  slot.dialect = dialect();
  slot.probe = searching();
  ++outstanding_;
  ++(slot.probe ? counts_.probes : counts_.sent);
  if (!slot.probe) ++issued_;
  // The schedule is absolute, so that delays do not add up. What a stall has made overdue is left out.
  next_send_ns_ = std::max(next_send_ns_ + settings_.interval_ns,
                           now_ns > settings_.interval_ns ? now_ns - settings_.interval_ns / 2 : 0);
  if (next_send_ns_ <= now_ns) next_send_ns_ = now_ns + settings_.interval_ns;
  transmit(slot, now_ns, outbox);
}

void Peer::transmit(Slot& slot, std::uint64_t now_ns, Outbox& outbox) {
  if (slot.attempts++ == 0) slot.first_ns = now_ns;
  slot.sent_ns = now_ns;
  slot.kernel_ns = 0;
  slot.deadline_ns = now_ns + settings_.timeout_ns;

  RequestContent content = settings_.content;
  const std::size_t headers = (target_.address.is_v6() ? 40U : 20U) + 8U;
  if (settings_.packet_length > headers) content.length = settings_.packet_length - headers;
  const std::size_t room = std::max<std::size_t>(content.length, 64);
  const std::size_t offset = outbox.octets.size();
  outbox.octets.resize(offset + room);
  ByteWriter out(std::span(outbox.octets).subspan(offset, room));
  write_request(out, slot.dialect, sequence_number(slot.number, slot.dialect), content);
  outbox.octets.resize(offset + out.size());
  outbox.packets.push_back({{index_, slot.number}, target_.address, port(), target_.scope, offset, out.size()});
}

void Peer::expire(std::uint64_t now_ns, Outbox& outbox) {
  const bool repeats = settings_.attempts > 1;
  for (std::uint64_t number = oldest_; number < next_number_; ++number) {
    Slot* slot = find(number);
    const bool waits = slot != nullptr && slot->state == State::waiting;
    if (!waits) {
      if (number == oldest_) ++oldest_;
      continue;
    }
    if (slot->deadline_ns > now_ns) {
      if (!repeats) return;
      continue;
    }
    // What finds out the dialect is not repeated: the next dialect is tried instead.
    if (slot->attempts < settings_.attempts && !slot->probe) {
      if (outbox.full()) return;
      ++counts_.retransmitted;
      transmit(*slot, now_ns, outbox);
      listener_.handle(event_of(Event::Kind::retransmitted, *slot, now_ns));
    } else {
      give_up(*slot, now_ns);
    }
  }
}

void Peer::give_up(Slot& slot, std::uint64_t now_ns) {
  resolve(slot, Outcome::lost, event_of(Event::Kind::lost, slot, now_ns));
}

// The request is over. [event] tells so, unless a probe only leads to the next dialect.
void Peer::resolve(Slot& slot, Outcome outcome, Event event) {
  assert(slot.state == State::waiting);
  slot.state = outcome == Outcome::answered ? State::answered : State::given_up;
  --outstanding_;
  if (slot.probe) {
    if (outcome == Outcome::answered) {
      --counts_.probes;
      ++counts_.sent;
      ++counts_.answered;
      ++issued_;
      settle();
      return;
    }
    if (outcome == Outcome::not_sent) --counts_.probes;
    return try_next(outcome, event, highest_version_);
  }
  switch (outcome) {
    case Outcome::answered:
      ++counts_.answered;
      return;
    case Outcome::lost:
      ++counts_.lost;
      break;
    case Outcome::unreachable:
      ++counts_.unreachable;
      break;
    case Outcome::malformed:
      ++counts_.malformed;
      break;
    case Outcome::not_sent:
      --counts_.sent;
      ++counts_.not_sent;
      break;
  }
  listener_.handle(event);
  const bool answered_meanwhile = outcome == Outcome::lost && answered_ns_ > slot.first_ns;
  if (outcome != Outcome::not_sent && !answered_meanwhile) set_path(Path::down, event);
}

void Peer::try_next(Outcome outcome, Event event, std::optional<std::uint8_t> highest_version) {
  std::size_t next = trial_ + 1;
  // A peer that named its highest version is not asked for those above.
  while (highest_version && next < settings_.dialects.size() &&
         info(settings_.dialects[next]).version > *highest_version) {
    ++next;
  }
  if (next < settings_.dialects.size() && outcome != Outcome::not_sent) {
    trial_ = next;
    next_send_ns_ = event.now_ns;
    event.kind = Event::Kind::fallback;
    listener_.handle(event);
    return;
  }
  // None was answered: that is one request without an answer. The next one starts over.
  trial_ = 0;
  ++issued_;
  next_send_ns_ = event.now_ns + settings_.interval_ns;
  if (outcome == Outcome::not_sent) {
    ++counts_.not_sent;
  } else {
    ++counts_.sent;
    ++(outcome == Outcome::unreachable ? counts_.unreachable
       : outcome == Outcome::malformed ? counts_.malformed
                                       : counts_.lost);
  }
  listener_.handle(event);
  if (outcome != Outcome::not_sent) set_path(Path::down, event);
}

void Peer::set_path(Path path, Event event) {
  if (path == path_) return;
  path_ = path;
  event.kind = path == Path::up ? Event::Kind::path_up : Event::Kind::path_down;
  listener_.handle(event);
}

void Peer::not_sent(std::uint64_t number, int error, std::uint64_t now_ns) {
  Slot* slot = find(number);
  if (slot == nullptr || slot->state != State::waiting) return;
  Event event = event_of(Event::Kind::not_sent, *slot, now_ns);
  event.error = error;
  if (slot->attempts > 1) {
    // An attempt before this one is under way; its answer may still come.
    listener_.handle(event);
    return;
  }
  resolve(*slot, Outcome::not_sent, event);
}

void Peer::stamped(std::uint64_t number, std::uint64_t kernel_ns) noexcept {
  if (Slot* slot = find(number); slot != nullptr) slot->kernel_ns = kernel_ns;
}

Event Peer::event_of(Event::Kind kind, const Slot& slot, std::uint64_t now_ns) const {
  Event event{kind, *this};
  event.now_ns = now_ns;
  event.sequence_number = sequence_number(slot.number, slot.dialect);
  event.dialect = slot.dialect;
  event.attempts = slot.attempts;
  return event;
}

}  // namespace gtp::gen::echo
