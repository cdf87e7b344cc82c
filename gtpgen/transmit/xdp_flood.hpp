// SPDX-License-Identifier: GPL-2.0-or-later
//
// XdpFlood: packets that a BPF program makes and sends inside the kernel ("XDP live frames", Linux 5.18): one system
// call sends hundreds of thousands, past sockets, buffers and queueing disciplines. For sending as fast as possible and
// nothing else: a call takes some 20 ms to begin, and has no pace.
//
// Each packet has the TEID, QFI, subscriber, source port, sequence numbers, stamp and checksums that it would have by
// any other way. What all packets share is fixed: one size, one outer source and destination, one address at the far
// end, nothing unwanted.
//
//   FloodPlan ──> [ plan ] ─┐
//   FloodTunnel ─> [ table ]─┴─> flood (BPF) ── redirect ──> interface ──> tracepoint: taken, or dropped
//
// The interface must accept redirected frames (ndo_xdp_xmit); of a veth, the peer must run XDP, or GRO. The tracepoint
// xdp_devmap_xmit says what it took, so that a packet that was lost here is known to be.
//
// Wants CAP_BPF, CAP_NET_ADMIN and CAP_PERFMON, or root. One thread; interrupt() and counts() may be another's.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "gtpgen/frame/frame_template.hpp"
#include "libcommon/util/result.hpp"

namespace gtp::gen {

struct FloodTunnel {
  Tunnel tunnel;
  std::uint32_t stream = 0;
  std::uint16_t source_port = 0;
};

struct FloodPlan {
  std::uint32_t link = 0;                // interface index
  const FrameTemplate* frame = nullptr;  // starts at the link layer
  OuterHeader outer;
  std::uint32_t flows = 1;
  std::uint16_t run = 0;
  std::uint64_t epoch_ns = 0;
  std::uint64_t end_ns = UINT64_MAX;
  std::uint64_t limit = UINT64_MAX;  // packets
};

struct FloodCounts {
  std::uint64_t packets = 0;  // that were made, each with a number of its own
  std::uint64_t sent = 0;     // of them, those that the interface has taken
};

class XdpFlood {
 public:
  // [tunnels] in the order in which they send.
  static Result<std::unique_ptr<XdpFlood>> open(std::span<const FloodTunnel> tunnels);
  ~XdpFlood();
  XdpFlood(const XdpFlood&) = delete;
  XdpFlood& operator=(const XdpFlood&) = delete;

  // From here on packets are of [plan], and numbers begin at 0.
  void prepare(const FloodPlan& plan);
  // At most [packets], by one call. An errno, or 0.
  int send(std::uint32_t packets);
  // The next packet as the program makes it of the octets in [page], and sent nowhere; for tests. An errno, or 0.
  int make(std::span<std::byte> page);
  // send() returns soon.
  void interrupt() noexcept;

  // So far; exact when send() has returned.
  FloodCounts counts() const noexcept;
  // How many packets the [entry]-th tunnel was sent.
  std::uint64_t sent(std::size_t entry) const noexcept;

 private:
  struct Program;
  explicit XdpFlood(std::unique_ptr<Program> program);

  std::unique_ptr<Program> program_;
  std::vector<std::byte> frame_;
};

}  // namespace gtp::gen
