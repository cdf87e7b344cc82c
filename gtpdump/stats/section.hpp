// SPDX-License-Identifier: GPL-2.0-or-later
//
// What the sections of --stats share: each counts one thing, and prints it as a heading with a table, or as members of
// the JSON object. The same table serves both, so they cannot disagree.
#pragma once

#include <algorithm>
#include <cstdint>
#include <numeric>
#include <optional>
#include <string_view>
#include <vector>

#include "libcommon/output/json_writer.hpp"
#include "libcommon/output/style.hpp"
#include "libcommon/output/table.hpp"
#include "libcommon/util/text_buffer.hpp"
#include "libcommon/wire/ie.hpp"

namespace gtp::dump::stats {

// Tables that rank show this many rows.
inline constexpr std::size_t kTop = 20;

// Where text for people goes. [columns] of the terminal, 0: as wide as it gets.
struct Page {
  TextBuffer& out;
  output::Style style;
  unsigned columns = 0;

  void heading(std::string_view text) {
    if (!out.empty()) out.put('\n');
    style.put(out, output::Role::name, text);
    out.put('\n');
  }
  void table(const output::Table& table) { table.put_text(out, columns, style); }
};

// "GTPv2-C", "Create Session Request" for people; "gtpv2-c", "create_session_request" for programs.
enum class Naming : std::uint8_t { people, programs };

inline std::string_view name_of(wire::Protocol protocol, Naming naming) noexcept {
  return naming == Naming::people ? wire::title(protocol) : wire::key(protocol);
}
inline std::string_view name_of(const wire::MessageInfo* message, Naming naming) noexcept {
  if (message == nullptr) return "unknown";
  return naming == Naming::people ? message->name : message->key;
}
// Three cells: protocol, type, name.
inline void put_message(output::Table& row, wire::Protocol protocol, std::uint8_t type, Naming naming) {
  row.text(name_of(protocol, naming)).number(type).text(name_of(wire::find_message(protocol, type), naming));
}
inline void put_measured(output::Table& row, std::optional<std::uint64_t> value) {
  value ? row.number(*value) : row.missing();
}

// [amount] per second over [duration_ns]; nothing when no time has passed.
inline std::optional<std::uint64_t> per_second(std::uint64_t amount, std::uint64_t duration_ns) noexcept {
  if (duration_ns == 0) return std::nullopt;
  return static_cast<std::uint64_t>(static_cast<double>(amount) * 1e9 / static_cast<double>(duration_ns) + 0.5);
}

// The positions in [rows] of the [limit] greatest by [weight], greatest first; equal ones in their order.
template <typename Rows, typename Weight>
std::vector<std::size_t> ranking(const Rows& rows, std::size_t limit, Weight weight) {
  std::vector<std::size_t> order(rows.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  const auto end = order.begin() + static_cast<std::ptrdiff_t>(std::min(limit, order.size()));
  std::partial_sort(order.begin(), end, order.end(), [&](std::size_t a, std::size_t b) {
    const auto left = weight(rows[a]);
    const auto right = weight(rows[b]);
    return left != right ? left > right : a < b;
  });
  order.erase(end, order.end());
  return order;
}

}  // namespace gtp::dump::stats
