// SPDX-License-Identifier: GPL-2.0-or-later
#include <algorithm>
#include <array>

#include "libcommon/capture/file_writers.hpp"

namespace gtp::capture {
namespace {

constexpr std::array<std::byte, 4> kPadding{};

constexpr std::size_t padding(std::size_t n) noexcept { return (4 - n % 4) % 4; }

// The body of a block, in this machine's byte order.
class Body {
 public:
  Body& u16(std::uint16_t value) { return raw(std::as_bytes(std::span(&value, 1))); }
  Body& u32(std::uint32_t value) { return raw(std::as_bytes(std::span(&value, 1))); }
  Body& u64(std::uint64_t value) { return raw(std::as_bytes(std::span(&value, 1))); }
  Body& option(OptionCode code, Bytes value) {
    const std::size_t length = std::min<std::size_t>(value.size(), 0xffff);
    u16(static_cast<std::uint16_t>(code)).u16(static_cast<std::uint16_t>(length));
    return raw(value.first(length)).raw(Bytes(kPadding).first(padding(length)));
  }
  const std::vector<std::byte>& octets() const noexcept { return octets_; }

 private:
  Body& raw(Bytes value) {
    octets_.insert(octets_.end(), value.begin(), value.end());
    return *this;
  }

  std::vector<std::byte> octets_;
};

Bytes text(const std::string& s) noexcept { return std::as_bytes(std::span(s)); }

bool same(const Interface& a, const Interface& b) noexcept {
  return a.link_type == b.link_type && a.snap_length == b.snap_length && a.name == b.name;
}

}  // namespace

Result<void> PcapngWriter::write_section_header() {
  Body body;
  body.u32(kByteOrderMagic).u16(1).u16(0).u64(~std::uint64_t{0});  // version 1.0, length unknown
  if (!options_.application.empty()) {
    body.option(OptionCode::shb_userappl, text(options_.application)).option(OptionCode::end, {});
  }
  return write_block(BlockType::section_header, body.octets());
}

Result<void> PcapngWriter::write_interface(const Interface& interface) {
  constexpr std::array<std::byte, 1> kNanoseconds{std::byte{9}};
  Body body;
  body.u16(static_cast<std::uint16_t>(interface.link_type)).u16(0).u32(interface.snap_length);
  if (!interface.name.empty()) body.option(OptionCode::if_name, text(interface.name));
  body.option(OptionCode::if_tsresol, kNanoseconds).option(OptionCode::end, {});
  return write_block(BlockType::interface_description, body.octets());
}

Result<void> PcapngWriter::write_block(BlockType type, const std::vector<std::byte>& body) {
  const std::uint32_t length = static_cast<std::uint32_t>(kBlockOverhead + body.size());
  const std::array<std::uint32_t, 2> head{static_cast<std::uint32_t>(type), length};
  if (Result<void> done = file_.append(std::as_bytes(std::span(head))); !done) return done;
  if (Result<void> done = file_.append(body); !done) return done;
  return file_.append(std::as_bytes(std::span(head).subspan(1)));
}

Result<std::uint32_t> PcapngWriter::index_of(std::uint32_t source_index, const Interface& interface) {
  const auto matches = [&](const Described& known) {
    return known.source_index == source_index && same(known.interface, interface);
  };
  if (last_ < described_.size() && matches(described_[last_])) return last_;
  const auto found = std::find_if(described_.begin(), described_.end(), matches);
  last_ = static_cast<std::uint32_t>(found - described_.begin());
  if (found != described_.end()) return last_;
  if (Result<void> done = write_interface(interface); !done) return done.error();
  described_.push_back({source_index, interface});
  return last_;
}

Result<void> PcapngWriter::write(const RawPacket& packet, const Interface& interface) {
  Result<std::uint32_t> index = index_of(packet.interface, interface);
  if (!index) return std::move(index).error();
  const std::size_t captured = packet.octets.size();
  constexpr std::size_t kFixed = 20;
  const std::uint32_t length = static_cast<std::uint32_t>(kBlockOverhead + kFixed + captured + padding(captured));
  const std::array<std::uint32_t, 7> head{static_cast<std::uint32_t>(BlockType::enhanced_packet),
                                          length,
                                          *index,
                                          static_cast<std::uint32_t>(packet.time_ns >> 32),
                                          static_cast<std::uint32_t>(packet.time_ns),
                                          static_cast<std::uint32_t>(captured),
                                          packet.wire_length};
  if (Result<void> done = file_.append(std::as_bytes(std::span(head))); !done) return done;
  if (Result<void> done = file_.append(packet.octets); !done) return done;
  if (Result<void> done = file_.append(Bytes(kPadding).first(padding(captured))); !done) return done;
  return file_.append(std::as_bytes(std::span(head).subspan(1, 1)));
}

}  // namespace gtp::capture
