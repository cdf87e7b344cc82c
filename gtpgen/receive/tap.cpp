// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtpgen/receive/tap.hpp"

#include <arpa/inet.h>
#include <linux/if_ether.h>
#include <linux/if_packet.h>
#include <net/if.h>
#include <sys/mman.h>
#include <sys/socket.h>

#include <algorithm>
#include <atomic>
#include <cstring>

#include "libcommon/util/setcap_hint.hpp"

namespace gtp::gen {
namespace {

constexpr unsigned kBlock = 1U << 20;
constexpr unsigned kBlocks = 32;
constexpr unsigned kFrame = 2048;  // means nothing to version 3 but has to divide the block
constexpr unsigned kRetireMs = 5;  // a block that does not fill is handed out after this time
// A packet's sockaddr_ll stands behind its header, aligned.
constexpr std::size_t kLinkAt = (sizeof(tpacket3_hdr) + TPACKET_ALIGNMENT - 1) / TPACKET_ALIGNMENT * TPACKET_ALIGNMENT;
constexpr std::size_t kRing = std::size_t{kBlock} * kBlocks;

template <typename T>
T load(const std::byte* at) noexcept {
  T value;
  std::memcpy(&value, at, sizeof value);
  return value;
}

// The status word of a block, which the kernel and we hand to each other.
std::atomic_ref<std::uint32_t> status_of(std::byte* block) noexcept {
  void* const at = block + offsetof(tpacket_block_desc, hdr) + offsetof(tpacket_hdr_v1, block_status);
  return std::atomic_ref<std::uint32_t>(*static_cast<std::uint32_t*>(at));
}

Error cannot(const std::string& iface) {
  Error error = Error::from_errno("cannot look at " + iface);
  if (error.code == ErrorCode::permission) error.hint = setcap_hint("cap_net_raw");
  return error;
}

}  // namespace

Result<std::unique_ptr<Tap>> Tap::open(const std::string& iface, Direction direction) {
  const unsigned index = ::if_nametoindex(iface.c_str());
  if (index == 0) return Error{ErrorCode::usage, errno, "no interface " + iface, "ip -br link"};
  // Protocol 0: nothing comes before the ring is there.
  Fd socket(::socket(AF_PACKET, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
  if (!socket) return cannot(iface);
  const int version = TPACKET_V3;
  tpacket_req3 request{};
  request.tp_block_size = kBlock;
  request.tp_block_nr = kBlocks;
  request.tp_frame_size = kFrame;
  request.tp_frame_nr = kBlock / kFrame * kBlocks;
  request.tp_retire_blk_tov = kRetireMs;
  if (::setsockopt(socket.value(), SOL_PACKET, PACKET_VERSION, &version, sizeof version) != 0 ||
      ::setsockopt(socket.value(), SOL_PACKET, PACKET_RX_RING, &request, sizeof request) != 0) {
    return cannot(iface);
  }
  void* const ring = ::mmap(nullptr, kRing, PROT_READ | PROT_WRITE, MAP_SHARED, socket.value(), 0);
  if (ring == MAP_FAILED) return cannot(iface);
  auto tap = std::unique_ptr<Tap>(new Tap(std::move(socket), static_cast<std::byte*>(ring), direction));
  sockaddr_ll address{};
  address.sll_family = AF_PACKET;
  address.sll_protocol = htons(ETH_P_ALL);
  address.sll_ifindex = static_cast<int>(index);
  const void* const name = &address;
  if (::bind(tap->fd(), static_cast<const sockaddr*>(name), sizeof address) != 0) return cannot(iface);
  tap->drops();
  tap->drops_ = 0;
  return tap;
}

Tap::~Tap() { ::munmap(ring_, kRing); }

bool Tap::wanted(std::uint8_t packet_type) const noexcept {
  switch (direction_) {
    case Direction::in:
      return packet_type != PACKET_OUTGOING;
    case Direction::out:
      return packet_type == PACKET_OUTGOING;
    case Direction::both:
      return true;
  }
  return true;
}

bool Tap::read(FunctionRef<void(const TapPacket&)> take) noexcept {
  std::byte* const block = ring_ + block_ * kBlock;
  if ((status_of(block).load(std::memory_order_acquire) & TP_STATUS_USER) == 0) return false;
  clock_.sample();
  const auto description = load<tpacket_block_desc>(block).hdr.bh1;
  std::size_t at = description.offset_to_first_pkt;
  for (std::uint32_t i = 0; i < description.num_pkts && at + sizeof(tpacket3_hdr) <= kBlock; ++i) {
    const auto header = load<tpacket3_hdr>(block + at);
    const auto link = load<sockaddr_ll>(block + at + kLinkAt);
    const std::size_t start = at + header.tp_net;
    const std::uint16_t protocol = ntohs(link.sll_protocol);
    if ((protocol == ETH_P_IP || protocol == ETH_P_IPV6) && wanted(link.sll_pkttype) && start <= kBlock) {
      const timespec stamp{static_cast<time_t>(header.tp_sec), static_cast<long>(header.tp_nsec)};
      take({slice(Bytes(block, kBlock), start, header.tp_snaplen), clock_.translate(stamp)});
    }
    if (header.tp_next_offset == 0) break;
    at += header.tp_next_offset;
  }
  status_of(block).store(TP_STATUS_KERNEL, std::memory_order_release);
  block_ = (block_ + 1) % kBlocks;
  return true;
}

std::uint64_t Tap::drops() noexcept {
  // Reading them sets them to zero.
  tpacket_stats_v3 statistics{};
  socklen_t length = sizeof statistics;
  if (::getsockopt(fd(), SOL_PACKET, PACKET_STATISTICS, &statistics, &length) == 0) drops_ += statistics.tp_drops;
  return drops_;
}

}  // namespace gtp::gen
