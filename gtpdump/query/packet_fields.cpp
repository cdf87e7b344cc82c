// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtpdump/query/packet_fields.hpp"

#include <array>

#include "libcommon/wire/null_sink.hpp"

namespace gtp::dump {
namespace {

using packet::Layer;

// Hands on the fields of elements that match; nothing else.
class ElementValues : public wire::NullSink {
 public:
  void number(const wire::FieldInfo& field, std::uint64_t value, wire::Range) override {
    if (!matches(field)) return;
    if (field.names != nullptr) {
      out_.enumerated(value, field.names->find(value));
    } else if (field.format == wire::Format::hex) {
      out_.hexadecimal(value, field.digits);
    } else {
      out_.number(value);
    }
  }
  void text(const wire::FieldInfo& field, std::string_view value, wire::Range) override {
    if (matches(field)) out_.text(value);
  }
  void address(const wire::FieldInfo& field, const IpAddress& value, wire::Range) override {
    if (matches(field)) out_.address(value);
  }
  void flags(const wire::FieldInfo& field, std::span<const wire::FlagBit> table, Bytes octets, wire::Range) override {
    if (!matches(field)) return;
    for (const wire::FlagBit& bit : table) {
      if (bit.octet < octets.size() && (load_u8(octets.data() + bit.octet) >> (bit.bit - 1) & 1) != 0) {
        out_.text(bit.key);
      }
    }
  }
  void begin_ie(const wire::Ie& ie) override { element_ = ie.info != nullptr ? ie.info->key : std::string_view{}; }
  void end_ie(const wire::Ie&, bool) override { element_ = {}; }

 protected:
  explicit ElementValues(ValueReceiver& out) noexcept : out_(out) {}
  virtual bool matches(const wire::FieldInfo& field) const = 0;
  std::string_view element_;

 private:
  ValueReceiver& out_;
};

// By the field's key in whatever element it is.
class ByKey final : public ElementValues {
 public:
  ByKey(ValueReceiver& out, std::string_view key, std::string_view other_key = {}) noexcept
      : ElementValues(out), key_(key), other_key_(other_key) {}

 private:
  bool matches(const wire::FieldInfo& field) const override {
    return field.key == key_ || (!other_key_.empty() && field.key == other_key_);
  }
  std::string_view key_;
  std::string_view other_key_;
};

class UeAddress final : public ElementValues {
 public:
  explicit UeAddress(ValueReceiver& out) noexcept : ElementValues(out) {}

 private:
  bool matches(const wire::FieldInfo& field) const override {
    return (field.key == "ipv4" || field.key == "ipv6") &&
           (element_ == "paa" || element_ == "end_user_address" || element_ == "ue_ip_address");
  }
};

class ByElement final : public ElementValues {
 public:
  ByElement(ValueReceiver& out, std::string_view element, std::string_view key) noexcept
      : ElementValues(out), element_name_(element), key_(key) {}
  bool wants(const wire::Ie& ie) override {
    return ie.info != nullptr && (ie.info->grouped || ie.info->key == element_name_);
  }

