// SPDX-License-Identifier: GPL-2.0-or-later
//
// Requests and answers, against octets written from the specifications.
#include <catch2/catch.hpp>

#include <array>
#include <initializer_list>
#include <vector>

#include "gtpgen/echo/answer.hpp"
#include "gtpgen/echo/request.hpp"
#include "gtpgen/echo/restart.hpp"

using namespace gtp;
using namespace gtp::gen::echo;

namespace {

using Octets = std::vector<std::byte>;

Octets octets(std::initializer_list<int> values) {
  Octets out;
  for (const int value : values) out.push_back(static_cast<std::byte>(value));
  return out;
}

Octets request(Dialect dialect, std::uint32_t sequence_number, const RequestContent& content = {}) {
  std::array<std::byte, 2048> room{};
  ByteWriter out(room);
  write_request(out, dialect, sequence_number, content);
  REQUIRE_FALSE(out.overflowed());
  return {out.view().begin(), out.view().end()};
}

}  // namespace

TEST_CASE("an Echo Request has what its specification says and no more") {
  // TS 29.281, 7.2.1 and 5.1: S set, TEID 0, no Recovery.
  CHECK(request(Dialect::gtpv1_u, 0x1234) == octets({0x32, 1, 0, 4, 0, 0, 0, 0, 0x12, 0x34, 0, 0}));
  CHECK(request(Dialect::gtpv1_c, 0x1234) == octets({0x32, 1, 0, 4, 0, 0, 0, 0, 0x12, 0x34, 0, 0}));
  // TS 29.274, 5.3 and 7.1.1: no TEID, 24 bits, Recovery (type 3) mandatory.
  CHECK(request(Dialect::gtpv2, 0x123456) == octets({0x40, 1, 0, 9, 0x12, 0x34, 0x56, 0, 3, 0, 1, 0, 0}));
  RequestContent content;
  content.recovery = 7;
  content.node_features = 0x0b;
  CHECK(request(Dialect::gtpv2, 1, content) == octets({0x40, 1, 0, 14, 0, 0, 1, 0, 3, 0, 1, 0, 7, 152, 0, 1, 0, 0x0b}));
  // GSM 09.60, 6: twenty octets of header, spare ones set.
  CHECK(request(Dialect::gtpv0, 0x1234) ==
        octets({0x1e, 1, 0, 0, 0x12, 0x34, 0, 0, 0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0, 0, 0, 0, 0}));
  // TS 32.295, 6.1.1: six octets.
  CHECK(request(Dialect::prime_2, 0x1234) == octets({0x4e, 1, 0, 0, 0x12, 0x34}));
  CHECK(request(Dialect::prime_0, 0x1234) == octets({0x0f, 1, 0, 0, 0x12, 0x34}));
}

TEST_CASE("a sequence number is as wide as the dialect has it") {
  CHECK(request(Dialect::gtpv2, 0x1fffffe) == octets({0x40, 1, 0, 9, 0xff, 0xff, 0xfe, 0, 3, 0, 1, 0, 0}));
  CHECK(request(Dialect::gtpv1_u, 0x1fffe) == octets({0x32, 1, 0, 4, 0, 0, 0, 0, 0xff, 0xfe, 0, 0}));
}

TEST_CASE("a Private Extension makes a request as long as wanted") {
  RequestContent content;
  content.length = 20;
  CHECK(request(Dialect::gtpv1_u, 1, content) ==
        octets({0x32, 1, 0, 12, 0, 0, 0, 0, 0, 1, 0, 0, 255, 0, 5, 0x7e, 0xd9, 0, 0, 0}));
  for (const Dialect dialect : {Dialect::gtpv2, Dialect::gtpv1_c, Dialect::gtpv1_u, Dialect::gtpv0, Dialect::prime_2}) {
    const std::size_t least = shortest_padded_length(dialect, {});
    for (const std::size_t length : {least, least + 1, std::size_t{1472}}) {
      content.length = length;
      CHECK(request(dialect, 1, content).size() == length);
    }
    content.length = least - 1;  // cannot be made: no padding
    CHECK(request(dialect, 1, content).size() == plain_length(dialect, {}));
  }
}

