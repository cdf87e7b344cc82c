// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtptop/ui/actions.hpp"

namespace gtp::top {
namespace {

using Code = Key::Code;
constexpr Key on(char32_t c) { return {Code::character, c}; }
constexpr Key on(Code code) { return {code, 0}; }
constexpr Key control(char letter) { return {Code::character, static_cast<char32_t>(letter & 0x1f)}; }
constexpr Key function(unsigned number) { return {Code::function, number}; }

constexpr Binding kBindings[] = {
    {on(U'j'), Action::down},
    {on(Code::down), Action::down},
    {on(U'k'), Action::up},
    {on(Code::up), Action::up},
    {on(Code::page_down), Action::page_down},
    {control('f'), Action::page_down},
    {on(Code::page_up), Action::page_up},
    {control('b'), Action::page_up},
    {control('d'), Action::half_down},
    {control('u'), Action::half_up},
    {on(U'g'), Action::first},
    {on(Code::home), Action::first},
    {on(U'G'), Action::last},
    {on(Code::end), Action::last},
    {on(U'h'), Action::scroll_left},
    {on(Code::left), Action::scroll_left},
    {on(U'l'), Action::scroll_right},
    {on(Code::right), Action::scroll_right},
    {on(U'<'), Action::sort_left},
    {on(U'>'), Action::sort_right},
    {on(U'r'), Action::reverse},
    {on(U's'), Action::sort_menu},
    {function(6), Action::sort_menu},
    {on(U'1'), Action::view_tunnels},
    {on(U'2'), Action::view_peers},
    {on(U'3'), Action::view_links},
    {on(U'4'), Action::view_events},
    {on(U'5'), Action::view_findings},
    {on(Code::tab), Action::next_view},
    {on(Code::back_tab), Action::previous_view},
    {on(Code::enter), Action::enter},
    {on(Code::escape), Action::back},
    {on(Code::backspace), Action::back},
    {on(U'q'), Action::quit},
    {function(10), Action::quit},
    {control('c'), Action::quit},
    {on(U'/'), Action::search},
    {function(3), Action::search},
    {on(U'n'), Action::search_next},
    {on(U'N'), Action::search_previous},
    {on(U'*'), Action::same_peer},
    {on(U'\\'), Action::filter},
    {on(U'&'), Action::filter},
    {function(4), Action::filter},
    {on(U't'), Action::group},
    {function(5), Action::group},
    {on(U'+'), Action::open_group},
    {on(U'-'), Action::close_group},
    {on(U' '), Action::pause},
    {function(8), Action::pause},
    {on(U'o'), Action::keep_order},
    {on(U'F'), Action::follow},
    {on(U'['), Action::time_back},
    {on(U']'), Action::time_forward},
    {on(U'{'), Action::time_back_ten},
    {on(U'}'), Action::time_forward_ten},
    {on(U'L'), Action::live},
    {on(U'b'), Action::octets},
    {on(U'u'), Action::totals},
    {on(U'x'), Action::decimal},
    {on(U'a'), Action::clock},
    {on(U'e'), Action::echo},
    {function(7), Action::echo},
    {on(U'E'), Action::probe},
    {on(U'w'), Action::save},
    {function(9), Action::save},
    {on(U'W'), Action::record},
    {on(U'y'), Action::print},
    {on(U'c'), Action::show_command},
    {on(U'A'), Action::acknowledge},
    {on(U'R'), Action::run_checks},
    {on(U'v'), Action::graph},
    {function(2), Action::setup},
    {on(U'?'), Action::help},
    {function(1), Action::help},
    {on(U'#'), Action::header},
    {on(U'm'), Action::mouse},
    {on(U'i'), Action::interval},
    {on(U'd'), Action::link_page},
    {control('l'), Action::redraw},
    {control('z'), Action::suspend},
};

constexpr BarItem kBrowse[] = {{"F1", "Help"}, {"F2", "Setup"}, {"F3", "Search"}, {"F4", "Filter"}, {"F5", "Group"},
                               {"F6", "Sort"}, {"F7", "Echo"},  {"F8", "Pause"},  {"F9", "Save"},   {"F10", "Quit"}};
constexpr BarItem kSearch[] = {{"Enter", "Done"}, {"Esc", "Back"}, {"Down", "Next"}, {"Up", "Previous"}};
constexpr BarItem kFilter[] = {{"Enter", "Keep"}, {"Esc", "Clear"}, {"Up", "Earlier"}};
constexpr BarItem kSort[] = {{"Enter", "Sort"}, {"Esc", "Back"}, {"r", "Reverse"}};
constexpr BarItem kHelp[] = {{"any", "Close"}};
constexpr BarItem kSetup[] = {{"Space", "Change"}, {"Esc", "Back"}, {"W", "Write"}};
constexpr BarItem kDetail[] = {{"F1", "Help"},   {"Esc", "Back"}, {"h l", "Other"}, {"R", "Checks"}, {"v", "Graph"},
                               {"+ -", "Scale"}, {"F7", "Echo"},  {"F8", "Pause"},  {"y", "Print"}};
constexpr BarItem kLink[] = {
    {"F1", "Help"}, {"Esc", "Back"}, {"R", "Read again"}, {"j k", "Scroll"}, {"Enter", "Tunnels"}};
constexpr BarItem kInterval[] = {{"Enter", "Set"}, {"Esc", "Back"}};
constexpr BarItem kSave[] = {{"Enter", "Save"}, {"Esc", "Back"}};

}  // namespace

std::optional<Action> action_of(const Key& key) noexcept {
  for (const Binding& binding : kBindings) {
    if (binding.key == key) return binding.action;
  }
  return std::nullopt;
}

std::span<const Binding> bindings() noexcept { return kBindings; }

std::span<const BarItem> function_bar(Mode mode) noexcept {
  switch (mode) {
    case Mode::browse:
      return kBrowse;
    case Mode::search:
      return kSearch;
    case Mode::filter:
      return kFilter;
    case Mode::sort:
      return kSort;
    case Mode::help:
      return kHelp;
    case Mode::setup:
      return kSetup;
    case Mode::detail:
      return kDetail;
    case Mode::link:
      return kLink;
    case Mode::interval:
      return kInterval;
    case Mode::save:
    case Mode::record:
      return kSave;
  }
  return {};
}

std::optional<Key> bar_key(Mode mode, int x) noexcept {
  if (mode != Mode::browse) return std::nullopt;
  int at = 0;
  unsigned number = 1;
  for (const BarItem& item : kBrowse) {
    at += static_cast<int>(item.key.size() + item.label.size()) + 1;
    if (x < at) return function(number);
    ++number;
  }
  return std::nullopt;
}

}  // namespace gtp::top
