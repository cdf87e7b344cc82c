// SPDX-License-Identifier: GPL-2.0-or-later
//
// Readers of option values that only traffic has.
#pragma once

#include <string_view>
#include <utility>
#include <vector>

#include "gtpgen/command.hpp"
#include "gtpgen/load/load_plan.hpp"

namespace gtp::gen {

// For functions that return a Result.
template <typename T, typename Value>
Take take_with(T& target, Result<Value> (*read)(std::string_view)) {
  return [&target, read](std::string_view text) -> Result<void> {
    auto value = read(text);
    if (!value) return std::move(value).error();
    target = *std::move(value);
    return {};
  };
}

// For functions that return an optional; [what] it is and an [example] make the message.
template <typename T, typename Value>
Take take_parsed(T& target, std::optional<Value> (*read)(std::string_view) noexcept, std::string_view what,
                 std::string_view example) {
  return [&target, read, what, example](std::string_view text) -> Result<void> {
    auto value = read(text);
    if (!value) return usage("\"" + std::string(text) + "\" is not " + std::string(what), std::string(example));
    target = *std::move(value);
    return {};
  };
}

// -4 and -6: not both.
Result<void> take_family(int& family, int version);
// "2152", "2152-2167", "rand", "0".
Result<void> take_ports(SourcePlan& source, std::string_view text);
// "1,3", "2-5".
Result<void> take_cpus(std::vector<std::uint32_t>& cpus, std::string_view text);
// "constant", "poisson", "burst:64/10ms".
Result<void> take_arrivals(Arrivals& arrivals, std::uint32_t& burst, std::uint64_t& period_ns, std::string_view text);

}  // namespace gtp::gen
