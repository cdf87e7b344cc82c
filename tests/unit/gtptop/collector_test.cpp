// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtptop/collect/collector.hpp"

#include <catch2/catch.hpp>
#include <poll.h>

#include <atomic>
#include <chrono>

#include "gtptop/collect/fake_source.hpp"
#include "gtptop/model/columns.hpp"
#include "gtptop/model/fields.hpp"

namespace gtp::top {
namespace {

std::uint64_t wall_ns() {
  return static_cast<std::uint64_t>(std::chrono::system_clock::now().time_since_epoch() / std::chrono::nanoseconds(1));
}

// Waits for a frame that [wanted] likes, for ten seconds at most.
template <typename Wanted>
FramePtr wait_for(Collector& collector, const Wanted& wanted) {
  for (int i = 0; i < 1000; ++i) {
    pollfd ready{collector.fd(), POLLIN, 0};
    ::poll(&ready, 1, 10);
    FramePtr frame = collector.take();
    if (frame && wanted(*frame)) return frame;
  }
  return nullptr;
}

TEST_CASE("queries are answered and commands carried out while a sweep runs") {
  FakeNetwork network;
  network.tunnels = 200'000;
  network.churn_per_s = 200;
  const GatherOptions options{100'000'000, 5};
  auto gatherer = std::make_unique<Gatherer>(std::make_unique<FakeSource>(network, wall_ns), nullptr, options);
  Collector collector(std::move(gatherer), options);
  Query query;
  query.sort = default_sort(View::tunnels);
  collector.start(query);
  REQUIRE(wait_for(collector, [](const Frame& frame) { return frame.sweep.complete && frame.tunnels == 200'000; }));

  for (std::uint64_t number = 1; number <= 20; ++number) {
    query.number = number;
    query.view = static_cast<View>(number % 3);
    query.sort = default_sort(query.view);
    collector.ask(query);
    const FramePtr frame = wait_for(collector, [&](const Frame& one) { return one.query == number; });
    REQUIRE(frame);
    CHECK(frame->page.view == query.view);
  }

  Command echo;
  echo.kind = Command::Kind::echo;
  echo.peer = *IpAddress::parse("192.0.2.10");
  collector.tell(echo);
  query.view = View::events;
  query.sort = default_sort(View::events);
  query.filter = *compile_filter(View::events, "event echo_sent");
  ++query.number;
  collector.ask(query);
  CHECK(wait_for(collector, [](const Frame& frame) {
    for (const Event& event : frame.page.events) {
      if (event.kind == EventKind::echo_sent) return true;
    }
    return false;
  }));

  // Whenever the viewer holds: in a piece of a sweep, in the pause behind it, between two sweeps.
  query.filter = {};
  query.view = View::tunnels;
  query.sort = default_sort(query.view);
  const auto answer = [&] {
    ++query.number;
    collector.ask(query);
    return wait_for(collector, [&](const Frame& frame) { return frame.query == query.number; });
  };
  for (int round = 0; round < 8; ++round) {
    query.hold = true;
    const FramePtr held = answer();
    REQUIRE(held);
    for (int i = 0; i < 15; ++i) {
      ::poll(nullptr, 0, 10);
      const FramePtr later = answer();
      REQUIRE(later);
      REQUIRE(later->time_ns == held->time_ns);
    }
    query.hold = false;
    REQUIRE(answer());
    REQUIRE(wait_for(collector, [&](const Frame& frame) { return frame.time_ns > held->time_ns; }));
    ::poll(nullptr, 0, 17 * round);
  }
  CHECK(collector.finish().ok());
}

}  // namespace
}  // namespace gtp::top
