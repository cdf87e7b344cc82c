// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtpgen/merge/differences.hpp"

#include <catch2/catch.hpp>

using gtp::gen::config_differences;
using gtp::gen::JsonValue;

namespace {

std::vector<std::string> differences(std::string_view a, std::string_view b) {
  const auto of_a = JsonValue::parse(a);
  const auto of_b = JsonValue::parse(b);
  REQUIRE(of_a.has_value());
  REQUIRE(of_b.has_value());
  return config_differences(*of_a, "a", *of_b, "b");
}

using Found = std::vector<std::string>;

}  // namespace

TEST_CASE("what is each host's own is no difference") {
  CHECK(differences(R"({"target":1,"source":{"x":1},"tunnels":3,"sending":{"cpus":[1],"threads":1,"seed":1},
                        "expect":{"via":"sink=a"}})",
                    R"({"target":2,"source":{"x":2},"tunnels":4,"sending":{"cpus":[2],"threads":2,"seed":2},
                        "expect":{"via":"sink=b"}})")
            .empty());
}

TEST_CASE("every other member is one") {
  CHECK(differences(R"({"flows":[{"size":"100","qfi":[1,2]}]})", R"({"flows":[{"size":"64","qfi":[1,3]}]})") ==
        Found{"flows[0].size is 100 in a, 64 in b", "flows[0].qfi[1] is 2 in a, 3 in b"});
  CHECK(differences(R"({"flows":[1,2]})", R"({"flows":[1]})") == Found{"flows is a list of 2 in a, a list of 1 in b"});
  CHECK(differences(R"({"expect":{"max_loss":0.5}})", R"({"expect":{}})") ==
        Found{"expect.max_loss is 0.500000 in a, not said in b"});
  CHECK(differences(R"({"sending":{}})", R"({"sending":{"rt":true}})") ==
        Found{"sending.rt is not said in a, true in b"});
  CHECK(differences(R"({"a":null})", R"({"a":{}})") == Found{"a is null in a, an object in b"});
}

TEST_CASE("the order of keys is none") { CHECK(differences(R"({"a":1,"b":[2]})", R"({"b":[2],"a":1})").empty()); }

TEST_CASE("no endless list") {
  std::string a = "{";
  for (int i = 0; i < 100; ++i) a += (i == 0 ? "\"" : ",\"") + std::to_string(i) + "\":1";
  CHECK(differences(a + "}", "{}").size() == gtp::gen::kMostDifferences);
}
