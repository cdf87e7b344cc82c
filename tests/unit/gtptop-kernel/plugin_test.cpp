// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtptop/plugin.hpp"

#include <catch2/catch.hpp>

using namespace gtp;
using namespace gtp::top;

namespace {

Finding finding(std::uint16_t id, Severity severity, const char* sentence) {
  Finding out;
  out.id = id;
  out.severity = severity;
  out.sentence = sentence;
  return out;
}

}  // namespace

TEST_CASE("the line and the status of a monitoring plugin") {
  Model model;
  CHECK(plugin_verdict(model, std::nullopt).status == 0);
  CHECK(plugin_verdict(model, std::nullopt).line == "GTP OK - no finding | links=0 peers=0 tunnels=0 findings=0");
  model.findings = {finding(305, Severity::note, "a note")};
  CHECK(plugin_verdict(model, std::nullopt).status == 0);
  model.findings.push_back(finding(401, Severity::warning, "too | big"));
  CHECK(plugin_verdict(model, std::nullopt).status == 1);
  CHECK(plugin_verdict(model, std::nullopt).line ==
        "GTP WARNING - GTP-401 too / big | links=0 peers=0 tunnels=0 findings=1");
  const Error trouble{ErrorCode::permission, 1, "no right", {}};
  CHECK(plugin_verdict(model, trouble).status == 3);
  model.findings.push_back(finding(201, Severity::critical, "down"));
  CHECK(plugin_verdict(model, trouble).status == 2);
  CHECK(plugin_verdict(model, std::nullopt).line.starts_with("GTP CRITICAL - GTP-201 down (and 1 more) | "));
}
