// SPDX-License-Identifier: GPL-2.0-or-later
#include "libcommon/filter/filter.hpp"

#include <catch2/catch.hpp>

#include <string>

#include "tests/unit/filter/rows.hpp"

namespace gtp::filter::test {
namespace {

bool matches(std::string_view text, const Row& row) {
  const Result<Filter> filter = Filter::compile(text, kSchema);
  if (!filter) FAIL(filter.error().what);
  return filter->matches(row);
}

TEST_CASE("numbers compare, with prefixes, ranges and lists") {
  Row row;
  row.number(kTeid, 0x51a0ff17);
  for (const char* text :
       {"teid 0x51a0ff17", "teid = 1369505559", "teid == 0x51A0FF17", "teid > 1.3G", "teid >= 0x51a0ff17",
        "teid <= 0x51a0ff17", "teid < 0x51a0ff18", "teid 0x51a0ff17..0x51a0ff17",
        "teid {1, 2..3, 0x51a0ff00..0x51a0ffff}", "teid != 5", "teid!=5", "teid<2G", "teid"}) {
    CAPTURE(text);
    CHECK(matches(text, row));
  }
  for (const char* text : {"teid 5", "teid > 0x51a0ff17", "teid < 0x51a0ff17", "teid 0..0x51a0ff16", "teid {1, 2, 3}",
                           "teid != 0x51a0ff17", "teid != {5, 0x51a0ff17}", "not teid"}) {
    CAPTURE(text);
    CHECK_FALSE(matches(text, row));
  }
}

TEST_CASE("overlapping list items are one range") {
  for (std::uint64_t v = 0; v < 40; ++v) {
    Row row;
    row.number(kTeid, v);
    CAPTURE(v);
    CHECK(matches("teid {30..32, 5..9, 1..20, 7, 15..22, 25}", row) ==
          ((v >= 1 && v <= 22) || v == 25 || (v >= 30 && v <= 32)));
  }
}

TEST_CASE("long lists of subscribers and of networks") {
  std::string subscribers = "imsi {";
  std::string networks = "ms {";
  for (int i = 0; i < 2000; ++i) {
    const int shuffled = (i * 7) % 2000;
    subscribers += (i == 0 ? "" : ", ") + std::to_string(1010000000000 + 2 * shuffled);
    networks +=
        (i == 0 ? "10." : ", 10.") + std::to_string(shuffled / 250) + "." + std::to_string(shuffled % 250) + ".0/25";
  }
  const Filter by_imsi = *Filter::compile(subscribers + "}", kSchema);
  const Filter by_network = *Filter::compile(networks + "}", kSchema);
  for (int i = 0; i < 4000; ++i) {
    Row row;
    row.text(kImsi, std::to_string(1010000000000 + i));
    const std::string host = "10." + std::to_string(i / 500) + "." + std::to_string(i / 2 % 250);
    row.address(kMs, host + (i % 2 == 0 ? ".127" : ".128"));
    REQUIRE(by_imsi.matches(row) == (i % 2 == 0));
    REQUIRE(by_network.matches(row) == (i % 2 == 0));
  }
}

TEST_CASE("any of several values passes; != asks that none is equal") {
  Row row;
  row.number(kTeid, 1).number(kTeid, 7);
  CHECK(matches("teid 7", row));
  CHECK(matches("teid 1 and teid 7", row));
  CHECK(matches("teid > 5", row));
  CHECK_FALSE(matches("teid != 7", row));
  CHECK(matches("teid != 7", Row()));
  CHECK_FALSE(matches("teid 7", Row()));
  CHECK_FALSE(matches("teid", Row()));
}

TEST_CASE("addresses match by prefix and range within their family") {
  Row row;
  row.address(kMs, "10.45.3.4");
  for (const char* text : {"ms 10.45.3.4", "ms 10.45.0.0/16", "ms 10.45.255.1/16", "ms 0.0.0.0/0",
                           "ue 10.45.3.0..10.45.3.9", "ue_ip != 10.46.0.0/16", "ms {192.0.2.1, 10.45.3.4/31}"}) {
    CAPTURE(text);
    CHECK(matches(text, row));
  }
  for (const char* text :
       {"ms 10.45.3.5", "ms 10.45.3.5/32", "ms ::/0", "ms 10.45.3.5..10.45.3.9", "ms 10.44.0.0/16"}) {
    CAPTURE(text);
    CHECK_FALSE(matches(text, row));
  }
  Row six;
  six.address(kMs, "2001:db8:0:7f::1");
  CHECK(matches("ms 2001:db8::/57", six));
  CHECK_FALSE(matches("ms 2001:db8::/58", six));
  CHECK(matches("ms 2001:db8::..2001:db8:1::", six));
}

TEST_CASE("text takes wildcards, ignores case, and is literal in quotes") {
  Row row;
  row.text(kApn, "Internet.mnc001.MCC001.gprs");
  CHECK(matches("apn internet.mnc001.mcc001.gprs", row));
  CHECK(matches("apn internet*", row));
  CHECK(matches("dnn = *mnc001*", row));
  CHECK(matches("apn ??ternet*gprs", row));
  CHECK_FALSE(matches("apn internet", row));
  CHECK_FALSE(matches("apn \"internet*\"", row));
  CHECK(matches("apn {ims, \"INTERNET.mnc001.mcc001.gprs\"}", row));
  Row odd;
  odd.text(kApn, "and");
  CHECK(matches("apn \"and\"", odd));
}

TEST_CASE("digit strings keep their leading zeros") {
  Row row;
  row.text(kImsi, "001010000000007");
  CHECK(matches("imsi 001010000000007", row));
  CHECK_FALSE(matches("imsi 1010000000007", row));
  CHECK(matches("imsi 00101*", row));
  CHECK(matches("imsi *7", row));
  CHECK(matches("imsi 001010000000001..001010000000009", row));
  CHECK_FALSE(matches("imsi 001010000000008..001010000000009", row));
}

TEST_CASE("ports, durations, times and booleans") {
  Row row;
  row.number(kPort, 2152).number(kTook, 100'000'000).number(kTime, 1'620'043'200'250'000'000).number(kMalformed, 1);
  for (const char* text :
       {"port gtp_u", "port 2152", "port {gtp_c, gtp_u}", "took 100ms", "took 0.1s", "took > 99ms", "took 50ms..1s",
        "time 1620043200.25", "time >= 2021-05-03T12:00:00Z", "time < 2021-05-03T12:00:01Z",
        "time > \"2021-05-03 12:00:00\"", "time 2021-05-03T14:00:00.25+02:00", "time 2021-05-03..2021-05-04",
        "malformed", "malformed yes", "malformed != no"}) {
    CAPTURE(text);
    CHECK(matches(text, row));
  }
  for (const char* text :
       {"port gtp_c", "took > 100ms", "time < 2021-05-03T12:00:00.25Z", "malformed no", "not malformed"}) {
    CAPTURE(text);
    CHECK_FALSE(matches(text, row));
  }
  Row fine;
  fine.number(kMalformed, 0);
  CHECK_FALSE(matches("malformed", fine));
  CHECK(matches("malformed and port 1 or malformed no", fine));
}

TEST_CASE("names match whole or by their first words, codes as numbers") {
  Row row;
  row.name(kType, 1, "echo_request").name(kCause, 16, "Request accepted");
  for (const char* text : {"type echo", "type echo_request", "type ECHO-REQUEST", "type 1", "type < 5",
                           "type *_request", "cause request_accepted", "cause request", "cause 16..19"}) {
    CAPTURE(text);
    CHECK(matches(text, row));
  }
  for (const char* text : {"type echo_response", "type 2", "cause accepted", "cause req", "type create*"}) {
    CAPTURE(text);
    CHECK_FALSE(matches(text, row));
  }
  // A whole name never stands for a longer one that starts with it.
  Row longer;
  longer.name(kType, 99, "create_session_request_extra");
  CHECK_FALSE(matches("type create_session_request", longer));
  CHECK(matches("type create_session", longer));
  CHECK(matches("cause", Row().name(kCause, 250, "")));
}

TEST_CASE("and binds closer than or, not closest") {
  const auto row = [](bool a, bool b, bool c) {
    Row r;
    if (a) r.number(kTeid, 1);
    if (b) r.text(kApn, "x");
    if (c) r.text(kImsi, "1");
    return r;
  };
  for (int bits = 0; bits < 8; ++bits) {
    const bool a = (bits & 1) != 0;
    const bool b = (bits & 2) != 0;
    const bool c = (bits & 4) != 0;
    const Row r = row(a, b, c);
    CAPTURE(a, b, c);
    CHECK(matches("teid or apn and imsi", r) == (a || (b && c)));
    CHECK(matches("(teid or apn) and imsi", r) == ((a || b) && c));
    CHECK(matches("not teid and apn", r) == (!a && b));
    CHECK(matches("not (teid and apn)", r) == !(a && b));
    CHECK(matches("!(teid || apn) && !imsi", r) == (!(a || b) && !c));
    CHECK(matches("not not teid", r) == a);
    CHECK(matches("not (teid and not (apn or not imsi)) or apn and teid", r) == (!(a && !(b || !c)) || (b && a)));
    CHECK(matches("teid and apn and imsi", r) == (a && b && c));
    CHECK(matches("teid or apn or imsi", r) == (a || b || c));
  }
}

TEST_CASE("a decided outcome asks for no more fields") {
  Row row;
  row.number(kTeid, 1);
  REQUIRE_FALSE(matches("apn x and imsi 1 and teid 1", row));
  CHECK(row.asked == std::vector<FieldId>{kApn});
  row.asked.clear();
  REQUIRE(matches("teid 1 or apn x or imsi 1", row));
  CHECK(row.asked == std::vector<FieldId>{kTeid});
}

TEST_CASE("uses() names the fields that are asked for") {
  const Result<Filter> filter = Filter::compile("ue 10.0.0.1 or not (dnn x and teid)", kSchema);
  REQUIRE(filter.ok());
  CHECK(filter->uses(kMs));
  CHECK(filter->uses(kApn));
  CHECK(filter->uses(kTeid));
  CHECK_FALSE(filter->uses(kImsi));
  CHECK_FALSE(filter->empty());
}

TEST_CASE("the empty expression matches everything") {
  CHECK(matches("", Row()));
  CHECK(matches(" \t\n", Row()));
  CHECK(Filter().matches(Row()));
  CHECK(Filter::compile("  ", kSchema)->empty());
}

TEST_CASE("a long expression stays flat") {
  std::string text = "teid 0";
  for (int i = 1; i < 5000; ++i) text += " or teid " + std::to_string(i);
  Row row;
  row.number(kTeid, 4999);
  CHECK(matches(text, row));
  CHECK(matches("imsi or " + std::string(5000, '!') + "teid 4999", row));
}

}  // namespace
}  // namespace gtp::filter::test
