// SPDX-License-Identifier: GPL-2.0-or-later
//
// The numbers and layouts of capture files, for readers and writers.
//
// pcap, in the byte order of the machine that wrote it (draft-ietf-opsawg-pcap):
//
//    0      4       6       8          12         16        20          24
//   +------+-------+-------+----------+----------+---------+-----------+
//   | magic| major | minor | reserved | reserved | snaplen | link type |   then records:
//   +------+-------+-------+----------+----------+---------+-----------+
//   +---------+----------------+----------+-------------+--------
//   | seconds | micro- or nano-| captured | length on   | frame…
//   |         | seconds        | octets   | the wire    |
//   +---------+----------------+----------+-------------+--------
//
// pcapng, in the byte order that each section header announces (draft-ietf-opsawg-pcapng):
//
//   +------+--------------+-------------------------+--------------+
//   | type | total length | body, padded to 4       | total length |   blocks of this form, back to back
//   +------+--------------+-------------------------+--------------+
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>

namespace gtp::capture {

inline constexpr std::uint32_t kPcapMicroseconds = 0xa1b2c3d4;
inline constexpr std::uint32_t kPcapNanoseconds = 0xa1b23c4d;
inline constexpr std::uint16_t kPcapMajor = 2;
inline constexpr std::uint16_t kPcapMinor = 4;
inline constexpr std::size_t kPcapHeaderBytes = 24;
inline constexpr std::size_t kPcapRecordBytes = 16;
// The rest of the link type field tells of frame check sequences.
inline constexpr std::uint32_t kPcapLinkTypeMask = 0x03ffffff;

enum class BlockType : std::uint32_t {
  interface_description = 1,
  obsolete_packet = 2,
  simple_packet = 3,
  enhanced_packet = 6,
  journal_export = 9,
  custom = 0x00000bad,
  custom_do_not_copy = 0x40000bad,
  section_header = 0x0a0d0d0a,  // reads the same in both byte orders
};

inline constexpr std::uint32_t kByteOrderMagic = 0x1a2b3c4d;
inline constexpr std::size_t kBlockOverhead = 12;  // type and both lengths

enum class OptionCode : std::uint16_t {
  end = 0,
  if_name = 2,
  shb_userappl = 4,
  if_tsresol = 9,
  if_tsoffset = 14,
};

// Loads in the byte order of a file.
struct ByteOrder {
  bool swap = false;  // the file's order is not this machine's

  std::uint16_t u16(const std::byte* p) const noexcept {
    std::uint16_t value = 0;
    std::memcpy(&value, p, sizeof value);
    return swap ? __builtin_bswap16(value) : value;
  }
  std::uint32_t u32(const std::byte* p) const noexcept {
    std::uint32_t value = 0;
    std::memcpy(&value, p, sizeof value);
    return swap ? __builtin_bswap32(value) : value;
  }
  std::uint64_t u64(const std::byte* p) const noexcept {
    std::uint64_t value = 0;
    std::memcpy(&value, p, sizeof value);
    return swap ? __builtin_bswap64(value) : value;
  }
};

}  // namespace gtp::capture
