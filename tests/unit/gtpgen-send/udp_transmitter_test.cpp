// SPDX-License-Identifier: GPL-2.0-or-later
//
// Over the loopback interface, which segments like a device.
#include "gtpgen/transmit/udp_transmitter.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <vector>

#include "gtpgen/transmit/udp_socket.hpp"

namespace gtp::gen {
namespace {

const IpAddress kLoopback = *IpAddress::parse("127.0.0.1");

struct Receiver {
  Fd fd;
  Endpoint at;
};

Receiver receiver() {
  auto fd = bind_udp({{kLoopback, 0}, false, false});
  REQUIRE(fd.ok());
  const Endpoint at = local_endpoint(fd->value());
  return {*std::move(fd), at};
}

// Frames of [length] octets; the first octet counts, the others are [fill].
std::vector<std::byte> frames(std::uint32_t count, std::uint32_t length, std::uint8_t fill) {
  std::vector<std::byte> octets(std::size_t{count} * length, std::byte{fill});
  for (std::uint32_t i = 0; i < count; ++i) octets[std::size_t{i} * length] = static_cast<std::byte>(i);
  return octets;
}

std::vector<std::vector<std::byte>> take_all(const Receiver& from) {
  std::vector<std::vector<std::byte>> datagrams;
  std::vector<std::byte> room(70'000);
  while (true) {
    const ssize_t n = ::recv(from.fd.value(), room.data(), room.size(), MSG_DONTWAIT);
    if (n < 0) return datagrams;
    datagrams.emplace_back(room.begin(), room.begin() + n);
  }
}

void check_arrival(bool segment, std::uint32_t calls) {
  const Receiver peer = receiver();
  UdpOptions options;
  options.destination = peer.at;
  options.segment = segment;
  auto opened = UdpTransmitter::open(options);
  REQUIRE(opened.ok());
  UdpTransmitter& transmitter = **opened;
  CHECK(transmitter.outer().source == kLoopback);
  const auto small = frames(40, 100, 0xaa);
  const auto large = frames(3, 900, 0xbb);
  const std::array runs = {FrameRun{small.data(), 100, 40, nullptr}, FrameRun{large.data(), 900, 3, nullptr}};
  const SendResult result = transmitter.send(runs);
  CHECK(result.accepted == 43);
  CHECK(result.error == 0);
  CHECK(transmitter.counts().calls == calls);
  const auto datagrams = take_all(peer);
  REQUIRE(datagrams.size() == 43);
  for (std::size_t i = 0; i < 43; ++i) {
    CHECK(datagrams[i].size() == (i < 40 ? 100 : 900));
    CHECK(datagrams[i][0] == static_cast<std::byte>(i < 40 ? i : i - 40));
    CHECK(datagrams[i].back() == std::byte{i < 40 ? std::uint8_t{0xaa} : std::uint8_t{0xbb}});
  }
}

TEST_CASE("segmented or not, the same datagrams arrive, by one system call") {
  check_arrival(true, 1);
  check_arrival(false, 1);
}

TEST_CASE("a run that is larger than a message is cut") {
  const Receiver peer = receiver();
  UdpOptions options;
  options.destination = peer.at;
  auto opened = UdpTransmitter::open(options);
  REQUIRE(opened.ok());
  const auto octets = frames(64, 1400, 1);
  const FrameRun run{octets.data(), 1400, 64, nullptr};
  CHECK((*opened)->send(std::span(&run, 1)).accepted == 64);
  CHECK(take_all(peer).size() == 64);
}

TEST_CASE("runs have destinations of their own") {
  const Receiver one = receiver();
  const Receiver two = receiver();
  UdpOptions options;
  options.local = {kLoopback, 0};
  auto opened = UdpTransmitter::open(options);
  REQUIRE(opened.ok());
  const auto octets = frames(10, 50, 1);
  const SocketAddress to_one(one.at);
  const SocketAddress to_two(two.at);
  const std::array runs = {FrameRun{octets.data(), 50, 10, &to_one}, FrameRun{octets.data(), 50, 1, &to_two}};
  CHECK((*opened)->send(runs).accepted == 11);
  CHECK(take_all(one).size() == 10);
  CHECK(take_all(two).size() == 1);
}

TEST_CASE("ICMP errors are counted with their sender and stop nothing") {
  Endpoint closed;
  {
    const Receiver gone = receiver();
    closed = gone.at;
  }
  UdpOptions options;
  options.destination = closed;
  auto opened = UdpTransmitter::open(options);
  REQUIRE(opened.ok());
  const auto octets = frames(1, 50, 1);
  const FrameRun run{octets.data(), 50, 1, nullptr};
  for (int i = 0; i < 3; ++i) CHECK((*opened)->send(std::span(&run, 1)).accepted == 1);
  (*opened)->drain_errors();
  REQUIRE((*opened)->counts().icmp.size() == 1);
  const IcmpError& error = (*opened)->counts().icmp.front();
  CHECK(error.count == 3);
  CHECK(error.from == kLoopback);
  CHECK(describe(error) == "ICMP port unreachable from 127.0.0.1");
}

TEST_CASE("an address that is taken, or not ours, says so") {
  const Receiver taken = receiver();
  UdpOptions options;
  options.local = taken.at;
  options.destination = {kLoopback, 2152};
  const auto in_use = UdpTransmitter::open(options);
  REQUIRE_FALSE(in_use.ok());
  CHECK(in_use.error().system == EADDRINUSE);
  CHECK_FALSE(in_use.error().hint.empty());

  options.local = {*IpAddress::parse("192.0.2.77"), 0};
  const auto foreign = UdpTransmitter::open(options);
  REQUIRE_FALSE(foreign.ok());
  CHECK(foreign.error().system == EADDRNOTAVAIL);
  CHECK(foreign.error().code == ErrorCode::usage);
}

TEST_CASE("a frame that fits into no packet is an error, not a fragment") {
  const Receiver peer = receiver();
  UdpOptions options;
  options.destination = peer.at;
  auto opened = UdpTransmitter::open(options);
  REQUIRE(opened.ok());
  CHECK((*opened)->path_mtu() > 1500);
  const auto octets = frames(1, 65'520, 1);
  const FrameRun run{octets.data(), 65'520, 1, nullptr};
  const SendResult result = (*opened)->send(std::span(&run, 1));
  CHECK(result.accepted == 0);
  CHECK(result.error == EMSGSIZE);
}

TEST_CASE("the interface of an address") {
  CHECK(interface_of(kLoopback) == "lo");
  CHECK(interface_of(*IpAddress::parse("192.0.2.77")).empty());
}

}  // namespace
}  // namespace gtp::gen
