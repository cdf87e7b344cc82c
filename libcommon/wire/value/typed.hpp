// SPDX-License-Identifier: GPL-2.0-or-later
//
// Elements that programs need as values and not as text: tunnel endpoints and addresses. Each reader takes the value of
// an element and returns what is there; what is missing or not announced is empty or zero. They agree with the value
// decoders of the same elements (tests/unit/wire/typed_test.cpp compares them).
#pragma once

#include <cstdint>

#include "libcommon/util/bytes.hpp"
#include "libcommon/util/ip.hpp"

namespace gtp::wire {

// Both addresses that an element may carry.
struct Addresses {
  IpAddress ipv4;
  IpAddress ipv6;
};

// Is it 0.0.0.0, ::, or none at all? In a request for a UE address that means "assign one".
bool is_unspecified(const IpAddress& address) noexcept;

// An identifier and where it is valid.
struct TunnelEndpoint {
  bool has_id = false;
  std::uint64_t id = 0;  // TEID or SEID
  Addresses addresses;
};

struct FTeid : TunnelEndpoint {
  std::uint8_t interface_type = 0;
};

FTeid read_gtpv2_f_teid(Bytes value) noexcept;                         // TS 29.274, 8.22
Addresses read_paa(Bytes value) noexcept;                              // TS 29.274, 8.14
Addresses read_end_user_address(Bytes value) noexcept;                 // TS 29.060, 7.7.27
IpAddress read_gsn_address(Bytes value) noexcept;                      // TS 29.060, 7.7.32
TunnelEndpoint read_pfcp_f_teid(Bytes value) noexcept;                 // TS 29.244, 8.2.3
TunnelEndpoint read_pfcp_f_seid(Bytes value) noexcept;                 // TS 29.244, 8.2.37
TunnelEndpoint read_pfcp_outer_header_creation(Bytes value) noexcept;  // TS 29.244, 8.2.56
Addresses read_pfcp_ue_ip_address(Bytes value) noexcept;               // TS 29.244, 8.2.62

}  // namespace gtp::wire
