// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtpgen/load/load_words.hpp"

#include <algorithm>

#include "gtpgen/take.hpp"
#include "libcommon/util/units.hpp"

namespace gtp::gen {
namespace {

std::string quoted(std::string_view text) { return "\"" + std::string(text) + "\""; }

// "LOW-HIGH" or "ONE", both at most [most].
std::optional<std::pair<std::uint32_t, std::uint32_t>> read_range(std::string_view text, std::uint32_t most) {
  const std::size_t dash = text.find('-');
  const auto low = parse_count(text.substr(0, dash));
  const auto high = dash == std::string_view::npos ? low : parse_count(text.substr(dash + 1));
  if (!low || !high || *low > *high || *high > most) return std::nullopt;
  return std::pair(static_cast<std::uint32_t>(*low), static_cast<std::uint32_t>(*high));
}

}  // namespace

Result<void> take_family(int& family, int version) {
  if (family != 0 && family != version) return usage("-4 and -6 exclude each other");
  family = version;
  return {};
}

Result<void> take_ports(SourcePlan& source, std::string_view text) {
  if (text == "rand" || text == "0") {
    source.any_port = true;
    return {};
  }
  const auto range = read_range(text, 65'535);
  if (!range || range->first == 0) return usage(quoted(text) + " are no ports", "2152, 2152-2167, or rand");
  source.first_port = static_cast<std::uint16_t>(range->first);
  source.last_port = static_cast<std::uint16_t>(range->second);
  return {};
}

Result<void> take_cpus(std::vector<std::uint32_t>& cpus, std::string_view text) {
  constexpr std::uint32_t kMostCpus = 1023;  // of a cpu_set_t
  for (std::size_t at = 0; at <= text.size();) {
    const std::size_t comma = std::min(text.find(',', at), text.size());
    const auto range = read_range(text.substr(at, comma - at), kMostCpus);
    if (!range) return usage(quoted(text.substr(at, comma - at)) + " is no CPU", "1,3 or 2-5");
    for (std::uint32_t cpu = range->first; cpu <= range->second; ++cpu) cpus.push_back(cpu);
    at = comma + 1;
  }
  return {};
}

Result<void> take_arrivals(Arrivals& arrivals, std::uint32_t& burst, std::uint64_t& period_ns, std::string_view text) {
  if (text == "constant" || text == "poisson") {
    arrivals = text == "poisson" ? Arrivals::poisson : Arrivals::constant;
    return {};
  }
  if (!text.starts_with("burst:")) return not_one_of(text, {"constant", "poisson", "burst:N/TIME"});
  const std::string_view both = text.substr(6);
  const std::size_t slash = both.find('/');
  const auto count = parse_count(both.substr(0, slash));
  std::optional<std::uint64_t> period;
  if (slash != std::string_view::npos) period = parse_duration(both.substr(slash + 1));
  if (!count || *count == 0 || *count > 1'000'000 || !period || *period == 0) {
    return usage(quoted(text) + " is no burst", "burst:64/10ms");
  }
  arrivals = Arrivals::burst;
  burst = static_cast<std::uint32_t>(*count);
  period_ns = *period;
  return {};
}

}  // namespace gtp::gen
