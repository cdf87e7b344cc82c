// SPDX-License-Identifier: GPL-2.0-or-later
//
// A subcommand of gtpgen ("load", "tunnel add"), as the main program sees it. It declares its options as data; parsing
// of the command line, --help and the tests that hold manual and completions against the options are made from that
// declaration. Values come as text and are read by the functions of take.hpp, which know units and limits.
//
// One directory per subcommand. To add one: derive from Command, declare its factory below, add it to commands.cpp.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "libcommon/sys/signals.hpp"
#include "libcommon/util/result.hpp"

namespace gtp::gen {

// Reads one value; the error's `what` need not name the option. A flag's value is empty.
using Take = std::function<Result<void>(std::string_view value)>;

struct Option {
  std::string_view names;  // "-c,--count"; a flag's may have "--no-…" of its own
  std::string_view value;  // "N", shown in --help; empty for a flag
  std::string_view help;   // one line, without a full stop
  Take take;
  bool repeatable = false;  // may be given more than once; else a second one is an error
};

struct OptionGroup {
  std::string_view title;  // "Traffic"
  std::vector<Option> options;
};

class Command {
 public:
  virtual ~Command() = default;

  virtual std::string_view name() const = 0;      // "load"; two words for "tunnel add"
  virtual std::string_view synopsis() const = 0;  // "TARGET [options]"
  virtual std::string_view summary() const = 0;   // one line for the list of commands
  // What --help prints below the options: examples, remarks. May be empty.
  virtual std::string_view examples() const { return {}; }

  // Called once. The functions write into the command, which outlives them.
  virtual std::vector<OptionGroup> options() = 0;
  // The words that are no options. Refuses what it does not want.
  virtual Result<void> take_words(std::vector<std::string> words) = 0;
  // After all words: what makes no sense together is refused here, with the reason.
  virtual Result<void> check() { return {}; }

  // The exit status. Results go to stdout, all else to stderr. When a signal comes it ends and reports;
  // the main program turns success into 130 then.
  virtual Result<int> run(sys::Signals& signals) = 0;

  // The words of the command line, for reports; set before run().
  void set_argv(std::vector<std::string> argv) { argv_ = std::move(argv); }

 protected:
  const std::vector<std::string>& argv() const noexcept { return argv_; }

 private:
  std::vector<std::string> argv_;
};

// All commands, in the order of --help. Each call makes new ones.
std::vector<std::unique_ptr<Command>> make_commands();

// A usage error: exit status 2.
Error usage(std::string what, std::string hint = {});

}  // namespace gtp::gen
