// SPDX-License-Identifier: GPL-2.0-or-later
//
// Any datagram at a receiver of gtpgen: it is read within its bounds, counted once and under one name; turned around it
// keeps its length and comes back as a G-PDU, and its checksums stay as right or wrong as they were.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <vector>

#include "gtpgen/receive/analyzer.hpp"
#include "gtpgen/receive/inner_packet.hpp"
#include "gtpgen/receive/tap.hpp"
#include "gtpgen/reflect/turn_around.hpp"
#include "tests/fuzz/require.hpp"

namespace {

using namespace gtp::gen;
using gtp::fuzz::require;

std::uint64_t counted(const ThreadResult& result) {
  const ReceiveCounts& counts = result.counts;
  const SignallingReport& gtp = counts.gtp;
  return counts.stamped + counts.corrupt + counts.unstamped + counts.unknown_run + counts.unknown_tunnel +
         counts.malformed + gtp.echo_requests + gtp.echo_responses + gtp.error_indications +
         gtp.supported_extension_headers + gtp.version_not_supported + gtp.end_markers + gtp.other;
}

void check_turned(std::vector<std::byte> octets) {
  const Datagram before = read_datagram(octets);
  if (before.kind != Datagram::Kind::g_pdu) return;
  const InnerPacket packet = read_inner_packet(before.t_pdu);
  const bool right = packet.status == InnerPacket::Status::ok && has_right_checksums(before.t_pdu, packet);
  if (turn_around(octets, before, 0x01020304) == Turned::malformed) return;
  const Datagram after = read_datagram(octets);
  require(after.kind == Datagram::Kind::g_pdu && after.teid == 0x01020304, "a G-PDU turned around is one");
  require(after.t_pdu_at == before.t_pdu_at && after.t_pdu.size() == before.t_pdu.size(), "the same length");
  const InnerPacket turned = read_inner_packet(after.t_pdu);
  require(turned.status == packet.status && turned.payload_at == packet.payload_at, "the same layout");
  if (right) require(has_right_checksums(after.t_pdu, turned), "right checksums stay right");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::vector<std::byte> octets(size);
  for (std::size_t i = 0; i < size; ++i) octets[i] = static_cast<std::byte>(data[i]);

  const auto runs = Runs::learning({.run = 0, .tunnels = 4}, false);
  Analyzer analyzer(*runs, true);
  analyzer.datagram(octets, {1000, true});
  analyzer.inner_packet(octets, {2000, false});
  analyzer.payload(octets, {3000, true});
  require(analyzer.result().counts.datagrams == 3, "every datagram is counted");
  require(counted(analyzer.result()) == 3, "under one name");
  // A tap takes rows apart, so it may count more, and nothing that is none of ours.
  analyze_tap_packet(analyzer, {octets, 4000});
  require(counted(analyzer.result()) == analyzer.result().counts.datagrams, "those of a tap, too");
  check_turned(std::move(octets));
  return 0;
}
