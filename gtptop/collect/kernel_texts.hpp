// SPDX-License-Identifier: GPL-2.0-or-later
//
// Why there is nothing to see, and what to try: the texts of gtptop(8), DIAGNOSTICS.
#pragma once

#include <string>
#include <vector>

#include "libcommon/util/result.hpp"

namespace gtp::top {

Error no_module();
// EPERM of a dump; root gets another advice than others, for sudo does not help in a container.
Error no_right(bool root);
// [elsewhere]: the names of namespaces that have links.
Error no_link(const std::vector<std::string>& elsewhere);
// Of an Echo Request that the kernel refused.
Error no_echo(const Error& why, const std::string& link);

// "gtp-tools 0.1.0" or "mainline 6.12.9".
std::string module_name(bool tools);
std::string host_name();
// The named namespaces (ip netns) that have a link of kind gtp, as far as they may be entered. Slow: some
// milliseconds each.
std::vector<std::string> namespaces_with_links();

}  // namespace gtp::top
