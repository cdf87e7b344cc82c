// SPDX-License-Identifier: GPL-2.0-or-later
//
// What --version prints: the version, the commit it was built from, and the optional features of this build.
#pragma once

#include <string>

namespace gtp::gen {

std::string version_text();

}  // namespace gtp::gen
