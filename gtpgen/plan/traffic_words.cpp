// SPDX-License-Identifier: GPL-2.0-or-later
//
// How traffic is said on the command line.
#include <algorithm>

#include "gtpgen/command.hpp"
#include "gtpgen/plan/traffic_plan.hpp"
#include "gtpgen/take.hpp"
#include "libcommon/util/units.hpp"

namespace gtp::gen {
namespace {

constexpr std::uint8_t kMaxQfi = 63;

std::string quoted(std::string_view text) { return "\"" + std::string(text) + "\""; }

Result<std::uint8_t> read_qfi(std::string_view text) {
  const auto value = parse_count(text);
  if (!value || *value > kMaxQfi) return usage(quoted(text) + " is no QFI between 0 and 63", "9, 1,5,9 or 0-63");
  return static_cast<std::uint8_t>(*value);
}

// "1-3" or "5".
Result<void> take_qfis(std::string_view text, std::vector<std::uint8_t>& qfis) {
  const std::size_t dash = text.find('-');
  auto low = read_qfi(text.substr(0, dash));
  if (!low) return std::move(low).error();
  auto high = dash == std::string_view::npos ? low : read_qfi(text.substr(dash + 1));
  if (!high) return std::move(high).error();
  if (*low > *high) return usage("the range " + std::string(text) + " ends before it starts");
  for (unsigned qfi = *low; qfi <= *high; ++qfi) qfis.push_back(static_cast<std::uint8_t>(qfi));
  return {};
}

struct DscpName {
  std::string_view name;
  std::uint8_t value;
};
constexpr std::array kDscpNames = {
    DscpName{"be", 0},    DscpName{"df", 0},    DscpName{"le", 1},    DscpName{"cs1", 8},   DscpName{"af11", 10},
    DscpName{"af12", 12}, DscpName{"af13", 14}, DscpName{"cs2", 16},  DscpName{"af21", 18}, DscpName{"af22", 20},
    DscpName{"af23", 22}, DscpName{"cs3", 24},  DscpName{"af31", 26}, DscpName{"af32", 28}, DscpName{"af33", 30},
    DscpName{"cs4", 32},  DscpName{"af41", 34}, DscpName{"af42", 36}, DscpName{"af43", 38}, DscpName{"cs5", 40},
    DscpName{"va", 44},   DscpName{"ef", 46},   DscpName{"cs6", 48},  DscpName{"cs7", 56},
};

}  // namespace

Result<InnerKind> InnerKind::parse(std::string_view text) {
  InnerKind kind;
  std::string_view word = text;
  if (word.ends_with('4') || word.ends_with('6')) {
    kind.version = word.back() - '0';
    word.remove_suffix(1);
  }
  if (word == "udp") {
    kind.protocol = InnerProtocol::udp;
  } else if (word == "tcp") {
    kind.protocol = InnerProtocol::tcp;
  } else if (word == "icmp") {
    kind.protocol = InnerProtocol::icmp;
  } else {
    return not_one_of(text, {"udp4", "udp6", "tcp4", "tcp6", "icmp4", "icmp6"});
  }
  return kind;
}

Result<std::vector<std::uint8_t>> parse_qfis(std::string_view text) {
  if (text.starts_with("rr:")) text.remove_prefix(3);
  std::vector<std::uint8_t> qfis;
  for (std::size_t at = 0; at <= text.size();) {
    const std::size_t comma = std::min(text.find(',', at), text.size());
    if (auto taken = take_qfis(text.substr(at, comma - at), qfis); !taken) return std::move(taken).error();
    if (qfis.size() > 1024) return usage("more than 1024 QFIs");
    at = comma + 1;
  }
  return qfis;
}

Result<void> parse_unwanted(std::string_view text, std::array<double, kUnwantedKinds>& shares) {
  for (std::size_t at = 0; at <= text.size();) {
    const std::size_t comma = std::min(text.find(',', at), text.size());
    const std::string_view one = text.substr(at, comma - at);
    at = comma + 1;
    const std::size_t equals = one.find('=');
    const std::string_view name = one.substr(0, equals);
    std::vector<std::string_view> names;
    std::size_t kind = 0;
    for (; kind < kUnwantedKinds && name_of(static_cast<Unwanted>(kind)) != name; ++kind) {
      names.push_back(name_of(static_cast<Unwanted>(kind)));
    }
    if (kind == kUnwantedKinds) return not_one_of(name, names);
    if (equals == std::string_view::npos) return usage(std::string(name) + " wants a share", std::string(name) + "=1%");
    if (auto taken = take_share(shares[kind])(one.substr(equals + 1)); !taken) return taken;
  }
  double sum = 0;
  for (const double share : shares) sum += share;
  if (sum >= 1) return usage("unwanted traffic of 100 % or more leaves none to measure");
  return {};
}

Result<std::uint8_t> parse_dscp(std::string_view text) {
  std::string lower(text);
  std::ranges::transform(lower, lower.begin(),
                         [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  for (const DscpName& row : kDscpNames) {
    if (row.name == lower) return row.value;
  }
  const auto value = parse_count(text);
  if (value && *value <= 63) return static_cast<std::uint8_t>(*value);
  return usage(quoted(text) + " is no DSCP", "a number to 63, or a name like ef, af21, cs5");
}

}  // namespace gtp::gen
