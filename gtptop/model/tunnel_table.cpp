// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtptop/model/tunnel_table.hpp"

#include <algorithm>
#include <bit>
#include <cassert>

#include "libcommon/util/hash.hpp"
#include "libcommon/util/seed.hpp"

namespace gtp::top {
namespace {

constexpr std::size_t kSmallestIndex = 1024;

// IPv4 in the low half; of IPv6 the first half, for what follows is the subscriber's own.
std::uint64_t pack_address(const IpAddress& address) noexcept {
  if (address.is_v4()) return address.to_v4();
  const Bytes octets = address.octets();
  return octets.size() == 16 ? load_u64(octets.data()) : 0;
}

IpAddress unpack_address(std::uint64_t packed, bool v6) noexcept {
  if (!v6) return IpAddress::v4(static_cast<std::uint32_t>(packed));
  std::array<std::byte, 16> octets{};
  for (std::size_t i = 0; i < 8; ++i) octets[i] = static_cast<std::byte>(packed >> (56 - 8 * i));
  return IpAddress::from(octets);
}

std::uint16_t upper_half(float value) noexcept {
  return static_cast<std::uint16_t>(std::bit_cast<std::uint32_t>(value) >> 16);
}

}  // namespace

IpAddress PackedTunnel::ms() const noexcept { return has(kHasMs) ? unpack_address(ms_, has(kInnerV6)) : IpAddress{}; }

std::optional<std::uint8_t> PackedTunnel::qfi() const noexcept {
  if (!has(kHasQfi)) return std::nullopt;
  return static_cast<std::uint8_t>(flags_ >> kQfiShift);
}

float PackedTunnel::drops_per_s() const noexcept {
  return std::bit_cast<float>(static_cast<std::uint32_t>(drop_rate_) << 16);
}

std::uint64_t PackedTunnel::ms_order() const noexcept {
  if (!has(kHasMs)) return 0;
  // The lowest bit of a /64 is lost: neighbours may change places.
  return has(kInnerV6) ? ms_ >> 1 | std::uint64_t{1} << 63 : ms_ + 1;
}

TunnelTable::TunnelTable() : seed_(process_seed()) {}
TunnelTable::TunnelTable(TunnelTable&&) noexcept = default;
TunnelTable& TunnelTable::operator=(TunnelTable&&) noexcept = default;
TunnelTable::~TunnelTable() = default;

std::size_t TunnelTable::memory_bytes() const noexcept {
  return chunks_.size() * kChunk * sizeof(PackedTunnel) + slots_ * sizeof(RowId);
}

TunnelKey TunnelTable::key(RowId row) const noexcept {
  const PackedTunnel& tunnel = (*this)[row];
  const bool v0 = tunnel.version0();
  return {v0 ? tunnel.tid() : tunnel.i_tei(), links_[tunnel.link()], static_cast<std::uint8_t>(v0 ? 0 : 1),
          static_cast<std::uint8_t>(tunnel.inner_v6() ? 1 : 0), 0};
}

std::size_t TunnelTable::home(const TunnelKey& key) const noexcept {
  const std::uint64_t rest = std::uint64_t{key.link} << 16 | std::uint64_t{key.version} << 8 | key.inner_v6;
  const std::uint64_t hash = mix64(mix64(seed_ ^ key.id) ^ rest);
  return static_cast<std::size_t>((hash >> 32) * slots_ >> 32);
}

std::size_t TunnelTable::slot_of(const TunnelKey& key) const noexcept {
  std::size_t slot = home(key);
  while (index_[slot] != kNoRow && this->key(index_[slot]) != key) slot = slot + 1 == slots_ ? 0 : slot + 1;
  return slot;
}

RowId TunnelTable::find(const TunnelKey& key) const noexcept { return slots_ == 0 ? kNoRow : index_[slot_of(key)]; }

void TunnelTable::grow_index() {
  const std::size_t slots = std::max(kSmallestIndex, slots_ + slots_ * 2 / 5);
  index_.reset();  // the rows know all that is in it, so old and new never stand side by side
  index_ = std::make_unique_for_overwrite<RowId[]>(slots);
  std::fill_n(index_.get(), slots, kNoRow);
  slots_ = slots;
  for (RowId row = 0; row < limit_; ++row) {
    if ((*this)[row].used()) index_[slot_of(key(row))] = row;
  }
}

void TunnelTable::read_counters(PackedTunnel& row, const TunnelSample& sample, std::uint64_t now_ms,
                                std::uint32_t min_gap_ms) {
  if (!sample.counters) return;
  const TunnelCounters& now = *sample.counters;
  const TunnelCounters& before = row.counters_;
  const bool first = !row.has_counters();
  const bool reset = !first && (now.up_packets < before.up_packets || now.dn_packets < before.dn_packets ||
                                now.up_bytes < before.up_bytes || now.dn_bytes < before.dn_bytes);
  const std::uint32_t gap_ms = row.age_ms(now_ms);
  if (!first && !reset) {
    if (gap_ms < std::max(min_gap_ms, 1U)) return;
    const float per_s = 1000.0F / static_cast<float>(gap_ms);
    row.up_bps_ = static_cast<float>(now.up_bytes - before.up_bytes) * 8 * per_s;
    row.dn_bps_ = static_cast<float>(now.dn_bytes - before.dn_bytes) * 8 * per_s;
    row.pps_ = static_cast<float>(now.up_packets - before.up_packets + now.dn_packets - before.dn_packets) * per_s;
    // A counter of 32 bits that wraps: the difference is right all the same.
    if (sample.drops && row.has_drops()) {
      row.drop_rate_ = upper_half(static_cast<float>(*sample.drops - row.drops_) * per_s);
    }
  }
  row.set(PackedTunnel::kHasRates, !first && !reset);
  row.set(PackedTunnel::kHasCounters, true);
  row.counters_ = now;
  row.sampled_ms_ = static_cast<std::uint32_t>(now_ms);
  if (sample.drops) {
    row.set(PackedTunnel::kHasDrops, true);
    row.drops_ = *sample.drops;
  }
}

TunnelTable::Updated TunnelTable::update(const TunnelSample& sample, std::uint32_t peer, std::uint64_t now_ms,
                                         std::uint32_t min_gap_ms) {
  if ((size_ + 1) * 8 > slots_ * 7) grow_index();
  const std::size_t slot = slot_of(sample.key);
  const bool added = index_[slot] == kNoRow;
  RowId row = index_[slot];
  if (added) {
    if (free_ != kNoRow) {
      row = free_;
      free_ = at(row).peer_;
    } else {
      if (limit_ % kChunk == 0) chunks_.push_back(std::make_unique<PackedTunnel[]>(kChunk));
      row = limit_++;
    }
    PackedTunnel& fresh = at(row) = PackedTunnel{};
    auto link = std::find(links_.begin(), links_.end(), sample.key.link);
    if (link == links_.end()) link = links_.insert(links_.end(), sample.key.link);
    fresh.link_ = static_cast<std::uint16_t>(link - links_.begin());
    fresh.set(PackedTunnel::kUsed, true);
    fresh.set(PackedTunnel::kVersion0, sample.key.version == 0);
    fresh.set(PackedTunnel::kInnerV6, sample.key.inner_v6 != 0);
    fresh.sampled_ms_ = static_cast<std::uint32_t>(now_ms);
    index_[slot] = row;
    ++size_;
  }
  PackedTunnel& tunnel = at(row);
  tunnel.id_ = sample.key.version == 0 ? sample.key.id : sample.key.id << 32 | sample.o_tei;
  tunnel.flow_ = sample.flow;
  tunnel.peer_ = peer;
  tunnel.set(PackedTunnel::kOnWireOnly, sample.presence == Presence::wire);
  tunnel.set(PackedTunnel::kSweep, sweep_);
  if (!sample.ms.empty()) {
    tunnel.ms_ = pack_address(sample.ms);
    tunnel.set(PackedTunnel::kHasMs, true);
  }
  if (sample.qfi) {
    const unsigned rest = tunnel.flags_ & ((1U << PackedTunnel::kQfiShift) - 1);
    tunnel.flags_ = static_cast<std::uint16_t>(rest | (*sample.qfi & 0x3fU) << PackedTunnel::kQfiShift);
    tunnel.set(PackedTunnel::kHasQfi, true);
  }
  if (sample.seen_s) tunnel.seen_s_ = static_cast<std::uint32_t>(*sample.seen_s);
  if (sample.created_s) tunnel.created_s_ = static_cast<std::uint32_t>(*sample.created_s);
  if (sample.counters) {
    read_counters(tunnel, sample, now_ms, min_gap_ms);
  } else if (!tunnel.has_counters()) {
    tunnel.sampled_ms_ = static_cast<std::uint32_t>(now_ms);
  }
  return {row, added};
}

void TunnelTable::remove_row(RowId row) noexcept {
  // The followers of the same run move back, so that no search stops before them.
  const auto distance = [&](std::size_t from, std::size_t to) { return to >= from ? to - from : to + slots_ - from; };
  std::size_t hole = slot_of(key(row));
  for (std::size_t slot = hole + 1 == slots_ ? 0 : hole + 1; index_[slot] != kNoRow;
       slot = slot + 1 == slots_ ? 0 : slot + 1) {
    if (distance(home(key(index_[slot])), slot) < distance(hole, slot)) continue;
    index_[hole] = index_[slot];
    hole = slot;
  }
  index_[hole] = kNoRow;
  PackedTunnel& tunnel = at(row);
  tunnel.flags_ = 0;
  tunnel.peer_ = free_;
  free_ = row;
  --size_;
}

bool TunnelTable::remove(const TunnelKey& key) noexcept {
  const RowId row = find(key);
  if (row == kNoRow) return false;
  remove_row(row);
  return true;
}

void TunnelTable::begin_sweep() noexcept {
  if (sweep_open_) {
    // What the one before has met counts for nothing.
    for (RowId row = 0; row < limit_; ++row) at(row).set(PackedTunnel::kSweep, !sweep_);
  } else {
    sweep_ = !sweep_;
  }
  sweep_open_ = true;
}

void TunnelTable::clear() noexcept {
  chunks_.clear();
  if (slots_ != 0) std::fill_n(index_.get(), slots_, kNoRow);
  size_ = 0;
  limit_ = 0;
  free_ = kNoRow;
}

}  // namespace gtp::top
