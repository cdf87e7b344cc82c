// SPDX-License-Identifier: GPL-2.0-or-later
//
// The command line of gtpdump, parsed and checked. What makes no sense together is refused here, with the reason.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "libcommon/output/time_format.hpp"
#include "libcommon/packet/decoder.hpp"
#include "libcommon/util/result.hpp"

namespace gtp::dump {

enum class OutputKind : std::uint8_t { summary, tree, json, fields, stats, check, none };
enum class ColourMode : std::uint8_t { automatic, always, never };

// --follow KEY=VALUE
struct FollowKey {
  enum class Kind : std::uint8_t { imsi, msisdn, ue, teid } kind = Kind::imsi;
  std::string value;
};

struct Options {
  // Input
  std::vector<std::string> files;  // empty: live
  std::string interface;
  bool promiscuous = false;
  std::uint64_t count = 0;  // 0: no limit
  double duration_s = 0;    // 0: no limit
  std::vector<packet::PortRule> ports;
  std::string bpf;
  std::string filter;
  std::optional<FollowKey> follow;

  // Output
  OutputKind output = OutputKind::summary;
  bool hex = false;
  bool raw = false;
  bool csv = false;  // --fields as CSV, else TSV
  bool json_stats = false;
  std::vector<std::string> fields;
  std::optional<output::TimeStyle> time = output::TimeStyle::local;  // none: no time is shown
  ColourMode colour = ColourMode::automatic;
  bool quiet = false;

  std::string write_file;
  std::string decap_file;
  std::uint64_t rotate_octets = 0;   // -C, in octets
  std::uint64_t rotate_seconds = 0;  // -G
  std::uint64_t rotate_files = 0;    // -W

  unsigned threads = 0;  // 0: as many as the machine has, at most 4
};

// Set when the command line asked for text instead of work: --help, --version.
struct ParsedOptions {
  Options options;
  std::optional<std::string> print_and_exit;
};

Result<ParsedOptions> parse_options(int argc, const char* const* argv);

}  // namespace gtp::dump
