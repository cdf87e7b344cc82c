// SPDX-License-Identifier: GPL-2.0-or-later
//
// Something that is wrong, as the checks found it. What its id means in general is a row of the catalogue
// (gtptop/check/finding.hpp).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "gtptop/model/tunnel.hpp"
#include "libcommon/util/ip.hpp"

namespace gtp::top {

enum class Severity : std::uint8_t { note, warning, critical };

constexpr std::string_view severity_name(Severity severity) noexcept {
  constexpr std::string_view kNames[] = {"note", "warning", "critical"};
  return kNames[static_cast<std::uint8_t>(severity)];
}

// What a finding is about, so that Enter can go there. One of these, or none of them: the host.
struct FindingObject {
  enum class Kind : std::uint8_t { host, link, peer, tunnel } kind = Kind::host;
  std::string text;  // "192.0.2.33", "gtp1", "gtp0/0x51a0ff17"; empty for the host
  std::uint32_t link = 0;
  IpAddress peer;
  TunnelKey tunnel;
};

struct Finding {
  std::uint16_t id = 0;  // 201 is printed as GTP-201
  Severity severity = Severity::warning;
  FindingObject object;
  std::string sentence;        // one, with the figures of now, without the id and without a full stop
  std::uint64_t since_ns = 0;  // set by who keeps the list
  bool acknowledged = false;
};

}  // namespace gtp::top
