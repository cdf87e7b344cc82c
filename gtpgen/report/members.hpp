// SPDX-License-Identifier: GPL-2.0-or-later
//
// Which member of a structure has which name in JSON: one table for writing and reading.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "gtpgen/report/report.hpp"

namespace gtp::gen {

template <typename Owner>
struct Member {
  std::string_view key;
  std::uint64_t Owner::*at;
};

inline constexpr std::array<Member<SignallingReport>, 9> kSignallingMembers = {
    {{"echo_requests", &SignallingReport::echo_requests},
     {"echo_responses", &SignallingReport::echo_responses},
     {"error_indications", &SignallingReport::error_indications},
     {"error_indications_sent", &SignallingReport::error_indications_sent},
     {"supported_ext_headers", &SignallingReport::supported_extension_headers},
     {"version_not_supported", &SignallingReport::version_not_supported},
     {"end_markers", &SignallingReport::end_markers},
     {"other", &SignallingReport::other},
     {"icmp_errors", &SignallingReport::icmp_errors}}};

}  // namespace gtp::gen
