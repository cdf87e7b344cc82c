// SPDX-License-Identifier: GPL-2.0-or-later
#include <catch2/catch.hpp>

#include <algorithm>
#include <random>

#include "gtptop/model/answer.hpp"
#include "gtptop/model/columns.hpp"
#include "gtptop/model/fields.hpp"

namespace gtp::top {
namespace {

// [n] tunnels with rates that nobody can guess; every fifth is not counted.
Model network(std::uint64_t n) {
  Model model;
  for (std::uint32_t i = 1; i <= 2; ++i) {
    LinkRow link;
    link.index = i;
    link.name = "gtp" + std::to_string(i - 1);
    model.links.update(link, 0);
  }
  std::mt19937_64 random(3);
  for (int reading = 0; reading < 2; ++reading) {
    model.now_ns += 1'000'000'000;
    for (std::uint64_t i = 0; i < n; ++i) {
      TunnelSample sample;
      sample.key.id = i + 1;
      sample.key.link = 1 + i % 2;
      sample.ms = IpAddress::v4(0x0a2d0000U + static_cast<std::uint32_t>(i));
      sample.peer = IpAddress::v4(0xc0000200U + static_cast<std::uint32_t>(i % 7));
      if (i % 5 != 0) {
        const std::uint64_t bytes = reading == 0 ? 0 : random() % 1'000'000;
        sample.counters = TunnelCounters{bytes / 100, bytes / 3, bytes / 100, bytes};
      }
      model.add(sample, 1);
    }
  }
  return model;
}

std::vector<TunnelRow> sorted(const Model& model, const Query& query) {
  std::vector<TunnelRow> rows;
  TunnelSubject subject(model);
  model.tunnels.for_each([&](RowId row, const PackedTunnel&) {
    subject.set(row);
    if (query.filter.matches(subject)) rows.push_back(tunnel_row(model, row, false));
  });
  std::stable_sort(rows.begin(), rows.end(), [&](const TunnelRow& a, const TunnelRow& b) {
    const auto column = static_cast<TunnelColumn>(query.sort.column);
    return before(value(a, column), value(b, column), query.sort.descending);
  });
  return rows;
}

Sort by(TunnelColumn column, bool descending) { return {static_cast<std::uint8_t>(column), descending}; }

TEST_CASE("pages are cuts of the sorted table, near the top and far down") {
  const Model model = network(6000);
  Answerer answerer;
  for (const TunnelColumn column : {TunnelColumn::dn, TunnelColumn::up, TunnelColumn::pps, TunnelColumn::i_tei,
                                    TunnelColumn::ms, TunnelColumn::dn_total}) {
    for (const bool descending : {true, false}) {
      Query query;
      query.sort = by(column, descending);
      query.rows = 50;
      const auto all = sorted(model, query);
      for (const std::uint64_t offset : {0ULL, 30ULL, 3000ULL, 4790ULL, 5500ULL, 5950ULL}) {
        query.offset = offset;
        const Page page = answerer.answer(model, query);
        REQUIRE(page.tunnels.size() == 50);
        CHECK(page.matching == 6000);
        for (std::size_t i = 0; i < 50; ++i) {
          INFO(static_cast<int>(column) << " " << descending << " " << offset << " " << i);
          REQUIRE(value(page.tunnels[i], column).number == value(all[offset + i], column).number);
          REQUIRE(value(page.tunnels[i], column).missing() == value(all[offset + i], column).missing());
        }
      }
    }
  }
}

TEST_CASE("a page beyond the end is the last one; a filter counts what it lets pass") {
  const Model model = network(1000);
  Answerer answerer;
  Query query;
  query.rows = 40;
  query.offset = 5000;
  Page page = answerer.answer(model, query);
  CHECK(page.offset == 960);
  CHECK(page.tunnels.size() == 40);
  query.offset = 0;
  query.filter = *compile_filter(View::tunnels, "peer 192.0.2.3");
  page = answerer.answer(model, query);
  CHECK(page.matching == 143);
  CHECK(page.total == 1000);
  query.filter = *compile_filter(View::tunnels, "peer 192.0.2.99");
  page = answerer.answer(model, query);
  CHECK(page.matching == 0);
  CHECK(page.tunnels.empty());
}

TEST_CASE("following a tunnel brings its page") {
  const Model model = network(3000);
  Answerer answerer;
  Query query;
  query.sort = by(TunnelColumn::i_tei, false);
  query.rows = 20;
  TunnelKey key;
  key.id = 1234;
  key.link = 2;
  query.follow_tunnel = key;
  const Page page = answerer.answer(model, query);
  CHECK(page.found == 1233);
  CHECK(page.offset == 1223);
  CHECK(page.tunnels[10].key == key);
}

TEST_CASE("search goes on in the order of the rows, and around") {
  const Model model = network(3000);
  Answerer answerer;
  Query query;
  query.sort = by(TunnelColumn::ms, false);
  query.rows = 20;
  const auto search = [&](std::string text, bool backwards, std::optional<TunnelKey> after) {
    Query::Search one;
    one.text = std::move(text);
    one.backwards = backwards;
    one.after = after;
    one.number = query.search ? query.search->number + 1 : 1;
    query.search = one;
    return answerer.answer(model, query);
  };
  Page page = search("10.45.5.", false, std::nullopt);
  CHECK(page.found == 5 * 256);
  TunnelKey key = page.tunnels[static_cast<std::size_t>(*page.found - page.offset)].key;
  page = search("10.45.5.", false, key);
  CHECK(page.found == 5 * 256 + 1);
  page = search("10.45.5.", true, key);
  CHECK(page.found == 5 * 256 + 255);  // around
  page = search("0x7d0", false, std::nullopt);
  CHECK(page.found == 1999);
  page = search("2000", false, std::nullopt);
  CHECK(page.found == 1999);
  page = search("10.99.", false, std::nullopt);
  CHECK_FALSE(page.found);
  CHECK(page.not_found);
}

TEST_CASE("a search in a small view comes round to the row where it began") {
  const Model model = network(3000);
  Answerer answerer;
  Query query;
  query.view = View::links;
  query.sort = default_sort(View::links);
  query.rows = 10;
  for (const std::uint64_t number : {1U, 2U, 3U}) {
    Query::Search one;
    one.text = "gtp1";
    one.from = number == 1 ? 0 : 1;
    one.or_here = number == 1;
    one.backwards = number == 3;
    one.number = number;
    query.search = one;
    CHECK(answerer.answer(model, query).found == 1);
  }
}

TEST_CASE("a kept order stays when figures change, and a removed row leaves its line") {
  Model model = network(500);
  Answerer answerer;
  Query query;
  query.rows = 30;
  query.sort = by(TunnelColumn::dn, true);
  query.keep_order = true;
  const Page first = answerer.answer(model, query);
  TunnelSample sample;
  sample.key = first.tunnels[9].key;
  sample.peer = first.tunnels[9].peer;
  sample.counters = TunnelCounters{1u << 20, 1u << 30, 1u << 20, 1u << 30};
  model.now_ns += 1'000'000'000;
  model.add(sample, 1);
  model.tunnels.remove(first.tunnels[3].key);
  const Page second = answerer.answer(model, query);
  CHECK(second.tunnels[9].key == first.tunnels[9].key);
  CHECK(second.tunnels[3].link == "gone");
  query.keep_order = false;
  CHECK(answerer.answer(model, query).tunnels[0].key == sample.key);
}

TEST_CASE("groups add up to the whole") {
  const Model model = network(700);
  Answerer answerer;
  for (const Grouping grouping : {Grouping::peer, Grouping::link, Grouping::prefix}) {
    Query query;
    query.grouping = grouping;
    query.rows = 100;
    const Page page = answerer.answer(model, query);
    CHECK(page.matching == (grouping == Grouping::peer ? 7U : grouping == Grouping::link ? 2U : 3U));
    std::uint64_t tunnels = 0;
    std::uint64_t bytes = 0;
    for (const TunnelRow& row : page.tunnels) {
      CHECK(row.group);
      tunnels += row.tunnels;
      bytes += row.counters->dn_bytes;
    }
    CHECK(tunnels == 700);
    std::uint64_t expected = 0;
    model.tunnels.for_each([&](RowId, const PackedTunnel& t) { expected += t.counters().dn_bytes; });
    CHECK(bytes == expected);
  }
}

TEST_CASE("an open group shows its tunnels, a filter applies to them") {
  const Model model = network(700);
  Answerer answerer;
  Query query;
  query.grouping = Grouping::peer;
  query.rows = 200;
  query.open_groups = {"192.0.2.3"};
  query.filter = *compile_filter(View::tunnels, "iteid <= 70");
  const Page page = answerer.answer(model, query);
  CHECK(page.matching == 17);  // seven groups, ten tunnels in the open one
  std::size_t inside = 0;
  for (const TunnelRow& row : page.tunnels) {
    if (!row.group) {
      CHECK(row.peer == *IpAddress::parse("192.0.2.3"));
      ++inside;
    }
  }
  CHECK(inside == 10);
}

TEST_CASE("findings are ordered by how bad they are") {
  Model model;
  for (const Severity severity : {Severity::warning, Severity::note, Severity::critical}) {
    Finding finding;
    finding.severity = severity;
    model.findings.push_back(finding);
  }
  Query query;
  query.view = View::findings;
  query.sort = default_sort(View::findings);
  const Page page = Answerer().answer(model, query);
  REQUIRE(page.findings.size() == 3);
  CHECK(page.findings[0].severity == Severity::critical);
  CHECK(page.findings[2].severity == Severity::note);
}

TEST_CASE("the log keeps the last 10,000 events, newest first") {
  Model model;
  for (std::uint64_t i = 0; i < 12'345; ++i) {
    Event event;
    event.time_ns = i;
    model.events.add(event);
  }
  Query query;
  query.view = View::events;
  query.sort = default_sort(View::events);
  query.rows = 5;
  const Page page = Answerer().answer(model, query);
  CHECK(page.matching == 10'000);
  CHECK(page.events[0].number == 12'345);
  CHECK(page.events[0].time_ns == 12'344);
  CHECK(page.event_links.size() == page.events.size());
}

}  // namespace
}  // namespace gtp::top
