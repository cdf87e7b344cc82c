// SPDX-License-Identifier: GPL-2.0-or-later
//
// FileTransmitter: writes the frames into a capture file instead of a network, each with the time of the clock that
// sending goes by (a VirtualClock: nobody waits). Frames start at the Ethernet header.
#pragma once

#include <memory>
#include <string>

#include "gtpgen/pace/clock.hpp"
#include "gtpgen/transmit/transmitter.hpp"
#include "libcommon/capture/writer.hpp"
#include "libcommon/util/result.hpp"

namespace gtp::gen {

class FileTransmitter final : public Transmitter {
 public:
  // [clock] outlives it. A name that ends in .pcapng makes that format, others pcap.
  static Result<std::unique_ptr<FileTransmitter>> create(const std::string& path, const OuterHeader& outer,
                                                         Clock& clock);

  SendResult send(std::span<const FrameRun> runs) noexcept override;
  const OuterHeader& outer() const noexcept override { return outer_; }
  FrameStart start() const noexcept override { return FrameStart::link; }
  std::string name() const override { return "file"; }

  // What went wrong, and what is still to be written; once.
  Result<void> close();

 private:
  FileTransmitter(std::unique_ptr<capture::PacketWriter> writer, const OuterHeader& outer, Clock& clock)
      : writer_(std::move(writer)), outer_(outer), clock_(clock) {}

  std::unique_ptr<capture::PacketWriter> writer_;
  OuterHeader outer_;
  Clock& clock_;
  capture::Interface interface_{packet::LinkType::ethernet, 0, {}, true};
  std::optional<Error> failed_;
};

}  // namespace gtp::gen
