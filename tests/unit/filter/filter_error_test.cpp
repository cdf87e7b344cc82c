// SPDX-License-Identifier: GPL-2.0-or-later
#include <catch2/catch.hpp>

#include <string>

#include "tests/unit/filter/rows.hpp"

namespace gtp::filter::test {
namespace {

struct Case {
  const char* expression;
  const char* first_line;
};

constexpr Case kCases[] = {
    {"ms 10.0.0.0/8 and imzi 5", "column 19: no field `imzi`; nearest: imsi"},
    {"completely_else 5", "column 1: no field `completely_else`"},
    {"teid 5 teid 6", "column 8: expected `and` or `or`"},
    {"malformed teid 5", "column 11: expected `and` or `or`"},
    {"teid 5 and", "column 11: a field is missing here"},
    {"teid 5 and and", "column 12: expected a field"},
    {"(teid 5", "column 8: a ) is missing"},
    {"(teid 5 apn x)", "column 9: expected `and`, `or` or )"},
    {"teid 5)", "column 7: there is no ( for this )"},
    {"()", "column 2: expected a field"},
    {"teid =", "column 7: a value for `teid` is missing here"},
    {"teid = and", "column 8: a value for `teid` is missing here"},
    {"teid {1, 2", "column 11: a } is missing"},
    {"teid {1 2}", "column 9: expected , or }"},
    {"teid {}", "column 7: a value for `teid` is missing here"},
    {"teid < {1}", "column 8: a list goes with = and != only"},
    {"teid < 1..2", "column 9: a range goes with = and != only"},
    {"teid 1..", "column 9: the end of the range is missing"},
    {"teid 9..1", "column 6: the range ends before it starts"},
    {"teid < 0", "column 8: no value can be beyond 0"},
    {"teid x7", "column 6: `x7` is not a number, as 17, 0x1f or 10M"},
    {"teid 0x1ffffffffffffffff", "column 6: `0x1ffffffffffffffff` is not a number, as 17, 0x1f or 10M"},
    {"teid 1.5", "column 6: `1.5` is not a number, as 17, 0x1f or 10M"},
    {"imsi 00x", "column 6: `00x` is not a string of digits, as 001010000000001 or 00101*"},
    {"imsi > 5", "column 8: `imsi` goes with = and != only, not with < or >"},
    {"ms 10.0.0.300", "column 4: `10.0.0.300` is not an address or a prefix, as 10.45.0.0/16 or 2001:db8::1"},
    {"ms 10.0.0.1..::1", "column 4: one end of the range is IPv4, the other IPv6"},
    {"ms 10.0.0.9..10.0.0.1", "column 4: the range ends before it starts"},
    {"port 65536", "column 6: `65536` is not a port, as 2152 or gtp_u"},
    {"took 5x", "column 6: `5x` is not a duration, as 100ms or 1.5s"},
    {"time 2021-02-30", "column 6: `2021-02-30` is not a time, as 2021-05-03T12:00:00Z or 1620245312.5"},
    {"malformed = maybe", "column 13: `maybe` is not yes or no"},
    {"type ecko_request", "column 6: no type is called `ecko_request`; nearest: echo_request"},
    {"type req", "column 6: no type is called `req`"},
    {"type > echo", "column 8: names have no order: use = or !=, or a code"},
    {"apn a..b", "column 5: text has no ranges"},
    {"teid 1 & apn x", "column 8: did you mean `&&`?"},
    {"apn \"x", "column 5: this quote is not closed"},
};

TEST_CASE("errors name the column and the cause") {
  for (const Case& c : kCases) {
    CAPTURE(c.expression);
    const Result<Filter> filter = Filter::compile(c.expression, kSchema);
    REQUIRE_FALSE(filter.ok());
    CHECK(filter.error().code == ErrorCode::usage);
    const std::string& what = filter.error().what;
    CHECK(what.substr(0, what.find('\n')) == c.first_line);
  }
}

TEST_CASE("the expression is shown with a caret, an example is the hint") {
  const Error error = Filter::compile("imsi 1 and teid x", kSchema).error();
  CHECK(error.what ==
        "column 17: `x` is not a number, as 17, 0x1f or 10M\n"
        "  imsi 1 and teid x\n"
        "                  ^");
  CHECK(error.hint == "teid 0x51a0ff17");
}

TEST_CASE("a long expression is shown around the fault, control characters never") {
  const Error error =
      Filter::compile(std::string(200, ' ') + "teid 1 \x1b[2J" + std::string(200, ' '), kSchema).error();
  CHECK(error.what.find('\x1b') == std::string::npos);
  CHECK(error.what.find("teid 1 ?[2J") != std::string::npos);
  CHECK(error.what.size() < 300);
}

TEST_CASE("nesting and length are bounded") {
  const std::string deep(64, '(');
  CHECK(Filter::compile(deep + "teid" + std::string(64, ')'), kSchema).ok());
  const Result<Filter> deeper = Filter::compile("(" + deep + "teid" + std::string(65, ')'), kSchema);
  REQUIRE_FALSE(deeper.ok());
  CHECK(deeper.error().what.starts_with("column 65: more than 64 parentheses inside each other"));
  CHECK_FALSE(Filter::compile(std::string(70000, '('), kSchema).ok());
  CHECK_FALSE(Filter::compile("teid" + std::string(70000, ' '), kSchema).ok());
}

}  // namespace
}  // namespace gtp::filter::test
