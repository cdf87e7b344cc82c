// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtpgen/options.hpp"

#include <CLI/CLI.hpp>

#include <algorithm>

#include "gtpgen/version.hpp"
#include "libcommon/util/suggest.hpp"

namespace gtp::gen {
namespace {

constexpr std::size_t kHelpColumn = 30;

// "tunnel add" is two words of the command line.
std::vector<std::string> words_of(std::string_view name) {
  std::vector<std::string> words;
  for (std::size_t at = 0; at < name.size();) {
    const std::size_t blank = std::min(name.find(' ', at), name.size());
    words.emplace_back(name.substr(at, blank - at));
    at = blank + 1;
  }
  return words;
}

void put_row(std::string& text, std::string_view left, std::string_view right) {
  text += "  ";
  text += left;
  const std::size_t width = left.size() + 2;
  if (width + 2 > kHelpColumn) {
    text += '\n';
    text.append(kHelpColumn, ' ');
  } else {
    text.append(kHelpColumn - width, ' ');
  }
  text += right;
  text += '\n';
}

// Which command the first words name, and how many words that took.
struct Chosen {
  std::unique_ptr<Command> command;
  int words = 0;
};

Result<Chosen> choose(int argc, const char* const* argv) {
  auto commands = make_commands();
  const std::string_view first = argc > 1 ? argv[1] : "";
  const std::string_view second = argc > 2 ? argv[2] : "";
  Nearest nearest(first);
  std::string seconds;
  for (auto& command : commands) {
    const auto words = words_of(command->name());
    nearest.consider(words.front());
    if (words.front() != first) continue;
    if (words.size() == 1) return Chosen{std::move(command), 1};
    if (words[1] == second) return Chosen{std::move(command), 2};
    seconds += (seconds.empty() ? "" : ", ") + words[1];
  }
  if (!seconds.empty()) {
    return usage("\"" + std::string(first) + "\" wants one of " + seconds + " behind it",
                 "gtpgen " + std::string(first) + " " + seconds.substr(0, seconds.find(',')) + " --help");
  }
  const std::string near(nearest.best());
  return usage("no command \"" + std::string(first) + "\"",
               near.empty() ? "gtpgen --help" : "gtpgen " + near + " --help");
}

// An option as it stood on the command line.
struct Given {
  const Option* option;
  std::string value;
};

std::string first_name(const Option& option) {
  const auto comma = option.names.find(',');
  const auto longest = option.names.substr(comma == std::string_view::npos ? 0 : comma + 1);
  return std::string(longest);
}

// Collects what was given; the values are read afterwards, in the order of the declaration.
void declare(CLI::App& app, std::vector<OptionGroup>& groups, std::vector<Given>& given) {
  for (auto& group : groups) {
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

Result<void> take_values(const std::vector<Given>& given) {
  for (std::size_t i = 0; i < given.size(); ++i) {
    const Option& option = *given[i].option;
    const bool again = std::any_of(given.begin(), given.begin() + static_cast<std::ptrdiff_t>(i),
                                   [&](const Given& before) { return before.option == &option; });
    if (again && !option.repeatable) return usage(first_name(option) + " is given twice");
    if (auto taken = option.take(given[i].value); !taken) {
      Error error = std::move(taken).error();
      error.what = first_name(option) + ": " + error.what;
      return error;
    }
  }
  return {};
}

}  // namespace

std::string help_text(const std::vector<std::unique_ptr<Command>>& commands) {
  std::string text =
      "usage: gtpgen COMMAND [options]\n\n"
      "Echo, load and measurement for GTP.\n\n";
  for (const auto& command : commands) put_row(text, command->name(), command->summary());
  text += "\n";
  put_row(text, "COMMAND -h, --help", "the options of a command");
  put_row(text, "--version", "version and features");
  return text;
}

std::string help_text(Command& command) {
  std::string text = "usage: gtpgen ";
  text += command.name();
  text += ' ';
  text += command.synopsis();
  text += "\n\n";
  text += command.summary();
  text += "\n";
  for (const auto& group : command.options()) {
    text += "\n";
    text += group.title;
    text += "\n";
    for (const Option& option : group.options) {
      std::string left(option.names);
      if (const auto comma = left.find(','); comma != std::string::npos) left.insert(comma + 1, " ");
      if (!option.value.empty()) left += " " + std::string(option.value);
      put_row(text, left, option.help);
    }
  }
  if (!command.examples().empty()) {
    text += "\n";
    text += command.examples();
  }
  return text;
}

Result<Parsed> parse_command_line(int argc, const char* const* argv) {
  const std::string_view first = argc > 1 ? argv[1] : "";
  if (first == "--version") return Parsed{nullptr, version_text()};
  if (first.empty()) return usage("no command", "gtpgen --help");
  if (first == "-h" || first == "--help") return Parsed{nullptr, help_text(make_commands())};

  auto chosen = choose(argc, argv);
  if (!chosen) return std::move(chosen).error();
  Command& command = *chosen->command;
  for (int i = chosen->words + 1; i < argc; ++i) {
    const std::string_view word = argv[i];
    if (word == "--") break;
    if (word == "-h" || word == "--help") return Parsed{nullptr, help_text(command)};
  }

  auto groups = command.options();
  std::vector<Given> given;
  std::vector<std::string> positional;
  CLI::App app;
  app.set_help_flag();
  declare(app, groups, given);
  app.add_option("words", positional);
  try {
    app.parse(argc - chosen->words, argv + chosen->words);
  } catch (const CLI::ParseError& error) {
    return usage(error.what(), "gtpgen " + std::string(command.name()) + " --help");
  }
  if (auto taken = take_values(given); !taken) return std::move(taken).error();
  if (auto taken = command.take_words(std::move(positional)); !taken) return std::move(taken).error();
  if (auto checked = command.check(); !checked) return std::move(checked).error();
  command.set_argv({argv, argv + argc});
  return Parsed{std::move(chosen->command), std::nullopt};
}

}  // namespace gtp::gen
