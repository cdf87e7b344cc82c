// SPDX-License-Identifier: GPL-2.0-or-later
//
// The command line of gtptop, declared as data: parsing, --help, and the tests that hold manual and completions against
// the options are made from one table.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "gtptop/export/listen_address.hpp"
#include "gtptop/model/format.hpp"
#include "gtptop/model/query.hpp"
#include "libcommon/util/result.hpp"

namespace gtp::top {

enum class OutputKind : std::uint8_t { screen, text, json, csv, prometheus, exporter };
enum class ColourWish : std::uint8_t { automatic, always, never };

struct Options {
  OutputKind output = OutputKind::screen;
  bool once = false;
  std::optional<std::uint64_t> count;  // samples of batch output
  std::uint64_t interval_ns = 1'000'000'000;
  View view = View::tunnels;
  std::optional<Sort> sort;
  std::vector<std::uint8_t> columns;
  std::uint64_t top = kMaxPageRows;  // rows of batch output
  bool top_given = false;
  unsigned top_tunnels = 0;             // as series, for Prometheus
  std::optional<ListenAddress> listen;  // the exporter
  Grouping grouping = Grouping::none;
  filter::Filter filter;
  std::string filter_text;
  std::string record;
  std::string replay;
  std::string netns;
  std::string link;  // only this one; empty: all
  bool probe_all = false;
  std::vector<IpAddress> probe;
  bool tap = false;                         // even where the kernel counts
  std::vector<std::string> tap_interfaces;  // empty: all
  bool no_tap = false;
  std::uint32_t tap_keys = 1U << 21;
  bool check = false;  // one line and the status of a monitoring plugin
  unsigned cpu_percent = 10;
  ColourWish colour = ColourWish::automatic;
  bool ascii = false;
  bool mouse = false;
  Units units;
  bool header = true;
  std::string config;  // empty: the usual place, for the screen
  // What a configuration file says of each view.
  struct ViewChoice {
    std::optional<Sort> sort;
    std::vector<std::uint8_t> columns;
  };
  std::array<ViewChoice, kViews> views;
  std::string explain;
  std::uint64_t generate = 0;  // tunnels of a generated network; for tests
  std::uint64_t generate_churn = 0;
  bool generate_uncounted = false;

  std::optional<std::string> print_and_exit;
};

// On top of [defaults]: those of a configuration file.
Result<Options> parse_command_line(int argc, const char* const* argv, const Options& defaults = {});
std::string help_text();

}  // namespace gtp::top
