// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtptop/ui/terminal.hpp"

#define NCURSES_WIDECHAR 1
#include <ncurses.h>
#include <sys/ioctl.h>
#include <term.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <string>

// term.h defines macros by these names.
#undef columns
#undef lines
#undef tab
#undef back_tab

namespace gtp::top {
namespace {

enum Pair : short { kGreen = 1, kYellow, kRed, kCyan };

struct Paint {
  attr_t attributes;
  short pair;
};

// By Ink; without colour, and with it.
constexpr std::array<Paint, kInks> kMono = {{{A_NORMAL, 0},
                                             {A_DIM, 0},
                                             {A_BOLD, 0},
                                             {A_REVERSE, 0},
                                             {A_REVERSE, 0},
                                             {A_REVERSE | A_BOLD, 0},
                                             {A_REVERSE, 0},
                                             {A_NORMAL, 0},
                                             {A_BOLD, 0},
                                             {A_BOLD, 0},
                                             {A_NORMAL, 0},
                                             {A_NORMAL, 0}}};
constexpr std::array<Paint, kInks> kColour = {{{A_NORMAL, 0},
                                               {A_DIM, 0},
                                               {A_BOLD, 0},
                                               {A_REVERSE, 0},
                                               {A_REVERSE, 0},
                                               {A_REVERSE | A_BOLD, 0},
                                               {A_REVERSE, 0},
                                               {A_NORMAL, kGreen},
                                               {A_NORMAL, kYellow},
                                               {A_BOLD, kRed},
                                               {A_NORMAL, kCyan},
                                               {A_NORMAL, kGreen}}};

Key key_of(wint_t code) {
  using Code = Key::Code;
  if (code >= KEY_F(1) && code <= KEY_F(12)) return {Code::function, static_cast<char32_t>(code - KEY_F0)};
  switch (code) {
    case KEY_UP:
      return {Code::up, 0};
    case KEY_DOWN:
      return {Code::down, 0};
    case KEY_LEFT:
      return {Code::left, 0};
    case KEY_RIGHT:
      return {Code::right, 0};
    case KEY_PPAGE:
      return {Code::page_up, 0};
    case KEY_NPAGE:
      return {Code::page_down, 0};
    case KEY_HOME:
      return {Code::home, 0};
    case KEY_END:
      return {Code::end, 0};
    case KEY_BACKSPACE:
      return {Code::backspace, 0};
    case KEY_DC:
      return {Code::remove, 0};
    case KEY_BTAB:
      return {Code::back_tab, 0};
    case KEY_ENTER:
      return {Code::enter, 0};
    default:
      return {Code::character, 0};
  }
}

Key character_of(wint_t code) {
  using Code = Key::Code;
  switch (code) {
    case 27:
      return {Code::escape, 0};
    case '\r':
    case '\n':
      return {Code::enter, 0};
    case '\t':
      return {Code::tab, 0};
    case 8:
    case 127:
      return {Code::backspace, 0};
    default:
      return {Code::character, static_cast<char32_t>(code)};
  }
}

class Curses final : public Terminal {
 public:
  Curses(SCREEN* screen, Look look, bool mouse) : screen_(screen), colour_(look.colour) {
    set_escdelay(25);
    raw();
    noecho();
    nonl();
    keypad(stdscr, TRUE);
    nodelay(stdscr, TRUE);
    curs_set(0);
    if (colour_ && has_colors() && start_color() == OK) {
      use_default_colors();
      init_pair(kGreen, COLOR_GREEN, -1);
      init_pair(kYellow, COLOR_YELLOW, -1);
      init_pair(kRed, COLOR_RED, -1);
      init_pair(kCyan, COLOR_CYAN, -1);
    } else {
      colour_ = false;
    }
    if (mouse) Curses::set_mouse(true);
  }
  ~Curses() override {
    endwin();
    delscreen(screen_);
  }

  int width() const override { return COLS; }
  int height() const override { return LINES; }

  void show(const Canvas& canvas) override {
    const auto& paints = colour_ ? kColour : kMono;
    for (int y = 0; y < std::min(canvas.height(), LINES); ++y) {
      for (int x = 0; x < std::min(canvas.width(), COLS); ++x) {
        const Cell& cell = canvas.at(x, y);
        const Paint& paint = paints[static_cast<std::size_t>(cell.ink)];
        const wchar_t text[2] = {static_cast<wchar_t>(cell.character), 0};
        cchar_t out;
        setcchar(&out, text, paint.attributes, paint.pair, nullptr);
        mvadd_wch(y, x, &out);
      }
    }
    refresh();
  }

  std::optional<Input> read() override {
    wint_t code = 0;
    const int got = get_wch(&code);
    if (got == ERR) return std::nullopt;
    if (got == OK) return Input{Input::Kind::key, character_of(code), 0, 0};
    if (code != KEY_MOUSE) return Input{Input::Kind::key, key_of(code), 0, 0};
    MEVENT event;
    if (getmouse(&event) != OK) return Input{Input::Kind::key, {Key::Code::character, 0}, 0, 0};
    Input input{Input::Kind::click, {}, event.x, event.y};
    if ((event.bstate & BUTTON4_PRESSED) != 0) input.kind = Input::Kind::wheel_up;
    if ((event.bstate & BUTTON5_PRESSED) != 0) input.kind = Input::Kind::wheel_down;
    return input;
  }

  void resize() override {
    winsize size{};
    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_row > 0 && size.ws_col > 0) {
      resizeterm(size.ws_row, size.ws_col);
    }
  }

  void set_mouse(bool on) override {
    mousemask(on ? BUTTON1_PRESSED | BUTTON4_PRESSED | BUTTON5_PRESSED : 0, nullptr);
    mouseinterval(0);
  }
  void redraw() override { clearok(curscr, TRUE); }
  void leave() override { endwin(); }
  void resume() override {
    resize();
    clearok(curscr, TRUE);
    refresh();
  }

 private:
  SCREEN* screen_;
  bool colour_;
};

std::string term_name() {
  const char* term = std::getenv("TERM");
  return term == nullptr ? "" : term;
}

}  // namespace

Result<void> Terminal::check() {
  int reason = 0;
  if (setupterm(nullptr, STDOUT_FILENO, &reason) != OK) {
    const std::string name = term_name();
    return Error{ErrorCode::unsupported, 0,
                 name.empty() ? "TERM is not set" : "unknown terminal type \"" + name + "\" (TERM)",
                 "TERM=xterm gtptop, or gtptop -b"};
  }
  const bool moves = tigetstr(const_cast<char*>("cup")) != nullptr;
  if (!moves) {
    return Error{ErrorCode::unsupported, 0, "this terminal (TERM=" + term_name() + ") cannot place its cursor",
                 "gtptop -b"};
  }
  return {};
}

Result<std::unique_ptr<Terminal>> Terminal::open(Look look, bool mouse) {
  SCREEN* screen = newterm(nullptr, stdout, stdin);
  if (screen == nullptr) return Error{ErrorCode::failed, 0, "cannot open the terminal", "gtptop -b"};
  set_term(screen);
  return std::unique_ptr<Terminal>(std::make_unique<Curses>(screen, look, mouse));
}

}  // namespace gtp::top
