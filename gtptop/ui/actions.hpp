// SPDX-License-Identifier: GPL-2.0-or-later
//
// The keys as data: which key does what, under which heading the help shows it, and in which mode the function bar has
// it. Every function key has a letter besides, because terminals swallow function keys.
#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "gtptop/ui/state.hpp"

namespace gtp::top {

enum class Action : std::uint8_t {
  up,
  down,
  page_up,
  page_down,
  half_up,
  half_down,
  first,
  last,
  scroll_left,
  scroll_right,
  sort_left,
  sort_right,
  reverse,
  sort_menu,
  view_tunnels,
  view_peers,
  view_links,
  view_events,
  view_findings,
  next_view,
  previous_view,
  enter,
  back,
  quit,
  search,
  search_next,
  search_previous,
  same_peer,
  filter,
  group,
  open_group,
  close_group,
  pause,
  keep_order,
  follow,
  time_back,
  time_forward,
  time_back_ten,
  time_forward_ten,
  live,
  octets,
  totals,
  decimal,
  clock,
  echo,
  probe,
  save,
  record,
  print,
  show_command,
  acknowledge,
  run_checks,
  graph,
  setup,
  help,
  header,
  mouse,
  redraw,
  suspend,
  interval,
  link_page,
};

struct Binding {
  Key key;
  Action action;
};

std::optional<Action> action_of(const Key& key) noexcept;
std::span<const Binding> bindings() noexcept;

struct BarItem {
  std::string_view key;  // "F1"
  std::string_view label;
};
// The function bar of a mode.
std::span<const BarItem> function_bar(Mode mode) noexcept;
// The function key of the [x]th cell of the bar, for the mouse.
std::optional<Key> bar_key(Mode mode, int x) noexcept;

}  // namespace gtp::top
