// SPDX-License-Identifier: GPL-2.0-or-later
#include "libcommon/netlink/sock_diag.hpp"

#include <catch2/catch.hpp>

#include "tests/unit/netlink/fake_transport.hpp"

using namespace gtp;
using namespace gtp::netlink;
using gtp::netlink::test::FakeTransport;
using gtp::netlink::test::Octets;
using gtp::netlink::test::Wire;

namespace {

Octets padded(const IpAddress& address) {
  Octets out(address.octets().begin(), address.octets().end());
  out.resize(16);
  return out;
}

// struct inet_diag_msg: ports in network order, addresses in 16 octets each.
Wire socket_message(unsigned family, const IpAddress& local, const IpAddress& peer) {
  Wire wire;
  wire.put(static_cast<std::uint8_t>(family)).put(std::uint8_t{7}).zeros(2);
  wire.put(std::byte{0x08}).put(std::byte{0x68}).zeros(2);  // 2152
  wire.raw(padded(local)).raw(padded(peer)).put(std::uint32_t{3}).zeros(8).zeros(4);
  return wire.put(std::uint32_t{4096}).put(std::uint32_t{1}).put(std::uint32_t{1000}).put(std::uint32_t{99123});
}

}  // namespace

TEST_CASE("a socket, its queue, its memory and its drops", "[netlink]") {
  Wire wire = socket_message(2, IpAddress::v4(0xac1f0001), IpAddress::v4(0));
  Wire memory;
  for (std::uint32_t i = 0; i < 9; ++i) memory.put((i + 1) * 100);
  wire.attribute(7, memory.view());
  Message message;
  message.payload = wire.view();
  UdpSocket socket;
  REQUIRE(decode_udp_socket(message, socket));
  CHECK(socket.version == 4);
  CHECK(socket.local.text() == "172.31.0.1");
  CHECK(socket.local_port == 2152);
  CHECK(socket.peer.empty());
  CHECK(socket.link == 3);
  CHECK(socket.uid == 1000);
  CHECK(socket.inode == 99123);
  CHECK(socket.receive_queue_bytes == 4096);
  REQUIRE(socket.memory);
  CHECK(socket.memory->receive_bytes == 100);
  CHECK(socket.memory->receive_limit_bytes == 200);
  CHECK(socket.memory->backlog_bytes == 800);
  CHECK(socket.memory->drops == 900);
}

TEST_CASE("an IPv6 socket; answers that are cut", "[netlink]") {
  Message message;
  UdpSocket socket;
  const auto decode = [&](const Wire& wire) {
    message.payload = wire.view();
    return decode_udp_socket(message, socket);
  };
  REQUIRE(decode(
      socket_message(10, *IpAddress::parse("fd31::1"), *IpAddress::parse("fd31::2")).number<std::uint8_t>(11, 1)));
  CHECK(socket.v6_only);
  CHECK(socket.local.text() == "fd31::1");
  CHECK(socket.peer.text() == "fd31::2");
  CHECK_FALSE(socket.memory);
  CHECK(decode(socket_message(2, IpAddress::v4(0xac1f0001), {}).attribute(7, Octets(6))));
  CHECK(socket.memory->drops == 0);
  CHECK_FALSE(decode(socket_message(1, {}, {})));
  CHECK_FALSE(decode(Wire().zeros(71)));
  CHECK_FALSE(decode(socket_message(2, {}, {}).zeros(2)));
}

TEST_CASE("each family and port is asked for by itself", "[netlink]") {
  FakeTransport::Log log;
  Connection connection(std::make_unique<FakeTransport>(log));
  for (std::uint32_t i = 1; i <= 4; ++i) log.reply(test::done(i));
  constexpr std::uint16_t kPorts[] = {2152, 3386};
  CHECK(udp_sockets(connection, kPorts, [](const UdpSocket&) {}).ok());
  REQUIRE(log.sent.size() == 4);
  Wire asked;
  asked.put(std::uint8_t{10}).put(std::uint8_t{17}).put(std::uint8_t{64}).put(std::uint8_t{0});
  asked.put(~std::uint32_t{0}).put(std::byte{0x0d}).put(std::byte{0x3a}).zeros(46);
  CHECK(log.sent.at(3) == test::message(20, 0x301, 4, asked, 0));
  log.reply(test::answer(5, ENOENT));
  CHECK(udp_sockets(connection, {}, [](const UdpSocket&) {}).error().code == ErrorCode::unsupported);
}
