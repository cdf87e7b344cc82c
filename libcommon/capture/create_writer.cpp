// SPDX-License-Identifier: GPL-2.0-or-later
#include "libcommon/capture/file_writers.hpp"
#include "libcommon/capture/rotating_writer.hpp"

namespace gtp::capture {

Result<std::unique_ptr<PacketWriter>> create_writer(const std::string& path, const WriterOptions& options) {
  Result<OutputFile> file = OutputFile::create(path);
  if (!file) return std::move(file).error();
  if (options.format == FileFormat::pcapng) {
    auto writer = std::make_unique<PcapngWriter>(std::move(*file), options);
    if (Result<void> done = writer->write_section_header(); !done) return done.error();
    return std::unique_ptr<PacketWriter>(std::move(writer));
  }
  const std::string name = path == "-" ? "standard output" : path;
  auto writer = std::make_unique<PcapWriter>(name, std::move(*file), options);
  if (Result<void> done = writer->write_header(); !done) return done.error();
  return std::unique_ptr<PacketWriter>(std::move(writer));
}

Result<std::unique_ptr<PacketWriter>> create_writer(const std::string& path, const WriterOptions& options,
                                                    const Rotation& rotation) {
  if (rotation.bytes == 0 && rotation.seconds == 0) return create_writer(path, options);
  if (path == "-") {
    return Error{ErrorCode::usage, 0, "standard output cannot be split into files", "-w FILE with -C or -G"};
  }
  auto writer = std::make_unique<RotatingWriter>(path, options, rotation);
  if (rotation.seconds == 0) {
    if (Result<void> opened = writer->open_next(0); !opened) return opened.error();
  }
  return std::unique_ptr<PacketWriter>(std::move(writer));
}

}  // namespace gtp::capture
