// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtpgen/replay/rewrite.hpp"

#include <algorithm>
#include <array>

#include "gtpgen/command.hpp"
#include "libcommon/packet/ip_header.hpp"
#include "libcommon/util/units.hpp"

namespace gtp::gen::replay {
namespace {

constexpr std::size_t kMostTeids = 1'000'000;
// More inner hosts than this share the last ones' tunnels; bounds the memory.
constexpr std::size_t kMostSources = 1'000'000;

std::string quoted(std::string_view text) { return "\"" + std::string(text) + "\""; }

std::optional<std::uint32_t> parse_teid(std::string_view text) noexcept {
  const auto value = parse_count(text);
  if (!value || *value == 0 || *value > 0xffff'ffff) return std::nullopt;
  return static_cast<std::uint32_t>(*value);
}

void store_u16(std::byte* at, std::uint16_t value) noexcept {
  at[0] = static_cast<std::byte>(value >> 8);
  at[1] = static_cast<std::byte>(value & 0xff);
}

// RFC 1624, equation 3, over all 16-bit words in which two addresses differ.
std::uint16_t corrected(std::uint16_t checksum, Bytes before, Bytes after) noexcept {
  std::uint32_t sum = static_cast<std::uint16_t>(~checksum);
  for (std::size_t i = 0; i + 1 < before.size(); i += 2) {
    sum += static_cast<std::uint16_t>(~load_u16(before.data() + i));
    sum += load_u16(after.data() + i);
  }
  while (sum >> 16 != 0) sum = (sum & 0xffff) + (sum >> 16);
  return static_cast<std::uint16_t>(~sum);
}

// Where the checksum of the upper layer stands, from the start of that layer; it covers the addresses.
std::optional<std::size_t> checksum_offset(std::uint8_t protocol) noexcept {
  switch (protocol) {
    case packet::protocol::kTcp:
      return 16;
    case packet::protocol::kUdp:
    case packet::protocol::kUdpLite:
      return 6;
    case packet::protocol::kIcmpv6:
      return 2;
    default:
      return std::nullopt;
  }
}

void correct_upper_layer(std::span<std::byte> packet, const packet::IpHeader& ip, Bytes before, Bytes after) noexcept {
  const auto offset = checksum_offset(ip.protocol);
  if (!offset || ip.fragment_offset != 0 || ip.payload.size() < *offset + 2) return;
  std::byte* at = packet.data() + ip.payload.offset + *offset;
  const std::uint16_t old = load_u16(at);
  // UDP: 0 is "none", and never the result.
  if (old == 0 && ip.protocol == packet::protocol::kUdp) return;
  std::uint16_t fixed = corrected(old, before, after);
  if (fixed == 0 && ip.protocol == packet::protocol::kUdp) fixed = 0xffff;
  store_u16(at, fixed);
}

}  // namespace

Result<void> AddressMap::add(std::string_view rule) {
  const std::size_t equals = rule.find('=');
  if (equals == std::string_view::npos) return usage(quoted(rule) + " is no mapping", "10.45.0.0/16=10.99.0.0/16");
  const auto from = IpPrefix::parse(rule.substr(0, equals));
  const auto to = IpPrefix::parse(rule.substr(equals + 1));
  if (!from || !to) return usage(quoted(rule) + " maps no address or network", "10.45.0.0/16=10.99.0.0/16");
  if (from->address.version() != to->address.version()) return usage(quoted(rule) + " mixes IPv4 and IPv6");
  if (from->length != to->length) return usage(quoted(rule) + ": both sides need the same length");
  rules_.push_back({*from, *to});
  return {};
}

std::optional<IpAddress> AddressMap::find(const IpAddress& address) const noexcept {
  const auto rule =
      std::find_if(rules_.begin(), rules_.end(), [&](const Rule& one) { return one.from.contains(address); });
  if (rule == rules_.end()) return std::nullopt;
  std::array<std::byte, 16> octets{};
  const Bytes host = address.octets();
  const Bytes network = rule->to.address.octets();
  for (std::size_t i = 0; i < host.size(); ++i) {
    const int bits = std::clamp(rule->to.length - static_cast<int>(i) * 8, 0, 8);
    const auto mask = static_cast<std::byte>(0xff00U >> bits & 0xffU);
    octets[i] = (network[i] & mask) | (host[i] & ~mask);
  }
  return IpAddress::from(Bytes(octets).first(host.size()));
}

bool map_addresses(std::span<std::byte> packet, const AddressMap& map) noexcept {
  packet::IpHeader ip;
  const packet::View view{packet, packet.size(), 0};
  if (packet::read_ip_header(view, ip) != packet::IpStatus::ok) return false;
  const bool v4 = ip.version == 4;
  if (!v4 && packet::skip_extension_headers(ip) != packet::IpStatus::ok) return false;
  const std::size_t length = v4 ? 4 : 16;
  bool changed = false;
  for (const bool source : {true, false}) {
    const IpAddress before = source ? ip.src : ip.dst;
    const auto after = map.find(before);
    if (!after || *after == before) continue;
    const std::size_t at = (v4 ? 12U : 8U) + (source ? 0U : length);
    if (v4) store_u16(packet.data() + 10, corrected(load_u16(packet.data() + 10), before.octets(), after->octets()));
    correct_upper_layer(packet, ip, before.octets(), after->octets());
    const Bytes octets = after->octets();
    std::copy(octets.begin(), octets.end(), packet.begin() + static_cast<std::ptrdiff_t>(at));
    changed = true;
  }
  return changed;
}

Result<void> TeidMap::add(std::string_view rule) {
  const std::size_t equals = rule.find('=');
  const auto from = parse_teid(rule.substr(0, equals));
  const auto to = equals == std::string_view::npos ? std::nullopt : parse_teid(rule.substr(equals + 1));
  if (!from || !to) return usage(quoted(rule) + " maps no TEID", "0x1000=0x2000");
  if (!teids_.emplace(*from, *to).second) return usage(quoted(rule) + ": that TEID has a mapping already");
  return {};
}

bool TeidMap::apply(std::span<std::byte> message) const noexcept {
  constexpr std::size_t kTeidAt = 4;
  if (message.size() < kTeidAt + 4) return false;
  const auto found = teids_.find(load_u32(message.data() + kTeidAt));
  if (found == teids_.end()) return false;
  ByteWriter out(message.subspan(kTeidAt, 4));
  out.u32(found->second);
  return true;
}

Result<void> Encapsulation::add_teids(std::string_view list) {
  while (!list.empty()) {
    const std::size_t comma = std::min(list.find(','), list.size());
    const std::string_view one = list.substr(0, comma);
    list.remove_prefix(std::min(comma + 1, list.size()));
    const std::size_t dash = one.find('-');
    const auto first = parse_teid(one.substr(0, dash));
    const auto last = dash == std::string_view::npos ? first : parse_teid(one.substr(dash + 1));
    if (!first || !last || *last < *first) return usage(quoted(one) + " is no TEID", "0x1000, 1,2,3 or 0x1000-0x10ff");
    if (*last - *first >= kMostTeids || teids_.size() + (*last - *first) >= kMostTeids) {
      return usage("more than 1000000 TEIDs");
    }
    for (std::uint64_t teid = *first; teid <= *last; ++teid) teids_.push_back(static_cast<std::uint32_t>(teid));
  }
  return {};
}

void Encapsulation::write_header(ByteWriter& out, Bytes packet) {
  packet::IpHeader ip;
  std::uint32_t turn = 0;
  if (packet::read_ip_header({packet, packet.size(), 0}, ip) == packet::IpStatus::ok) {
    const auto next = static_cast<std::uint32_t>(by_source_.size() % teids_.size());
    if (by_source_.size() < kMostSources) {
      turn = by_source_.try_emplace(ip.src, next).first->second;
    } else if (const auto known = by_source_.find(ip.src); known != by_source_.end()) {
      turn = known->second;
    }
  }
  wire::GPduOptions options;
  options.teid = teids_[turn];
  if (qfi_) {
    options.pdu_session = wire::PduSession{};
    options.pdu_session->direction = wire::PduSession::Direction::uplink;
    options.pdu_session->qfi = *qfi_;
  }
  wire::write_g_pdu_header(out, options, packet.size());
}

}  // namespace gtp::gen::replay
