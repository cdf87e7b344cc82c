// SPDX-License-Identifier: GPL-2.0-or-later
#include "libcommon/filter/filter.hpp"

#include <algorithm>

#include "libcommon/filter/parser.hpp"
#include "libcommon/filter/program.hpp"

namespace gtp::filter {
namespace {

bool any_matches(const std::vector<Pattern>& patterns, std::string_view text) noexcept {
  return std::any_of(patterns.begin(), patterns.end(), [&](const Pattern& p) { return p.matches(text); });
}

}  // namespace

void Probe::number(std::uint64_t value) noexcept {
  if (!matched_) matched_ = test_.presence || test_.numbers.contains(value);
}

void Probe::text(std::string_view value) noexcept {
  if (matched_) return;
  matched_ = test_.presence || test_.digits.contains(value) || any_matches(test_.patterns, value);
}

void Probe::address(const IpAddress& value) noexcept {
  if (!matched_ && !value.empty()) matched_ = test_.presence || test_.addresses.contains(value);
}

void Probe::enumerated(std::uint64_t code, std::string_view name) noexcept {
  if (matched_) return;
  matched_ = test_.presence || test_.numbers.contains(code) || (!name.empty() && any_matches(test_.patterns, name));
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
