// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtpgen/tunnel/tunnel_list.hpp"

namespace gtp::gen {
namespace {

using output::Column;
using output::Kind;

constexpr std::size_t kRowsAtOnce = 1000;
constexpr std::uint64_t kNsPerMs = 1'000'000;

// The first is JSON's alone. From the one called rx_packets on they are counters.
constexpr Column kColumns[] = {
    {"schema", "SCHEMA", Kind::text, {}, "name and version of this format"},
    {"link", "LINK", Kind::text, {}, "network interface"},
    {"version", "GTP", Kind::number, {}, "version of GTP, 0 or 1"},
    {"teid", "TEID", Kind::teid, {}, "of packets that this host receives; GTPv1"},
    {"peer_teid", "TO TEID", Kind::teid, {}, "of packets that this host sends; GTPv1"},
    {"tid", "TID", Kind::number, {}, "tunnel identifier of GTPv0", 9},
    {"flow", "FLOW", Kind::number, {}, "flow label of GTPv0", 9},
    {"ue_ip", "SUBSCRIBER", Kind::text, {}, "the subscriber's address; of IPv6 its /64"},
    {"peer", "PEER", Kind::text, {}, "the other end of the tunnel"},
    {"qfi", "QFI", Kind::number, {}, "QFI sent in a PDU Session Container", 4},
    {"received_qfi", "RX QFI", Kind::number, {}, "the last QFI received", 5},
    {"rx_packets", "RX", Kind::scaled, {}, "packets out of the tunnel"},
    {"rx_bytes", "RX", Kind::scaled, "B", "octets out of the tunnel", 2},
    {"tx_packets", "TX", Kind::scaled, {}, "packets into the tunnel"},
    {"tx_bytes", "TX", Kind::scaled, "B", "octets into the tunnel", 2},
    {"rx_idle_ns", "RX IDLE", Kind::duration, {}, "since the last packet out of the tunnel", 3},
    {"tx_idle_ns", "TX IDLE", Kind::duration, {}, "since the last packet into the tunnel", 3},
    {"drops", "DROPS", Kind::scaled, {}, "packets of this tunnel that were dropped, for any reason", 1},
    {"error_indications", "ERR IND", Kind::scaled, {}, "Error Indications received for this tunnel", 3},
    {"created", "CREATED", Kind::time, {}, "when the tunnel was made", 6},
};
constexpr std::size_t kFirstCounter = 11;
static_assert(kColumns[kFirstCounter].key == "rx_packets");

std::span<const Column> columns_of(ListFormat format, bool counters) noexcept {
  const std::span<const Column> all(kColumns);
  if (format == ListFormat::json) return all;
  return format == ListFormat::text && !counters ? all.subspan(1, kFirstCounter - 1) : all.subspan(1);
}

void put_optional(output::Table& table, const std::optional<std::uint8_t>& value) {
  value ? table.number(*value) : table.missing();
}

void put_idle(output::Table& table, std::uint64_t idle_ms) {
  idle_ms == netlink::TunnelStats::kNever ? table.missing() : table.number(idle_ms * kNsPerMs);
}

void put_counters(output::Table& table, const netlink::TunnelStats& stats) {
  table.number(stats.rx_packets).number(stats.rx_bytes).number(stats.tx_packets).number(stats.tx_bytes);
  put_idle(table, stats.rx_idle_ms);
  put_idle(table, stats.tx_idle_ms);
  table.number(std::uint64_t{stats.rx_drop_ms} + stats.rx_drop_inner + stats.tx_drop_too_big + stats.tx_drop_route);
  table.number(stats.error_indications).number(stats.created_ns);
}

}  // namespace

std::span<const Column> TunnelList::columns() noexcept { return kColumns; }

TunnelList::TunnelList(std::FILE* out, ListFormat format, bool counters, std::size_t width, output::Style style)
    : out_(out),
      format_(format),
      counters_(counters || format != ListFormat::text),
      width_(width),
      style_(style),
      table_(columns_of(format, counters)) {}

void TunnelList::add(const netlink::Tunnel& tunnel, std::string_view link) {
  ++rows_;
  table_.row();
  if (format_ == ListFormat::json) table_.text(kTunnelSchema);
  table_.text(link).number(static_cast<std::uint64_t>(tunnel.version));
  if (tunnel.version == netlink::GtpVersion::v1) {
    table_.number(tunnel.i_tei).number(tunnel.o_tei).missing().missing();
  } else {
    table_.missing().missing().number(tunnel.tid).number(tunnel.flow);
  }
  table_.address(tunnel.ms).address(tunnel.peer);
  put_optional(table_, tunnel.qfi);
  put_optional(table_, tunnel.rx_qfi);
  if (counters_ && tunnel.stats) put_counters(table_, *tunnel.stats);
  if (table_.rows() == kRowsAtOnce) write();
}

void TunnelList::write() {
  text_.clear();
  switch (format_) {
    case ListFormat::text:
      table_.put_text(text_, width_, style_);
      break;
    case ListFormat::csv:
      table_.put_delimited(text_, output::Delimiter::comma);
      break;
    case ListFormat::json:
      table_.put_json(text_);
      break;
  }
  std::string_view out = text_.view();
  // Names of columns once only.
  if (format_ == ListFormat::csv && !first_) out.remove_prefix(out.find('\n') + 1);
  first_ = false;
  failed_ = failed_ || std::fwrite(out.data(), 1, out.size(), out_) != out.size();
  table_.clear();
}

bool TunnelList::finish() {
  if (table_.rows() != 0 || (first_ && format_ == ListFormat::csv)) write();
  return !failed_ && std::fflush(out_) == 0;
}

}  // namespace gtp::gen
