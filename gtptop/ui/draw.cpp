// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtptop/ui/draw.hpp"

#include "gtptop/ui/layout.hpp"

namespace gtp::top {

Canvas draw(const State& state, const Frame* frame, Look look) {
  Canvas canvas(state.width, state.height, look);
  if (state.width < 1 || state.height < 1) return canvas;
  if (state.mode == Mode::help) {
    draw_help(canvas, state);
    return canvas;
  }
  const bool typing = state.mode == Mode::search || state.mode == Mode::filter || state.mode == Mode::save ||
                      state.mode == Mode::record || state.mode == Mode::interval;
  const Bands bands = lay_out(state.height, state.header, typing);
  if (bands.title >= 0) draw_title(canvas, bands.title, state, frame);
  if (state.mode == Mode::link && frame != nullptr && frame->link_detail) {
    const int bottom = bands.status >= 0 ? bands.status : bands.keys >= 0 ? bands.keys : state.height;
    draw_link(canvas, bands.title + 1, bottom - bands.title - 1, state, *frame);
  } else if (state.mode == Mode::detail && frame != nullptr && frame->detail) {
    const int bottom = bands.status >= 0 ? bands.status : bands.keys >= 0 ? bands.keys : state.height;
    draw_detail(canvas, bands.title + 1, bottom - bands.title - 1, state, *frame);
  } else {
    if (bands.meters >= 0) draw_meters(canvas, bands.meters, state, frame);
    if (bands.tabs >= 0) draw_tabs(canvas, bands.tabs, state, frame);
    if (state.mode == Mode::setup) {
      draw_setup(canvas, bands.rows, bands.row_count, state);
    } else {
      draw_rows(canvas, bands.heads, bands.rows, bands.row_count, state, frame);
      if (state.mode == Mode::sort) draw_sort_menu(canvas, bands.rows, bands.row_count, state);
    }
    if (bands.finding >= 0) {
      if (typing) {
        draw_prompt(canvas, bands.finding, state);
      } else {
        draw_finding(canvas, bands.finding, state, frame);
      }
    }
  }
  if (bands.status >= 0) draw_status(canvas, bands.status, state, frame);
  if (bands.keys >= 0) draw_keys(canvas, bands.keys, state.mode);
  return canvas;
}

}  // namespace gtp::top
