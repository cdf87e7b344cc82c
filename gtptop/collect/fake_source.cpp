// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtptop/collect/fake_source.hpp"

#include <algorithm>
#include <cmath>

#include "libcommon/util/hash.hpp"

namespace gtp::top {
namespace {

constexpr std::uint64_t kSecond = 1'000'000'000;
constexpr std::uint32_t kFirstLink = 7;
constexpr std::uint64_t kSlice = 256;
constexpr std::uint32_t kDeadPeer = 5;
constexpr std::uint32_t kLossyPeer = 3;

double share(std::uint64_t number, std::uint64_t salt) {
  return static_cast<double>(mix64(number ^ mix64(salt)) >> 11) / 9007199254740992.0;
}

// What flows in [seconds] at a rate that goes up and down around [rate] with this period.
double flowed(double rate, double seconds, double period, double phase) {
  const double angle = 6.283185307179586 / period;
  return rate * (seconds + 0.6 / angle * (std::cos(phase) - std::cos(angle * seconds + phase)));
}

// Numbers and TEIDs belong together both ways.
constexpr std::uint32_t kFactor = 0x9e3779b1;
constexpr std::uint32_t inverse(std::uint32_t odd) {
  std::uint32_t x = odd;
  for (int i = 0; i < 5; ++i) x *= 2 - odd * x;
  return x;
}
constexpr std::uint32_t kInverse = inverse(kFactor);
static_assert(kFactor * kInverse == 1);
constexpr std::uint32_t teid_of(std::uint64_t number) { return static_cast<std::uint32_t>(number + 1) * kFactor; }
constexpr std::uint64_t number_of(std::uint64_t teid) { return static_cast<std::uint32_t>(teid) * kInverse - 1U; }

}  // namespace

FakeSource::FakeSource(const FakeNetwork& network, Clock clock)
    : network_(network),
      clock_(std::move(clock)),
      info_{"upf-3", "default", network.counters ? "generated" : "generated, without counters", true},
      start_ns_(clock_()) {
  network_.peers = std::max(network_.peers, 1U);
}

Capabilities FakeSource::capabilities() const {
  const Origin origin = network_.counters ? Origin::module : Origin::none;
  return {origin, origin, origin, origin, true, true, true, true};
}

std::uint64_t FakeSource::first() const { return (clock_() - start_ns_) / 1'000'000 * network_.churn_per_s / 1000; }

IpAddress FakeSource::peer_address(std::uint32_t number) const {
  if (number % 8 == 6) {
    return *IpAddress::parse("2001:db8:3::" + std::to_string(number + 10));
  }
  return IpAddress::v4(0xc0000200U + number / 200 * 256 + number % 200 + 10);
}

std::uint32_t FakeSource::peer_of(std::uint64_t number) const {
  const double u = share(number, 1);
  return std::min(network_.peers - 1, static_cast<std::uint32_t>(u * u * network_.peers));
}

TunnelSample FakeSource::sample(std::uint64_t number) const {
  TunnelSample sample;
  const bool v0 = number % 211 == 5;
  const bool v6 = !v0 && number % 37 == 3;
  sample.key.link = kFirstLink + (number % 8 < 3 ? 1 : 0);
  sample.key.version = v0 ? 0 : 1;
  sample.key.inner_v6 = v6 ? 1 : 0;
  const std::uint32_t teid = teid_of(number);
  sample.key.id = v0 ? 0x1001000000000000ULL | teid : teid;
  if (v0) {
    sample.flow = static_cast<std::uint16_t>(number % 65535);
  } else {
    sample.o_tei = static_cast<std::uint32_t>(mix64(number));
  }
  if (v6) {
    std::array<std::byte, 16> octets{};
    const std::uint64_t prefix = 0x20010db800450000ULL + number;
    for (std::size_t i = 0; i < 8; ++i) octets[i] = static_cast<std::byte>(prefix >> (56 - 8 * i));
    sample.ms = IpAddress::from(octets);
  } else {
    sample.ms = IpAddress::v4(0x0a2d0000U + static_cast<std::uint32_t>(number & 0x1fffff));
  }
  sample.peer = peer_address(peer_of(number));
  if (number % 5 == 0) sample.qfi = static_cast<std::uint8_t>(1 + number % 9);
  if (!network_.counters) return sample;

  const std::uint64_t now = clock_();
  const double seconds = static_cast<double>(now - start_ns_) / 1e9 + 600;
  const double u = share(number, 2);
  const bool silent = u > 0.8 || (network_.trouble && peer_of(number) == kDeadPeer);
  const double dn = silent ? 0 : std::min(1.2e7, 250 / std::pow(u + 1e-5, 0.9));  // octets per second
  const double up = dn * (0.05 + 0.2 * share(number, 3));
  const double period = 20 + 40 * share(number, 4);
  const double phase = 6.28 * share(number, 5);
  TunnelCounters counters;
  counters.dn_bytes = static_cast<std::uint64_t>(flowed(dn, seconds, period, phase));
  counters.up_bytes = static_cast<std::uint64_t>(flowed(up, seconds, period, phase));
  counters.dn_packets = counters.dn_bytes / 900;
  counters.up_packets = counters.up_bytes / 220;
  if (silent) counters.up_packets = number % 7, counters.up_bytes = counters.up_packets * 84;
  sample.counters = counters;
  sample.drops = static_cast<std::uint32_t>(number % 97 == 6 ? seconds * 2 : 0);
  const std::uint64_t idle = silent ? 60 + number % 4000 : number % 13 == 0 ? 3 : 0;
  sample.seen_s = now / kSecond - idle;
  sample.created_s = start_ns_ / kSecond - 600 - number % 86400;
  return sample;
}

void FakeSource::read_churn(Receiver& receiver) {
  const std::uint64_t now_first = first();
  for (; told_first_ < now_first; ++told_first_) {
    Event event;
    event.time_ns = clock_();
    const TunnelSample old = sample(told_first_);
    const TunnelSample fresh = sample(told_first_ + network_.tunnels);
    event.kind = EventKind::tunnel_removed;
    event.key = old.key;
    event.o_tei = old.o_tei;
    event.ms = old.ms;
    event.peer = old.peer;
    event.asker_port = 4711;
    receiver.event(event);
    receiver.tunnel_gone(old.key);
    event.kind = EventKind::tunnel_added;
    event.key = fresh.key;
    event.o_tei = fresh.o_tei;
    event.ms = fresh.ms;
    event.peer = fresh.peer;
    receiver.event(event);
    receiver.tunnel(fresh);
  }
}

void FakeSource::read_echoes(Receiver& receiver) {
  const std::uint64_t now = clock_();
  std::erase_if(echoes_, [&](const Echo& echo) {
    if (now < echo.sent_ns + echo.rtt_ns) return false;
    Event event;
    event.time_ns = echo.sent_ns + echo.rtt_ns;
    event.kind = EventKind::echo_response;
    event.peer = peer_address(echo.peer);
    event.rtt_ns = echo.rtt_ns;
    receiver.event(event);
    return true;
  });
}

Result<bool> FakeSource::read_events(Receiver& receiver) {
  read_churn(receiver);
  read_echoes(receiver);
  return false;
}

Result<void> FakeSource::read_links(Receiver& receiver) {
  const double seconds = static_cast<double>(clock_() - start_ns_) / 1e9 + 600;
  for (std::uint32_t i = 0; i < 2; ++i) {
    const bool bad = network_.trouble && i == 1;
    LinkRow link;
    link.index = kFirstLink + i;
    link.name = "gtp" + std::to_string(i);
    link.up = true;
    link.sockets = i == 0 ? "0.0.0.0:2152 0.0.0.0:3386" : "[::]:2152 [::]:3386";
    link.mtu = i == 0 ? 1452 : 1432;
    link.buckets = bad ? 1024 : 131'071;
    link.restart_count = i == 0 ? 12 : 0;
    LinkCounters counters;
    const double scale = static_cast<double>(network_.tunnels) * (i == 0 ? 5 : 3) / 8;
    counters.dn_bytes = static_cast<std::uint64_t>(flowed(2300 * scale, seconds, 45, 0));
    counters.up_bytes = static_cast<std::uint64_t>(flowed(520 * scale, seconds, 45, 1));
    counters.dn_packets = counters.dn_bytes / 900;
    counters.up_packets = counters.up_bytes / 220;
    counters.tx_errors = bad ? static_cast<std::uint64_t>(seconds * 3) : 0;
    counters.no_route = bad ? static_cast<std::uint64_t>(seconds) : 0;
    counters.no_tunnel = bad ? static_cast<std::uint64_t>(seconds * 11) : 0;
    link.counters = counters;
    link.receive_queue_bytes = bad ? 212'992 : 0;
    link.receive_limit_bytes = 212'992;
    link.socket_drops = bad ? static_cast<std::uint64_t>(seconds * 11) : 0;
    receiver.link(link);
  }
  return {};
}

Result<void> FakeSource::read_tunnel(const TunnelKey& key, Receiver& receiver) {
  // Of all numbers with these 32 bits only one can be alive, as long as there are fewer tunnels than that.
  const std::uint64_t low = number_of(key.id);
  const std::uint64_t number = low + (low < first() ? std::uint64_t{1} << 32 : 0);
  if (alive(number) && sample(number).key == key) {
    receiver.tunnel(sample(number));
  } else {
    receiver.tunnel_gone(key);
  }
  return {};
}

Result<void> FakeSource::begin_sweep() {
  sweep_at_ = first();
  sweep_end_ = sweep_at_ + network_.tunnels;
  return {};
}

Result<Source::Slice> FakeSource::sweep_slice(Receiver& receiver) {
  Slice slice;
  const std::uint64_t end = std::min(sweep_end_, sweep_at_ + kSlice);
  for (; sweep_at_ < end; ++sweep_at_) {
    if (!alive(sweep_at_)) continue;
    receiver.tunnel(sample(sweep_at_));
    ++slice.tunnels;
  }
  slice.done = sweep_at_ == sweep_end_;
  return slice;
}

Result<void> FakeSource::read_detail(TunnelDetail& detail) {
  if (!network_.counters) return {};
  detail.created_ns = start_ns_ - 600 * kSecond - number_of(detail.row.key.id) % 86400 * kSecond;
  detail.up_idle_ms = detail.row.idle_s.value_or(0) * 1000;
  detail.dn_idle_ms = detail.row.idle_s.value_or(0) * 1000;
  detail.drops = {{"dropped: wrong MS address", detail.row.drops.value_or(0)}, {"dropped: too big", 0}};
  return {};
}

Result<void> FakeSource::send_echo(const IpAddress& peer) {
  for (std::uint32_t number = 0; number < network_.peers; ++number) {
    if (peer_address(number) != peer) continue;
    const std::uint64_t count = echo_count_++;
    if (network_.trouble && number == kDeadPeer) return {};
    if (network_.trouble && number == kLossyPeer && count % 5 < 2) return {};
    const std::uint64_t base = network_.trouble && number == kLossyPeer ? 31'000'000 : 400'000;
    echoes_.push_back({number, clock_(), base + mix64(count ^ number) % (base / 2)});
  }
  return {};
}

}  // namespace gtp::top
