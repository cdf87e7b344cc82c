// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtpdump/print/summary.hpp"

#include "gtpdump/print/hex.hpp"
#include "gtpdump/print/words.hpp"
#include "libcommon/util/units.hpp"
#include "libcommon/wire/extension_header.hpp"
#include "libcommon/wire/ie.hpp"

namespace gtp::dump {
namespace {

using output::Role;
using wire::Protocol;

bool is_own_port(Protocol protocol, std::uint16_t port) {
  switch (protocol) {
    case Protocol::gtpv0:
    case Protocol::gtp_prime:
      return port == wire::kPortGtpV0AndPrime;
    case Protocol::gtpv1_u:
      return port == wire::kPortGtpU;
    case Protocol::gtpv1_c:
    case Protocol::gtpv2_c:
      return port == wire::kPortGtpC;
    case Protocol::pfcp:
      return port == wire::kPortPfcp;
  }
  return false;
}

void put_message_name(TextBuffer& out, const wire::Header& header) {
  if (!header.has_type) {
    out.put("(header cut)");
    return;
  }
  if (const wire::MessageInfo* message = wire::find_message(header.protocol, header.message_type)) {
    out.put(message->name);
  } else {
    out.put("unknown message ");
    out.put_dec(header.message_type);
  }
}

void put_header_facts(TextBuffer& out, const packet::Layer& layer, const output::Style& style) {
  const wire::Header& h = layer.header;
  if (h.has_teid) {
    out.put(" teid 0x");
    out.put_hex(h.teid, 8);
  }
  if (h.has_seid) {
    out.put(" seid 0x");
    out.put_hex(h.seid, 16);
  }
  if (h.has_tid) {
    out.put(" tid ");
    put_tbcd(out, h.tid);
  }
  if (h.has_flow_label) word(out, " flow ", h.flow_label);
  if (h.has_sequence_number) word(out, " seq ", h.sequence_number);
  if (h.has_n_pdu_number) word(out, " n-pdu ", h.n_pdu_number);
  if (layer.has_pdu_session) {
    style.begin(out, Role::value);
    word(out, " qfi ", layer.qfi);
    style.end(out, Role::value);
  }
  if (h.next_extension_type == 0 ||
      (layer.has_pdu_session && h.next_extension_type == wire::kExtensionPduSessionContainer)) {
    return;
  }
  out.put(" ext ");
  const wire::ExtensionInfo* extension = wire::find_extension(h.next_extension_type);
  if (extension != nullptr) {
    out.put(extension->key);
  } else {
    out.put_hex(h.next_extension_type, 2);
  }
}

// A G-PDU never says whose it is, so all that is known is shown; a control message says most of it itself.
void put_session(TextBuffer& out, const SessionInfo& session, bool control_plane, bool named) {
  if (session.id == 0) return;
  word(out, " [session ", session.id);
  if (!session.imsi.empty() && !named) {
    out.put(" imsi ");
    out.add(session.imsi.write(out.room(16)));
  } else if (!session.msisdn.empty() && !named) {
    out.put(" msisdn ");
    out.add(session.msisdn.write(out.room(16)));
  }
  if (!session.apn.empty() && !control_plane) {
    out.put(" apn ");
    out.put_escaped(session.apn);
  }
  out.put(']');
}

void put_transaction(TextBuffer& out, const TransactionInfo& transaction, const output::Style& style) {
  if (transaction.request_frame != 0) {
    word(out, " (answers ", transaction.request_frame);
    out.put(" in ");
    gtp::put_duration(out, transaction.response_time_ns);
    out.put(')');
  }
  if (transaction.retransmission_of != 0) {
    style.begin(out, Role::warn);
    word(out, " (retransmission of ", transaction.retransmission_of);
    out.put(')');
    style.end(out, Role::warn);
  }
}

void put_faults(TextBuffer& out, wire::FaultSet faults, const output::Style& style) {
  faults.each([&](const wire::FaultInfo& fault) {
    const Role role = fault.severity == wire::Severity::note ? Role::dim : Role::error;
    style.begin(out, role);
    out.put(fault.severity == wire::Severity::malformed ? "  !! malformed: " : "  ! ");
    out.put(fault.text);
    style.end(out, role);
  });
}

void put_mac(TextBuffer& out, Bytes octets) {
  for (std::size_t i = 0; i < octets.size(); ++i) {
    if (i != 0) out.put(':');
    out.put_octets(octets.subspan(i, 1));
  }
}

// " 02:00:00:00:00:01 > 02:00:00:00:00:02 0x0800 1514"
void put_ethernet(TextBuffer& out, const packet::Inner& inner) {
  out.put(" Ethernet ");
  put_mac(out, slice(inner.octets, 6, 6));
  out.put(" > ");
  put_mac(out, slice(inner.octets, 0, 6));
  out.put(" 0x");
  out.put_octets(slice(inner.octets, 12, 2));
  word(out, " ", inner.octets.size());
}

void put_ip_line(TextBuffer& out, const packet::Inner& inner, bool reassembled) {
  if (inner.has_addresses) {
    out.put(' ');
    put_endpoint(out, inner.src, inner.src_port, inner.has_ports);
    out.put(" > ");
    put_endpoint(out, inner.dst, inner.dst_port, inner.has_ports);
  }
  if (inner.has_protocol) {
    out.put(' ');
    put_ip_protocol(out, inner.protocol);
  }
  constexpr std::uint8_t kTcp = 6;
  if (inner.protocol == kTcp && inner.has_ports) {
    out.put(" [");
    put_tcp_flags(out, inner.tcp_flags);
    out.put(']');
  }
  if (inner.has_icmp_type) put_icmp(out, inner);
  if (inner.has_length) word(out, " ", inner.length);
  if (inner.is_fragment && !reassembled) {
    word(out, " fragment@", std::uint64_t{inner.fragment_offset} * 8);
    if (inner.more_fragments) out.put('+');
  }
}

constexpr std::string_view kRejections[] = {"",
                                            "no GTP: empty datagram",
                                            "no GTP: unsupported version ",
                                            "no GTP: other traffic",
                                            "IP header makes no sense",
                                            "UDP header makes no sense"};

}  // namespace

void put_endpoint(TextBuffer& out, const IpAddress& address, std::uint16_t port, bool with_port) {
  const bool brackets = with_port && address.is_v6();
  if (brackets) out.put('[');
  out.put_address(address);
  if (brackets) out.put(']');
  if (with_port) {
    out.put(':');
    out.put_dec(port);
  }
}

void put_inner_line(TextBuffer& out, const packet::Layer& layer) {
  const packet::Inner& inner = layer.inner;
  const bool reassembled = layer.inner_fragments.count != 0;
  using Payload = packet::Inner::Payload;
  switch (inner.payload) {
    case Payload::none:
      return;
    case Payload::ip:
      // Neither address nor protocol: the header contradicts itself, or the capture ends in its first octets.
      if (inner.src.empty() && !inner.has_protocol) return word(out, " unreadable IPv", inner.ip_version);
      return put_ip_line(out, inner, reassembled);
    case Payload::ethernet:
      put_ethernet(out, inner);
      if (inner.ip_version != 0) put_ip_line(out, inner, reassembled);
      return;
    case Payload::ppp:
      return word(out, " PPP frame ", inner.octets.size());
    case Payload::unknown:
      return word(out, " unknown payload ", inner.octets.size());
  }
}

void put_layer_line(TextBuffer& out, const Item& item, std::size_t index, const output::Style& style) {
  const packet::Layer& layer = item.packet.layers[index];
  const Protocol protocol = layer.header.protocol;
  if (layer.quoted) out.put("quoted in ICMP error: ");
  put_endpoint(out, layer.src, layer.src_port, layer.has_ports && !is_own_port(protocol, layer.src_port));
  out.put(" > ");
  put_endpoint(out, layer.dst, layer.dst_port, layer.has_ports && !is_own_port(protocol, layer.dst_port));
  if (layer.transport == packet::Transport::tcp) out.put(" TCP");
  out.put(' ');
  style.begin(out, Role::name);
  out.put(wire::title(protocol));
  out.put(' ');
  put_message_name(out, layer.header);
  style.end(out, Role::name);
  put_header_facts(out, layer, style);

  const bool user_data = layer.inner.payload != packet::Inner::Payload::none;
  wire::FaultSet faults = layer.header.faults;
  bool named = false;
  if (!user_data) {
    const MessageFacts facts = put_ie_facts(out, layer, style);
    faults.merge(facts.faults);
    named = facts.names_subscriber;
  }
  if (index < item.annotations.size()) {
    put_session(out, item.annotations[index].session, !user_data, named);
    put_transaction(out, item.annotations[index].transaction, style);
  }
  if (layer.outer_fragments.count != 0) word(out, " reassembled from ", layer.outer_fragments.count);
  if (user_data) {
    out.put(" |");
    put_inner_line(out, layer);
    if (layer.inner_fragments.count != 0) word(out, " reassembled from ", layer.inner_fragments.count);
  }
  if (!faults.empty()) put_faults(out, faults, style);
}

void SummaryPrinter::print(const Item& item, TextBuffer& out) const {
  out.put_dec(item.frame);
  out.put(' ');
  stamp_.put(out, item);
  const std::size_t layers = item.packet.layers.size();
  for (std::size_t i = 0; i < layers; ++i) {
    if (i != 0) out.put(item.packet.layers[i].piggybacked ? " + " : " / ");
    put_layer_line(out, item, i, style_);
  }
  if (layers == 0) {
    out.put(kRejections[static_cast<std::size_t>(item.packet.rejected)]);
    if (item.packet.rejected == packet::Packet::Rejected::unsupported_version) {
      out.put_dec(item.packet.rejected_version);
    }
  }
  out.put('\n');
  if (hex_) put_hex(out, item, style_);
}

}  // namespace gtp::dump
