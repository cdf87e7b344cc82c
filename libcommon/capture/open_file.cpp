// SPDX-License-Identifier: GPL-2.0-or-later
#include "libcommon/capture/decompress.hpp"
#include "libcommon/capture/file_format.hpp"
#include "libcommon/capture/record_source.hpp"

namespace gtp::capture {
namespace {

constexpr std::size_t kFormatMagicBytes = 4;

// Up to [n] octets; fewer when the stream is shorter.
Result<std::vector<std::byte>> read_start(ByteStream& stream, std::size_t n) {
  std::vector<std::byte> start(n);
  std::size_t have = 0;
  while (have < n) {
    Result<std::size_t> got = stream.read(std::span(start).subspan(have));
    if (!got) return std::move(got).error();
    if (*got == 0) break;
    have += *got;
  }
  start.resize(have);
  return start;
}

enum class Format : std::uint8_t { unknown, pcap, pcapng };

Format format_of(Bytes start) noexcept {
  if (start.size() < kFormatMagicBytes) return Format::unknown;
  switch (load_u32(start.data())) {
    case kPcapMicroseconds:
    case kPcapNanoseconds:
    case __builtin_bswap32(kPcapMicroseconds):
    case __builtin_bswap32(kPcapNanoseconds):
      return Format::pcap;
    case static_cast<std::uint32_t>(BlockType::section_header):
      return Format::pcapng;
    default:
      return Format::unknown;
  }
}

}  // namespace

Error not_a_capture(const std::string& name, const std::string& why) {
  return {ErrorCode::failed, 0, name + ": not a capture file (" + why + ")",
          "a file in pcap or pcapng format, plain or compressed with gzip, zstd or xz"};
}

Error unsupported_link_type(const std::string& name, std::uint32_t link_type) {
  return {ErrorCode::failed, 0, name + ": link type " + std::to_string(link_type) + " is not supported",
          "a capture of Ethernet, IP, loopback or Linux cooked frames"};
}

Result<std::unique_ptr<PacketSource>> open_file(const std::string& path, const OpenOptions& options) {
  Result<std::unique_ptr<ByteStream>> opened = open_stream(path, options);
  if (!opened) return std::move(opened).error();
  std::string name = display_name(path);

  Result<std::vector<std::byte>> start = read_start(**opened, kCompressionMagicBytes);
  if (!start) return std::move(start).error();
  const Compression compression = compression_of(*start);
  std::unique_ptr<ByteStream> stream = prepend(*start, std::move(*opened));
  if (compression != Compression::none) {
    stream = decompress(compression, name, std::move(stream));
    start = read_start(*stream, kFormatMagicBytes);
    if (!start) return std::move(start).error();
    stream = prepend(*start, std::move(stream));
  }
  if (start->empty()) return not_a_capture(name, "it is empty");
  switch (format_of(*start)) {
    case Format::pcap:
      return open_pcap(std::move(name), BlockReader(std::move(stream)));
    case Format::pcapng:
      return open_pcapng(std::move(name), BlockReader(std::move(stream)));
    case Format::unknown:
      break;
  }
  return not_a_capture(name, "no magic number of a known format");
}

}  // namespace gtp::capture
