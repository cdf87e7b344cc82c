// SPDX-License-Identifier: GPL-2.0-or-later
#include "libcommon/netlink/connection.hpp"

#include <catch2/catch.hpp>

#include "libcommon/netlink/batch.hpp"
#include "libcommon/netlink/event_socket.hpp"
#include "tests/unit/netlink/fake_transport.hpp"

using namespace gtp;
using namespace gtp::netlink;
using gtp::netlink::test::FakeTransport;
using gtp::netlink::test::Octets;
using gtp::netlink::test::Wire;

namespace {

struct Kernel {
  FakeTransport::Log log;
  Connection connection{std::make_unique<FakeTransport>(log)};
};

template <typename T>
T field(const Octets& octets, std::size_t at) {
  T value{};
  REQUIRE(load_native(Bytes(octets).subspan(at), value));
  return value;
}

const Wire kEntry = Wire().put(std::uint32_t{42});

}  // namespace

TEST_CASE("execute asks for an acknowledgement and waits for its own", "[netlink]") {
  Kernel kernel;
  kernel.log.reply(test::answer(77, ENOENT));                                        // of somebody's earlier request
  kernel.log.reply(test::message(2, 0, 1, Wire().put(std::int32_t{-EPERM}), 1234));  // to another port
  kernel.log.reply(test::answer(1, 0));
  Request request(30);
  CHECK(kernel.connection.execute(request).ok());
  REQUIRE(kernel.log.sent.size() == 1);
  CHECK(field<std::uint16_t>(kernel.log.sent[0], 6) == 5);  // REQUEST | ACK
  CHECK(field<std::uint32_t>(kernel.log.sent[0], 8) == 1);
}

TEST_CASE("an error has the kernel's words and its errno", "[netlink]") {
  Kernel kernel;
  Request request(30);
  kernel.log.reply(test::answer(1, EEXIST, "a tunnel of this TEID exists"));
  const Result<void> exists = kernel.connection.execute(request);
  REQUIRE_FALSE(exists.ok());
  CHECK(exists.error().system == EEXIST);
  CHECK(exists.error().code == ErrorCode::failed);
  CHECK(exists.error().what == "a tunnel of this TEID exists: File exists");

  kernel.log.reply(test::answer(2, EPERM));
  const Result<void> denied = kernel.connection.execute(request);
  CHECK(denied.error().code == ErrorCode::permission);
  CHECK(denied.error().what == "Operation not permitted");

  kernel.log.reply(test::answer(3, EOPNOTSUPP));
  CHECK(kernel.connection.execute(request).error().code == ErrorCode::unsupported);
  CHECK(context(denied.error(), "gtp0").what == "gtp0: Operation not permitted");
}

TEST_CASE("an error that quotes the whole request is understood", "[netlink]") {
  // Kernels before 4.12, or without NETLINK_CAP_ACK: header and payload of the request, then the attributes.
  Wire payload;
  payload.put(std::int32_t{-EINVAL}).put(std::uint32_t{22}).zeros(12).zeros(8);
  payload.number<std::uint32_t>(2, 16).text(1, "VERSION missing");
  Kernel kernel;
  kernel.log.reply(test::message(2, 0x200, 1, payload));
  Request request(30);
  CHECK(kernel.connection.execute(request).error().what == "VERSION missing: Invalid argument");
}

TEST_CASE("an error message that lies is an error all the same", "[netlink]") {
  Kernel kernel;
  Request request(30);
  SECTION("without a code") { kernel.log.reply(test::message(2, 0, 1, Wire().zeros(3))); }
  SECTION("with a code that is no errno") {
    kernel.log.reply(test::message(2, 0, 1, Wire().put(std::int32_t{-1'000'000})));
  }
  SECTION("quoting a request that is longer than the message") {
    kernel.log.reply(test::message(2, 0x200, 1, Wire().put(std::int32_t{-EINVAL}).put(std::uint32_t{0xfffffff0})));
    CHECK(kernel.connection.execute(request).error().system == EINVAL);
    return;
  }
  SECTION("cut short") {
    Octets cut = test::answer(1, 0);
    cut.resize(18);
    kernel.log.reply(cut);
  }
  CHECK(kernel.connection.execute(request).error().code == ErrorCode::protocol);
}

TEST_CASE("a query has one answer", "[netlink]") {
  Kernel kernel;
  Request request(30);
  unsigned visits = 0;
  std::uint32_t value = 0;
  const auto visitor = [&](const Message& message) {
    ++visits;
    load_native(message.payload, value);
  };
  kernel.log.reply(test::message(30, 0, 1, kEntry));
  kernel.log.reply(test::answer(1, 0));
  CHECK(kernel.connection.query(request, visitor).ok());
  CHECK(visits == 1);
  CHECK(value == 42);
  kernel.log.reply(test::answer(2, 0));
  CHECK(kernel.connection.query(request, visitor).error().code == ErrorCode::protocol);
  kernel.log.reply(test::answer(3, ENOENT));
  CHECK(kernel.connection.query(request, visitor).error().system == ENOENT);
}

