// SPDX-License-Identifier: GPL-2.0-or-later
#include "tests/screens/scene.hpp"

#include <stdexcept>

#include "gtptop/check/model_checker.hpp"

namespace gtp::top::test {
namespace {

constexpr std::uint64_t kSecond = 1'000'000'000;

Key key_of(std::string_view name) {
  using Code = Key::Code;
  if (name == "enter") return {Code::enter, 0};
  if (name == "esc") return {Code::escape, 0};
  if (name == "up") return {Code::up, 0};
  if (name == "down") return {Code::down, 0};
  if (name == "left") return {Code::left, 0};
  if (name == "right") return {Code::right, 0};
  if (name == "pgdn") return {Code::page_down, 0};
  if (name == "tab") return {Code::tab, 0};
  if (name == "bs") return {Code::backspace, 0};
  if (name.starts_with("f")) return Key::f(static_cast<unsigned>(std::stoi(std::string(name.substr(1)))));
  if (name.starts_with("c-")) return Key::control(name[2]);
  throw std::invalid_argument("no key is called " + std::string(name));
}

}  // namespace

Scene::Scene(const FakeNetwork& network, std::unique_ptr<Source> other) : state_(initial_state()) {
  if (!other) other = std::make_unique<FakeSource>(network, [this] { return now_ns_; });
  gatherer_ = std::make_unique<Gatherer>(std::move(other), std::make_unique<ModelChecker>(), GatherOptions{});
}

void Scene::tick(int n) {
  for (int i = 0; i < n; ++i) {
    now_ns_ += kSecond;
    gatherer_->begin_tick();
    while (!gatherer_->sweep(kSecond)) {
    }
    gatherer_->end_tick();
    refresh();
  }
}

void Scene::refresh() {
  const Query query = make_query(state_);
  frame_ = gatherer_->frame(query);
  show_frame(state_, *frame_);
}

void Scene::resize(int width, int height) {
  top::resize(state_, width, height);
  refresh();
}

void Scene::press(const Key& key) {
  for (Effect& effect : update(state_, key, frame_.get())) {
    if (effect.kind == Effect::Kind::command) gatherer_->command(effect.command);
    effects_.push_back(std::move(effect));
  }
  refresh();
}

void Scene::type(std::string_view keys) {
  effects_.clear();
  while (!keys.empty()) {
    const auto end = keys.find('>');
    // "<" alone is a key too.
    if (keys.front() == '<' && end != std::string_view::npos && end > 1 && keys[1] != ' ') {
      press(key_of(keys.substr(1, end - 1)));
      keys.remove_prefix(end + 1);
    } else {
      press(Key::of(static_cast<char32_t>(keys.front())));
      keys.remove_prefix(1);
    }
  }
}

void Scene::probe_all() {
  Command probe;
  probe.kind = Command::Kind::probe;
  probe.samples = 1;
  gatherer_->command(probe);
}

Canvas Scene::draw(Look look) { return top::draw(state_, frame_.get(), look); }

}  // namespace gtp::top::test
