// SPDX-License-Identifier: GPL-2.0-or-later
#include <net/if.h>

#include <algorithm>
#include <array>
#include <numeric>
#include <string_view>

#include "libcommon/capture/live.hpp"

namespace gtp::capture {
namespace {

constexpr std::size_t kCompared = 32;  // twice what Linux allows a name

// Levenshtein's: how many characters to insert, remove or replace.
std::size_t distance(std::string_view a, std::string_view b) {
  a = a.substr(0, kCompared);
  b = b.substr(0, kCompared);
  std::array<std::size_t, kCompared + 1> row{};
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 0; i < a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i + 1;
    for (std::size_t j = 0; j < b.size(); ++j) {
      const std::size_t replaced = diagonal + (a[i] == b[j] ? 0 : 1);
      diagonal = row[j + 1];
      row[j + 1] = std::min({replaced, row[j] + 1, row[j + 1] + 1});
    }
  }
  return row[b.size()];
}

}  // namespace

std::vector<std::string> interface_names() {
  std::vector<std::string> names;
  const std::unique_ptr<struct if_nameindex, void (*)(struct if_nameindex*)> list(::if_nameindex(), ::if_freenameindex);
  if (!list) return names;
  for (const struct if_nameindex* entry = list.get(); entry->if_name != nullptr; ++entry) {
    names.emplace_back(entry->if_name);
  }
  return names;
}

std::string nearest_name(const std::string& wanted, const std::vector<std::string>& names) {
  const std::size_t limit = std::max<std::size_t>(1, wanted.size() / 2);
  std::string best;
  std::size_t best_distance = limit + 1;
  for (const std::string& name : names) {
    const std::size_t d = distance(wanted, name);
    if (d >= best_distance) continue;
    best = name;
    best_distance = d;
  }
  return best;
}

}  // namespace gtp::capture
