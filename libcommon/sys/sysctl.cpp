// SPDX-License-Identifier: GPL-2.0-or-later
#include "libcommon/sys/sysctl.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <charconv>

#include "libcommon/util/fd.hpp"

namespace gtp::sys {

std::optional<std::string> read_sysctl(std::string_view name) {
  // A name comes from us, but may hold an interface's: it leads nowhere else.
  if (name.empty() || name.front() == '/' || name.find("..") != std::string_view::npos) return std::nullopt;
  const Fd fd(::open(("/proc/sys/" + std::string(name)).c_str(), O_RDONLY | O_CLOEXEC));
  if (!fd) return std::nullopt;
  std::array<char, 4096> text{};
  const ssize_t n = ::read(fd.value(), text.data(), text.size());
  if (n < 0) return std::nullopt;
  std::string value(text.data(), static_cast<std::size_t>(n));
  while (!value.empty() && (value.back() == '\n' || value.back() == ' ')) value.pop_back();
  return value;
}

std::optional<std::int64_t> read_sysctl_number(std::string_view name) {
  const auto text = read_sysctl(name);
  if (!text) return std::nullopt;
  std::int64_t value = 0;
  const char* const end = text->data() + text->size();
  const auto [stop, error] = std::from_chars(text->data(), end, value);
  if (error != std::errc{} || stop != end) return std::nullopt;
  return value;
}

}  // namespace gtp::sys
