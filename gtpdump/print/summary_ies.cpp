// SPDX-License-Identifier: GPL-2.0-or-later
//
// The facts of a message on its summary line. A sink asks for the few elements that say who, what and where, and prints
// their fields as they come; groups print their name first: " bearer_context ebi 5 f-teid S1-U SGW 0x…@10.0.0.1".
#include "gtpdump/print/summary.hpp"
#include "gtpdump/print/words.hpp"
#include "libcommon/wire/null_sink.hpp"
#include "libcommon/wire/value/typed.hpp"

namespace gtp::dump {
namespace {

using output::Role;
using wire::Protocol;

enum class Fact : std::uint8_t {
  none,
  group,  // print the element's key, then its members
  cause,
  text,      // imsi, msisdn, apn: one text field, named by its key
  number,    // one number, named by its key
  endpoint,  // f-teid, outer header creation: interface teid@address
  f_seid,
  ue_address,
  address,        // gsn address, node id
  teid,           // one TEID, named by the element's key
  sequence_list,  // GTP': the sequence numbers that are answered
};

constexpr Fact fact_v1(std::uint16_t type) noexcept {
  switch (type) {
    case 1:
      return Fact::cause;
    case 2:    // IMSI
    case 131:  // APN
    case 134:  // MSISDN
      return Fact::text;
    case 14:   // Recovery
    case 20:   // NSAPI
    case 151:  // RAT type
      return Fact::number;
    case 16:  // TEID data I
    case 17:  // TEID control plane
      return Fact::teid;
    case 128:
      return Fact::ue_address;
    case 133:
      return Fact::address;
    default:
      return Fact::none;
  }
}

constexpr Fact fact_prime(std::uint16_t type) noexcept {
  switch (type) {
    case 1:
      return Fact::cause;
    case 14:   // Recovery
    case 126:  // Packet transfer command
    case 252:  // Data record packet
      return Fact::number;
    case 249:
    case 250:
    case 253:
      return Fact::sequence_list;
    case 254:
      return Fact::address;
    default:
      return Fact::none;
  }
}

constexpr Fact fact_v2(std::uint16_t type) noexcept {
  switch (type) {
    case 1:   // IMSI
    case 71:  // APN
    case 76:  // MSISDN
      return Fact::text;
    case 2:
      return Fact::cause;
    case 3:   // Recovery
    case 73:  // EBI
    case 82:  // RAT type
      return Fact::number;
    case 74:
      return Fact::address;
    case 79:
      return Fact::ue_address;
    case 87:
      return Fact::endpoint;
    case 93:
      return Fact::group;
    default:
      return Fact::none;
  }
}

constexpr Fact fact_pfcp(std::uint16_t type) noexcept {
  switch (type) {
    case 1:   // Create PDR
    case 3:   // Create FAR
    case 8:   // Created PDR
    case 9:   // Update PDR
    case 10:  // Update FAR
    case 15:  // Remove PDR
    case 16:  // Remove FAR
    case 2:   // PDI
    case 4:   // Forwarding Parameters
    case 11:  // Update Forwarding Parameters
      return Fact::group;
    case 19:
      return Fact::cause;
    case 21:
    case 84:
      return Fact::endpoint;
    case 22:  // Network instance
      return Fact::text;
    case 56:   // PDR ID
    case 108:  // FAR ID
      return Fact::number;
    case 57:
      return Fact::f_seid;
    case 60:
      return Fact::address;
    case 93:
      return Fact::ue_address;
    default:
      return Fact::none;
  }
}

constexpr Fact fact_of(Protocol protocol, std::uint16_t type) noexcept {
  switch (protocol) {
    case Protocol::gtpv0:
    case Protocol::gtpv1_c:
    case Protocol::gtpv1_u:
      return fact_v1(type);
    case Protocol::gtpv2_c:
      return fact_v2(type);
    case Protocol::gtp_prime:
      return fact_prime(type);
    case Protocol::pfcp:
      return fact_pfcp(type);
  }
  return Fact::none;
}

// "S1-U eNodeB GTP-U interface" is "S1-U eNodeB" to everybody; "S5/S8 PGW GTP-U interface" and its GTP-C sister need
// the letter.
void put_interface(TextBuffer& out, std::string_view name) {
  constexpr std::string_view kTails[] = {" GTP-U interface", " GTP-C interface", " interface"};
  for (const std::string_view tail : kTails) {
    if (!name.ends_with(tail)) continue;
    const std::string_view head = name.substr(0, name.size() - tail.size());
    out.put(head);
    if (tail.size() == kTails[0].size() && head.find("-U ") == std::string_view::npos) out.put(tail.substr(4, 2));
    return;
  }
  out.put(name);
}

class FactSink final : public wire::NullSink {
 public:
  FactSink(TextBuffer& out, Protocol protocol, const output::Style& style) noexcept
      : out_(out), protocol_(protocol), style_(style) {}

