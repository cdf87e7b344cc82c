// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtpdump/track/tracker.hpp"

#include <algorithm>

namespace gtp::dump {
namespace {

using wire::Protocol;

// What a message does to a session.
enum class Effect : std::uint8_t { none, create, change, remove };

struct Role {
  Protocol protocol;
  std::uint8_t type;
  Effect effect;
  bool response;
};

constexpr Role kRoles[] = {
    {Protocol::gtpv0, 16, Effect::create, false},  // Create PDP Context
    {Protocol::gtpv0, 17, Effect::create, true},
    {Protocol::gtpv0, 18, Effect::change, false},  // Update PDP Context
    {Protocol::gtpv0, 19, Effect::change, true},
    {Protocol::gtpv0, 20, Effect::remove, false},  // Delete PDP Context
    {Protocol::gtpv0, 21, Effect::remove, true},
    {Protocol::gtpv1_c, 16, Effect::create, false},
    {Protocol::gtpv1_c, 17, Effect::create, true},
    {Protocol::gtpv1_c, 18, Effect::change, false},
    {Protocol::gtpv1_c, 19, Effect::change, true},
    {Protocol::gtpv1_c, 20, Effect::remove, false},
    {Protocol::gtpv1_c, 21, Effect::remove, true},
    {Protocol::gtpv2_c, 32, Effect::create, false},  // Create Session
    {Protocol::gtpv2_c, 33, Effect::create, true},
    {Protocol::gtpv2_c, 34, Effect::change, false},  // Modify Bearer
    {Protocol::gtpv2_c, 35, Effect::change, true},
    {Protocol::gtpv2_c, 36, Effect::remove, false},  // Delete Session
    {Protocol::gtpv2_c, 37, Effect::remove, true},
    {Protocol::gtpv2_c, 95, Effect::change, false},  // Create Bearer
    {Protocol::gtpv2_c, 96, Effect::change, true},
    {Protocol::gtpv2_c, 97, Effect::change, false},  // Update Bearer
    {Protocol::gtpv2_c, 98, Effect::change, true},
    {Protocol::gtpv2_c, 99, Effect::remove, false},  // Delete Bearer: the session only with the linked bearer
    {Protocol::gtpv2_c, 100, Effect::remove, true},
    {Protocol::gtpv2_c, 160, Effect::change, false},  // Create Indirect Data Forwarding Tunnel
    {Protocol::gtpv2_c, 161, Effect::change, true},
    {Protocol::gtpv2_c, 170, Effect::none, false},  // Release Access Bearers
    {Protocol::gtpv2_c, 171, Effect::none, true},
    {Protocol::gtpv2_c, 211, Effect::change, false},  // Modify Access Bearers
    {Protocol::gtpv2_c, 212, Effect::change, true},
    {Protocol::pfcp, 50, Effect::create, false},  // Session Establishment
    {Protocol::pfcp, 51, Effect::create, true},
    {Protocol::pfcp, 52, Effect::change, false},  // Session Modification
    {Protocol::pfcp, 53, Effect::change, true},
    {Protocol::pfcp, 54, Effect::remove, false},  // Session Deletion
    {Protocol::pfcp, 55, Effect::remove, true},
    {Protocol::pfcp, 57, Effect::change, true},  // Session Report Response: another SMF of the set takes over (7.5.9)
};

// Index into kRoles plus one, by protocol and message type.
constexpr auto kRoleOf = [] {
  std::array<std::array<std::uint8_t, 256>, wire::kProtocolCount> table{};
  for (std::size_t i = 0; i < std::size(kRoles); ++i) {
    table[static_cast<std::size_t>(kRoles[i].protocol)][kRoles[i].type] = static_cast<std::uint8_t>(i + 1);
  }
  return table;
}();

const Role* role_of(const wire::Header& header) noexcept {
  const std::uint8_t found = kRoleOf[static_cast<std::size_t>(header.protocol)][header.message_type];
  return found == 0 ? nullptr : &kRoles[found - 1];
}

// TS 29.060 (R97), 6: the TID is 15 digits of IMSI and the NSAPI, TBCD.
PackedDigits imsi_of_tid(std::uint64_t tid) noexcept {
  std::array<char, 15> digits{};
  std::size_t n = 0;
  for (int octet = 7; octet >= 0 && n < digits.size(); --octet) {
    const auto value = static_cast<unsigned>(tid >> (8 * octet) & 0xff);
    for (const unsigned nibble : {value & 15, value >> 4}) {
      if (nibble == 15 || n == digits.size()) break;
      digits[n++] = nibble < 10 ? static_cast<char>('0' + nibble) : '?';
    }
  }
  return PackedDigits::from({digits.data(), n});
}
std::uint8_t nsapi_of_tid(std::uint64_t tid) noexcept { return static_cast<std::uint8_t>(tid >> 4 & 15); }

}  // namespace

void Tracker::track(Item& item) {
  const packet::Packet& packet = item.packet;
  for (std::size_t i = 0; i < packet.layers.size(); ++i) {
    const packet::Layer& layer = packet.layers[i];
    const bool user_data = wire::carries_t_pdu(layer.header);
    // The common case of a pure user-plane capture: nothing can be known.
    if (user_data && layer.header.protocol != Protocol::gtpv0 && sessions_.empty()) continue;
    if (item.annotations.size() <= i) item.annotations.resize(packet.layers.size());
    if (user_data) {
      track_user_data(layer, item.annotations[i]);
    } else {
      track_message(layer, item, item.annotations[i]);
    }
  }
}

SessionTable::Index Tracker::session_of_tid(const packet::Layer& layer, std::uint64_t frame) {
  if (!layer.header.has_tid || layer.header.tid == 0) return SessionTable::kNone;
  const PackedDigits imsi = imsi_of_tid(layer.header.tid);
  if (imsi.empty()) return SessionTable::kNone;
  const std::uint8_t nsapi = nsapi_of_tid(layer.header.tid);
  SessionTable::Index index = sessions_.find(imsi, nsapi);
  if (index == SessionTable::kNone || (sessions_[index].ended && layer.header.message_type == 16)) {
    index = sessions_.create(frame);
    ControlFacts facts;
    facts.imsi = imsi;
    facts.bearer = nsapi;
    facts.has_bearer = true;
    sessions_.learn(index, facts, frame);
  }
  return index;
}

void Tracker::track_user_data(const packet::Layer& layer, Annotation& out) {
  SessionTable::Index index = SessionTable::kNone;
  if (layer.header.has_tid) {
    index = session_of_tid(layer, 0);
  } else if (layer.header.has_teid) {
    index = sessions_.find(layer.dst, layer.header.teid, Plane::user);
  }
  if (index == SessionTable::kNone) return;
  out.session = sessions_.info(index);
}

// The session whose endpoint the message is sent to, or names.
SessionTable::Index Tracker::session_at_endpoint(const packet::Layer& layer, const ControlFacts& facts) const {
  const wire::Header& header = layer.header;
  if (header.has_teid && header.teid != 0) {
    const Plane plane = header.protocol == Protocol::gtpv1_u ? Plane::user : Plane::control;
    if (const auto found = sessions_.find(layer.dst, header.teid, plane); found != SessionTable::kNone) return found;
  }
  if (header.has_seid && header.seid != 0) {
    if (const auto found = sessions_.find(layer.dst, header.seid, Plane::pfcp); found != SessionTable::kNone) {
      return found;
    }
  }
  // A create on the next interface of the same session, or after a handover, names an endpoint that is known.
  for (const Endpoint& endpoint : facts.endpoints()) {
    if (endpoint.plane == Plane::pfcp || header.protocol == Protocol::pfcp) continue;
    const auto found = sessions_.find(endpoint.address, endpoint.id, endpoint.plane);
    if (found == SessionTable::kNone || sessions_[found].ended) continue;
    if (facts.imsi.empty() || sessions_[found].imsi == facts.imsi) return found;
  }
  return SessionTable::kNone;
}

SessionTable::Index Tracker::session_of(const packet::Layer& layer, const ControlFacts& facts, const Request* request,
                                        bool is_response, bool creates) {
  if (is_response && request != nullptr && sessions_.is(request->session, request->session_id)) {
    return request->session;
  }
  const bool asks_for_new = creates && !is_response;
  const auto reached = session_at_endpoint(layer, facts);
  if (reached != SessionTable::kNone) {
    const Session& session = sessions_[reached];
    // The connections of a UE may share their control endpoints (TS 29.274, 8.22; TS 29.060, 7.3.1), so the bearer
    // tells them apart. A secondary PDP context, and a dedicated bearer, stay with the session that was reached.
    if (facts.has_bearer && session.has_bearer && facts.bearer != session.bearer) {
      const auto other = sessions_.find(session.imsi, facts.bearer);
      if (other != SessionTable::kNone && !sessions_[other].ended) return other;
      if (asks_for_new && !facts.imsi.empty()) return SessionTable::kNone;
    }
    if (!asks_for_new || !session.ended) return reached;
  }
  if (facts.imsi.empty() || !facts.has_bearer) return SessionTable::kNone;
  const auto found = sessions_.find(facts.imsi, facts.bearer);
  // An established one is attached to anew; one that is being created is seen on its second interface.
  if (found != SessionTable::kNone && (sessions_[found].established || sessions_[found].ended)) {
    return SessionTable::kNone;
  }
  return found;
}

void Tracker::track_message(const packet::Layer& layer, const Item& item, Annotation& out) {
  Request* request = transactions_.match(layer, item.frame, item.raw.time_ns, out.transaction);
  const Role* role = layer.quoted ? nullptr : role_of(layer.header);
  sessions_.expire(item.raw.time_ns);

  ControlFacts& facts = facts_;
  facts.clear();
  // An Error Indication names the tunnel that its sender does not know (TS 29.281, 7.3.1).
  const bool names_tunnel = layer.header.protocol == Protocol::gtpv1_u && layer.header.message_type == 26;
  if (role != nullptr || (names_tunnel && !layer.quoted)) read_control_facts(layer, facts);
  const bool is_response = role != nullptr && role->response;
  const bool creates = role != nullptr && role->effect == Effect::create;
  SessionTable::Index index = layer.header.has_tid ? session_of_tid(layer, item.frame)
                                                   : session_of(layer, facts, request, is_response, creates);
  if (index == SessionTable::kNone && creates) index = sessions_.create(item.frame);
  if (index == SessionTable::kNone) return;

  if (request != nullptr && !is_response) {
    request->session = index;
    request->session_id = sessions_[index].id;
  }
  const bool accepted = !is_response || !facts.has_cause || is_accepted(layer.header.protocol, facts.cause);
  if (role != nullptr && role->effect != Effect::none && role->effect != Effect::remove && accepted) {
    sessions_.learn(index, facts, item.frame);
    if (creates && is_response) sessions_[index].established = true;
  }
  out.session = sessions_.info(index);
  if (role == nullptr || !is_response) {
    // Delete Bearer Request and Delete PDP Context Request say in the request whether the whole session goes.
    if (role != nullptr && role->effect == Effect::remove && request != nullptr) {
      request->ends_session =
          layer.header.protocol == Protocol::pfcp || layer.header.protocol == Protocol::gtpv0 ||
          layer.header.message_type == 36 || facts.deletes_all ||
          (layer.header.protocol == Protocol::gtpv1_c && facts.has_bearer && facts.bearer == sessions_[index].bearer);
    }
    return;
  }
  const bool refused_create = creates && !accepted;
  const bool removed = role->effect == Effect::remove && accepted && (request == nullptr || request->ends_session);
  if (refused_create || removed) sessions_.end(index, item.raw.time_ns);
}

}  // namespace gtp::dump
