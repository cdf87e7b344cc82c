// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtpgen/transmit/file_transmitter.hpp"

namespace gtp::gen {

Result<std::unique_ptr<FileTransmitter>> FileTransmitter::create(const std::string& path, const OuterHeader& outer,
                                                                 Clock& clock) {
  capture::WriterOptions options;
  options.format = path.ends_with(".pcapng") ? capture::FileFormat::pcapng : capture::FileFormat::pcap;
  options.nanoseconds = true;
  options.link_type = packet::LinkType::ethernet;
  options.application = "gtpgen";
  auto writer = capture::create_writer(path, options);
  if (!writer) return std::move(writer).error();
  return std::unique_ptr<FileTransmitter>(new FileTransmitter(*std::move(writer), outer, clock));
}

SendResult FileTransmitter::send(std::span<const FrameRun> runs) noexcept {
  SendResult result;
  ++counts_.calls;
  capture::RawPacket packet;
  packet.time_ns = clock_.now_ns();
  for (const FrameRun& run : runs) {
    for (std::uint32_t i = 0; i < run.count; ++i) {
      packet.octets = Bytes(run.frames + std::size_t{i} * run.length, run.length);
      packet.wire_length = run.length;
      if (auto written = writer_->write(packet, interface_); !written) {
        result.error = written.error().system == 0 ? EIO : written.error().system;
        failed_ = std::move(written).error();
        return result;
      }
      ++result.accepted;
    }
  }
  return result;
}

Result<void> FileTransmitter::close() {
  if (failed_) return *failed_;
  return writer_->close();
}

}  // namespace gtp::gen
