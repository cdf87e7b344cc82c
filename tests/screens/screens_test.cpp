// SPDX-License-Identifier: GPL-2.0-or-later
#include <catch2/catch.hpp>

#include <cstdlib>
#include <fstream>
#include <sstream>

#include "tests/screens/scene.hpp"

namespace gtp::top::test {
namespace {

struct Size {
  int width;
  int height;
};
constexpr Size kSizes[] = {{160, 48}, {80, 24}, {40, 12}, {20, 5}};

struct NamedLook {
  const char* name;
  Look look;
};
constexpr NamedLook kLooks[] = {{"utf8", {true, true}}, {"ascii", {false, true}}, {"mono", {true, false}}};

std::string slurp(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

// The screen, and what each cell means.
std::string print(const Canvas& canvas) { return canvas.text() + "======== inks ========\n" + canvas.ink_map(); }

void compare(Scene& scene, const std::string& name, Size size, const NamedLook& look) {
  const std::string path = std::string(SCREENS_DIR) + "/" + name + "-" + std::to_string(size.width) + "x" +
                           std::to_string(size.height) + "-" + look.name + ".txt";
  scene.resize(size.width, size.height);
  const Canvas canvas = scene.draw(look.look);
  const std::string drawn = print(canvas);
  if (!look.look.utf8) {
    for (const char c : canvas.text()) REQUIRE(static_cast<unsigned char>(c) < 0x80);
  }
  if (std::getenv("GTP_UPDATE_SCREENS") != nullptr) {
    std::ofstream(path, std::ios::binary) << drawn;
    return;
  }
  INFO(path);
  CHECK(drawn == slurp(path));
}

// Every size and look.
void compare_all(Scene& scene, const std::string& name) {
  for (const Size size : kSizes) {
    for (const NamedLook& look : kLooks) compare(scene, name, size, look);
  }
}

// The two sizes that the manual shows.
void compare_two(Scene& scene, const std::string& name) {
  compare(scene, name, kSizes[0], kLooks[0]);
  compare(scene, name, kSizes[1], kLooks[0]);
}

FakeNetwork network() {
  FakeNetwork network;
  network.tunnels = 40'000;
  return network;
}

}  // namespace

TEST_CASE("tunnels") {
  Scene scene(network());
  scene.resize(160, 48);
  scene.tick(30);
  scene.type("jjj");
  compare_all(scene, "tunnels");
}

TEST_CASE("peers, one of them down and one suspect") {
  Scene scene(network());
  scene.resize(160, 48);
  scene.tick(2);
  scene.type("2");
  // All of them: 3 s for an answer, five requests in a row.
  scene.probe_all();
  scene.tick(20);
  scene.type("<down><down>");
  compare_all(scene, "peers");
}

TEST_CASE("links") {
  Scene scene(network());
  scene.tick(5);
  scene.type("3j");
  compare_two(scene, "links");
}

TEST_CASE("the page of a link") {
  Scene scene(network());
  scene.tick(5);
  scene.type("3jd");
  compare_two(scene, "link");
}

TEST_CASE("events") {
  FakeNetwork changing = network();
  changing.churn_per_s = 3;
  Scene scene(changing);
  scene.resize(160, 48);
  scene.tick(9);
  scene.type("4");
  compare_two(scene, "events");
}

TEST_CASE("findings, one acknowledged") {
  Scene scene(network());
  scene.resize(160, 48);
  scene.tick(5);
  scene.type("5A");
  compare_two(scene, "findings");
}

TEST_CASE("detail") {
  Scene scene(network());
  scene.resize(160, 48);
  scene.tick(3);
  scene.type("<enter>");
  scene.tick(50);
  compare_two(scene, "detail");
}

TEST_CASE("groups, one of them open") {
  Scene scene(network());
  scene.resize(160, 48);
  scene.tick(5);
  scene.type("t<down><enter>");
  compare_two(scene, "groups");
}

TEST_CASE("a filter that is being typed") {
  Scene scene(network());
  scene.resize(160, 48);
  scene.tick(5);
  scene.type("\\dn > 10k and pee");
  compare_two(scene, "filter");
}

TEST_CASE("a module that does not count: nothing is 0") {
  FakeNetwork mainline = network();
  mainline.counters = false;
  Scene scene(mainline);
  scene.resize(160, 48);
  scene.tick(5);
  compare_two(scene, "uncounted");
}

TEST_CASE("help") {
  Scene scene(network());
  scene.tick(1);
  scene.type("?");
  compare_two(scene, "help");
}

TEST_CASE("setup and the sort menu") {
  Scene scene(network());
  scene.tick(2);
  scene.type("s");
  compare(scene, "sort", kSizes[1], kLooks[0]);
  scene.type("<esc><f2>");
  compare(scene, "setup", kSizes[1], kLooks[0]);
}

TEST_CASE("before the first figures") {
  State state = initial_state();
  for (const Size size : kSizes) {
    state.width = size.width;
    state.height = size.height;
    const std::string text = draw(state, nullptr, {true, true}).text();
    CHECK(text.find("reading") != std::string::npos);
  }
}

TEST_CASE("no size breaks the drawing, in any mode") {
  Scene scene(network());
  scene.tick(3);
  for (const char* keys :
       {"", "2", "3", "4", "5", "1<enter>", "<esc>?", "<esc>s", "<esc><f2>", "<esc>/x", "<esc>\\x"}) {
    scene.type(keys);
    for (int width = 1; width < 200; width += 7) {
      for (int height = 1; height < 60; height += 3) {
        scene.resize(width, height);
        const Canvas canvas = scene.draw({true, true});
        REQUIRE(canvas.width() == width);
        REQUIRE(canvas.height() == height);
      }
    }
  }
}

}  // namespace gtp::top::test
