// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtpdump/track/control_facts.hpp"

#include <algorithm>

#include "libcommon/wire/null_sink.hpp"

namespace gtp::dump {
namespace {

using wire::Protocol;

// F-TEID interface types of the user plane (TS 29.274, 8.22).
constexpr bool is_user_plane(std::uint64_t interface_type) noexcept {
  switch (interface_type) {
    case 0:
    case 1:
    case 2:
    case 3:
    case 4:
    case 5:  // S1-U, S12, S5/S8-U
    case 15:
    case 16:  // S4-U
    case 19:
    case 20:
    case 21:
    case 22:
    case 23:
    case 28:  // forwarding
    case 25:
    case 29:  // Sn
    case 31:
    case 33:
    case 34:
    case 37:  // S2b-U, S2a-U
    case 38:
    case 39:  // S11-U
      return true;
    default:
      return false;
  }
}

enum class Part : std::uint8_t {
  none,
  group,
  imsi,
  msisdn,
  apn,
  cause,
  ebi,
  ue,
  f_teid,
  teid_control,
  teid_data,
  gsn,
  nsapi,
  teardown,
  f_seid,
  pfcp_f_teid,
  outer_header,
  user_id
};

constexpr Part part_v1(std::uint16_t type) noexcept {
  switch (type) {
    case 1:
      return Part::cause;
    case 2:
      return Part::imsi;
    case 16:
      return Part::teid_data;
    case 17:
      return Part::teid_control;
    case 19:
      return Part::teardown;
    case 20:
      return Part::nsapi;
    case 128:
      return Part::ue;
    case 131:
      return Part::apn;
    case 133:
      return Part::gsn;
    case 134:
      return Part::msisdn;
    default:
      return Part::none;
  }
}

constexpr Part part_v2(std::uint16_t type) noexcept {
  switch (type) {
    case 1:
      return Part::imsi;
    case 2:
      return Part::cause;
    case 71:
      return Part::apn;
    case 73:
      return Part::ebi;
    case 76:
      return Part::msisdn;
    case 79:
      return Part::ue;
    case 87:
      return Part::f_teid;
    case 93:
      return Part::group;
    default:
      return Part::none;
  }
}

constexpr Part part_pfcp(std::uint16_t type) noexcept {
  switch (type) {
    case 1:
    case 2:
    case 3:
    case 4:
    case 8:
    case 9:
    case 10:
    case 11:
      return Part::group;
    case 19:
      return Part::cause;
    case 21:
      return Part::pfcp_f_teid;
    case 22:
    case 159:
      return Part::apn;
    case 57:
      return Part::f_seid;
    case 84:
      return Part::outer_header;
    case 93:
      return Part::ue;
    case 141:
      return Part::user_id;
    default:
      return Part::none;
  }
}

class FactReader final : public wire::NullSink {
 public:
  FactReader(Protocol protocol, ControlFacts& facts) noexcept : protocol_(protocol), facts_(facts) {}

  bool wants(const wire::Ie& ie) override { return part_of(ie.type) != Part::none; }

  void begin_ie(const wire::Ie& ie) override {
    part_ = part_of(ie.type);
    instance_ = ie.instance;
    has_id_ = false;
    id_ = 0;
    user_plane_ = false;
    if (part_ == Part::group) ++depth_;
  }
  void end_ie(const wire::Ie& ie, bool) override {
    if (part_of(ie.type) == Part::group) --depth_;
    part_ = Part::none;
  }

  void number(const wire::FieldInfo& field, std::uint64_t value, wire::Range) override {
    switch (part_) {
      case Part::cause:
        // The message's own cause, not that of a bearer.
        if (field.key == "cause" && depth_ == 0) {
          facts_.cause = static_cast<std::uint8_t>(value);
          facts_.has_cause = true;
        }
        break;
      case Part::ebi:
        if (field.key == "ebi") put_bearer(value, depth_ == 0 && instance_ == 0);
        break;
      case Part::nsapi:
        if (field.key == "nsapi") put_bearer(value, false);
        break;
      case Part::teardown:
        facts_.deletes_all = value != 0;
        break;
      case Part::f_teid:
        if (field.key == "interface_type") user_plane_ = is_user_plane(value);
        if (field.key == "teid") put_id(value);
        break;
      case Part::pfcp_f_teid:
      case Part::outer_header:
        if (field.key == "teid") put_id(value);
        break;
      case Part::f_seid:
        if (field.key == "seid") put_id(value);
        break;
      case Part::teid_control:
        control_teid_ = static_cast<std::uint32_t>(value);
        has_control_teid_ = true;
        break;
      case Part::teid_data:
        data_teid_ = static_cast<std::uint32_t>(value);
        has_data_teid_ = true;
        break;
      default:
        break;
    }
  }

