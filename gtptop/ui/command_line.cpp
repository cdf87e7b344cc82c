// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtptop/model/columns.hpp"
#include "gtptop/ui/state.hpp"

namespace gtp::top {
namespace {

// For a shell: single quotes, in which nothing but the quote itself is special.
std::string quoted(std::string_view text) {
  std::string out = "'";
  for (const char c : text) {
    if (c == '\'') {
      out += "'\\''";
    } else {
      out += c;
    }
  }
  return out + "'";
}

}  // namespace

std::string command_line(const State& state) {
  const ViewState& here = state.here();
  std::string line = "gtptop";
  if (state.view != View::tunnels) line += " --view " + std::string(view_name(state.view));
  if (here.sort != default_sort(state.view)) {
    line += " --sort " + std::string(here.sort.descending ? "-" : "") +
            std::string(columns(state.view)[here.sort.column].name);
  }
  if (!here.columns.empty()) {
    line += " --columns ";
    for (std::size_t i = 0; i < here.columns.size(); ++i) {
      line += (i == 0 ? "" : ",") + std::string(columns(state.view)[here.columns[i]].name);
    }
  }
  if (state.view == View::tunnels && state.grouping != Grouping::none) {
    constexpr std::string_view kNames[] = {"none", "peer", "link", "prefix"};
    line += " --group " + std::string(kNames[static_cast<std::size_t>(state.grouping)]);
  }
  if (state.units.octets) line += " --bytes";
  if (state.units.iec) line += " --iec";
  if (!here.filter_text.empty()) line += " " + quoted(here.filter_text);
  return line;
}

}  // namespace gtp::top
