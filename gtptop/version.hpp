// SPDX-License-Identifier: GPL-2.0-or-later
//
// What --version prints: the version and the commit it was built from.
#pragma once

#include <string>

namespace gtp::top {

std::string version_text();

}  // namespace gtp::top
