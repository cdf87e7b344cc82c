// SPDX-License-Identifier: GPL-2.0-or-later
//
// TunnelPlan: which tunnels a run uses, from one to a million. A range computes each tunnel from its index and costs
// nothing; tunnels from a file cost 4 octets for the TEID, 4 or 16 for the subscriber's address, and 4, 1 and 2 more
// for peers, QFIs and source ports where the file has them.
//
// The subscriber's addresses of a range are those of a prefix, one after the other: from its own address on, or from
// the first host when it has no host part. An IPv6 prefix of 64 bits or less with enough networks in it gives each
// tunnel a /64 of its own, as networks do (TS 23.401, 5.3.1.2.2); its host is ::1.
//
// Immutable after it is made; any thread.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gtpgen/plan/permutation.hpp"
#include "libcommon/util/ip.hpp"
#include "libcommon/util/result.hpp"

namespace gtp::gen {

inline constexpr std::uint32_t kMaxTunnels = 1'000'000;

struct Tunnel {
  std::uint32_t index = 0;
  std::uint32_t teid = 0;
  IpAddress ue;
  std::uint8_t qfi = 0;
  std::uint32_t peer = 0;  // of TunnelPlan::peers(); 0 where there are none
};

// START[+STEP]: consecutive tunnels get START, START+STEP, …
struct TeidRange {
  std::uint32_t start = 1;
  std::uint32_t step = 1;

  static std::optional<TeidRange> parse(std::string_view text) noexcept;
};

class TunnelPlan {
 public:
  struct Range {
    std::uint32_t count = 1;
    TeidRange teids;
    IpPrefix ue;
    std::vector<std::uint8_t> qfis;  // given out in turn; empty: 0
    Permutation::Kind order = Permutation::Kind::sequential;
    std::uint32_t stride = 1;
    std::uint64_t seed = 1;
  };

  // The default of --ue: 10.45.0.0/16, or 10.0.0.0/8 when that is too small; fd45::/32.
  static IpPrefix default_ue(int ip_version, std::uint32_t count) noexcept;

  static Result<TunnelPlan> from_range(Range range);

  // Lines `teid,peer,ue_ip[,qfi][,sport]`. A first line of column names, empty lines and those that start with # are
  // skipped. An empty peer is the run's target. [name] is for messages, [range] says order and seed; its QFIs
  // stand in for a missing column.
  static Result<TunnelPlan> from_csv(std::string_view text, const std::string& name, const Range& range);
  static Result<TunnelPlan> from_file(const std::string& path, const Range& range);

  std::uint32_t count() const noexcept { return order_.count(); }
  Tunnel tunnel(std::uint32_t index) const noexcept;
  // Which tunnel is the [position]-th to be used.
  std::uint32_t at(std::uint32_t position) const noexcept { return order_(position); }

  // A TEID that no tunnel has; another one for each [number], as far as there are more.
  std::uint32_t foreign_teid(std::uint32_t number) const noexcept;

  int ip_version() const noexcept { return version_; }
  // The peers that a file names, each once; peers()[0] is empty: the target. Empty when all go to the target.
  const std::vector<IpAddress>& peers() const noexcept { return peers_; }
  // The source ports that a file names, each once, and of each tunnel which; empty: not named.
  const std::vector<std::uint16_t>& source_ports() const noexcept { return ports_; }
  std::uint16_t source_port_index(std::uint32_t index) const noexcept { return port_of_[index]; }

  const Range& range() const noexcept { return range_; }
  bool from_list() const noexcept { return !teids_.empty(); }
  // Octets for each tunnel that this plan takes.
  std::size_t octets_per_tunnel() const noexcept;

 private:
  friend class TunnelReader;
  void finish();  // order and foreign TEIDs, when all tunnels are there

  Range range_;
  Permutation order_;
  int version_ = 4;
  std::uint32_t first_ue4_ = 0;  // of an IPv4 range
  std::uint32_t first_foreign_ = 0;
  std::uint32_t foreign_count_ = 0;
  std::vector<std::uint32_t> teids_;
  std::vector<std::uint32_t> ue4_;
  std::vector<std::array<std::byte, 16>> ue6_;
  std::vector<std::uint32_t> peer_of_;
  std::vector<std::uint8_t> qfi_of_;
  std::vector<std::uint16_t> port_of_;
  std::vector<IpAddress> peers_;
  std::vector<std::uint16_t> ports_;
};

// [prefix] counted up by [index], see above.
IpAddress ue_address(const IpPrefix& prefix, std::uint32_t index, std::uint32_t count) noexcept;

}  // namespace gtp::gen
