// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtptop/ui/canvas.hpp"

#include <algorithm>
#include <array>

#include "libcommon/util/utf8.hpp"

namespace gtp::top {
namespace {

struct StandIn {
  char32_t sign;
  char ascii;
};

constexpr StandIn kStandIns[] = {
    {U'·', '-'}, {U'…', '~'}, {U'×', 'x'}, {U'→', '>'}, {U'←', '<'}, {U'↑', '^'}, {U'↓', 'v'}, {U'─', '-'}, {U'│', '|'},
    {U'┃', '#'}, {U'┌', '+'}, {U'┐', '+'}, {U'└', '+'}, {U'┘', '+'}, {U'▁', '.'}, {U'▂', ':'}, {U'▃', '-'}, {U'▄', '='},
    {U'▅', '+'}, {U'▆', '*'}, {U'▇', '#'}, {U'█', '@'}, {U'▲', '^'}, {U'▼', 'v'}, {U'○', 'x'}, {U'●', '+'}, {U'◐', '~'},
};

// One character and how many octets it took; what is not UTF-8 is shown as '?'.
char32_t decode(std::string_view text, std::size_t& length) noexcept {
  const auto octet = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned first = octet(0);
  length = first < 0x80 ? 1 : first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : first >= 0xc2 ? 2 : 0;
  if (length == 0 || length > text.size()) {
    length = 1;
    return U'?';
  }
  if (length == 1) return first < 0x20 || first == 0x7f ? U'?' : first;
  char32_t code = first & (0x7fU >> length);
  for (std::size_t i = 1; i < length; ++i) {
    if ((octet(i) & 0xc0) != 0x80) {
      length = i;
      return U'?';
    }
    code = code << 6 | (octet(i) & 0x3f);
  }
  return code;
}

void trim(std::string& line) { line.erase(line.find_last_not_of(' ') + 1); }

}  // namespace

int width_of(std::string_view utf8) noexcept {
  int width = 0;
  for (std::size_t length = 0; !utf8.empty(); utf8.remove_prefix(length), ++width) decode(utf8, length);
  return width;
}

std::string cut(std::string_view utf8, int width) {
  if (width_of(utf8) <= width) return std::string(utf8);
  if (width <= 0) return {};
  std::size_t at = 0;
  for (int i = 0; i + 1 < width; ++i) {
    std::size_t length = 0;
    decode(utf8.substr(at), length);
    at += length;
  }
  return std::string(utf8.substr(0, at)) + "…";
}

Canvas::Canvas(int width, int height, Look look)
    : width_(std::max(width, 0)),
      height_(std::max(height, 0)),
      look_(look),
      cells_(static_cast<std::size_t>(width_) * static_cast<std::size_t>(height_)) {}

char32_t Canvas::shown(char32_t character) const noexcept {
  if (look_.utf8 || character < 0x80) return character;
  for (const StandIn& one : kStandIns) {
    if (one.sign == character) return static_cast<char32_t>(one.ascii);
  }
  return U'?';
}

void Canvas::put_cell(int x, int y, char32_t character, Ink ink) {
  if (x < 0 || y < 0 || x >= width_ || y >= height_) return;
  cells_[static_cast<std::size_t>(y) * static_cast<std::size_t>(width_) + static_cast<std::size_t>(x)] = {
      shown(character), ink};
}

int Canvas::put(int x, int y, std::string_view text, Ink ink, int end) {
  const int edge = end < 0 ? width_ : std::min(end, width_);
  for (std::size_t length = 0; !text.empty() && x < edge; text.remove_prefix(length), ++x) {
    put_cell(x, y, decode(text, length), ink);
  }
  return x;
}

void Canvas::put_right(int end, int y, std::string_view text, Ink ink) { put(end - width_of(text), y, text, ink, end); }

void Canvas::fill(int x, int y, int width, char32_t character, Ink ink) {
  for (int i = 0; i < width; ++i) put_cell(x + i, y, character, ink);
}

void Canvas::box(int x, int y, int width, int height, std::string_view title) {
  if (width < 2 || height < 2) return;
  fill(x + 1, y, width - 2, U'─', Ink::dim);
  fill(x + 1, y + height - 1, width - 2, U'─', Ink::dim);
  for (int i = 1; i + 1 < height; ++i) {
    put_cell(x, y + i, U'│', Ink::dim);
    put_cell(x + width - 1, y + i, U'│', Ink::dim);
  }
  put_cell(x, y, U'┌', Ink::dim);
  put_cell(x + width - 1, y, U'┐', Ink::dim);
  put_cell(x, y + height - 1, U'└', Ink::dim);
  put_cell(x + width - 1, y + height - 1, U'┘', Ink::dim);
  if (!title.empty()) put(x + 1, y, cut(" " + std::string(title) + " ", width - 2), Ink::bold, x + width - 1);
}

std::string Canvas::text() const {
  std::string out;
  for (int y = 0; y < height_; ++y) {
    std::string line;
    for (int x = 0; x < width_; ++x) append_utf8(line, at(x, y).character);
    trim(line);
    out += line + "\n";
  }
  return out;
}

std::string Canvas::ink_map() const {
  constexpr std::string_view kLetters = " dbTHCLgwrud";
  static_assert(kLetters.size() == kInks);
  // Without colour only what is told apart by brightness or reversal is left.
  constexpr std::string_view kMono = " dbTHCL bb  ";
  static_assert(kMono.size() == kInks);
  std::string out;
  for (int y = 0; y < height_; ++y) {
    std::string line;
    for (int x = 0; x < width_; ++x) line += (look_.colour ? kLetters : kMono)[static_cast<std::size_t>(at(x, y).ink)];
    trim(line);
    out += line + "\n";
  }
  return out;
}

}  // namespace gtp::top
