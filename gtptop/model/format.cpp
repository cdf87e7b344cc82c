// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtptop/model/format.hpp"

#include <array>
#include <ctime>

#include "libcommon/util/units.hpp"

namespace gtp::top {
namespace {

std::size_t decimal_digits(std::uint64_t value) {
  std::size_t digits = 1;
  while (value >= 10) {
    value /= 10;
    ++digits;
  }
  return digits;
}

void put_iec(TextBuffer& out, std::uint64_t value) {
  if (value < 1000) return out.put_dec(value);
  constexpr std::string_view kPrefixes = "KMGTPE";
  double scaled = static_cast<double>(value) / 1024;
  std::size_t i = 0;
  while (i + 1 < kPrefixes.size() && scaled >= 999.5) {
    scaled /= 1024;
    ++i;
  }
  // One decimal below ten, so that "9.9Ki" and "999Ki" both take five.
  const auto tenths = static_cast<std::uint64_t>(scaled * 10 + 0.5);
  if (tenths < 100) {
    out.put_dec(tenths / 10);
    out.put('.');
    out.put_dec(tenths % 10);
  } else {
    out.put_dec(static_cast<std::uint64_t>(scaled + 0.5));
  }
  out.put(kPrefixes[i]);
  out.put('i');
}

void put_teid(TextBuffer& out, std::uint64_t teid, std::size_t width, bool decimal) {
  if (decimal) return out.put_dec(teid);
  if (width >= 10) out.put("0x");
  out.put_hex(teid, 8);
}

}  // namespace

void put_short(TextBuffer& out, std::uint64_t value, bool iec) {
  if (iec) {
    put_iec(out, value);
  } else {
    put_count(out, value);
  }
}

void put_grouped(TextBuffer& out, std::uint64_t value, std::size_t width, bool iec) {
  const std::size_t digits = decimal_digits(value);
  if (digits + (digits - 1) / 3 > width) return put_short(out, value, iec);
  std::array<char, 32> text{};
  std::size_t at = text.size();
  std::size_t written = 0;
  do {
    if (written != 0 && written % 3 == 0) text[--at] = ',';
    text[--at] = static_cast<char>('0' + value % 10);
    value /= 10;
    ++written;
  } while (value != 0);
  out.put(std::string_view(text.data() + at, text.size() - at));
}

void put_ago(TextBuffer& out, std::uint64_t seconds) {
  struct Step {
    std::uint64_t below;
    std::uint64_t divisor;
    char unit;
  };
  constexpr Step kSteps[] = {{120, 1, 's'}, {7200, 60, 'm'}, {172'800, 3600, 'h'}, {86'400'000, 86'400, 'd'}};
  for (const Step& step : kSteps) {
    if (seconds >= step.below) continue;
    out.put_dec(seconds / step.divisor);
    out.put(step.unit);
    return;
  }
  out.put_dec(std::min<std::uint64_t>(seconds / 31'557'600, 999));
  out.put('y');
}

void put_short_duration(TextBuffer& out, std::uint64_t nanoseconds) {
  if (nanoseconds >= 60'000'000'000) {
    put_ago(out, nanoseconds / 1'000'000'000);
    return;
  }
  const auto tenths = [&](std::uint64_t divisor, std::string_view unit) {
    const std::uint64_t value = (nanoseconds + divisor / 20) / (divisor / 10);
    if (value < 100) {
      out.put_dec(value / 10);
      out.put('.');
      out.put_dec(value % 10);
    } else {
      out.put_dec((value + 5) / 10);
    }
    out.put(unit);
  };
  if (nanoseconds < 99'500) return tenths(1'000, " us");
  if (nanoseconds < 999'000'000) return tenths(1'000'000, " ms");
  tenths(1'000'000'000, " s");
}

void put_clock(TextBuffer& out, std::uint64_t time_ns) {
  const auto seconds = static_cast<std::time_t>(time_ns / 1'000'000'000);
  std::tm local{};
  localtime_r(&seconds, &local);
  out.put_padded(static_cast<std::uint64_t>(local.tm_hour), 2);
  out.put(':');
  out.put_padded(static_cast<std::uint64_t>(local.tm_min), 2);
  out.put(':');
  out.put_padded(static_cast<std::uint64_t>(local.tm_sec), 2);
}

void put_value(TextBuffer& out, const Value& value, const Column& column, std::size_t width, const Units& units,
               std::uint64_t now_ns) {
  switch (value.kind) {
    case Value::Kind::missing:
      out.put('-');
      return;
    case Value::Kind::address:
      out.put_address(value.address);
      return;
    case Value::Kind::text:
      out.put_escaped(value.text);
      return;
    case Value::Kind::number:
      break;
  }
  switch (column.form) {
    case Form::bit_rate:
      return put_short(out, units.octets ? value.number / 8 : value.number, units.iec);
    case Form::scaled:
      return put_short(out, value.number, false);
    case Form::octets:
      return put_short(out, value.number, units.iec);
    case Form::teid:
      return put_teid(out, value.number, width, units.decimal_teid);
    case Form::percent:
      out.put_dec(value.number);
      return out.put('%');
    case Form::ago:
      if (units.clock && width >= 8) return put_clock(out, now_ns - value.number * 1'000'000'000);
      return put_ago(out, value.number);
    case Form::nanoseconds:
      return put_short_duration(out, value.number);
    case Form::time:
      put_clock(out, value.number);
      if (width >= 12) {
        out.put('.');
        out.put_padded(value.number / 1'000'000 % 1000, 3);
      }
      return;
    default:
      return put_grouped(out, value.number, width);
  }
}

bool right_aligned(Form form) noexcept {
  return form != Form::text && form != Form::address && form != Form::teid && form != Form::history &&
         form != Form::time;
}

std::size_t min_width(const Column& column, const Units& units) noexcept {
  if (column.form == Form::teid && units.decimal_teid) return 10;
  if (column.form == Form::ago && units.clock) return 8;
  return column.min;
}

}  // namespace gtp::top