 private:
  bool matches(const wire::FieldInfo& field) const override { return field.key == key_ && element_ == element_name_; }
  std::string_view element_name_;
  std::string_view key_;
};

void visit(const Layer& layer, wire::MessageSink& sink) {
  wire::visit_message(layer.header, layer.message, layer.offset, sink);
}

void put_digits(PackedDigits digits, ValueReceiver& out) {
  std::array<char, 16> text{};
  const std::size_t n = digits.write(text.data());
  if (n != 0) out.text({text.data(), n});
}

void put_address(const IpAddress& address, ValueReceiver& out) {
  if (!address.empty()) out.address(address);
}

wire::FaultSet all_faults(const Layer& layer) {
  wire::FaultSet faults = layer.header.faults;
  wire::NullSink nothing;
  faults.merge(wire::visit_message(layer.header, layer.message, layer.offset, nothing));
  return faults;
}

// The elements of a message say more about it than the session does, so they come first.
void collect_identity(const Layer& layer, const SessionInfo* session, PacketField field, ValueReceiver& out) {
  switch (field) {
    case PacketField::imsi: {
      ByKey values(out, "imsi");
      visit(layer, values);
      if (session != nullptr) put_digits(session->imsi, out);
      return;
    }
    case PacketField::msisdn: {
      ByKey values(out, "msisdn");
      visit(layer, values);
      if (session != nullptr) put_digits(session->msisdn, out);
      return;
    }
    case PacketField::apn: {
      ByKey values(out, "apn", "network_instance");
      visit(layer, values);
      if (session != nullptr && !session->apn.empty()) out.text(session->apn);
      return;
    }
    case PacketField::ue: {
      UeAddress values(out);
      visit(layer, values);
      if (session == nullptr) return;
      put_address(session->ue_ipv4, out);
      put_address(session->ue_ipv6, out);
      return;
    }
    default:
      return;
  }
}

void collect_element_field(const Layer& layer, PacketField field, ValueReceiver& out) {
  const auto by = [&](std::string_view key, std::string_view other = {}) {
    ByKey values(out, key, other);
    visit(layer, values);
  };
  switch (field) {
    case PacketField::teid:
      if (layer.header.has_teid) out.number(layer.header.teid);
      return by("teid");
    case PacketField::seid:
      if (layer.header.has_seid) out.number(layer.header.seid);
      return by("seid");
    case PacketField::mei:
      return by("mei", "imei_sv");
    case PacketField::cause:
      return by("cause");
    case PacketField::rat_type:
      return by("rat_type");
    case PacketField::ebi:
      return by("ebi", "nsapi");
    case PacketField::restart_counter:
      return by("restart_counter");
    default:
      return;
  }
}

void collect_inner(const packet::Inner& in, PacketField field, ValueReceiver& out) {
  const bool either = field == PacketField::inner || field == PacketField::inner_port;
  switch (field) {
    case PacketField::inner_src:
    case PacketField::inner_dst:
    case PacketField::inner:
      if (!in.has_addresses) return;
      if (either || field == PacketField::inner_src) out.address(in.src);
      if (either || field == PacketField::inner_dst) out.address(in.dst);
      return;
    case PacketField::inner_src_port:
    case PacketField::inner_dst_port:
    case PacketField::inner_port:
      if (!in.has_ports) return;
      if (either || field == PacketField::inner_src_port) out.number(in.src_port);
      if (either || field == PacketField::inner_dst_port) out.number(in.dst_port);
      return;
    case PacketField::inner_protocol:
      if (in.payload == packet::Inner::Payload::ip) out.number(in.protocol);
      return;
    case PacketField::inner_length:
      if (in.payload == packet::Inner::Payload::ip) out.number(in.length);
      return;
    default:
      return;
  }
}

void collect_layer(const Layer& layer, const Annotation* known, PacketField field, ValueReceiver& out) {
  const wire::Header& h = layer.header;
  switch (field) {
    case PacketField::src:
      return out.address(layer.src);
    case PacketField::dst:
      return out.address(layer.dst);
    case PacketField::peer:
      out.address(layer.src);
      return out.address(layer.dst);
    case PacketField::src_port:
    case PacketField::dst_port:
    case PacketField::port:
      if (!layer.has_ports) return;
      if (field != PacketField::dst_port) out.number(layer.src_port);
      if (field != PacketField::src_port) out.number(layer.dst_port);
      return;
    case PacketField::protocol:
      return out.enumerated(static_cast<std::uint64_t>(h.protocol), wire::key(h.protocol));
    case PacketField::version:
      return out.number(h.version);
    case PacketField::type: {
      if (!h.has_type) return;
      const wire::MessageInfo* message = wire::find_message(h.protocol, h.message_type);
      return out.enumerated(h.message_type, message != nullptr ? message->key : std::string_view("unknown"));
    }
    case PacketField::sequence_number:
      if (h.has_sequence_number) out.number(h.sequence_number);
      return;
    case PacketField::qfi:
      if (layer.has_pdu_session) out.number(layer.qfi);
      return;
    case PacketField::imsi:
    case PacketField::msisdn:
    case PacketField::apn:
    case PacketField::ue:
      return collect_identity(layer, known != nullptr ? &known->session : nullptr, field, out);
    case PacketField::session:
      if (known != nullptr && known->session.id != 0) out.number(known->session.id);
      return;
    case PacketField::response_time:
      if (known != nullptr && known->transaction.request_frame != 0) out.number(known->transaction.response_time_ns);
      return;
    case PacketField::request_frame:
      if (known != nullptr && known->transaction.request_frame != 0) out.number(known->transaction.request_frame);
      return;
    case PacketField::retransmission:
      if (known != nullptr && known->transaction.retransmission_of != 0) out.number(1);
      return;
    case PacketField::fault:
      return all_faults(layer).each([&](const wire::FaultInfo& fault) { out.text(fault.key); });
    case PacketField::quoted:
      if (layer.quoted) out.number(1);
      return;
    case PacketField::piggybacked:
      if (layer.piggybacked) out.number(1);
      return;
    case PacketField::fragmented:
      if (layer.outer_fragments.count != 0 || layer.inner_fragments.count != 0) out.number(1);
      return;
    case PacketField::malformed:
      if (all_faults(layer).malformed()) out.number(1);
      return;
    default:
      collect_element_field(layer, field, out);
      return collect_inner(layer.inner, field, out);
  }
}

}  // namespace

void collect(const Item& item, PacketField field, ValueReceiver& out) {
  switch (field) {
    case PacketField::frame:
      return out.number(item.frame);
    case PacketField::time:
      return out.number(item.raw.time_ns);
    case PacketField::length:
      return out.number(item.raw.wire_length);
    case PacketField::captured_length:
      return out.number(item.raw.octets.size());
    case PacketField::vlan:
      for (const auto id : item.packet.vlan) out.number(id);
      return;
    case PacketField::mpls:
      for (const auto label : item.packet.mpls) out.number(label);
      return;
    case PacketField::depth:
      return out.number(item.packet.layers.size());
    default:
      break;
  }
  for (std::size_t i = 0; i < item.packet.layers.size(); ++i) {
    const Annotation* known = i < item.annotations.size() ? &item.annotations[i] : nullptr;
    collect_layer(item.packet.layers[i], known, field, out);
  }
}

void collect_element(const Item& item, std::string_view element, std::string_view field, ValueReceiver& out) {
  ByElement values(out, element, field);
  for (const Layer& layer : item.packet.layers) visit(layer, values);
}

void PacketSubject::values(filter::FieldId field, filter::Probe& probe) const {
  class ToProbe final : public ValueReceiver {
   public:
    explicit ToProbe(filter::Probe& probe) noexcept : probe_(probe) {}
    void number(std::uint64_t value) override { probe_.number(value); }
    void text(std::string_view value) override { probe_.text(value); }
    void address(const IpAddress& value) override { probe_.address(value); }
    void enumerated(std::uint64_t code, std::string_view name) override { probe_.enumerated(code, name); }

   private:
    filter::Probe& probe_;
  } receiver(probe);
  collect(item_, static_cast<PacketField>(field), receiver);
}

}  // namespace gtp::dump
