// SPDX-License-Identifier: GPL-2.0-or-later
#include <catch2/catch.hpp>

#include "gtptop/check/finding.hpp"

using namespace gtp::top;

TEST_CASE("the catalogue is in order, whole, and has no id twice") {
  std::uint16_t last = 0;
  for (const FindingInfo& info : finding_catalogue()) {
    CAPTURE(info.id);
    CHECK(info.id > last);
    CHECK((info.id / 100 >= 1 && info.id / 100 <= 5));
    CHECK(!info.title.empty());
    CHECK(info.title.size() <= 40);
    CHECK(!info.meaning.empty());
    CHECK(!info.remedy.empty());
    CHECK(!info.meaning.ends_with('.'));
    last = info.id;
  }
  CHECK(finding_catalogue().size() >= 30);
}

TEST_CASE("findings are found by number and by name") {
  CHECK(find_finding(std::uint16_t{201})->title == "path down");
  CHECK(find_finding(std::string_view("GTP-201"))->id == 201);
  CHECK(find_finding(std::string_view("gtp-302"))->id == 302);
  CHECK(find_finding(std::string_view("504"))->id == 504);
  CHECK(find_finding(std::string_view("GTP-999")) == nullptr);
  CHECK(find_finding(std::string_view("GTP-")) == nullptr);
  CHECK(find_finding(std::string_view("2010")) == nullptr);
}
