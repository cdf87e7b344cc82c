// SPDX-License-Identifier: GPL-2.0-or-later
#include "libcommon/tap/object.hpp"

#include <arpa/inet.h>

#include <algorithm>
#include <array>
#include <cstring>

#include "libcommon/tap/gtpu_counters.bpf.hpp"

namespace gtp::tap {
namespace {

template <std::size_t N>
IpAddress address_of(const std::uint32_t (&words)[N], bool v6) noexcept {
  std::array<std::byte, 16> octets{};
  std::memcpy(octets.data(), words, sizeof words);
  return IpAddress::from(Bytes(octets).first(v6 ? 16 : 4));
}

template <std::size_t N>
void put_address(std::uint32_t (&words)[N], const IpAddress& address) noexcept {
  const Bytes octets = address.octets();
  std::memcpy(words, octets.data(), std::min(octets.size(), sizeof words));
}

// "::ffff:192.0.2.1" is 192.0.2.1.
IpAddress unmapped(const std::uint32_t (&words)[4]) noexcept {
  if (words[0] != 0 || words[1] != 0 || words[2] != htonl(0xffff)) return address_of(words, true);
  return IpAddress::v4(ntohl(words[3]));
}

std::uint64_t idle(std::uint64_t seen_ns, std::uint64_t now_ns) noexcept {
  return now_ns > seen_ns ? now_ns - seen_ns : 0;
}

std::uint32_t flags_of(const Key& key) noexcept {
  std::uint32_t flags = 0;
  if (key.out) flags |= GTPU_OUT;
  if (key.inner_v6) flags |= GTPU_INNER_V6;
  return flags;
}

Count plain(std::uint32_t flags, const gtpu_count& count, std::uint64_t now_ns) noexcept {
  Count out;
  out.key.out = (flags & GTPU_OUT) != 0;
  out.key.inner_v6 = (flags & GTPU_INNER_V6) != 0;
  out.packets = count.packets;
  out.bytes = count.bytes;
  out.idle_ns = idle(count.seen_ns, now_ns);
  out.age_ns = std::uint64_t{static_cast<std::uint32_t>(now_ns / 1'000'000) - count.made_ms} * 1'000'000;
  // Until it is learned the direction is all there is.
  out.up = (count.info & GTPU_LEARNED) != 0 ? (count.info & GTPU_UP) != 0 : !out.key.out;
  if ((count.info & GTPU_HAS_MS) != 0) out.ms = address_of(count.ms, false);
  if ((count.info & GTPU_HAS_MS) != 0 && out.key.inner_v6) {
    const std::uint32_t words[4] = {count.ms[0], count.ms[1], 0, 0};
    out.ms = address_of(words, true);
  }
  if ((count.info & GTPU_HAS_QFI) != 0) out.qfi = count.qfi;
  return out;
}

}  // namespace

Bytes compiled_filter() noexcept { return std::as_bytes(std::span(bpf::kGtpuCounters)); }

gtpu_key4 key4_of(const Key& key) noexcept {
  gtpu_key4 out{};
  out.to = htonl(key.to.to_v4());
  out.teid = htonl(key.teid);
  out.flags = flags_of(key);
  return out;
}

gtpu_key6 key6_of(const Key& key) noexcept {
  gtpu_key6 out{};
  put_address(out.to, key.to);
  out.teid = htonl(key.teid);
  out.flags = flags_of(key);
  return out;
}

Count count_of(const gtpu_key4& key, const gtpu_count& count, std::uint64_t now_ns) noexcept {
  Count out = plain(key.flags, count, now_ns);
  out.key.to = IpAddress::v4(ntohl(key.to));
  out.key.teid = ntohl(key.teid);
  out.from = IpAddress::v4(ntohl(count.from[0]));
  return out;
}

Count count_of(const gtpu_key6& key, const gtpu_count& count, std::uint64_t now_ns) noexcept {
  Count out = plain(key.flags, count, now_ns);
  out.key.to = address_of(key.to, true);
  out.key.teid = ntohl(key.teid);
  out.from = address_of(count.from, true);
  return out;
}

Signals signals_of(const gtpu_pair& pair, const gtpu_signals& count, std::uint64_t now_ns) noexcept {
  Signals out;
  out.from = unmapped(pair.from);
  out.to = unmapped(pair.to);
  out.out = (pair.flags & GTPU_OUT) != 0;
  out.echo_requests = count.echo_requests;
  out.echo_responses = count.echo_responses;
  out.error_indications = count.error_indications;
  out.end_markers = count.end_markers;
  out.others = count.others;
  out.idle_ns = idle(count.seen_ns, now_ns);
  return out;
}

}  // namespace gtp::tap
