// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtpdump/print/columns.hpp"

#include <catch2/catch.hpp>

#include "tests/unit/gtpdump/feed.hpp"
#include "tests/unit/gtpdump/messages.hpp"

namespace gtp::dump {
namespace {

using namespace gtp::dump::test;
using namespace gtp::test;

const Route kS11{"10.0.0.1", "10.0.0.2"};

std::string line(const Item& item, const std::vector<std::string>& names, bool csv = false) {
  const auto printer = ColumnPrinter::make(names, csv);
  REQUIRE(printer);
  TextBuffer out;
  (*printer)->print(item, out);
  return std::string(out.view());
}

Octets with_apn(std::string_view label) {
  return message(wire::gtpv2_header(32, 0xabc, 7), [&](wire::MessageWriter& m) {
    m.digits(1, "001010000000001");
    m.begin(71);
    m.value().u8(static_cast<std::uint8_t>(label.size()));
    for (const char c : label) m.value().u8(static_cast<std::uint8_t>(c));
    m.end();
    put_f_teid(m, {"10.0.0.1", 0x101, kS11Mme});
    put_f_teid(m, {"10.0.0.3", 0x102, kS5cPgw, 1});
  });
}

TEST_CASE("a line per packet, a column per field", "[columns]") {
  Feed feed;
  const Item& item = feed(kS11, with_apn("internet"));
  CHECK(line(item, {"frame", "src", "type", "sequence_number"}) == "1\t10.0.0.1\tcreate_session_request\t7\n");
  CHECK(line(item, {"frame", "src", "type"}, true) == "1,10.0.0.1,create_session_request\n");
  CHECK(line(item, {"cause", "frame", "qfi"}) == "\t1\t\n");  // what is not there is empty
}

TEST_CASE("numbers, tunnels and times", "[columns]") {
  Feed feed;
  feed(kS11, with_apn("internet"));
  CHECK(line(feed.items()[0], {"time"}) == "1700000000.001000000\n");
  CHECK(line(feed.items()[0], {"teid"}) == "0x00000abc,0x00000101,0x00000102\n");
  CHECK(line(feed.items()[0], {"protocol", "rat_type"}) == "gtpv2-c\t\n");
  const Item& answer = feed(kS11.back(), gtpv2_message({.type = 33, .teid = 0x101, .sequence = 7, .cause = 16}));
  CHECK(line(answer, {"response_time", "cause"}) == "0.001000000\t16\n");
  const Item& pfcp = feed(n4("10.0.4.1", "10.0.4.2"), pfcp_message({.seid = 0xb1, .f_seid = 0xa1}));
  CHECK(line(pfcp, {"seid"}) == "0x00000000000000b1,0x00000000000000a1\n");
}

TEST_CASE("several values are one CSV cell", "[columns]") {
  Feed feed;
  const Item& item = feed(kS11, with_apn("internet"));
  CHECK(line(item, {"frame", "teid"}, true) == "1,\"0x00000abc,0x00000101,0x00000102\"\n");
  CHECK(line(item, {"f_teid.ipv4"}) == "10.0.0.1,10.0.0.3\n");
}

TEST_CASE("text from the wire cannot break a line", "[columns]") {
  Feed feed;
  const Item& quotes = feed(kS11, with_apn("a\"b"));
  CHECK(line(quotes, {"apn.apn"}, true) == "\"a\"\"b\"\n");
  CHECK(line(quotes, {"apn.apn"}) == "a\"b\n");
  const Item& comma = feed(kS11, with_apn("a,b"));
  CHECK(line(comma, {"apn.apn"}, true) == "\"a,b\"\n");
  const Item& controls = feed(kS11, with_apn("a\tb\nc\x1b[2J"));
  CHECK(line(controls, {"apn.apn"}) == "a\\x09b\\x0ac\\x1b[2J\n");
  CHECK(line(controls, {"apn.apn"}, true) == "a\\x09b\\x0ac\\x1b[2J\n");
}

TEST_CASE("the heading names the columns as they were asked for", "[columns]") {
  TextBuffer out;
  ColumnPrinter::make({"frame", "dnn", "f_teid.ipv4"}, false).value()->print_header(out);
  CHECK(out.view() == "frame\tdnn\tf_teid.ipv4\n");
  out.clear();
  ColumnPrinter::make({"frame", "dnn"}, true).value()->print_header(out);
  CHECK(out.view() == "frame,dnn\n");
}

TEST_CASE("a name that is not known is refused with the nearest one", "[columns]") {
  const auto words = [](const char* name) {
    const auto made = ColumnPrinter::make({name}, false);
    if (made) return std::string("accepted");
    CHECK(made.error().code == ErrorCode::usage);
    CHECK(made.error().hint == "gtpdump --fields help");
    return made.error().what;
  };
  CHECK(words("tied") == "--fields: no field `tied`; nearest: teid");
  CHECK(words("zzzzzzzzzz") == "--fields: no field `zzzzzzzzzz`");
  CHECK(words("nothing.teid") == "--fields: no field `nothing.teid`");
  CHECK(words("inner.src") == "accepted");  // an alias with a dot
  CHECK(words("bearer_qos.qci") == "accepted");
  const auto none = ColumnPrinter::make({}, false);
  REQUIRE_FALSE(none);
  CHECK(none.error().what == "--fields: no field named");
}

TEST_CASE("the list of fields has each of the schema", "[columns]") {
  const std::string text = describe_fields();
  for (const filter::FieldDef& field : packet_schema().fields()) {
    CHECK_THAT(text, Catch::Contains(std::string(field.name) + " ") && Catch::Contains(std::string(field.doc)));
  }
  CHECK_THAT(text, Catch::Contains("ELEMENT.FIELD"));
}

}  // namespace
}  // namespace gtp::dump
