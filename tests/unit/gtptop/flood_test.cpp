// SPDX-License-Identifier: GPL-2.0-or-later
//
// Floods of events, told and lost: what is there afterwards is what the source has.
#include <catch2/catch.hpp>

#include <set>

#include "gtptop/collect/fake_source.hpp"
#include "gtptop/collect/gatherer.hpp"
#include "tests/support/ignoring_receiver.hpp"

namespace gtp::top {
namespace {

constexpr std::uint64_t kSecond = 1'000'000'000;

// As a socket that overflows: nothing of what happened is told, but that something was lost.
class Deaf final : public Source {
 public:
  Deaf(const FakeNetwork& network, FakeSource::Clock clock) : inner_(network, std::move(clock)) {}
  bool deaf = false;

  const SourceInfo& info() const override { return inner_.info(); }
  Capabilities capabilities() const override { return inner_.capabilities(); }
  std::optional<Error> trouble() const override { return std::nullopt; }
  std::uint64_t now_ns() const override { return inner_.now_ns(); }
  Result<bool> read_events(Receiver& receiver) override {
    if (!deaf) return inner_.read_events(receiver);
    test::IgnoringReceiver nobody;
    auto more = inner_.read_events(nobody);
    receiver.lost();
    return more;
  }
  Result<void> read_links(Receiver& receiver) override { return inner_.read_links(receiver); }
  Result<void> read_tunnel(const TunnelKey& key, Receiver& receiver) override {
    return inner_.read_tunnel(key, receiver);
  }
  Result<void> begin_sweep() override { return inner_.begin_sweep(); }
  Result<Slice> sweep_slice(Receiver& receiver) override { return inner_.sweep_slice(receiver); }
  Result<void> read_detail(TunnelDetail& detail) override { return inner_.read_detail(detail); }
  Result<void> send_echo(const IpAddress& peer) override { return inner_.send_echo(peer); }

 private:
  FakeSource inner_;
};

class Listing final : public test::IgnoringReceiver {
 public:
  std::set<TunnelKey> keys;
  void tunnel(const TunnelSample& sample) override { keys.insert(sample.key); }
};

// What the source lists now is what the model has.
void require_same(Gatherer& gatherer) {
  Listing listing;
  REQUIRE(gatherer.source().begin_sweep().ok());
  for (bool done = false; !done;) done = gatherer.source().sweep_slice(listing)->done;
  const Model& model = gatherer.model();
  REQUIRE(model.tunnels.size() == listing.keys.size());
  for (const TunnelKey& key : listing.keys) REQUIRE(model.tunnels.find(key) != kNoRow);
}

struct Flood {
  explicit Flood(std::uint64_t tunnels) {
    FakeNetwork network;
    network.tunnels = tunnels;
    network.churn_per_s = 100'000;
    auto owned = std::make_unique<Deaf>(network, [this] { return now; });
    source = owned.get();
    gatherer.emplace(std::move(owned), nullptr, GatherOptions{});
  }
  // [seconds] of change, in steps of a tenth: the sweep runs meanwhile.
  void pass(double seconds, std::uint64_t sweep_ns) {
    for (int i = 0; i < static_cast<int>(seconds * 10); ++i) {
      now += kSecond / 10;
      gatherer->begin_tick();
      gatherer->sweep(sweep_ns);
      gatherer->end_tick();
    }
  }
  std::uint64_t now = 1'800'000'000 * kSecond;
  Deaf* source = nullptr;
  std::optional<Gatherer> gatherer;
};

TEST_CASE("100,000 tunnels deleted and as many added by events while a sweep runs") {
  Flood flood(20'000);
  flood.pass(1, 1);  // slices of the smallest size, so that the table turns over below them
  flood.gatherer->begin_tick();
  require_same(*flood.gatherer);
  CHECK(flood.gatherer->model().events.size() == 10'000);
}

TEST_CASE("the same with all events lost: the next complete sweep has everything") {
  Flood flood(20'000);
  flood.pass(0.2, kSecond);
  flood.source->deaf = true;
  flood.pass(1, 1);
  CHECK(flood.gatherer->model().sweep.resync);
  flood.source->deaf = false;
  flood.gatherer->begin_tick();
  while (!flood.gatherer->sweep(kSecond)) {
  }
  flood.gatherer->end_tick();
  CHECK_FALSE(flood.gatherer->model().sweep.resync);
  require_same(*flood.gatherer);
}

}  // namespace
}  // namespace gtp::top
