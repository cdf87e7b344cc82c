// SPDX-License-Identifier: GPL-2.0-or-later
//
// Feed: frames through decoder, assembler and tracker as the program does it, one by one, with the items kept.
#pragma once

#include <deque>
#include <string_view>

#include "gtpdump/track/assembler.hpp"
#include "gtpdump/track/tracker.hpp"
#include "libcommon/packet/decoder.hpp"
#include "tests/support/frame_builder.hpp"

namespace gtp::dump::test {

using gtp::test::Octets;

inline constexpr std::uint64_t kMillisecond = 1'000'000;
inline constexpr std::uint64_t kSecond = 1'000'000'000;

struct Route {
  std::string_view src = "10.0.0.1";
  std::string_view dst = "10.0.0.2";
  std::uint16_t src_port = 2123;
  std::uint16_t dst_port = 2123;
  Route back() const { return {dst, src, dst_port, src_port}; }
};
inline Route user_plane(std::string_view src, std::string_view dst) { return {src, dst, 2152, 2152}; }
inline Route n4(std::string_view src, std::string_view dst) { return {src, dst, 8805, 8805}; }

inline Octets datagram(const Route& route, const Octets& payload) {
  using namespace gtp::test;
  return ethernet(ipv4(17, udp(route.src_port, route.dst_port, payload), {.src = route.src, .dst = route.dst}));
}

// The T-PDU of a G-PDU between two hosts.
inline Octets t_pdu(std::string_view src, std::string_view dst, std::size_t payload = 32) {
  using namespace gtp::test;
  return ipv4(17, udp(5000, 53, counting(payload)), {.src = src, .dst = dst});
}

class Feed {
 public:
  Feed() : assembler_(decoder_) {}

  // Time goes on by 1 ms per frame unless wait() is called.
  Item& frame(Octets octets) {
    octets_.push_back(std::move(octets));
    batches_.emplace_back();
    Item& item = items_.emplace_back();
    item.frame = items_.size();
    item.raw.time_ns = now_ns_ += kMillisecond;
    item.raw.octets = octets_.back();
    item.raw.wire_length = static_cast<std::uint32_t>(octets_.back().size());
    item.first_time_ns = items_.front().raw.time_ns;
    item.previous_time_ns = items_.size() > 1 ? items_[items_.size() - 2].raw.time_ns : item.raw.time_ns;
    decoder_.decode(item.raw.link_type, item.raw.octets, item.raw.wire_length, item.packet);
    if (item.packet.has_fragment) assembler_.complete(item, batches_.back());
    tracker.track(item);
    return item;
  }
  Item& operator()(const Route& route, const Octets& message) { return frame(datagram(route, message)); }
  void wait(std::uint64_t ns) { now_ns_ += ns; }
  std::uint64_t now_ns() const { return now_ns_; }

  // Session of a G-PDU sent now.
  SessionInfo session_of_g_pdu(std::string_view src, std::string_view dst, std::uint32_t teid,
                               const Octets& inner = t_pdu("10.45.0.7", "198.51.100.9")) {
    const Item& item = (*this)(user_plane(src, dst), gtp::test::gtpu(255, teid, inner));
    return item.annotations.empty() ? SessionInfo{} : item.annotations[0].session;
  }

  const std::deque<Item>& items() const { return items_; }
  Tracker tracker;

 private:
  packet::Decoder decoder_;
  Assembler assembler_;
  std::uint64_t now_ns_ = 1'700'000'000 * kSecond;
  std::deque<Octets> octets_;
  std::deque<Batch> batches_;
  std::deque<Item> items_;
};

inline std::string digits(PackedDigits packed) {
  std::array<char, 16> text{};
  return {text.data(), packed.write(text.data())};
}
inline const SessionInfo& session(const Item& item) { return item.annotations.at(0).session; }
inline const TransactionInfo& transaction(const Item& item) { return item.annotations.at(0).transaction; }
inline IpAddress ip(std::string_view text) { return IpAddress::parse(text).value(); }

}  // namespace gtp::dump::test
