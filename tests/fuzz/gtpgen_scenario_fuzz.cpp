// SPDX-License-Identifier: GPL-2.0-or-later
//
// Any text as a scenario: it is refused with its place, or written and read back as the same. Scenarios that would ask
// for the address of a name, or for a file, are only parsed.
#include <cstddef>
#include <cstdint>
#include <string>

#include "gtpgen/scenario/document.hpp"
#include "gtpgen/scenario/scenario.hpp"
#include "tests/fuzz/require.hpp"

namespace {

const gtp::gen::YamlNode* find(const gtp::gen::YamlNode& map, std::string_view key) {
  for (const auto& entry : map.entries) {
    if (entry.key == key) return &entry.value;
  }
  return nullptr;
}

bool asks_nobody(const gtp::gen::YamlNode& document) {
  if (find(document, "config") != nullptr) return false;
  const auto* const target = find(document, "target");
  const auto* const address = target == nullptr ? nullptr : find(*target, "address");
  if (address != nullptr && !gtp::IpAddress::parse(address->text)) return false;
  const auto* const tunnels = find(document, "tunnels");
  return tunnels == nullptr || find(*tunnels, "file") == nullptr;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace gtp::gen;
  using gtp::fuzz::require;
  std::string text(size, '\0');
  for (std::size_t i = 0; i < size; ++i) text[i] = static_cast<char>(data[i]);

  const auto document = parse_yaml(text, "in");
  if (!document) {
    require(document.error().what.starts_with("in:"), "an error has a place");
    return 0;
  }
  if (!asks_nobody(*document)) return 0;
  const auto scenario = read_scenario(text, "in");
  if (!scenario) {
    require(scenario.error().what.starts_with("in:"), "an error has a place");
    return 0;
  }
  const std::string once = scenario_json(*scenario);
  const auto again = read_scenario(once, "out");
  require(again.ok(), "what we write, we read");
  require(scenario_json(*again) == once, "and find the same in it");
  return 0;
}
