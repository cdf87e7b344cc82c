// SPDX-License-Identifier: GPL-2.0-or-later
//
// The configuration file: lines of `key = value`, # for remarks. Keys are the long options that make sense for a screen
// (interval, cpu, color, ascii, mouse, bytes, iec, decimal, view, group), and besides clock, header, columns.VIEW and
// sort.VIEW. What is not a key or a value stops the program: "FILE:3: no setting is called `colour`".
//
// It is read for the screen only, so that scripts do not depend on it, unless --config names one. It is never written
// but by F2 W, and then whole: into a file beside it, which is renamed.
#pragma once

#include <string>
#include <string_view>

#include "gtptop/options.hpp"
#include "gtptop/ui/state.hpp"

namespace gtp::top {

// $XDG_CONFIG_HOME/gtptop/config or ~/.config/gtptop/config; empty when there is no home.
std::string usual_settings_path();

// Options as they are without a command line; [name] is for messages.
Result<Options> parse_settings(std::string_view text, std::string_view name);
// As above, of a file. One that does not exist says nothing, unless it is [wanted].
Result<Options> read_settings(const std::string& path, bool wanted);

// What differs from the defaults, as the text of a file.
std::string settings_text(const Options& options);
// [options] as the screen has made them.
Options with_state(Options options, const State& state);
// Makes the directory when it is missing.
Result<void> write_settings(const std::string& path, const Options& options);

}  // namespace gtp::top
