// SPDX-License-Identifier: GPL-2.0-or-later
//
// What --version prints: the version, the commit it was built from, and the libraries behind optional features.
#pragma once

#include <string>

namespace gtp::dump {

std::string version_text();

}  // namespace gtp::dump
