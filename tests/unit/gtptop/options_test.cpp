// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtptop/options.hpp"

#include <catch2/catch.hpp>

#include "gtptop/model/columns.hpp"

namespace gtp::top {
namespace {

Result<Options> parse(std::vector<const char*> words) {
  words.insert(words.begin(), "gtptop");
  return parse_command_line(static_cast<int>(words.size()), words.data());
}

std::string complaint(std::vector<const char*> words) {
  const auto options = parse(std::move(words));
  REQUIRE_FALSE(options.ok());
  CHECK(options.error().code == ErrorCode::usage);
  return options.error().what;
}

TEST_CASE("without options: the screen, every second") {
  const auto options = parse({});
  REQUIRE(options.ok());
  CHECK(options->output == OutputKind::screen);
  CHECK(options->interval_ns == 1'000'000'000);
  CHECK(options->cpu_percent == 10);
  CHECK_FALSE(options->count);
}

TEST_CASE("the words are a filter, in quotes or not") {
  const auto options = parse({"--view", "peers", "tunnels", ">", "5"});
  REQUIRE(options.ok());
  CHECK(options->view == View::peers);
  CHECK(options->filter_text == "tunnels > 5");
}

TEST_CASE("values") {
  const auto options = parse({"-b", "-n", "3", "-d", "0.5", "--sort", "-drops", "--columns", "ms,dn,drops", "--cpu",
                              "25%", "--group", "link", "--bytes", "--iec", "-N", "7"});
  REQUIRE(options.ok());
  CHECK(options->output == OutputKind::text);
  CHECK(options->count == 3U);
  CHECK(options->interval_ns == 500'000'000);
  CHECK(options->sort == Sort{static_cast<std::uint8_t>(TunnelColumn::drops), true});
  CHECK(options->columns.size() == 3);
  CHECK(options->cpu_percent == 25);
  CHECK(options->grouping == Grouping::link);
  CHECK(options->units.octets);
  CHECK(options->units.iec);
  CHECK(options->top == 7);
  CHECK(parse({"--once"})->count == 1U);
  CHECK(parse({"--once"})->output == OutputKind::text);
  CHECK(parse({"--once", "--json"})->output == OutputKind::json);
}

TEST_CASE("mistakes say where they are and what would be right") {
  CHECK(complaint({"--view", "peer"}).find("\"peer\" is none of tunnels, peers") != std::string::npos);
  CHECK(complaint({"--sort", "bogus"}).find("--sort: no column \"bogus\" in tunnels; there are link ver") == 0);
  CHECK(complaint({"tied", "5"}).find("filter: column 1: no field `tied`") == 0);
  CHECK(complaint({"-d", "0.05"}).find("--interval: ") == 0);
  CHECK(complaint({"--cpu", "0"}).find("--cpu: ") == 0);
  CHECK(complaint({"--json", "--csv"}).find("exclude each other") != std::string::npos);
  CHECK(complaint({"-n", "1", "-n", "2"}).find("--count is given twice") == 0);
  CHECK(complaint({"-w", "a", "-r", "b"}).find("-w and -r exclude each other") == 0);
  CHECK(parse({"--sort", "itied"}).error().hint == "iteid");
}

TEST_CASE("Prometheus: what goes together") {
  const auto options = parse({"--listen", "[::1]:9152", "--top-tunnels", "5", "--sort", "up", "ms", "10.45.0.0/16"});
  REQUIRE(options.ok());
  CHECK(options->output == OutputKind::exporter);
  CHECK(options->listen->text() == "[::1]:9152");
  CHECK(options->top_tunnels == 5);
  CHECK(parse({"--prometheus", "--once", "-r", "x"}).ok());
  CHECK(complaint({"--listen", "localhost:9152"}) == "--listen: \"localhost:9152\" is no address and port");
  CHECK(complaint({"--listen", "9152", "--json"}).find("exclude each other") != std::string::npos);
  CHECK(complaint({"--listen", "9152", "--once"}).find("--listen goes on until it is ended") == 0);
  CHECK(complaint({"--listen", "9152", "--check"}).find("--listen goes on until it is ended") == 0);
  CHECK(complaint({"--listen", "9152", "--view", "peers"}).find("--view, --columns and --group are for tables") == 0);
  CHECK(complaint({"--prometheus", "-N", "5"}).find("-N is for tables") == 0);
  CHECK(complaint({"--prometheus", "ms", "10.45.0.1"}).find("a filter and --sort are for the tunnels of") == 0);
  CHECK(complaint({"--top-tunnels", "5"}).find("--top-tunnels wants --prometheus or --listen") == 0);
  CHECK(complaint({"--listen", "9152", "--top-tunnels", "201"}).find("--top-tunnels: ") == 0);
}

TEST_CASE("help has every option that is no test's, and the fields of filters") {
  const std::string help = help_text();
  for (const char* option :
       {"--batch",  "--once",     "--json",   "--csv",   "--prometheus", "--listen",  "--top-tunnels", "--count",
        "--top",    "--interval", "--filter", "--view",  "--sort",       "--columns", "--group",       "--replay",
        "--record", "--cpu",      "--color",  "--ascii", "--mouse",      "--explain", "--version"}) {
    CHECK(help.find(option) != std::string::npos);
  }
  CHECK(help.find("--generate") == std::string::npos);
  CHECK(help.find("oteid") != std::string::npos);
}

}  // namespace
}  // namespace gtp::top
