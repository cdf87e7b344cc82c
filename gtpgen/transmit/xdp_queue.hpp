// SPDX-License-Identifier: GPL-2.0-or-later
//
// XdpQueue: one transmit queue of an interface through an AF_XDP socket that only sends. Frames are copied into slots
// of memory that the kernel shares (UMEM); rings of descriptors go back and forth:
//
//   free slots ──copy──> TX ring ──kernel──> wire ──> completion ring ──> free slots
//
// With a driver that can (zero copy) the device reads the slots; otherwise the kernel copies each into a packet of its
// own, which works on every interface, veth among them. A driver says by XDP_USE_NEED_WAKEUP when it wants a system
// call. No XDP program is loaded: the interface receives as before.
//
// A queue belongs to one socket, and all that a thread sends goes through it. One thread.
#pragma once

#include <cstdint>
#include <memory>
#include <span>

#include "gtpgen/transmit/transmitter.hpp"
#include "libcommon/util/result.hpp"

namespace gtp::gen {

class XdpQueue {
 public:
  static constexpr std::uint32_t kMaxFrame = 4096;

  // [largest]: octets of the longest frame, kMaxFrame at most.
  static Result<std::shared_ptr<XdpQueue>> open(std::uint32_t link, std::uint32_t queue, std::uint32_t largest);
  ~XdpQueue();
  XdpQueue(const XdpQueue&) = delete;
  XdpQueue& operator=(const XdpQueue&) = delete;

  // As Transmitter::send(). Accepted frames are on the TX ring, and leave with this call or the next.
  SendResult send(std::span<const FrameRun> runs) noexcept;
  // Until the TX ring is empty; a tenth of a second at most.
  void flush() noexcept;

  bool zero_copy() const noexcept { return zero_copy_; }
  std::uint64_t calls() const noexcept { return calls_; }
  // Frames that the kernel took and the device refused.
  std::uint64_t dropped() const noexcept { return dropped_; }

 private:
  struct Rings;
  XdpQueue();

  Result<void> bind_once(const std::string& name, std::uint32_t queue, std::uint32_t slot_octets, std::uint16_t flags);
  Result<void> bind(const std::string& name, std::uint32_t queue, std::uint32_t slot_octets, std::uint16_t flags);
  bool put(const std::byte* frame, std::uint32_t length) noexcept;
  void reap() noexcept;
  // Tells the kernel. An errno when it does not go on, or 0.
  int kick() noexcept;

  std::unique_ptr<Rings> rings_;
  bool zero_copy_ = false;
  std::uint64_t calls_ = 0;
  std::uint64_t dropped_ = 0;
};

}  // namespace gtp::gen
