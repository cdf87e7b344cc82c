// SPDX-License-Identifier: GPL-2.0-or-later
//
// What a control message says about a session: who, which tunnels, which addresses. Read once per message through the
// wire layer's decoders; plain values, no allocation.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "gtpdump/track/annotation.hpp"
#include "libcommon/packet/layer.hpp"

namespace gtp::dump {

// The spaces in which a tunnel or session identifier is unique for an address.
enum class Plane : std::uint8_t { control, user, pfcp };

// Where messages of a session are sent to.
struct Endpoint {
  IpAddress address;
  std::uint64_t id = 0;  // TEID, or SEID for Plane::pfcp
  Plane plane = Plane::control;
};

struct ControlFacts {
  PackedDigits imsi;
  PackedDigits msisdn;
  IpAddress ue_ipv4;
  IpAddress ue_ipv6;
  bool has_cause = false;
  bool has_bearer = false;   // EBI or NSAPI was there
  bool deletes_all = false;  // names the linked bearer, or asks for teardown
  std::uint8_t cause = 0;
  std::uint8_t bearer = 0;  // the default bearer's EBI or NSAPI

  std::array<char, 100> apn_text{};  // longest APN (TS 23.003, 9.1)
  std::uint8_t apn_size = 0;
  std::string_view apn() const noexcept { return {apn_text.data(), apn_size}; }

  // Ready for the next message; the lists are long and keep their old octets behind the counts.
  void clear() noexcept {
    imsi = msisdn = {};
    ue_ipv4 = ue_ipv6 = {};
    has_cause = has_bearer = deletes_all = false;
    cause = bearer = 0;
    apn_size = 0;
    endpoint_count = 0;
  }

  static constexpr std::size_t kMaxEndpoints = 48;
  std::array<Endpoint, kMaxEndpoints> endpoint_list{};
  std::size_t endpoint_count = 0;
  std::span<const Endpoint> endpoints() const noexcept { return std::span(endpoint_list).first(endpoint_count); }
};

// Fills [out] from the message of [layer]; G-PDUs carry nothing.
void read_control_facts(const packet::Layer& layer, ControlFacts& out);

// Is [cause] an acceptance in this protocol?
bool is_accepted(wire::Protocol protocol, std::uint8_t cause) noexcept;

}  // namespace gtp::dump
