// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtpgen/scenario/reader.hpp"

#include <catch2/catch.hpp>

#include "gtpgen/take.hpp"

using namespace gtp;
using namespace gtp::gen;
using namespace std::chrono_literals;

namespace {

struct Target {
  std::uint64_t count = 0;
  std::chrono::nanoseconds duration{};
  bool seq = false;
  std::vector<std::string> names;
};

Result<Target> read(const std::string& text) {
  auto document = parse_yaml(text, "t.yaml");
  REQUIRE(document);
  Target target;
  const YamlReader reader("t.yaml");
  auto done = reader.read_map(*document, "the scenario",
                              {{"count", take_count(target.count, 1, 1000), {}, true},
                               {"duration", take_duration(target.duration), {}},
                               {"seq", take_switch(target.seq), {}},
                               {"names", {}, [&](const YamlNode& node) {
                                  return reader.read_values(node, "names", take_texts(target.names));
                                }}});
  if (!done) return std::move(done).error();
  return target;
}

std::string refused(const std::string& text) {
  const auto target = read(text);
  REQUIRE_FALSE(target);
  return target.error().what;
}

}  // namespace

TEST_CASE("values are read as on the command line") {
  const auto target = read("count: 1k\nduration: 250ms\nseq: yes\nnames: [a, b]\n");
  REQUIRE(target);
  CHECK(target->count == 1000);
  CHECK(target->duration == 250ms);
  CHECK(target->seq);
  CHECK(target->names == std::vector<std::string>{"a", "b"});
  CHECK(read("count: 1\nnames: a\n")->names == std::vector<std::string>{"a"});
}

TEST_CASE("what is wrong is said with its place") {
  CHECK(refused("count: 5\ncuont: 6\n") == "t.yaml:2:1: the scenario: unknown key \"cuont\"");
  CHECK(read("count: 5\ncuont: 6\n").error().hint == "count:");
  CHECK(refused("seq: true\n") == "t.yaml:1:1: the scenario: \"count\" is missing");
  CHECK(refused("count: 1001\n") == "t.yaml:1:8: count: \"1001\" is more than 1000");
  CHECK(refused("count: [1]\n") == "t.yaml:1:8: count: expected a single value, found a list");
  CHECK(refused("count: 1\nseq: 1\n") == "t.yaml:2:6: seq: \"1\" is none of true, false, yes, no");
  CHECK(refused("- 1\n") == "t.yaml:1:1: the scenario: expected a map, found a list");
  CHECK(refused("count: 010x\n").find("t.yaml:1:8: count: \"010x\" is no number") == 0);
}
