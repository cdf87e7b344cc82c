// SPDX-License-Identifier: GPL-2.0-or-later
#include <catch2/catch.hpp>

#include "gtpgen/receive/analyzer.hpp"
#include "gtpgen/receive/tap.hpp"
#include "gtpgen/receive/tunnel_csv.hpp"
#include "gtpgen/receive/udp_counters.hpp"
#include "tests/unit/gtpgen-receive/packets.hpp"

using namespace gtp::gen;
using namespace gtp::gen::test;

namespace {

RunPlan plan() {
  RunPlan plan;
  plan.run = 0x1234;
  plan.tunnels = 4;
  return plan;
}

// An outer packet to port 2152 with [payload].
Octets outer(const Octets& payload, std::uint16_t port = 2152) {
  Octets datagram = hex("0868 0000 0000 0000");
  store(datagram, 2, port);
  append(datagram, payload);
  store(datagram, 4, static_cast<std::uint16_t>(datagram.size()));
  return ipv4(17, datagram);
}

Octets numbered(std::uint8_t sequence) {
  Octets payload = stamp_payload();
  payload[9] = static_cast<std::byte>(sequence);
  return payload;
}

}  // namespace

TEST_CASE("a tap sees G-PDUs, rows of them, and inner packets without a tunnel") {
  Runs runs(plan(), false);
  Analyzer analyzer(runs, true);
  analyze_tap_packet(analyzer, {outer(g_pdu(ipv4(17, udp(numbered(0), ue4(), server4())))), 1000});
  CHECK(analyzer.result().stream.received == 1);

  Octets row;
  for (std::uint8_t i = 1; i < 4; ++i) append(row, g_pdu(ipv4(17, udp(numbered(i), ue4(), server4()))));
  analyze_tap_packet(analyzer, {outer(row), 2000});
  CHECK(analyzer.result().stream.received == 4);
  CHECK(analyzer.result().counts.datagrams == 4);

  analyze_tap_packet(analyzer, {ipv4(17, udp(numbered(4), ue4(), server4())), 3000});
  CHECK(analyzer.result().stream.received == 5);
  CHECK(analyzer.result().stream.lost == 0);
  CHECK(analyzer.result().counts.corrupt == 0);
}

TEST_CASE("a row of plain datagrams is taken apart where the next stamp stands") {
  Runs runs(plan(), false);
  Analyzer analyzer(runs, true);
  Octets row;
  for (std::uint8_t i = 0; i < 5; ++i) append(row, numbered(i));
  row.pop_back();  // the last one may be shorter
  analyze_tap_packet(analyzer, {outer(row, 5001), 1000});
  CHECK(analyzer.result().stream.received == 5);
  CHECK(analyzer.result().stream.reordered == 0);
}

TEST_CASE("where both directions can be seen, one is looked at") {
  Octets back = numbered(0);
  back[2] = std::byte{1};
  for (const Stamp::Kind kind : {Stamp::Kind::data, Stamp::Kind::reflected}) {
    Runs runs(plan(), false);
    Analyzer analyzer(runs, true, kind);
    analyze_tap_packet(analyzer, {ipv4(17, udp(numbered(0), ue4(), server4())), 1});
    analyze_tap_packet(analyzer, {ipv4(17, udp(back, ue4(), server4())), 2});
    CHECK(analyzer.result().stream.received == 1);
    CHECK(analyzer.result().stream.duplicate == 0);
    CHECK(analyzer.result().counts.unstamped == 1);
  }
}

TEST_CASE("everything else on the interface is left alone") {
  Runs runs(plan(), false);
  Analyzer analyzer(runs, true);
  analyze_tap_packet(analyzer, {hex("4500"), 1});
  analyze_tap_packet(analyzer, {outer(hex("00010203040506070809"), 53), 1});
  analyze_tap_packet(analyzer, {ipv4(6, hex("0016 0050 00000000 00000000 5018 ffff 0000 0000 aabb")), 1});
  CHECK(analyzer.result().counts.datagrams == 0);
}

TEST_CASE("details of a tunnel, on a clock that is not ours") {
  RunPlan with = plan();
  with.details = true;
  with.latency = LatencyMeter::Kind::one_way_relative;
  Runs runs(with, false);
  Analyzer analyzer(runs, true);
  // Due at 0x1000 each; on the way for 100, 300 and 200 ns more than some clock's offset.
  constexpr std::uint64_t kOffset = 90'000'000'000'000;
  analyzer.payload(numbered(0), {kOffset + 0x1000 + 100, true});
  analyzer.payload(numbered(2), {kOffset + 0x1000 + 300, true});
  analyzer.payload(numbered(1), {kOffset + 0x1000 + 200, true});
  analyzer.payload(numbered(1), {kOffset + 0x1000 + 999, true});
  gtp::TextBuffer out;
  put_tunnel_csv(out, runs.at(0));
  CHECK(out.view() == "4660,2,3,3,0,1,1,0,0,100,200\n");
}

TEST_CASE("the kernel's counters of UDP are found by their names") {
  UdpCounters counters;
  read_snmp(
      "Ip: Forwarding\nIp: 1\nUdp: InDatagrams NoPorts InErrors OutDatagrams RcvbufErrors SndbufErrors\n"
      "Udp: 100 2 5 90 5 7\nUdpLite: InDatagrams NoPorts InErrors OutDatagrams RcvbufErrors\nUdpLite: 1 1 1 1 1\n",
      counters);
  read_snmp6("Ip6InReceives  \t 5\nUdp6RcvbufErrors                \t10\nUdp6InCsumErrors\t1\nUdpLite6RcvbufErrors 9\n",
             counters);
  CHECK(counters.receive_buffer_errors == 15);
  CHECK(counters.send_buffer_errors == 7);
  CHECK(counters.no_ports == 2);
  CHECK(counters.checksum_errors == 1);
  CHECK(remarks(counters, 15).size() == 2);
  CHECK(remarks(counters, 10).front() ==
        "receive buffers of other UDP sockets on this host overflowed, 5 times (Udp RcvbufErrors)");
  CHECK(remarks(counters.since(counters), 0).empty());
  UdpCounters nothing;
  read_snmp("Udp:\nUdp: 1\nUdp", nothing);
  read_snmp("", nothing);
  CHECK(nothing.no_ports == 0);
}
