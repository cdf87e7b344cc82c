// SPDX-License-Identifier: GPL-2.0-or-later
//
// The kernel's tunnels that `gtpgen tunnel` makes and removes: which ones (Provision), and the work itself over a
// GtpClient, in batches, without a list of them in memory. One thread.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "gtpgen/plan/tunnel_plan.hpp"
#include "libcommon/netlink/gtp_client.hpp"
#include "libcommon/netlink/link.hpp"

namespace gtp::gen {

// What every tunnel of a plan has besides its TEID, its subscriber and its QFI.
struct TunnelShape {
  netlink::GtpVersion version = netlink::GtpVersion::v1;
  netlink::PduType pdu_type = netlink::PduType::downlink;
  std::vector<IpAddress> peers;         // given out in turn
  std::optional<TeidRange> peer_teids;  // of packets sent; else those of packets received
  std::uint16_t flow = 0;               // GTPv0's flow label
  bool flow_port = false;
};

class Provision {
 public:
  Provision(TunnelPlan plan, TunnelShape shape) : plan_(std::move(plan)), shape_(std::move(shape)) {}

  std::uint32_t count() const noexcept { return plan_.count(); }
  const TunnelPlan& plan() const noexcept { return plan_; }
  const TunnelShape& shape() const noexcept { return shape_; }

  netlink::Tunnel tunnel(std::uint32_t index, std::uint32_t link) const;
  netlink::TunnelKey key(std::uint32_t index, std::uint32_t link) const;

 private:
  TunnelPlan plan_;
  TunnelShape shape_;
};

struct Outcome {
  std::uint64_t done = 0;
  std::uint64_t failed = 0;
  std::vector<std::uint32_t> failures;  // which ones, in order
  std::string first_failure;            // "TEID 0x00000005: …"
  bool interrupted = false;
};
// Asked every thousand tunnels: true ends the work.
using Stop = std::function<bool()>;

Result<Outcome> add_tunnels(netlink::GtpClient& client, std::uint32_t link, const Provision& provision,
                            const Stop& stop);
// Those that are not there count as failed.
Result<Outcome> remove_tunnels(netlink::GtpClient& client, std::uint32_t link, const Provision& provision,
                               const Stop& stop);
// Only those that add_tunnels() made, as its outcome tells: the others are somebody else's.
Result<Outcome> take_back(netlink::GtpClient& client, std::uint32_t link, const Provision& provision,
                          const Outcome& added);
// All that the filter selects, as they are found: what others add meanwhile may stay.
Result<Outcome> flush_tunnels(netlink::GtpClient& client, const netlink::TunnelFilter& filter, const Stop& stop);

}  // namespace gtp::gen
