// SPDX-License-Identifier: GPL-2.0-or-later
#include "libcommon/packet/decoder.hpp"

#include <algorithm>

#include "libcommon/packet/ip_header.hpp"
#include "libcommon/packet/link_layer.hpp"
#include "libcommon/packet/t_pdu.hpp"
#include "libcommon/packet/view.hpp"
#include "libcommon/wire/extension_header.hpp"

namespace gtp::packet {
namespace {

using wire::Fault;
using wire::Protocol;

// IP in IP and GRE around the outer IP header are followed this deep.
constexpr int kMaxOuterTunnels = 4;
// Messages of one datagram or TCP segment.
constexpr int kMaxMessages = 64;
constexpr std::size_t kUdpHeader = 8;
constexpr std::size_t kTcpHeader = 20;
constexpr std::size_t kIcmpHeader = 8;

// The IP packet around a datagram, as far as its layers must know it.
struct Envelope {
  IpAddress src;
  IpAddress dst;
  bool quoted = false;
};

struct Ports {
  std::uint16_t src = 0;
  std::uint16_t dst = 0;
  Transport transport = Transport::none;
};

PortUse well_known(std::uint16_t port) noexcept {
  switch (port) {
    case wire::kPortGtpU:
      return PortUse::gtp_u;
    case wire::kPortGtpC:
      return PortUse::gtp_c;
    case wire::kPortPfcp:
      return PortUse::pfcp;
    case wire::kPortGtpV0AndPrime:
      return PortUse::gtp_v0_or_prime;
    default:
      return PortUse::none;
  }
}

void keep_pdu_session(Layer& layer, Bytes content) noexcept {
  wire::PduSessionTag tag;
  if (!wire::read_pdu_session_tag(content, tag)) return;
  layer.has_pdu_session = true;
  layer.pdu_type = tag.pdu_type;
  layer.qfi = tag.qfi;
}

void read_pdu_session(Layer& layer) noexcept {
  const std::size_t first = layer.header.header_length;
  if (layer.header.next_extension_type == wire::kExtensionPduSessionContainer) {
    // On N3 and N9 it is the first extension header, and nearly always the only one.
    if (first < layer.message.size() && layer.message[first] != std::byte{0}) {
      keep_pdu_session(layer, layer.message.subspan(first + 1));
    }
    return;
  }
  wire::ExtensionWalker walker(layer.message, first, layer.header.next_extension_type);
  wire::ExtensionHeader extension;
  while (walker.next(extension)) {
    if (extension.type == wire::kExtensionPduSessionContainer) return keep_pdu_session(layer, extension.content);
  }
}

// Does a further message follow in the same datagram, and does this one say so?
bool announces_another(const wire::Header& header) noexcept {
  constexpr std::uint8_t kPiggyback = 0x10;
  constexpr std::uint8_t kFollowOn = 0x04;
  return (header.protocol == Protocol::gtpv2_c && (header.flags & kPiggyback) != 0) ||
         (header.protocol == Protocol::pfcp && (header.flags & kFollowOn) != 0);
}

// What follows the last message in [rest] is not the message that it announced.
void add_missing_message(wire::Header& last, const View& rest) noexcept {
  if (rest.cut()) return last.faults.add(Fault::captured_short);
  if (announces_another(last)) {
    last.faults.add(last.protocol == Protocol::pfcp ? Fault::follow_on_missing : Fault::piggyback_missing);
  }
  last.faults.add(Fault::trailing_octets);
}

// One descent through a frame. Depth is bounded: network() by kMaxOuterTunnels, t_pdu() by kMaxLayers, and an ICMP
// error inside an ICMP error is not opened.
class Descent {
 public:
  Descent(const Decoder& decoder, Packet& out) noexcept : decoder_(decoder), out_(out) {}

  void network(const View& view, int depth, bool quoted = false, const Envelope* error = nullptr);
  void upper(const IpHeader& ip, const Envelope& envelope, int depth);
  void inner_upper(const IpHeader& ip, Layer& layer);

