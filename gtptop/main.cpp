// SPDX-License-Identifier: GPL-2.0-or-later
//
// gtptop: the GTP tunnels, peers and links of this host, live. See man/gtptop.8.
#include <unistd.h>

#include <clocale>
#include <cstdio>
#include <cstdlib>

#include "gtptop/batch.hpp"
#include "gtptop/check/finding.hpp"
#include "gtptop/exporter.hpp"
#include "gtptop/interactive.hpp"
#include "gtptop/make_source.hpp"
#include "gtptop/options.hpp"
#include "gtptop/plugin.hpp"
#include "gtptop/settings.hpp"
#include "gtptop/ui/terminal.hpp"
#include "libcommon/output/message.hpp"
#include "libcommon/sys/signals.hpp"
#include "libcommon/sys/terminal.hpp"

namespace {

using namespace gtp;
using namespace gtp::top;

int fail(const Error& error) {
  output::print_error("gtptop", error, output::Style(sys::inspect_terminal(STDERR_FILENO).colour));
  return static_cast<int>(output::exit_status(error.code));
}

int print(const std::string& text) { return std::fputs(text.c_str(), stdout) < 0 || std::fflush(stdout) != 0 ? 1 : 0; }

int explain(const std::string& name) {
  const FindingInfo* info = find_finding(std::string_view(name));
  if (info == nullptr) {
    return fail({ErrorCode::usage, 0, "--explain: no finding is called \"" + name + "\"", "man gtp-troubleshooting"});
  }
  return print(finding_name(info->id) + " " + std::string(info->title) + " (" +
               std::string(severity_name(info->severity)) + ")\n  " + std::string(info->meaning) +
               "\n  try: " + std::string(info->remedy) + "\n");
}

// A screen needs a terminal at both ends that can place its cursor. Without one there is text, as for a pipe.
Result<bool> wants_screen(Options& options) {
  if (options.output != OutputKind::screen) return false;
  options.output = OutputKind::text;
  if (isatty(STDOUT_FILENO) == 0) {
    if (!options.count) options.count = 1;
    return false;
  }
  const char* term = std::getenv("TERM");
  const bool dumb = term != nullptr && std::string_view(term) == "dumb";
  if (dumb || isatty(STDIN_FILENO) == 0) {
    output::print_warning("gtptop", dumb ? "TERM=dumb has no screen: text instead, as with -b"
                                         : "standard input is no terminal: text instead, as with -b");
    return false;
  }
  if (auto checked = Terminal::check(); !checked) return checked.error();
  options.output = OutputKind::screen;
  return true;
}

}  // namespace

int main(int argc, char** argv) {
  std::setlocale(LC_ALL, "");
  auto options = parse_command_line(argc, argv);
  if (!options) return fail(options.error());
  if (options->print_and_exit) return print(*options->print_and_exit);
  if (!options->explain.empty()) return explain(options->explain);
  if (!options->config.empty()) {
    const auto settings = read_settings(options->config, true);
    if (!settings) return fail(settings.error());
    options = parse_command_line(argc, argv, *settings);
  }

  if (options->output == OutputKind::exporter) {
    auto signals = sys::Signals::install();
    if (!signals) return fail(signals.error());
    auto status = run_exporter(*options, **signals);
    return status ? *status : fail(status.error());
  }

  // Everything that can go wrong goes wrong before the screen is taken.
  const auto screen = options->check ? Result<bool>(false) : wants_screen(*options);
  if (!screen) return fail(screen.error());
  if (*screen && options->config.empty()) {
    const auto settings = read_settings(usual_settings_path(), false);
    if (!settings) return fail(settings.error());
    options = parse_command_line(argc, argv, *settings);
    options->config = usual_settings_path();
  }
  auto gatherer = make_gatherer(*options, *screen);
  if (!gatherer) return fail(gatherer.error());
  if (*screen) {
    auto status = run_interactive(*options, *std::move(gatherer));
    return status ? *status : fail(status.error());
  }
  auto signals = sys::Signals::install();
  if (!signals) return fail(signals.error());
  if (options->check) return run_plugin(**gatherer, options->interval_ns, **signals);
  auto status = run_batch(*options, *std::move(gatherer), **signals);
  if (!status) return fail(status.error());
  if (*status == 0 && (*signals)->received() != 0) return static_cast<int>(output::ExitStatus::interrupted);
  return *status;
}
