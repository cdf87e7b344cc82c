// SPDX-License-Identifier: GPL-2.0-or-later
//
// BpfFilter: an expression of pcap-filter(7), applied to packets of files. Live captures filter in the kernel instead
// (LiveOptions::filter). The expression is compiled for each link type when the first packet of it comes.
// One thread at a time.
#pragma once

#include <memory>
#include <string>

#include "libcommon/capture/source.hpp"

namespace gtp::capture {

class BpfFilter {
 public:
  // Fails when the expression makes no sense on Ethernet.
  static Result<BpfFilter> compile(std::string expression);
  BpfFilter(BpfFilter&&) noexcept;
  BpfFilter& operator=(BpfFilter&&) noexcept;
  ~BpfFilter();

  // An Error when the expression asks for what the packet's link type does not have ("ether host" on raw IP).
  Result<bool> matches(const RawPacket& packet);

 private:
  struct Programs;
  explicit BpfFilter(std::unique_ptr<Programs> programs);
  std::unique_ptr<Programs> programs_;
};

// Everything that gtpdump decodes: the ports of GTP-C, GTP-U, GTPv0/GTP' and PFCP and [more_ports], and fragments,
// which have no ports; on Ethernet also in one VLAN. (libpcap cannot say "vlan" on other links.)
std::string gtp_port_filter(packet::LinkType link_type, const std::vector<std::uint16_t>& more_ports = {});

}  // namespace gtp::capture