  bool wants_fields(const wire::Ie& ie) override { return silent_ == 0 && fact_of(protocol_, ie.type) != Fact::none; }
  // Elements without facts are decoded where they might be cut: the line says whether something is wrong with them.
  void begin_ie(const wire::Ie& ie) override {
    fact_ = silent_ != 0 ? Fact::none : fact_of(protocol_, ie.type);
    if (fact_ == Fact::none) ++silent_;
    begun_ = addressed_ = false;
    ie_key_ = ie.info != nullptr ? ie.info->key : std::string_view{};
    // The PDI and forwarding parameters add nothing to the rule that they are in.
    if (fact_ == Fact::group && ie_key_ != "pdi" && !ie_key_.ends_with("forwarding_parameters")) {
      group_key_ = ie_key_;
      out_.put(' ');
      out_.put(ie_key_);
    }
  }
  void end_ie(const wire::Ie&, bool) override {
    fact_ = Fact::none;
    if (silent_ != 0) --silent_;
  }

  void number(const wire::FieldInfo& field, std::uint64_t value, wire::Range) override {
    if (depth_ != 0) {
      if (fact_ == Fact::sequence_list) word(out_, begun_ ? "," : " for ", value);
      begun_ = true;
      return;
    }
    switch (fact_) {
      case Fact::cause:
        if (field.key == "cause") put_cause(field, value);
        return;
      case Fact::number:
        if (!begun_) put_number(field, value);
        begun_ = true;
        return;
      case Fact::teid:
        put_tunnel(value);
        return;
      case Fact::endpoint:
        put_endpoint_number(field, value);
        return;
      case Fact::f_seid:
        if (field.key == "seid") {
          out_.put(" f-seid 0x");
          out_.put_hex(value, 16);
          begun_ = true;
        }
        return;
      default:
        return;
    }
  }

  void text(const wire::FieldInfo& field, std::string_view value, wire::Range) override {
    if (depth_ != 0) return;
    if (fact_ != Fact::text && !(fact_ == Fact::address && field.key == "fqdn")) return;
    names_subscriber_ = names_subscriber_ || field.key == "imsi";
    out_.put(' ');
    out_.put(fact_ == Fact::text ? field.key : std::string_view("node"));
    out_.put(' ');
    style_.begin(out_, Role::value);
    out_.put_escaped(value);
    style_.end(out_, Role::value);
  }

  void address(const wire::FieldInfo& field, const IpAddress& value, wire::Range) override {
    if (depth_ != 0 || (field.key != "ipv4" && field.key != "ipv6")) return;
    switch (fact_) {
      case Fact::endpoint:
      case Fact::f_seid:
        out_.put(addressed_ ? ',' : begun_ ? '@' : ' ');
        addressed_ = true;
        break;
      case Fact::ue_address:
        if (wire::is_unspecified(value)) return;  // "assign one"
        out_.put(" ue ");
        break;
      case Fact::address:
        out_.put(ie_key_ == "node_id" ? " node " : ie_key_ == "gsn_address" ? " gsn " : " address ");
        break;
      default:
        return;
    }
    out_.put_address(value);
  }

