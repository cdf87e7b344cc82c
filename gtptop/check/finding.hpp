// SPDX-License-Identifier: GPL-2.0-or-later
//
// The catalogue of findings, and who looks for them. An id is given once and never again; its section in
// gtp-troubleshooting(7) has the same name, so what the screen prints is what the reader searches for.
//
// A Checker runs on the collector's thread: evaluate() after each tick over what the model knows, in bounded time;
// check_tunnel() when the detail page is opened or `R` pressed. Facts of the host (routes, sysctls, firewall) are the
// checker's own business: it reads them itself, rarely, and keeps them.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "gtptop/model/detail.hpp"
#include "gtptop/model/finding.hpp"

namespace gtp::top {

struct Model;

struct FindingInfo {
  std::uint16_t id = 0;
  Severity severity = Severity::warning;
  std::string_view title;    // "path down"
  std::string_view meaning;  // one sentence: what it is
  std::string_view remedy;   // one sentence or command: what mends it
};

// By id, ascending. Ids: 1xx identification, 2xx path, 3xx host, 4xx size and offload, 5xx load.
std::span<const FindingInfo> finding_catalogue() noexcept;
const FindingInfo* find_finding(std::uint16_t id) noexcept;
// "GTP-201"
std::string finding_name(std::uint16_t id);
// "GTP-201", "gtp-201", "201".
const FindingInfo* find_finding(std::string_view name) noexcept;

class Checker {
 public:
  virtual ~Checker() = default;
  // Appends what is wrong now. Findings are the same one from tick to tick when id and object.text are.
  virtual void evaluate(const Model& model, std::uint64_t now_ns, std::vector<Finding>& findings) = 0;
  virtual std::vector<LiveCheck> check_tunnel(const Model& model, const TunnelDetail& detail) = 0;
  // The lines of a link's page.
  virtual std::vector<LiveCheck> check_link(const Model& model, const LinkRow& link) = 0;
};

}  // namespace gtp::top
