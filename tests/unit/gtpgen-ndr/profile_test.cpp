// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtpgen/ndr/profile.hpp"

#include <catch2/catch.hpp>

#include "gtpgen/ndr/ndr_report.hpp"

using namespace gtp;
using namespace gtp::gen;
using namespace std::chrono_literals;

TEST_CASE("profiles are the goals that standards name") {
  const auto rfc2544 = goals_of_profile("rfc2544");
  REQUIRE(rfc2544);
  REQUIRE(rfc2544->size() == 1);
  CHECK(rfc2544->front().loss_ratio == 0);
  CHECK(rfc2544->front().exceed_ratio == 0);
  CHECK(rfc2544->front().trial == 60s);
  CHECK(rfc2544->front().sum == 60s);

  const auto tst009 = goals_of_profile("tst009");
  REQUIRE(tst009);
  CHECK(tst009->front().exceed_ratio == 0.5);
  CHECK(tst009->front().sum == 120s);

  const auto csit = goals_of_profile("csit");
  REQUIRE(csit);
  REQUIRE(csit->size() == 2);
  CHECK((*csit)[0].name == "NDR");
  CHECK((*csit)[1].name == "PDR");
  CHECK((*csit)[1].loss_ratio == 0.005);

  CHECK(goals_of_profile("quik").error().hint == "quick");
}

TEST_CASE("a goal says what differs from the usual one") {
  const auto goal = parse_goal("loss=0.5%,trial=1s,sum=10s,exceed=0,width=2%");
  REQUIRE(goal);
  CHECK(goal->name == "PDR");
  CHECK(goal->loss_ratio == 0.005);
  CHECK(goal->exceed_ratio == 0);
  CHECK(goal->trial == 1s);
  CHECK(goal->sum == 10s);
  CHECK(goal->width == 0.02);
  CHECK(parse_goal("loss=0")->name == "NDR");
  CHECK(parse_goal("loss=0")->trial == 2s);
  CHECK(parse_goal("name=mine")->name == "mine");

  CHECK_FALSE(parse_goal("loss"));
  CHECK_FALSE(parse_goal("los=0"));
  CHECK_FALSE(parse_goal("exceed=1"));
  CHECK_FALSE(parse_goal("width=0"));
  CHECK_FALSE(parse_goal("trial=2s,sum=1s"));
}

TEST_CASE("what a result is worth") {
  NdrReport report;
  CHECK(judge(report) == 1);

  Bounds bounds;
  report.bounds = {bounds};
  CHECK(judge(report) == 1);

  bounds.lower_pps = 100'000;
  bounds.upper_pps = 101'000;
  bounds.regular = true;
  report.bounds = {bounds};
  CHECK(judge(report) == 0);
  report.wanted_pps = 100'001;
  CHECK(judge(report) == 1);
  report.wanted_pps = 99'999;
  CHECK(judge(report) == 0);

  bounds.upper_pps.reset();
  bounds.regular = false;
  bounds.generator_limited = true;
  report.bounds = {bounds};
  CHECK(judge(report) == 0);  // enough is enough
  report.wanted_pps = 200'000;
  CHECK(judge(report) == 3);
  report.wanted_pps.reset();
  CHECK(judge(report) == 3);
}
