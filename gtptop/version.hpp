// SPDX-License-Identifier: GPL-2.0-or-later
//
// What --version prints, and what the exporter says of itself: the version and the commit it was built from.
#pragma once

#include <string>
#include <string_view>

namespace gtp::top {

std::string version_text();
std::string_view version_number() noexcept;
std::string_view version_commit() noexcept;

}  // namespace gtp::top
