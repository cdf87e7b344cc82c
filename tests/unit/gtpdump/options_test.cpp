// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtpdump/options.hpp"

#include <catch2/catch.hpp>

#include <cstdio>
#include <fstream>

namespace gtp::dump {
namespace {

using Words = std::vector<std::string>;

Result<ParsedOptions> parse(const Words& words) {
  std::vector<const char*> argv{"gtpdump"};
  for (const std::string& word : words) argv.push_back(word.c_str());
  return parse_options(static_cast<int>(argv.size()), argv.data());
}

Options accepted(const Words& words) {
  auto parsed = parse(words);
  INFO((parsed ? std::string() : parsed.error().what));
  REQUIRE(parsed);
  REQUIRE_FALSE(parsed->print_and_exit);
  return parsed->options;
}

// The message, then the hint.
std::string refused(const Words& words) {
  const auto parsed = parse(words);
  if (parsed) return "accepted";
  CHECK(parsed.error().code == ErrorCode::usage);
  return parsed.error().what + " | " + parsed.error().hint;
}

// Two empty files in the present directory, for names that the shell has expanded.
class TwoFiles {
 public:
  TwoFiles() {
    for (const char* name : kNames) std::ofstream{name};
  }
  ~TwoFiles() {
    for (const char* name : kNames) std::remove(name);
  }
  TwoFiles(const TwoFiles&) = delete;
  TwoFiles& operator=(const TwoFiles&) = delete;
  static constexpr const char* kNames[] = {"options_test_a.pcap", "options_test_b.pcap"};
};

TEST_CASE("the plain case: one file, lines, local time", "[options]") {
  const Options o = accepted({"-r", "core.pcap"});
  CHECK(o.files == Words{"core.pcap"});
  CHECK(o.output == OutputKind::summary);
  CHECK(o.time == output::TimeStyle::local);
  CHECK(o.filter.empty());
  CHECK(o.count == 0);
  CHECK(o.threads == 0);
  CHECK_FALSE(o.promiscuous);
}

TEST_CASE("the filter is all words that are left", "[options]") {
  CHECK(accepted({"-r", "core.pcap", "type echo and", "teid 5"}).filter == "type echo and teid 5");
  CHECK(accepted({"-r", "core.pcap", "type", "echo", "-v"}).filter == "type echo");
  CHECK(accepted({"-i", "any", "malformed"}).filter == "malformed");
  CHECK(accepted({"-r", "core.pcap", "--", "malformed"}).filter == "malformed");
}

TEST_CASE("names behind -r are files when they exist: -r *.pcap", "[options]") {
  const TwoFiles files;
  const std::string a = TwoFiles::kNames[0];
  const std::string b = TwoFiles::kNames[1];
  CHECK(accepted({"-r", a, b}).files == Words{a, b});
  const Options o = accepted({"-r", a, b, "type echo"});
  CHECK(o.files == Words{a, b});
  CHECK(o.filter == "type echo");
  CHECK(accepted({"-r", a, "-r", b}).files == Words{a, b});
  CHECK(accepted({"-r", a, "-r", "-"}).files == Words{a, "-"});
  // Behind the first word that is no file everything is filter.
  CHECK(accepted({"-r", a, "type", b}).filter == "type " + b);
  CHECK(accepted({"-r", a, "."}).filter == ".");  // a directory is no capture
  CHECK(accepted({"-i", "lo", b}).filter == b);
}

TEST_CASE("each output by its option", "[options]") {
  const std::pair<Words, OutputKind> rows[] = {
      {{"-v"}, OutputKind::tree},
      {{"-x"}, OutputKind::summary},
      {{"--json"}, OutputKind::json},
      {{"--json", "--raw"}, OutputKind::json},
      {{"--fields", "frame,type"}, OutputKind::fields},
      {{"--fields", "frame", "--csv"}, OutputKind::fields},
      {{"--stats"}, OutputKind::stats},
      {{"--check"}, OutputKind::check},
      {{"-w", "out.pcap"}, OutputKind::none},
      {{"--decap", "out.pcapng"}, OutputKind::none},
      {{"-w", "out.pcap", "-v"}, OutputKind::tree},
      {{"-w", "out.pcap", "-x"}, OutputKind::summary},
  };
  for (auto [words, kind] : rows) {
    words.insert(words.begin(), {"-r", "core.pcap"});
    CHECK(accepted(words).output == kind);
  }
  CHECK(accepted({"-r", "a", "--stats", "--json"}).json_stats);
  CHECK(accepted({"-r", "a", "--check", "--json"}).json_stats);
  CHECK_FALSE(accepted({"-r", "a", "--json"}).json_stats);
  CHECK(accepted({"-r", "a", "--fields", "frame,type,,teid"}).fields == Words{"frame", "type", "teid"});
}

TEST_CASE("values", "[options]") {
  CHECK(accepted({"-r", "a", "-c", "17"}).count == 17);
  CHECK(accepted({"-i", "lo", "--duration", "0.5"}).duration_s == 0.5);
  CHECK(accepted({"-i", "lo", "-p"}).promiscuous);
  CHECK(accepted({"-r", "a", "-t", "none"}).time == std::nullopt);
  CHECK(accepted({"-r", "a", "-t", "delta"}).time == output::TimeStyle::delta);
  CHECK(accepted({"-r", "a", "--color", "never"}).colour == ColourMode::never);
  CHECK(accepted({"-r", "a", "-j", "3", "-n"}).threads == 3);
  CHECK(accepted({"-r", "a", "--bpf", "host 192.0.2.1"}).bpf == "host 192.0.2.1");
  const Options rotated = accepted({"-i", "lo", "-w", "f", "-C", "1.5", "-G", "60", "-W", "4"});
  CHECK(rotated.rotate_octets == 1'500'000);
  CHECK(rotated.rotate_seconds == 60);
  CHECK(rotated.rotate_files == 4);
  const Options followed = accepted({"-r", "a", "--follow", "ue=10.45.0.7"});
  REQUIRE(followed.follow);
  CHECK(followed.follow->kind == FollowKey::Kind::ue);
  CHECK(followed.follow->value == "10.45.0.7");
  const Options ports = accepted({"-r", "a", "--port", "9152=gtp-u", "--port", "2123=none"});
  REQUIRE(ports.ports.size() == 2);
  CHECK(ports.ports[0].port == 9152);
  CHECK(ports.ports[0].use == packet::PortUse::gtp_u);
  CHECK(ports.ports[1].use == packet::PortUse::none);
}

TEST_CASE("what makes no sense is refused with the reason", "[options]") {
  const std::pair<Words, std::string> rows[] = {
      {{}, "nothing to read: name a file or an interface | gtpdump -r FILE, or gtpdump -i any"},
      {{"type echo"}, "nothing to read: name a file or an interface | gtpdump -r FILE, or gtpdump -i any"},
      {{"-r", "a", "-i", "lo"}, "-r and -i exclude each other | gtpdump --help"},
      {{"-r", "a", "-p"}, "-p and --duration go with -i | gtpdump --help"},
      {{"-r", "a", "--duration", "5"}, "-p and --duration go with -i | gtpdump --help"},
      {{"-r", "a", "-C", "1"}, "-C, -G and -W rotate the file of -w | gtpdump --help"},
      {{"-r", "a", "-G", "1"}, "-C, -G and -W rotate the file of -w | gtpdump --help"},
      {{"-r", "a", "-w", "f", "-W", "3"}, "-W needs -C or -G: without them there is one file | gtpdump --help"},
      {{"-r", "a", "-w", "-", "-C", "1"}, "standard output cannot be rotated | gtpdump --help"},
      {{"-r", "a", "-w", "-", "-v"}, "-w - and text would share standard output | -w FILE"},
      {{"-r", "a", "-v", "--json"},
       "-v, --json, --fields, --stats and --check are different outputs: choose one | gtpdump --help"},
      {{"-r", "a", "--stats", "--check"},
       "-v, --json, --fields, --stats and --check are different outputs: choose one | gtpdump --help"},
      {{"-r", "a", "--raw"}, "--raw goes with --json | gtpdump --help"},
      {{"-r", "a", "--csv"}, "--csv goes with --fields | gtpdump --help"},
      {{"-r", "a", "-x", "--json"}, "-x goes with lines and -v | --json --raw"},
      {{"-r", "a", "-x", "--fields", "frame"}, "-x goes with lines and -v | --json --raw"},
      {{"-r", "a", "--port", "9152"}, "--port 9152: not PORT=PROTOCOL | --port 9152=gtp-u"},
      {{"-r", "a", "--port", "0=gtp-u"}, "--port 0=gtp-u: not PORT=PROTOCOL | --port 9152=gtp-u"},
      {{"-r", "a", "--port", "65536=gtp-u"}, "--port 65536=gtp-u: not PORT=PROTOCOL | --port 9152=gtp-u"},
      {{"-r", "a", "--port", "9152=dns"},
       "--port 9152=dns: no protocol \"dns\" | one of gtp-c, gtp-u, gtp-prime, gtpv0, pfcp, none"},
      {{"-r", "a", "--follow", "imsi"},
       "--follow imsi: not KEY=VALUE with KEY imsi, msisdn, ue or teid | --follow imsi=001010000000001"},
      {{"-r", "a", "--follow", "imei=1"},
       "--follow imei=1: not KEY=VALUE with KEY imsi, msisdn, ue or teid | --follow imsi=001010000000001"},
      {{"-r", "a", "--follow", "imsi="},
       "--follow imsi=: not KEY=VALUE with KEY imsi, msisdn, ue or teid | --follow imsi=001010000000001"},
  };
  for (const auto& [words, message] : rows) CHECK(refused(words) == message);
}

TEST_CASE("what the parser itself refuses is a usage error that names the option", "[options]") {
  const std::pair<Words, std::string> rows[] = {
      {{"-r", "a", "-c", "0"}, "-c"},      {{"-r", "a", "-c", "x"}, "-c"},           {{"-r", "a", "-t", "iso"}, "-t"},
      {{"-r", "a", "-j", "0"}, "-j"},      {{"-r", "a", "-j", "65"}, "-j"},          {{"-r"}, "-r"},
      {{"-r", "a", "--colour"}, "colour"}, {{"-r", "a", "--color", "x"}, "--color"}, {{"-i"}, "-i"},
  };
  for (const auto& [words, name] : rows) {
    INFO(words.back());
    CHECK_THAT(refused(words), Catch::Contains(name));
  }
}

TEST_CASE("--help fits a screen and wins over everything else", "[options]") {
  const auto parsed = parse({"-r", "a", "-v", "--json", "-h"});
  REQUIRE(parsed);
  REQUIRE(parsed->print_and_exit);
  const std::string& help = *parsed->print_and_exit;
  std::size_t lines = 0;
  std::size_t longest = 0;
  for (std::size_t at = 0; at < help.size(); ++lines) {
    const std::size_t end = std::min(help.find('\n', at), help.size());
    longest = std::max(longest, end - at);
    at = end + 1;
  }
  CHECK(lines <= 40);
  CHECK(longest <= 80);
  CHECK(help.back() == '\n');
  for (const char* option :
       {"-r", "-i",     "-p",      "-c",       "--duration", "--port",  "--bpf",   "--follow", "-v",
        "-x", "--json", "--raw",   "--fields", "--csv",      "--stats", "--check", "-t",       "--color",
        "-q", "-w",     "--decap", "-C",       "-G",         "-W",      "-j",      "-n",       "--version"}) {
    INFO(option);
    CHECK_THAT(help, Catch::Contains(option));
  }
}

TEST_CASE("--version says so", "[options]") {
  const auto parsed = parse({"--version"});
  REQUIRE(parsed);
  REQUIRE(parsed->print_and_exit);
  CHECK_THAT(*parsed->print_and_exit, Catch::StartsWith("gtpdump "));
  // Behind "--" it is a word of the filter.
  CHECK(accepted({"-r", "a", "--", "--version"}).filter == "--version");
}

}  // namespace
}  // namespace gtp::dump
