// SPDX-License-Identifier: GPL-2.0-or-later
#include "libcommon/packet/reassembler.hpp"

#include <algorithm>

#include "libcommon/util/hash.hpp"

namespace gtp::packet {
namespace {

constexpr std::uint32_t kMaxDatagram = 65535;
// Fragments carry at least 8 octets each and in practice more than a thousand; this bounds the work per fragment.
constexpr std::size_t kMaxPieces = 1024;

}  // namespace

struct Reassembler::Datagram {
  // Octets [from, to) have arrived. Pieces are sorted and do not overlap.
  struct Piece {
    std::uint32_t from;
    std::uint32_t to;
  };
  struct Source {
    std::uint32_t offset;
    std::uint64_t frame;
  };

  Key key;
  std::uint64_t time_ns = 0;  // of the first fragment that came
  FragmentInfo first;
  bool has_first = false;
  std::uint32_t total = 0;  // 0: the last fragment has not come
  std::uint32_t present = 0;
  std::vector<std::byte> octets;
  std::vector<Piece> pieces;
  std::vector<Source> sources;

  bool complete() const noexcept { return has_first && total != 0 && present == total; }
  std::size_t memory() const noexcept {
    return sizeof(Datagram) + octets.capacity() + pieces.capacity() * sizeof(Piece) +
           sources.capacity() * sizeof(Source);
  }

  // False: the fragment contradicts the others.
  bool insert(const FragmentInfo& fragment, std::uint64_t frame);

 private:
  void fill(std::uint32_t from, Bytes data);
};

// Copies those octets of [data] that are not there yet, so that the first to arrive win.
void Reassembler::Datagram::fill(std::uint32_t from, Bytes data) {
  const auto to = static_cast<std::uint32_t>(from + data.size());
  if (octets.size() < to) octets.resize(to);
  auto copy = [&](std::uint32_t begin, std::uint32_t end) {
    std::copy_n(data.begin() + (begin - from), end - begin, octets.begin() + begin);
    present += end - begin;
  };
  // The pieces that touch [from, to) become one with it.
  const auto begin = std::lower_bound(pieces.begin(), pieces.end(), from,
                                      [](const Piece& piece, std::uint32_t at) { return piece.to < at; });
  auto end = begin;
  Piece merged{from, to};
  std::uint32_t at = from;
  for (; end != pieces.end() && end->from <= to; ++end) {
    if (at < end->from) copy(at, end->from);
    at = std::max(at, end->to);
    merged.from = std::min(merged.from, end->from);
    merged.to = std::max(merged.to, end->to);
  }
  if (at < to) copy(at, to);
  pieces.insert(pieces.erase(begin, end), merged);
}

bool Reassembler::Datagram::insert(const FragmentInfo& fragment, std::uint64_t frame) {
  if (fragment.offset > kMaxDatagram || fragment.payload.size() > kMaxDatagram - fragment.offset) return false;
  const auto end = static_cast<std::uint32_t>(fragment.offset + fragment.payload.size());
  if (!fragment.more) {
    if ((total != 0 && total != end) || (!pieces.empty() && pieces.back().to > end)) return false;
    total = end;
  } else if (total != 0 && end > total) {
    return false;
  }
  if (sources.size() >= kMaxPieces) return false;
  if (fragment.offset == 0 && !has_first) {
    has_first = true;
    first = fragment;
  }
  sources.push_back({fragment.offset, frame});
  if (!fragment.payload.empty()) fill(fragment.offset, fragment.payload);
  return true;
}

std::size_t Reassembler::KeyHash::operator()(const Key& key) const noexcept {
  std::uint64_t h = mix64(key.src.hash() ^ key.scope);
  h = mix64(h ^ key.dst.hash());
  return static_cast<std::size_t>(
      mix64(h ^ (std::uint64_t{key.id} << 9 | std::uint64_t{key.protocol} << 1 | key.inner)));
}

Reassembler::Reassembler(ReassemblerLimits limits) : limits_(limits) {}
Reassembler::~Reassembler() = default;

void Reassembler::drop(Datagrams::iterator datagram) {
  octets_ -= datagram->memory();
  by_key_.erase(datagram->key);
  datagrams_.erase(datagram);
}

void Reassembler::make_room(std::uint64_t time_ns) {
  auto too_old = [&](const Datagram& oldest) {
    return time_ns > oldest.time_ns && time_ns - oldest.time_ns > limits_.max_age_ns;
  };
  while (!datagrams_.empty() &&
         (datagrams_.size() > limits_.max_datagrams || octets_ > limits_.max_octets || too_old(datagrams_.front()))) {
    drop(datagrams_.begin());
    ++dropped_;
  }
}

bool Reassembler::add(const FragmentInfo& fragment, std::uint64_t scope, std::uint64_t frame, std::uint64_t time_ns,
                      Reassembled& out) {
  make_room(time_ns);
  Key key{fragment.src, fragment.dst, fragment.id, fragment.protocol, fragment.inner, scope};
  if (fragment.src.is_v6()) key.protocol = 0;

  auto [found, is_new] = by_key_.try_emplace(key);
  if (is_new) {
    Datagram& fresh = datagrams_.emplace_back();
    fresh.key = key;
    fresh.time_ns = time_ns;
    octets_ += fresh.memory();
    found->second = std::prev(datagrams_.end());
  }
  const auto datagram = found->second;
  octets_ -= datagram->memory();
  const bool consistent = datagram->insert(fragment, frame);
  octets_ += datagram->memory();
  if (!consistent) {
    drop(datagram);
    ++dropped_;
    return false;
  }
  if (!datagram->complete()) {
    make_room(time_ns);
    return false;
  }

  std::stable_sort(datagram->sources.begin(), datagram->sources.end(),
                   [](const auto& a, const auto& b) { return a.offset < b.offset; });
  out.frames.clear();
  for (const auto& source : datagram->sources) out.frames.push_back(source.frame);
  out.buffer = std::make_unique<std::byte[]>(datagram->total);
  std::copy_n(datagram->octets.begin(), datagram->total, out.buffer.get());
  out.first = datagram->first;
  out.first.more = false;
  out.first.payload = Bytes(out.buffer.get(), datagram->total);
  out.first.payload_offset = 0;
  drop(datagram);
  return true;
}

}  // namespace gtp::packet
