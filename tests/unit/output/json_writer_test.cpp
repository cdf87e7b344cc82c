// SPDX-License-Identifier: GPL-2.0-or-later
#include "libcommon/output/json_writer.hpp"

#include <catch2/catch.hpp>

#include <string>

namespace gtp::output {
namespace {

TEST_CASE("scopes close what they opened") {
  TextBuffer out;
  JsonWriter json(out);
  {
    const auto row = json.object();
    json.number("teid", UINT64_MAX);
    json.signed_number("offset", INT64_MIN);
    json.text("apn", "a\"b\\c\n");
    json.boolean("malformed", true);
    json.measured("response_time_ns", std::nullopt);
    json.measured("rate", 0);
    json.address("src", *IpAddress::parse("2001:db8::1"));
    {
      const auto frames = json.array("frames");
      json.number(1);
      { const auto empty = json.array(); }
      { const auto empty = json.object(); }
      json.null();
      json.text("x");
      json.boolean(false);
    }
    { const auto inner = json.object("inner"); }
    json.number("last", 2);
    CHECK_FALSE(json.complete());
  }
  CHECK(json.complete());
  CHECK(
      out.view() ==
      R"({"teid":18446744073709551615,"offset":-9223372036854775808,"apn":"a\"b\\c\u000a","malformed":true,)"
      R"("response_time_ns":null,"rate":0,"src":"2001:db8::1","frames":[1,[],{},null,"x",false],"inner":{},"last":2})");
}

TEST_CASE("commas are right at every depth") {
  TextBuffer out;
  JsonWriter json(out);
  const auto nest = [&](const auto& self, int depth) -> void {
    const auto list = json.array();
    json.number(static_cast<std::uint64_t>(depth));
    if (depth > 1) self(self, depth - 1);
    json.number(0);
  };
  nest(nest, 3);
  CHECK(out.view() == "[3,[2,[1,0],0],0]");
  out.clear();
  nest(nest, JsonWriter::kMaxDepth);
  CHECK(out.view().starts_with("[63,[62,["));
  CHECK(out.view().ends_with("0],0],0]"));
}

}  // namespace
}  // namespace gtp::output