TEST_CASE("a dump goes on to its end and says when it was interrupted", "[netlink]") {
  Kernel kernel;
  Request request(30);
  unsigned visits = 0;
  const auto count = [&](const Message&) { ++visits; };
  kernel.log.reply(test::operator+(test::message(30, 2, 1, kEntry), test::message(30, 2, 1, kEntry)));
  kernel.log.reply(test::message(30, 2, 9, kEntry));  // not of this dump
  SECTION("undisturbed") {
    kernel.log.reply(test::operator+(test::message(30, 2, 1, kEntry), test::done(1)));
    const auto result = kernel.connection.dump(request, count);
    REQUIRE(result.ok());
    CHECK(result->messages == 3);
    CHECK_FALSE(result->interrupted);
    CHECK(visits == 3);
    CHECK(field<std::uint16_t>(kernel.log.sent[0], 6) == 0x301);
  }
  SECTION("changes on the way") {
    kernel.log.reply(test::operator+(test::message(30, 0x12, 1, kEntry), test::done(1)));
    CHECK(kernel.connection.dump(request, count)->interrupted);
  }
  SECTION("only its end is marked") {
    kernel.log.reply(test::message(3, 0x12, 1, Wire().put(std::int32_t{0})));
    CHECK(kernel.connection.dump(request, count)->interrupted);
  }
  SECTION("it fails at the end") {
    kernel.log.reply(test::done(1, EMSGSIZE));
    CHECK(kernel.connection.dump(request, count).error().system == EMSGSIZE);
  }
  SECTION("it is read a datagram at a time") {
    kernel.log.reply(test::done(1));
    REQUIRE(kernel.connection.begin_dump(request).ok());
    CHECK(*kernel.connection.read_dump(count));
    CHECK(visits == 2);
    CHECK(*kernel.connection.read_dump(count));
    CHECK_FALSE(*kernel.connection.read_dump(count));
    CHECK(kernel.connection.dump_result().messages == 2);
  }
  SECTION("the socket fails") {
    kernel.log.fail(ENOBUFS);
    CHECK(kernel.connection.dump(request, count).error().system == ENOBUFS);
  }
}

TEST_CASE("a batch is one datagram with one acknowledgement, and failures find their request", "[netlink]") {
  Kernel kernel;
  std::vector<std::pair<std::uint64_t, int>> failed;
  const auto collect = [&](std::uint64_t request, const Error& error) { failed.emplace_back(request, error.system); };
  Batch batch(kernel.connection, collect);
  for (int i = 0; i < 3; ++i) {
    Request request(30);
    request.u8(1, 1);
    REQUIRE(batch.add(request).ok());
  }
  CHECK(kernel.log.sent.empty());
  // The answers may come in several datagrams; the last request's is the end.
  kernel.log.reply(test::answer(1, EEXIST, "taken"));
  kernel.log.reply(test::operator+(test::answer(2, EPERM), test::answer(3, 0)));
  REQUIRE(batch.flush().ok());
  REQUIRE(kernel.log.sent.size() == 1);
  const Octets& sent = kernel.log.sent[0];
  REQUIRE(sent.size() == std::size_t{3} * 24);
  CHECK(field<std::uint16_t>(sent, 6) == 1);       // REQUEST
  CHECK(field<std::uint16_t>(sent, 24 + 6) == 1);  // REQUEST
  CHECK(field<std::uint16_t>(sent, 48 + 6) == 5);  // REQUEST | ACK
  CHECK(failed == std::vector<std::pair<std::uint64_t, int>>{{0, EEXIST}, {1, EPERM}});

  // The next datagram counts on; its last request may be the one that fails.
  Request request(30);
  REQUIRE(batch.add(request).ok());
  kernel.log.reply(test::answer(4, ENOENT));
  REQUIRE(batch.flush().ok());
  CHECK(failed.back() == std::pair<std::uint64_t, int>{3, ENOENT});
  CHECK(batch.requests() == 4);
  CHECK(batch.failures() == 3);
  CHECK(batch.flush().ok());
  CHECK(kernel.log.sent.size() == 2);
}

TEST_CASE("a full batch goes by itself; answers that got lost are an error", "[netlink]") {
  Kernel kernel;
  const auto ignore = [](std::uint64_t, const Error&) {};
  Batch batch(kernel.connection, ignore);
  kernel.log.reply(test::answer(Batch::kRequests, 0));
  for (std::size_t i = 0; i <= Batch::kRequests; ++i) {
    Request request(30);
    REQUIRE(batch.add(request).ok());
  }
  CHECK(kernel.log.sent.size() == 1);
  kernel.log.fail(ENOBUFS);
  CHECK(batch.flush().error().system == ENOBUFS);
}

TEST_CASE("events: a flood is told, and bounded", "[netlink]") {
  FakeTransport::Log log;
  EventSocket events(std::make_unique<FakeTransport>(log), -1);
  unsigned visits = 0;
  const auto count = [&](const Message&) { ++visits; };
  CHECK(events.read(count)->messages == 0);

  log.reply(test::message(30, 0, 0, kEntry, 0));
  log.fail(ENOBUFS);
  log.reply(test::operator+(test::message(30, 0, 5, kEntry, 99), test::message(30, 0, 6, kEntry, 99)));
  auto read = events.read(count);
  REQUIRE(read.ok());
  CHECK(read->lost);
  CHECK_FALSE(read->more);
  CHECK(read->messages == 3);
  CHECK(visits == 3);

  log.reply(test::message(30, 0, 0, kEntry, 0));
  log.reply(test::message(30, 0, 0, kEntry, 0));
  read = events.read(count, 1);
  CHECK(read->more);
  CHECK_FALSE(read->lost);
  CHECK_FALSE(events.read(count)->more);
  log.fail(EBADF);
  CHECK_FALSE(events.read(count).ok());
}
