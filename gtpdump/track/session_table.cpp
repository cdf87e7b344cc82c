// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtpdump/track/session_table.hpp"

#include "libcommon/util/hash.hpp"

namespace gtp::dump {
namespace {

// Late packets of an ended session are still its own for this long; at most this many ended sessions wait.
constexpr std::uint64_t kLingerNs = 10'000'000'000;
constexpr std::size_t kMaxEnded = 4096;

std::uint64_t subscriber_key(PackedDigits imsi, std::uint8_t bearer) noexcept { return mix64(imsi.nibbles) ^ bearer; }

}  // namespace

std::uint32_t NameTable::intern(std::string_view name) {
  if (name.empty()) return 0;
  if (const auto known = ids_.find(name); known != ids_.end()) return known->second;
  if (names_.size() == kMaxNames) return 0;
  names_.emplace_back(name);
  const auto id = static_cast<std::uint32_t>(names_.size());
  ids_.emplace(names_.back(), id);
  return id;
}

std::uint64_t endpoint_key(const IpAddress& address, std::uint64_t id, Plane plane) noexcept {
  return mix64(address.hash() ^ mix64(id * 4 + static_cast<std::uint64_t>(plane)));
}

std::size_t SessionTable::memory_bytes() const noexcept {
  return blocks_.size() * sizeof(Block) + endpoints_.memory_bytes() + subscribers_.memory_bytes() +
         ended_.size() * sizeof(Ended);
}

SessionTable::Index SessionTable::find(const IpAddress& address, std::uint64_t id, Plane plane) const noexcept {
  const Owner* found = endpoints_.find(endpoint_key(address, id, plane));
  return found == nullptr || !holds(*found) ? kNone : found->index;
}

SessionTable::Index SessionTable::find(PackedDigits imsi, std::uint8_t bearer) const noexcept {
  const Owner* found = subscribers_.find(subscriber_key(imsi, bearer));
  return found == nullptr || !holds(*found) ? kNone : found->index;
}

SessionTable::Index SessionTable::create(std::uint64_t) {
  Index index = used_;
  if (!free_.empty()) {
    index = free_.back();
    free_.pop_back();
  } else {
    if (used_ % kBlock == 0) blocks_.push_back(std::make_unique<Block>());
    ++used_;
  }
  (*this)[index] = Session{};
  (*this)[index].id = ++last_id_;
  ++live_;
  return index;
}

void SessionTable::learn(Index index, const ControlFacts& facts, std::uint64_t frame) {
  Session& session = (*this)[index];
  if (!facts.imsi.empty()) session.imsi = facts.imsi;
  if (!facts.msisdn.empty()) session.msisdn = facts.msisdn;
  if (!facts.ue_ipv4.empty()) session.ue_ipv4 = facts.ue_ipv4;
  if (!facts.ue_ipv6.empty()) session.ue_ipv6 = facts.ue_ipv6;
  if (session.apn == 0 && facts.apn_size != 0) session.apn = names_.intern(facts.apn());
  if (!session.has_bearer && facts.has_bearer) {
    session.bearer = facts.bearer;
    session.has_bearer = true;
  }
  if (!session.imsi.empty() && session.has_bearer) {
    *subscribers_.insert(subscriber_key(session.imsi, session.bearer)).first = owner(index);
  }
  for (const Endpoint& endpoint : facts.endpoints()) bind(index, endpoint, frame);
}

void SessionTable::bind(Index index, const Endpoint& endpoint, std::uint64_t frame) {
  const std::uint64_t key = endpoint_key(endpoint.address, endpoint.id, endpoint.plane);
  const auto [row, added] = endpoints_.insert(key, owner(index));
  if (!added) {
    if (holds(*row) && row->index == index) return;
    const bool alive = holds(*row) && !(*this)[row->index].ended;
    if (alive) share(row->index, index);
    // A PFCP session describes the tunnels of a GTP-C session: the one that named the subscriber first keeps them.
    if (alive && !(*this)[row->index].imsi.empty() && (*this)[index].imsi == (*this)[row->index].imsi) return;
    *row = owner(index);
  }
  if (log_ != nullptr) log_->push_back({key, (*this)[index].id, frame});
}

// Two sessions that share a living endpoint are two views of one; each takes what it lacks from the other.
void SessionTable::share(Index a, Index b) {
  // Connections of one UE share control endpoints, and nothing but the UE.
  const bool same_connection =
      !(*this)[a].has_bearer || !(*this)[b].has_bearer || (*this)[a].bearer == (*this)[b].bearer;
  const auto take = [same_connection](Session& to, const Session& from) {
    if (to.imsi.empty()) to.imsi = from.imsi;
    if (to.msisdn.empty()) to.msisdn = from.msisdn;
    if (!same_connection) return;
    if (to.apn == 0) to.apn = from.apn;
    if (to.ue_ipv4.empty()) to.ue_ipv4 = from.ue_ipv4;
    if (to.ue_ipv6.empty()) to.ue_ipv6 = from.ue_ipv6;
  };
  Session& first = (*this)[a];
  Session& second = (*this)[b];
  // Reuse of a TEID by somebody else is not sharing.
  if (!first.imsi.empty() && !second.imsi.empty() && first.imsi != second.imsi) return;
  take(first, second);
  take(second, first);
}

void SessionTable::end(Index index, std::uint64_t now_ns) {
  Session& session = (*this)[index];
  if (session.ended) return;
  session.ended = true;
  ended_.push_back({index, session.id, now_ns});
  if (ended_.size() > kMaxEnded) {
    free(ended_.front().index);
    ended_.pop_front();
  }
}

void SessionTable::expire(std::uint64_t now_ns) {
  while (!ended_.empty() && now_ns > ended_.front().time_ns + kLingerNs) {
    free(ended_.front().index);
    ended_.pop_front();
  }
}

void SessionTable::free(Index index) {
  (*this)[index].id = 0;
  free_.push_back(index);
  --live_;
  // Rows of freed sessions are only dropped when there are as many as live ones: amortised constant per session.
  if (++freed_since_sweep_ > 1024 && freed_since_sweep_ > live_) sweep();
}

void SessionTable::sweep() {
  const auto dead = [this](std::uint64_t, Owner owner) { return !holds(owner); };
  endpoints_.erase_if(dead);
  subscribers_.erase_if(dead);
  freed_since_sweep_ = 0;
}

SessionInfo SessionTable::info(Index index) const {
  const Session& s = (*this)[index];
  return {s.id, s.imsi, s.msisdn, names_.name(s.apn), s.ue_ipv4, s.ue_ipv6};
}

}  // namespace gtp::dump
