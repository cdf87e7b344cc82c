// SPDX-License-Identifier: GPL-2.0-or-later
//
// ReplaySource: a recording (docs/formats/gtptop-record-1.md) as a source. Its clock stands where the recording stands.
//
// Paced, samples come as they came then, by [clock], which stops while the viewer holds; else each call of
// read_events() tells one sample, for batch output and tests. A recording that was cut off is told up to its last whole
// line; trouble() says so from then on.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "gtptop/collect/source.hpp"
#include "gtptop/record/line_reader.hpp"
#include "gtptop/record/lines.hpp"

namespace gtp::top {

class ReplaySource final : public Source {
 public:
  using Clock = std::function<std::uint64_t()>;
  // Without a clock: one sample a call.
  static Result<std::unique_ptr<ReplaySource>> open(const std::string& path, Clock clock);

  std::uint64_t interval_ns() const noexcept { return header_.interval_ns; }

  const SourceInfo& info() const override { return header_.source; }
  Capabilities capabilities() const override { return header_.capabilities; }
  std::optional<Error> trouble() const override { return failure_; }
  std::uint64_t now_ns() const override { return position_ns_; }
  Result<bool> read_events(Receiver& receiver) override;
  Result<void> read_links(Receiver&) override { return {}; }
  Result<void> read_tunnel(const TunnelKey&, Receiver&) override { return {}; }
  Result<void> begin_sweep() override { return {}; }
  // A recording says what has gone, so nothing follows from what it does not mention.
  Result<Slice> sweep_slice(Receiver&) override { return Slice{true, true, 0}; }
  Result<void> read_detail(TunnelDetail&) override { return {}; }
  Result<void> send_echo(const IpAddress&) override;
  void hold(bool held) override;
  bool seek(std::int64_t samples) override;
  bool ended() const override { return reader_.ended(); }

 private:
  ReplaySource(LineReader reader, RecordHeader header, Clock clock);
  // Up to the end of a sample; false: there is none.
  bool tell_sample(Receiver& receiver);
  std::uint64_t target_ns() const;

  LineReader reader_;
  RecordHeader header_;
  Clock clock_;
  std::uint64_t position_ns_;
  std::uint64_t start_wall_ns_ = 0;
  std::uint64_t start_position_ns_ = 0;
  std::optional<std::uint64_t> held_since_ns_;
  std::uint64_t steps_ = 0;  // to be told whatever the clock says
  bool started_ = false;
  std::optional<Error> failure_;
};

}  // namespace gtp::top
