// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtptop/settings.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "gtptop/model/columns.hpp"
#include "gtptop/model/command.hpp"
#include "libcommon/util/fd.hpp"
#include "libcommon/util/suggest.hpp"
#include "libcommon/util/units.hpp"

namespace gtp::top {
namespace {

constexpr std::string_view kGroups[] = {"none", "peer", "link", "prefix"};
constexpr std::string_view kColours[] = {"auto", "always", "never"};

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t\r");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t\r") - first + 1);
}

Result<void> wrong(std::string_view value, const std::string& what) {
  return Error{ErrorCode::usage, 0, "`" + std::string(value) + "` is " + what, {}};
}

Result<void> put_switch(bool& target, std::string_view value) {
  if (value != "yes" && value != "no") return wrong(value, "neither yes nor no");
  target = value == "yes";
  return {};
}

template <typename Enum, std::size_t N>
Result<void> put_choice(Enum& target, std::string_view value, const std::string_view (&words)[N]) {
  std::string list;
  for (std::size_t i = 0; i < N; ++i) {
    if (words[i] == value) {
      target = static_cast<Enum>(i);
      return {};
    }
    list += (i == 0 ? "" : ", ") + std::string(words[i]);
  }
  return wrong(value, "none of " + list);
}

Result<void> put_interval(Options& options, std::string_view value) {
  const auto interval = parse_duration(value);
  if (!interval || *interval < kMinIntervalNs || *interval > kMaxIntervalNs) {
    return wrong(value, "no interval from 0.1s to 1h");
  }
  options.interval_ns = *interval;
  return {};
}

Result<void> put_percent(Options& options, std::string_view value) {
  const auto percent = parse_count(value);
  if (!percent || *percent < 1 || *percent > 100) return wrong(value, "no percentage from 1 to 100");
  options.cpu_percent = static_cast<unsigned>(*percent);
  return {};
}

Result<void> put_view(Options& options, std::string_view value) {
  const auto view = find_view(value);
  if (!view) return wrong(value, "no view");
  options.view = *view;
  return {};
}

Result<void> put_columns(Options& options, View view, std::string_view value) {
  auto& columns = options.views[static_cast<std::size_t>(view)].columns;
  columns.clear();
  while (!value.empty()) {
    const std::string_view name = value.substr(0, value.find(','));
    const auto column = find_column(view, trimmed(name));
    if (!column) return wrong(trimmed(name), "no column of " + std::string(view_name(view)));
    columns.push_back(*column);
    value.remove_prefix(std::min(name.size() + 1, value.size()));
  }
  return {};
}

Result<void> put_sort(Options& options, View view, std::string_view value) {
  const bool descending = value.starts_with('-');
  const auto column = find_column(view, value.substr(descending ? 1 : 0));
  if (!column) return wrong(value, "no column of " + std::string(view_name(view)));
  options.views[static_cast<std::size_t>(view)].sort = Sort{*column, descending};
  return {};
}

struct Switch {
  std::string_view key;
  bool& (*of)(Options& options);
};

// In the order of the file.
constexpr Switch kSwitches[] = {
    {"ascii", [](Options& o) -> bool& { return o.ascii; }},
    {"mouse", [](Options& o) -> bool& { return o.mouse; }},
    {"header", [](Options& o) -> bool& { return o.header; }},
    {"bytes", [](Options& o) -> bool& { return o.units.octets; }},
    {"iec", [](Options& o) -> bool& { return o.units.iec; }},
    {"decimal", [](Options& o) -> bool& { return o.units.decimal_teid; }},
    {"clock", [](Options& o) -> bool& { return o.units.clock; }},
};

Result<void> take(Options& options, std::string_view key, std::string_view value) {
  for (const Switch& one : kSwitches) {
    if (one.key == key) return put_switch(one.of(options), value);
  }
  if (key == "interval") return put_interval(options, value);
  if (key == "cpu") return put_percent(options, value);
  if (key == "color") return put_choice(options.colour, value, kColours);
  if (key == "group") return put_choice(options.grouping, value, kGroups);
  if (key == "view") return put_view(options, value);
  const auto dot = key.find('.');
  const auto view = dot == std::string_view::npos ? std::nullopt : find_view(key.substr(dot + 1));
  if (view && key.substr(0, dot) == "columns") return put_columns(options, *view, value);
  if (view && key.substr(0, dot) == "sort") return put_sort(options, *view, value);
  Nearest nearest(key);
  for (const Switch& one : kSwitches) nearest.consider(one.key);
  for (const std::string_view other :
       {"interval", "cpu", "color", "group", "view", "columns.tunnels", "sort.tunnels"}) {
    nearest.consider(other);
  }
  return Error{ErrorCode::usage, 0, "no setting is called `" + std::string(key) + "`", std::string(nearest.best())};
}

}  // namespace

std::string usual_settings_path() {
  const char* config = std::getenv("XDG_CONFIG_HOME");
  // A relative one is to be ignored, as the XDG base directories have it.
  if (config != nullptr && config[0] == '/') return std::string(config) + "/gtptop/config";
  const char* home = std::getenv("HOME");
  return home == nullptr || home[0] != '/' ? std::string() : std::string(home) + "/.config/gtptop/config";
}

