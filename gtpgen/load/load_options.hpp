// SPDX-License-Identifier: GPL-2.0-or-later
//
// LoadOptions: the options that say what traffic a run has, shared by the commands that make it (load, ndr), and the
// LoadPlan that results from them.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "gtpgen/command.hpp"
#include "gtpgen/load/load_plan.hpp"

namespace gtp::gen {

class LoadOptions {
 public:
  LoadOptions();
  // The options write into this object.
  LoadOptions(const LoadOptions&) = delete;
  LoadOptions& operator=(const LoadOptions&) = delete;

  std::vector<OptionGroup> groups();
  // The target; refuses other words.
  Result<void> take_words(const std::vector<std::string>& words);

  // Resolves names, reads files, fills in what was not said; refuses what makes no sense. Rate and duration are the
  // command's own.
  Result<LoadPlan> plan() const;

  bool yes_really() const noexcept { return yes_really_; }
  BitLayer bit_layer() const noexcept { return bit_layer_; }

 private:
  OptionGroup tunnel_options();
  OptionGroup packet_options();
  OptionGroup path_options();
  OptionGroup sending_options();

  Result<void> plan_tunnels(LoadPlan& plan) const;
  void plan_traffic(LoadPlan& plan) const;
  Result<void> plan_path(LoadPlan& plan) const;
  Result<void> plan_sending(LoadPlan& plan) const;

  std::string target_;
  int family_ = 0;

  std::optional<std::uint64_t> tunnels_;
  std::optional<TeidRange> teids_;
  std::string tunnel_file_;
  std::optional<IpPrefix> ue_;
  Permutation::Kind order_ = Permutation::Kind::sequential;
  std::uint32_t stride_ = 1;
  std::uint64_t seed_ = 1;

  SizeMix sizes_;
  std::optional<InnerKind> inner_;
  std::optional<IpPrefix> far_;
  std::uint16_t far_port_ = 5001;
  std::uint16_t ue_port_ = 10'000;
  std::uint32_t flows_ = 1;
  std::vector<std::uint8_t> qfis_;
  std::optional<wire::PduSession::Direction> pdu_;
  bool sequence_numbers_ = false;
  std::uint8_t inner_dscp_ = 0;
  bool inner_df_ = true;
  std::array<double, kUnwantedKinds> unwanted_{};

  Directions directions_ = Directions::uplink;
  bool downlink_ = false;
  std::string via_;
  std::string via_netns_;
  SourcePlan source_;
  std::string device_;
  std::uint8_t dscp_ = 0;
  bool fragment_ = false;
  std::optional<std::uint64_t> mtu_;
  Backend backend_ = Backend::automatic;
  bool segment_ = true;
  std::string expect_;
  std::chrono::nanoseconds drain_ = std::chrono::seconds(1);

  std::uint32_t threads_ = 1;
  std::vector<std::uint32_t> cpus_;
  bool real_time_ = false;
  Pacing pacing_ = Pacing::hybrid;
  Arrivals arrivals_ = Arrivals::constant;
  std::uint32_t burst_ = 0;
  std::uint64_t burst_period_ns_ = 0;
  BitLayer bit_layer_ = BitLayer::inner;
  bool yes_really_ = false;
};

}  // namespace gtp::gen
