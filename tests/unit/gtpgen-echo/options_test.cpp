// SPDX-License-Identifier: GPL-2.0-or-later
//
// What the command line of `gtpgen echo` accepts, and what it comes to.
#include "gtpgen/options.hpp"

#include <catch2/catch.hpp>

#include <vector>

#include "gtpgen/echo/echo_command.hpp"

using namespace gtp;
using namespace gtp::gen;
using namespace gtp::gen::echo;

namespace {

Result<Parsed> parse(std::vector<const char*> words) {
  words.insert(words.begin(), {"gtpgen", "echo"});
  return parse_command_line(static_cast<int>(words.size()), words.data());
}

RunOptions options_of(const std::vector<const char*>& words) {
  auto parsed = parse(words);
  INFO((parsed ? std::string() : parsed.error().what));
  REQUIRE(parsed.ok());
  const auto* command = dynamic_cast<const EchoCommand*>(parsed->command.get());
  REQUIRE(command != nullptr);
  return command->run_options();
}

bool refused(const std::vector<const char*>& words) {
  auto parsed = parse(words);
  return !parsed && parsed.error().code == ErrorCode::usage;
}

}  // namespace

TEST_CASE("the defaults") {
  const RunOptions run = options_of({"192.0.2.1"});
  CHECK(run.settings.dialects ==
        std::vector<Dialect>{Dialect::gtpv2, Dialect::gtpv1_c, Dialect::gtpv0, Dialect::gtpv1_u});
  CHECK(run.settings.interval_ns == 1'000'000'000);
  CHECK(run.settings.attempts == 1);
  CHECK(run.settings.window == 0);
  CHECK(run.socket.kernel_clock);
  CHECK_FALSE(run.settings.count);
}

TEST_CASE("the monitor asks once a minute, with T3 and N3") {
  const RunOptions run = options_of({"--monitor", "192.0.2.1"});
  CHECK(run.settings.interval_ns == 60'000'000'000);
  CHECK(run.settings.timeout_ns == 5'000'000'000);
  CHECK(run.settings.attempts == 5);
  const RunOptions other = options_of({"--monitor", "-i", "100", "--t3", "2", "--n3", "3", "192.0.2.1"});
  CHECK(other.settings.interval_ns == 100'000'000'000);
  CHECK(other.settings.timeout_ns == 2'000'000'000);
  CHECK(other.settings.attempts == 3);
}

TEST_CASE("options have their effect") {
  CHECK(options_of({"-u", "h"}).settings.dialects == std::vector<Dialect>{Dialect::gtpv1_u});
  CHECK(options_of({"-g", "0", "h"}).settings.dialects == std::vector<Dialect>{Dialect::gtpv0});
  CHECK(options_of({"-g", "prime", "h"}).settings.dialects.front() == Dialect::prime_2);
  CHECK(options_of({"-f", "h"}).settings.window == 64);
  CHECK(options_of({"-A", "h"}).settings.window == 1);
  CHECK(options_of({"-Q", "EF", "h"}).socket.dscp == 46);
  CHECK(options_of({"-Q", "af21", "h"}).socket.dscp == 18);
  CHECK(options_of({"-I", "eth0", "h"}).socket.interface == "eth0");
  CHECK(options_of({"-I", "192.0.2.9", "h"}).socket.source.text() == "192.0.2.9");
  CHECK(options_of({"-s", "1400", "h"}).socket.fragment == Fragment::never);
  CHECK(options_of({"-s", "1400", "-M", "dont", "h"}).socket.fragment == Fragment::dont);
  CHECK(options_of({"-i", "0.2", "-W", "300ms", "h"}).settings.interval_ns == 200'000'000);
  CHECK(options_of({"--max-loss", "5%", "h"}).limits.max_loss == Approx(0.05));
}

TEST_CASE("what makes no sense is refused") {
  CHECK(refused({}));
  CHECK(refused({"-4", "-6", "h"}));
  CHECK(refused({"-u", "-g", "2", "h"}));
  CHECK(refused({"-f", "-A", "h"}));
  CHECK(refused({"-f", "-i", "1", "h"}));
  CHECK(refused({"-f", "--monitor", "h"}));
  CHECK(refused({"--window", "8", "h"}));
  CHECK(refused({"-W", "1", "--t3", "1", "h"}));
  CHECK(refused({"-W", "0", "h"}));
  CHECK(refused({"-i", "0", "h"}));
  CHECK(refused({"-c", "0", "h"}));
  CHECK(refused({"-g", "3", "h"}));
  CHECK(refused({"-Q", "af44", "h"}));
  CHECK(refused({"-Q", "64", "h"}));
  CHECK(refused({"--pmtu", "--traceroute", "h"}));
  CHECK(refused({"--pmtu", "-c", "3", "h"}));
  CHECK(refused({"--pmtu", "-M", "do", "h"}));
  CHECK(refused({"-g", "1", "--recovery", "3", "h"}));
  CHECK(refused({"-I", "192.0.2.1", "-I", "192.0.2.2", "h"}));
}
