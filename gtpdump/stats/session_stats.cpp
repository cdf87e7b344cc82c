// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtpdump/stats/session_stats.hpp"

#include "libcommon/util/units.hpp"

namespace gtp::dump::stats {
namespace {

using output::Column;
using output::Kind;

constexpr Column kColumns[] = {
    {"session", "SESSION", Kind::number, {}, "number of the session in this run"},
    {"imsi", "IMSI", Kind::text, {}, "subscriber"},
    {"msisdn", "MSISDN", Kind::text, {}, "telephone number", 2},
    {"apn", "APN", Kind::text, {}, "access point name or data network name"},
    {"ue_ipv4", "UE IPv4", Kind::text, {}, "address of the terminal"},
    {"ue_ipv6", "UE IPv6", Kind::text, {}, "IPv6 address or prefix of the terminal", 1},
    {"live", "LIVE", Kind::boolean, {}, "not deleted before the capture ended"},
    {"packets", "PACKETS", Kind::scaled, {}, "G-PDUs"},
    {"uplink_octets", "UP", Kind::scaled, "B", "octets of T-PDUs from the terminal"},
    {"downlink_octets", "DN", Kind::scaled, "B", "octets of T-PDUs to the terminal, or of unknown direction"},
};

void put_address(output::Table& table, const IpAddress& address) {
  address.empty() ? table.missing() : table.address(address);
}

}  // namespace

void put_digits(output::Table& table, PackedDigits digits) {
  std::array<char, 16> text{};
  const std::size_t size = digits.write(text.data());
  size == 0 ? table.missing() : table.text({text.data(), size});
}

void put_digits(output::JsonWriter& json, std::string_view key, PackedDigits digits) {
  std::array<char, 16> text{};
  const std::size_t size = digits.write(text.data());
  size == 0 ? json.null(key) : json.text(key, {text.data(), size});
}

SessionStats::Row* SessionStats::row_of(const SessionInfo& session) {
  if (const std::uint32_t* known = index_.find(session.id)) return &rows_[*known];
  if (rows_.size() == kMaxSessions) {
    ++other_messages_;
    return nullptr;
  }
  index_.insert(session.id, static_cast<std::uint32_t>(rows_.size()));
  Row& row = rows_.emplace_back();
  row.info = session;
  return &row;
}

void SessionStats::control(const SessionInfo& session) {
  if (session.id == 0) return;
  if (Row* row = row_of(session)) row->info = session;
}

void SessionStats::user_data(const SessionInfo& session, const packet::Inner& inner, std::uint64_t octets) {
  if (session.id == 0) return;
  Row* row = row_of(session);
  if (row == nullptr) return;
  ++row->packets;
  const bool from_ue = inner.has_addresses && (inner.src == session.ue_ipv4 || inner.src == session.ue_ipv6);
  (from_ue ? row->uplink_octets : row->downlink_octets) += octets;
}

const SessionInfo* SessionStats::find(std::uint64_t id) const noexcept {
  const std::uint32_t* known = index_.find(id);
  return known == nullptr ? nullptr : &rows_[*known].info;
}

std::size_t SessionStats::count_live(const SessionTable& live, std::vector<bool>& is_live) const {
  std::size_t count = 0;
  is_live.assign(rows_.size(), false);
  live.each([&](const Session& session, const SessionInfo&) {
    const std::uint32_t* known = session.ended ? nullptr : index_.find(session.id);
    if (known == nullptr) return;
    is_live[*known] = true;
    ++count;
  });
  return count;
}

void SessionStats::fill(output::Table& table, const std::vector<bool>& is_live) const {
  for (const std::size_t i : ranking(rows_, kTop, [](const Row& row) { return row.octets(); })) {
    const Row& row = rows_[i];
    table.row().number(row.info.id);
    put_digits(table, row.info.imsi);
    put_digits(table, row.info.msisdn);
    row.info.apn.empty() ? table.missing() : table.text(row.info.apn);
    put_address(table, row.info.ue_ipv4);
    put_address(table, row.info.ue_ipv6);
    table.boolean(is_live[i]).number(row.packets).number(row.uplink_octets).number(row.downlink_octets);
  }
}

void SessionStats::print(Page& page, const SessionTable& live) const {
  if (rows_.empty()) return;
  std::vector<bool> is_live;
  const std::size_t live_count = count_live(live, is_live);
  page.heading("Sessions");
  TextBuffer& out = page.out;
  out.put_dec(rows_.size());
  out.put(" created, ");
  out.put_dec(rows_.size() - live_count);
  out.put(" ended, ");
  out.put_dec(live_count);
  out.put(" live at the end\n");
  output::Table table(kColumns);
  fill(table, is_live);
  page.table(table);
  if (rows_.size() > kTop) {
    out.put("the first ");
    out.put_dec(kTop);
    out.put(" by octets\n");
  }
  if (other_messages_ != 0) {
    out.put("others: ");
    put_count(out, other_messages_);
    out.put(" messages");
    out.put(" of further sessions, beyond the ");
    out.put_dec(kMaxSessions);
    out.put(" that are told apart\n");
  }
}

void SessionStats::print_json(output::JsonWriter& json, const SessionTable& live) const {
  std::vector<bool> is_live;
  const std::size_t live_count = count_live(live, is_live);
  const auto object = json.object("sessions");
  json.number("created", rows_.size());
  json.number("ended", rows_.size() - live_count);
  json.number("live", live_count);
  json.number("other_messages", other_messages_);
  output::Table table(kColumns);
  fill(table, is_live);
  const auto list = json.array("top");
  table.put_json(json);
}

}  // namespace gtp::dump::stats
