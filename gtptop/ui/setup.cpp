// SPDX-License-Identifier: GPL-2.0-or-later
#include <algorithm>

#include "gtptop/model/columns.hpp"
#include "gtptop/ui/layout.hpp"
#include "gtptop/ui/modes.hpp"

namespace gtp::top {
namespace {

constexpr std::size_t kSwitches = 6;

bool shown(const ViewState& here, std::size_t column, const Column& info) {
  if (here.columns.empty()) return info.priority < kOnDemand;
  return std::find(here.columns.begin(), here.columns.end(), column) != here.columns.end();
}

void toggle_column(State& state, std::size_t column) {
  ViewState& here = state.here();
  const auto all = columns(state.view);
  std::vector<std::uint8_t> next;
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (shown(here, i, all[i]) != (i == column)) next.push_back(static_cast<std::uint8_t>(i));
  }
  if (!next.empty()) here.columns = std::move(next);
}

}  // namespace

std::vector<SetupItem> setup_items(const State& state) {
  std::vector<SetupItem> items = {
      {"rates in octets per second (b)", state.units.octets},
      {"powers of 1024: Ki Mi Gi", state.units.iec},
      {"TEIDs in decimal (x)", state.units.decimal_teid},
      {"times of the day instead of ages (a)", state.units.clock},
      {"title and meters (#)", state.header},
      {"mouse (m)", state.mouse},
  };
  const auto all = columns(state.view);
  for (std::size_t i = 0; i < all.size(); ++i) items.push_back({all[i].heading, shown(state.here(), i, all[i])});
  return items;
}

void change_setup(State& state, const Key& key, std::vector<Effect>& effects) {
  const std::size_t count = setup_items(state).size();
  const bool up = key.code == Key::Code::up || key == Key::of(U'k');
  const bool down = key.code == Key::Code::down || key == Key::of(U'j');
  if (up && state.menu > 0) --state.menu;
  if (down && state.menu + 1 < count) ++state.menu;
  if (key.code == Key::Code::escape || key == Key::of(U'q')) {
    state.mode = Mode::browse;
    return ask(state, effects);
  }
  if (key == Key::of(U'W')) effects.push_back({Effect::Kind::save_settings, {}, {}});
  if (key != Key::of(U' ') && key.code != Key::Code::enter) return;
  switch (state.menu) {
    case 0:
      state.units.octets = !state.units.octets;
      return;
    case 1:
      state.units.iec = !state.units.iec;
      return;
    case 2:
      state.units.decimal_teid = !state.units.decimal_teid;
      return;
    case 3:
      state.units.clock = !state.units.clock;
      return;
    case 4:
      state.header = !state.header;
      return;
    case 5:
      state.mouse = !state.mouse;
      effects.push_back({Effect::Kind::mouse, {}, {}});
      return;
    default:
      return toggle_column(state, state.menu - kSwitches);
  }
}

}  // namespace gtp::top
