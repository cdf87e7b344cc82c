// SPDX-License-Identifier: GPL-2.0-or-later
//
// The engine with a clock that the test turns and a peer that the test plays.
#include <catch2/catch.hpp>

#include <algorithm>
#include <string>
#include <vector>

#include "gtpgen/echo/engine.hpp"
#include "gtpgen/echo/summary.hpp"

using namespace gtp;
using namespace gtp::gen::echo;

namespace {

constexpr std::uint64_t kMs = 1'000'000;
constexpr std::uint64_t kSecond = 1000 * kMs;

class Recorder : public Listener {
 public:
  void handle(const Event& event) override {
    kinds.push_back(event.kind);
    if (event.rtt_ns) rtt_ns = *event.rtt_ns;
  }
  long count(Event::Kind kind) const { return std::count(kinds.begin(), kinds.end(), kind); }

  std::vector<Event::Kind> kinds;
  std::uint64_t rtt_ns = 0;
};

struct Run {
  explicit Run(Settings wanted, std::size_t hosts = 1) : settings(std::move(wanted)) {
    std::vector<Target> targets;
    for (std::size_t i = 0; i < hosts; ++i) {
      const IpAddress address = IpAddress::v4(static_cast<std::uint32_t>(0xc0000201 + i));
      targets.push_back({address.text(), address, 0, 0});
    }
    engine.emplace(targets, settings, recorder);
    engine->start(now);
  }

  // What is due now. The octets stay in `outbox`.
  std::vector<Outbox::Packet> due() {
    outbox.clear();
    engine->advance(now, outbox);
    return outbox.packets;
  }
  std::vector<Outbox::Packet> due_at(std::uint64_t time) {
    now = time;
    return due();
  }
  // A GTPv1 Echo Response; the sequence number is that of the request's octets.
  std::vector<std::byte> answer_of(const Outbox::Packet& packet, int recovery) const {
    const Bytes request = outbox.view(packet);
    std::vector<std::byte> out(14);
    out[0] = std::byte{0x32};
    out[1] = std::byte{2};
    out[3] = std::byte{6};
    out[8] = request[8];
    out[9] = request[9];
    out[12] = std::byte{14};
    out[13] = static_cast<std::byte>(recovery);
    return out;
  }
  void receive(Bytes datagram, std::uint64_t kernel_ns = 0, std::size_t host = 0) {
    Arrival arrival;
    arrival.from = engine->peers()[host].target().address;
    arrival.port = engine->peers()[host].port();
    arrival.now_ns = now;
    arrival.kernel_ns = kernel_ns;
    engine->receive(arrival, datagram);
  }
  const Counts& counts(std::size_t host = 0) const { return engine->peers()[host].counts(); }
  void check_sum() const {
    const Counts& c = counts();
    CHECK(c.sent == c.answered + c.lost + c.unreachable + c.malformed + c.in_flight());
  }

  Settings settings;
  Recorder recorder;
  Outbox outbox;
  std::uint64_t now = kSecond;
  std::optional<Engine> engine;
};

Settings gtpv1(std::uint64_t count) {
  Settings settings;
  settings.dialects = {Dialect::gtpv1_c};
  settings.count = count;
  return settings;
}

}  // namespace

TEST_CASE("requests keep an absolute schedule") {
  Run run(gtpv1(3));
  CHECK(run.due().size() == 1);
  CHECK(run.engine->next_due_ns(run.now) == 2 * kSecond);
  CHECK(run.due_at(2 * kSecond - 1).empty());
  // 300 ms late; the next one is on time all the same.
  CHECK(run.due_at(2 * kSecond + 300 * kMs).size() == 1);
  CHECK(run.due_at(3 * kSecond - 1).empty());
  CHECK(run.due_at(3 * kSecond).size() == 1);
  CHECK(run.due_at(4 * kSecond).empty());
  run.due_at(10 * kSecond);
  CHECK(run.engine->done());
  CHECK(run.counts().lost == 3);
  run.check_sum();
}

