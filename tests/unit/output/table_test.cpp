// SPDX-License-Identifier: GPL-2.0-or-later
#include "libcommon/output/table.hpp"

#include <catch2/catch.hpp>

#include <string>

namespace gtp::output {
namespace {

constexpr Column kColumns[] = {
    {"teid", "TEID", Kind::teid, {}, "tunnel endpoint identifier"},
    {"ms", "MS", Kind::text, {}, "address of the subscriber"},
    {"downlink_bits_per_second", "DN", Kind::scaled, "bit/s", "towards the subscriber", 2},
    {"response_time_ns", "RTT", Kind::duration, {}, "last echo", 3},
    {"malformed", "BAD", Kind::boolean, {}, "did not decode", 3},
    {"time", "TIME", Kind::time, {}, "first packet", 1},
};

Table example() {
  Table table(kColumns);
  table.row().number(0x51a0ff17).address(*IpAddress::parse("10.45.0.7")).number(12'345'678).number(1'230'000);
  table.boolean(true).number(1'620'043'200'250'000'000);
  table.row().number(1).text("a,\x1b[2J").missing().number(5);
  return table;
}

std::string text(const Table& table, std::size_t width) {
  TextBuffer out;
  table.put_text(out, width, Style());
  return std::string(out.view());
}

TEST_CASE("text aligns numbers right and never clips") {
  CHECK(text(example(), 0) ==
        "      TEID  MS         DN bit/s      RTT  BAD  TIME\n"
        "0x51a0ff17  10.45.0.7     12.3M  1.23 ms  yes  2021-05-03T12:00:00.250000Z\n"
        "0x00000001  a,\\x1b[2J         -     5 ns  -    -\n");
}

TEST_CASE("a narrow terminal loses columns by priority and says so") {
  CHECK(text(example(), 74) == text(example(), 0));
  CHECK(text(example(), 73) ==
        "      TEID  MS         DN bit/s      RTT  TIME\n"
        "0x51a0ff17  10.45.0.7     12.3M  1.23 ms  2021-05-03T12:00:00.250000Z\n"
        "0x00000001  a,\\x1b[2J         -     5 ns  -\n"
        "not shown, for want of width: malformed\n");
  CHECK(text(example(), 20) ==
        "      TEID  MS\n"
        "0x51a0ff17  10.45.0.7\n"
        "0x00000001  a,\\x1b[2J\n"
        "not shown, for want of width: downlink_bits_per_second response_time_ns malformed time\n");
}

TEST_CASE("CSV and TSV hold exact values") {
  TextBuffer out;
  example().put_delimited(out, Delimiter::comma);
  CHECK(out.view() ==
        "teid,ms,downlink_bits_per_second,response_time_ns,malformed,time\n"
        "1369505559,10.45.0.7,12345678,1230000,1,1620043200.250000000\n"
        "1,\"a,\\x1b[2J\",,5,,\n");
  out.clear();
  example().put_delimited(out, Delimiter::tab);
  CHECK(out.view().find("1\ta,\\x1b[2J\t\t5\t\t\n") != std::string_view::npos);
}

TEST_CASE("JSON has every key, null where nothing was measured") {
  TextBuffer out;
  example().put_json(out);
  CHECK(out.view() ==
        "{\"teid\":1369505559,\"ms\":\"10.45.0.7\",\"downlink_bits_per_second\":12345678,\"response_time_ns\":1230000,"
        "\"malformed\":true,\"time\":\"1620043200.250000000\"}\n"
        "{\"teid\":1,\"ms\":\"a,\\u001b[2J\",\"downlink_bits_per_second\":null,\"response_time_ns\":5,"
        "\"malformed\":null,\"time\":null}\n");
}

TEST_CASE("an empty table still has its headings") {
  Table table(kColumns);
  CHECK(text(table, 0) == "TEID  MS  DN bit/s  RTT  BAD  TIME\n");
  TextBuffer out;
  table.put_json(out);
  CHECK(out.empty());
  Table used = example();
  used.clear();
  CHECK(used.rows() == 0);
  CHECK(text(used, 0) == text(table, 0));
}

TEST_CASE("the manual is printed from the same columns") {
  TextBuffer out;
  put_manual(out, kColumns);
  CHECK(out.view().find(".It Va downlink_bits_per_second Ta bit/s Ta towards the subscriber\n") !=
        std::string_view::npos);
  CHECK(out.view().ends_with(".El\n"));
}

}  // namespace
}  // namespace gtp::output
