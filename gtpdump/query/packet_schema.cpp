// SPDX-License-Identifier: GPL-2.0-or-later
#include <array>

#include "gtpdump/query/packet_fields.hpp"
#include "libcommon/wire/ie.hpp"

namespace gtp::dump {
namespace {

using filter::FieldDef;
using enum filter::FieldType;

std::string_view message_name(std::size_t index) {
  for (int p = 0; p < wire::kProtocolCount; ++p) {
    const auto table = wire::message_table(static_cast<wire::Protocol>(p));
    if (index < table.size()) return table[index].key;
    index -= table.size();
  }
  return {};
}

std::string_view protocol_name(std::size_t index) {
  return index < wire::kProtocolCount ? wire::key(static_cast<wire::Protocol>(index)) : std::string_view{};
}

// In the order of PacketField.
constexpr auto kFields = std::to_array<FieldDef>({
    {"frame", number, "number of the packet, from 1 over all inputs", "frame 100..200"},
    {"time", time, "capture time", "time >= 2021-05-03T12:00:00Z"},
    {"length", number, "octets of the packet on the wire", "length > 1400", "len"},
    {"captured_length", number, "octets that were captured", "captured_length < 64", "caplen"},
    {"vlan", number, "VLAN identifiers, outermost first", "vlan 100"},
    {"mpls", number, "MPLS labels, outermost first", "mpls 16..1000"},
    {"src", address, "outer source address", "src 192.0.2.0/24"},
    {"dst", address, "outer destination address", "dst 2001:db8::1"},
    {"peer", address, "either outer address", "peer 192.0.2.1", "host"},
    {"src_port", port, "outer source port", "src_port 2152"},
    {"dst_port", port, "outer destination port", "dst_port 2123"},
    {"port", port, "either outer port", "port 8805"},
    {"protocol", enumeration, "gtpv0, gtpv1-c, gtpv1-u, gtpv2-c, gtp_prime or pfcp", "protocol pfcp", "proto",
     protocol_name},
    {"version", number, "version in the header", "version 2"},
    {"type", enumeration, "message type, by number or by name; the first words are enough",
     "type create_session_request", "message", message_name},
    {"teid", number, "TEID of the header, or carried in an element", "teid 0x51a0ff17"},
    {"seid", number, "PFCP session endpoint identifier, of the header or carried", "seid 0x10"},
    {"sequence_number", number, "sequence number", "sequence_number 17", "seq"},
    {"qfi", number, "QoS flow of the PDU session container", "qfi 1..9"},
    {"imsi", digits, "IMSI in the message or of its session", "imsi 001010000000001"},
    {"msisdn", digits, "MSISDN in the message or of its session", "msisdn 4912345*"},
    {"mei", digits, "IMEI or IMEISV in the message", "mei 35*", "imei imei_sv"},
    {"apn", text, "APN or DNN in the message or of its session", "apn internet*", "dnn"},
    {"ue", address, "address of the UE in the message or of its session", "ue 10.45.0.0/16", "ue_ip ms"},
    {"cause", enumeration, "cause value", "cause > 63"},
    {"rat_type", enumeration, "radio access technology", "rat_type 6", "rat"},
    {"ebi", number, "EPS bearer identity, or NSAPI", "ebi 5", "nsapi"},
    {"restart_counter", number, "Recovery element", "restart_counter", "recovery restart"},
    {"inner_src", address, "source address inside the tunnel", "inner_src 10.45.0.7", "inner.src"},
    {"inner_dst", address, "destination address inside the tunnel", "inner_dst 8.8.8.8", "inner.dst"},
    {"inner", address, "either address inside the tunnel", "inner 10.45.0.0/16", "inner_host inner.host"},
    {"inner_src_port", port, "source port inside the tunnel", "inner_src_port 53", "inner.src_port"},
    {"inner_dst_port", port, "destination port inside the tunnel", "inner_dst_port 443", "inner.dst_port"},
    {"inner_port", port, "either port inside the tunnel", "inner_port 53", "inner.port"},
    {"inner_protocol", number, "IP protocol inside the tunnel", "inner_protocol 17", "inner.protocol"},
    {"inner_length", number, "octets of the IP packet inside the tunnel", "inner_length > 1400", "inner.length"},
    {"session", number, "number of the session, as annotated", "session 3"},
    {"response_time", duration, "time from request to this response", "response_time > 100ms", "rtt"},
    {"request_frame", number, "frame of the request that this message answers", "request_frame 54"},
    {"retransmission", boolean, "the message was sent before", "retransmission"},
    {"malformed", boolean, "an octet is missing or decoding stopped early", "malformed"},
    {"fault", text, "what is wrong with the message, by its key", "fault extension_*", "faults"},
    {"quoted", boolean, "found inside an ICMP error", "not quoted"},
    {"piggybacked", boolean, "second message of a GTPv2 datagram", "piggybacked"},
    {"fragmented", boolean, "reassembled from IP fragments, outside or inside", "fragmented"},
    {"depth", number, "how many GTP layers the packet has", "depth > 1"},
});
static_assert(kFields.size() == static_cast<std::size_t>(PacketField::count_));

constexpr filter::Schema kSchema{kFields};

}  // namespace

const filter::Schema& packet_schema() noexcept { return kSchema; }

}  // namespace gtp::dump
