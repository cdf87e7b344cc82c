// SPDX-License-Identifier: GPL-2.0-or-later
#include <catch2/catch.hpp>

#include <set>

#include "gtptop/model/columns.hpp"
#include "gtptop/ui/actions.hpp"
#include "gtptop/ui/words.hpp"
#include "tests/screens/scene.hpp"

namespace gtp::top::test {
namespace {

FakeNetwork network(std::uint64_t tunnels = 500) {
  FakeNetwork out;
  out.tunnels = tunnels;
  return out;
}

class Fixture {
 public:
  explicit Fixture(std::uint64_t tunnels = 500) : scene(network(tunnels)) {
    scene.resize(160, 48);
    scene.tick(3);
  }
  const ViewState& here() { return scene.state().here(); }
  const Page& page() { return scene.frame()->page; }
  Scene scene;
};

TEST_CASE("no key means two things, and every function key has a letter") {
  std::set<std::pair<int, char32_t>> seen;
  std::set<Action> functions;
  std::set<Action> letters;
  for (const Binding& binding : bindings()) {
    CHECK(seen.emplace(static_cast<int>(binding.key.code), binding.key.character).second);
    (binding.key.code == Key::Code::function ? functions : letters).insert(binding.action);
  }
  for (const Action action : functions) {
    if (action == Action::setup) continue;  // rare, and F2 has no letter in the notes
    CHECK(letters.contains(action));
  }
}

TEST_CASE("moving scrolls at the edges") {
  Fixture f;
  const unsigned rows = visible_rows(f.scene.state());
  f.scene.type("jj");
  CHECK(f.here().cursor == 2);
  CHECK(f.here().offset == 0);
  f.scene.type("<pgdn>");
  CHECK(f.here().cursor == rows + 2);
  f.scene.type("G");
  CHECK(f.here().cursor == 499);
  CHECK(f.here().offset == 500 - rows);
  f.scene.type("j");
  CHECK(f.here().cursor == 499);
  f.scene.type("g");
  CHECK(f.here().cursor == 0);
  CHECK(f.here().offset == 0);
}

TEST_CASE("the cursor goes with its tunnel once it was moved") {
  Fixture f;
  f.scene.type("jjj");
  const TunnelKey key = *f.here().tunnel;
  f.scene.type("r");  // the order is reversed: the tunnel is far away now
  CHECK(f.here().cursor == 3);
  f.scene.type("r");
  f.scene.type("F");
  f.scene.tick(20);
  CHECK(f.here().tunnel.has_value());
  CHECK(f.page().tunnels[f.here().cursor - f.page().offset].key == *f.here().tunnel);
  CHECK(key.link != 0);
}

TEST_CASE("sorting by any column, by its neighbour, reversed") {
  Fixture f;
  CHECK(f.here().sort.column == static_cast<std::uint8_t>(TunnelColumn::dn));
  f.scene.type("<");
  // "<" is the beginning of no name here.
  CHECK(f.here().sort.column == static_cast<std::uint8_t>(TunnelColumn::up));
  f.scene.type("r");
  CHECK_FALSE(f.here().sort.descending);
  f.scene.type("s<down><enter>");
  CHECK(f.here().sort.column == static_cast<std::uint8_t>(TunnelColumn::dn));
  CHECK(f.scene.state().mode == Mode::browse);
}

TEST_CASE("a filter works while it is typed, half of one changes nothing, Esc clears it") {
  Fixture f;
  f.scene.type("\\peer 192.0.2.10");
  CHECK(f.scene.state().mode == Mode::filter);
  const std::uint64_t matching = f.page().matching;
  CHECK(matching < 500);
  f.scene.type(" and");
  CHECK_FALSE(f.scene.state().prompt_error.empty());
  CHECK(f.page().matching == matching);
  f.scene.type("<bs><bs><bs><bs><enter>");
  CHECK(f.scene.state().mode == Mode::browse);
  CHECK(f.here().filter_text == "peer 192.0.2.10");
  f.scene.type("<esc>");
  CHECK(f.here().filter_text.empty());
  CHECK(f.page().matching == 500);
  f.scene.type("\\<up>");
  CHECK(f.scene.state().prompt == "peer 192.0.2.10");
  f.scene.type("<esc>*");
  CHECK(f.here().filter_text.starts_with("peer "));
}

TEST_CASE("search finds as one types, and again") {
  Fixture f;
  f.scene.type("/10.45.1.");
  CHECK(f.page().tunnels[f.here().cursor - f.page().offset].ms.text().starts_with("10.45.1."));
  const std::uint64_t first = f.here().cursor;
  f.scene.type("<enter>n");
  CHECK(f.here().cursor > first);
  f.scene.type("N");
  CHECK(f.here().cursor == first);
  f.scene.type("/10.99");
  CHECK(f.scene.state().message_is_error);
}

TEST_CASE("Enter opens, Esc comes back") {
  Fixture f;
  f.scene.type("<enter>");
  CHECK(f.scene.state().mode == Mode::detail);
  REQUIRE(f.scene.frame()->detail);
  CHECK(f.scene.frame()->detail->row.key == *f.here().tunnel);
  f.scene.type("<esc>2");
  CHECK(f.scene.state().view == View::peers);
  f.scene.type("<enter>");
  CHECK(f.scene.state().view == View::tunnels);
  CHECK(f.here().filter_text.starts_with("peer "));
  f.scene.type("<esc>3<enter>");
  CHECK(f.here().filter_text == "link \"gtp0\"");
}

TEST_CASE("left and right go through the tunnels, beyond the page as well") {
  Fixture f;
  f.scene.type("<enter><right>");
  CHECK(f.here().cursor == 1);
  CHECK(*f.scene.state().detail == f.page().tunnels[1].key);
  REQUIRE(f.scene.frame()->detail);
  CHECK(f.scene.frame()->detail->row.key == f.page().tunnels[1].key);
  f.scene.type("<left><left>");
  CHECK(f.here().cursor == 0);
  const unsigned rows = visible_rows(f.scene.state());
  for (unsigned i = 0; i < rows + 3; ++i) f.scene.type("<right>");
  CHECK(f.here().cursor == rows + 3);
  f.scene.tick();
  CHECK(f.scene.state().detail == f.here().tunnel);
  CHECK(f.scene.state().mode == Mode::detail);
  f.scene.type("vv");
  CHECK(f.scene.state().graph == GraphOf::packets);
}

TEST_CASE("d shows a link, Enter goes on to its tunnels") {
  Fixture f;
  f.scene.type("d");
  CHECK_FALSE(f.scene.state().message.empty());
  f.scene.type("3jd");
  CHECK(f.scene.state().mode == Mode::link);
  REQUIRE(f.scene.frame()->link_detail);
  CHECK(f.scene.frame()->link_detail->row.name == "gtp1");
  f.scene.type("?x");
  CHECK(f.scene.state().mode == Mode::link);
  f.scene.type("R");
  CHECK(f.scene.effects().back().command.kind == Command::Kind::run_checks);
  f.scene.type("<esc>");
  CHECK(f.scene.state().mode == Mode::browse);
  CHECK_FALSE(make_query(f.scene.state()).link_detail);
  f.scene.type("d<enter>");
  CHECK(f.scene.state().view == View::tunnels);
  CHECK(f.here().filter_text == "link \"gtp1\"");
}

TEST_CASE("i changes the interval, and says what is none") {
  Fixture f;
  f.scene.type("i5y<enter>");
  CHECK(f.scene.state().mode == Mode::interval);
  CHECK(f.scene.state().prompt_error == "no interval from 0.1s to 1h");
  f.scene.type("<bs>00ms<enter>");
  CHECK(f.scene.state().mode == Mode::browse);
  CHECK(f.scene.state().interval_ns == 500'000'000);
  CHECK(f.scene.effects().back().command.kind == Command::Kind::interval);
  CHECK(f.scene.effects().back().command.samples == 500'000'000);
  f.scene.type("i<enter>");
  CHECK(f.scene.state().interval_ns == 500'000'000);
}

TEST_CASE("groups open and close") {
  Fixture f;
  f.scene.type("t");
  CHECK(f.page().tunnels[0].group);
  const std::uint64_t groups = f.page().matching;
  f.scene.type("+");
  CHECK(f.page().matching > groups);
  f.scene.type("-");
  CHECK(f.page().matching == groups);
  f.scene.type("ttt");
  CHECK(f.scene.state().grouping == Grouping::none);
}

TEST_CASE("pausing holds, keeping the order keeps it") {
  Fixture f;
  f.scene.type(" ");
  CHECK(f.scene.state().paused);
  CHECK(make_query(f.scene.state()).hold);
  f.scene.type("L");
  CHECK_FALSE(f.scene.state().paused);
  f.scene.type("o");
  CHECK(make_query(f.scene.state()).keep_order);
}

TEST_CASE("nothing is sent without a key for it") {
  Fixture f;
  f.scene.type("2j");
  for (const Effect& effect : f.scene.effects()) CHECK(effect.kind != Effect::Kind::command);
  f.scene.type("e");
  REQUIRE_FALSE(f.scene.effects().empty());
  CHECK(f.scene.effects()[0].command.kind == Command::Kind::echo);
  CHECK(f.scene.effects()[0].command.peer == *f.here().peer);
}

TEST_CASE("y prints commands that show the same, c the command line") {
  Fixture f;
  f.scene.type("y");
  REQUIRE(f.scene.effects().size() == 1);
  CHECK(f.scene.effects()[0].kind == Effect::Kind::print_and_quit);
  CHECK(f.scene.effects()[0].text.find("gtpdump -i any 'teid {") != std::string::npos);
  f.scene.type("\\peer 192.0.2.10<enter>rtb");
  f.scene.type("c");
  CHECK(f.scene.state().message == "gtptop --sort dn --group peer --bytes 'peer 192.0.2.10'");
}

TEST_CASE("y leaves out the TEID that nobody knows of a tunnel on the wire") {
  TunnelRow row;
  row.key.id = 4711;
  row.o_tei = 815;
  row.link = "gtp0";
  row.peer = *IpAddress::parse("192.0.2.41");
  CHECK(shell_text(row) == "gtp0 v1 i_tei 4711 o_tei 815 ms - peer 192.0.2.41\ngtpdump -i any 'teid {4711, 815}'\n");
  row.flow = static_cast<std::uint16_t>(WireSide::received);
  row.o_tei = 0;
  CHECK(shell_text(row) == "gtp0 v1 i_tei 4711 ms - peer 192.0.2.41\ngtpdump -i any 'teid {4711}'\n");
  row.flow = static_cast<std::uint16_t>(WireSide::sent);
  row.o_tei = 4711;
  CHECK(shell_text(row) == "gtp0 v1 o_tei 4711 ms - peer 192.0.2.41\ngtpdump -i any 'teid {4711}'\n");
  row.key.version = 0;
  row.flow = 7;
  CHECK(shell_text(row) == "gtp0 v0 tid 4711 flow 7 ms - peer 192.0.2.41\n");
}

TEST_CASE("looking back is bounded by what is kept") {
  Fixture f;
  f.scene.state().frames_behind = 15;
  f.scene.type("{");
  CHECK(f.scene.state().look_back == 10);
  f.scene.type("{");
  CHECK(f.scene.state().look_back == 15);
  CHECK_FALSE(f.scene.state().message.empty());
  f.scene.type("]");
  CHECK(f.scene.state().look_back == 14);
  f.scene.type("L");
  CHECK(f.scene.state().look_back == 0);
}

TEST_CASE("q and ^C quit, from a detail page q only leaves it") {
  Fixture f;
  f.scene.type("<enter>q");
  CHECK(f.scene.state().mode == Mode::browse);
  f.scene.type("q");
  CHECK(f.scene.effects().back().kind == Effect::Kind::quit);
  f.scene.type("/<c-c>");
  CHECK(f.scene.effects().back().kind == Effect::Kind::quit);
}

TEST_CASE("a click on a heading sorts, on a row selects") {
  Fixture f;
  const auto at = f.scene.draw({true, true}).text();
  State& state = f.scene.state();
  std::vector<Effect> effects = click(state, 20, 5 + 7, f.scene.frame());
  CHECK(state.here().cursor == 7);
  const std::size_t x = at.substr(at.find(" LINK ")).find("MS ADDRESS");
  effects = click(state, static_cast<int>(x), 4, f.scene.frame());
  CHECK(state.here().sort.column == static_cast<std::uint8_t>(TunnelColumn::ms));
}

TEST_CASE("findings and restarts are acknowledged") {
  Fixture f;
  f.scene.type("5");
  REQUIRE_FALSE(f.page().findings.empty());
  f.scene.type("A");
  CHECK(f.page().findings[0].acknowledged);
  f.scene.tick(2);
  CHECK(f.page().findings[0].acknowledged);
  f.scene.type("<enter>");
  CHECK(f.scene.effects().back().kind == Effect::Kind::manual);
  CHECK(f.scene.effects().back().text == "GTP-102");
}

}  // namespace
}  // namespace gtp::top::test
