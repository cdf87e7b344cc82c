// SPDX-License-Identifier: GPL-2.0-or-later
//
// The rules: each looks at the facts and the model and says what is wrong, without a look at the world, so that a test
// writes both down. A family of ids has a file:
//
//   1xx rules_identification.cpp   2xx rules_path.cpp   3xx rules_host.cpp   4xx rules_size.cpp   5xx rules_load.cpp
//
// Facts that nobody has read (HostFacts::known is false) make no finding, so that the same rules go for a model alone.
//
// A rule costs at most a walk over links, peers or the events of the log, never over all tunnels.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "gtptop/check/finding.hpp"
#include "gtptop/check/host_facts.hpp"
#include "gtptop/model/model.hpp"

namespace gtp::top {

// Where rules put what they found. The severity is the catalogue's unless a rule knows better.
class Findings {
 public:
  explicit Findings(std::vector<Finding>& out) : out_(out) {}
  Finding& host(std::uint16_t id, std::string sentence);
  Finding& link(std::uint16_t id, const LinkRow& link, std::string sentence);
  Finding& peer(std::uint16_t id, const IpAddress& peer, std::string sentence);
  Finding& tunnel(std::uint16_t id, const TunnelKey& key, const std::string& link, std::string sentence);

 private:
  Finding& add(std::uint16_t id, std::string sentence);
  std::vector<Finding>& out_;
};

using Rule = void (*)(const HostFacts& facts, const Model& model, Findings& out);

std::span<const Rule> identification_rules() noexcept;
std::span<const Rule> path_rules() noexcept;
std::span<const Rule> host_rules() noexcept;
std::span<const Rule> size_rules() noexcept;
std::span<const Rule> load_rules() noexcept;

// Every rule of every family, in the order of ids.
void apply_rules(const HostFacts& facts, const Model& model, std::vector<Finding>& out);

// For sentences: "1,234", "3m12s", "1 packet" or "7 packets".
std::string digits_of(std::uint64_t number);
std::string span_of(std::uint64_t nanoseconds);
std::string count_of(std::uint64_t number, std::string_view noun);

// "gtp0/0x51a0ff17"
std::string tunnel_name(const TunnelKey& key, const std::string& link);
// How many octets GTP puts around a packet.
unsigned tunnel_overhead(bool outer_v6, bool version0, bool container) noexcept;

}  // namespace gtp::top
