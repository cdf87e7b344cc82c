// SPDX-License-Identifier: GPL-2.0-or-later
//
// Sender: the packets of one thread of one lane. It builds what is due next, waits, hands it to the transmitter, and
// counts. One source after the other gets a batch, so that none is favoured.
//
// What a transmitter refuses for lack of room (ENOBUFS) is tried again each tick for kMaxBacklogNs; what is still there
// then is given up: its sequence numbers are taken back and it counts as skipped. So a packet with a number that was
// used has been accepted by the kernel, and sent = received + lost + under way can be told exactly.
//
// run() is the thread's; snapshot() may be called by another one meanwhile, everything else afterwards.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

#include "gtpgen/frame/unwanted.hpp"
#include "gtpgen/load/frame_areas.hpp"
#include "gtpgen/load/lane.hpp"
#include "gtpgen/load/sending.hpp"
#include "gtpgen/load/sequences.hpp"
#include "gtpgen/pace/pacer.hpp"

namespace gtp::gen {

class Sender final : public Sending {
 public:
  // Sends by the sources first_source, first_source + step, …
  Sender(Lane& lane, Sequences& sequences, Clock& clock, std::size_t first_source, std::size_t step);

  // Before run(), on the thread that will ask for snapshots: nothing has been sent.
  void reset() override;
  // Until the plan's end, or [stop].
  void run(const SenderPlan& plan, const std::atomic<bool>& stop) override;

  // What run() has counted so far, at most a few ms old while packets are sent.
  SendCounts snapshot() override;
  const SendCounts& counts() const noexcept override { return counts_; }

 private:
  struct Built {
    std::uint32_t frames = 0;
    std::uint32_t runs = 0;
  };
  static constexpr std::uint32_t kNoStream = UINT32_MAX;
  // Frames of a batch: larger than a burst by the schedule, for those that have none.
  static constexpr std::uint32_t kMaxBatch = Transmitter::kMaxRuns;

  void run_paced(const std::atomic<bool>& stop);
  void run_flat_out(const std::atomic<bool>& stop);
  // True: [due_ns] is near, false: stop.
  bool rest_until(std::uint64_t due_ns, const std::atomic<bool>& stop) noexcept;
  void build(std::span<const Pacer::Group> groups, std::uint32_t packets);
  void build_size(std::size_t size, std::uint32_t count);
  void build_unwanted(Unwanted kind);
  std::uint64_t next_due() noexcept;
  void add_run(const std::byte* frames, std::uint32_t length, std::uint32_t count, const SocketAddress* to);
  // Returns how many frames were sent.
  std::uint32_t transmit(const std::atomic<bool>& stop);
  void account(std::uint32_t accepted) noexcept;
  std::uint64_t dropped_so_far() const noexcept;
  void publish() noexcept;

  Lane& lane_;
  Sequences& sequences_;
  Clock& clock_;
  std::vector<std::size_t> sources_;
  std::size_t source_ = 0;  // in sources_
  SenderPlan plan_;
  SizeMix sizes_;
  std::vector<std::uint32_t> size_counts_;
  FrameAreas areas_;
  std::optional<UnwantedFrames> unwanted_;
  std::array<double, kUnwantedKinds> owed_{};
  std::uint32_t unwanted_number_ = 0;
  std::vector<std::byte> unwanted_octets_;

  // The batch.
  std::span<const Pacer::Group> groups_;
  std::size_t group_ = 0;
  std::uint32_t used_of_group_ = 0;
  std::array<FrameRun, kMaxBatch> runs_{};
  std::array<SocketAddress, kMaxBatch> addresses_;
  std::array<std::uint32_t, kMaxBatch> streams_{};      // of each frame; kNoStream: unwanted
  std::array<std::uint16_t, kMaxBatch> inner_bytes_{};  // of each frame; for unwanted ones their kind
  std::array<std::uint32_t, kMaxBatch> link_bytes_{};
  Built built_;

  SendCounts counts_;
  std::atomic<bool> wanted_{false};
  std::mutex mutex_;  // of published_
  SendCounts published_;
};

}  // namespace gtp::gen
