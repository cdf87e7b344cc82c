// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtpgen/plan/size_mix.hpp"

#include <algorithm>
#include <numeric>

#include "gtpgen/command.hpp"
#include "libcommon/util/hash.hpp"
#include "libcommon/util/units.hpp"

namespace gtp::gen {
namespace {

constexpr std::uint32_t kLongestPattern = 1U << 20;
constexpr std::string_view kHint = "100, 64,512,1400, 64-1400, imix, or imix:SIZE:WEIGHT,…";

Result<std::uint16_t> read_size(std::string_view text) {
  const auto size = parse_count(text);
  if (!size || *size == 0 || *size > 65'000) {
    return usage("\"" + std::string(text) + "\" is no size between 1 and 65000", std::string(kHint));
  }
  return static_cast<std::uint16_t>(*size);
}

Result<SizeMix::Part> read_part(std::string_view text, bool weighted) {
  const std::size_t colon = weighted ? text.find(':') : std::string_view::npos;
  auto size = read_size(text.substr(0, colon));
  if (!size) return std::move(size).error();
  SizeMix::Part part{*size, 1};
  if (colon != std::string_view::npos) {
    const auto weight = parse_count(text.substr(colon + 1));
    if (!weight || *weight == 0 || *weight > 10'000) {
      return usage("\"" + std::string(text.substr(colon + 1)) + "\" is no weight between 1 and 10000",
                   std::string(kHint));
    }
    part.weight = static_cast<std::uint32_t>(*weight);
  }
  return part;
}

Result<SizeMix> read_range(std::string_view text, std::size_t dash) {
  auto low = read_size(text.substr(0, dash));
  if (!low) return std::move(low).error();
  auto high = read_size(text.substr(dash + 1));
  if (!high) return std::move(high).error();
  if (*low > *high) return usage("the range " + std::string(text) + " ends before it starts");
  std::vector<SizeMix::Part> parts;
  for (std::uint32_t size = *low; size <= *high; ++size) parts.push_back({static_cast<std::uint16_t>(size), 1});
  return SizeMix(std::move(parts));
}

}  // namespace

SizeMix::SizeMix(std::vector<Part> parts) : parts_(std::move(parts)) {
  std::ranges::sort(parts_, {}, &Part::octets);
  // The same size twice is one with both weights.
  std::size_t kept = 0;
  for (std::size_t i = 1; i < parts_.size(); ++i) {
    if (parts_[i].octets == parts_[kept].octets) {
      parts_[kept].weight += parts_[i].weight;
    } else {
      parts_[++kept] = parts_[i];
    }
  }
  parts_.resize(kept + 1);
  std::uint32_t divisor = 0;
  for (const Part& part : parts_) divisor = std::gcd(divisor, part.weight);
  for (std::size_t i = 0; i < parts_.size(); ++i) {
    parts_[i].weight /= divisor;
    pattern_.insert(pattern_.end(), parts_[i].weight, static_cast<std::uint16_t>(i));
  }
  std::uint64_t state = 0x51a0ff17;
  for (std::size_t i = pattern_.size(); i > 1; --i) {
    state += 0x9e3779b97f4a7c15ULL;
    std::swap(pattern_[i - 1], pattern_[mix64(state) % i]);
  }
}

Result<SizeMix> SizeMix::parse(std::string_view text) {
  if (text == "imix") return SizeMix({{46, 7}, {576, 4}, {1500, 1}});
  const bool weighted = text.starts_with("imix:");
  if (weighted) text.remove_prefix(5);
  const std::size_t dash = text.find('-');
  if (!weighted && dash != std::string_view::npos) return read_range(text, dash);
  std::vector<Part> parts;
  std::uint64_t total = 0;
  for (std::size_t at = 0; at <= text.size();) {
    const std::size_t comma = std::min(text.find(',', at), text.size());
    auto part = read_part(text.substr(at, comma - at), weighted);
    if (!part) return std::move(part).error();
    parts.push_back(*part);
    total += part->weight;
    at = comma + 1;
  }
  if (total > kLongestPattern) return usage("weights of more than " + std::to_string(kLongestPattern) + " in all");
  return SizeMix(std::move(parts));
}

double SizeMix::mean() const noexcept {
  double octets = 0;
  double weights = 0;
  for (const Part& part : parts_) {
    octets += static_cast<double>(part.octets) * part.weight;
    weights += part.weight;
  }
  return octets / weights;
}

void SizeMix::group(std::uint32_t count, std::vector<std::uint32_t>& counts) noexcept {
  std::ranges::fill(counts, 0U);
  if (parts_.size() == 1) {
    counts[0] = count;
  } else if (parts_.size() > kFewParts) {
    counts[next()] = count;
  } else {
    for (std::uint32_t i = 0; i < count; ++i) ++counts[next()];
  }
}

}  // namespace gtp::gen
