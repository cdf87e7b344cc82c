// SPDX-License-Identifier: GPL-2.0-or-later
//
// A schema with one field of every type, and a Subject whose values the test writes down as text.
#pragma once

#include <array>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "libcommon/filter/filter.hpp"

namespace gtp::filter::test {

inline constexpr std::array<std::string_view, 6> kTypes = {"echo_request",           "echo_response",
                                                           "create_session_request", "create_session_response",
                                                           "delete_session_request", "create_session_request_extra"};
inline std::string_view known_type(std::size_t index) { return index < kTypes.size() ? kTypes[index] : ""; }

enum Id : FieldId { kTeid, kApn, kImsi, kMs, kPort, kTook, kTime, kMalformed, kType, kCause };

inline constexpr FieldDef kFields[] = {
    {"teid", FieldType::number, "tunnel endpoint identifier", "teid 0x51a0ff17"},
    {"apn", FieldType::text, "access point name", "apn internet*", "dnn"},
    {"imsi", FieldType::digits, "subscriber", "imsi 001010000000001"},
    {"ms", FieldType::address, "address of the subscriber", "ms 10.45.0.0/16", "ue ue_ip"},
    {"port", FieldType::port, "a UDP port", "port gtp_u"},
    {"took", FieldType::duration, "response time", "took > 100ms"},
    {"time", FieldType::time, "capture time", "time >= 2021-05-03T12:00:00Z"},
    {"malformed", FieldType::boolean, "did not decode", "malformed"},
    {"type", FieldType::enumeration, "message type", "type echo", {}, known_type},
    {"cause", FieldType::enumeration, "cause", "cause 16"},
};
inline constexpr Schema kSchema{kFields};

class Row : public Subject {
 public:
  Row& number(FieldId id, std::uint64_t v) { return numbers_[id].push_back(v), *this; }
  Row& text(FieldId id, std::string v) { return texts_[id].push_back(std::move(v)), *this; }
  Row& address(FieldId id, std::string_view v) { return addresses_[id].push_back(*IpAddress::parse(v)), *this; }
  Row& name(FieldId id, std::uint64_t code, std::string v) {
    return names_[id].emplace_back(code, std::move(v)), *this;
  }

  void values(FieldId id, Probe& probe) const override {
    asked.push_back(id);
    if (const auto i = numbers_.find(id); i != numbers_.end()) {
      for (const auto v : i->second) probe.number(v);
    }
    if (const auto i = texts_.find(id); i != texts_.end()) {
      for (const auto& v : i->second) probe.text(v);
    }
    if (const auto i = addresses_.find(id); i != addresses_.end()) {
      for (const auto& v : i->second) probe.address(v);
    }
    if (const auto i = names_.find(id); i != names_.end()) {
      for (const auto& [code, v] : i->second) probe.enumerated(code, v);
    }
  }

  mutable std::vector<FieldId> asked;

 private:
  std::map<FieldId, std::vector<std::uint64_t>> numbers_;
  std::map<FieldId, std::vector<std::string>> texts_;
  std::map<FieldId, std::vector<IpAddress>> addresses_;
  std::map<FieldId, std::vector<std::pair<std::uint64_t, std::string>>> names_;
};

}  // namespace gtp::filter::test
