// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtptop/collect/gatherer.hpp"

#include <catch2/catch.hpp>

#include "gtptop/check/model_checker.hpp"
#include "gtptop/collect/fake_source.hpp"
#include "gtptop/model/columns.hpp"

namespace gtp::top {
namespace {

constexpr std::uint64_t kSecond = 1'000'000'000;

struct Bench {
  explicit Bench(const FakeNetwork& network, const GatherOptions& options = {})
      : gatherer(std::make_unique<FakeSource>(network, [this] { return now; }), std::make_unique<ModelChecker>(),
                 options) {}
  void tick(int n = 1) {
    for (int i = 0; i < n; ++i) {
      now += kSecond;
      gatherer.begin_tick();
      while (!gatherer.sweep(kSecond)) {
      }
      gatherer.end_tick();
    }
  }
  std::uint64_t now = 1'800'000'000 * kSecond;
  Gatherer gatherer;
};

FakeNetwork network(std::uint64_t tunnels, std::uint64_t churn = 0) {
  FakeNetwork out;
  out.tunnels = tunnels;
  out.churn_per_s = churn;
  return out;
}

TEST_CASE("after a sweep the model has what the source has, to the octet") {
  Bench bench(network(3000));
  bench.tick(2);
  const Model& model = bench.gatherer.model();
  REQUIRE(model.tunnels.size() == 3000);
  const FakeSource& source = static_cast<FakeSource&>(bench.gatherer.source());
  for (std::uint64_t i = 0; i < 3000; ++i) {
    const TunnelSample sample = source.sample(i);
    const RowId row = model.tunnels.find(sample.key);
    REQUIRE(row != kNoRow);
    const TunnelRow got = tunnel_row(model, row, false);
    REQUIRE(got.o_tei == sample.o_tei);
    REQUIRE(got.ms == sample.ms);
    REQUIRE(got.peer == sample.peer);
    REQUIRE(got.counters == sample.counters);
    REQUIRE(got.qfi == sample.qfi);
  }
  CHECK(model.links.rows().size() == 2);
  CHECK(model.links.rows()[0].tunnels_v0 + model.links.rows()[0].tunnels_v1 + model.links.rows()[1].tunnels_v0 +
            model.links.rows()[1].tunnels_v1 ==
        3000);
}

TEST_CASE("membership follows the events, and the log tells of them") {
  Bench bench(network(1000, 50));
  bench.tick(10);
  const Model& model = bench.gatherer.model();
  CHECK(model.tunnels.size() == 1000);
  CHECK(model.events.last() >= 2 * 50 * 9);
  const FakeSource& source = static_cast<FakeSource&>(bench.gatherer.source());
  CHECK(model.tunnels.find(source.sample(0).key) == kNoRow);
  CHECK(model.tunnels.find(source.sample(1000 + 449).key) != kNoRow);
}

TEST_CASE("a sweep in slices with the budget used up goes on where it stopped") {
  Bench bench(network(20'000));
  bench.now += kSecond;
  bench.gatherer.begin_tick();
  int pieces = 0;
  while (!bench.gatherer.sweep(1)) ++pieces;
  CHECK(pieces > 50);
  CHECK(bench.gatherer.model().tunnels.size() == 20'000);
  CHECK(bench.gatherer.model().sweep.complete);
}

TEST_CASE("rows on the screen are read every tick, and get a history") {
  Bench bench(network(500));
  Query query;
  query.sort = default_sort(View::tunnels);
  query.rows = 10;
  bench.tick(2);
  auto frame = bench.gatherer.frame(query);
  for (int i = 0; i < 5; ++i) {
    bench.tick();
    frame = bench.gatherer.frame(query);
  }
  REQUIRE(frame->page.tunnels.size() == 10);
  CHECK(frame->page.tunnels[0].history.size() >= 3);
  CHECK(frame->page.tunnels[0].stale_ms == 0);
  CHECK(frame->up.history.size() == 7);
}

std::size_t sent_to(const Model& model, const IpAddress& peer) {
  std::size_t count = 0;
  for (std::size_t back = 0; back < model.events.size(); ++back) {
    const Event& event = model.events.newest(back);
    if (event.kind == EventKind::echo_sent && event.peer == peer) ++count;
  }
  return count;
}

TEST_CASE("probing: five lost requests make the finding, an answer takes it away") {
  Bench bench(network(500));
  bench.tick(2);
  Command probe;
  probe.kind = Command::Kind::probe;
  probe.samples = 1;
  bench.gatherer.command(probe);
  bench.tick(17);  // five times T3-RESPONSE
  const auto down = [&] {
    for (const Finding& finding : bench.gatherer.model().findings) {
      if (finding.id == 201) return finding.sentence;
    }
    return std::string();
  };
  CHECK(down().starts_with("path to 192.0.2.15 down for "));
  Query query;
  query.view = View::peers;
  query.sort = default_sort(View::peers);
  const auto frame = bench.gatherer.frame(query);
  CHECK(frame->paths[static_cast<std::size_t>(PathState::down)] == 1);
  CHECK(frame->worst->severity == Severity::critical);
  // N3-REQUESTS of them, and none more until the next probe is due.
  const IpAddress dead = *IpAddress::parse("192.0.2.15");
  CHECK(sent_to(bench.gatherer.model(), dead) == 5);
  bench.tick(42);
  CHECK(sent_to(bench.gatherer.model(), dead) == 5);
  bench.tick(6);
  CHECK(sent_to(bench.gatherer.model(), dead) == 6);
  bench.gatherer.command(probe);
}

TEST_CASE("one link only: its tunnels, events and findings, and what is said when it is not there") {
  GatherOptions options;
  options.link = "gtp1";
  Bench bench(network(800, 10), options);
  bench.tick(3);
  const Model& model = bench.gatherer.model();
  REQUIRE(model.links.rows().size() == 1);
  CHECK(model.links.rows()[0].name == "gtp1");
  CHECK(model.tunnels.size() > 250);
  CHECK(model.tunnels.size() < 350);
  model.tunnels.for_each([&](RowId row, const PackedTunnel&) { CHECK(model.tunnels.key(row).link == 8); });
  for (std::size_t back = 0; back < model.events.size(); ++back) CHECK(model.events.newest(back).key.link == 8);
  CHECK_FALSE(bench.gatherer.trouble());

  options.link = "gtp9";
  Bench none(network(800), options);
  none.tick();
  CHECK(none.gatherer.model().tunnels.size() == 0);
  REQUIRE(none.gatherer.trouble());
  CHECK(none.gatherer.trouble()->what == "there is no GTP link \"gtp9\" in this network namespace");
  CHECK(none.gatherer.frame({})->notice == none.gatherer.trouble()->what);
}

TEST_CASE("all peers are probed every 60 s, but not the one that a viewer spares") {
  GatherOptions options;
  options.probe_all = true;
  Bench bench(network(500), options);
  const IpAddress well = *IpAddress::parse("192.0.2.10");
  bench.tick(3);
  CHECK(sent_to(bench.gatherer.model(), well) == 1);
  bench.tick(56);
  CHECK(sent_to(bench.gatherer.model(), well) == 1);
  bench.tick(6);
  CHECK(sent_to(bench.gatherer.model(), well) == 2);
  Command probe;
  probe.kind = Command::Kind::probe;
  probe.peer = well;
  bench.gatherer.command(probe);
  bench.tick(130);
  CHECK(sent_to(bench.gatherer.model(), well) == 2);
  CHECK(sent_to(bench.gatherer.model(), *IpAddress::parse("192.0.2.11")) == 4);
}

TEST_CASE("a peer is probed by its address alone; by hand it is asked once in 60 s") {
  GatherOptions options;
  const IpAddress peer = *IpAddress::parse("192.0.2.12");
  options.probe = {peer};
  Bench bench(network(500), options);
  bench.tick(2);
  const Model& model = bench.gatherer.model();
  CHECK(sent_to(model, peer) == 1);
  CHECK_FALSE(bench.gatherer.waits_for_echo());

  const IpAddress other = *IpAddress::parse("192.0.2.13");
  Command echo;
  echo.peer = other;
  bench.gatherer.command(echo);
  CHECK(bench.gatherer.waits_for_echo());
  bench.tick(5);
  bench.gatherer.command(echo);
  CHECK(sent_to(model, other) == 1);
  CHECK(bench.gatherer.frame({})->notice ==
        "192.0.2.13 was asked 5 s ago: at most one Echo Request in 60 s (TS 29.281)");
  bench.tick(6);
  CHECK(bench.gatherer.frame({})->notice.empty());
  bench.tick(50);
  bench.gatherer.command(echo);
  CHECK(sent_to(model, other) == 2);
}

TEST_CASE("packets per second of each direction, for the tunnel whose page is open") {
  Bench bench(network(500));
  bench.tick(2);
  Query query;
  query.sort = default_sort(View::tunnels);
  query.rows = 5;
  query.detail = bench.gatherer.frame(query)->page.tunnels[0].key;
  CHECK_FALSE(bench.gatherer.frame(query)->detail->up_pps);
  bench.tick();
  const TunnelCounters before = *bench.gatherer.frame(query)->detail->row.counters;
  bench.tick();
  const auto frame = bench.gatherer.frame(query);
  const TunnelDetail& detail = *frame->detail;
  CHECK(detail.up_pps == detail.row.counters->up_packets - before.up_packets);
  CHECK(detail.dn_pps == detail.row.counters->dn_packets - before.dn_packets);
  CHECK(*detail.dn_pps > 0);
  CHECK(detail.pps.size() == detail.dn_bps.size());
}

TEST_CASE("the page of a link has its findings first") {
  Bench bench(network(500));
  bench.tick(3);
  Query query;
  query.view = View::links;
  query.sort = default_sort(View::links);
  query.link_detail = 8;
  auto frame = bench.gatherer.frame(query);
  REQUIRE(frame->link_detail);
  CHECK(frame->link_detail->row.name == "gtp1");
  REQUIRE_FALSE(frame->link_detail->lines.empty());
  CHECK(frame->link_detail->lines[0].name == "finding");
  query.link_detail = 99;
  frame = bench.gatherer.frame(query);
  CHECK_FALSE(frame->link_detail->found);
}

TEST_CASE("the same finding keeps its start and its acknowledgement") {
  Bench bench(network(500));
  bench.tick(2);
  REQUIRE_FALSE(bench.gatherer.model().findings.empty());
  const std::uint64_t since = bench.gatherer.model().findings[0].since_ns;
  Command acknowledge;
  acknowledge.kind = Command::Kind::acknowledge;
  acknowledge.finding = bench.gatherer.model().findings[0].id;
  acknowledge.text = bench.gatherer.model().findings[0].object.text;
  bench.gatherer.command(acknowledge);
  bench.tick(3);
  CHECK(bench.gatherer.model().findings[0].since_ns == since);
  CHECK(bench.gatherer.model().findings[0].acknowledged);
}

TEST_CASE("a module that does not count leaves figures unknown") {
  FakeNetwork mainline = network(100);
  mainline.counters = false;
  Bench bench(mainline);
  bench.tick(3);
  const auto frame = bench.gatherer.frame({});
  CHECK(frame->capabilities.traffic == Origin::none);
  for (const TunnelRow& row : frame->page.tunnels) {
    CHECK_FALSE(row.dn_bps);
    CHECK_FALSE(row.counters);
    CHECK_FALSE(row.drops_per_s);
  }
}

// A source that loses events once.
class Forgetful final : public Source {
 public:
  const SourceInfo& info() const override { return info_; }
  Capabilities capabilities() const override { return {}; }
  std::optional<Error> trouble() const override { return trouble_; }
  std::uint64_t now_ns() const override { return 1; }
  Result<bool> read_events(Receiver& receiver) override {
    if (lose) receiver.lost();
    lose = false;
    return false;
  }
  Result<void> read_links(Receiver&) override { return {}; }
  Result<void> read_tunnel(const TunnelKey&, Receiver&) override { return {}; }
  Result<void> begin_sweep() override { return {}; }
  Result<Slice> sweep_slice(Receiver& receiver) override {
    TunnelSample sample;
    for (std::uint64_t id = from; id < 5; ++id) {
      sample.key.id = id;
      receiver.tunnel(sample);
    }
    return Slice{true, inconsistent, 5};
  }
  Result<void> read_detail(TunnelDetail&) override { return {}; }
  Result<void> send_echo(const IpAddress&) override { return {}; }

  bool lose = false;
  bool inconsistent = false;
  std::uint64_t from = 1;
  std::optional<Error> trouble_;

 private:
  SourceInfo info_;
};

TEST_CASE("lost events say RESYNC until a sweep is complete; an inconsistent sweep removes nothing") {
  auto owned = std::make_unique<Forgetful>();
  Forgetful& source = *owned;
  Gatherer gatherer(std::move(owned), nullptr, {});
  const auto tick = [&] {
    gatherer.begin_tick();
    gatherer.sweep(kSecond);
    gatherer.end_tick();
  };
  tick();
  CHECK(gatherer.model().tunnels.size() == 4);
  source.lose = true;
  gatherer.read_events();
  CHECK(gatherer.model().sweep.resync);
  source.from = 3;
  source.inconsistent = true;
  tick();
  CHECK(gatherer.model().sweep.resync);
  CHECK(gatherer.model().tunnels.size() == 4);
  source.inconsistent = false;
  tick();
  CHECK_FALSE(gatherer.model().sweep.resync);
  CHECK(gatherer.model().tunnels.size() == 2);
  CHECK(gatherer.model().events.newest(0).kind == EventKind::resync);
}

TEST_CASE("what keeps figures from coming is said, with what helps") {
  auto owned = std::make_unique<Forgetful>();
  owned->trouble_ = Error{ErrorCode::unsupported, 0, "this kernel has no GTP", "modprobe gtp"};
  Gatherer gatherer(std::move(owned), nullptr, {});
  const auto frame = gatherer.frame({});
  CHECK(frame->notice == "this kernel has no GTP");
  CHECK(frame->notice_hint == "modprobe gtp");
}

}  // namespace
}  // namespace gtp::top
