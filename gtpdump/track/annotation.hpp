// SPDX-License-Identifier: GPL-2.0-or-later
//
// What the tracker knows about a message beyond its own octets: whose it is, and which message it answers.
//
// Annotations are values: the format stage reads them while the tracker goes on. Names of access points are interned
// and never freed, so a view of one stays valid.
#pragma once

#include <cstdint>
#include <string_view>

#include "libcommon/util/ip.hpp"

namespace gtp::dump {

// Up to 16 decimal digits in one word: the first digit in the top nibble, filled with 0xF. 0 is "none".
struct PackedDigits {
  std::uint64_t nibbles = 0;

  static PackedDigits from(std::string_view digits) noexcept {
    if (digits.empty() || digits.size() > 16) return {};
    std::uint64_t value = 0;
    for (std::size_t i = 0; i < 16; ++i) {
      const unsigned nibble = i < digits.size() && digits[i] >= '0' && digits[i] <= '9'
                                  ? static_cast<unsigned>(digits[i] - '0')
                                  : (i < digits.size() ? 0xeU : 0xfU);
      value = value << 4 | nibble;
    }
    return {value};
  }
  bool empty() const noexcept { return nibbles == 0; }
  // Writes the digits ('?' for one that was not decimal), returns how many; [out] has room for 16.
  std::size_t write(char* out) const noexcept {
    std::size_t n = 0;
    for (; n < 16 && !empty(); ++n) {
      const auto nibble = static_cast<unsigned>(nibbles >> (60 - 4 * n) & 15);
      if (nibble == 15) break;
      out[n] = nibble < 10 ? static_cast<char>('0' + nibble) : '?';
    }
    return n;
  }
  friend bool operator==(const PackedDigits&, const PackedDigits&) = default;
};

// The subscriber's session that a message or a G-PDU belongs to.
struct SessionInfo {
  std::uint64_t id = 0;  // 1, 2, …; 0: not known
  PackedDigits imsi;
  PackedDigits msisdn;
  std::string_view apn;  // or DNN
  IpAddress ue_ipv4;
  IpAddress ue_ipv6;  // the /64 prefix or the address
};

// Request and response, matched by peer, version, type and sequence number.
struct TransactionInfo {
  std::uint64_t request_frame = 0;      // of a response; 0: no request was seen
  std::uint64_t response_time_ns = 0;   // of a response with a request
  std::uint64_t retransmission_of = 0;  // frame of the first copy
};

struct Annotation {
  SessionInfo session;
  TransactionInfo transaction;
};

}  // namespace gtp::dump
