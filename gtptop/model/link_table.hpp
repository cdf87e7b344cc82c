// SPDX-License-Identifier: GPL-2.0-or-later
//
// LinkTable: the GTP interfaces, with rates made from two readings of their counters. There are few: a search walks
// them. One thread.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "gtptop/model/link.hpp"
#include "gtptop/model/tunnel_table.hpp"

namespace gtp::top {

class LinkTable {
 public:
  // A reading; true: the link is new.
  bool update(const LinkRow& reading, std::uint64_t now_ms);
  bool remove(std::uint32_t index);

  const LinkRow* find(std::uint32_t index) const noexcept;
  const LinkRow* find(std::string_view name) const noexcept;
  // "?" for a link that is not known, "wire" for tunnels of none.
  std::string name(std::uint32_t index) const;
  const std::vector<LinkRow>& rows() const noexcept { return rows_; }
  // How many tunnels each has.
  void count_tunnels(const TunnelTable& tunnels);

 private:
  std::vector<LinkRow> rows_;
  std::vector<std::uint64_t> read_ms_;  // beside rows_
};

}  // namespace gtp::top
