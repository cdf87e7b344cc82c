// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtptop/model/columns.hpp"

#include <catch2/catch.hpp>

#include <set>

#include "gtptop/model/fields.hpp"

namespace gtp::top {
namespace {

TEST_CASE("every column is described and found by both of its names") {
  for (std::size_t i = 0; i < kViews; ++i) {
    const auto view = static_cast<View>(i);
    std::set<std::string_view> keys;
    std::set<std::string_view> names;
    std::uint8_t number = 0;
    for (const Column& column : columns(view)) {
      INFO(column.name);
      CHECK(keys.insert(column.key).second);
      CHECK(names.insert(column.name).second);
      CHECK_FALSE(column.doc.empty());
      CHECK(column.min <= column.max);
      CHECK(column.heading.size() <= column.max);
      CHECK(find_column(view, column.name) == number);
      CHECK(find_column(view, column.key) == number);
      ++number;
    }
    CHECK(find_view(view_name(view)) == view);
    CHECK(default_sort(view).column < columns(view).size());
  }
  CHECK_FALSE(find_column(View::tunnels, "tied"));
  CHECK(nearest_column(View::tunnels, "itied") == "iteid");
}

TEST_CASE("a column's figures come from where the kernel has them") {
  const Capabilities tap{Origin::tap, Origin::none, Origin::tap, Origin::none, true, true, false, true};
  const auto origin = [&](View view, std::string_view name) {
    return origin_of(columns(view)[*find_column(view, name)], tap);
  };
  CHECK(origin(View::tunnels, "dn") == Origin::tap);
  CHECK(origin(View::tunnels, "drops") == Origin::none);
  CHECK(origin(View::tunnels, "ms") == Origin::module);
  CHECK(origin(View::peers, "rtt") == Origin::none);
}

TEST_CASE("packets of a link: each direction, and both when both are known") {
  LinkRow row;
  row.up_pps = 7;
  CHECK(value(row, LinkColumn::up_pps).number == 7);
  CHECK(value(row, LinkColumn::dn_pps).missing());
  CHECK(value(row, LinkColumn::pps).missing());
  row.dn_pps = 30;
  CHECK(value(row, LinkColumn::dn_pps).number == 30);
  CHECK(value(row, LinkColumn::pps).number == 37);
}

TEST_CASE("missing values are last in both orders") {
  CHECK(before(Value(1ULL), Value(), false));
  CHECK(before(Value(1ULL), Value(), true));
  CHECK_FALSE(before(Value(), Value(1ULL), true));
  CHECK(before(Value(1ULL), Value(2ULL), false));
  CHECK(before(Value(2ULL), Value(1ULL), true));
  CHECK(before(Value(*IpAddress::parse("10.0.0.9")), Value(*IpAddress::parse("10.0.0.10")), false));
}

}  // namespace
}  // namespace gtp::top