 private:
  void udp(View view, const Envelope& envelope);
  void tcp(View view, const Envelope& envelope);
  void icmp(const IpHeader& ip, const Envelope& envelope);
  void gre(View view, int depth);
  void datagram(View view, const Envelope& envelope, const Ports& ports, const Claim& claim);
  bool message(const View& view, const Envelope& envelope, const Ports& ports, const Claim& claim, bool further);
  void t_pdu(const View& view, std::size_t index);

  Claim claim(std::uint16_t src, std::uint16_t dst) const noexcept;
  void reject(Packet::Rejected why, std::uint16_t port, std::uint8_t version = 0) noexcept;
  void keep_fragment(const IpHeader& ip, bool inner);

  const Decoder& decoder_;
  Packet& out_;
};

Claim Descent::claim(std::uint16_t src, std::uint16_t dst) const noexcept {
  const PortUse to = decoder_.use_of(dst);
  const PortUse from = decoder_.use_of(src);
  Claim claim;
  claim.use = to != PortUse::none ? to : from;
  claim.user_plane = to == PortUse::gtp_u || from == PortUse::gtp_u;
  claim.both_ports = to != PortUse::none && from != PortUse::none;
  claim.service = std::min(src, dst) < 1024;
  return claim;
}

void Descent::reject(Packet::Rejected why, std::uint16_t port, std::uint8_t version) noexcept {
  if (!out_.layers.empty()) return;
  out_.rejected = why;
  out_.rejected_port = port;
  out_.rejected_version = version;
}

void Descent::keep_fragment(const IpHeader& ip, bool inner) {
  out_.has_fragment = true;
  FragmentInfo& fragment = out_.fragment;
  fragment.src = ip.src;
  fragment.dst = ip.dst;
  fragment.id = ip.fragment_id;
  fragment.protocol = ip.protocol;
  fragment.more = ip.more_fragments;
  fragment.inner = inner;
  fragment.offset = ip.fragment_offset;
  fragment.payload = ip.payload.octets;
  fragment.payload_offset = ip.payload.offset;
}

void Descent::network(const View& view, int depth, bool quoted, const Envelope* error) {
  IpHeader ip;
  const IpStatus status = read_ip_header(view, ip);
  if (status == IpStatus::malformed) reject(Packet::Rejected::ip_malformed, 0);
  if (status != IpStatus::ok) return;
  Envelope envelope;
  envelope.src = error != nullptr ? error->src : ip.src;
  envelope.dst = error != nullptr ? error->dst : ip.dst;
  envelope.quoted = quoted;
  if (!ip.has_upper_layer()) {
    // What an error quotes is never completed, and a fragment that the capture cut completes nothing.
    if (!quoted && !ip.payload.cut()) keep_fragment(ip, false);
    return;
  }
  ip.forget_length();
  // Some tools cut frames and write the shortened length as the original one. A sender cannot send less than its IP
  // header says, so the header is believed.
  if (ip.length > view.wire) ip.payload.wire += ip.length - view.wire;
  upper(ip, envelope, depth);
}

void Descent::upper(const IpHeader& ip, const Envelope& envelope, int depth) {
  switch (ip.protocol) {
    case protocol::kUdp:
      return udp(ip.payload, envelope);
    case protocol::kTcp:
      return tcp(ip.payload, envelope);
    case protocol::kIcmp:
    case protocol::kIcmpv6:
      if (!envelope.quoted) icmp(ip, envelope);
      return;
    case protocol::kIpv4:
    case protocol::kIpv6:
      if (depth < kMaxOuterTunnels && !envelope.quoted) network(ip.payload, depth + 1);
      return;
    case protocol::kGre:
      if (depth < kMaxOuterTunnels && !envelope.quoted) gre(ip.payload, depth + 1);
      return;
    default:
      return;
  }
}

// | source port (2) | destination port (2) | length (2) | checksum (2) |   (RFC 768)
void Descent::udp(View view, const Envelope& envelope) {
  if (view.size() < 4) return;
  const Ports ports{load_u16(view.data()), load_u16(view.data() + 2), Transport::udp};
  const Claim claimed = claim(ports.src, ports.dst);
  if (claimed.use == PortUse::none) return;
  const std::uint16_t port = decoder_.use_of(ports.dst) != PortUse::none ? ports.dst : ports.src;
  const std::size_t length = view.size() >= 6 ? load_u16(view.data() + 4) : kUdpHeader;
  if (view.wire < kUdpHeader || length < kUdpHeader) return reject(Packet::Rejected::udp_malformed, port);
  if (view.size() < kUdpHeader) return;
  view.limit(length);
  view.skip(kUdpHeader);
  if (view.wire == 0) return reject(Packet::Rejected::empty, port);
  if (!view.octets.empty()) datagram(view, envelope, ports, claimed);
}

// GTP' may run over TCP (TS 32.295, 5.1.2). Segments are not put together: messages that start in this one are shown.
void Descent::tcp(View view, const Envelope& envelope) {
  if (view.size() < kTcpHeader) return;
  const Ports ports{load_u16(view.data()), load_u16(view.data() + 2), Transport::tcp};
  Claim claimed = claim(ports.src, ports.dst);
  const std::size_t header = (load_u8(view.data() + 12) >> 4) * std::size_t{4};
  if (claimed.use == PortUse::none || claimed.use == PortUse::pfcp) return;
  if (header < kTcpHeader || header >= view.size()) return;
  claimed.stream = true;
  view.skip(header);
  datagram(view, envelope, ports, claimed);
}

// An error message quotes the packet that caused it, from its IP header on (RFC 792; RFC 4443, 3).
void Descent::icmp(const IpHeader& ip, const Envelope& envelope) {
  if (ip.payload.size() <= kIcmpHeader) return;
  const int type = load_u8(ip.payload.data());
  const bool error = ip.protocol == protocol::kIcmpv6
                         ? type >= 1 && type <= 4                                            // see RFC 4443, 2.1
                         : type == 3 || type == 4 || type == 5 || type == 11 || type == 12;  // see RFC 792
  if (!error) return;
  View quoted = ip.payload;
  quoted.skip(kIcmpHeader);
  quoted.wire = SIZE_MAX / 2;  // the quoted header knows how long that packet was
  network(quoted, kMaxOuterTunnels, true, &envelope);
}

// | C R K S flags, version (2) | EtherType (2) | optional checksum, key, sequence number (4 each) |   (RFC 2784, 2890)
void Descent::gre(View view, int depth) {
  if (view.size() < 4) return;
  const std::uint16_t flags = load_u16(view.data());
  const std::uint16_t ether_type = load_u16(view.data() + 2);
  if ((flags & 0x4007) != 0) return;  // source routing, PPTP
  std::size_t header = 4;
  for (const unsigned flag : {0x8000U, 0x2000U, 0x1000U}) {
    if ((flags & flag) != 0) header += 4;
  }
  if (view.size() < header || (ether_type != kEtherTypeIpv4 && ether_type != kEtherTypeIpv6)) return;
  view.skip(header);
  network(view, depth);
}

// Narrows [view] to the message that starts a TCP payload. The rest of a long one is in segments to come, which is no
// fault of the sender. False: no message starts here.
bool take_from_stream(View& view, const Claim& claim) noexcept {
  wire::Header header;
  if (read_message(view, claim, header) != Packet::Rejected::no) return false;
  const std::size_t end = declared_end(header);
  view.wire = std::max(view.wire, end);
  view.limit(end);
  return true;
}

void Descent::datagram(View view, const Envelope& envelope, const Ports& ports, const Claim& claimed) {
  if (out_.layers.size() >= kMaxLayers) {
    out_.layers.back().header.faults.add(Fault::layers_too_many);
    return;
  }
  int version = 0;
  for (int count = 0; count < kMaxMessages && !view.octets.empty(); ++count) {
    const std::size_t index = out_.layers.size();
    const bool other_version = count != 0 && load_u8(view.data()) >> 5 != version;
    View one = view;
    if (claimed.stream && (other_version || !take_from_stream(one, claimed))) return;
    if (other_version || !message(one, envelope, ports, claimed, count != 0)) {
      if (count != 0) add_missing_message(out_.layers.back().header, view);
      return;
    }
    Layer& layer = out_.layers[index];
    const bool another = announces_another(layer.header);
    if (layer.header.protocol == Protocol::gtpv2_c && another && count == 1) {
      // TS 29.274, 5.5.1 allows one. Nothing sensible follows.
      layer.header.faults.add(Fault::piggyback_too_many);
      return;
    }
    const std::size_t end = declared_end(layer.header);
    if ((!another && !claimed.stream) || end == 0 || end > view.size()) return;
    version = layer.header.version;
    view.skip(end);
  }
}

// Adds the message at the start of [view] as a layer, and those inside its T-PDU. False: it is not one of ours.
bool Descent::message(const View& view, const Envelope& envelope, const Ports& ports, const Claim& claimed,
                      bool further) {
  const std::size_t index = out_.layers.size();
  Layer& layer = out_.layers.emplace_back();
  const Packet::Rejected why = read_message(view, claimed, layer.header);
  if (why != Packet::Rejected::no) {
    out_.layers.pop_back();
    const std::uint16_t port = decoder_.use_of(ports.dst) != PortUse::none ? ports.dst : ports.src;
    reject(why, port, static_cast<std::uint8_t>(load_u8(view.data()) >> 5));
    return false;
  }
  layer.src = envelope.src;
  layer.dst = envelope.dst;
  layer.transport = ports.transport;
  layer.has_ports = true;
  layer.src_port = ports.src;
  layer.dst_port = ports.dst;
  layer.piggybacked = further;
  layer.quoted = envelope.quoted;
  layer.message = view.octets.first(layer.header.body_end);
  layer.offset = view.offset;
  if (layer.header.next_extension_type != 0) read_pdu_session(layer);
  if (layer.header.message_type == wire::kMessageGPdu && layer.header.protocol != Protocol::gtp_prime) {
    t_pdu(view, index);
  }
  return true;
}

void Descent::t_pdu(const View& view, std::size_t index) {
  Layer& layer = out_.layers[index];
  const wire::Header& header = layer.header;
  const std::size_t end = declared_end(header);
  if (header.body_offset >= header.body_end || end <= header.body_offset) return;
  View body = view.behind(header.body_offset);
  body.limit(end - header.body_offset);
  IpHeader ip;
  if (!decode_t_pdu(body, layer, ip)) return;
  if (!ip.has_upper_layer()) {
    if (!layer.quoted && !ip.payload.cut()) keep_fragment(ip, true);
    return;
  }
  ip.forget_length();
  inner_upper(ip, layer);
}

void Descent::inner_upper(const IpHeader& ip, Layer& layer) {
  if (ip.protocol != protocol::kUdp) return;
  Envelope envelope;
  envelope.src = ip.src;
  envelope.dst = ip.dst;
  envelope.quoted = layer.quoted;
  udp(ip.payload, envelope);
}

}  // namespace

Decoder::Decoder(const std::vector<PortRule>& extra) : rules_(extra) {}

PortUse Decoder::use_of(std::uint16_t port) const noexcept {
  for (const PortRule& rule : rules_) {
    if (rule.port == port) return rule.use;
  }
  return well_known(port);
}

void Decoder::decode(LinkType link, Bytes frame, std::size_t wire_length, Packet& out) const {
  out.clear();
  View view{frame, std::max(wire_length, frame.size()), 0};
  if (skip_link_layer(link, view, out)) Descent(*this, out).network(view, 0);
}

void Decoder::decode_reassembled(const FragmentInfo& fragment, Bytes payload, Packet& out) const {
  IpHeader ip;
  ip.src = fragment.src;
  ip.dst = fragment.dst;
  ip.version = static_cast<std::uint8_t>(ip.src.version());
  ip.protocol = fragment.protocol;
  ip.payload = {payload, payload.size(), 0};
  const bool inner = fragment.inner;  // [fragment] may be out.fragment, which the descent overwrites
  out.has_fragment = false;
  const bool walked = ip.version != 6 || skip_extension_headers(ip) == IpStatus::ok;

  Descent descent(*this, out);
  if (!inner) {
    Envelope envelope;
    envelope.src = ip.src;
    envelope.dst = ip.dst;
    if (walked) descent.upper(ip, envelope, 0);
    return;
  }
  if (out.layers.empty()) return;
  Layer& layer = out.layers.back();
  layer.inner.protocol = ip.protocol;
  if (!walked) return;
  decode_upper_layer(ip, layer.inner);
  descent.inner_upper(ip, layer);
}

}  // namespace gtp::packet
