// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtptop/options.hpp"

#include <CLI/CLI.hpp>

#include <functional>

#include "gtptop/model/columns.hpp"
#include "gtptop/model/command.hpp"
#include "gtptop/model/fields.hpp"
#include "gtptop/version.hpp"
#include "libcommon/filter/describe.hpp"
#include "libcommon/util/suggest.hpp"
#include "libcommon/util/units.hpp"

namespace gtp::top {
namespace {

constexpr std::size_t kHelpColumn = 28;

Error usage(std::string what, std::string hint = {}) { return {ErrorCode::usage, 0, std::move(what), std::move(hint)}; }

std::string quoted(std::string_view text) { return "\"" + std::string(text) + "\""; }

// Words whose meaning depends on the view, which may stand behind them.
struct Later {
  std::string sort;
  std::string columns;
  std::string filter;
  std::string view;
  std::string group;
  std::string colour;
};

using Take = std::function<Result<void>(std::string_view value)>;

struct Option {
  std::string_view names;
  std::string_view value;  // empty for a flag
  std::string_view help;   // empty: not shown, for tests
  Take take;
};

struct Group {
  std::string_view title;
  std::vector<Option> options;
};

Take flag(bool& target) {
  return [&target](std::string_view) -> Result<void> {
    target = true;
    return {};
  };
}

Take text(std::string& target) {
  return [&target](std::string_view given) -> Result<void> {
    target = given;
    return {};
  };
}

Take output(Options& options, OutputKind kind) {
  return [&options, kind](std::string_view) -> Result<void> {
    if (options.output != OutputKind::screen && options.output != kind) {
      return usage("-b, --json, --csv, --prometheus and --listen exclude each other");
    }
    options.output = kind;
    return {};
  };
}

Take listen(Options& options) {
  return [&options](std::string_view given) -> Result<void> {
    auto where = parse_listen_address(given);
    if (!where) return where.error();
    options.listen = *where;
    return output(options, OutputKind::exporter)({});
  };
}

Take tap(Options& options) {
  return [&options](std::string_view given) -> Result<void> {
    options.tap = true;
    if (given == "all") return {};
    for (std::string_view rest = given;;) {
      const auto comma = std::min(rest.find(','), rest.size());
      if (comma == 0) return usage(quoted(given) + " is no list of interfaces", "--tap eth0,eth1, or --tap all");
      options.tap_interfaces.emplace_back(rest.substr(0, comma));
      if (comma == rest.size()) return {};
      rest.remove_prefix(comma + 1);
    }
  };
}

template <typename Integer>
Take count(Integer& target, std::uint64_t min, std::uint64_t max) {
  return [&target, min, max](std::string_view given) -> Result<void> {
    const auto value = parse_count(given);
    if (!value || *value < min || *value > max) {
      return usage(quoted(given) + " is no number from " + std::to_string(min) + " to " + std::to_string(max));
    }
    target = static_cast<Integer>(*value);
    return {};
  };
}

Take interval(std::uint64_t& target) {
  return [&target](std::string_view given) -> Result<void> {
    const auto value = parse_duration(given);
    if (!value || *value < kMinIntervalNs || *value > kMaxIntervalNs) {
      return usage(quoted(given) + " is no interval from 0.1s to 1h");
    }
    target = *value;
    return {};
  };
}

// "all", or addresses with commas between.
Take peers(Options& options) {
  return [&options](std::string_view given) -> Result<void> {
    if (given == "all") {
      options.probe_all = true;
      return {};
    }
    while (!given.empty()) {
      const std::string_view one = given.substr(0, given.find(','));
      const auto address = IpAddress::parse(one);
      if (!address) return usage(quoted(one) + " is neither an address nor \"all\"");
      options.probe.push_back(*address);
      given.remove_prefix(std::min(one.size() + 1, given.size()));
    }
    return {};
  };
}

Take percent(unsigned& target) {
  return [&target](std::string_view given) -> Result<void> {
    std::string_view digits = given;
    if (digits.ends_with('%')) digits.remove_suffix(1);
    const auto value = parse_count(digits);
    if (!value || *value < 1 || *value > 100) return usage(quoted(given) + " is no percentage from 1 to 100");
    target = static_cast<unsigned>(*value);
    return {};
  };
}

std::vector<Group> option_groups(Options& options, Later& later) {
  return {
      {"Output",
       {
           {"-b,--batch", "", "text, one table per interval; the same when stdout is no terminal",
            output(options, OutputKind::text)},
           {"--once", "", "one table: -b -n 1",
            [&options](std::string_view) -> Result<void> {
              options.count = 1;
              options.once = true;
              return {};
            }},
           {"--json", "", "one JSON object per line, gtptop-json/1", output(options, OutputKind::json)},
           {"--csv", "", "comma-separated values, with a first line of names", output(options, OutputKind::csv)},
           {"--prometheus", "", "Prometheus text of links, peers and findings, once",
            output(options, OutputKind::prometheus)},
           {"--listen", "[ADDR:]PORT", "the same for scrapers, at http://ADDR:PORT/metrics, until ended; no screen",
            listen(options)},
           {"--top-tunnels", "N", "the N busiest tunnels as series in --prometheus and --listen, at most 200",
            count(options.top_tunnels, 1, kMaxPageRows)},
           {"-n,--count", "N", "stop after N samples", count(options.count.emplace(0), 1, UINT64_MAX)},
           {"-N,--top", "N", "rows in each sample of batch output",
            [&options](std::string_view given) {
              options.top_given = true;
              return count(options.top, 1, UINT32_MAX)(given);
            }},
           {"-d,--interval", "TIME", "between samples, 0.1s to 1h (1s)", interval(options.interval_ns)},
       }},
      {"What is shown",
       {
           {"-f,--filter", "EXPR", "rows that match, as gtp-filter(7); the same as the words on the command line",
            text(later.filter)},
           {"--view", "VIEW", "tunnels, peers, links, events or findings", text(later.view)},
           {"-s,--sort", "[-]FIELD", "order of rows; - for descending", text(later.sort)},
           {"--columns", "A,B,...", "these columns in this order", text(later.columns)},
           {"--group", "BY", "tunnels by peer, link or prefix", text(later.group)},
           {"--bytes", "", "rates in octets per second", flag(options.units.octets)},
           {"--iec", "", "powers of 1024: Ki, Mi, Gi", flag(options.units.iec)},
           {"--decimal", "", "TEIDs in decimal", flag(options.units.decimal_teid)},
       }},
      {"Source",
       {
           {"-r,--replay", "FILE", "what -w has recorded, instead of the kernel; - for standard input",
            text(options.replay)},
           {"-w,--record", "FILE", "record all samples", text(options.record)},
           {"--netns", "NAME|PID", "look into this network namespace", text(options.netns)},
           {"--tap", "IF,...", "count packets by eBPF on these interfaces, or all (where the kernel does not count)",
            tap(options)},
           {"--no-tap", "", "never count packets by eBPF", flag(options.no_tap)},
           {"--tap-keys", "N", "room for so many TEIDs and directions in IPv4, half as many in IPv6 (2M)",
            count(options.tap_keys, 16, 1U << 26)},
           {"--link", "NAME", "only this GTP link and its tunnels", text(options.link)},
           {"--probe", "PEER|all", "an Echo Request to this peer (or several: A,B) every 60 s", peers(options)},
           {"--cpu", "PERCENT", "of one core, for reading all tunnels again and again (10)",
            percent(options.cpu_percent)},
       }},
      {"Screen",
       {
           {"--color", "WHEN", "auto, always or never", text(later.colour)},
           {"--ascii", "", "no character beyond ASCII", flag(options.ascii)},
           {"--config", "FILE", "settings, instead of $XDG_CONFIG_HOME/gtptop/config", text(options.config)},
           {"--mouse", "", "take mouse clicks; the terminal's own selection then needs Shift", flag(options.mouse)},
       }},
      {"Other",
       {
           {"--check", "", "one line for a monitoring system, with the status of its plugins", flag(options.check)},
           {"--explain", "ID", "what a finding means and what mends it: GTP-201", text(options.explain)},
           {"--generate", "N", "", count(options.generate, 1, 4'000'000)},
           {"--generate-churn", "N", "", count(options.generate_churn, 0, 1'000'000)},
           {"--generate-uncounted", "", "", flag(options.generate_uncounted)},
       }},
  };
}

void put_row(std::string& out, std::string_view left, std::string_view right) {
  out += "  ";
  out += left;
  const std::size_t width = left.size() + 2;
  if (width + 2 > kHelpColumn) {
    out += '\n';
    out.append(kHelpColumn, ' ');
  } else {
    out.append(kHelpColumn - width, ' ');
  }
  out += right;
  out += '\n';
}

template <typename Enum, std::size_t N>
Result<Enum> choose(std::string_view given, const std::pair<std::string_view, Enum> (&words)[N]) {
  std::string list;
  Nearest nearest(given);
  for (const auto& [word, value] : words) {
    if (word == given) return value;
    list += (list.empty() ? "" : ", ") + std::string(word);
    nearest.consider(word);
  }
  return usage(quoted(given) + " is none of " + list, std::string(nearest.best()));
}

Error no_column(View view, std::string_view name, std::string_view option) {
  std::string list;
  for (const Column& column : columns(view)) list += (list.empty() ? "" : " ") + std::string(column.name);
  return usage(std::string(option) + ": no column " + quoted(name) + " in " + std::string(view_name(view)) +
                   "; there are " + list,
               std::string(nearest_column(view, name)));
}

// Options that do not go together.
Result<void> check_combinations(const Options& options) {
  if (!options.record.empty() && !options.replay.empty()) return usage("-w and -r exclude each other");
  if (options.tap && options.no_tap) return usage("--tap and --no-tap exclude each other");
  if (options.tap && !options.replay.empty()) return usage("--tap is for this host, -r for a recording");
  const bool series = options.output == OutputKind::prometheus || options.output == OutputKind::exporter;
  if (options.top_tunnels != 0 && !series) return usage("--top-tunnels wants --prometheus or --listen", "-N, --top");
  if (!series) return {};
  if (options.top_given) return usage("-N is for tables; tunnels as series want --top-tunnels");
  if (options.view != View::tunnels || !options.columns.empty() || options.grouping != Grouping::none) {
    return usage("--view, --columns and --group are for tables: series are links, peers and findings");
  }
  if (options.top_tunnels == 0 && (!options.filter.empty() || options.sort)) {
    return usage("a filter and --sort are for the tunnels of --top-tunnels");
  }
  if (options.output == OutputKind::exporter && (options.count || options.check)) {
    return usage("--listen goes on until it is ended: without -n, --once and --check");
  }
  return {};
}

Result<void> finish(Options& options, const Later& later) {
  if (!later.view.empty()) {
    constexpr std::pair<std::string_view, View> kWords[] = {{"tunnels", View::tunnels},
                                                            {"peers", View::peers},
                                                            {"links", View::links},
                                                            {"events", View::events},
                                                            {"findings", View::findings}};
    auto view = choose(later.view, kWords);
    if (!view) return usage("--view: " + view.error().what, view.error().hint);
    options.view = *view;
  }
  if (!later.group.empty()) {
    constexpr std::pair<std::string_view, Grouping> kWords[] = {
        {"none", Grouping::none}, {"peer", Grouping::peer}, {"link", Grouping::link}, {"prefix", Grouping::prefix}};
    auto group = choose(later.group, kWords);
    if (!group) return usage("--group: " + group.error().what, group.error().hint);
    options.grouping = *group;
  }
  if (!later.colour.empty()) {
    constexpr std::pair<std::string_view, ColourWish> kWords[] = {
        {"auto", ColourWish::automatic}, {"always", ColourWish::always}, {"never", ColourWish::never}};
    auto colour = choose(later.colour, kWords);
    if (!colour) return usage("--color: " + colour.error().what, colour.error().hint);
    options.colour = *colour;
  }
  if (!later.sort.empty()) {
    std::string_view name = later.sort;
    const bool descending = name.starts_with('-');
    if (descending) name.remove_prefix(1);
    const auto column = find_column(options.view, name);
    if (!column) return no_column(options.view, name, "--sort");
    options.sort = Sort{*column, descending};
  }
  for (std::string_view rest = later.columns; !rest.empty();) {
    const auto comma = std::min(rest.find(','), rest.size());
    const auto column = find_column(options.view, rest.substr(0, comma));
    if (!column) return no_column(options.view, rest.substr(0, comma), "--columns");
    options.columns.push_back(*column);
    rest.remove_prefix(std::min(comma + 1, rest.size()));
  }
  if (options.once && options.output == OutputKind::screen) options.output = OutputKind::text;
  if (options.count == 0U) options.count.reset();
  auto filter = compile_filter(options.view, later.filter);
  if (!filter) {
    Error error = filter.error();
    error.what = "filter: " + error.what;
    return error;
  }
  options.filter = *std::move(filter);
  options.filter_text = later.filter;
  return check_combinations(options);
}

struct Given {
  const Option* option;
  std::string value;
};

void declare(CLI::App& app, std::vector<Group>& groups, std::vector<Given>& given) {
  for (Group& group : groups) {
    for (const Option& option : group.options) {
      const std::string names(option.names);
      if (option.value.empty()) {
        app.add_flag_function(names, [&given, &option](std::int64_t) { given.push_back({&option, {}}); });
        continue;
      }
      app.add_option_function<std::vector<std::string>>(names,
                                                        [&given, &option](const std::vector<std::string>& values) {
                                                          for (const auto& value : values)
                                                            given.push_back({&option, value});
                                                        })
          ->allow_extra_args(false)
          ->type_size(1);
    }
  }
}

}  // namespace

std::string help_text() {
  Options options;
  Later later;
  std::string out =
      "usage: gtptop [options] [filter expression]\n\n"
      "The GTP tunnels, peers and links of this host, live.\n";
  for (const Group& group : option_groups(options, later)) {
    out += "\n";
    out += group.title;
    out += "\n";
    for (const Option& option : group.options) {
      if (option.help.empty()) continue;
      std::string left(option.names);
      if (const auto comma = left.find(','); comma != std::string::npos) left.insert(comma + 1, " ");
      if (!option.value.empty()) left += " " + std::string(option.value);
      put_row(out, left, option.help);
    }
  }
  put_row(out, "-h, --help", "this");
  put_row(out, "-V, --version", "version");
  out += "\nFields of filters, for tunnels\n";
  TextBuffer fields;
  filter::put_fields(fields, schema(View::tunnels));
  out += fields.view();
  return out;
}

Result<Options> parse_command_line(int argc, const char* const* argv, const Options& defaults) {
  Options options = defaults;
  Later later;
  for (int i = 1; i < argc; ++i) {
    const std::string_view word = argv[i];
    if (word == "--") break;
    if (word == "-h" || word == "--help") options.print_and_exit = help_text();
    if (word == "-V" || word == "--version") options.print_and_exit = version_text();
    if (options.print_and_exit) return options;
  }
  auto groups = option_groups(options, later);
  std::vector<Given> given;
  std::vector<std::string> words;
  CLI::App app;
  app.set_help_flag();
  declare(app, groups, given);
  app.add_option("words", words);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return usage(error.what(), "gtptop --help");
  }
  for (std::size_t i = 0; i < given.size(); ++i) {
    const Option& option = *given[i].option;
    const std::string_view name = option.names.substr(option.names.find(',') + 1);
    for (std::size_t before = 0; before < i; ++before) {
      if (given[before].option == &option) return usage(std::string(name) + " is given twice");
    }
    if (auto taken = option.take(given[i].value); !taken) {
      Error error = taken.error();
      error.what = std::string(name) + ": " + error.what;
      return error;
    }
  }
  for (const std::string& word : words) later.filter += (later.filter.empty() ? "" : " ") + word;
  if (auto finished = finish(options, later); !finished) return finished.error();
  return options;
}

}  // namespace gtp::top
