// SPDX-License-Identifier: GPL-2.0-or-later
//
// Filter: a compiled filter expression, the one language of gtptop and gtpdump.
//
//   teid 0x51a0ff17                          field and value
//   ms 10.45.0.0/16 and dn > 10M             prefixes, comparisons, SI suffixes
//   imsi 00101* or type echo                 patterns; first words of a name
//   not (cause 16) and qfi 1..9              ranges, both ends included
//   teid {0x10, 0x20..0x2f}                  any of a list
//   apn                                      the field is there
//
//   expression := conjunction { ("or" | "||") conjunction }
//   conjunction := term { ("and" | "&&") term }
//   term       := ("not" | "!") term | "(" expression ")" | field [ [operator] operand ]
//   operator   := "=" | "==" | "!=" | "<" | "<=" | ">" | ">="
//   operand    := item | "{" item { "," item } "}"
//   item       := value [ ".." value ]           value := word | quoted text
//
// A test holds when any value of the field passes it: `teid 5` finds a message that carries several TEIDs, one of them
// 5. `a != b` is `not (a = b)`: no value is b, so it also holds where the field is missing. A boolean field alone asks
// whether it is true. The empty expression matches everything. Two terms side by side are an error, not an "and".
//
// A Filter is immutable and cheap to copy; matches() may be called from many threads and does not allocate. The schema
// must outlive compile() only.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>

#include "libcommon/filter/schema.hpp"
#include "libcommon/util/ip.hpp"
#include "libcommon/util/result.hpp"

namespace gtp::filter {

struct Program;
struct Test;

// Takes the values of one field, one call each, and tests them as they come.
class Probe {
 public:
  explicit Probe(const Test& test) noexcept : test_(test) {}
  Probe(const Probe&) = delete;
  Probe& operator=(const Probe&) = delete;

  // number and port; duration and time in nanoseconds (since 1970); boolean as 0 or 1.
  void number(std::uint64_t value) noexcept;
  // text and digits.
  void text(std::string_view value) noexcept;
  void address(const IpAddress& value) noexcept;
  // enumeration: [name] may be the specification's wording or its key; empty when the code has no name.
  void enumerated(std::uint64_t code, std::string_view name) noexcept;

  // True once the outcome is known: offering more values is allowed but pointless.
  bool settled() const noexcept { return matched_; }

 private:
  const Test& test_;
  bool matched_ = false;
};

// What a filter looks at: a packet, a tunnel, a row. Called for one field at a time and only while the outcome is open.
class Subject {
 public:
  virtual ~Subject() = default;
  // Offers every value that [field] has, by the call that fits its type; none when the field is missing.
  virtual void values(FieldId field, Probe& probe) const = 0;
};

class Filter {
 public:
  static constexpr std::size_t kMaxLength = 65536;
  static constexpr int kMaxNesting = 64;

  // Matches everything.
  Filter() = default;
  // An error names the column and shows it:
  //   column 24: no field `imzi`; nearest: imsi
  //     ms 10.45.0.0/16 and dn or imzi 5
  //                               ^
  static Result<Filter> compile(std::string_view text, const Schema& schema);

  bool matches(const Subject& subject) const;
  // Whether any test asks for [field]: what nobody uses need not be decoded.
  bool uses(FieldId field) const noexcept;
  // True for the filter that matches everything.
  bool empty() const noexcept { return !program_; }

 private:
  explicit Filter(std::shared_ptr<const Program> program) noexcept : program_(std::move(program)) {}
  std::shared_ptr<const Program> program_;
};

}  // namespace gtp::filter
