// SPDX-License-Identifier: GPL-2.0-or-later
//
// Drawing: a state and a frame become cells. Pure; the same input gives the same screen.
#pragma once

#include "gtptop/ui/canvas.hpp"
#include "gtptop/ui/state.hpp"

namespace gtp::top {

// [frame] is null before the first one has come. The size is the state's.
Canvas draw(const State& state, const Frame* frame, Look look);

// Parts of it, private to ui/.
void draw_title(Canvas& canvas, int y, const State& state, const Frame* frame);
void draw_meters(Canvas& canvas, int y, const State& state, const Frame* frame);
void draw_tabs(Canvas& canvas, int y, const State& state, const Frame* frame);
void draw_rows(Canvas& canvas, int heads_y, int y, int count, const State& state, const Frame* frame);
void draw_finding(Canvas& canvas, int y, const State& state, const Frame* frame);
void draw_prompt(Canvas& canvas, int y, const State& state);
void draw_status(Canvas& canvas, int y, const State& state, const Frame* frame);
void draw_keys(Canvas& canvas, int y, Mode mode);
void draw_detail(Canvas& canvas, int y, int height, const State& state, const Frame& frame);
void draw_link(Canvas& canvas, int y, int height, const State& state, const Frame& frame);
// A line of checks: the outcome, what was looked at, what was found, and where to look.
void draw_check(Canvas& canvas, int y, const LiveCheck& check);
void draw_help(Canvas& canvas, const State& state);
void draw_setup(Canvas& canvas, int y, int height, const State& state);
void draw_sort_menu(Canvas& canvas, int y, int height, const State& state);

}  // namespace gtp::top
