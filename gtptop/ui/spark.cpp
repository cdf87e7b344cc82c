// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtptop/ui/spark.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

namespace gtp::top {
namespace {

constexpr char32_t kEighths[] = {U' ', U'▁', U'▂', U'▃', U'▄', U'▅', U'▆', U'▇', U'█'};
constexpr std::string_view kEighthsUtf8[] = {" ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};

float highest(std::span<const float> values) {
  float top = 0;
  for (const float value : values) {
    if (value > top) top = value;  // false for NaN
  }
  return top;
}

// 0 … eighths; what is not zero is at least one.
int level(float value, float top, int eighths) {
  if (!(value > 0) || !(top > 0)) return 0;
  return std::clamp(static_cast<int>(std::ceil(value / top * static_cast<float>(eighths))), 1, eighths);
}

}  // namespace

std::string sparkline(std::span<const float> values, int width, float top, char32_t unknown) {
  const auto cells = static_cast<std::size_t>(std::max(width, 0));
  if (values.size() > cells) values = values.last(cells);
  if (!(top > 0)) top = highest(values);
  std::string out(cells - values.size(), ' ');
  for (const float value : values) {
    if (std::isnan(value)) {
      out += unknown == U' ' ? std::string_view(" ") : std::string_view("×");
    } else {
      out += kEighthsUtf8[static_cast<std::size_t>(level(value, top, 8))];
    }
  }
  return out;
}

void draw_graph(Canvas& canvas, int x, int y, int width, int height, std::span<const float> values, std::size_t step,
                float top, Ink ink) {
  for (int column = 0; column < width; ++column) {
    // The mean of the values that fall together, counted from the newest.
    const std::size_t behind = static_cast<std::size_t>(width - 1 - column) * step;
    if (behind >= values.size()) continue;
    const std::size_t end = values.size() - behind;
    const std::size_t begin = end > step ? end - step : 0;
    float sum = 0;
    std::size_t known = 0;
    for (std::size_t i = begin; i < end; ++i) {
      if (std::isnan(values[i])) continue;
      sum += values[i];
      ++known;
    }
    if (known == 0) continue;
    int eighths = level(sum / static_cast<float>(known), top, height * 8);
    for (int row = height - 1; row >= 0 && eighths > 0; --row, eighths -= 8) {
      canvas.put_cell(x + column, y + row, kEighths[std::min(eighths, 8)], ink);
    }
  }
}

}  // namespace gtp::top
