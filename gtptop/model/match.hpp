// SPDX-License-Identifier: GPL-2.0-or-later
//
// What `/` finds: a TEID in either base, an address by how it begins, a link by how its name begins. Numbers and
// addresses are compared as numbers where the text allows it, because a million rows are searched while somebody types.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "gtptop/model/model.hpp"

namespace gtp::top {

class TunnelMatch {
 public:
  TunnelMatch(const Model& model, std::string_view text);
  bool never() const noexcept { return text_.empty(); }
  bool operator()(RowId row, const PackedTunnel& tunnel) const;

 private:
  bool address_matches(const IpAddress& address) const;

  const Model& model_;
  std::string text_;
  std::optional<std::uint64_t> decimal_;
  std::optional<std::uint64_t> hex_;
  std::optional<std::pair<std::uint32_t, std::uint32_t>> v4_;  // "10.45." as a range of addresses
  bool looks_like_v6_ = false;
  std::vector<bool> link_matches_;  // by the table's number
  std::vector<bool> peer_matches_;
};

// Whether [text] stands at the start of an address, or inside another text; for the small views.
bool text_matches(std::string_view needle, std::string_view text);

}  // namespace gtp::top
