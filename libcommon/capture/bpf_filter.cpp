// SPDX-License-Identifier: GPL-2.0-or-later
#include "libcommon/capture/bpf_filter.hpp"

#include <algorithm>
#include <vector>

#include "libcommon/capture/pcap_handle.hpp"
#include "libcommon/capture/record_source.hpp"

namespace gtp::capture {

struct BpfFilter::Programs {
  struct One {
    packet::LinkType link_type;
    BpfProgram program;
  };

  std::string expression;
  std::vector<std::unique_ptr<One>> all;

  Result<const bpf_insn*> find(packet::LinkType link_type);
};

Result<const bpf_insn*> BpfFilter::Programs::find(packet::LinkType link_type) {
  for (const std::unique_ptr<One>& one : all) {
    if (one->link_type == link_type) return static_cast<const bpf_insn*>(one->program.raw()->bf_insns);
  }
  const PcapHandle handle(::pcap_open_dead(dlt_of(link_type), static_cast<int>(kMaxFrameBytes)));
  if (!handle) return Error{ErrorCode::failed, ENOMEM, "no memory for the filter", {}};
  auto one = std::make_unique<One>();
  one->link_type = link_type;
  if (::pcap_compile(handle.get(), one->program.raw(), expression.c_str(), 1, PCAP_NETMASK_UNKNOWN) != 0) {
    return Error{ErrorCode::usage, 0, "capture filter '" + expression + "': " + ::pcap_geterr(handle.get()),
                 "man pcap-filter"};
  }
  all.push_back(std::move(one));
  return static_cast<const bpf_insn*>(all.back()->program.raw()->bf_insns);
}

BpfFilter::BpfFilter(std::unique_ptr<Programs> programs) : programs_(std::move(programs)) {}
BpfFilter::BpfFilter(BpfFilter&&) noexcept = default;
BpfFilter& BpfFilter::operator=(BpfFilter&&) noexcept = default;
BpfFilter::~BpfFilter() = default;

Result<BpfFilter> BpfFilter::compile(std::string expression) {
  auto programs = std::make_unique<Programs>();
  programs->expression = std::move(expression);
  if (Result<const bpf_insn*> good = programs->find(packet::LinkType::ethernet); !good) return good.error();
  return BpfFilter(std::move(programs));
}

Result<bool> BpfFilter::matches(const RawPacket& packet) {
  Result<const bpf_insn*> program = programs_->find(packet.link_type);
  if (!program) return std::move(program).error();
  const auto* const octets = static_cast<const u_char*>(static_cast<const void*>(packet.octets.data()));
  return ::bpf_filter(*program, octets, packet.wire_length, static_cast<u_int>(packet.octets.size())) != 0;
}

std::string gtp_port_filter(packet::LinkType link_type, const std::vector<std::uint16_t>& more_ports) {
  std::string ports = "udp port 2152 or udp port 2123 or udp port 3386 or udp port 8805 or tcp port 3386";
  for (const std::uint16_t port : more_ports) ports += " or udp port " + std::to_string(port);
  // All but the first fragment of IPv4 have an offset; those of IPv6 have a fragment header (44), the first included.
  const std::string all = "(" + ports + " or ip[6:2] & 0x1fff != 0 or ip6 proto 44)";
  if (link_type != packet::LinkType::ethernet) return all;
  // "vlan" moves the offsets of all that follows it, so it has to be last.
  return all + " or (vlan and " + all + ")";
}

}  // namespace gtp::capture
