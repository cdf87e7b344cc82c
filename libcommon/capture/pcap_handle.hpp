// SPDX-License-Identifier: GPL-2.0-or-later
//
// Owners of libpcap's objects, for the two files that use it.
#pragma once

#include <pcap/pcap.h>

#include <memory>

#include "libcommon/packet/link_type.hpp"

namespace gtp::capture {

struct ClosePcap {
  void operator()(pcap_t* handle) const noexcept { ::pcap_close(handle); }
};
using PcapHandle = std::unique_ptr<pcap_t, ClosePcap>;

class BpfProgram {
 public:
  BpfProgram() = default;
  BpfProgram(const BpfProgram&) = delete;
  BpfProgram& operator=(const BpfProgram&) = delete;
  ~BpfProgram() { ::pcap_freecode(&program_); }
  bpf_program* raw() noexcept { return &program_; }

 private:
  bpf_program program_{};
};

// libpcap's own numbers (DLT_…) differ from those in files (LINKTYPE_…) for raw IP only, among the types we know.
inline int dlt_of(packet::LinkType type) noexcept {
  const bool raw = type == packet::LinkType::raw || type == packet::LinkType::raw_openbsd;
  return raw ? DLT_RAW : static_cast<int>(type);
}
inline packet::LinkType link_type_of(int dlt) noexcept {
  return dlt == DLT_RAW ? packet::LinkType::raw : static_cast<packet::LinkType>(dlt);
}

}  // namespace gtp::capture
