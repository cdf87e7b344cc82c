// SPDX-License-Identifier: GPL-2.0-or-later
#include "libcommon/capture/file_format.hpp"
#include "libcommon/capture/record_source.hpp"

namespace gtp::capture {
namespace {

class PcapSource final : public RecordSource {
 public:
  PcapSource(std::string name, BlockReader reader, ByteOrder order, Interface interface)
      : RecordSource(std::move(name), std::move(reader)),
        order_(order),
        link_type_(interface.link_type),
        fraction_ns_(interface.nanoseconds ? 1 : 1000) {
    interfaces_.push_back(std::move(interface));
  }

 private:
  Result<std::size_t> parse(RawBatch& batch, std::size_t limit) override {
    const Bytes data = reader_.available();
    const ByteOrder order = order_;
    std::size_t at = 0;
    std::size_t needed = 0;
    std::uint32_t captured = 0;
    while (batch.packets.size() < limit) {
      const std::size_t left = data.size() - at;
      needed = kPcapRecordBytes;
      if (left < needed) break;
      const std::byte* const header = data.data() + at;
      captured = order.u32(header + 8);
      if (captured > kMaxFrameBytes) break;
      needed += captured;
      if (left < needed) break;
      const std::uint64_t seconds = order.u32(header);
      const std::uint64_t fraction = order.u32(header + 4);
      const std::uint32_t wire_length = order.u32(header + 12);
      batch.packets.push_back({.time_ns = seconds * 1'000'000'000 + fraction * fraction_ns_,
                               // Less on the wire than captured is a slip of the writer.
                               .wire_length = wire_length < captured ? captured : wire_length,
                               .interface = 0,
                               .link_type = link_type_,
                               .number = ++records_,
                               .octets = data.subspan(at + kPcapRecordBytes, captured)});
      at += needed;
    }
    reader_.consume(at);
    if (captured <= kMaxFrameBytes) return needed;
    return fault("record " + std::to_string(records_ + 1) + " claims " + std::to_string(captured) +
                 " octets, more than a frame can have (" + std::to_string(kMaxFrameBytes) + ")");
  }

  Result<void> at_end() const override {
    const Bytes left = reader_.available();
    if (left.empty()) return {};
    std::string what = "record " + std::to_string(records_ + 1) + " is cut short (";
    if (left.size() < kPcapRecordBytes) {
      what += std::to_string(left.size()) + " of the " + std::to_string(kPcapRecordBytes) + " octets of its header)";
    } else {
      what += std::to_string(left.size() - kPcapRecordBytes) + " of " + std::to_string(order_.u32(left.data() + 8)) +
              " octets)";
    }
    return fault(std::move(what));
  }

  ByteOrder order_;
  packet::LinkType link_type_;
  std::uint64_t fraction_ns_;
  std::uint64_t records_ = 0;
};

}  // namespace

Result<std::unique_ptr<PacketSource>> open_pcap(std::string name, BlockReader reader) {
  Result<bool> filled = reader.fill(kPcapHeaderBytes);
  if (!filled) return std::move(filled).error();
  const Bytes header = reader.available();
  if (!*filled) {
    return not_a_capture(name, "its pcap header ends after " + std::to_string(header.size()) + " of " +
                                   std::to_string(kPcapHeaderBytes) + " octets");
  }
  ByteOrder order;
  std::uint32_t magic = order.u32(header.data());
  if (magic != kPcapMicroseconds && magic != kPcapNanoseconds) {
    order.swap = true;
    magic = order.u32(header.data());
  }
  const std::uint16_t major = order.u16(header.data() + 4);
  const std::uint16_t minor = order.u16(header.data() + 6);
  if (major != kPcapMajor || minor > kPcapMinor) {
    return Error{ErrorCode::failed,
                 0,
                 name + ": pcap version " + std::to_string(major) + "." + std::to_string(minor) + " is not supported",
                 {}};
  }
  const std::uint32_t link_type = order.u32(header.data() + 20) & kPcapLinkTypeMask;
  if (!packet::is_supported(link_type)) return unsupported_link_type(name, link_type);
  Interface interface {
    .link_type = static_cast<packet::LinkType>(link_type), .snap_length = order.u32(header.data() + 16), .name = {},
    .nanoseconds = magic == kPcapNanoseconds
  };
  reader.consume(kPcapHeaderBytes);
  return std::unique_ptr<PacketSource>(
      std::make_unique<PcapSource>(std::move(name), std::move(reader), order, std::move(interface)));
}

}  // namespace gtp::capture
