// SPDX-License-Identifier: GPL-2.0-or-later
//
// The columns of every view, as data: what they are called, counted in, made from and good for. The screen, batch text,
// JSON, CSV, --columns, --sort and the manual's tables all come from these rows.
//
// A column's number in its table is its identity; Sort::column is such a number.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "gtptop/model/query.hpp"

namespace gtp::top {

// How the value of a column is written for people. In JSON and CSV all of them are integers in base units, or text.
enum class Form : std::uint8_t {
  text,         // cut with an ellipsis when there is no room; never a number
  address,      // as text
  number,       // with commas: 41,207
  scaled,       // 9.28k
  bit_rate,     // bit/s; octets per second when the viewer wants octets
  octets,       // scaled
  teid,         // 0x51a0ff17, 51a0ff17 or 1369505559
  percent,      // 40%
  ago,          // seconds: 3 s, 12 m
  nanoseconds,  // 0.4 ms
  time,         // nanoseconds since 1970: 13:20:11
  history,      // a sparkline; not in JSON and CSV
};

// Whose figure it is; which of the capabilities says where it comes from.
enum class Needs : std::uint8_t { nothing, traffic, drops, seen, created, sockets, echo };

struct Column {
  std::string_view key;      // of JSON and CSV: "dn_bits_per_second"
  std::string_view name;     // of --columns, --sort and filters: "dn"
  std::string_view heading;  // "DN"
  Form form = Form::text;
  std::string_view unit = {};  // "bit/s"
  std::uint8_t min = 5;        // cells
  std::uint8_t max = 5;        // what it takes where there is room
  std::uint8_t priority = 0;   // 0: always shown; else the highest goes first
  bool descending = false;     // sorted so at first
  Needs needs = Needs::nothing;
  std::string_view doc = {};   // the manual's sentence
  std::string_view wide = {};  // the heading where there is room: "UP TOT"
};

enum class TunnelColumn : std::uint8_t {
  link,
  version,
  i_tei,
  o_tei,
  ms,
  peer,
  up,
  dn,
  pps,
  up_total,
  dn_total,
  drops,
  idle,
  history,
  age,
  qfi,
  presence,
  count_
};
enum class PeerColumn : std::uint8_t {
  state,
  peer,
  link,
  tunnels,
  up,
  dn,
  pps,
  up_total,
  dn_total,
  error_indications,
  rtt,
  loss,
  recovery,
  last_echo,
  last_rx,
  history,
  count_
};
enum class LinkColumn : std::uint8_t {
  link,
  state,
  role,
  sockets,
  mtu,
  buckets,
  load,
  restart_count,
  v0,
  v1,
  up,
  dn,
  pps,
  up_pps,
  dn_pps,
  tx_errors,
  no_route,
  loop,
  rx_dropped,
  no_tunnel,
  receive_queue,
  socket_drops,
  count_
};
enum class EventColumn : std::uint8_t { time, kind, link, i_tei, o_tei, ms, peer, by, rtt, count_ };
enum class FindingColumn : std::uint8_t { severity, id, since, object, sentence, count_ };

std::span<const Column> columns(View view) noexcept;
std::string_view view_name(View view) noexcept;  // "tunnels"
std::optional<View> find_view(std::string_view name) noexcept;
// By name or key; the nearest name for the message when there is none.
std::optional<std::uint8_t> find_column(View view, std::string_view name) noexcept;
std::string_view nearest_column(View view, std::string_view name) noexcept;
Sort default_sort(View view) noexcept;
// Where a column's figures come from in this kernel.
Origin origin_of(const Column& column, const Capabilities& capabilities) noexcept;

// What stands in a cell. Text refers to the row or to a literal; it is good as long as the page.
struct Value {
  enum class Kind : std::uint8_t { missing, number, text, address } kind = Kind::missing;
  std::uint64_t number = 0;
  std::string text;
  IpAddress address;

  Value() = default;
  Value(std::uint64_t n) : kind(Kind::number), number(n) {}  // NOLINT(google-explicit-constructor)
  Value(std::optional<std::uint64_t> n)                      // NOLINT(google-explicit-constructor)
      : kind(n ? Kind::number : Kind::missing), number(n.value_or(0)) {}
  Value(std::string t) : kind(Kind::text), text(std::move(t)) {}  // NOLINT(google-explicit-constructor)
  Value(std::string_view t) : kind(Kind::text), text(t) {}        // NOLINT(google-explicit-constructor)
  Value(const IpAddress& a) : kind(a.empty() ? Kind::missing : Kind::address), address(a) {}  // NOLINT
  bool missing() const noexcept { return kind == Kind::missing; }
};

Value value(const TunnelRow& row, TunnelColumn column);
Value value(const PeerRow& row, PeerColumn column);
Value value(const LinkRow& row, LinkColumn column);
Value value(const Event& event, EventColumn column, std::string_view link);
Value value(const Finding& finding, FindingColumn column);
// Of the [row]th row of a page.
Value value(const Page& page, std::size_t row, std::size_t column);
// The history of the row, empty when the column is none.
std::span<const float> history(const Page& page, std::size_t row) noexcept;

// For sorting: missing last, text by octets.
bool before(const Value& a, const Value& b, bool descending);

}  // namespace gtp::top
