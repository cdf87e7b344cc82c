// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtptop/check/rules.hpp"

#include <cstdio>

#include "libcommon/util/units.hpp"

namespace gtp::top {

Finding& Findings::add(std::uint16_t id, std::string sentence) {
  Finding& finding = out_.emplace_back();
  finding.id = id;
  if (const FindingInfo* info = find_finding(id)) finding.severity = info->severity;
  finding.sentence = std::move(sentence);
  return finding;
}

Finding& Findings::host(std::uint16_t id, std::string sentence) { return add(id, std::move(sentence)); }

Finding& Findings::link(std::uint16_t id, const LinkRow& link, std::string sentence) {
  Finding& finding = add(id, std::move(sentence));
  finding.object.kind = FindingObject::Kind::link;
  finding.object.text = link.name;
  finding.object.link = link.index;
  return finding;
}

Finding& Findings::peer(std::uint16_t id, const IpAddress& peer, std::string sentence) {
  Finding& finding = add(id, std::move(sentence));
  finding.object.kind = FindingObject::Kind::peer;
  finding.object.text = peer.text();
  finding.object.peer = peer;
  return finding;
}

Finding& Findings::tunnel(std::uint16_t id, const TunnelKey& key, const std::string& link, std::string sentence) {
  Finding& finding = add(id, std::move(sentence));
  finding.object.kind = FindingObject::Kind::tunnel;
  finding.object.text = tunnel_name(key, link);
  finding.object.link = key.link;
  finding.object.tunnel = key;
  return finding;
}

void apply_rules(const HostFacts& facts, const Model& model, std::vector<Finding>& out) {
  Findings findings(out);
  for (const auto& family : {identification_rules(), path_rules(), host_rules(), size_rules(), load_rules()}) {
    for (const Rule rule : family) rule(facts, model, findings);
  }
}

std::string digits_of(std::uint64_t number) {
  std::string digits = std::to_string(number);
  for (std::size_t at = digits.size(); at > 3;) digits.insert(at -= 3, ",");
  return digits;
}

std::string span_of(std::uint64_t nanoseconds) {
  TextBuffer text;
  put_duration(text, nanoseconds);
  return std::string(text.view());
}

std::string count_of(std::uint64_t number, std::string_view noun) {
  std::string out = digits_of(number) + " " + std::string(noun);
  if (number != 1) out += 's';
  return out;
}

std::string tunnel_name(const TunnelKey& key, const std::string& link) {
  char id[24];
  std::snprintf(id, sizeof id, key.version == 0 ? "/0x%016llx" : "/0x%08llx", static_cast<unsigned long long>(key.id));
  return link + id;
}

unsigned tunnel_overhead(bool outer_v6, bool version0, bool container) noexcept {
  const unsigned ip = outer_v6 ? 40 : 20;
  const unsigned header = version0 ? 20 : container ? 16 : 8;
  return ip + 8 + header;
}

}  // namespace gtp::top
