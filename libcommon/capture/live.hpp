// SPDX-License-Identifier: GPL-2.0-or-later
//
// Packets from an interface, through libpcap. They are copied out of the kernel's ring into blocks, so batches live
// as long as those of a file. next() never waits longer than LiveOptions::timeout and returns an empty batch then.
// One thread at a time.
#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include "libcommon/capture/source.hpp"

namespace gtp::capture {

struct LiveOptions {
  std::string interface = "any";
  std::string filter;  // pcap-filter(7), applied by the kernel
  // Without [filter]: only what gtpdump decodes (gtp_port_filter()), with these ports as well.
  bool gtp_only = false;
  std::vector<std::uint16_t> more_ports;
  bool promiscuous = false;
  // Each packet at once, at a wake-up each. Else the kernel hands out blocks of packets, at most 100 ms old.
  bool immediate = false;
  std::uint32_t snap_length = 262'144;
  std::uint32_t buffer_bytes = 0;  // the kernel's ring; 0: libpcap's 2 MiB
  std::chrono::milliseconds timeout{250};
  int wake_fd = -1;  // readable: next() ends the capture (sys::Signals::wake_fd())
};

struct LiveStatistics {
  std::uint64_t received = 0;              // passed the filter
  std::uint64_t dropped_by_kernel = 0;     // no room in the ring: we were too slow
  std::uint64_t dropped_by_interface = 0;  // by the network card or its driver
};

class LiveSource : public PacketSource {
 public:
  // Since the capture was opened; valid after its end.
  virtual Result<LiveStatistics> statistics() = 0;
};

// Error codes: permission (with the setcap line as hint), nothing (no such interface, or it is down; hint: the nearest
// name), usage (the filter).
Result<std::unique_ptr<LiveSource>> open_live(const LiveOptions& options);

// The interfaces of this network namespace.
std::vector<std::string> interface_names();

}  // namespace gtp::capture