  void text(const wire::FieldInfo& field, std::string_view value, wire::Range) override {
    if (part_ == Part::imsi || (part_ == Part::user_id && field.key == "imsi")) {
      facts_.imsi = PackedDigits::from(value);
    } else if (part_ == Part::msisdn || (part_ == Part::user_id && field.key == "msisdn")) {
      facts_.msisdn = PackedDigits::from(value);
    } else if (part_ == Part::apn && facts_.apn_size == 0) {
      facts_.apn_size = static_cast<std::uint8_t>(std::min(value.size(), facts_.apn_text.size()));
      std::copy_n(value.begin(), facts_.apn_size, facts_.apn_text.begin());
    }
  }

  void address(const wire::FieldInfo& field, const IpAddress& value, wire::Range) override {
    if (field.key != "ipv4" && field.key != "ipv6") return;
    switch (part_) {
      case Part::ue:
        put_ue(value);
        break;
      case Part::f_teid:
        if (has_id_) add(value, id_, user_plane_ ? Plane::user : Plane::control);
        break;
      case Part::pfcp_f_teid:
      case Part::outer_header:
        if (has_id_) add(value, id_, Plane::user);
        break;
      case Part::f_seid:
        if (has_id_) add(value, id_, Plane::pfcp);
        break;
      case Part::gsn:
        if (gsn_count_ < gsn_.size()) gsn_[gsn_count_++] = value;
        break;
      default:
        break;
    }
  }

  // GTPv1 names its TEIDs and addresses apart: the first address is for signalling, the second for user traffic
  // (TS 29.060, 7.3.1); with only one, it is for both.
  void finish() {
    if (gsn_count_ == 0) return;
    const IpAddress& data_address = gsn_count_ > 1 ? gsn_[1] : gsn_[0];
    if (has_control_teid_) add(gsn_[0], control_teid_, Plane::control);
    if (has_data_teid_) add(data_address, data_teid_, Plane::user);
  }

 private:
  Part part_of(std::uint16_t type) const noexcept {
    if (protocol_ == Protocol::pfcp) return part_pfcp(type);
    return protocol_ == Protocol::gtpv2_c ? part_v2(type) : part_v1(type);
  }
  void put_id(std::uint64_t value) noexcept {
    id_ = value;
    has_id_ = true;
  }
  void put_bearer(std::uint64_t value, bool linked) noexcept {
    if (linked) facts_.deletes_all = true;
    if (facts_.has_bearer && !linked) return;
    facts_.bearer = static_cast<std::uint8_t>(value & 15);
    facts_.has_bearer = true;
  }
  void put_ue(const IpAddress& value) noexcept {
    const Bytes octets = value.octets();
    const bool unspecified = std::all_of(octets.begin(), octets.end(), [](std::byte b) { return b == std::byte{0}; });
    if (unspecified) return;  // "assign one"
    (value.is_v4() ? facts_.ue_ipv4 : facts_.ue_ipv6) = value;
  }
  void add(const IpAddress& address, std::uint64_t id, Plane plane) noexcept {
    if (id == 0 || facts_.endpoint_count == ControlFacts::kMaxEndpoints) return;
    facts_.endpoint_list[facts_.endpoint_count++] = {address, id, plane};
  }

  Protocol protocol_;
  ControlFacts& facts_;
  Part part_ = Part::none;
  std::uint8_t instance_ = 0;
  int depth_ = 0;
  bool has_id_ = false;
  bool user_plane_ = false;
  std::uint64_t id_ = 0;
  bool has_control_teid_ = false;
  bool has_data_teid_ = false;
  std::uint32_t control_teid_ = 0;
  std::uint32_t data_teid_ = 0;
  std::array<IpAddress, 4> gsn_{};
  std::size_t gsn_count_ = 0;
};

}  // namespace

void read_control_facts(const packet::Layer& layer, ControlFacts& out) {
  FactReader reader(layer.header.protocol, out);
  wire::visit_message(layer.header, layer.message, layer.offset, reader);
  reader.finish();
}

bool is_accepted(Protocol protocol, std::uint8_t cause) noexcept {
  if (protocol == Protocol::gtpv2_c) return cause >= 16 && cause < 64;
  if (protocol == Protocol::pfcp) return cause >= 1 && cause < 64;
  return cause >= 128 && cause < 192;
}

}  // namespace gtp::dump
