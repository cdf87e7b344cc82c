// SPDX-License-Identifier: GPL-2.0-or-later
//
// Canvas: the screen as cells, each a character and what it means (Ink). Views draw into it and know neither colours
// nor terminals; terminal.cpp shows it, tests write it to a text file.
//
// Every character that is drawn is one cell wide: our own signs are, and text from outside is escaped to ASCII before
// it gets here. What does not fit is cut at the edge.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace gtp::top {

// Colour repeats what a sign or word says already.
enum class Ink : std::uint8_t {
  plain,
  dim,  // old figures, notes
  bold,
  title,    // reverse
  heading,  // reverse
  cursor,   // reverse
  label,    // of the function bar; reverse
  good,
  warn,
  bad,
  up,  // graphs
  dn,
};
inline constexpr std::size_t kInks = 12;

// What the terminal can show.
struct Look {
  bool utf8 = true;
  bool colour = true;
};

struct Cell {
  char32_t character = U' ';
  Ink ink = Ink::plain;
  friend bool operator==(const Cell&, const Cell&) = default;
};

class Canvas {
 public:
  Canvas(int width, int height, Look look);

  int width() const noexcept { return width_; }
  int height() const noexcept { return height_; }
  Look look() const noexcept { return look_; }
  const Cell& at(int x, int y) const noexcept {
    return cells_[static_cast<std::size_t>(y) * static_cast<std::size_t>(width_) + static_cast<std::size_t>(x)];
  }

  // UTF-8 from x on; nothing is drawn from [end] on, -1: the edge. Returns the x behind it.
  int put(int x, int y, std::string_view text, Ink ink = Ink::plain, int end = -1);
  // Ends before [end].
  void put_right(int end, int y, std::string_view text, Ink ink = Ink::plain);
  void put_cell(int x, int y, char32_t character, Ink ink);
  void fill(int x, int y, int width, char32_t character, Ink ink);
  // A frame of lines with a title in its upper edge.
  void box(int x, int y, int width, int height, std::string_view title);

  // In ASCII our signs have stand-ins: see kStandIns in canvas.cpp.
  std::string text() const;     // lines, without blanks at their ends
  std::string ink_map() const;  // the same lines, a letter for each ink

 private:
  char32_t shown(char32_t character) const noexcept;

  int width_;
  int height_;
  Look look_;
  std::vector<Cell> cells_;
};

// Cells that a text takes.
int width_of(std::string_view utf8) noexcept;
// Cut to [width] cells, with an ellipsis when something is missing.
std::string cut(std::string_view utf8, int width);

}  // namespace gtp::top
