// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtpgen/load/load_options.hpp"

#include "gtpgen/load/load_words.hpp"
#include "gtpgen/take.hpp"

namespace gtp::gen {

LoadOptions::LoadOptions() = default;

std::vector<OptionGroup> LoadOptions::groups() {
  return {tunnel_options(), packet_options(), path_options(), sending_options()};
}

OptionGroup LoadOptions::tunnel_options() {
  using Kind = Permutation::Kind;
  return {"Tunnels",
          {
              {"-n,--tunnels", "N", "how many, 1 to 1000000 (1)", take_count(tunnels_, 1, kMaxTunnels)},
              {"--teid", "START[+STEP]", "their TEIDs (0x1+1)",
               take_parsed(teids_, TeidRange::parse, "a TEID range", "0x1000, 4096+2")},
              {"--tunnel-file", "FILE", "instead: lines teid,peer,ue_ip[,qfi][,sport]", take_text(tunnel_file_)},
              {"--ue", "ADDR/N", "subscriber addresses (10.45.0.0/16, fd45::/32)",
               take_parsed(ue_, IpPrefix::parse, "an address prefix", "10.45.0.0/16")},
              {"--order", "ORDER", "sequential, strided or random",
               take_choice<Kind>(
                   order_, {{"sequential", Kind::sequential}, {"strided", Kind::strided}, {"random", Kind::random}})},
              {"--stride", "N", "with --order strided (1)", take_integer(stride_, 1)},
              {"--seed", "N", "of everything random (1)", take_count(seed_)},
          }};
}

OptionGroup LoadOptions::packet_options() {
  using Pdu = wire::PduSession::Direction;
  return {
      "Packets",
      {
          {"-s,--size", "SIZES", "inner IP packet: 100, 64,512,1400, 64-1400, imix, imix:46:7,576:4 (100)",
           take_with(sizes_, SizeMix::parse)},
          {"--inner", "KIND", "udp4, udp6, tcp4, tcp6, icmp4 or icmp6 (udp4)", take_with(inner_, InnerKind::parse)},
          {"--dst", "ADDR[/N]", "the other end of the inner packets (10.46.0.1, fd46::1)",
           take_parsed(far_, IpPrefix::parse, "an address or prefix", "10.46.0.1")},
          {"--dport", "PORT", "its port (5001)", take_integer(far_port_, 1)},
          {"--inner-sport", "PORT", "the subscriber's port, of the first flow (10000)", take_integer(ue_port_, 1)},
          {"--flows", "N", "flows of each tunnel: ports, and addresses of --dst (1)", take_integer(flows_, 1, 65'535)},
          {"--qfi", "LIST", "PDU Session Container with QFI 9, or 1,5,9 in turn", take_with(qfis_, parse_qfis)},
          {"--pdu", "ul|dl", "PDU type of the container (by the direction)",
           take_choice<std::optional<Pdu>>(pdu_, {{"ul", Pdu::uplink}, {"dl", Pdu::downlink}})},
          {"--seq", "", "GTP-U sequence numbers (S flag)", take_flag(sequence_numbers_)},
          {"--inner-dscp", "DSCP", "of the inner packets (0)", take_with(inner_dscp_, parse_dscp)},
          {"--df", "", "inner packets may not be fragmented (the default)", take_flag(inner_df_)},
          {"--no-df", "", "inner packets may be fragmented", take_flag(inner_df_, false)},
          {"--negative", "LIST", "shares of unwanted packets: unknown-teid=1%,bad-version=…,truncated=…,echo=…",
           [this](std::string_view text) { return parse_unwanted(text, unwanted_); }},
      }};
}

OptionGroup LoadOptions::path_options() {
  return {
      "Path",
      {
          {"-4", "", "IPv4 only", [this](std::string_view) { return take_family(family_, 4); }},
          {"-6", "", "IPv6 only", [this](std::string_view) { return take_family(family_, 6); }},
          {"--direction", "DIR", "up, down or both (up)",
           take_choice<Directions>(
               directions_, {{"up", Directions::uplink}, {"down", Directions::downlink}, {"both", Directions::both}})},
          {"--downlink", "", "the same as --direction down", take_flag(downlink_)},
          {"--via", "ADDR", "measure through a gateway: our address on its other side", take_text(via_)},
          {"--via-netns", "NAME", "where that address is", take_text(via_netns_)},
          {"--source", "ADDR[/N]", "send from these addresses, spread over the tunnels",
           take_parsed(source_.addresses, IpPrefix::parse, "an address or prefix", "192.0.2.1, 192.0.2.0/28")},
          {"--sport", "PORTS", "source port: 2152, 2152-2167, or rand",
           [this](std::string_view text) { return take_ports(source_, text); }},
          {"-I,--iface", "IF", "send through this interface", take_text(device_)},
          {"-Q,--dscp", "DSCP", "of the outer packets: ef, af21, 0 to 63 (0)", take_with(dscp_, parse_dscp)},
          {"--fragment", "", "outer packets may be fragmented", take_flag(fragment_)},
          {"--mtu", "N", "assume this MTU on the way", take_count(mtu_, 68, 65'535)},
          {"--backend", "HOW", "auto, udp, packet, xdp (AF_XDP), or xdp-flood: in the kernel, for --rate max",
           take_choice<Backend>(backend_, {{"auto", Backend::automatic},
                                           {"udp", Backend::udp},
                                           {"packet", Backend::packet},
                                           {"xdp", Backend::xdp},
                                           {"xdp-flood", Backend::flood}})},
          {"--no-gso", "", "one packet each to the kernel: captures on this host show them as sent",
           take_flag(segment_, false)},
          {"--expect", "WHO", "who sends them back or counts them: none, reflect, sink=HOST[:PORT]",
           take_text(expect_)},
          {"--drain", "T", "wait for packets under way (1s)", take_duration(drain_)},
      }};
}

OptionGroup LoadOptions::sending_options() {
  return {
      "Sending",
      {
          {"-T,--threads", "N", "sending threads, for each direction (1)", take_integer(threads_, 1, 256)},
          {"--cpus", "LIST", "pin them: 1,3 or 2-5", [this](std::string_view text) { return take_cpus(cpus_, text); }},
          {"--rt", "", "real-time priority (CAP_SYS_NICE)", take_flag(real_time_)},
          {"--pacing", "HOW", "sleep, hybrid or busy (hybrid)",
           take_choice<Pacing>(pacing_,
                               {{"sleep", Pacing::sleep}, {"hybrid", Pacing::hybrid}, {"busy", Pacing::busy}})},
          {"--arrival", "HOW", "constant, poisson, or burst:N/TIME (constant)",
           [this](std::string_view text) { return take_arrivals(arrivals_, burst_, burst_period_ns_, text); }},
          {"--burst", "N", "packets that leave together (those of 100 us)", take_integer(burst_, 1, kMaxBurst)},
          {"--rate-layer", "LAYER", "whose bits a rate in bit/s means: inner, outer or link (inner)",
           take_choice<BitLayer>(bit_layer_,
                                 {{"inner", BitLayer::inner}, {"outer", BitLayer::outer}, {"link", BitLayer::link}})},
          {"--yes-really", "", "--rate max to a target that is not private", take_flag(yes_really_)},
      }};
}

}  // namespace gtp::gen
