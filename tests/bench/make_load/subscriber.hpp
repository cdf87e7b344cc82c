// SPDX-License-Identifier: GPL-2.0-or-later
//
// A subscriber number n of the test network 001/01, and the nodes that serve all of them. Everything follows from n.
#pragma once

#include <cstdint>
#include <string>

#include "libcommon/util/ip.hpp"
#include "tests/bench/make_load/capture_builder.hpp"

namespace gtp::test {

// Addresses for documentation (RFC 5737).
namespace node {
inline const IpAddress kMme = IpAddress::v4(0xc0000201);     // 192.0.2.1
inline const IpAddress kGnb = IpAddress::v4(0xc000020a);     // 192.0.2.10
inline const IpAddress kSgwC = IpAddress::v4(0xc6336401);    // 198.51.100.1
inline const IpAddress kGgsn = IpAddress::v4(0xc6336402);    // 198.51.100.2
inline const IpAddress kUpf = IpAddress::v4(0xc633640a);     // 198.51.100.10
inline const IpAddress kServer = IpAddress::v4(0xcb007109);  // 203.0.113.9
}  // namespace node

inline constexpr const char* kApn = "internet";

struct Subscriber {
  explicit Subscriber(std::uint32_t n);

  std::uint32_t number;
  std::string imsi;    // 00101 and ten digits
  std::string msisdn;  // 88213 and ten digits
  std::string imei;    // 16 digits
  IpAddress address;   // of 10.0.0.0/8
  // Endpoints. Each is unique in the capture.
  std::uint32_t mme_s11;
  std::uint32_t sgw_s11;
  std::uint32_t gnb_n3;  // also the eNB's S1-U
  std::uint32_t upf_n3;  // also the SGW's S1-U
  std::uint64_t cp_seid;
  std::uint64_t up_seid;
};

}  // namespace gtp::test
