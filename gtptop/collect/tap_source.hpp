// SPDX-License-Identifier: GPL-2.0-or-later
//
// TapSource: another source, of which it tells all, and what a tap (libcommon/tap) counts besides:
//
//   tunnels of the kernel       their counters, where the kernel has none: mainline's module
//   G-PDUs of no such tunnel    rows with Presence::wire, one for each direction: all there is on a host whose GTP is
//                               in user space; beside a GTP link, an unknown TEID (its LinkCounters::no_tunnel)
//   Error Indications           events
//
// The tap is there while it is of use: as long as the source under it counts no tunnels, unless it was asked for. Then
// the rights decide; without them this is the source under it and nothing more.
//
// A sweep reads the tap's keys first, in slices of 512, then the kernel's tunnels, which get what was counted. Keys of
// tunnels that went are forgotten with them; others when they were silent for an hour, or for a minute when the map
// fills up.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "gtptop/collect/source.hpp"
#include "gtptop/collect/tap_join.hpp"
#include "libcommon/netlink/connection.hpp"
#include "libcommon/tap/tap.hpp"

namespace gtp::top {

struct TapOptions {
  enum class Use : std::uint8_t {
    when_needed,
    always,  // and it is an error when it cannot
  };
  Use use = Use::when_needed;
  std::vector<std::string> interfaces;  // empty: all that packets pass once
  tap::Limits limits;
};

class TapSource final : public Source, private Receiver {
 public:
  // In the namespace of the caller. Fails only when the tap is to be used and cannot be.
  static Result<std::unique_ptr<Source>> open(std::unique_ptr<Source> kernel, TapOptions options);

  const SourceInfo& info() const override { return kernel_->info(); }
  Capabilities capabilities() const override;
  std::optional<Error> trouble() const override;
  std::uint64_t now_ns() const override { return kernel_->now_ns(); }
  int wake_fd() const override { return kernel_->wake_fd(); }
  Result<bool> read_events(Receiver& receiver) override;
  Result<void> read_links(Receiver& receiver) override;
  Result<void> read_tunnel(const TunnelKey& key, Receiver& receiver) override;
  Result<void> begin_sweep() override;
  Result<Slice> sweep_slice(Receiver& receiver) override;
  Result<void> read_detail(TunnelDetail& detail) override;
  Result<void> send_echo(const IpAddress& peer) override { return kernel_->send_echo(peer); }

 private:
  struct KnownLink {
    std::uint32_t index = 0;
    LinkRole role = LinkRole::ggsn;
  };
  struct Asked {
    std::uint64_t error_indications = 0;
  };

  TapSource(std::unique_ptr<Source> kernel, netlink::Connection route, TapOptions options);

  void time(std::uint64_t now_ns) override;
  void tunnel(const TunnelSample& sample) override;
  void tunnel_gone(const TunnelKey& key) override;
  void counters(const TunnelKey& key, const TunnelCounters& counters, std::optional<std::uint64_t> seen_s) override;
  void link(const LinkRow& link) override;
  void link_gone(std::uint32_t index) override;
  void event(const Event& event) override;
  void lost() override;

  Result<void> attach();
  Result<void> find_interfaces();
  Result<void> find_addresses();
  Result<void> count_unknown();
  bool is_unknown(const tap::Count& count) const;
  void note_unknown(std::uint64_t packets) noexcept;
  Result<void> read_signals();
  bool is_local(const IpAddress& address) const noexcept;
  void count(const tap::Count& count);
  void tell_wire(const tap::Count& count);
  void end_counts();
  LinkRole role(std::uint32_t link) const noexcept;
  std::uint32_t seen_s(const tap::Count& count) const noexcept;
  bool forced() const noexcept { return options_.use == TapOptions::Use::always; }
  bool counts_tunnels() const { return kernel_->capabilities().traffic == Origin::module; }

  std::unique_ptr<Source> kernel_;
  netlink::Connection route_;
  TapOptions options_;
  std::unique_ptr<tap::Tap> tap_;
  std::uint64_t tried_ns_ = 0;   // to attach; 0: not yet
  std::uint64_t looked_ns_ = 0;  // when interfaces were listed
  std::vector<IpAddress> addresses_;
  std::vector<std::string> names_;  // of the interfaces it is attached to

  TapJoin join_;
  AddressBook to_;  // the links of rows of the wire
  std::vector<KnownLink> links_;
  Receiver* receiver_ = nullptr;  // during a call
  std::uint64_t now_ = 0;         // of the figures of this call
  bool fresh_ = false;            // one row is read, not all

  enum class Phase : std::uint8_t { wire, kernel };
  Phase phase_ = Phase::kernel;
  bool kernel_read_ = false;  // a sweep was complete: what it does not know is unknown
  std::uint64_t keys_ = 0;    // in this sweep
  std::uint64_t last_keys_ = 0;
  bool saw_packets_ = false;
  std::vector<tap::Key> forget_;
  std::uint64_t unknown_ = 0;  // packets of unknown TEIDs in this sweep
  std::uint64_t last_unknown_ = 0;
  std::uint64_t unknown_ever_ = 0;
  std::map<IpAddress, Asked> asked_;
};

}  // namespace gtp::top
