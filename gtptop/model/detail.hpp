// SPDX-License-Identifier: GPL-2.0-or-later
//
// The detail page of one tunnel: its row, its long history, and the checks that ran for it. Counters by reason are
// lines of text and number, because each module has others.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gtptop/model/link.hpp"
#include "gtptop/model/tunnel.hpp"

namespace gtp::top {

enum class CheckOutcome : std::uint8_t { ok, note, warn, fail, skip };

constexpr std::string_view outcome_name(CheckOutcome outcome) noexcept {
  constexpr std::string_view kNames[] = {"ok", "note", "warn", "FAIL", "skip"};
  return kNames[static_cast<std::uint8_t>(outcome)];
}

// One line of the live checks: "MTU", what was found, and the command that shows the same or the finding's id.
struct LiveCheck {
  CheckOutcome outcome = CheckOutcome::skip;
  std::string name;
  std::string what;
  std::string look;  // "ip route get 192.0.2.41", or "GTP-401"
};

struct NamedCounter {
  std::string name;  // "dropped: wrong MS address"
  std::uint64_t value = 0;
};

struct TunnelDetail {
  TunnelRow row;
  std::string role;   // of its link
  bool found = true;  // false: it is gone
  std::optional<std::uint64_t> created_ns;
  std::optional<std::uint64_t> up_idle_ms;
  std::optional<std::uint64_t> dn_idle_ms;
  std::optional<std::uint64_t> up_pps;
  std::optional<std::uint64_t> dn_pps;
  std::vector<NamedCounter> drops;  // by reason
  std::vector<LiveCheck> checks;
  std::vector<float> up_bps;  // one a tick, oldest first; NaN: not known
  std::vector<float> dn_bps;
  std::vector<float> pps;
};

// The page of one link: its row, and what the host has around it (addresses, routes, settings, sockets), a line each.
struct LinkDetail {
  LinkRow row;
  bool found = true;
  std::vector<LiveCheck> lines;
};

}  // namespace gtp::top
