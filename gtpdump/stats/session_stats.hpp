// SPDX-License-Identifier: GPL-2.0-or-later
//
// Sessions that the selected packets belong to: who, and how much user traffic. The tracker forgets a session some
// seconds after its end; this remembers the first kMaxSessions, in 11 MiB, and says how much went to others.
//
// A G-PDU that was captured on two interfaces of its session counts twice.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "gtpdump/stats/section.hpp"
#include "gtpdump/track/session_table.hpp"
#include "libcommon/packet/layer.hpp"
#include "libcommon/util/flat_table.hpp"

namespace gtp::dump::stats {

// A cell or a member; nothing when there are no digits.
void put_digits(output::Table& table, PackedDigits digits);
void put_digits(output::JsonWriter& json, std::string_view key, PackedDigits digits);

class SessionStats {
 public:
  // Three quarters of 2^17: where the table would double again.
  static constexpr std::size_t kMaxSessions = 98'304;

  void control(const SessionInfo& session);
  void user_data(const SessionInfo& session, const packet::Inner& inner, std::uint64_t octets);

  // Null: not known.
  const SessionInfo* find(std::uint64_t id) const noexcept;
  void print(Page& page, const SessionTable& live) const;
  void print_json(output::JsonWriter& json, const SessionTable& live) const;

 private:
  struct Row {
    SessionInfo info;
    std::uint64_t packets = 0;
    std::uint64_t uplink_octets = 0;
    std::uint64_t downlink_octets = 0;
    std::uint64_t octets() const noexcept { return uplink_octets + downlink_octets; }
  };

  Row* row_of(const SessionInfo& session);
  // How many of the rows live on in the table, and which.
  std::size_t count_live(const SessionTable& live, std::vector<bool>& is_live) const;
  void fill(output::Table& table, const std::vector<bool>& is_live) const;

  std::vector<Row> rows_;
  FlatTable<std::uint64_t, std::uint32_t> index_;
  std::uint64_t other_messages_ = 0;
};

}  // namespace gtp::dump::stats
