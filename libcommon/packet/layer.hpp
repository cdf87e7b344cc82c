// SPDX-License-Identifier: GPL-2.0-or-later
//
// What a decoded packet is: the path to each GTP or PFCP message in it, outermost first.
//
// Everything here is a value or a span into the packet's octets. Whoever keeps a Packet keeps the buffer it was decoded
// from (the capture's mapping, or the reassembly buffer for fragments).
#pragma once

#include <cstdint>
#include <vector>

#include "libcommon/util/bytes.hpp"
#include "libcommon/util/ip.hpp"
#include "libcommon/wire/fault.hpp"
#include "libcommon/wire/header.hpp"

namespace gtp::packet {

enum class Transport : std::uint8_t { none, udp, tcp };

// GTP in GTP is followed to this depth (Fault::layers_too_many behind it).
inline constexpr int kMaxLayers = 8;

// The T-PDU of a G-PDU.
struct Inner {
  enum class Payload : std::uint8_t { none, ip, ethernet, ppp, unknown };
  // With `ethernet`, the fields below are those of the IP packet in the frame, if there is one.
  Payload payload = Payload::none;
  std::uint8_t ip_version = 0;
  std::uint8_t protocol = 0;  // the last next-header value
  // What of the IP header was there; src and dst are empty() when they were not.
  bool has_length = false;
  bool has_protocol = false;
  bool has_addresses = false;  // both
  bool has_ports = false;
  bool has_icmp_type = false;
  bool is_fragment = false;
  bool more_fragments = false;
  bool truncated = false;  // fewer octets than the IP length says
  std::uint8_t icmp_type = 0;
  std::uint8_t icmp_code = 0;
  std::uint8_t tcp_flags = 0;
  std::uint8_t dscp = 0;
  std::uint16_t src_port = 0;
  std::uint16_t dst_port = 0;
  std::uint16_t fragment_offset = 0;  // as sent, in units of 8 octets
  std::uint32_t length = 0;           // IPv4 total length; IPv6 payload length + 40
  IpAddress src;
  IpAddress dst;
  Bytes octets;            // the T-PDU as far as it was captured
  std::size_t offset = 0;  // of octets in the packet
};

// Frames of the fragments that made a datagram: [first, first + count) in Packet::fragment_frames.
struct FragmentList {
  std::uint32_t first = 0;
  std::uint32_t count = 0;
};

struct Layer {
  IpAddress src;
  IpAddress dst;
  Transport transport = Transport::none;
  bool has_ports = false;
  bool piggybacked = false;  // a further message of the same datagram (TS 29.274, 5.5.1; PFCP: TS 29.244, 6.6)
  // Inside an ICMP error: not traffic of its own. src and dst are the error's, the ports those of the quoted datagram.
  bool quoted = false;
  bool has_pdu_session = false;
  std::uint8_t qfi = 0;  // of the PDU Session Container, when has_pdu_session
  std::uint8_t pdu_type = 0;
  std::uint16_t src_port = 0;
  std::uint16_t dst_port = 0;
  wire::Header header;
  Bytes message;           // from the first header octet to the end of the message (or of what was captured)
  std::size_t offset = 0;  // of message in the packet
  Inner inner;
  FragmentList outer_fragments;
  FragmentList inner_fragments;
};

// An IP fragment that stopped the decoder; the reassembler turns a complete set into one payload.
struct FragmentInfo {
  IpAddress src;
  IpAddress dst;
  std::uint32_t id = 0;
  std::uint8_t protocol = 0;  // what the payload is
  bool more = false;
  bool inner = false;        // inside a G-PDU, that of Packet::layers.back()
  std::uint32_t offset = 0;  // octets
  Bytes payload;
  std::size_t payload_offset = 0;
};

struct Packet {
  std::vector<Layer> layers;  // empty: not ours
  std::vector<std::uint16_t> vlan;
  std::vector<std::uint32_t> mpls;
  std::vector<std::uint64_t> fragment_frames;
  bool has_fragment = false;
  FragmentInfo fragment;
  // Why a datagram on a known port is not GTP; shown by --stats and --check.
  enum class Rejected : std::uint8_t { no, empty, unsupported_version, not_gtp, ip_malformed, udp_malformed };
  Rejected rejected = Rejected::no;
  std::uint8_t rejected_version = 0;
  std::uint16_t rejected_port = 0;

  // Ready for the next packet; keeps the vectors' memory.
  void clear() noexcept;
};

}  // namespace gtp::packet
