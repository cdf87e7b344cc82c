// SPDX-License-Identifier: GPL-2.0-or-later
#include <algorithm>

#include "gtptop/model/columns.hpp"
#include "gtptop/ui/layout.hpp"
#include "gtptop/ui/modes.hpp"
#include "gtptop/ui/words.hpp"

namespace gtp::top {
namespace {

void say(State& state, std::string message) { state.message = std::move(message); }

void command(std::vector<Effect>& effects, Command::Kind kind, const IpAddress& peer = {}) {
  Command command;
  command.kind = kind;
  command.peer = peer;
  effects.push_back({Effect::Kind::command, command, {}});
}

// The row under the cursor, or nullptr.
template <typename Row>
const Row* current(const State& state, const Frame* frame, const std::vector<Row> Page::*rows) {
  if (frame == nullptr || frame->page.view != state.view) return nullptr;
  const std::uint64_t cursor = state.here().cursor;
  const std::uint64_t offset = frame->page.offset;
  const auto& all = frame->page.*rows;
  return cursor >= offset && cursor - offset < all.size() ? &all[static_cast<std::size_t>(cursor - offset)] : nullptr;
}

void sort_by_neighbour(State& state, bool right, std::vector<Effect>& effects) {
  const auto placed = place_columns(state.view, state.width - 1,
                                    {state.here().columns, state.here().column_scroll, state.units, state.totals});
  Sort& sort = state.here().sort;
  auto at = std::find_if(placed.begin(), placed.end(), [&](const auto& one) { return one.column == sort.column; });
  if (at == placed.end()) {
    at = placed.begin();
  } else if (right ? at + 1 != placed.end() : at != placed.begin()) {
    at += right ? 1 : -1;
  } else {
    return;
  }
  if (at == placed.end()) return;
  sort = {at->column, columns(state.view)[at->column].descending};
  ask(state, effects);
}

void go_with_filter(State& state, View view, const std::string& filter, std::vector<Effect>& effects) {
  set_filter(state, view, filter);
  state.grouping = Grouping::none;
  go_to_view(state, view, effects);
}

void toggle_group(State& state, const TunnelRow& row, bool open, std::vector<Effect>& effects) {
  if (open && !row.open) state.open_groups.push_back(row.label);
  if (!open) std::erase(state.open_groups, row.label);
  ask(state, effects);
}

void enter(State& state, const Frame* frame, std::vector<Effect>& effects) {
  if (const TunnelRow* row = current(state, frame, &Page::tunnels)) {
    if (row->group) return toggle_group(state, *row, !row->open, effects);
    open_detail(state, *row, effects);
  } else if (const PeerRow* peer = current(state, frame, &Page::peers)) {
    go_with_filter(state, View::tunnels, "peer " + peer->address.text(), effects);
  } else if (const LinkRow* link = current(state, frame, &Page::links)) {
    go_with_filter(state, View::tunnels, "link \"" + link->name + "\"", effects);
  } else if (const Event* event = current(state, frame, &Page::events)) {
    if (event->key.id == 0) return;
    go_with_filter(state, View::tunnels, "teid " + std::to_string(event->key.id), effects);
  } else if (const Finding* finding = current(state, frame, &Page::findings)) {
    effects.push_back({Effect::Kind::manual, {}, "GTP-" + std::to_string(finding->id)});
  }
}

void back(State& state, std::vector<Effect>& effects) {
  if (state.mode == Mode::detail) {
    state.mode = Mode::browse;
    state.detail.reset();
    return ask(state, effects);
  }
  if (state.mode == Mode::link) {
    state.mode = Mode::browse;
    state.link_detail.reset();
    return ask(state, effects);
  }
  if (!state.here().filter_text.empty()) {
    set_filter(state, state.view, "");
    return ask(state, effects);
  }
  if (state.grouping != Grouping::none && state.view == View::tunnels) {
    state.grouping = Grouping::none;
    return ask(state, effects);
  }
  if (state.look_back != 0) {
    state.look_back = 0;
    return;
  }
  state.search_text.clear();
}

void look_back(State& state, std::int64_t frames, const Frame* frame, std::vector<Effect>& effects) {
  const auto wanted = static_cast<std::int64_t>(state.look_back) + frames;
  const auto most = static_cast<std::int64_t>(state.frames_behind);
  const std::int64_t reached = std::clamp<std::int64_t>(wanted, 0, most);
  state.look_back = static_cast<std::size_t>(reached);
  const bool recording = frame != nullptr && !frame->source.live;
  if (wanted < 0 && recording) {
    Command seek;
    seek.kind = Command::Kind::seek;
    seek.samples = -wanted;
    effects.push_back({Effect::Kind::command, seek, {}});
  } else if (wanted > most) {
    say(state, recording ? "no earlier sample is kept here" : "nothing earlier is kept: -w records for longer");
  }
}

std::optional<IpAddress> peer_here(const State& state, const Frame* frame) {
  if (state.mode == Mode::detail && frame != nullptr && frame->detail) return frame->detail->row.peer;
  return state.here().peer;
}

void echo(State& state, Action action, const Frame* frame, std::vector<Effect>& effects) {
  const auto peer = peer_here(state, frame);
  if (frame != nullptr && !frame->source.live) return say(state, "a recording cannot be asked anything");
  if (frame != nullptr && !frame->capabilities.echo) return say(state, "Echo Requests cannot be sent from here");
  if (!peer || peer->empty()) return say(state, "no peer under the cursor");
  command(effects, action == Action::echo ? Command::Kind::echo : Command::Kind::probe, *peer);
  const PeerRow* row = current(state, frame, &Page::peers);
  const std::string every = row == nullptr ? "every 60 s an Echo Request to " + peer->text() + ", or no more (E)"
                            : row->probing ? "no more Echo Requests to " + peer->text()
                                           : "every 60 s an Echo Request to " + peer->text() + " (E: no more)";
  say(state, action == Action::echo ? "one Echo Request to " + peer->text() : every);
}

void acknowledge(State& state, const Frame* frame, std::vector<Effect>& effects) {
  Command command;
  command.kind = Command::Kind::acknowledge;
  if (const Finding* finding = current(state, frame, &Page::findings)) {
    command.finding = finding->id;
    command.text = finding->object.text;
  } else if (const PeerRow* peer = current(state, frame, &Page::peers)) {
    command.peer = peer->address;
  } else {
    return;
  }
  effects.push_back({Effect::Kind::command, command, {}});
}

// What `y` leaves behind in the shell: commands that show the same tunnel or peer.
void print(State& state, const Frame* frame, std::vector<Effect>& effects) {
  std::string text;
  if (state.mode == Mode::detail && frame != nullptr && frame->detail) {
    text = shell_text(frame->detail->row);
  } else if (const TunnelRow* row = current(state, frame, &Page::tunnels)) {
    text = row->group ? row->label + "\n" : shell_text(*row);
  } else if (const PeerRow* peer = current(state, frame, &Page::peers)) {
    text = peer->address.text() + "\n";
  } else if (const LinkRow* link = current(state, frame, &Page::links)) {
    text = link->name + "\n";
  } else if (const Finding* finding = current(state, frame, &Page::findings)) {
    text = "GTP-" + std::to_string(finding->id) + " " + finding->sentence + "\n";
  } else {
    return say(state, "nothing is selected");
  }
  effects.push_back({Effect::Kind::print_and_quit, {}, text});
}

void filter_by_same_peer(State& state, std::vector<Effect>& effects) {
  if (!state.here().peer) return say(state, "no peer under the cursor");
  set_filter(state, state.view, "peer " + state.here().peer->text());
  ask(state, effects);
}

// The page of the tunnel before or behind, in the order of the table.
void neighbour(State& state, bool next, const Frame* frame, std::vector<Effect>& effects) {
  move_cursor(state, frame, next ? 1 : -1, effects);
  const TunnelRow* row = current(state, frame, &Page::tunnels);
  if (row != nullptr && !row->group) return open_detail(state, *row, effects);
  state.detail_moves = row == nullptr;  // it is beyond the page, which is on its way
}

// The same for the page of a link.
bool perform_on_link(State& state, Action action, const Frame* frame, std::vector<Effect>& effects) {
  switch (action) {
    case Action::up:
    case Action::page_up:
      state.page_scroll = std::max(0, state.page_scroll - (action == Action::up ? 1 : 10));
      return true;
    case Action::down:
    case Action::page_down: {
      const int lines = frame != nullptr && frame->link_detail ? static_cast<int>(frame->link_detail->lines.size()) : 0;
      state.page_scroll = std::clamp(state.page_scroll + (action == Action::down ? 1 : 10), 0, std::max(lines - 1, 0));
      return true;
    }
    case Action::run_checks:
      command(effects, Command::Kind::run_checks);
      return true;
    case Action::quit:
    case Action::link_page:
      back(state, effects);
      return true;
    case Action::enter:
      if (frame != nullptr && frame->link_detail) {
        go_with_filter(state, View::tunnels, "link \"" + frame->link_detail->row.name + "\"", effects);
      }
      return true;
    case Action::filter:
    case Action::search:
    case Action::sort_menu:
    case Action::first:
    case Action::last:
      return true;
    default:
      return false;
  }
}

// The keys of the detail page that mean something else there; true: done.
bool perform_in_detail(State& state, Action action, const Frame* frame, std::vector<Effect>& effects) {
  switch (action) {
    case Action::open_group:
      state.graph_step = std::max(1U, state.graph_step / 2);
      return true;
    case Action::close_group:
      state.graph_step = std::min(16U, state.graph_step * 2);
      return true;
    case Action::graph:
      state.graph = static_cast<GraphOf>((static_cast<int>(state.graph) + 1) % 3);
      return true;
    case Action::scroll_left:
    case Action::scroll_right:
    case Action::up:
    case Action::down:
      neighbour(state, action == Action::scroll_right || action == Action::down, frame, effects);
      return true;
    case Action::run_checks:
      command(effects, Command::Kind::run_checks);
      return true;
    case Action::quit:
      back(state, effects);
      return true;
    case Action::enter:
    case Action::filter:
    case Action::search:
    case Action::sort_menu:
    case Action::group:
      return true;
    default:
      return false;
  }
}

}  // namespace

void open_detail(State& state, const TunnelRow& row, std::vector<Effect>& effects) {
  state.detail = row.key;
  state.mode = Mode::detail;
  ask(state, effects);
}

void go_to_view(State& state, View view, std::vector<Effect>& effects) {
  state.mode = Mode::browse;
  state.detail.reset();
  state.link_detail.reset();
  state.view = view;
  state.search_text.clear();
  ask(state, effects);
}

void perform(State& state, Action action, const Frame* frame, std::vector<Effect>& effects) {
  if (state.mode == Mode::detail && perform_in_detail(state, action, frame, effects)) return;
  if (state.mode == Mode::link && perform_on_link(state, action, frame, effects)) return;
  const auto rows = static_cast<std::int64_t>(visible_rows(state));
  const auto view = [&](std::size_t step) {
    go_to_view(state, static_cast<View>((static_cast<std::size_t>(state.view) + step) % kViews), effects);
  };
  ViewState& here = state.here();
  switch (action) {
    case Action::up:
      return move_cursor(state, frame, -1, effects);
    case Action::down:
      return move_cursor(state, frame, 1, effects);
    case Action::page_up:
      return move_cursor(state, frame, -rows, effects);
    case Action::page_down:
      return move_cursor(state, frame, rows, effects);
    case Action::half_up:
      return move_cursor(state, frame, -rows / 2, effects);
    case Action::half_down:
      return move_cursor(state, frame, rows / 2, effects);
    case Action::first:
      return move_cursor(state, frame, -static_cast<std::int64_t>(here.cursor), effects);
    case Action::last:
      return move_cursor(state, frame, INT64_MAX / 2, effects);
    case Action::scroll_left:
      if (here.column_scroll > 0) --here.column_scroll;
      return;
    case Action::scroll_right:
      if (here.column_scroll + 2 < columns(state.view).size()) ++here.column_scroll;
      return;
    case Action::sort_left:
    case Action::sort_right:
      return sort_by_neighbour(state, action == Action::sort_right, effects);
    case Action::reverse:
      here.sort.descending = !here.sort.descending;
      return ask(state, effects);
    case Action::sort_menu:
      state.mode = Mode::sort;
      state.menu = here.sort.column;
      return;
    case Action::view_tunnels:
    case Action::view_peers:
    case Action::view_links:
    case Action::view_events:
    case Action::view_findings:
      return go_to_view(state, static_cast<View>(static_cast<int>(action) - static_cast<int>(Action::view_tunnels)),
                        effects);
    case Action::next_view:
      return view(1);
    case Action::previous_view:
      return view(kViews - 1);
    case Action::enter:
      return enter(state, frame, effects);
    case Action::back:
      return back(state, effects);
    case Action::quit:
      effects.push_back({Effect::Kind::quit, {}, {}});
      return;
    case Action::search:
      state.mode = Mode::search;
      state.prompt.clear();
      return;
    case Action::search_next:
    case Action::search_previous:
      if (state.search_text.empty()) return say(state, "nothing to search for: / starts");
      state.search_backwards = action == Action::search_previous;
      state.search_typing = false;
      ++state.search_number;
      return ask(state, effects);
    case Action::same_peer:
      return filter_by_same_peer(state, effects);
    case Action::filter:
      state.mode = Mode::filter;
      state.prompt = here.filter_text;
      state.prompt_error.clear();
      state.history_at = state.filter_history.size();
      return;
    case Action::group:
      if (state.view != View::tunnels) return say(state, "tunnels are grouped, in view 1");
      state.grouping = static_cast<Grouping>((static_cast<int>(state.grouping) + 1) % 4);
      state.open_groups.clear();
      here.offset = here.cursor = 0;
      return ask(state, effects);
    case Action::open_group:
    case Action::close_group:
      if (const TunnelRow* row = current(state, frame, &Page::tunnels); row != nullptr && row->group) {
        toggle_group(state, *row, action == Action::open_group, effects);
      }
      return;
    case Action::pause:
      state.paused = !state.paused;
      return ask(state, effects);
    case Action::keep_order:
      state.keep_order = !state.keep_order;
      return ask(state, effects);
    case Action::follow:
      state.follow = !state.follow;
      return ask(state, effects);
    case Action::time_back:
      return look_back(state, 1, frame, effects);
    case Action::time_forward:
      return look_back(state, -1, frame, effects);
    case Action::time_back_ten:
      return look_back(state, 10, frame, effects);
    case Action::time_forward_ten:
      return look_back(state, -10, frame, effects);
    case Action::live:
      state.look_back = 0;
      state.paused = false;
      return ask(state, effects);
    case Action::octets:
      state.units.octets = !state.units.octets;
      return;
    case Action::totals:
      state.totals = !state.totals;
      return;
    case Action::decimal:
      state.units.decimal_teid = !state.units.decimal_teid;
      return;
    case Action::clock:
      state.units.clock = !state.units.clock;
      return;
    case Action::echo:
    case Action::probe:
      return echo(state, action, frame, effects);
    case Action::save:
      state.mode = Mode::save;
      state.prompt = std::string(view_name(state.view)) + ".json";
      return;
    case Action::record:
      if (frame != nullptr && frame->recording_samples) {
        Command stop;
        stop.kind = Command::Kind::record;
        effects.push_back({Effect::Kind::command, stop, {}});
        return say(state, "recording ended: " + frame->recording_file);
      }
      state.mode = Mode::record;
      state.prompt = "gtptop.ndjson.zst";
      return;
    case Action::print:
      return print(state, frame, effects);
    case Action::show_command:
      return say(state, command_line(state));
    case Action::acknowledge:
      return acknowledge(state, frame, effects);
    case Action::setup:
      state.mode = Mode::setup;
      state.menu = 0;
      return;
    case Action::help:
      state.mode = Mode::help;
      return;
    case Action::header:
      state.header = !state.header;
      return ask(state, effects);
    case Action::mouse:
      state.mouse = !state.mouse;
      effects.push_back({Effect::Kind::mouse, {}, {}});
      return say(state, state.mouse ? "mouse on: Shift selects text" : "mouse off");
    case Action::interval:
      if (frame != nullptr && !frame->source.live) return say(state, "a recording has its own interval");
      state.mode = Mode::interval;
      state.prompt.clear();
      state.prompt_error.clear();
      return;
    case Action::link_page:
      if (const LinkRow* link = current(state, frame, &Page::links)) {
        state.link_detail = link->index;
        state.page_scroll = 0;
        state.mode = Mode::link;
        return ask(state, effects);
      }
      return say(state, "d shows a link: choose one in view 3");
    case Action::run_checks:
      return say(state, "R runs the checks of an open page: Enter on a tunnel, d on a link");
    case Action::graph:
      return say(state, "v changes the graph of a tunnel's page: Enter opens it");
    case Action::redraw:
    case Action::suspend:
      return;
  }
}

}  // namespace gtp::top
