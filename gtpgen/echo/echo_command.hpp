// SPDX-License-Identifier: GPL-2.0-or-later
//
// `gtpgen echo`: ping for GTP. See gtpgen(8).
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "gtpgen/command.hpp"
#include "gtpgen/echo/runner.hpp"

namespace gtp::gen::echo {

class EchoCommand : public Command {
 public:
  std::string_view name() const override { return "echo"; }
  std::string_view synopsis() const override { return "HOST... [options]"; }
  std::string_view summary() const override { return "ping for GTP: is a node there, how far away, has it restarted"; }
  std::string_view examples() const override;
  std::vector<OptionGroup> options() override;
  Result<void> take_words(std::vector<std::string> words) override;
  Result<void> check() override;
  Result<int> run(sys::Signals& signals) override;

  // What the options came to; for tests. Valid after check().
  const RunOptions& run_options() const noexcept { return run_; }

 private:
  enum class Version : std::uint8_t { automatic, v0, v1, v2, user_plane, prime };

  Result<void> check_versions();
  Result<void> check_pace();
  Result<void> check_path();
  Result<std::vector<Target>> targets() const;
  Result<int> run_path(const std::vector<Target>& targets, sys::Signals& signals);

  std::vector<std::string> words_;
  std::string hosts_file_;
  bool ipv4_ = false;
  bool ipv6_ = false;
  std::optional<std::uint64_t> port_;

  Version version_ = Version::automatic;
  bool user_plane_ = false;
  std::uint64_t recovery_ = 0;
  std::optional<std::uint64_t> node_features_;

  std::optional<std::uint64_t> count_;
  std::optional<std::chrono::nanoseconds> interval_;
  std::optional<std::chrono::nanoseconds> deadline_;
  std::optional<std::chrono::nanoseconds> timeout_;
  std::optional<std::chrono::nanoseconds> t3_;
  std::optional<std::uint64_t> n3_;
  bool flood_ = false;
  bool adaptive_ = false;
  bool monitor_ = false;
  bool yes_ = false;
  std::optional<std::uint64_t> window_;

  std::optional<std::uint64_t> size_;
  Fragment fragment_ = Fragment::system;
  bool path_mtu_ = false;
  bool trace_ = false;

  bool app_clock_ = false;
  bool numeric_ = false;
  std::optional<double> max_loss_;
  OutputOptions output_;
  RunOptions run_;
};

}  // namespace gtp::gen::echo

namespace gtp::gen {
std::unique_ptr<Command> make_echo_command();
}  // namespace gtp::gen
