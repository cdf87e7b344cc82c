// SPDX-License-Identifier: GPL-2.0-or-later
//
// Rows of datagrams over real sockets on loopback: what ReplyQueue puts together, BatchReader takes apart.
#include <catch2/catch.hpp>
#include <netinet/in.h>
#include <netinet/udp.h>
#include <sys/socket.h>

#include <vector>

#include "gtpgen/receive/batch_reader.hpp"
#include "gtpgen/receive/socket_setup.hpp"
#include "gtpgen/reflect/reply_queue.hpp"
#include "tests/unit/gtpgen-receive/packets.hpp"

using namespace gtp::gen;
using namespace gtp::gen::test;

namespace {

struct Bound {
  gtp::Fd socket;
  SocketAddress address;
};

Bound bound(std::string_view where, bool aggregates) {
  auto socket = bind_udp({*parse_endpoint(where, {}), false, true});
  REQUIRE(socket.ok());
  const SocketFacts facts = prepare_socket(socket->value(), 1U << 20);
  CHECK(facts.stamps);
  if (!aggregates) {
    const int off = 0;
    ::setsockopt(socket->value(), IPPROTO_UDP, UDP_GRO, &off, sizeof off);
  }
  sockaddr_storage name{};
  socklen_t length = sizeof name;
  REQUIRE(::getsockname(socket->value(), static_cast<sockaddr*>(static_cast<void*>(&name)), &length) == 0);
  return {*std::move(socket), SocketAddress(&name, length)};
}

// Loopback delivers within the system call that sends.
std::vector<Octets> receive_all(const Bound& at, BatchReader& reader, const SocketAddress& from) {
  std::vector<Octets> out;
  while (true) {
    const auto messages = reader.read(at.socket.value());
    if (messages.empty()) return out;
    for (const auto& message : messages) {
      CHECK(message.from.same_as(from));
      CHECK(message.to == at.address.endpoint().address);
      for (std::size_t i = 0; i < message.count(); ++i) {
        const auto datagram = message.datagram(i);
        out.emplace_back(datagram.begin(), datagram.end());
      }
    }
  }
}

Octets filled(std::size_t length, int value) { return Octets(length, static_cast<std::byte>(value)); }

}  // namespace

TEST_CASE("datagrams arrive whole and in order, in rows or one by one, cut by the kernel or by us") {
  for (const char* where : {"127.0.0.1:0", "[::1]:0"}) {
    for (const bool rows : {false, true}) {
      for (const bool aggregates : {false, true}) {
        INFO(where << (rows ? " rows" : " single") << (aggregates ? " aggregated" : " apart"));
        const Bound sender = bound(where, false);
        const Bound receiver = bound(where, aggregates);
        // A row that ends with a shorter one, a single one, an empty one, and a row that is too long for one.
        std::vector<Octets> sent;
        for (int i = 0; i < 10; ++i) sent.push_back(filled(100, i));
        sent.push_back(filled(60, 10));
        sent.push_back(filled(200, 11));
        sent.push_back({});
        for (int i = 0; i < 100; ++i) sent.push_back(filled(900, i));

        ReplyQueue queue(rows);
        const gtp::IpAddress from = sender.address.endpoint().address;
        for (const Octets& datagram : sent) {
          if (queue.add(datagram, receiver.address, from)) continue;
          queue.flush(sender.socket.value());
          REQUIRE(queue.add(datagram, receiver.address, from));
        }
        queue.flush(sender.socket.value());
        CHECK(queue.packets() == sent.size());
        CHECK(queue.errors().empty());
        BatchReader reader;
        CHECK(receive_all(receiver, reader, sender.address) == sent);
      }
    }
  }
}

TEST_CASE("one system call and one message for a row") {
  const Bound sender = bound("127.0.0.1:0", false);
  const Bound receiver = bound("127.0.0.1:0", true);
  const Octets memory = filled(640, 7);
  ReplyQueue queue;
  for (std::size_t i = 0; i < 10; ++i) queue.add(gtp::Bytes(memory).subspan(i * 64, 64), receiver.address, {});
  queue.flush(sender.socket.value());
  CHECK(queue.calls() == 1);
  BatchReader reader;
  const auto messages = reader.read(receiver.socket.value());
  REQUIRE(messages.size() == 1);
  CHECK(messages[0].segment == 64);
  CHECK(messages[0].count() == 10);
}

TEST_CASE("what a full buffer drops is known") {
  const Bound sender = bound("127.0.0.1:0", false);
  const Bound receiver = bound("127.0.0.1:0", false);
  prepare_socket(receiver.socket.value(), 4096);
  const Octets datagram = filled(1000, 1);
  for (int i = 0; i < 100; ++i) {
    ReplyQueue queue(false);
    queue.add(datagram, receiver.address, {});
    queue.flush(sender.socket.value());
  }
  const auto drops = socket_drops(receiver.socket.value());
  REQUIRE(drops);
  BatchReader reader;
  CHECK(receive_all(receiver, reader, sender.address).size() + *drops == 100);
  CHECK(*drops > 0);
}

TEST_CASE("addresses and ports, as people write them") {
  const Endpoint otherwise{gtp::IpAddress::v4(0), 2152};
  const auto text = [&](std::string_view given) {
    const auto endpoint = parse_endpoint(given, otherwise);
    return endpoint.ok() ? text_of(*endpoint) : std::string("refused");
  };
  CHECK(text("192.0.2.1") == "192.0.2.1:2152");
  CHECK(text("192.0.2.1:7") == "192.0.2.1:7");
  CHECK(text(":7") == "0.0.0.0:7");
  CHECK(text("2001:db8::1") == "[2001:db8::1]:2152");
  CHECK(text("[2001:db8::1]:7") == "[2001:db8::1]:7");
  CHECK(text("[2001:db8::1]") == "[2001:db8::1]:2152");
  for (const char* wrong : {"", "192.0.2.1:", "192.0.2.1:65536", "host", "[::1", "[::1]7", "192.0.2.1:7x", "1.2.3"}) {
    INFO(wrong);
    CHECK(text(wrong) == "refused");
  }
}