TEST_CASE("an answer is timed by the kernel's stamps, and by ours where they make no sense") {
  Run run(gtpv1(3));
  auto packet = run.due().front();
  run.engine->stamped(packet.ticket, 5'000'000'100);
  run.now += 1 * kMs;
  run.receive(run.answer_of(packet, 1), 5'000'500'100);
  CHECK(run.recorder.rtt_ns == 500'000);
  CHECK(run.counts().app_clock == 0);

  // No stamp of the departure.
  packet = run.due_at(2 * kSecond).front();
  run.now += 1 * kMs;
  run.receive(run.answer_of(packet, 1), 5'000'500'100);
  CHECK(run.recorder.rtt_ns == 1 * kMs);
  CHECK(run.counts().app_clock == 1);

  // Somebody set the clock between the two: the kernel cannot see more than we do.
  packet = run.due_at(3 * kSecond).front();
  run.engine->stamped(packet.ticket, 6'000'000'000);
  run.now += 2 * kMs;
  run.receive(run.answer_of(packet, 1), 9'000'000'000);
  CHECK(run.recorder.rtt_ns == 2 * kMs);
  CHECK(run.counts().app_clock == 2);
  CHECK(run.engine->done());
}

TEST_CASE("duplicates, late and reordered answers are counted as what they are") {
  Run run(gtpv1(3));
  const auto first = run.answer_of(run.due().front(), 1);
  const auto second = run.answer_of(run.due_at(2 * kSecond).front(), 1);
  run.receive(second);
  run.receive(first);
  CHECK(run.counts().reordered == 1);
  run.receive(first);
  CHECK(run.counts().duplicate == 1);
  const auto third = run.answer_of(run.due_at(3 * kSecond).front(), 1);
  run.due_at(6 * kSecond);
  CHECK(run.counts().lost == 1);
  run.receive(third);
  CHECK(run.counts().late == 1);
  CHECK(run.counts().lost == 1);
  CHECK(run.counts().answered == 2);
  run.check_sum();
}

TEST_CASE("sequence numbers wrap without a false loss or reordering") {
  Settings settings = gtpv1(6);
  settings.first_sequence_number = 0xfffd;
  settings.interval_ns = kMs;
  Run run(settings);
  std::vector<int> numbers;
  for (int i = 0; i < 6; ++i) {
    const auto packet = run.due().front();
    const Bytes request = run.outbox.view(packet);
    numbers.push_back(load_u16(request.data() + 8));
    run.receive(run.answer_of(packet, 1));
    run.now += kMs;
  }
  CHECK(numbers == std::vector<int>{0xfffd, 0xfffe, 0xffff, 0, 1, 2});
  CHECK(run.counts().answered == 6);
  CHECK(run.counts().reordered == 0);
  CHECK(run.counts().unexpected == 0);
}

TEST_CASE("T3 and N3: repeated with the same sequence number, then lost") {
  Settings settings = gtpv1(2);
  settings.timeout_ns = 100 * kMs;
  settings.attempts = 3;
  Run run(settings);
  const auto packet = run.due().front();
  const Bytes sent = run.outbox.view(packet);
  const std::vector<std::byte> request(sent.begin(), sent.end());
  for (int i = 0; i < 2; ++i) {
    run.now += 100 * kMs;
    const auto again = run.due();
    REQUIRE(again.size() == 1);
    const Bytes octets = run.outbox.view(again.front());
    CHECK(std::equal(octets.begin(), octets.end(), request.begin(), request.end()));
  }
  CHECK(run.counts().retransmitted == 2);
  CHECK(run.counts().sent == 1);
  run.due_at(run.now + 100 * kMs);
  CHECK(run.counts().lost == 1);
  CHECK(run.engine->peers().front().path() == Path::down);

  // An answer to a repeated request has no round trip time: nobody knows to which attempt.
  run.due_at(2 * kSecond);
  const auto again = run.due_at(2 * kSecond + 100 * kMs).front();
  run.receive(run.answer_of(again, 1));
  CHECK(run.counts().answered == 1);
  CHECK(run.engine->peers().front().rtt().count() == 0);
  CHECK(run.engine->peers().front().path() == Path::up);
  CHECK(run.recorder.count(Event::Kind::path_down) == 1);
  CHECK(run.recorder.count(Event::Kind::path_up) == 1);
}

TEST_CASE("a request that is lost while others are answered does not take the path down") {
  Settings settings = gtpv1(4);
  settings.interval_ns = 100 * kMs;
  settings.timeout_ns = 150 * kMs;
  settings.attempts = 2;
  Run run(settings);
  const auto path = [&] { return run.engine->peers().front().path(); };
  const std::uint64_t start = run.now;
  run.receive(run.answer_of(run.due().front(), 1));
  CHECK(run.due_at(start + 100 * kMs).size() == 1);  // the second, never answered
  const auto third = run.due_at(start + 200 * kMs);
  run.now += kMs;
  run.receive(run.answer_of(third.front(), 1));
  run.due_at(start + 250 * kMs);
  run.due_at(start + 300 * kMs);  // the fourth, never answered
  run.due_at(start + 400 * kMs);
  CHECK(run.counts().lost == 1);
  CHECK(path() == Path::up);
  // Nothing came since the fourth was sent.
  run.due_at(start + 450 * kMs);
  CHECK(path() == Path::up);
  run.due_at(start + 600 * kMs);
  CHECK(run.counts().lost == 2);
  CHECK(path() == Path::down);
  CHECK(run.recorder.count(Event::Kind::path_up) == 1);
  CHECK(run.recorder.count(Event::Kind::path_down) == 1);
}

TEST_CASE("the next version is tried on refusal, on silence and on ICMP") {
  Settings settings;
  settings.dialects = {Dialect::gtpv2, Dialect::gtpv1_c, Dialect::gtpv0, Dialect::gtpv1_u};
  settings.count = 1;
  Run run(settings);
  run.due();
  // Version Not Supported; the peer speaks GTPv1.
  const std::vector<std::byte> refusal = {
      std::byte{0x32}, std::byte{3}, {}, std::byte{4}, {}, {}, {}, {}, {}, {}, {}, {}};
  run.receive(refusal);
  CHECK(run.engine->peers().front().highest_version() == std::uint8_t{1});
  CHECK(run.engine->peers().front().dialect() == Dialect::gtpv1_c);
  REQUIRE(run.due().size() == 1);
  run.due_at(run.now + 2 * kSecond);
  CHECK(run.engine->peers().front().dialect() == Dialect::gtpv0);
  CHECK(run.counts().sent == 0);
  IcmpError unreachable;
  unreachable.destination = run.engine->peers().front().target().address;
  unreachable.port = 3386;
  unreachable.type = 3;
  unreachable.code = 3;
  run.engine->receive(unreachable, run.now);
  const auto packet = run.due();
  REQUIRE(packet.size() == 1);
  CHECK(packet.front().port == 2152);
  run.receive(run.answer_of(packet.front(), 0));
  CHECK(run.counts().sent == 1);
  CHECK(run.counts().answered == 1);
  CHECK(run.counts().probes == 3);
  CHECK(run.engine->peers().front().settled());
  CHECK(run.recorder.count(Event::Kind::fallback) == 3);
  CHECK(run.engine->done());
}

TEST_CASE("a peer that speaks nothing is one lost request, not four") {
  Settings settings;
  settings.dialects = {Dialect::gtpv2, Dialect::gtpv1_c};
  settings.count = 1;
  Run run(settings);
  run.due();
  run.due_at(4 * kSecond);
  run.due_at(8 * kSecond);
  CHECK(run.counts().sent == 1);
  CHECK(run.counts().lost == 1);
  CHECK(run.engine->done());
}

TEST_CASE("restarts are seen on the control plane only") {
  for (const Dialect dialect : {Dialect::gtpv1_c, Dialect::gtpv1_u}) {
    Settings settings = gtpv1(3);
    settings.dialects = {dialect};
    Run run(settings);
    int counter = 255;
    for (const unsigned second : {1U, 2U, 3U}) {
      const auto packet = run.due_at(second * kSecond).front();
      run.receive(run.answer_of(packet, counter++ & 0xff));
    }
    CHECK(run.counts().restarts == (dialect == Dialect::gtpv1_c ? 2U : 0U));
    CHECK(run.recorder.count(Event::Kind::restarted) == (dialect == Dialect::gtpv1_c ? 2 : 0));
  }
}

TEST_CASE("a window keeps so many requests under way and no more") {
  Settings settings = gtpv1(1000);
  settings.window = 8;
  Run run(settings);
  auto packets = run.due();
  CHECK(packets.size() == 8);
  CHECK(run.due().empty());
  const auto first = run.answer_of(packets[0], 1);
  const auto second = run.answer_of(packets[1], 1);
  run.outbox.clear();
  run.receive(first);
  run.receive(second);
  CHECK(run.due().size() == 2);
}

TEST_CASE("a lost request does not stop a flood, and its number is not used twice") {
  Settings settings = gtpv1(200'000);
  settings.window = 4;
  settings.timeout_ns = 3600 * kSecond;
  Run run(settings);
  std::vector<std::byte> held;
  std::uint64_t answered = 0;
  while (answered < 150'000) {
    const auto packets = run.due();
    REQUIRE_FALSE(packets.empty());
    std::vector<std::vector<std::byte>> answers;
    for (const auto& packet : packets) {
      if (packet.ticket.number != 100) answers.push_back(run.answer_of(packet, 1));
    }
    for (const auto& answer : answers) run.receive(answer);
    answered += answers.size();
  }
  CHECK(run.counts().lost == 1);
  CHECK(run.counts().duplicate == 0);
  CHECK(run.counts().reordered == 0);
  run.check_sum();
}

TEST_CASE("what the system refuses to send is not sent") {
  Run run(gtpv1(2));
  const auto packet = run.due().front();
  run.engine->not_sent(packet.ticket, 105, run.now);
  CHECK(run.counts().sent == 0);
  CHECK(run.counts().not_sent == 1);
  const auto next = run.due_at(2 * kSecond).front();
  run.receive(run.answer_of(next, 1));
  CHECK(run.engine->done());
  const Summary summary = sum_up(*run.engine, {}, 0, kSecond, false);
  CHECK(summary.status == 3);
}

TEST_CASE("a deadline ends the run; what is in flight is not lost") {
  Settings settings = gtpv1(10);
  settings.deadline_ns = 1500 * kMs;
  Run run(settings);
  run.receive(run.answer_of(run.due().front(), 1));
  run.due_at(2 * kSecond);
  CHECK(run.engine->next_due_ns(run.now) == kSecond + 1500 * kMs);
  run.due_at(kSecond + 1500 * kMs);
  CHECK(run.engine->done());
  CHECK(run.counts().in_flight() == 1);
  CHECK(sum_up(*run.engine, {}, 0, 0, false).status == 0);
}

TEST_CASE("the exit status") {
  const auto run_of = [](int answered, int of, int recovery_step) {
    auto run = std::make_unique<Run>(gtpv1(static_cast<std::uint64_t>(of)));
    for (int i = 0; i < of; ++i) {
      const auto packet = run->due_at(static_cast<std::uint64_t>(i + 1) * kSecond).front();
      if (i < answered) run->receive(run->answer_of(packet, 10 + i * recovery_step));
    }
    run->due_at(1000 * kSecond);
    return run;
  };
  const auto status = [](const Run& run, const Limits& limits, std::uint64_t overflowed = 0) {
    return sum_up(*run.engine, limits, overflowed, 0, false).status;
  };
  CHECK(status(*run_of(4, 4, 0), {}) == 0);
  CHECK(status(*run_of(3, 4, 0), {}) == 1);
  CHECK(status(*run_of(3, 4, 0), {0.25, false}) == 0);
  CHECK(status(*run_of(3, 4, 0), {0.2, false}) == 1);
  CHECK(status(*run_of(0, 4, 0), {1, false}) == 1);
  CHECK(status(*run_of(4, 4, 1), {}) == 0);
  CHECK(status(*run_of(4, 4, 1), {0, true}) == 5);
  // Our own loss is not the path's, and nothing to rely on.
  CHECK(status(*run_of(3, 4, 0), {}, 1) == 3);
}

TEST_CASE("many hosts are asked one after another") {
  Settings settings = gtpv1(1);
  Run run(settings, 50);
  CHECK(run.due().size() == 1);
  CHECK(run.due_at(kSecond + 100 * kMs).size() == 10);
  CHECK(run.due_at(kSecond + 490 * kMs).size() == 39);
}
