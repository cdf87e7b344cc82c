// SPDX-License-Identifier: GPL-2.0-or-later
//
// capabilities(7) of this process, to say what is missing before something fails. The line that grants one is
// setcap_hint() in util/setcap_hint.hpp.
#pragma once

namespace gtp::sys {

// Is [capability] (CAP_NET_RAW of <linux/capability.h>) effective for the calling thread?
bool has_capability(unsigned capability) noexcept;

}  // namespace gtp::sys
