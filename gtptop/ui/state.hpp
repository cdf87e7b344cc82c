// SPDX-License-Identifier: GPL-2.0-or-later
//
// State: everything that the screen shows besides the figures, as a value. update() makes the next one from a key;
// draw() shows it. Neither knows a terminal, a thread or a clock.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "gtptop/model/command.hpp"
#include "gtptop/model/format.hpp"
#include "gtptop/model/query.hpp"

namespace gtp::top {

enum class Mode : std::uint8_t { browse, search, filter, sort, help, setup, detail, save, record, link, interval };

enum class GraphOf : std::uint8_t { dn, up, packets };

// What a viewer left at each view.
struct ViewState {
  Sort sort;
  std::uint64_t offset = 0;
  std::uint64_t cursor = 0;  // the row, counted from the first of all
  filter::Filter filter;
  std::string filter_text;
  unsigned column_scroll = 0;
  std::vector<std::uint8_t> columns;  // empty: as always
  bool moved = false;                 // the cursor was moved, so it goes with what it is on
  std::optional<TunnelKey> tunnel;    // what the cursor is on
  std::optional<IpAddress> peer;
};

struct State {
  int width = 80;
  int height = 24;
  View view = View::tunnels;
  std::array<ViewState, kViews> views;
  Mode mode = Mode::browse;

  std::string prompt;         // what is being typed
  std::string prompt_before;  // to return to on Esc
  std::string prompt_error;
  std::vector<std::string> filter_history;
  std::size_t history_at = 0;
  std::size_t menu = 0;  // the line of a menu that is chosen
  std::string message;   // one line, until the next key
  bool message_is_error = false;

  Units units;
  Grouping grouping = Grouping::none;
  std::vector<std::string> open_groups;
  bool totals = false;  // octets since the start instead of rates
  bool header = true;
  bool mouse = false;
  bool paused = false;
  bool keep_order = false;
  bool follow = false;
  std::uint64_t interval_ns = 1'000'000'000;

  std::size_t look_back = 0;      // frames; 0: now
  std::size_t frames_behind = 0;  // that can be looked back at
  std::optional<TunnelKey> detail;
  std::string detail_label;
  bool detail_moves = false;                 // the page goes on to the row that the cursor was moved to
  std::optional<std::uint32_t> link_detail;  // index of the link whose page is open
  int page_scroll = 0;                       // lines of a page that are above the screen
  GraphOf graph = GraphOf::dn;
  unsigned graph_step = 1;  // ticks per cell

  std::uint64_t query_number = 0;
  std::uint64_t search_number = 0;
  std::string search_text;
  bool search_backwards = false;
  bool search_typing = false;

  ViewState& here() { return views[static_cast<std::size_t>(view)]; }
  const ViewState& here() const { return views[static_cast<std::size_t>(view)]; }
};

State initial_state();

// What has to be done outside after an update.
struct Effect {
  enum class Kind : std::uint8_t {
    ask,      // the query has changed
    command,  // for the collector
    quit,
    print_and_quit,  // `text` to stdout
    suspend,         // ^Z
    redraw,          // ^L
    mouse,           // switch it on or off, as the state says
    save,            // the page, to the file `text`
    save_settings,
    manual,  // show `text` ("GTP-201") of gtp-troubleshooting(7)
  } kind = Kind::ask;
  Command command = {};
  std::string text = {};
};

struct Key {
  enum class Code : std::uint8_t {
    character,
    enter,
    escape,
    backspace,
    remove,
    tab,
    back_tab,
    up,
    down,
    left,
    right,
    page_up,
    page_down,
    home,
    end,
    function,  // `character` is its number
  } code = Code::character;
  char32_t character = 0;

  static Key of(char32_t c) { return {Code::character, c}; }
  static Key control(char letter) { return {Code::character, static_cast<char32_t>(letter & 0x1f)}; }
  static Key f(unsigned number) { return {Code::function, number}; }
  friend bool operator==(const Key&, const Key&) = default;
};

Query make_query(const State& state);
// How many rows of the table are on the screen.
unsigned visible_rows(const State& state);

// [frame] is what is on the screen; null before the first.
std::vector<Effect> update(State& state, const Key& key, const Frame* frame);
void resize(State& state, int width, int height);
// A frame has come, or another one is looked at.
void show_frame(State& state, const Frame& frame);
// A click on a cell of the screen.
std::vector<Effect> click(State& state, int x, int y, const Frame* frame);

// The command line that shows this view: "gtptop --sort -dn -f 'dn > 1M'".
std::string command_line(const State& state);

}  // namespace gtp::top
