// SPDX-License-Identifier: GPL-2.0-or-later
//
// What --version prints: the version, the commit it was built from, and the optional features of this build; and the
// version alone, as reports name it.
#pragma once

#include <string>

namespace gtp::gen {

std::string version_text();
std::string version_number();  // "0.1.0"

}  // namespace gtp::gen
