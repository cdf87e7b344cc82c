// SPDX-License-Identifier: GPL-2.0-or-later
//
// Peer: the state of the path to one host. It decides when to ask, again or anew, in which dialect, what an answer is
// the answer to, and keeps count:
//
//   sent = answered + lost + unreachable + malformed + in flight, at any moment.
//
// Requests that only found out which dialect the peer speaks are `probes`, not sent ones; the one that was answered is
// sent. What the system refused to send is not sent.
//
//          +------------------------------- answered, any attempt ------------------------------+
//          v                                                                                    |
//   unknown, down --- answered ---> up --- not answered in N3-REQUESTS attempts ---> down ------+
//
// Requests may overlap: one that is lost takes the path down only if no other was answered since its first attempt.
//
// No clock, no socket: time comes as an argument, packets leave by the Outbox. One thread.
#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <vector>

#include "gtpgen/echo/event.hpp"
#include "gtpgen/echo/restart.hpp"
#include "gtpgen/echo/rtt.hpp"
#include "gtpgen/echo/settings.hpp"

namespace gtp::gen::echo {

inline constexpr std::uint64_t kNever = std::numeric_limits<std::uint64_t>::max();

struct Counts {
  std::uint64_t sent = 0;
  std::uint64_t answered = 0;
  std::uint64_t lost = 0;
  std::uint64_t unreachable = 0;
  std::uint64_t malformed = 0;
  std::uint64_t not_sent = 0;
  std::uint64_t probes = 0;
  std::uint64_t retransmitted = 0;
  std::uint64_t duplicate = 0;
  std::uint64_t reordered = 0;
  std::uint64_t late = 0;
  std::uint64_t unexpected = 0;
  std::uint64_t peer_requests = 0;
  std::uint64_t version_not_supported = 0;
  std::uint64_t icmp_errors = 0;
  std::uint64_t restarts = 0;
  std::uint64_t older_counters = 0;
  std::uint64_t app_clock = 0;  // round trips that the kernel did not time, of those it should have

  std::uint64_t in_flight() const noexcept { return sent - answered - lost - unreachable - malformed; }
};

enum class Path : std::uint8_t { unknown, up, down };

class Peer {
 public:
  // [settings] and [listener] must outlive it.
  Peer(std::uint32_t index, Target target, const Settings& settings, Listener& listener, std::size_t slots);

  void start(std::uint64_t now_ns) noexcept { next_send_ns_ = now_ns; }
  // When advance() has something to do next; kNever: nothing any more without an answer.
  std::uint64_t next_due_ns(std::uint64_t now_ns) const noexcept;
  // Gives up and repeats requests whose time is over, then sends what is due, as far as [outbox] has room.
  void advance(std::uint64_t now_ns, Outbox& outbox);
  // No more requests; what is in flight stays so.
  void stop() noexcept { stopped_ = true; }
  bool done() const noexcept { return stopped_ || (exhausted() && outstanding_ == 0); }

  void receive(const Arrival& arrival, Bytes datagram);
  void receive(const IcmpError& error, std::uint64_t now_ns);
  // What the sockets learned about a request: when the kernel sent it, or that it could not be sent.
  void stamped(std::uint64_t number, std::uint64_t kernel_ns) noexcept;
  void not_sent(std::uint64_t number, int error, std::uint64_t now_ns);

  const Target& target() const noexcept { return target_; }
  std::uint16_t port() const noexcept { return target_.port != 0 ? target_.port : info(dialect()).port; }
  // The one that is answered, or tried.
  Dialect dialect() const noexcept { return settings_.dialects[trial_]; }
  bool settled() const noexcept { return settled_; }
  const Counts& counts() const noexcept { return counts_; }
  const RttStatistics& rtt() const noexcept { return rtt_; }
  RttStatistics& rtt() noexcept { return rtt_; }
  Path path() const noexcept { return path_; }
  std::optional<std::uint8_t> restart_counter() const noexcept { return restart_.known(); }
  std::optional<std::uint8_t> node_features() const noexcept { return node_features_; }
  // The highest version that the peer named in a Version Not Supported.
  std::optional<std::uint8_t> highest_version() const noexcept { return highest_version_; }
  std::optional<std::uint64_t> last_rtt_ns() const noexcept { return last_rtt_ns_; }

 private:
  enum class State : std::uint8_t { free, waiting, answered, given_up };
  struct Slot {
    std::uint64_t number = kNever;
    std::uint64_t first_ns = 0;   // the first attempt
    std::uint64_t sent_ns = 0;    // the last attempt
    std::uint64_t kernel_ns = 0;  // the same, by the kernel's clock
    std::uint64_t deadline_ns = 0;
    std::uint32_t attempts = 0;
    State state = State::free;
    bool probe = false;
    Dialect dialect = Dialect::gtpv2;
  };
  enum class Outcome : std::uint8_t { answered, lost, unreachable, malformed, not_sent };

  bool exhausted() const noexcept { return settings_.count && issued_ >= *settings_.count; }
  bool may_send(std::uint64_t now_ns) const noexcept;
  bool searching() const noexcept { return !settled_ && settings_.dialects.size() > 1; }
  std::uint32_t sequence_number(std::uint64_t number, Dialect dialect) const noexcept;
  Slot& slot_of(std::uint64_t number) noexcept {
    return slots_[static_cast<std::size_t>(number) & (slots_.size() - 1)];
  }
  Slot* find(std::uint64_t number) noexcept;
  Slot* find_sequence(std::uint32_t wanted, Dialect dialect) noexcept;
  Slot* oldest_waiting() noexcept;

  void send_new(std::uint64_t now_ns, Outbox& outbox);
  void transmit(Slot& slot, std::uint64_t now_ns, Outbox& outbox);
  void expire(std::uint64_t now_ns, Outbox& outbox);
  void give_up(Slot& slot, std::uint64_t now_ns);
  void resolve(Slot& slot, Outcome outcome, Event event);
  void try_next(Outcome outcome, Event event, std::optional<std::uint8_t> highest_version);
  void settle() noexcept;
  void set_path(Path path, Event event);
  void answered(Slot& slot, const Answer& answer, const Arrival& arrival);
  void refused(const Answer& answer, const Arrival& arrival);
  void unexpected(const Answer* answer, const Arrival& arrival, std::string_view reason);
  std::optional<std::uint64_t> time(const Slot& slot, const Arrival& arrival, bool& kernel_clock);
  void observe(const Answer& answer, Event event);
  Event event_of(Event::Kind kind, const Slot& slot, std::uint64_t now_ns) const;

  std::uint32_t index_;
  Target target_;
  const Settings& settings_;
  Listener& listener_;
  std::vector<Slot> slots_;  // a power of two; a request's slot is its number modulo their count
  std::uint64_t next_number_ = 0;
  std::uint64_t oldest_ = 0;  // no request before this one waits
  std::uint64_t issued_ = 0;  // of `count`
  std::uint64_t outstanding_ = 0;
  std::uint64_t next_send_ns_ = 0;
  std::uint64_t newest_answered_ = 0;
  std::uint64_t answered_ns_ = 0;  // when the last answer came, also a late one
  std::size_t trial_ = 0;
  bool settled_ = false;
  bool stopped_ = false;
  bool any_answered_ = false;
  Path path_ = Path::unknown;
  Counts counts_;
  RttStatistics rtt_;
  RestartWatch restart_;
  std::optional<std::uint8_t> node_features_;
  std::optional<std::uint8_t> highest_version_;
  std::optional<std::uint64_t> last_rtt_ns_;
};

}  // namespace gtp::gen::echo
