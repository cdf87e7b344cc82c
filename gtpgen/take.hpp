// SPDX-License-Identifier: GPL-2.0-or-later
//
// Functions for Option::take that read one value into a variable: exact, with units and limits, and with an error that
// says what would be right. The variable must outlive the function.
#pragma once

#include <chrono>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "gtpgen/command.hpp"

namespace gtp::gen {

// A flag: sets [target] to [value].
Take take_flag(bool& target, bool value = true);
Take take_text(std::string& target);
Take take_texts(std::vector<std::string>& target);
// "10k", "0x10", within [min, max].
Take take_count(std::uint64_t& target, std::uint64_t min = 0, std::uint64_t max = UINT64_MAX);
// "10s", "250ms", "1m"; a bare number is seconds.
Take take_duration(std::chrono::nanoseconds& target, std::chrono::nanoseconds min = std::chrono::nanoseconds(0),
                   std::chrono::nanoseconds max = std::chrono::nanoseconds::max());
// "0.1%", or "0.001": a share between 0 and 1.
Take take_share(double& target);

// The same for values that tell "not given" from any value.
Take take_count(std::optional<std::uint64_t>& target, std::uint64_t min = 0, std::uint64_t max = UINT64_MAX);
Take take_duration(std::optional<std::chrono::nanoseconds>& target);
Take take_share(std::optional<double>& target);

template <typename Integer>
Take take_integer(Integer& target, std::uint64_t min = 0, std::uint64_t max = std::numeric_limits<Integer>::max());

// One of a fixed set of words.
template <typename Enum>
struct Choice {
  std::string_view word;
  Enum value;
};
Error not_one_of(std::string_view given, const std::vector<std::string_view>& words);

template <typename Enum>
Take take_choice(Enum& target, std::vector<Choice<Enum>> choices) {
  return [&target, choices = std::move(choices)](std::string_view given) -> Result<void> {
    std::vector<std::string_view> words;
    for (const auto& choice : choices) {
      if (choice.word == given) {
        target = choice.value;
        return {};
      }
      words.push_back(choice.word);
    }
    return not_one_of(given, words);
  };
}

template <typename Integer>
Take take_integer(Integer& target, std::uint64_t min, std::uint64_t max) {
  return [&target, min, max](std::string_view given) -> Result<void> {
    std::uint64_t wide = 0;
    if (auto taken = take_count(wide, min, max)(given); !taken) return taken;
    target = static_cast<Integer>(wide);
    return {};
  };
}

}  // namespace gtp::gen
