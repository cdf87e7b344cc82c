// SPDX-License-Identifier: GPL-2.0-or-later
//
// For the tests of capture files: octets in either byte order, a directory that goes away, and reading a whole file.
#pragma once

#include <catch2/catch.hpp>
#include <stdlib.h>

#include <filesystem>
#include <fstream>
#include <initializer_list>
#include <string>
#include <vector>

#include "libcommon/capture/source.hpp"

namespace gtp::capture::test {

class Octets {
 public:
  explicit Octets(bool big_endian = false) : big_(big_endian) {}

  Octets& u8(unsigned value) { return out_.push_back(static_cast<std::byte>(value)), *this; }
  Octets& u16(unsigned value) { return number(value, 2); }
  Octets& u32(std::uint64_t value) { return number(value, 4); }
  Octets& u64(std::uint64_t value) { return number(value, 8); }
  Octets& raw(const std::vector<std::byte>& octets) {
    out_.insert(out_.end(), octets.begin(), octets.end());
    return *this;
  }
  // [n] octets that count up from [first].
  Octets& pattern(std::size_t n, unsigned first) {
    for (std::size_t i = 0; i < n; ++i) u8((first + static_cast<unsigned>(i)) & 0xff);
    return *this;
  }
  Octets& text(std::string_view s) {
    for (const char c : s) u8(static_cast<unsigned char>(c));
    return *this;
  }
  // A pcapng block around [body], padded.
  Octets& block(std::uint32_t type, std::vector<std::byte> body) {
    while (body.size() % 4 != 0) body.push_back(std::byte{0});
    return u32(type).u32(body.size() + 12).raw(body).u32(body.size() + 12);
  }
  Octets& pcap_header(std::uint32_t magic, std::uint32_t link_type) {
    return u32(magic).u16(2).u16(4).u32(0).u32(0).u32(65535).u32(link_type);
  }
  Octets& pcap_record(std::uint32_t seconds, std::uint32_t fraction, std::size_t n, unsigned first) {
    return u32(seconds).u32(fraction).u32(n).u32(n).pattern(n, first);
  }

  const std::vector<std::byte>& done() const { return out_; }
  std::vector<std::byte> first(std::size_t n) const { return {out_.begin(), out_.begin() + static_cast<long>(n)}; }

 private:
  Octets& number(std::uint64_t value, unsigned size) {
    for (unsigned i = 0; i < size; ++i) u8(static_cast<unsigned>(value >> 8 * (big_ ? size - 1 - i : i)) & 0xff);
    return *this;
  }

  bool big_;
  std::vector<std::byte> out_;
};

class TempDir {
 public:
  TempDir() {
    std::string pattern = (std::filesystem::temp_directory_path() / "gtp-capture-XXXXXX").string();
    REQUIRE(::mkdtemp(pattern.data()) != nullptr);
    path_ = pattern;
  }
  TempDir(const TempDir&) = delete;
  TempDir& operator=(const TempDir&) = delete;
  ~TempDir() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }

  std::string operator/(const std::string& name) const { return (path_ / name).string(); }
  std::string write(const std::string& name, const std::vector<std::byte>& octets) const {
    std::ofstream file(path_ / name, std::ios::binary);
    for (const std::byte octet : octets) file.put(static_cast<char>(octet));
    return *this / name;
  }
  std::vector<std::string> names() const {
    std::vector<std::string> out;
    for (const auto& entry : std::filesystem::directory_iterator(path_)) out.push_back(entry.path().filename());
    std::sort(out.begin(), out.end());
    return out;
  }

 private:
  std::filesystem::path path_;
};

// A packet with octets of its own.
struct Kept {
  RawPacket packet;
  std::vector<std::byte> octets;
};

struct Contents {
  std::vector<Kept> packets;
  std::vector<Interface> interfaces;
  std::string error;  // of open_file() or next(); empty: none
};

inline Contents read_all(const std::string& path, std::size_t limit = 3) {
  Contents out;
  Result<std::unique_ptr<PacketSource>> source = open_file(path);
  if (!source) {
    out.error = source.error().what;
    return out;
  }
  RawBatch batch;
  for (;;) {
    Result<bool> more = (*source)->next(batch, limit);
    if (!more) out.error = more.error().what;
    if (!more || !*more) break;
    REQUIRE(batch.packets.size() <= limit);
    for (const RawPacket& packet : batch.packets) {
      out.packets.push_back({packet, {packet.octets.begin(), packet.octets.end()}});
    }
  }
  for (std::uint32_t i = 0; i < (*source)->interface_count(); ++i) out.interfaces.push_back((*source)->interface(i));
  return out;
}

inline std::vector<std::byte> pattern(std::size_t n, unsigned first) { return Octets().pattern(n, first).done(); }

inline bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

}  // namespace gtp::capture::test
