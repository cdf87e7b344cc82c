// SPDX-License-Identifier: GPL-2.0-or-later
#include "libcommon/filter/schema.hpp"

#include <catch2/catch.hpp>

#include "libcommon/filter/describe.hpp"
#include "tests/unit/filter/rows.hpp"

namespace gtp::filter::test {
namespace {

TEST_CASE("fields are found by name and alias, exactly") {
  CHECK(kSchema.find("ms") == FieldId{kMs});
  CHECK(kSchema.find("ue") == FieldId{kMs});
  CHECK(kSchema.find("ue_ip") == FieldId{kMs});
  CHECK(kSchema.find("dnn") == FieldId{kApn});
  CHECK_FALSE(kSchema.find("u"));
  CHECK_FALSE(kSchema.find("ue ue_ip"));
  CHECK_FALSE(kSchema.find(""));
  CHECK(kSchema.nearest("ueip") == "ue_ip");
}

TEST_CASE("every example is a filter on its own field") {
  for (FieldId id = 0; id < kSchema.size(); ++id) {
    CAPTURE(kSchema[id].example);
    const Result<Filter> filter = Filter::compile(kSchema[id].example, kSchema);
    REQUIRE(filter.ok());
    CHECK(filter->uses(id));
  }
}

TEST_CASE("a schema describes itself") {
  TextBuffer out;
  put_fields(out, kSchema);
  CHECK(out.view().starts_with("  teid       teid 0x51a0ff17               tunnel endpoint identifier\n"));
  CHECK(out.view().find("access point name (also: dnn)\n") != std::string_view::npos);
  out.clear();
  put_manual(out, kSchema);
  CHECK(out.view().find(".It Cm ms , ue , ue_ip Pq address or prefix\naddress of the subscriber.\nExample:\n"
                        ".Ql ms 10.45.0.0/16\n") != std::string_view::npos);
}

}  // namespace
}  // namespace gtp::filter::test
