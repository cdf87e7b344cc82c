// SPDX-License-Identifier: GPL-2.0-or-later
#include "libcommon/filter/filter.hpp"

#include <algorithm>

#include "libcommon/filter/parser.hpp"
#include "libcommon/filter/program.hpp"

namespace gtp::filter {
namespace {

bool contains(const std::vector<Range<std::uint64_t>>& ranges, std::uint64_t value) noexcept {
  const auto behind =
      std::upper_bound(ranges.begin(), ranges.end(), value,
                       [](std::uint64_t v, const Range<std::uint64_t>& range) { return v < range.low; });
  return behind != ranges.begin() && std::prev(behind)->contains(value);
}

bool any_matches(const std::vector<Pattern>& patterns, std::string_view text) noexcept {
  return std::any_of(patterns.begin(), patterns.end(), [&](const Pattern& p) { return p.matches(text); });
}

}  // namespace

void Test::finish() {
  std::sort(numbers.begin(), numbers.end(), [](const auto& a, const auto& b) { return a.low < b.low; });
  std::size_t kept = 0;
  for (std::size_t i = 1; i < numbers.size(); ++i) {
    if (numbers[i].low <= numbers[kept].high) {
      numbers[kept].high = std::max(numbers[kept].high, numbers[i].high);
    } else {
      numbers[++kept] = numbers[i];
    }
  }
  if (!numbers.empty()) numbers.resize(kept + 1);
}

void Probe::number(std::uint64_t value) noexcept {
  if (!matched_) matched_ = test_.presence || contains(test_.numbers, value);
}

void Probe::text(std::string_view value) noexcept {
  if (matched_) return;
  matched_ = test_.presence || any_matches(test_.patterns, value) ||
             std::any_of(test_.digits.begin(), test_.digits.end(), [&](const auto& r) { return r.contains(value); });
}

void Probe::address(const IpAddress& value) noexcept {
  if (matched_ || value.empty()) return;
  matched_ = test_.presence || std::any_of(test_.addresses.begin(), test_.addresses.end(),
                                           [&](const auto& range) { return range.contains(value); });
}

void Probe::enumerated(std::uint64_t code, std::string_view name) noexcept {
  if (matched_) return;
  matched_ = test_.presence || contains(test_.numbers, code) || (!name.empty() && any_matches(test_.patterns, name));
}

Result<Filter> Filter::compile(std::string_view text, const Schema& schema) {
  if (text.size() > kMaxLength) {
    return Error{
        ErrorCode::usage, 0, "the expression is longer than " + std::to_string(kMaxLength) + " characters", {}};
  }
  if (text.find_first_not_of(" \t\r\n") == std::string_view::npos) return Filter();
  Result<Program> program = parse(text, schema);
  if (!program) return std::move(program).error();
  return Filter(std::make_shared<const Program>(std::move(*program)));
}

bool Filter::matches(const Subject& subject) const {
  if (!program_) return true;
  std::uint32_t at = 0;
  while (at < kReject) {
    const Test& test = program_->tests[at];
    Probe probe(test);
    subject.values(test.field, probe);
    at = probe.settled() ? test.on_true : test.on_false;
  }
  return at == kAccept;
}

bool Filter::uses(FieldId field) const noexcept {
  return program_ && std::any_of(program_->tests.begin(), program_->tests.end(),
                                 [&](const Test& test) { return test.field == field; });
}

}  // namespace gtp::filter
