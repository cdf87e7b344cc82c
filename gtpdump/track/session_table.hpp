// SPDX-License-Identifier: GPL-2.0-or-later
//
// SessionTable: the PDN connections, PDP contexts and PDU sessions that the control plane set up, and which tunnel or
// session endpoint belongs to which.
//
// An endpoint is (address, TEID or SEID, plane): the place messages are sent to, so a G-PDU finds its session by one
// lookup of its destination. Sessions that turn out to be the same one seen on another interface (they share an
// endpoint: a PFCP session and the GTP-C session that it serves) tell each other what they know.
//
// Memory per live session, at most 200 octets: one record of 72 octets in blocks, one row of 17 octets (19 to 27 with
// the table's slack) per endpoint, typically four, and one in the index by subscriber. Ended sessions stay for a while
// for late packets and answers, then go. One thread.
#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "gtpdump/track/control_facts.hpp"
#include "libcommon/util/flat_table.hpp"

namespace gtp::dump {

// Names that are kept once. Views stay valid for the life of the table; it stops growing at a bound, so that hostile
// captures cannot fill the memory (such names are then left out).
class NameTable {
 public:
  std::uint32_t intern(std::string_view name);  // 0: none
  std::string_view name(std::uint32_t id) const noexcept { return id == 0 ? std::string_view{} : names_[id - 1]; }

 private:
  static constexpr std::size_t kMaxNames = 65536;
  std::deque<std::string> names_;
  std::unordered_map<std::string_view, std::uint32_t> ids_;
};

struct Session {
  std::uint64_t id = 0;  // 0: the record is free
  PackedDigits imsi;
  PackedDigits msisdn;
  std::uint32_t apn = 0;
  IpAddress ue_ipv4;
  IpAddress ue_ipv6;
  std::uint8_t bearer = 0;
  bool has_bearer = false;
  bool established = false;  // a create was accepted
  bool ended = false;
};

// Who owned an endpoint from which frame on; kept only for --follow's first pass.
struct Ownership {
  std::uint64_t endpoint;  // key as in endpoint_key()
  std::uint64_t session;
  std::uint64_t frame;
};

std::uint64_t endpoint_key(const IpAddress& address, std::uint64_t id, Plane plane) noexcept;

class SessionTable {
 public:
  using Index = std::uint32_t;
  static constexpr Index kNone = UINT32_MAX;

  bool empty() const noexcept { return live_ == 0; }
  std::size_t size() const noexcept { return live_; }
  std::uint64_t created() const noexcept { return last_id_; }
  // Octets held, for the benchmark of memory per session.
  std::size_t memory_bytes() const noexcept;

  Index find(const IpAddress& address, std::uint64_t id, Plane plane) const noexcept;
  // By subscriber and default bearer.
  Index find(PackedDigits imsi, std::uint8_t bearer) const noexcept;

  Index create(std::uint64_t frame);
  // Adds what the message says, binds its endpoints.
  void learn(Index index, const ControlFacts& facts, std::uint64_t frame);
  // The session is over; its record goes once [now_ns] has moved on.
  void end(Index index, std::uint64_t now_ns);
  // Frees what ended long enough ago.
  void expire(std::uint64_t now_ns);

  Session& operator[](Index index) noexcept { return (*blocks_[index / kBlock])[index % kBlock]; }
  const Session& operator[](Index index) const noexcept { return (*blocks_[index / kBlock])[index % kBlock]; }
  // Is [index] still the session with this id?
  bool is(Index index, std::uint64_t id) const noexcept { return index < used_ && id != 0 && (*this)[index].id == id; }

  SessionInfo info(Index index) const;

  template <typename Fn>
  void each(Fn fn) const {
    for (Index i = 0; i < used_; ++i) {
      if ((*this)[i].id != 0) fn((*this)[i], info(i));
    }
  }

  // --follow's first pass: every change of an endpoint's owner is appended here.
  void log_to(std::vector<Ownership>* log) noexcept { log_ = log; }

 private:
  static constexpr std::size_t kBlock = 1024;
  using Block = std::array<Session, kBlock>;
  struct Ended {
    Index index;
    std::uint64_t id;
    std::uint64_t time_ns;
  };

  // A row names its session by record and by the low half of its id, so that rows of a freed session never name the
  // next one in the same record.
  struct Owner {
    Index index;
    std::uint32_t id;
  };

  Owner owner(Index index) const noexcept { return {index, static_cast<std::uint32_t>((*this)[index].id)}; }
  bool holds(Owner owner) const noexcept {
    const Session& session = (*this)[owner.index];
    return session.id != 0 && static_cast<std::uint32_t>(session.id) == owner.id;
  }
  void bind(Index index, const Endpoint& endpoint, std::uint64_t frame);
  void share(Index a, Index b);
  void free(Index index);
  void sweep();

  NameTable names_;
  std::vector<std::unique_ptr<Block>> blocks_;
  std::vector<Index> free_;
  Index used_ = 0;
  std::size_t live_ = 0;
  std::uint64_t last_id_ = 0;
  FlatTable<std::uint64_t, Owner> endpoints_;
  FlatTable<std::uint64_t, Owner> subscribers_;
  std::deque<Ended> ended_;
  std::size_t freed_since_sweep_ = 0;
  std::vector<Ownership>* log_ = nullptr;
};

}  // namespace gtp::dump
