// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtpgen/take.hpp"

#include <charconv>

#include "libcommon/util/suggest.hpp"
#include "libcommon/util/units.hpp"

namespace gtp::gen {
namespace {

std::string quoted(std::string_view text) { return "\"" + std::string(text) + "\""; }

Result<std::uint64_t> read_count(std::string_view given, std::uint64_t min, std::uint64_t max) {
  const auto value = parse_count(given);
  if (!value) return usage(quoted(given) + " is no number", "a number like 100, 10k, 1M or 0x1000");
  if (*value < min) return usage(quoted(given) + " is less than " + std::to_string(min));
  if (*value > max) return usage(quoted(given) + " is more than " + std::to_string(max));
  return *value;
}

Result<std::chrono::nanoseconds> read_duration(std::string_view given) {
  const auto value = parse_duration(given);
  if (!value || *value > static_cast<std::uint64_t>(std::chrono::nanoseconds::max().count())) {
    return usage(quoted(given) + " is no duration", "a number with a unit, like 10s, 250ms, 50us or 2m");
  }
  return std::chrono::nanoseconds(static_cast<std::int64_t>(*value));
}

// "5%" and "0.05" are the same; "5" is refused, for it may be meant either way.
Result<double> read_share(std::string_view given) {
  std::string_view digits = given;
  const bool percent = digits.ends_with('%');
  if (percent) digits.remove_suffix(1);
  double value = 0;
  const auto [stop, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  const bool number = error == std::errc{} && stop == digits.data() + digits.size() && !digits.empty();
  if (percent) value /= 100;
  if (!number || !(value >= 0 && value <= 1)) {
    return usage(quoted(given) + " is no share", "a percentage like 0.1%, or a fraction between 0 and 1");
  }
  return value;
}

template <typename T, typename Read>
Take take_with(T& target, Read read) {
  return [&target, read](std::string_view given) -> Result<void> {
    auto value = read(given);
    if (!value) return std::move(value).error();
    target = *std::move(value);
    return {};
  };
}

}  // namespace

Error usage(std::string what, std::string hint) { return {ErrorCode::usage, 0, std::move(what), std::move(hint)}; }

Take take_flag(bool& target, bool value) {
  return [&target, value](std::string_view) -> Result<void> {
    target = value;
    return {};
  };
}

Take take_text(std::string& target) {
  return [&target](std::string_view given) -> Result<void> {
    target = given;
    return {};
  };
}

Take take_texts(std::vector<std::string>& target) {
  return [&target](std::string_view given) -> Result<void> {
    target.emplace_back(given);
    return {};
  };
}

Take take_count(std::uint64_t& target, std::uint64_t min, std::uint64_t max) {
  return take_with(target, [min, max](std::string_view given) { return read_count(given, min, max); });
}

Take take_count(std::optional<std::uint64_t>& target, std::uint64_t min, std::uint64_t max) {
  return take_with(target, [min, max](std::string_view given) { return read_count(given, min, max); });
}

Take take_duration(std::chrono::nanoseconds& target, std::chrono::nanoseconds min, std::chrono::nanoseconds max) {
  return [&target, min, max](std::string_view given) -> Result<void> {
    auto value = read_duration(given);
    if (!value) return std::move(value).error();
    const auto limit = [](std::chrono::nanoseconds ns) {
      TextBuffer text;
      put_duration(text, static_cast<std::uint64_t>(ns.count()));
      return std::string(text.view());
    };
    if (*value < min) return usage(quoted(given) + " is less than " + limit(min));
    if (*value > max) return usage(quoted(given) + " is more than " + limit(max));
    target = *value;
    return {};
  };
}

Take take_duration(std::optional<std::chrono::nanoseconds>& target) { return take_with(target, read_duration); }
Take take_share(double& target) { return take_with(target, read_share); }
Take take_share(std::optional<double>& target) { return take_with(target, read_share); }

Error not_one_of(std::string_view given, const std::vector<std::string_view>& words) {
  std::string list;
  Nearest nearest(given);
  for (const std::string_view word : words) {
    if (!list.empty()) list += ", ";
    list += word;
    nearest.consider(word);
  }
  return usage(quoted(given) + " is none of " + list, std::string(nearest.best()));
}

}  // namespace gtp::gen