TEST_CASE("an answer is read") {
  const Answer v1 = read_answer(Dialect::gtpv1_c, octets({0x32, 2, 0, 6, 0, 0, 0, 0, 0x12, 0x34, 0, 0, 14, 9}));
  CHECK(v1.kind == Answer::Kind::echo_response);
  CHECK(v1.sequence_number == 0x1234);
  CHECK(v1.restart_counter == std::uint8_t{9});

  const Answer v2 =
      read_answer(Dialect::gtpv2, octets({0x40, 2, 0, 14, 0x12, 0x34, 0x56, 0, 3, 0, 1, 0, 200, 152, 0, 1, 0, 0x81}));
  CHECK(v2.kind == Answer::Kind::echo_response);
  CHECK(v2.sequence_number == 0x123456);
  CHECK(v2.restart_counter == std::uint8_t{200});
  CHECK(v2.node_features == std::uint8_t{0x81});
  CHECK(node_feature(0) == "prn");

  const Answer v0 = read_answer(
      Dialect::gtpv0, octets({0x1e, 2, 0, 2, 0, 7, 0, 0, 0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0, 0, 0, 0, 0, 14, 3}));
  CHECK(v0.kind == Answer::Kind::echo_response);
  CHECK(v0.sequence_number == 7);
  CHECK(v0.restart_counter == std::uint8_t{3});

  const Answer prime = read_answer(Dialect::prime_2, octets({0x4e, 2, 0, 2, 0, 7, 14, 3}));
  CHECK(prime.kind == Answer::Kind::echo_response);
  CHECK(prime.sequence_number == 7);

  // GTP-U's Recovery means nothing, so nobody is reproached for leaving it out.
  CHECK(read_answer(Dialect::gtpv1_u, octets({0x32, 2, 0, 4, 0, 0, 0, 0, 0, 1, 0, 0})).kind ==
        Answer::Kind::echo_response);
  // TS 29.281, 8.8: 2021-05-05T12:00:00Z since 1900.
  const Answer stamp = read_answer(
      Dialect::gtpv1_u, octets({0x32, 2, 0, 13, 0, 0, 0, 0, 0, 1, 0, 0, 14, 0, 231, 0, 4, 0xe4, 0x3d, 0x0f, 0x40}));
  CHECK(stamp.recovery_time == std::uint32_t{0xe43d0f40U - 2'208'988'800U});
}

TEST_CASE("what is no good answer has a reason") {
  const auto reason = [](Dialect dialect, const Octets& datagram) {
    const Answer answer = read_answer(dialect, datagram);
    CHECK(answer.kind == Answer::Kind::malformed);
    return answer.reason;
  };
  CHECK(reason(Dialect::gtpv1_c, octets({0x32, 2, 0, 4, 0, 0, 0, 0, 0, 1, 0, 0})) == "no Recovery");
  CHECK(reason(Dialect::gtpv2, octets({0x40, 2, 0, 4, 0, 0, 1, 0})) == "no Recovery");
  CHECK(reason(Dialect::gtpv1_c, octets({0x32, 2, 0, 6, 0, 0, 0, 1, 0, 1, 0, 0, 14, 9})) == "TEID is not 0");
  CHECK(reason(Dialect::gtpv1_c, octets({0x30, 2, 0, 2, 0, 0, 0, 0, 14, 9})) == "no sequence number");
  CHECK(reason(Dialect::gtpv2, octets({0x32, 2, 0, 6, 0, 0, 0, 0, 0, 1, 0, 0, 14, 9})) == "another version answers");
  CHECK(reason(Dialect::gtpv1_c, octets({0x32, 2, 0, 6, 0, 0, 0, 0, 0, 1, 0, 0, 14, 9, 0})) ==
        "octets behind the end of the message");
  CHECK_FALSE(reason(Dialect::gtpv1_c, octets({0x32, 2, 0, 7, 0, 0, 0, 0, 0, 1, 0, 0, 14, 9})).empty());
  CHECK_FALSE(reason(Dialect::gtpv1_c, octets({0x32, 2, 0})).empty());
}

TEST_CASE("what answers no echo is told apart") {
  // TS 29.060, 7.2.3: the header's version is the highest that the node speaks.
  const Answer refused = read_answer(Dialect::gtpv2, octets({0x32, 3, 0, 4, 0, 0, 0, 0, 0, 1, 0, 0}));
  CHECK(refused.kind == Answer::Kind::version_not_supported);
  CHECK(refused.version == 1);
  const Answer error = read_answer(Dialect::gtpv1_u, octets({0x32, 26, 0, 4, 0, 0, 0, 0, 0, 0, 0, 0}));
  CHECK(error.kind == Answer::Kind::other);
  CHECK(error.message == "Error Indication");
  CHECK(read_answer(Dialect::gtpv1_u, octets({0x32, 1, 0, 4, 0, 0, 0, 0, 0, 1, 0, 0})).kind ==
        Answer::Kind::echo_request);
  CHECK(read_answer(Dialect::gtpv1_u, {}).kind == Answer::Kind::not_gtp);
  CHECK(read_answer(Dialect::gtpv2, octets({0x68, 0x65, 0x6c, 0x6c, 0x6f})).kind == Answer::Kind::not_gtp);
}

TEST_CASE("an ICMP error's quotation leads to the request") {
  CHECK(quoted_sequence_number(Dialect::gtpv2, request(Dialect::gtpv2, 0x123456)) == 0x123456U);
  CHECK(quoted_sequence_number(Dialect::gtpv1_u, request(Dialect::gtpv1_u, 0x1234)) == 0x1234U);
  CHECK(quoted_sequence_number(Dialect::gtpv0, request(Dialect::gtpv0, 0x1234)) == 0x1234U);
  CHECK(quoted_sequence_number(Dialect::prime_2, request(Dialect::prime_2, 0x1234)) == 0x1234U);
  // RFC 792 promises no more than the UDP header.
  CHECK_FALSE(quoted_sequence_number(Dialect::gtpv1_u, {}));
}

TEST_CASE("restart counters are compared modulo 256") {
  using Verdict = RestartWatch::Verdict;
  RestartWatch watch;
  CHECK(watch.observe(254) == Verdict::first);
  CHECK(watch.observe(254) == Verdict::same);
  CHECK(watch.observe(255) == Verdict::restarted);
  CHECK(watch.observe(0) == Verdict::restarted);
  CHECK(watch.observe(255) == Verdict::older);
  CHECK(watch.known() == std::uint8_t{0});
  CHECK(watch.observe(127) == Verdict::restarted);
  CHECK(watch.observe(255) == Verdict::older);
  CHECK(watch.observe(254) == Verdict::restarted);
}
