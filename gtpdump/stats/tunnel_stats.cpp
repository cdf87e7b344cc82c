// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtpdump/stats/tunnel_stats.hpp"

#include "libcommon/util/units.hpp"

namespace gtp::dump::stats {
namespace {

using output::Column;
using output::Kind;

constexpr Column kColumns[] = {
    {"receiver", "RECEIVER", Kind::text},
    {"teid", "TEID", Kind::teid},
    {"packets", "PACKETS", Kind::scaled},
    {"octets", "OCTETS", Kind::scaled, "B"},
    {"bits_per_second", "RATE", Kind::scaled, "bit/s"},
    {"qfis", "QFI", Kind::text, {}, {}, 3},
    {"sequence_numbers_missing", "MISSING", Kind::number, {}, {}, 2},
    {"reordered", "REORDERED", Kind::number, {}, {}, 4},
    {"imsi", "IMSI", Kind::text},
    {"apn", "APN", Kind::text, {}, {}, 1},
};

template <typename Fn>
void each_bit(std::uint64_t bits, Fn fn) {
  for (; bits != 0; bits &= bits - 1) fn(static_cast<std::uint64_t>(__builtin_ctzll(bits)));
}

std::optional<std::uint64_t> rate(std::uint64_t octets, std::uint64_t first_ns, std::uint64_t last_ns) {
  return per_second(octets * 8, last_ns - first_ns);
}

}  // namespace

TunnelStats::Key TunnelStats::Key::of(const IpAddress& address, std::uint32_t teid) noexcept {
  const Bytes octets = address.octets();
  if (octets.size() == 16) return {load_u64(octets.data()), load_u64(octets.data() + 8), teid, 6};
  return {0, octets.size() == 4 ? address.to_v4() : 0, teid, octets.size() == 4 ? 4U : 0U};
}

IpAddress TunnelStats::Key::address() const noexcept {
  if (ip_version == 4) return IpAddress::v4(static_cast<std::uint32_t>(low));
  if (ip_version != 6) return {};
  std::array<std::byte, 16> octets{};
  for (std::size_t i = 0; i < octets.size(); ++i) {
    octets[i] = static_cast<std::byte>((i < 8 ? high : low) >> (56 - 8 * (i % 8)) & 0xff);
  }
  return IpAddress::from(octets);
}

void TunnelStats::follow_sequence(Tunnel& tunnel, std::uint16_t number) noexcept {
  if (!tunnel.has_sequence_number) {
    tunnel.has_sequence_number = true;
    tunnel.sequence_number = number;
    return;
  }
  const auto ahead = static_cast<std::uint16_t>(number - tunnel.sequence_number);
  if (ahead == 0) return;  // senders that always write the same number do not count
  if (ahead < 0x8000) {
    tunnel.missing += ahead - 1U;
    tunnel.sequence_number = number;
    return;
  }
  ++tunnel.reordered;
  if (tunnel.missing != 0) --tunnel.missing;
}

void TunnelStats::add(const packet::Layer& layer, std::uint64_t octets, std::uint64_t session, std::uint64_t time_ns) {
  ++packets_;
  octets_ += octets;
  const Key key = Key::of(layer.dst, layer.header.teid);
  const std::uint32_t* known = index_.find(key);
  if (known == nullptr && tunnels_.size() == kMaxTunnels) {
    ++other_packets_;
    other_octets_ += octets;
    return;
  }
  if (known == nullptr) {
    known = index_.insert(key, static_cast<std::uint32_t>(tunnels_.size())).first;
    tunnels_.emplace_back().first_ns = time_ns;
  }
  Tunnel& tunnel = tunnels_[*known];
  ++tunnel.packets;
  tunnel.octets += octets;
  tunnel.first_ns = std::min(tunnel.first_ns, time_ns);
  tunnel.last_ns = std::max(tunnel.last_ns, time_ns);
  if (layer.has_pdu_session) tunnel.qfis |= std::uint64_t{1} << (layer.qfi & 63);
  if (session != 0) tunnel.session = session;
  if (layer.header.has_sequence_number) {
    follow_sequence(tunnel, static_cast<std::uint16_t>(layer.header.sequence_number));
  }
}

std::vector<std::size_t> TunnelStats::top() const {
  return ranking(tunnels_, kTop, [](const Tunnel& tunnel) { return tunnel.octets; });
}

std::vector<TunnelStats::Key> TunnelStats::keys_of(const std::vector<std::size_t>& positions) const {
  std::vector<Key> keys(positions.size());
  index_.for_each([&](const Key& key, std::uint32_t position) {
    const auto found = std::find(positions.begin(), positions.end(), position);
    if (found != positions.end()) keys[static_cast<std::size_t>(found - positions.begin())] = key;
  });
  return keys;
}

void TunnelStats::print(Page& page, const SessionStats& sessions) const {
  if (tunnels_.empty()) return;
  page.heading("Tunnels");
  const std::vector<std::size_t> positions = top();
  const std::vector<Key> keys = keys_of(positions);
  output::Table table(kColumns);
  TextBuffer text;
  for (std::size_t i = 0; i < positions.size(); ++i) {
    const Tunnel& tunnel = tunnels_[positions[i]];
    table.row().address(keys[i].address()).number(keys[i].teid).number(tunnel.packets).number(tunnel.octets);
    put_measured(table, rate(tunnel.octets, tunnel.first_ns, tunnel.last_ns));
    text.clear();
    each_bit(tunnel.qfis, [&](std::uint64_t qfi) {
      if (!text.empty()) text.put(',');
      text.put_dec(qfi);
    });
    text.empty() ? table.missing() : table.text(text.view());
    tunnel.has_sequence_number ? table.number(tunnel.missing).number(tunnel.reordered) : table.missing().missing();
    const SessionInfo* session = sessions.find(tunnel.session);
    put_digits(table, session != nullptr ? session->imsi : PackedDigits{});
    session != nullptr && !session->apn.empty() ? table.text(session->apn) : table.missing();
  }
  page.table(table);
  TextBuffer& out = page.out;
  if (tunnels_.size() > kTop) {
    out.put("the first ");
    out.put_dec(kTop);
    out.put(" by octets of ");
    out.put_dec(tunnels_.size());
    out.put(" tunnels, ");
    put_count(out, packets_);
    out.put(" packets");
    out.put(", ");
    put_quantity(out, octets_, "B");
    out.put('\n');
  }
  if (other_packets_ != 0) {
    out.put("others: ");
    put_count(out, other_packets_);
    out.put(" packets");
    out.put(" of further tunnels, beyond the ");
    out.put_dec(kMaxTunnels);
    out.put(" that are told apart\n");
  }
}

void TunnelStats::print_json(output::JsonWriter& json, const SessionStats& sessions) const {
  const auto object = json.object("tunnels");
  json.number("count", tunnels_.size());
  json.number("packets", packets_);
  json.number("octets", octets_);
  json.number("other_packets", other_packets_);
  json.number("other_octets", other_octets_);
  const auto list = json.array("top");
  const std::vector<std::size_t> positions = top();
  const std::vector<Key> keys = keys_of(positions);
  for (std::size_t i = 0; i < positions.size(); ++i) {
    const Tunnel& tunnel = tunnels_[positions[i]];
    const auto row = json.object();
    json.address("receiver", keys[i].address());
    json.number("teid", keys[i].teid);
    json.number("packets", tunnel.packets);
    json.number("octets", tunnel.octets);
    json.measured("bits_per_second", rate(tunnel.octets, tunnel.first_ns, tunnel.last_ns));
    {
      const auto qfis = json.array("qfis");
      each_bit(tunnel.qfis, [&](std::uint64_t qfi) { json.number(qfi); });
    }
    const auto numbered = [&](std::uint64_t value) {
      return tunnel.has_sequence_number ? std::optional(value) : std::nullopt;
    };
    json.measured("sequence_numbers_missing", numbered(tunnel.missing));
    json.measured("reordered", numbered(tunnel.reordered));
    const SessionInfo* session = sessions.find(tunnel.session);
    json.measured("session", session != nullptr ? std::optional(tunnel.session) : std::nullopt);
    put_digits(json, "imsi", session != nullptr ? session->imsi : PackedDigits{});
    session != nullptr && !session->apn.empty() ? json.text("apn", session->apn) : json.null("apn");
  }
}

}  // namespace gtp::dump::stats
