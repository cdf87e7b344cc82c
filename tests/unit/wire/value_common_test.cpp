// SPDX-License-Identifier: GPL-2.0-or-later
//
// What the value decoders of several protocols share: digits, PLMNs, names, times, PCO, TFT, QoS.
#include <catch2/catch.hpp>

#include <algorithm>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "libcommon/wire/value/common.hpp"
#include "tests/support/recording_sink.hpp"
#include "tests/unit/wire/octets.hpp"

namespace {

using namespace gtp;

struct Decoded {
  std::string text;
  bool failed = false;
  std::vector<std::string> notes;
};

template <typename Fn>
Decoded run(Bytes octets, Fn fn) {
  const auto exact = std::make_unique<std::byte[]>(octets.size());
  std::copy(octets.begin(), octets.end(), exact.get());
  Cursor value(Bytes(exact.get(), octets.size()), 40);
  test::RecordingSink sink;
  fn(value, sink);
  return {sink.text(), value.failed(), sink.notes};
}

template <typename Fn>
Decoded run(std::string_view hex, Fn fn) {
  return run(test::octets(hex), fn);
}

// Every shorter form of the value: no read outside, and failed() below [fixed] octets.
template <typename Fn>
void cut_everywhere(std::string_view hex, std::size_t fixed, Fn fn) {
  const std::vector<std::byte> octets = test::octets(hex);
  for (std::size_t n = 0; n < octets.size(); ++n) {
    INFO("cut after " << n);
    const Decoded cut = run(Bytes(octets).first(n), fn);
    if (n < fixed) CHECK(cut.failed);
  }
}

std::string digits(std::string_view hex) { return std::string(wire::read_digits(test::octets(hex)).view()); }

const wire::FieldInfo kNumber{"number", "Number"};

}  // namespace

TEST_CASE("digits: the filler ends them, what is not a digit shows as such") {
  CHECK(digits("00 01 01 21 43 65 87 f9") == "001010123456789");
  CHECK(digits("21 43") == "1234");
  CHECK(digits("21 ff ff") == "12");
  CHECK(digits("") == "");
  CHECK(digits("ff") == "");
  CHECK(digits("a1 2b") == "1??2");
  CHECK(digits("21 f3 54") == "123");
  CHECK(wire::read_digits(test::octets("21 43")).decimal);
  CHECK_FALSE(wire::read_digits(test::octets("2c")).decimal);
  CHECK(wire::read_digits(std::vector<std::byte>(200)).size == 64);
}

TEST_CASE("PLMN: two and three digits of MNC") {
  CHECK(run("00 f1 10", wire::emit_plmn).text == R"({"mcc":"001","mnc":"01"})");
  CHECK(run("13 00 62", wire::emit_plmn).text == R"({"mcc":"310","mnc":"260"})");
  const Decoded odd = run("0a f1 10", wire::emit_plmn);
  CHECK(odd.text == R"({"mcc":"?01","mnc":"01"})");
  CHECK(odd.notes == std::vector<std::string>{"a digit is not decimal"});
  const Decoded cut = run("00 f1", wire::emit_plmn);
  CHECK(cut.text == "{}");
  CHECK(cut.failed);
}

TEST_CASE("names: labels with dots, nothing read behind the end") {
  const auto name = wire::decode_name<wire::kApn>;
  CHECK(run("08 69 6e 74 65 72 6e 65 74 04 67 70 72 73", name).text == R"({"apn":"internet.gprs"})");
  CHECK(run("03 69 6d 73", name).notes.empty());
  const Decoded long_label = run("c8 61 62 63 64", name);
  CHECK(long_label.text == R"({"apn":"abcd"})");
  CHECK(long_label.notes == std::vector<std::string>{"a label runs past the end of the name"});
  CHECK(run("", name).failed);
  const Decoded huge = run(std::vector<std::byte>(1000, std::byte{3}), name);
  CHECK(huge.notes.front() == "name longer than 255 characters");
  CHECK(run("74 6f 70 6f", wire::decode_fqdn<wire::kFqdn>).text == R"({"fqdn":"topo"})");
  CHECK(run("02 65 70", wire::decode_fqdn<wire::kFqdn>).text == R"({"fqdn":"ep"})");
}

