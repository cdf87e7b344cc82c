// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtptop/check/proc_files.hpp"

#include <dirent.h>
#include <fcntl.h>
#include <sys/utsname.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <memory>

#include "libcommon/util/fd.hpp"

namespace gtp::top {
namespace {

constexpr std::size_t kMaxFile = 1 << 20;
// modules.dep is larger, and is looked through in pieces.
constexpr std::size_t kMaxIndex = 8 << 20;

std::string read_at_most(const std::string& path, std::size_t limit) {
  std::string text;
  const Fd fd(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (!fd) return text;
  char piece[16384];
  while (text.size() < limit) {
    const ssize_t n = ::read(fd.value(), piece, sizeof piece);
    if (n <= 0) break;
    text.append(piece, static_cast<std::size_t>(n));
  }
  return text;
}

std::string_view next_line(std::string_view& text) {
  const std::size_t end = std::min(text.find('\n'), text.size());
  const std::string_view line = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  return line;
}

std::string_view next_word(std::string_view& line) {
  const std::size_t begin = std::min(line.find_first_not_of(" \t"), line.size());
  line.remove_prefix(begin);
  const std::size_t end = std::min(line.find_first_of(" \t"), line.size());
  const std::string_view word = line.substr(0, end);
  line.remove_prefix(end);
  return word;
}

template <typename T>
std::optional<T> number(std::string_view word, int base = 10) {
  T value{};
  const auto [stop, error] = std::from_chars(word.data(), word.data() + word.size(), value, base);
  if (error != std::errc{} || stop != word.data() + word.size()) return std::nullopt;
  return value;
}

}  // namespace

std::string read_text(const std::string& path) { return read_at_most(path, kMaxFile); }

std::optional<std::int64_t> read_number(const std::string& path) {
  const std::string text = read_text(path);
  std::string_view line = text;
  line = next_line(line);
  return number<std::int64_t>(next_word(line));
}

std::optional<std::uint64_t> counter_in_table(std::string_view text, std::string_view group, std::string_view name) {
  while (!text.empty()) {
    std::string_view names = next_line(text);
    if (names.size() <= group.size() || !names.starts_with(group) || names[group.size()] != ':') continue;
    std::string_view values = next_line(text);
    for (next_word(names), next_word(values); !names.empty();) {
      const std::string_view word = next_word(names);
      const std::string_view value = next_word(values);
      if (word == name) return number<std::uint64_t>(value);
      if (word.empty()) break;
    }
    return std::nullopt;
  }
  return std::nullopt;
}

std::optional<std::uint64_t> counter_in_list(std::string_view text, std::string_view name) {
  while (!text.empty()) {
    std::string_view line = next_line(text);
    if (next_word(line) == name) return number<std::uint64_t>(next_word(line));
  }
  return std::nullopt;
}

std::vector<Softnet> parse_softnet(std::string_view text) {
  std::vector<Softnet> out;
  while (!text.empty()) {
    std::string_view line = next_line(text);
    const auto packets = number<std::uint64_t>(next_word(line), 16);
    const auto dropped = number<std::uint64_t>(next_word(line), 16);
    const auto squeezed = number<std::uint64_t>(next_word(line), 16);
    if (packets && dropped && squeezed) out.push_back({*packets, *dropped, *squeezed});
  }
  return out;
}

bool line_forbids(std::string_view line, std::string_view module) {
  const std::string_view what = next_word(line);
  if (next_word(line) != module) return false;
  if (what == "blacklist") return true;
  const std::string_view command = next_word(line);
  return what == "install" && (command.ends_with("/false") || command.ends_with("/true"));
}

std::string find_blacklist(std::string_view module) {
  for (const char* const place : {"/etc/modprobe.d", "/run/modprobe.d", "/usr/lib/modprobe.d", "/lib/modprobe.d"}) {
    const std::unique_ptr<DIR, int (*)(DIR*)> directory(::opendir(place), ::closedir);
    if (!directory) continue;
    while (const dirent* const entry = ::readdir(directory.get())) {
      const std::string path = std::string(place) + "/" + entry->d_name;
      if (!path.ends_with(".conf")) continue;
      const std::string text = read_text(path);
      for (std::string_view rest = text; !rest.empty();) {
        if (line_forbids(next_line(rest), module)) return path;
      }
    }
  }
  return {};
}

bool is_module_installed(std::string_view module) {
  utsname names{};
  if (::uname(&names) != 0) return false;
  const std::string place = std::string("/lib/modules/") + names.release + "/";
  const std::string file = "/" + std::string(module) + ".ko";
  for (const char* const index : {"modules.dep", "modules.builtin"}) {
    if (read_at_most(place + index, kMaxIndex).find(file) != std::string::npos) return true;
  }
  return false;
}

}  // namespace gtp::top
