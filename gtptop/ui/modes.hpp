// SPDX-License-Identifier: GPL-2.0-or-later
//
// The parts of update(): what an action does while browsing, and what keys do in each prompt and menu. Private to ui/.
#pragma once

#include "gtptop/ui/actions.hpp"
#include "gtptop/ui/state.hpp"

namespace gtp::top {

// The query has changed.
void ask(State& state, std::vector<Effect>& effects);
// What the cursor is on becomes what is selected.
void select_row(State& state, const Frame& frame);
void move_cursor(State& state, const Frame* frame, std::int64_t by, std::vector<Effect>& effects);
// The row of the table under the cursor becomes the tunnel whose page is open.
void open_detail(State& state, const TunnelRow& row, std::vector<Effect>& effects);
void go_to_view(State& state, View view, std::vector<Effect>& effects);
// Sets the filter of a view; an error is left in prompt_error.
bool set_filter(State& state, View view, const std::string& text);

void perform(State& state, Action action, const Frame* frame, std::vector<Effect>& effects);
void type_search(State& state, const Key& key, const Frame* frame, std::vector<Effect>& effects);
void type_filter(State& state, const Key& key, std::vector<Effect>& effects);
void type_interval(State& state, const Key& key, std::vector<Effect>& effects);
void type_file(State& state, const Key& key, std::vector<Effect>& effects);
void choose_sort(State& state, const Key& key, std::vector<Effect>& effects);
void change_setup(State& state, const Key& key, std::vector<Effect>& effects);

// The lines of the setup page.
struct SetupItem {
  std::string_view label;
  bool on;
};
std::vector<SetupItem> setup_items(const State& state);

}  // namespace gtp::top
