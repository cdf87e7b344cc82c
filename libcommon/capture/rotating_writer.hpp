// SPDX-License-Identifier: GPL-2.0-or-later
//
// RotatingWriter: one PacketWriter after the other, as struct Rotation says (writer.hpp).
#pragma once

#include "libcommon/capture/writer.hpp"

namespace gtp::capture {

// The name of file [number] of a rotation: [path] filled by strftime(3) with [time_ns] when the rotation is by time,
// and the number behind it when the rotation is by size (left out for 0, unless Rotation::files pads it).
Result<std::string> rotated_name(const std::string& path, const Rotation& rotation, std::uint64_t time_ns,
                                 std::uint32_t number);

class RotatingWriter final : public PacketWriter {
 public:
  RotatingWriter(std::string path, WriterOptions options, Rotation rotation);

  Result<void> write(const RawPacket& packet, const Interface& interface) override;
  Result<void> flush() override;
  Result<void> close() override;
  std::uint64_t size() const override { return file_ ? file_->size() : 0; }
  bool finished() const override { return finished_; }

  // Closes the present file and opens the next; [time_ns] goes into the name.
  Result<void> open_next(std::uint64_t time_ns);

 private:
  // What has to happen before a packet of [now_ns] is written.
  Result<void> turn(std::uint64_t now_ns);

  std::string path_;
  WriterOptions options_;
  Rotation rotation_;
  std::unique_ptr<PacketWriter> file_;
  std::uint64_t period_start_ns_ = 0;
  std::uint32_t number_ = 0;   // of the file in its ring
  std::uint32_t periods_ = 0;  // begun so far, for rotation by time
  bool finished_ = false;
};

}  // namespace gtp::capture
