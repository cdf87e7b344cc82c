// SPDX-License-Identifier: GPL-2.0-or-later
#include <algorithm>

#include "libcommon/capture/file_format.hpp"
#include "libcommon/capture/pcapng_interface.hpp"
#include "libcommon/capture/record_source.hpp"

namespace gtp::capture {
namespace {

// Blocks up to this length are read whole. Longer ones are skipped, unless they should hold a packet or interface.
constexpr std::uint32_t kMaxBlockBytes = 16U << 20;

constexpr std::size_t kBodyOffset = 8;        // behind type and length
constexpr std::size_t kSectionMinBytes = 12;  // type, length, byte-order magic

// What the three kinds of packet blocks have in common.
struct PacketBlock {
  std::uint32_t interface;  // within its section
  std::uint64_t stamp;
  bool has_time;
  std::uint32_t captured;
  std::uint32_t wire_length;
  Bytes data;  // the packet, padding and options
};

class PcapngSource final : public RecordSource {
 public:
  PcapngSource(std::string name, BlockReader reader) : RecordSource(std::move(name), std::move(reader)) {}

 private:
  Result<std::size_t> parse(RawBatch& batch, std::size_t limit) override;
  Result<void> at_end() const override;

  Result<void> check_header(BlockType type, std::uint32_t length) const;
  Result<void> read_block(BlockType type, Bytes body, RawBatch& batch);
  Result<void> start_section(Bytes body);
  Result<void> add_interface(Bytes body);
  Result<void> add_packet(const PacketBlock& block, RawBatch& batch);

  std::string this_block() const { return "block " + std::to_string(blocks_ + 1); }

