// SPDX-License-Identifier: GPL-2.0-or-later
#include <array>

#include "libcommon/capture/file_writers.hpp"

namespace gtp::capture {

PcapWriter::PcapWriter(std::string name, OutputFile file, WriterOptions options)
    : name_(std::move(name)),
      file_(std::move(file)),
      options_(std::move(options)),
      fraction_ns_(options_.nanoseconds ? 1 : 1000) {}

Result<void> PcapWriter::write_header() {
  if (has_header_ || !options_.link_type) return {};
  has_header_ = true;
  const std::array<std::uint32_t, 5> words{options_.nanoseconds ? kPcapNanoseconds : kPcapMicroseconds, 0, 0,
                                           options_.snap_length, static_cast<std::uint32_t>(*options_.link_type)};
  const std::array<std::uint16_t, 2> version{kPcapMajor, kPcapMinor};
  if (Result<void> done = file_.append(std::as_bytes(std::span(words).first(1))); !done) return done;
  if (Result<void> done = file_.append(std::as_bytes(std::span(version))); !done) return done;
  return file_.append(std::as_bytes(std::span(words).subspan(1)));
}

Result<void> PcapWriter::write(const RawPacket& packet, const Interface& interface) {
  if (!has_header_) {
    // Nobody said before what comes, so the first packet does.
    options_.link_type = packet.link_type;
    options_.nanoseconds = options_.nanoseconds || interface.nanoseconds;
    fraction_ns_ = options_.nanoseconds ? 1 : 1000;
    if (Result<void> done = write_header(); !done) return done;
  }
  if (packet.link_type != *options_.link_type) {
    return Error{ErrorCode::unsupported, 0,
                 name_ + ": a pcap file holds one link type, but there are packets of " +
                     std::to_string(static_cast<unsigned>(*options_.link_type)) + " and " +
                     std::to_string(static_cast<unsigned>(packet.link_type)),
                 "a name that ends in .pcapng"};
  }
  constexpr std::uint64_t kSecond = 1'000'000'000;
  const std::array<std::uint32_t, 4> record{static_cast<std::uint32_t>(packet.time_ns / kSecond),
                                            static_cast<std::uint32_t>(packet.time_ns % kSecond) / fraction_ns_,
                                            static_cast<std::uint32_t>(packet.octets.size()), packet.wire_length};
  if (Result<void> done = file_.append(std::as_bytes(std::span(record))); !done) return done;
  return file_.append(packet.octets);
}

Result<void> PcapWriter::close() {
  // A file without packets is still a capture file; the link type is nobody's then.
  if (!options_.link_type) options_.link_type = packet::LinkType::ethernet;
  Result<void> header = write_header();
  Result<void> closed = file_.close();
  return header ? closed : header;
}

}  // namespace gtp::capture
