// SPDX-License-Identifier: GPL-2.0-or-later
//
// Player: reads the capture, from start to end and as often as asked, and sends what the Extractor finds, when the
// schedule says. Nothing is left out to keep up: a host that is too slow sends late, and the report says how late.
//
// Packets that are due together, or overdue, leave by one system call; of those of one length the kernel makes one
// super-packet. One thread; it stops when a signal comes.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "gtpgen/pace/waiter.hpp"
#include "gtpgen/replay/extract.hpp"
#include "gtpgen/replay/replay_schedule.hpp"
#include "gtpgen/replay/rewrite.hpp"
#include "gtpgen/transmit/transmitter.hpp"
#include "libcommon/measure/histogram.hpp"
#include "libcommon/sys/signals.hpp"

namespace gtp::gen::replay {

struct PlayOptions {
  std::string file;
  Wanted wanted = Wanted::g_pdu;
  Pace pace = Pace::capture;
  double speed = 1;
  double packets_per_second = 0;
  std::uint64_t loops = 1;             // 0: for ever
  std::optional<std::uint64_t> count;  // packets
  std::optional<std::uint64_t> duration_ns;
  TeidMap teids;
  AddressMap addresses;
  Encapsulation encapsulation;
};

struct PlayCounts {
  std::uint64_t read = 0;  // packets of the file, over all loops; = sent + refused + the skipped ones
  std::uint64_t sent = 0;
  std::uint64_t sent_octets = 0;  // of the outer IP packets
  std::uint64_t skipped_other = 0;
  std::uint64_t skipped_cut = 0;
  std::uint64_t skipped_fragment = 0;  // used for a datagram, or never whole
  std::uint64_t skipped_malformed = 0;
  std::uint64_t incomplete = 0;  // datagrams whose fragments were not all there
  std::uint64_t too_long = 0;    // for the path
  std::uint64_t refused = 0;     // by the system
  std::uint64_t teids_mapped = 0;
  std::uint64_t addresses_mapped = 0;
  std::uint64_t loops = 0;  // complete ones
  std::uint64_t elapsed_ns = 0;
  std::uint64_t scheduled_ns = 0;  // when the last packet was due
  std::uint64_t error_indications = 0;
  std::map<int, std::uint64_t> send_errors;  // by errno
  measure::Histogram late;                   // of every packet, against the schedule; not with Pace::top
  std::optional<Error> read_error;           // the file ended in the middle
};

class Player {
 public:
  // All must outlive it.
  Player(PlayOptions& options, Transmitter& transmitter, Clock& clock, sys::Signals& signals);

  // Errors that keep it from starting; those on the way are in the counts.
  Result<void> run();
  const PlayCounts& counts() const noexcept { return counts_; }

 private:
  Result<bool> play_once();
  bool play(const capture::RawPacket& packet);
  bool build(const Extractor::Out& found);
  void wait_until(std::uint64_t due_ns);
  void flush();
  void take_answers();
  bool over() const noexcept;

  PlayOptions& options_;
  Transmitter& transmitter_;
  Clock& clock_;
  sys::Signals& signals_;
  Waiter waiter_;
  Extractor extractor_;
  ReplaySchedule schedule_;
  PlayCounts counts_;
  std::uint64_t start_ns_ = 0;
  std::size_t headers_ = 28;  // outer IP and UDP
  // Frames that wait for their system call, one behind the other.
  struct Frame {
    std::size_t offset;
    std::uint32_t length;
    std::uint64_t due_ns;
  };
  std::vector<std::byte> room_;
  std::size_t used_ = 0;
  std::vector<Frame> frames_;
};

}  // namespace gtp::gen::replay
