// SPDX-License-Identifier: GPL-2.0-or-later
//
// The two formats behind create_writer().
#pragma once

#include <vector>

#include "libcommon/capture/file_format.hpp"
#include "libcommon/capture/output_file.hpp"
#include "libcommon/capture/writer.hpp"

namespace gtp::capture {

class PcapWriter final : public PacketWriter {
 public:
  PcapWriter(std::string name, OutputFile file, WriterOptions options);

  Result<void> write(const RawPacket& packet, const Interface& interface) override;
  Result<void> flush() override { return file_.flush(); }
  Result<void> close() override;
  std::uint64_t size() const override { return file_.size(); }

  // The file header, when the link type is known and it is not there yet.
  Result<void> write_header();

 private:
  std::string name_;
  OutputFile file_;
  WriterOptions options_;
  std::uint32_t fraction_ns_;  // nanoseconds in a unit of the second word of a time stamp
  bool has_header_ = false;
};

class PcapngWriter final : public PacketWriter {
 public:
  PcapngWriter(OutputFile file, WriterOptions options) : file_(std::move(file)), options_(std::move(options)) {}

  Result<void> write(const RawPacket& packet, const Interface& interface) override;
  Result<void> flush() override { return file_.flush(); }
  Result<void> close() override { return file_.close(); }
  std::uint64_t size() const override { return file_.size(); }

  Result<void> write_section_header();

 private:
  struct Described {
    std::uint32_t source_index;
    Interface interface;
  };

  Result<std::uint32_t> index_of(std::uint32_t source_index, const Interface& interface);
  Result<void> write_interface(const Interface& interface);
  Result<void> write_block(BlockType type, const std::vector<std::byte>& body);

  OutputFile file_;
  WriterOptions options_;
  std::vector<Described> described_;  // by number in the file
  std::uint32_t last_ = 0;            // most packets come from where the one before came from
};

}  // namespace gtp::capture
