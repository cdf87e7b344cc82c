// SPDX-License-Identifier: GPL-2.0-or-later
//
// Messages by protocol and type: how many, how many requests were answered and how fast, and with which causes.
//
// Counters stand in arrays (60 KiB), so a G-PDU costs two additions. A histogram (20 KiB) is made for each type of
// request that has an answer; the specifications have 112 of them.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>

#include "gtpdump/stats/message_facts.hpp"
#include "gtpdump/stats/section.hpp"
#include "gtpdump/track/annotation.hpp"
#include "gtpdump/track/transaction_table.hpp"
#include "libcommon/measure/histogram.hpp"
#include "libcommon/util/flat_table.hpp"

namespace gtp::dump::stats {

// What a message is in its exchange.
struct Exchange {
  bool requests = false;                          // the first copy of a request
  bool answers = false;                           // the first answer to a request that was counted
  std::optional<std::uint64_t> response_time_ns;  // of a first answer
};

class MessageStats {
 public:
  MessageStats();

  // Every message.
  void count(const wire::Header& header, std::uint64_t octets) noexcept {
    Counters& counters = counters_[index(header.protocol)][header.has_type ? header.message_type : kNoType];
    ++counters.count;
    counters.octets += octets;
  }
  // Messages that are no user data, too.
  Exchange exchange(const wire::Header& header, std::uint64_t frame, const TransactionInfo& transaction);
  void cause(const wire::Header& header, const MessageFacts& facts);
  void unanswered(const Request& request);

  void print(Page& page) const;
  void print_json(output::JsonWriter& json) const;

 private:
  static constexpr std::size_t kNoType = 256;  // the header is cut before its type
  static constexpr std::size_t kMaxCauses = 8192;

  struct Counters {
    std::uint64_t count = 0;
    std::uint64_t octets = 0;
    std::uint64_t answered = 0;
    std::uint64_t unanswered = 0;
    std::uint64_t retransmissions = 0;
  };

  static std::size_t index(wire::Protocol protocol) noexcept { return static_cast<std::size_t>(protocol); }
  void fill_messages(output::Table& table, Naming naming) const;
  void fill_response_times(output::Table& table, Naming naming) const;
  void fill_causes(output::Table& table, Naming naming) const;

  std::array<std::array<Counters, 257>, wire::kProtocolCount> counters_{};
  std::array<std::array<std::unique_ptr<measure::Histogram>, 256>, wire::kProtocolCount> response_times_;
  std::array<std::array<std::uint8_t, 256>, wire::kProtocolCount> request_of_{};  // 0: the type answers nothing
  std::array<std::array<bool, 256>, wire::kProtocolCount> wants_answer_{};
  // Counted requests without an answer yet; bounded by the TransactionTable, which gives each of them up in time.
  FlatTable<std::uint64_t, bool> open_;
  FlatTable<std::uint32_t, std::uint64_t> causes_;  // by protocol, type, cause
  std::array<const wire::NameTable*, wire::kProtocolCount> cause_names_{};
};

}  // namespace gtp::dump::stats
