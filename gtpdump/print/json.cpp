// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtpdump/print/json.hpp"

#include <array>

#include "gtpdump/print/json_fields.hpp"
#include "gtpdump/print/words.hpp"
#include "libcommon/wire/extension_header.hpp"

namespace gtp::dump {
namespace {

void member(TextBuffer& out, std::string_view quoted_key, std::uint64_t value) {
  out.put(quoted_key);
  out.put_dec(value);
}

void address_member(TextBuffer& out, std::string_view quoted_key, const IpAddress& address) {
  out.put(quoted_key);
  out.put('"');
  out.put_address(address);
  out.put('"');
}

template <typename Numbers>
void list_member(TextBuffer& out, std::string_view quoted_key, const Numbers& numbers) {
  out.put(quoted_key);
  out.put('[');
  bool first = true;
  for (const auto number : numbers) {
    if (!first) out.put(',');
    first = false;
    out.put_dec(number);
  }
  out.put(']');
}

void put_frames(TextBuffer& out, const packet::Packet& packet, const packet::FragmentList& list) {
  if (list.count == 0) return;
  list_member(out, ",\"reassembled_from\":", std::span(packet.fragment_frames).subspan(list.first, list.count));
}

void put_header(TextBuffer& out, const wire::Header& h) {
  out.put("\"protocol\":\"");
  out.put(wire::key(h.protocol));
  member(out, "\",\"version\":", h.version);
  if (h.has_type) {
    const wire::MessageInfo* message = wire::find_message(h.protocol, h.message_type);
    member(out, ",\"message_type\":", h.message_type);
    out.put(",\"message\":\"");
    out.put(message != nullptr ? message->key : std::string_view("unknown"));
    out.put('"');
  }
  if (h.has_length) member(out, ",\"length\":", h.length);
  if (h.has_teid) member(out, ",\"teid\":", h.teid);
  if (h.has_seid) member(out, ",\"seid\":", h.seid);
  if (h.has_sequence_number) member(out, ",\"sequence_number\":", h.sequence_number);
  if (h.has_flow_label) member(out, ",\"flow_label\":", h.flow_label);
  if (h.has_n_pdu_number) {
    member(out,
           h.protocol == wire::Protocol::gtpv0 ? ",\"sndcp_n_pdu_number\":" : ",\"n_pdu_number\":", h.n_pdu_number);
  }
  if (h.has_tid) {
    out.put(",\"tid\":\"");
    put_tbcd(out, h.tid);
    out.put('"');
  }
  if (h.has_message_priority) member(out, ",\"message_priority\":", h.message_priority);
}

void put_extensions(TextBuffer& out, const packet::Layer& layer) {
  if (layer.header.next_extension_type == 0) return;
  wire::ExtensionWalker walker(layer.message, layer.header.header_length, layer.header.next_extension_type);
  wire::ExtensionHeader extension;
  bool first = true;
  while (walker.next(extension)) {
    out.put(first ? std::string_view(",\"extension_headers\":[") : std::string_view(","));
    first = false;
    const wire::ExtensionInfo* info = wire::find_extension(extension.type);
    member(out, "{\"type\":", extension.type);
    out.put(",\"name\":\"");
    out.put(info != nullptr ? info->key : std::string_view("unknown"));
    out.put('"');
    if (extension.has_length) member(out, ",\"length\":", extension.length);
    if (info != nullptr && info->decode != nullptr && !extension.content.empty()) {
      out.put(',');
      const std::size_t before = out.size();
      JsonFields fields(out);
      Cursor content(extension.content, layer.offset + extension.offset + 1);
      info->decode(content, fields);
      if (out.size() == before) out.truncate(before - 1);
    }
    out.put('}');
  }
  if (!first) out.put(']');
}

void put_inner(TextBuffer& out, const packet::Packet& packet, const packet::Layer& layer) {
  using Payload = packet::Inner::Payload;
  const packet::Inner& in = layer.inner;
  if (in.payload == Payload::none) return;
  if (in.payload != Payload::ip) {
    out.put(",\"inner\":{\"payload\":\"");
    out.put(in.payload == Payload::ethernet ? "ethernet" : in.payload == Payload::ppp ? "ppp" : "unknown");
    out.put("\"}");
    return;
  }
  member(out, ",\"inner\":{\"ip_version\":", in.ip_version);
  // A header that the capture cut has some of these.
  if (!in.src.empty()) address_member(out, ",\"src\":", in.src);
  if (!in.dst.empty()) address_member(out, ",\"dst\":", in.dst);
  if (in.has_protocol) member(out, ",\"protocol\":", in.protocol);
  if (in.has_length) member(out, ",\"length\":", in.length);
  if (in.is_fragment) {
    member(out, ",\"fragment_offset\":", in.fragment_offset);
    out.put(in.more_fragments ? ",\"more_fragments\":true" : ",\"more_fragments\":false");
  }
  put_frames(out, packet, layer.inner_fragments);
  if (in.has_ports) {
    member(out, ",\"src_port\":", in.src_port);
    member(out, ",\"dst_port\":", in.dst_port);
  }
  if (in.has_icmp_type) member(out, ",\"icmp_type\":", in.icmp_type);
  out.put('}');
}

void put_digits(TextBuffer& out, std::string_view quoted_key, PackedDigits digits) {
  if (digits.empty()) return;
  out.put(quoted_key);
  out.put('"');
  out.add(digits.write(out.room(16)));
  out.put('"');
}

void put_annotation(TextBuffer& out, const Annotation& a) {
  const TransactionInfo& t = a.transaction;
  if (t.request_frame != 0 || t.retransmission_of != 0) {
    out.put(",\"transaction\":{");
    if (t.request_frame != 0) {
      member(out, "\"request_frame\":", t.request_frame);
      member(out, ",\"response_time_ns\":", t.response_time_ns);
    }
    if (t.retransmission_of != 0) {
      member(out, t.request_frame != 0 ? ",\"retransmission_of\":" : "\"retransmission_of\":", t.retransmission_of);
    }
    out.put('}');
  }
  const SessionInfo& s = a.session;
  if (s.id == 0) return;
  member(out, ",\"session\":{\"id\":", s.id);
  put_digits(out, ",\"imsi\":", s.imsi);
  put_digits(out, ",\"msisdn\":", s.msisdn);
  if (!s.apn.empty()) {
    out.put(",\"apn\":");
    out.put_json_string(s.apn);
  }
  if (!s.ue_ipv4.empty()) address_member(out, ",\"ue_ipv4\":", s.ue_ipv4);
  if (!s.ue_ipv6.empty()) address_member(out, ",\"ue_ipv6\":", s.ue_ipv6);
  out.put('}');
}

void put_notes(TextBuffer& out, wire::FaultSet faults) {
  if (faults.empty()) return;
  out.put(",\"notes\":[");
  bool first = true;
  faults.each([&](const wire::FaultInfo& fault) {
    if (!first) out.put(',');
    first = false;
    out.put_json_string(fault.text);
  });
  out.put(']');
}

void put_layer(TextBuffer& out, const Item& item, std::size_t index, bool raw) {
  const packet::Layer& layer = item.packet.layers[index];
  address_member(out, "{\"src\":", layer.src);
  address_member(out, ",\"dst\":", layer.dst);
  if (layer.has_ports && !layer.quoted) {
    out.put(layer.transport == packet::Transport::tcp ? ",\"transport\":\"tcp\"" : ",\"transport\":\"udp\"");
    member(out, ",\"src_port\":", layer.src_port);
    member(out, ",\"dst_port\":", layer.dst_port);
  }
  put_frames(out, item.packet, layer.outer_fragments);
  out.put(',');
  put_header(out, layer.header);
  put_extensions(out, layer);

  wire::FaultSet faults = layer.header.faults;
  JsonIes ies(out, layer.header.protocol, raw);
  faults.merge(wire::visit_message(layer.header, layer.message, layer.offset, ies));
  ies.finish();
  put_inner(out, item.packet, layer);

  if (layer.piggybacked) out.put(",\"piggybacked\":true");
  if (layer.quoted) out.put(",\"quoted\":true");
  if (faults.malformed()) out.put(",\"malformed\":true");
  if (index < item.annotations.size()) put_annotation(out, item.annotations[index]);
  put_notes(out, faults);
  out.put('}');
}

}  // namespace

void JsonPrinter::print(const Item& item, TextBuffer& out) const {
  constexpr std::uint64_t kSecond = 1'000'000'000;
  member(out, "{\"schema\":\"gtp-json/1\",\"frame\":", item.frame);
  if (item.raw.has_time) {
    member(out, ",\"time\":\"", item.raw.time_ns / kSecond);
    out.put('.');
    out.put_padded(item.raw.time_ns % kSecond, 9);
    out.put('"');
  }
  member(out, ",\"len\":", item.raw.wire_length);
  member(out, ",\"caplen\":", item.raw.octets.size());
  if (!item.packet.vlan.empty()) list_member(out, ",\"vlan\":", item.packet.vlan);
  if (!item.packet.mpls.empty()) list_member(out, ",\"mpls\":", item.packet.mpls);
  out.put(",\"layers\":[");
  for (std::size_t i = 0; i < item.packet.layers.size(); ++i) {
    if (i != 0) out.put(',');
    put_layer(out, item, i, options_.raw);
  }
  out.put("]}\n");
}

}  // namespace gtp::dump
