// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtptop/model/match.hpp"

#include <algorithm>
#include <charconv>

namespace gtp::top {
namespace {

std::optional<std::uint64_t> number_of(std::string_view text, int base) {
  std::uint64_t value = 0;
  const char* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, value, base);
  return error == std::errc{} && stop == end && !text.empty() ? std::optional(value) : std::nullopt;
}

// "10.45.", "10.45.1": whole octets, and digits that the next one begins with. Only whole octets make one range; what
// is left is compared as text.
std::optional<std::pair<std::uint32_t, std::uint32_t>> v4_range(std::string_view text) {
  std::uint32_t low = 0;
  int octets = 0;
  while (octets < 4) {
    const auto dot = text.find('.');
    const auto octet = number_of(text.substr(0, dot), 10);
    if (!octet || *octet > 255) return std::nullopt;
    if (dot == std::string_view::npos && octets != 3) break;
    low = low << 8 | static_cast<std::uint32_t>(*octet);
    ++octets;
    if (dot == std::string_view::npos) break;
    text.remove_prefix(dot + 1);
    if (text.empty()) break;
  }
  if (octets == 0) return std::nullopt;
  const unsigned rest = 32U - 8U * static_cast<unsigned>(octets);
  if (rest == 0) return std::pair{low, low};
  low <<= rest;
  return std::pair{low, static_cast<std::uint32_t>(low | ((std::uint64_t{1} << rest) - 1))};
}

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

}  // namespace

bool text_matches(std::string_view needle, std::string_view text) {
  return std::search(text.begin(), text.end(), needle.begin(), needle.end(),
                     [](char a, char b) { return lower(a) == lower(b); }) != text.end();
}

TunnelMatch::TunnelMatch(const Model& model, std::string_view text) : model_(model), text_(text) {
  std::transform(text_.begin(), text_.end(), text_.begin(), lower);
  std::string_view digits = text_;
  decimal_ = number_of(digits, 10);
  if (digits.starts_with("0x")) digits.remove_prefix(2);
  if (digits.size() >= 3 || text_.starts_with("0x")) hex_ = number_of(digits, 16);
  if (text_.find('.') != std::string::npos) v4_ = v4_range(text_);
  looks_like_v6_ = text_.find(':') != std::string::npos;
  for (std::size_t i = 0; i < model.tunnels.link_count(); ++i) {
    const std::string name = model.links.name(model.tunnels.link_index(static_cast<std::uint16_t>(i)));
    link_matches_.push_back(!text_.empty() && name.starts_with(text_));
  }
  for (std::uint32_t i = 0; i < model.peers.limit(); ++i) {
    peer_matches_.push_back(model.peers[i].used && address_matches(model.peers[i].address));
  }
}

bool TunnelMatch::address_matches(const IpAddress& address) const {
  if (address.is_v4()) {
    if (!v4_) return false;
    const std::uint32_t value = address.to_v4();
    if (value < v4_->first || value > v4_->second) return false;
  } else if (!looks_like_v6_ || address.empty()) {
    return false;
  }
  char text[IpAddress::kMaxText];
  return std::string_view(text, address.write(text)).starts_with(text_);
}

bool TunnelMatch::operator()(RowId, const PackedTunnel& tunnel) const {
  if (decimal_ || hex_) {
    const auto is = [&](std::uint64_t teid) { return teid == decimal_ || teid == hex_; };
    if (tunnel.version0() ? is(tunnel.tid()) : is(tunnel.i_tei()) || is(tunnel.o_tei())) return true;
  }
  if (peer_matches_[tunnel.peer()] || link_matches_[tunnel.link()]) return true;
  return (v4_ || looks_like_v6_) && address_matches(tunnel.ms());
}

}  // namespace gtp::top
