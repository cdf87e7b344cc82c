// SPDX-License-Identifier: GPL-2.0-or-later
//
// Tracker: follows the control plane through the capture and annotates every message with its session and its
// transaction. One thread, in capture order.
//
//   which session?   the endpoint that the header names (TEID or SEID at the destination), or the request's session for
//                    a response, or the subscriber's session for a create; else a create starts a new one
//   what is new?     identities, addresses and endpoints of the message go to the session when it creates, modifies,
//                    or answers
//   is it over?      an accepted answer to a delete ends it
#pragma once

#include "gtpdump/item.hpp"
#include "gtpdump/track/session_table.hpp"
#include "gtpdump/track/transaction_table.hpp"

namespace gtp::dump {

class Tracker {
 public:
  // Fills item.annotations (one per layer, or none when there is nothing to say).
  void track(Item& item);
  void finish() { transactions_.finish(); }

  SessionTable& sessions() noexcept { return sessions_; }
  const SessionTable& sessions() const noexcept { return sessions_; }
  TransactionTable& transactions() noexcept { return transactions_; }

 private:
  void track_user_data(const packet::Layer& layer, Annotation& out);
  void track_message(const packet::Layer& layer, const Item& item, Annotation& out);
  SessionTable::Index session_at_endpoint(const packet::Layer& layer, const ControlFacts& facts) const;
  SessionTable::Index session_of(const packet::Layer& layer, const ControlFacts& facts, const Request* request,
                                 bool is_response, bool creates);
  SessionTable::Index session_of_tid(const packet::Layer& layer, std::uint64_t frame);

  SessionTable sessions_;
  TransactionTable transactions_;
  ControlFacts facts_;  // of the present message
};

}  // namespace gtp::dump