  // Did the message say whose it is?
  bool names_subscriber() const noexcept { return names_subscriber_; }

  void begin_list(const wire::FieldInfo&, wire::Range) override { ++depth_; }
  void end_list() override { --depth_; }
  void begin_object(const wire::FieldInfo&, wire::Range) override { ++depth_; }
  void end_object() override { --depth_; }

 private:
  // Below 64 are requests' causes in GTPv1, 1-15 in GTPv2 and 64 up are refusals in both; PFCP accepts with 1 to 3.
  bool is_rejection(std::uint64_t cause) const noexcept {
    if (protocol_ == Protocol::pfcp) return cause >= 64;
    return protocol_ == Protocol::gtpv2_c ? cause >= 64 : cause >= 192;
  }
  void put_cause(const wire::FieldInfo& field, std::uint64_t value) {
    const Role role = is_rejection(value) ? Role::error : Role::value;
    style_.begin(out_, role);
    word(out_, " cause ", value);
    put_name(field, value);
    style_.end(out_, role);
  }
  void put_number(const wire::FieldInfo& field, std::uint64_t value) {
    if (field.key == "restart_counter") {
      word(out_, " restart ", value);
      return;
    }
    // "create_pdr 1 … far 2": the rule's own number needs no name.
    const std::string_view name_of_number = field.key == "pdr_id"     ? std::string_view("pdr")
                                            : field.key == "far_id"   ? std::string_view("far")
                                            : field.key == "rat_type" ? std::string_view("rat")
                                                                      : field.key;
    if (protocol_ != Protocol::pfcp || !group_key_.ends_with(name_of_number)) {
      out_.put(' ');
      out_.put(name_of_number);
    }
    const std::string_view name = field.names != nullptr ? field.names->find(value) : std::string_view{};
    out_.put(' ');
    if (name.empty()) {
      out_.put_dec(value);
    } else {
      out_.put(name);
    }
  }
  void put_endpoint_number(const wire::FieldInfo& field, std::uint64_t value) {
    if (field.key == "interface_type") {
      out_.put(" f-teid");
      const std::string_view name = field.names != nullptr ? field.names->find(value) : std::string_view{};
      out_.put(' ');
      if (name.empty()) {
        out_.put_dec(value);
      } else {
        put_interface(out_, name);
      }
      begun_ = true;
    } else if (field.key == "teid") {
      if (!begun_) out_.put(ie_key_ == "outer_header_creation" ? " to" : " f-teid");
      out_.put(" 0x");
      out_.put_hex(value, 8);
      begun_ = true;
    }
  }
  // A TEID; in GTPv0, a flow label.
  void put_tunnel(std::uint64_t value) {
    const bool data = ie_key_.ends_with("data_i");
    if (protocol_ == Protocol::gtpv0) {
      word(out_, data ? " data flow " : " signalling flow ", value);
      return;
    }
    out_.put(data ? " data 0x" : " control 0x");
    out_.put_hex(value, 8);
  }
  void put_name(const wire::FieldInfo& field, std::uint64_t value) {
    const std::string_view name = field.names != nullptr ? field.names->find(value) : std::string_view{};
    if (name.empty()) return;
    out_.put(' ');
    out_.put(name);
  }

  TextBuffer& out_;
  Protocol protocol_;
  const output::Style& style_;
  Fact fact_ = Fact::none;
  int silent_ = 0;  // so deep inside an element without facts
  bool begun_ = false;
  bool addressed_ = false;  // a dual-stack endpoint has a second address
  bool names_subscriber_ = false;
  std::string_view ie_key_;
  std::string_view group_key_;  // the rule that is being printed
  std::size_t depth_ = 0;
};

}  // namespace

MessageFacts put_ie_facts(TextBuffer& out, const packet::Layer& layer, const output::Style& style) {
  FactSink sink(out, layer.header.protocol, style);
  const wire::FaultSet faults = wire::visit_message(layer.header, layer.message, layer.offset, sink);
  return {faults, sink.names_subscriber()};
}

}  // namespace gtp::dump
