// SPDX-License-Identifier: GPL-2.0-or-later
//
// The lines below the rows: the worst finding or a prompt, the status, the function bar.
#include "gtptop/model/columns.hpp"
#include "gtptop/ui/actions.hpp"
#include "gtptop/ui/draw.hpp"
#include "gtptop/ui/words.hpp"

namespace gtp::top {

void draw_finding(Canvas& canvas, int y, const State& state, const Frame* frame) {
  if (frame == nullptr) return;
  const bool wide = canvas.width() >= 120;
  // What keeps figures from coming matters more than what they say, as long as it does not stand among the rows.
  if (!frame->notice.empty() && frame->page.rows() != 0) {
    canvas.put(1, y, cut("! " + frame->notice, canvas.width() - 2), Ink::warn);
    return;
  }
  if (!frame->worst || state.view == View::findings) return;
  const Finding& worst = *frame->worst;
  const std::string right =
      wide ? "5 shows all findings, Enter on one opens its fix in gtp-troubleshooting(7)" : "(5: findings)";
  const int room = canvas.width() - 4 - width_of(right);
  const std::string text = "! GTP-" + std::to_string(worst.id) + " " + printable(worst.sentence);
  const Ink ink = worst.severity == Severity::critical ? Ink::bad : Ink::warn;
  canvas.put(1, y, cut(text, room), ink);
  canvas.put_right(canvas.width() - 1, y, right, Ink::dim);
}

void draw_prompt(Canvas& canvas, int y, const State& state) {
  std::string label;
  switch (state.mode) {
    case Mode::search:
      label = "Search: ";
      break;
    case Mode::filter:
      label = "Filter: ";
      break;
    case Mode::interval:
      label = "Interval, 0.1s to 1h: ";
      break;
    case Mode::save:
      label = "Save this view to (.json .csv .txt): ";
      break;
    default:
      label = "Record to: ";
      break;
  }
  canvas.fill(0, y, canvas.width(), U' ', Ink::plain);
  int x = canvas.put(1, y, label, Ink::bold);
  // The end of what is typed is what the eye is on.
  std::string text = state.prompt;
  const int room = canvas.width() - x - 2;
  if (static_cast<int>(text.size()) > room && room > 0)
    text = text.substr(text.size() - static_cast<std::size_t>(room));
  x = canvas.put(x, y, text);
  canvas.put(x, y, "_", Ink::bold);
  const std::string& note = state.mode == Mode::search && state.message_is_error ? state.message : state.prompt_error;
  if (note.empty() || canvas.width() - x < 12) return;
  canvas.put_right(canvas.width() - 1, y, cut(note, canvas.width() - x - 4), Ink::bad);
}

namespace {

std::string units_text(const State& state) {
  std::string text = state.units.octets ? "rates B/s (b: bits)" : "rates bit/s (b: bytes)";
  text += state.units.decimal_teid ? "   TEI decimal (x: hex)" : "   TEI hex (x: decimal)";
  return text;
}

std::string order_text(const State& state) {
  const Column& column = columns(state.view)[state.here().sort.column];
  if (state.keep_order && state.view == View::tunnels)
    return "order kept (o: follow " + std::string(column.heading) + ")";
  return "order follows " + std::string(column.heading) + " (o: freeze)";
}

}  // namespace

void draw_status(Canvas& canvas, int y, const State& state, const Frame* frame) {
  if (!state.message.empty()) {
    canvas.put(1, y, cut(state.message, canvas.width() - 2), state.message_is_error ? Ink::bad : Ink::bold);
    return;
  }
  int x = 1;
  if (frame != nullptr && frame->page.view == state.view && frame->page.matching != 0 && state.mode == Mode::browse) {
    x = canvas.put(1, y, "row " + grouped(state.here().cursor + 1) + " of " + grouped(frame->page.matching));
  }
  std::string right;
  const bool wide = canvas.width() >= 120;
  switch (state.mode) {
    case Mode::detail:
      right = wide ? "h l: tunnel before, behind   v: DN, UP, packets   + - time scale   R: checks again   y prints it"
                   : "h l other tunnel  v graph  + - scale  R checks";
      break;
    case Mode::browse:
      if (state.view == View::tunnels) {
        right = wide ? units_text(state) + "   " + order_text(state)
                     : std::string(state.units.octets ? "B/s" : "bit/s") + "  " +
                           (state.units.decimal_teid ? "decimal" : "hex") + "  " +
                           (state.keep_order ? "order kept" : "order: ") +
                           (state.keep_order ? "" : std::string(columns(state.view)[state.here().sort.column].heading));
        if (state.follow) right = "following this row (F: stop)   " + right;
      } else if (state.view == View::peers) {
        right = wide ? "F7 or e: one Echo now   E: every 60 s to this peer, or no more   Enter: tunnels of this peer"
                     : "e echo  E probe  Enter: its tunnels";
      } else if (state.view == View::links) {
        right = wide ? "Enter: tunnels of this link   d: addresses, routes, rp_filter, sockets of this link"
                     : "Enter: its tunnels  d: addresses, routes";
      } else if (state.view == View::findings) {
        right =
            wide ? "Enter: its section of gtp-troubleshooting(7)   A: acknowledge" : "Enter: manual  A: acknowledge";
      }
      break;
    default:
      break;
  }
  if (width_of(right) + x + 2 < canvas.width()) canvas.put_right(canvas.width() - 1, y, right, Ink::dim);
}

void draw_keys(Canvas& canvas, int y, Mode mode) {
  int x = 0;
  for (const BarItem& item : function_bar(mode)) {
    const int needed = static_cast<int>(item.key.size() + item.label.size());
    if (x + needed > canvas.width()) break;
    x = canvas.put(x, y, item.key, Ink::plain);
    x = canvas.put(x, y, item.label, Ink::label) + 1;
  }
  if (canvas.width() >= 140 && mode == Mode::browse) {
    canvas.put_right(canvas.width() - 1, y, "/search  \\filter  Enter detail  [ ] time travel  c command line",
                     Ink::dim);
  }
}

}  // namespace gtp::top
