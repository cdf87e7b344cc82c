// SPDX-License-Identifier: GPL-2.0-or-later
#include <algorithm>

#include "gtptop/model/columns.hpp"
#include "gtptop/model/fields.hpp"
#include "gtptop/ui/modes.hpp"
#include "libcommon/util/units.hpp"

namespace gtp::top {
namespace {

constexpr std::size_t kMaxPrompt = 1000;
constexpr std::size_t kHistory = 20;

// True when the key has changed the text.
bool edit(std::string& text, const Key& key) {
  if (key.code == Key::Code::backspace) {
    if (text.empty()) return false;
    text.pop_back();
    return true;
  }
  if (key == Key::control('u')) {
    text.clear();
    return true;
  }
  if (key == Key::control('w')) {
    while (!text.empty() && text.back() == ' ') text.pop_back();
    while (!text.empty() && text.back() != ' ') text.pop_back();
    return true;
  }
  const bool printable = key.code == Key::Code::character && key.character >= 0x20 && key.character < 0x7f;
  if (!printable || text.size() >= kMaxPrompt) return false;
  text += static_cast<char>(key.character);
  return true;
}

void search(State& state, bool backwards, bool typing, std::vector<Effect>& effects) {
  state.search_backwards = backwards;
  state.search_typing = typing;
  ++state.search_number;
  ask(state, effects);
}

}  // namespace

bool set_filter(State& state, View view, const std::string& text) {
  auto compiled = compile_filter(view, text);
  if (!compiled) {
    const std::string& what = compiled.error().what;
    state.prompt_error = what.substr(0, what.find('\n'));
    return false;
  }
  state.prompt_error.clear();
  ViewState& there = state.views[static_cast<std::size_t>(view)];
  there.filter = *std::move(compiled);
  there.filter_text = text;
  there.offset = there.cursor = 0;
  return true;
}

void type_search(State& state, const Key& key, const Frame* frame, std::vector<Effect>& effects) {
  static_cast<void>(frame);
  switch (key.code) {
    case Key::Code::enter:
      state.mode = Mode::browse;
      return;
    case Key::Code::escape:
      state.mode = Mode::browse;
      state.search_text.clear();
      return;
    case Key::Code::down:
    case Key::Code::up:
      return search(state, key.code == Key::Code::up, false, effects);
    default:
      break;
  }
  if (!edit(state.prompt, key)) return;
  state.search_text = state.prompt;
  if (!state.search_text.empty()) search(state, false, true, effects);
}

void type_filter(State& state, const Key& key, std::vector<Effect>& effects) {
  switch (key.code) {
    case Key::Code::enter: {
      if (!set_filter(state, state.view, state.prompt)) return;
      auto& past = state.filter_history;
      if (!state.prompt.empty()) {
        std::erase(past, state.prompt);
        past.push_back(state.prompt);
        if (past.size() > kHistory) past.erase(past.begin());
      }
      state.mode = Mode::browse;
      return ask(state, effects);
    }
    case Key::Code::escape:
      set_filter(state, state.view, "");
      state.mode = Mode::browse;
      return ask(state, effects);
    case Key::Code::up:
      if (state.history_at == 0) return;
      state.prompt = state.filter_history[--state.history_at];
      break;
    case Key::Code::down:
      if (state.history_at >= state.filter_history.size()) return;
      ++state.history_at;
      state.prompt =
          state.history_at < state.filter_history.size() ? state.filter_history[state.history_at] : std::string();
      break;
    default:
      if (!edit(state.prompt, key)) return;
  }
  // As it is typed, as far as it makes sense: half a word changes nothing and says what it lacks.
  if (set_filter(state, state.view, state.prompt)) ask(state, effects);
}

void type_file(State& state, const Key& key, std::vector<Effect>& effects) {
  const bool record = state.mode == Mode::record;
  if (key.code == Key::Code::escape) {
    state.mode = Mode::browse;
  } else if (key.code == Key::Code::enter) {
    state.mode = Mode::browse;
    if (state.prompt.empty()) return;
    if (record) {
      Command command;
      command.kind = Command::Kind::record;
      command.text = state.prompt;
      effects.push_back({Effect::Kind::command, command, {}});
    } else {
      effects.push_back({Effect::Kind::save, {}, state.prompt});
    }
  } else {
    edit(state.prompt, key);
  }
}

void type_interval(State& state, const Key& key, std::vector<Effect>& effects) {
  if (key.code == Key::Code::escape) {
    state.mode = Mode::browse;
    return;
  }
  if (key.code != Key::Code::enter) {
    if (edit(state.prompt, key)) state.prompt_error.clear();
    return;
  }
  if (state.prompt.empty()) {
    state.mode = Mode::browse;
    return;
  }
  const auto interval = parse_duration(state.prompt);
  if (!interval || *interval < kMinIntervalNs || *interval > kMaxIntervalNs) {
    state.prompt_error = "no interval from 0.1s to 1h";
    return;
  }
  state.interval_ns = *interval;
  state.mode = Mode::browse;
  Command command;
  command.kind = Command::Kind::interval;
  command.samples = static_cast<std::int64_t>(*interval);
  effects.push_back({Effect::Kind::command, command, {}});
}

void choose_sort(State& state, const Key& key, std::vector<Effect>& effects) {
  const auto all = columns(state.view);
  const bool up = key.code == Key::Code::up || key == Key::of(U'k');
  const bool down = key.code == Key::Code::down || key == Key::of(U'j');
  if (up && state.menu > 0) --state.menu;
  if (down && state.menu + 1 < all.size()) ++state.menu;
  Sort& sort = state.here().sort;
  if (key.code == Key::Code::escape || key == Key::of(U'q')) state.mode = Mode::browse;
  if (key == Key::of(U'r')) {
    sort.descending = !sort.descending;
    ask(state, effects);
  }
  if (key.code == Key::Code::enter || key == Key::of(U' ')) {
    sort = {static_cast<std::uint8_t>(state.menu), all[state.menu].descending};
    state.mode = Mode::browse;
    ask(state, effects);
  }
}

}  // namespace gtp::top