TEST_CASE("numbers and addresses are not made up from what is missing") {
  const auto number = [](Cursor& at, wire::FieldSink& out) { wire::emit_number(at, out, kNumber, 3); };
  CHECK(run("01 02 03", number).text == R"({"number":66051})");
  CHECK(run("01 02", number).text == "{}");
  CHECK(run("01 02", number).failed);
  const auto ipv6 = [](Cursor& at, wire::FieldSink& out) { wire::emit_ipv6(at, out); };
  CHECK(run("20 01 0d b8 00 00 00 00 00 00 00 00 00 00 00 01", ipv6).text == R"({"ipv6":"2001:db8::1"})");
  CHECK(run("20 01 0d b8", ipv6).text == "{}");
}

TEST_CASE("time zone: quarters of an hour, sign in bit 4") {
  CHECK(run("40 01", wire::decode_time_zone).text == R"({"time_zone":"+01:00","daylight_saving_time":1})");
  CHECK(run("22 00", wire::decode_time_zone).text == R"({"time_zone":"+05:30","daylight_saving_time":0})");
  CHECK(run("0a 02", wire::decode_time_zone).text == R"({"time_zone":"-05:00","daylight_saving_time":2})");
  CHECK(run("f0 00", wire::decode_time_zone).notes.front() == "time zone is not decimal");
  cut_everywhere("40 01", 2, wire::decode_time_zone);
}

TEST_CASE("NTP seconds: both eras") {
  const wire::FieldInfo seconds{"timestamp", "Timestamp"};
  const wire::FieldInfo time{"time", "Time"};
  const auto ntp = [&](Cursor& at, wire::FieldSink& out) { wire::emit_ntp_seconds(at, out, seconds, time); };
  CHECK(run("e4 3e ca 00", ntp).text == R"({"timestamp":3829320192,"time":"2021-05-06T20:03:12Z"})");
  CHECK(run("83 aa 7e 80", ntp).text == R"({"timestamp":2208988800,"time":"1970-01-01T00:00:00Z"})");
  CHECK(run("ff ff ff ff", ntp).text == R"({"timestamp":4294967295,"time":"2036-02-07T06:28:15Z"})");
  CHECK(run("00 00 00 01", ntp).text == R"({"timestamp":1,"time":"2036-02-07T06:28:17Z"})");
  CHECK(run("00 00 00 00", ntp).text == R"({"timestamp":0})");
  CHECK(run("e4 3e ca", ntp).failed);
}

TEST_CASE("PCO: IPCP, addresses, requests without contents") {
  const Decoded pco =
      run("80 80 21 10 02 00 00 10 81 06 08 08 08 08 83 06 08 08 04 04 00 0d 00 00 10 02 05 78", wire::decode_pco);
  CHECK(pco.text == R"({"configuration_protocol":0,"containers":[{"id":32801,"length":16,"code":2,"identifier":0,)"
                    R"("primary_dns":"8.8.8.8","secondary_dns":"8.8.4.4"},{"id":13,"length":0},)"
                    R"({"id":16,"length":2,"mtu":1400}]})");
  CHECK_FALSE(pco.failed);
  CHECK(pco.notes.empty());
  CHECK(run("80 c0 23 0b 01 05 00 0b 02 6d 65 03 70 77 64", wire::decode_pco).text ==
        R"({"configuration_protocol":0,"containers":[{"id":49187,"length":11,"code":1,"identifier":5,)"
        R"("peer_id":"me","password":"pwd"}]})");
  CHECK(run("80 c2 23 09 01 05 00 09 02 aa bb 6d 65", wire::decode_pco).text ==
        R"({"configuration_protocol":0,"containers":[{"id":49699,"length":9,"code":1,"identifier":5,)"
        R"("chap_value":"aabb","chap_name":"me"}]})");
}

TEST_CASE("PCO: length octets") {
  // QoS rules have a length of two octets, in either direction.
  CHECK(run("80 00 23 00 02 aa bb 00 0d 00", wire::decode_pco).text ==
        R"({"configuration_protocol":0,"containers":[{"id":35,"length":2,"contents":"aabb"},{"id":13,"length":0}]})");
  // 0x31 has two from the network, and one, zero, from the UE.
  CHECK(run("80 00 31 00 02 aa bb", wire::decode_pco).text ==
        R"({"configuration_protocol":0,"containers":[{"id":49,"length":2,"contents":"aabb"}]})");
  CHECK(run("80 00 31 00 00 0d 00", wire::decode_pco).text ==
        R"({"configuration_protocol":0,"containers":[{"id":49,"length":0},{"id":13,"length":0}]})");
  const Decoded past_the_end = run("80 80 21 ff", wire::decode_pco);
  CHECK(past_the_end.text == R"({"configuration_protocol":0,"containers":[{"id":32801,"length":255}]})");
  CHECK(past_the_end.notes == std::vector<std::string>{"the last container runs past the end"});
  CHECK_FALSE(past_the_end.failed);
  CHECK(run("", wire::decode_pco).failed);
  cut_everywhere("80 80 21 10 02 00 00 10 81 06 08 08 08 08 83 06 08 08 04 04 00 0d 00", 1, wire::decode_pco);
}

