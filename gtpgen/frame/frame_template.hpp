// SPDX-License-Identifier: GPL-2.0-or-later
//
// FrameTemplate: all frames of one size. What they share is made once; what differs from packet to packet is patched
// in:
//
//   outer addresses, source port | TEID, sequence number, QFI | inner addresses, port | stamp | all checksums over them
//
//   FrameTemplate frames(traffic, {.start = FrameStart::gtp}, 100);
//   frames.fill(slot);                 // once for each place in memory
//   frames.patch(slot, fields);        // for each packet; the slot may hold an older packet of this template
//
// Checksums are sums of the template plus what is patched in, so a packet costs the same at every size (fold.hpp).
// The payload behind the stamp is zeros. Immutable after it is made; any thread; nothing allocates in patch().
#pragma once

#include <vector>

#include "gtpgen/frame/outer.hpp"
#include "gtpgen/frame/stamp.hpp"
#include "gtpgen/plan/traffic_plan.hpp"
#include "gtpgen/plan/tunnel_plan.hpp"

namespace gtp::gen {

struct PacketFields {
  Tunnel tunnel;
  std::uint32_t flow = 0;  // below TrafficPlan::flows
  Stamp stamp;
  const OuterHeader* outer = nullptr;  // only where frames start at the link or network layer
};

// Where a frame has what; those who patch frames elsewhere want to know.
struct FrameLayout {
  std::size_t outer = 0;  // outer IP header; of places before the frame's start there is no use
  std::size_t gtp = 0;
  std::size_t inner = 0;
  std::size_t upper = 0;     // header behind the inner IP header
  std::size_t checksum = 0;  // of that
  std::size_t stamp = 0;
  InnerProtocol protocol = InnerProtocol::udp;
  Direction direction = Direction::uplink;
  bool inner_v6 = false;
  bool sequence_numbers = false;
  bool pdu_session = false;
  std::uint16_t ue_port = 0;  // of the first flow
};

class FrameTemplate {
 public:
  // [size] octets of inner IP packet, at least traffic.smallest_size(). FrameStart::payload wants plain UDP.
  FrameTemplate(const TrafficPlan& traffic, const OuterStyle& style, std::uint16_t size);

  // Of a whole frame, and of the inner packet in it.
  std::size_t length() const noexcept { return octets_.size(); }
  std::uint16_t inner_length() const noexcept { return size_; }

  // [slot] has length() octets.
  void fill(std::byte* slot) const noexcept;
  void patch(std::byte* slot, const PacketFields& fields) const noexcept;

  // The other end's address of [flow].
  IpAddress far_address(std::uint32_t flow) const noexcept;
  FrameLayout layout() const noexcept;

 private:
  struct Sums {
    std::uint64_t ip = 0;     // inner IPv4 header
    std::uint64_t upper = 0;  // inner UDP, TCP, ICMP with its pseudo header
    std::uint64_t outer = 0;  // outer UDP with its pseudo header
  };

  void write(const TrafficPlan& traffic);
  void write_upper(ByteWriter& out, const TrafficPlan& traffic) const noexcept;
  void add_up(const TrafficPlan& traffic) noexcept;
  std::uint64_t patch_upper(std::byte* slot, const PacketFields& fields, std::uint64_t sum) const noexcept;
  void patch_outer(std::byte* slot, const OuterHeader& outer, std::uint64_t changed) const noexcept;
  std::uint64_t patch_gtp(std::byte* slot, const PacketFields& fields) const noexcept;

  OuterStyle style_;
  std::uint16_t size_;
  InnerProtocol protocol_;
  Direction direction_;
  bool plain_;
  bool v6_;
  bool sequence_numbers_;
  bool pdu_session_;
  IpPrefix far_;
  IpAddress first_far_;
  std::uint16_t ue_port_;
  std::vector<std::byte> octets_;
  // Places in the frame. Those before the frame's start are not there and not looked at.
  std::size_t outer_at_ = 0;
  std::size_t gtp_at_ = 0;
  std::size_t inner_at_ = 0;
  std::size_t upper_at_ = 0;
  std::size_t stamp_at_ = 0;
  Sums sums_;
};

}  // namespace gtp::gen
