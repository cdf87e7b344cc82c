// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtpgen/echo/dscp.hpp"

#include <array>

#include "libcommon/util/units.hpp"

namespace gtp::gen::echo {

std::optional<std::uint8_t> parse_dscp(std::string_view text) noexcept {
  constexpr std::size_t kLongest = 8;
  if (text.empty() || text.size() > kLongest) return std::nullopt;
  std::array<char, kLongest> lower{};
  for (std::size_t i = 0; i < text.size(); ++i) {
    lower[i] = text[i] >= 'A' && text[i] <= 'Z' ? static_cast<char>(text[i] - 'A' + 'a') : text[i];
  }
  const std::string_view name(lower.data(), text.size());
  if (name == "be" || name == "default") return std::uint8_t{0};
  if (name == "le") return std::uint8_t{1};
  if (name == "va") return std::uint8_t{44};
  if (name == "ef") return std::uint8_t{46};
  const auto digit = [&](std::size_t at, char least, char most) { return name[at] >= least && name[at] <= most; };
  if (name.size() == 3 && name.substr(0, 2) == "cs" && digit(2, '0', '7')) {
    return static_cast<std::uint8_t>((name[2] - '0') * 8);
  }
  // Class 1 to 4, drop precedence 1 to 3 (RFC 2597).
  if (name.size() == 4 && name.substr(0, 2) == "af" && digit(2, '1', '4') && digit(3, '1', '3')) {
    return static_cast<std::uint8_t>((name[2] - '0') * 8 + (name[3] - '0') * 2);
  }
  const auto number = parse_count(name);
  if (!number || *number > 63) return std::nullopt;
  return static_cast<std::uint8_t>(*number);
}

}  // namespace gtp::gen::echo