Result<Options> parse_settings(std::string_view text, std::string_view name) {
  Options options;
  std::vector<std::string_view> keys;
  for (std::size_t number = 1; !text.empty(); ++number) {
    const std::string_view line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(line.size() + 1, text.size()));
    const std::string_view statement = trimmed(line.substr(0, line.find('#')));
    if (statement.empty()) continue;
    const auto fail = [&](std::string what, std::string hint = {}) {
      return Error{ErrorCode::usage, 0, std::string(name) + ":" + std::to_string(number) + ": " + std::move(what),
                   std::move(hint)};
    };
    const auto equals = statement.find('=');
    if (equals == std::string_view::npos) return fail("no `=`", "key = value");
    const std::string_view key = trimmed(statement.substr(0, equals));
    if (std::find(keys.begin(), keys.end(), key) != keys.end()) {
      return fail("`" + std::string(key) + "` is set twice");
    }
    keys.push_back(key);
    if (auto taken = take(options, key, trimmed(statement.substr(equals + 1))); !taken) {
      return fail(taken.error().what, taken.error().hint);
    }
  }
  return options;
}

Result<Options> read_settings(const std::string& path, bool wanted) {
  if (path.empty()) return Options{};
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  if (file) text << file.rdbuf();
  if (!file) {
    const bool absent = errno == ENOENT || errno == ENOTDIR;
    if (!wanted && absent) return Options{};
    return Error::from_errno("cannot read the settings in " + path);
  }
  return parse_settings(text.view(), path);
}

std::string settings_text(const Options& options) {
  Options usual;
  Options mine = options;
  std::string out = "# gtptop(8), written by F2 W. What is not here is as `gtptop --help` says.\n";
  const auto put = [&](std::string_view key, std::string_view value) {
    out += std::string(key) + " = " + std::string(value) + "\n";
  };
  if (mine.interval_ns != usual.interval_ns) put("interval", std::to_string(mine.interval_ns / 1'000'000) + "ms");
  if (mine.cpu_percent != usual.cpu_percent) put("cpu", std::to_string(mine.cpu_percent));
  if (mine.colour != usual.colour) put("color", kColours[static_cast<std::size_t>(mine.colour)]);
  for (const Switch& one : kSwitches) {
    if (one.of(mine) != one.of(usual)) put(one.key, one.of(mine) ? "yes" : "no");
  }
  if (mine.view != usual.view) put("view", view_name(mine.view));
  if (mine.grouping != usual.grouping) put("group", kGroups[static_cast<std::size_t>(mine.grouping)]);
  for (std::size_t i = 0; i < kViews; ++i) {
    const View view = static_cast<View>(i);
    const Options::ViewChoice& choice = mine.views[i];
    std::string names;
    for (const std::uint8_t column : choice.columns) {
      names += (names.empty() ? "" : ",") + std::string(columns(view)[column].name);
    }
    if (!names.empty()) put("columns." + std::string(view_name(view)), names);
    if (choice.sort && *choice.sort != default_sort(view)) {
      put("sort." + std::string(view_name(view)),
          (choice.sort->descending ? "-" : "") + std::string(columns(view)[choice.sort->column].name));
    }
  }
  return out;
}

Options with_state(Options options, const State& state) {
  options.interval_ns = state.interval_ns;
  options.units = state.units;
  options.header = state.header;
  options.mouse = state.mouse;
  options.view = state.view;
  options.grouping = state.grouping;
  for (std::size_t i = 0; i < kViews; ++i) options.views[i] = {state.views[i].sort, state.views[i].columns};
  return options;
}

Result<void> write_settings(const std::string& path, const Options& options) {
  namespace fs = std::filesystem;
  std::error_code error;
  // A link to a file that lies elsewhere stays one.
  fs::path target = fs::exists(path, error) ? fs::canonical(path, error) : fs::path(path);
  if (error) return Error::from_errno("cannot write " + path, error.value());
  if (fs::exists(target, error) && !fs::is_regular_file(target, error)) {
    return Error{ErrorCode::failed, 0, "cannot write " + path + ": it is no regular file", {}};
  }
  if (target.has_parent_path()) fs::create_directories(target.parent_path(), error);
  if (error) return Error::from_errno("cannot make the directory of " + path, error.value());
  const std::string text = settings_text(options);
  const std::string fresh = target.string() + ".new";
  {
    const Fd file(::open(fresh.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0644));
    if (!file) return Error::from_errno("cannot write " + fresh);
    const bool written = ::write(file.value(), text.data(), text.size()) == static_cast<ssize_t>(text.size());
    if (!written || ::fsync(file.value()) != 0) {
      const Error failure = Error::from_errno("cannot write " + fresh);
      ::unlink(fresh.c_str());
      return failure;
    }
  }
  if (::rename(fresh.c_str(), target.c_str()) == 0) return {};
  const Error failure = Error::from_errno("cannot write " + path);
  ::unlink(fresh.c_str());
  return failure;
}

}  // namespace gtp::top
