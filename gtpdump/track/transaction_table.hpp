// SPDX-License-Identifier: GPL-2.0-or-later
//
// TransactionTable: requests that wait for their answer.
//
// A response is matched to its request by the two addresses, protocol, message type and sequence number
// (TS 29.274, 7.6; TS 29.060, 7.6); ports do not count, since some peers answer to the well-known one. A request that
// comes again within the lifetime is a retransmission, and so is a second response.
//
// Bounded: the last kCapacity requests are remembered, for kLifetimeNs of capture time. What is overwritten or outlives
// that without an answer is reported as unanswered. One thread.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <vector>

#include "gtpdump/track/annotation.hpp"
#include "gtpdump/track/session_table.hpp"
#include "libcommon/packet/layer.hpp"
#include "libcommon/util/flat_table.hpp"
#include "libcommon/wire/ie.hpp"

namespace gtp::dump {

struct Request {
  std::uint64_t key = 0;
  std::uint64_t frame = 0;
  std::uint64_t time_ns = 0;
  std::uint64_t response_frame = 0;  // 0: not answered yet
  std::uint64_t session_id = 0;      // the session it is about, when known
  SessionTable::Index session = SessionTable::kNone;
  wire::Protocol protocol = wire::Protocol::gtpv2_c;
  std::uint8_t message_type = 0;
  bool ends_session = false;  // a delete that takes the whole session, when it is accepted
  bool in_use = false;
};

class TransactionTable {
 public:
  static constexpr std::size_t kCapacity = 65536;
  static constexpr std::uint64_t kLifetimeNs = 60'000'000'000;

  TransactionTable();

  // What the message is in its exchange. The returned request (null for other messages) is the message's own or the
  // one it answers; it stays valid until the next call.
  Request* match(const packet::Layer& layer, std::uint64_t frame, std::uint64_t time_ns, TransactionInfo& out);

  // Called for each request that is given up without an answer.
  void on_unanswered(std::function<void(const Request&)> callback) { unanswered_ = std::move(callback); }
  // The end of the input: reports what is still open.
  void finish();

 private:
  std::uint64_t key_of(const packet::Layer& layer, std::uint8_t request_type, bool from_requester) const noexcept;
  Request* find(std::uint64_t key, std::uint64_t time_ns);
  Request& add(std::uint64_t key);
  void give_up(Request& request);

  std::vector<Request> ring_;
  std::size_t next_ = 0;
  FlatTable<std::uint64_t, std::uint32_t> rows_;
  // The request type that a response type answers, 0 when it is no response.
  std::array<std::array<std::uint8_t, 256>, wire::kProtocolCount> request_of_{};
  std::array<std::array<std::uint8_t, 256>, wire::kProtocolCount> response_of_{};
  std::function<void(const Request&)> unanswered_;
};

}  // namespace gtp::dump
