// SPDX-License-Identifier: GPL-2.0-or-later
//
// Scene: a generated network with a clock of its own, gathered and shown, without a thread or a terminal. What a test
// types into it is what an operator would type.
#pragma once

#include <memory>
#include <string>

#include "gtptop/collect/fake_source.hpp"
#include "gtptop/collect/gatherer.hpp"
#include "gtptop/ui/draw.hpp"

namespace gtp::top::test {

class Scene {
 public:
  explicit Scene(const FakeNetwork& network = {}, std::unique_ptr<Source> other = nullptr);

  // Lets [n] seconds pass, with a tick each.
  void tick(int n = 1);
  void resize(int width, int height);
  // Keys: characters as they are; the others by name, "<enter>", "<f5>", "<esc>", "<up>", …
  void type(std::string_view keys);
  void probe_all();
  Canvas draw(Look look);

  State& state() { return state_; }
  const Frame* frame() const { return frame_.get(); }
  const std::vector<Effect>& effects() const { return effects_; }  // since the last type()

 private:
  void press(const Key& key);
  void refresh();

  std::uint64_t now_ns_ = 1'800'000'000'000'000'000;
  std::unique_ptr<Gatherer> gatherer_;
  State state_;
  std::shared_ptr<const Frame> frame_;
  std::vector<Effect> effects_;
};

}  // namespace gtp::top::test
