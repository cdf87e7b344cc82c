// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtptop/settings.hpp"

#include <catch2/catch.hpp>
#include <stdlib.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>

#include "gtptop/model/columns.hpp"

namespace gtp::top {
namespace {

namespace fs = std::filesystem;

class Directory {
 public:
  Directory() {
    char name[] = "/tmp/gtptop-settings-XXXXXX";
    REQUIRE(mkdtemp(name) != nullptr);
    path = name;
  }
  ~Directory() { fs::remove_all(path); }
  fs::path path;
};

std::string slurp(const fs::path& path) {
  std::ifstream file(path);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::string complaint(std::string_view text) {
  const auto options = parse_settings(text, "config");
  REQUIRE_FALSE(options.ok());
  CHECK(options.error().code == ErrorCode::usage);
  return options.error().what;
}

TEST_CASE("settings are read") {
  const auto options = parse_settings(
      "# a remark\n\n  interval = 500ms # and another\ncpu=25\ncolor = never\nascii = yes\nheader = no\nclock = yes\n"
      "view = peers\ngroup = link\ncolumns.tunnels = ms, peer,dn\nsort.peers = -rtt\r\nsort.links = load",
      "config");
  REQUIRE(options.ok());
  CHECK(options->interval_ns == 500'000'000);
  CHECK(options->cpu_percent == 25);
  CHECK(options->colour == ColourWish::never);
  CHECK(options->ascii);
  CHECK_FALSE(options->header);
  CHECK(options->units.clock);
  CHECK_FALSE(options->units.iec);
  CHECK(options->view == View::peers);
  CHECK(options->grouping == Grouping::link);
  CHECK(options->views[0].columns == std::vector<std::uint8_t>{static_cast<std::uint8_t>(TunnelColumn::ms),
                                                               static_cast<std::uint8_t>(TunnelColumn::peer),
                                                               static_cast<std::uint8_t>(TunnelColumn::dn)});
  CHECK(options->views[1].sort == Sort{static_cast<std::uint8_t>(PeerColumn::rtt), true});
  CHECK(options->views[2].sort == Sort{static_cast<std::uint8_t>(LinkColumn::load), false});
}

TEST_CASE("what is no setting is refused, with its line") {
  CHECK(complaint("ascii = yes\n\ncolour = never\n") == "config:3: no setting is called `colour`");
  CHECK(complaint("ascii = maybe\n") == "config:1: `maybe` is neither yes nor no");
  CHECK(complaint("ascii\n") == "config:1: no `=`");
  CHECK(complaint("cpu = 0\n") == "config:1: `0` is no percentage from 1 to 100");
  CHECK(complaint("interval = 1ms\n") == "config:1: `1ms` is no interval from 0.1s to 1h");
  CHECK(complaint("columns.tunnels = ms,tied\n") == "config:1: `tied` is no column of tunnels");
  CHECK(complaint("columns.tubes = ms\n") == "config:1: no setting is called `columns.tubes`");
  CHECK(complaint("cpu = 5\ncpu = 6\n") == "config:2: `cpu` is set twice");
  CHECK(parse_settings("colour = never", "config").error().hint == "color");
}

TEST_CASE("the command line goes before the file") {
  const auto settings = parse_settings("bytes = yes\ninterval = 5s\nview = links\nsort.tunnels = ms\n", "config");
  REQUIRE(settings.ok());
  const char* words[] = {"gtptop", "-d", "2", "--view", "tunnels"};
  const auto options = parse_command_line(5, words, *settings);
  REQUIRE(options.ok());
  CHECK(options->interval_ns == 2'000'000'000);
  CHECK(options->view == View::tunnels);
  CHECK(options->units.octets);
  CHECK(options->views[0].sort == Sort{static_cast<std::uint8_t>(TunnelColumn::ms), false});
}

TEST_CASE("what is written is read back, and nothing is said that goes without saying") {
  State state = initial_state();
  state.units.iec = true;
  state.header = false;
  state.interval_ns = 1'500'000'000;
  state.view = View::links;
  state.views[0].columns = {4, 7};
  state.views[1].sort = {static_cast<std::uint8_t>(PeerColumn::loss), true};
  Options before;
  before.colour = ColourWish::never;  // of the file, no part of the state
  const std::string text = settings_text(with_state(before, state));
  CHECK(text.substr(text.find('\n') + 1) ==
        "interval = 1500ms\ncolor = never\nheader = no\niec = yes\nview = links\ncolumns.tunnels = ms,dn\n"
        "sort.peers = -loss\n");
  const auto again = parse_settings(text, "config");
  REQUIRE(again.ok());
  CHECK(settings_text(*again) == text);
}

TEST_CASE("a file is replaced whole, a directory made, and what is no file left alone") {
  const Directory directory;
  const fs::path path = directory.path / "a" / "gtptop" / "config";
  Options options;
  options.ascii = true;
  REQUIRE(write_settings(path, options).ok());
  CHECK(slurp(path).find("ascii = yes\n") != std::string::npos);
  options.ascii = false;
  options.mouse = true;
  // A link stays a link.
  const fs::path link = directory.path / "link";
  fs::create_symlink(path, link);
  REQUIRE(write_settings(link, options).ok());
  CHECK(fs::is_symlink(link));
  CHECK(slurp(path).find("ascii") == std::string::npos);
  CHECK(slurp(path).find("mouse = yes\n") != std::string::npos);
  CHECK(std::distance(fs::directory_iterator(path.parent_path()), fs::directory_iterator()) == 1);
  CHECK(write_settings("/dev/null", options).error().what == "cannot write /dev/null: it is no regular file");
  CHECK_FALSE(write_settings(directory.path / "link" / "config", options).ok());

  CHECK(read_settings((directory.path / "none").string(), false).ok());
  CHECK_FALSE(read_settings((directory.path / "none").string(), true).ok());
  CHECK(read_settings(path.string(), true)->mouse);
}

TEST_CASE("the usual place is that of the XDG base directories") {
  setenv("XDG_CONFIG_HOME", "/tmp/xdg", 1);
  CHECK(usual_settings_path() == "/tmp/xdg/gtptop/config");
  setenv("XDG_CONFIG_HOME", "relative", 1);
  setenv("HOME", "/srv/op", 1);
  CHECK(usual_settings_path() == "/srv/op/.config/gtptop/config");
  unsetenv("HOME");
  CHECK(usual_settings_path().empty());
}

}  // namespace
}  // namespace gtp::top
