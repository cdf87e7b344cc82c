// SPDX-License-Identifier: GPL-2.0-or-later
#include "libcommon/output/progress.hpp"

#include <algorithm>

#include "libcommon/util/units.hpp"

namespace gtp::output {
namespace {

constexpr std::uint64_t kSecond = 1'000'000'000;
constexpr std::uint64_t kSilence = kSecond / 2;
constexpr std::uint64_t kInterval = kSecond / 10;
constexpr std::string_view kClear = "\r\x1b[K";

// a / b x scale without overflow; the rounding does not matter for a progress line.
double ratio(std::uint64_t a, std::uint64_t b) noexcept {
  return b == 0 ? 0 : static_cast<double>(a) / static_cast<double>(b);
}

}  // namespace

ProgressLine::ProgressLine(std::string_view label, unsigned columns, std::uint64_t now_ns)
    : columns_(columns), start_ns_(now_ns), due_ns_(now_ns + kSilence) {
  TextBuffer escaped;
  escaped.put_escaped(label);
  label_ = escaped.view();
}

bool ProgressLine::update(TextBuffer& out, std::uint64_t now_ns, const State& state) {
  if (now_ns < due_ns_) return false;
  due_ns_ = now_ns + kInterval;
  drawn_ = true;

  const std::uint64_t elapsed_ns = std::max<std::uint64_t>(1, now_ns - start_ns_);
  TextBuffer line;
  put_quantity(line, state.done_bytes, "B");
  if (state.total_bytes != 0) {
    line.put(" of ");
    put_quantity(line, state.total_bytes, "B");
    line.put(" (");
    line.put_dec(
        static_cast<std::uint64_t>(100 * ratio(std::min(state.done_bytes, state.total_bytes), state.total_bytes)));
    line.put(" %)");
  }
  line.put("  ");
  put_count(line, state.packets);
  line.put(" packets  ");
  put_count(line, static_cast<std::uint64_t>(ratio(state.packets, elapsed_ns) * static_cast<double>(kSecond)));
  line.put("/s");
  if (state.done_bytes != 0 && state.done_bytes < state.total_bytes) {
    const double left = static_cast<double>(elapsed_ns) * ratio(state.total_bytes - state.done_bytes, state.done_bytes);
    // A hundredth of a year is as good as "long".
    if (left < 3e14) {
      line.put("  ");
      put_duration(line, static_cast<std::uint64_t>(left));
      line.put(" left");
    }
  }

  out.put(kClear);
  if (label_.size() + 2 + line.size() < columns_) {
    out.put(label_);
    out.put("  ");
  }
  out.put(line.view().substr(0, columns_ == 0 ? 0 : columns_ - 1));
  return true;
}

void ProgressLine::erase(TextBuffer& out) {
  if (drawn_) out.put(kClear);
  drawn_ = false;
}

}  // namespace gtp::output
