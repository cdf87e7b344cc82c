// SPDX-License-Identifier: GPL-2.0-or-later
//
// The goals of a search as people name them: by a profile, or one by one.
//
//   quick     NDR 0        1 s trials,   1 s at a rate, every loss counts     half a minute; a first idea
//   csit      NDR 0 and    2 s trials,  20 s at a rate, half may lose         minutes; what software is compared by
//             PDR 0.5 %
//   tst009    loss 0      60 s trials, 120 s at a rate, half may lose         ETSI GS NFV-TST 009, 12.3.2
//   rfc2544   loss 0      60 s trials,  60 s at a rate, every loss counts     RFC 2544, 26.1
#pragma once

#include <string_view>
#include <vector>

#include "gtpgen/ndr/search.hpp"
#include "libcommon/util/result.hpp"

namespace gtp::gen {

Result<std::vector<Goal>> goals_of_profile(std::string_view name);

// "loss=0.5%,exceed=0.5,trial=2s,sum=20s,width=1%,name=PDR"; what is not said is as in the profile csit.
Result<Goal> parse_goal(std::string_view text);

}  // namespace gtp::gen
