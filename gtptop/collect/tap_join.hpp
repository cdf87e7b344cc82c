// SPDX-License-Identifier: GPL-2.0-or-later
//
// TapJoin: which counts of a tap are of which tunnel of the kernel.
//
//   received    {an address of this host, TEID}    the tunnel with that I-TEI. Two links may both have one: then that
//                                                  of the same peer, which a kernel does not check
//   sent        {address, TEID}                    the tunnel with that peer and O-TEI
//
// A tunnel's counts are summed up over a sweep, for one of several local addresses has a key for each. Who changes peer
// or O-TEI keeps what was counted before. 140 octets for a tunnel. Pure; one thread.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "gtptop/model/link.hpp"
#include "gtptop/model/tunnel.hpp"
#include "libcommon/tap/tap.hpp"
#include "libcommon/util/flat_table.hpp"

namespace gtp::top {

// Addresses by number.
class AddressBook {
 public:
  std::uint32_t number(const IpAddress& address);
  std::optional<std::uint32_t> find(const IpAddress& address) const;
  const IpAddress& operator[](std::uint32_t number) const noexcept { return addresses_[number]; }
  std::uint32_t size() const noexcept { return static_cast<std::uint32_t>(addresses_.size()); }

 private:
  FlatTable<IpAddress, std::uint32_t> index_;
  std::vector<IpAddress> addresses_;
};

class TapJoin {
 public:
  // Whom a key that is counted no more belonged to, so that the tap forgets it.
  using Forget = FunctionRef<void(const tap::Key&)>;

  // What the kernel says.
  void tunnel(const TunnelSample& sample, Forget forget);
  void gone(const TunnelKey& key, Forget forget);
  void link_gone(std::uint32_t link, Forget forget);
  void begin_kernel_sweep() noexcept { ++kernel_sweep_; }
  // Tunnels that the sweep did not tell of are gone.
  void end_kernel_sweep(Forget forget);
  std::size_t tunnels() const noexcept { return tunnels_.size(); }

  // What the tap says, all of it in a sweep. False: it belongs to no tunnel.
  void begin_counts() noexcept { ++count_sweep_; }
  bool add(const tap::Count& count, std::uint32_t seen_s);
  bool knows(const tap::Count& count) const { return tunnel_of(count) != nullptr; }

  struct Sum {
    std::uint64_t rx_packets = 0;
    std::uint64_t rx_bytes = 0;
    std::uint64_t tx_packets = 0;
    std::uint64_t tx_bytes = 0;
    std::uint32_t seen_s = 0;  // 0: never

    TunnelCounters counters(LinkRole role) const noexcept;
  };
  // As of the last sweep; of GTPv0 nothing.
  std::optional<Sum> sum(const TunnelKey& key) const;
  // The same as of now: [find] asks the tap for a key.
  std::optional<Sum> sum_now(const TunnelKey& key, FunctionRef<std::optional<tap::Count>(const tap::Key&)> find,
                             FunctionRef<std::uint32_t(const tap::Count&)> seen_s) const;

 private:
  // A TEID here, and the link with the inner family in its lowest bit.
  struct Here {
    std::uint32_t i_tei = 0;
    std::uint32_t link = 0;
    friend bool operator==(const Here&, const Here&) = default;
  };
  // A TEID there, and the number of the peer with the inner family in its lowest bit.
  struct There {
    std::uint32_t o_tei = 0;
    std::uint32_t peer = 0;
    friend bool operator==(const There&, const There&) = default;
  };
  static constexpr std::uint32_t kNobody = UINT32_MAX;
  static constexpr std::uint32_t kSeveral = UINT32_MAX - 1;
  struct Tunnel {
    Sum now;
    std::uint64_t tx_packets_before = 0;  // of another peer or O-TEI
    std::uint64_t tx_bytes_before = 0;
    There there;
    std::uint32_t local = kNobody;  // number of the address that its packets come to
    std::uint32_t kernel_sweep = 0;
    std::uint32_t count_sweep = 0;
  };

  static Here here_of(const TunnelKey& key) noexcept;
  const Tunnel* received(const tap::Count& count) const;
  const Tunnel* tunnel_of(const tap::Count& count) const;
  void touch(Tunnel& tunnel) const noexcept;
  void forget_sent(const Here& here, const Tunnel& tunnel, Forget forget);
  void drop(const Here& here, const Tunnel& tunnel, Forget forget);
  tap::Key sent_key(const There& there) const;

  FlatTable<Here, Tunnel> tunnels_;
  FlatTable<There, Here> sent_;
  std::vector<std::uint32_t> links_;  // that have or had tunnels
  AddressBook peers_;
  AddressBook locals_;
  std::uint32_t kernel_sweep_ = 0;
  std::uint32_t count_sweep_ = 0;
};

}  // namespace gtp::top
