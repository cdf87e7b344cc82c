// SPDX-License-Identifier: GPL-2.0-or-later
//
// Follower: --follow, everything of one subscriber.
//
// Over files there are two passes. The first learns which sessions are the subscriber's and who owned each endpoint
// when; the second selects. So a G-PDU that was captured before the message that names its tunnel is found as well, and
// so are the fragments of a datagram that became complete later. Over a stream there is one pass, and what came before
// the identity was known is missed.
//
// Selected is what belongs to a session of the subscriber, what carries the identity itself, answers to such requests,
// and what was sent to an endpoint whose next owner is such a session. One thread.
#pragma once

#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "gtpdump/item.hpp"
#include "gtpdump/options.hpp"
#include "gtpdump/track/session_table.hpp"
#include "libcommon/util/result.hpp"

namespace gtp::dump {

class Follower {
 public:
  static Result<Follower> make(const FollowKey& key);

  // First pass: called for each packet after the tracker, and once at its end.
  std::vector<Ownership>* ownership_log() noexcept { return &log_; }
  void learn(const Item& item);
  void finish_learning(const SessionTable& sessions);

  // Second pass, or the only one.
  bool selects(const Item& item);

 private:
  bool is_subscriber(const SessionInfo& session) const;
  bool names_subscriber(const packet::Layer& layer, const Item& item) const;
  bool next_owner_matches(std::uint64_t endpoint, std::uint64_t frame) const;
  bool is_known(const Item& item, std::size_t layer) const;

  FollowKey::Kind kind_ = FollowKey::Kind::imsi;
  PackedDigits digits_;
  IpPrefix prefix_;
  std::uint32_t teid_ = 0;

  std::vector<Ownership> log_;  // in the order of frames
  std::unordered_map<std::uint64_t, std::vector<Ownership>> owners_;
  std::unordered_set<std::uint64_t> sessions_;
  std::unordered_set<std::uint64_t> requests_;         // frames of selected messages, for their answers
  std::unordered_set<std::uint64_t> fragment_frames_;  // of datagrams that are selected
  // A datagram that came in fragments, until it is known whose it is.
  struct Fragmented {
    bool named = false;          // by its own message
    std::uint64_t session = 0;   // 0: not known when it was complete,
    std::uint64_t endpoint = 0;  // so it is the next owner's of this
    std::uint64_t frame = 0;
    std::vector<std::uint64_t> frames;
  };
  std::vector<Fragmented> fragmented_;
};

}  // namespace gtp::dump
