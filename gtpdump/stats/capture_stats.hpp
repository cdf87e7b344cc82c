// SPDX-License-Identifier: GPL-2.0-or-later
//
// The capture as a whole: how much, how long, and what on our ports was not GTP.
#pragma once

#include <cstdint>

#include "gtpdump/item.hpp"
#include "gtpdump/stats/section.hpp"
#include "libcommon/util/flat_table.hpp"

namespace gtp::dump::stats {

class CaptureStats {
 public:
  void add(const Item& item);

  std::uint64_t duration_ns() const noexcept { return last_ns_ - first_ns_; }
  void print(Page& page) const;
  void print_json(output::JsonWriter& json) const;

 private:
  // Distinct reasons and ports that are told apart; ports may come from the command line.
  static constexpr std::size_t kMaxRejections = 1024;

  void add_time(std::uint64_t time_ns) noexcept;
  void fill_rejections(output::Table& table, Naming naming) const;

  std::uint64_t packets_ = 0;
  std::uint64_t octets_ = 0;
  std::uint64_t gtp_packets_ = 0;
  std::uint64_t gtp_octets_ = 0;  // of these packets, whole frames
  std::uint64_t fragments_ = 0;
  std::uint64_t reassembled_ = 0;
  std::uint64_t quoted_ = 0;
  bool has_time_ = false;
  std::uint64_t first_ns_ = 0;
  std::uint64_t last_ns_ = 0;
  FlatTable<std::uint32_t, std::uint64_t> rejections_;
};

}  // namespace gtp::dump::stats
