// SPDX-License-Identifier: GPL-2.0-or-later
#include <algorithm>

#include "gtptop/model/columns.hpp"
#include "gtptop/ui/actions.hpp"
#include "gtptop/ui/layout.hpp"
#include "gtptop/ui/modes.hpp"
#include "gtptop/ui/state.hpp"

namespace gtp::top {

State initial_state() {
  State state;
  for (std::size_t i = 0; i < kViews; ++i) state.views[i].sort = default_sort(static_cast<View>(i));
  return state;
}

unsigned visible_rows(const State& state) {
  const bool prompt = state.mode == Mode::search || state.mode == Mode::filter;
  return static_cast<unsigned>(
      std::clamp(lay_out(state.height, state.header, prompt).row_count, 1, static_cast<int>(kMaxPageRows)));
}

Query make_query(const State& state) {
  const ViewState& here = state.here();
  Query query;
  query.view = state.view;
  query.filter = here.filter;
  query.filter_text = here.filter_text;
  query.sort = here.sort;
  query.grouping = state.grouping;
  query.open_groups = state.open_groups;
  query.offset = here.offset;
  query.rows = visible_rows(state);
  query.keep_order = state.keep_order;
  query.hold = state.paused;
  query.detail = state.detail;
  query.link_detail = state.link_detail;
  query.number = state.query_number;
  if (state.follow) {
    query.follow_tunnel = here.tunnel;
    query.follow_peer = here.peer;
  }
  if (!state.search_text.empty() && state.search_number != 0) {
    Query::Search search;
    search.text = state.search_text;
    search.from = here.cursor;
    search.after = here.tunnel;
    search.or_here = state.search_typing;
    search.backwards = state.search_backwards;
    search.number = state.search_number;
    query.search = search;
  }
  return query;
}

void resize(State& state, int width, int height) {
  state.width = width;
  state.height = height;
  ViewState& here = state.here();
  // The cursor stays on the screen.
  const std::uint64_t rows = visible_rows(state);
  if (here.cursor >= here.offset + rows) here.offset = here.cursor + 1 - rows;
}

void select_row(State& state, const Frame& frame) {
  ViewState& here = state.here();
  here.tunnel.reset();
  here.peer.reset();
  const Page& page = frame.page;
  if (page.view != state.view || here.cursor < page.offset) return;
  const std::uint64_t at = here.cursor - page.offset;
  if (state.view == View::tunnels && at < page.tunnels.size() && !page.tunnels[at].group) {
    here.tunnel = page.tunnels[at].key;
    here.peer = page.tunnels[at].peer;
  }
  if (state.view == View::peers && at < page.peers.size()) here.peer = page.peers[at].address;
  if (state.view == View::events && at < page.events.size() && !page.events[at].peer.empty()) {
    here.peer = page.events[at].peer;
  }
}

void show_frame(State& state, const Frame& frame) {
  const Page& page = frame.page;
  ViewState& here = state.here();
  if (page.view != state.view) return;
  here.offset = page.offset;
  if (page.found) {
    here.cursor = *page.found;
    here.moved = true;
  } else if (state.view == View::tunnels && here.tunnel && here.moved) {
    // The cursor goes with its tunnel, as long as that is on the screen.
    for (std::size_t i = 0; i < page.tunnels.size(); ++i) {
      if (!page.tunnels[i].group && page.tunnels[i].key == *here.tunnel) here.cursor = page.offset + i;
    }
  } else if (state.view == View::peers && here.peer && here.moved) {
    for (std::size_t i = 0; i < page.peers.size(); ++i) {
      if (page.peers[i].address == *here.peer) here.cursor = page.offset + i;
    }
  }
  if (page.not_found && (state.mode == Mode::search || state.message.empty())) {
    state.message = "not found: " + state.search_text;
    state.message_is_error = true;
  }
  here.cursor = std::min(here.cursor, page.matching == 0 ? 0 : page.matching - 1);
  here.cursor = std::clamp(here.cursor, page.offset, page.offset + (page.rows() == 0 ? 0 : page.rows() - 1));
  select_row(state, frame);
  if (!state.detail_moves) return;
  state.detail_moves = false;
  std::vector<Effect> effects;  // who has shown the frame asks again when the query's number has changed
  const std::uint64_t at = here.cursor - page.offset;
  if (at < page.tunnels.size() && !page.tunnels[at].group) open_detail(state, page.tunnels[at], effects);
}

void ask(State& state, std::vector<Effect>& effects) {
  ++state.query_number;
  effects.push_back({Effect::Kind::ask, {}, {}});
}

void move_cursor(State& state, const Frame* frame, std::int64_t by, std::vector<Effect>& effects) {
  ViewState& here = state.here();
  const std::uint64_t matching = frame != nullptr && frame->page.view == state.view ? frame->page.matching : 0;
  const std::uint64_t last = matching == 0 ? 0 : matching - 1;
  const auto wanted = static_cast<std::int64_t>(here.cursor) + by;
  here.cursor = wanted < 0 ? 0 : std::min(static_cast<std::uint64_t>(wanted), last);
  const std::uint64_t rows = visible_rows(state);
  const std::uint64_t before = here.offset;
  here.moved = here.cursor != 0;  // at the top the top is what is looked at
  if (here.cursor < here.offset) here.offset = here.cursor;
  if (here.cursor >= here.offset + rows) here.offset = here.cursor + 1 - rows;
  if (frame != nullptr) select_row(state, *frame);
  if (here.offset != before || state.follow) ask(state, effects);
}

std::vector<Effect> update(State& state, const Key& key, const Frame* frame) {
  std::vector<Effect> effects;
  state.message.clear();
  state.message_is_error = false;
  if (key == Key::control('c')) {
    effects.push_back({Effect::Kind::quit, {}, {}});
    return effects;
  }
  if (key == Key::control('z')) {
    effects.push_back({Effect::Kind::suspend, {}, {}});
    return effects;
  }
  if (key == Key::control('l')) {
    effects.push_back({Effect::Kind::redraw, {}, {}});
    return effects;
  }
  switch (state.mode) {
    case Mode::browse:
    case Mode::detail:
    case Mode::link:
      if (const auto action = action_of(key)) perform(state, *action, frame, effects);
      break;
    case Mode::help:
      state.mode = state.detail ? Mode::detail : state.link_detail ? Mode::link : Mode::browse;
      break;
    case Mode::search:
      type_search(state, key, frame, effects);
      break;
    case Mode::filter:
      type_filter(state, key, effects);
      break;
    case Mode::sort:
      choose_sort(state, key, effects);
      break;
    case Mode::setup:
      change_setup(state, key, effects);
      break;
    case Mode::interval:
      type_interval(state, key, effects);
      break;
    case Mode::save:
    case Mode::record:
      type_file(state, key, effects);
      break;
  }
  return effects;
}

std::vector<Effect> click(State& state, int x, int y, const Frame* frame) {
  std::vector<Effect> effects;
  if (state.mode != Mode::browse) return effects;
  const Bands bands = lay_out(state.height, state.header, false);
  if (y == bands.keys) {
    if (const auto key = bar_key(state.mode, x)) return update(state, *key, frame);
  } else if (y == bands.heads) {
    const ColumnPlan plan{state.here().columns, state.here().column_scroll, state.units, state.totals};
    for (const PlacedColumn& one : place_columns(state.view, state.width - 1, plan)) {
      if (x < one.x || x >= one.x + one.width) continue;
      Sort& sort = state.here().sort;
      sort = {one.column, sort.column == one.column ? !sort.descending : columns(state.view)[one.column].descending};
      ask(state, effects);
    }
  } else if (y >= bands.rows && y < bands.rows + bands.row_count) {
    const auto wanted = static_cast<std::int64_t>(state.here().offset) + (y - bands.rows);
    move_cursor(state, frame, wanted - static_cast<std::int64_t>(state.here().cursor), effects);
  }
  return effects;
}

}  // namespace gtp::top