  ByteOrder order_;
  std::vector<TimeResolution> times_;  // as interfaces_
  std::uint32_t section_start_ = 0;    // interfaces_[section_start_] is number 0 of this section
  bool any_supported_ = false;         // an interface whose frames we can read has been met
  std::uint64_t blocks_ = 0;
  std::uint64_t frames_ = 0;
  std::uint64_t skip_ = 0;  // octets left of a block that is not read
};

Result<std::size_t> PcapngSource::parse(RawBatch& batch, std::size_t limit) {
  while (batch.packets.size() < limit) {
    const Bytes data = reader_.available();
    if (skip_ != 0) {
      if (data.empty()) return std::size_t{1};
      const std::size_t n = std::min<std::uint64_t>(skip_, data.size());
      reader_.consume(n);
      skip_ -= n;
      if (skip_ == 0) ++blocks_;
      continue;
    }
    if (data.size() < kSectionMinBytes) return kSectionMinBytes;
    const BlockType type{order_.u32(data.data())};
    if (type == BlockType::section_header) {
      order_.swap = false;
      if (order_.u32(data.data() + kBodyOffset) != kByteOrderMagic) order_.swap = true;
    }
    const std::uint32_t length = order_.u32(data.data() + 4);
    if (Result<void> good = check_header(type, length); !good) return good.error();
    if (length > kMaxBlockBytes) {
      skip_ = length;
      continue;
    }
    if (data.size() < length) return std::size_t{length};
    if (order_.u32(data.data() + length - 4) != length) {
      return fault(this_block() + " has two different lengths (" + std::to_string(length) + " and " +
                   std::to_string(order_.u32(data.data() + length - 4)) + ")");
    }
    const Bytes body = data.subspan(kBodyOffset, length - kBlockOverhead);
    if (Result<void> good = read_block(type, body, batch); !good) return good.error();
    reader_.consume(length);
    ++blocks_;
  }
  return std::size_t{0};
}

Result<void> PcapngSource::check_header(BlockType type, std::uint32_t length) const {
  if (length < kBlockOverhead || length % 4 != 0) {
    return fault(this_block() + " claims a length of " + std::to_string(length) + " octets");
  }
  if (length <= kMaxBlockBytes) return {};
  switch (type) {
    case BlockType::journal_export:
    case BlockType::custom:
    case BlockType::custom_do_not_copy:
      break;
    case BlockType::section_header:
    case BlockType::interface_description:
    case BlockType::obsolete_packet:
    case BlockType::simple_packet:
    case BlockType::enhanced_packet:
      return fault(this_block() + " claims " + std::to_string(length) + " octets, more than a packet can need (" +
                   std::to_string(kMaxBlockBytes) + ")");
  }
  return {};
}

Result<void> PcapngSource::read_block(BlockType type, Bytes body, RawBatch& batch) {
  const auto u32 = [&](std::size_t offset) { return order_.u32(body.data() + offset); };
  const auto stamp = [&] { return std::uint64_t{u32(4)} << 32 | u32(8); };
  const auto too_short = [&] { return fault(this_block() + " is too short for its type"); };
  switch (type) {
    case BlockType::section_header:
      return start_section(body);
    case BlockType::interface_description:
      return add_interface(body);
    case BlockType::enhanced_packet:
      if (body.size() < 20) return too_short();
      return add_packet({u32(0), stamp(), true, u32(12), u32(16), body.subspan(20)}, batch);
    case BlockType::obsolete_packet:
      // As the enhanced one, but the first word is interface number and drop count.
      if (body.size() < 20) return too_short();
      return add_packet({order_.u16(body.data()), stamp(), true, u32(12), u32(16), body.subspan(20)}, batch);
    case BlockType::simple_packet: {
      // Interface 0, no time stamp; the captured length follows from the snapshot length.
      if (body.size() < 4) return too_short();
      const std::uint32_t snap = section_start_ < interface_count() ? interfaces_[section_start_].snap_length : 0;
      const std::uint32_t captured = snap != 0 ? std::min(snap, u32(0)) : u32(0);
      return add_packet({0, 0, false, captured, u32(0), body.subspan(4)}, batch);
    }
    case BlockType::journal_export:
    case BlockType::custom:
    case BlockType::custom_do_not_copy:
      // Wireshark shows these among the packets. We skip them, but a frame number must mean the same frame.
      ++frames_;
      break;
  }
  return {};
}

Result<void> PcapngSource::start_section(Bytes body) {
  if (body.size() < 16) return fault(this_block() + " is too short for its type");
  if (order_.u32(body.data()) != kByteOrderMagic) return fault(this_block() + " has no byte-order magic");
  const std::uint16_t major = order_.u16(body.data() + 4);
  if (major != 1) {
    return fault("pcapng version " + std::to_string(major) + "." + std::to_string(order_.u16(body.data() + 6)) +
                 " is not supported");
  }
  section_start_ = interface_count();
  return {};
}

Result<void> PcapngSource::add_interface(Bytes body) {
  if (body.size() < kInterfaceFixedBytes) return fault(this_block() + " is too short for its type");
  InterfaceDescription description = read_interface(body, order_);
  any_supported_ = any_supported_ || packet::is_supported(description.link_type);
  interfaces_.push_back(std::move(description.interface));
  times_.push_back(description.time);
  return {};
}

Result<void> PcapngSource::add_packet(const PacketBlock& block, RawBatch& batch) {
  const std::uint32_t known = interface_count() - section_start_;
  if (block.interface >= known) {
    return fault(this_block() + " names interface " + std::to_string(block.interface) + ", its section has " +
                 std::to_string(known));
  }
  if (block.captured > block.data.size() || block.captured > kMaxFrameBytes) {
    return fault(this_block() + " claims a packet of " + std::to_string(block.captured) + " octets, it has room for " +
                 std::to_string(std::min<std::size_t>(block.data.size(), kMaxFrameBytes)));
  }
  const std::uint32_t index = section_start_ + block.interface;
  const packet::LinkType link_type = interfaces_[index].link_type;
  // One interface of several may be beyond us: its frames are delivered for the count, and nobody finds GTP in them.
  if (!any_supported_) return unsupported_link_type(name_, static_cast<std::uint32_t>(link_type));
  batch.packets.push_back({.time_ns = block.has_time ? times_[index].to_ns(block.stamp) : 0,
                           .wire_length = std::max(block.wire_length, block.captured),
                           .interface = index,
                           .link_type = link_type,
                           .has_time = block.has_time,
                           .number = ++frames_,
                           .octets = block.data.first(block.captured)});
  return {};
}

Result<void> PcapngSource::at_end() const {
  const Bytes left = reader_.available();
  if (skip_ != 0) return fault(this_block() + " is cut short (" + std::to_string(skip_) + " octets are missing)");
  if (left.empty()) return {};
  if (left.size() < kSectionMinBytes) return fault(this_block() + " is cut short");
  return fault(this_block() + " is cut short (" + std::to_string(left.size()) + " of " +
               std::to_string(order_.u32(left.data() + 4)) + " octets)");
}

}  // namespace

Result<std::unique_ptr<PacketSource>> open_pcapng(std::string name, BlockReader reader) {
  Result<bool> filled = reader.fill(kSectionMinBytes);
  if (!filled) return std::move(filled).error();
  const Bytes start = reader.available();
  if (!*filled) return not_a_capture(name, "it ends after " + std::to_string(start.size()) + " octets");
  const std::uint32_t magic = ByteOrder{}.u32(start.data() + kBodyOffset);
  if (magic != kByteOrderMagic && __builtin_bswap32(magic) != kByteOrderMagic) {
    return not_a_capture(name, "a pcapng section without byte-order magic");
  }
  return std::unique_ptr<PacketSource>(std::make_unique<PcapngSource>(std::move(name), std::move(reader)));
}

}  // namespace gtp::capture