TEST_CASE("TFT: filters and their components") {
  const std::string_view octets = "21 31 0a 10 10 c0 00 02 00 ff ff ff 00 30 11 51 00 50 00 5a";
  const Decoded tft = run(octets, wire::decode_tft);
  CHECK(tft.text ==
        R"({"operation_code":1,"e_bit":0,"packet_filter_count":1,"packet_filters":[{"id":1,"direction":3,)"
        R"("precedence":10,"length":16,"components":[{"type":16,"ipv4":"192.0.2.0","mask":"255.255.255.0"},)"
        R"({"type":48,"protocol":17},{"type":81,"port_low":80,"port_high":90}]}]})");
  CHECK_FALSE(tft.failed);
  cut_everywhere(octets, 4, wire::decode_tft);
  CHECK(run("a2 01 02", wire::decode_tft).text ==
        R"({"operation_code":5,"e_bit":0,"packet_filter_count":2,"packet_filters":[{"id":1},{"id":2}]})");
  CHECK(run("50 03 01 05", wire::decode_tft).text ==
        R"({"operation_code":2,"e_bit":1,"packet_filter_count":0,"parameters":[{"id":3,"length":1,"contents":"05"}]})");
  CHECK(run("40", wire::decode_tft).text == R"({"operation_code":2,"e_bit":0,"packet_filter_count":0})");
  const Decoded unknown = run("21 31 0a 03 99 01 02", wire::decode_tft);
  CHECK(unknown.text.find(R"({"type":153,"contents":"0102"})") != std::string::npos);
  // Fifteen filters are announced and the first one claims everything.
  const Decoded greedy = run("2f 01 01 ff 30 06", wire::decode_tft);
  CHECK(greedy.failed);
  CHECK(greedy.notes.front() == "a packet filter runs past the end");
}

TEST_CASE("QoS of TS 24.008") {
  CHECK(run("0b 92 1f", wire::emit_qos_24008).text ==
        R"({"delay_class":1,"reliability_class":3,"peak_throughput":9,"precedence_class":2,"mean_throughput":31})");
  const std::string_view octets = "1b 42 1f 73 8c 40 cc 74 4b fe ff 11 4a 00 00 00 3d 00 00 00";
  const Decoded qos = run(octets, wire::emit_qos_24008);
  CHECK(qos.text == R"({"delay_class":3,"reliability_class":3,"peak_throughput":4,"precedence_class":2,)"
                    R"("mean_throughput":31,"traffic_class":3,"delivery_order":2,"delivery_of_erroneous_sdu":3,)"
                    R"("maximum_sdu_size":1400,"maximum_bit_rate_uplink_code":64,)"
                    R"("maximum_bit_rate_downlink_code":5440,"residual_ber":7,"sdu_error_ratio":4,)"
                    R"("transfer_delay":18,"traffic_handling_priority":3,"guaranteed_bit_rate_uplink_code":8640,)"
                    R"("guaranteed_bit_rate_downlink_code":255,"signalling_indication":1,)"
                    R"("source_statistics_descriptor":1,"maximum_bit_rate_downlink_extended":16000,)"
                    R"("guaranteed_bit_rate_downlink_extended":0,"maximum_bit_rate_uplink_extended":0,)"
                    R"("guaranteed_bit_rate_uplink_extended":0,"maximum_bit_rate_downlink_extended_2":500000,)"
                    R"("guaranteed_bit_rate_downlink_extended_2":0,"maximum_bit_rate_uplink_extended_2":0,)"
                    R"("guaranteed_bit_rate_uplink_extended_2":0})");
  cut_everywhere(octets, 3, wire::emit_qos_24008);
  CHECK(run("1b 42 1f 73 8c", wire::emit_qos_24008).failed);
}
