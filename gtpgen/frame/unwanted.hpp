// SPDX-License-Identifier: GPL-2.0-or-later
//
// UnwantedFrames: packets that a gateway should refuse, sent among the others to see what they cost it:
//
//   unknown-teid   a G-PDU whose TEID is none of the plan's; answered by Error Indication
//   bad-version    a G-PDU of GTP version 3
//   truncated      a G-PDU whose length says more than the datagram holds
//   echo           an Echo Request, which is wanted, but is signalling
//
// Their stamps are of run 0, which no run is: nobody takes them for packets that are waited for. The frames live in
// memory of this object until the next call of make(). One thread.
#pragma once

#include <array>

#include "gtpgen/frame/frame_template.hpp"

namespace gtp::gen {

class UnwantedFrames {
 public:
  UnwantedFrames(const TrafficPlan& traffic, const OuterStyle& style, const TunnelPlan& tunnels);

  // The [number]-th frame of [kind]. [outer] as in PacketFields.
  Bytes make(Unwanted kind, std::uint32_t number, const OuterHeader* outer) noexcept;

 private:
  TrafficPlan traffic_;
  OuterStyle style_;
  const TunnelPlan& tunnels_;
  FrameTemplate g_pdu_;
  std::vector<std::byte> message_;
  std::vector<std::byte> frame_;
};

}  // namespace gtp::gen
