// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtpgen/scenario/document.hpp"

#include <catch2/catch.hpp>

using namespace gtp;
using gtp::gen::parse_yaml;
using gtp::gen::YamlNode;

namespace {

std::string refused(const std::string& text) {
  const auto parsed = parse_yaml(text, "a.yaml");
  REQUIRE_FALSE(parsed);
  CHECK(parsed.error().code == ErrorCode::usage);
  return parsed.error().what;
}

}  // namespace

TEST_CASE("a document keeps its order, its text and its places") {
  const auto parsed = parse_yaml("version: 1\ntunnels:\n  count: 010\n  qfi: [1, \"2\"]\nempty:\n", "a.yaml");
  REQUIRE(parsed);
  REQUIRE(parsed->kind == YamlNode::Kind::map);
  REQUIRE(parsed->entries.size() == 3);
  CHECK(parsed->entries[0].key == "version");
  CHECK(parsed->entries[0].value.text == "1");
  const YamlNode& tunnels = parsed->entries[1].value;
  REQUIRE(tunnels.entries.size() == 2);
  CHECK(tunnels.entries[0].value.text == "010");
  CHECK(tunnels.entries[0].place.line == 3);
  CHECK(tunnels.entries[0].place.column == 3);
  CHECK(tunnels.entries[0].value.place.column == 10);
  const YamlNode& qfi = tunnels.entries[1].value;
  REQUIRE(qfi.kind == YamlNode::Kind::list);
  REQUIRE(qfi.items.size() == 2);
  CHECK(qfi.items[1].text == "2");
  CHECK(parsed->entries[2].value.kind == YamlNode::Kind::null);
}

TEST_CASE("JSON is a document too") {
  const auto parsed = parse_yaml(R"({"version": 1, "flows": [{"name": "a"}, {}]})", "a.json");
  REQUIRE(parsed);
  REQUIRE(parsed->entries.size() == 2);
  CHECK(parsed->entries[1].value.items.at(0).entries.at(0).value.text == "a");
  CHECK(parsed->entries[1].value.items.at(1).kind == YamlNode::Kind::map);
}

TEST_CASE("an empty document is null") {
  CHECK(parse_yaml("", "a.yaml")->kind == YamlNode::Kind::null);
  CHECK(parse_yaml("# nothing\n", "a.yaml")->kind == YamlNode::Kind::null);
}

TEST_CASE("what YAML would let pass is refused with its place") {
  CHECK(refused("a: 1\nb: 2\na: 3\n") == "a.yaml:3:1: \"a\" is given twice, first in line 1");
  CHECK(refused("a: &x 1\nb: *x\n") == "a.yaml:1:4: anchors are not supported");
  CHECK(refused("a: !!int 1\n") == "a.yaml:1:4: tags are not supported");
  CHECK(refused("? [a]\n: 1\n").find("a key must be text") != std::string::npos);
  CHECK(refused("a: 1\n---\nb: 1\n").find("a second document") != std::string::npos);
  CHECK(refused("a: [1\n").find("a.yaml:") == 0);
  CHECK(refused("a: b: c\n").find("a.yaml:1:") == 0);
}

TEST_CASE("nesting has an end") {
  CHECK(parse_yaml(std::string(16, '[') + std::string(16, ']'), "a.yaml"));
  CHECK(refused(std::string(17, '[') + std::string(17, ']')) == "a.yaml:1:17: nested too deeply");
  CHECK(refused(std::string(100000, '[')).find("a.yaml:") == 0);
}
