// SPDX-License-Identifier: GPL-2.0-or-later
//
// Changes in what is sent: TEIDs, addresses of the packets inside, a tunnel around. Checksums are corrected by the
// difference (RFC 1624), so a packet that was wrong before stays exactly as wrong.
//
// Addresses map by prefixes of the same length: 10.45.0.0/16=10.99.0.0/16 keeps the host part. The first rule that fits
// wins. Both directions of a flow are mapped: source and destination.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "libcommon/util/ip.hpp"
#include "libcommon/util/result.hpp"
#include "libcommon/wire/encode/gtpu.hpp"

namespace gtp::gen::replay {

class AddressMap {
 public:
  // "10.45.0.0/16=10.99.0.0/16", or two addresses.
  Result<void> add(std::string_view rule);
  bool empty() const noexcept { return rules_.empty(); }
  std::optional<IpAddress> find(const IpAddress& address) const noexcept;

 private:
  struct Rule {
    IpPrefix from;
    IpPrefix to;
  };
  std::vector<Rule> rules_;
};

// Maps both addresses of the IP packet [packet] in place. True: something was changed.
bool map_addresses(std::span<std::byte> packet, const AddressMap& map) noexcept;

class TeidMap {
 public:
  // "0x1000=0x2000".
  Result<void> add(std::string_view rule);
  bool empty() const noexcept { return teids_.empty(); }
  // Of the GTP-U message [message], in place. True: it was changed.
  bool apply(std::span<std::byte> message) const noexcept;

 private:
  std::map<std::uint32_t, std::uint32_t> teids_;
};

// --encap: the packets of a source address go into one tunnel; addresses take the TEIDs in turn as they appear.
class Encapsulation {
 public:
  // "0x1000", "1,2,3", "0x1000-0x10ff".
  Result<void> add_teids(std::string_view list);
  void set_qfi(std::uint8_t qfi) noexcept { qfi_ = qfi; }
  bool enabled() const noexcept { return !teids_.empty(); }
  std::size_t tunnels() const noexcept { return teids_.size(); }
  // Appends the G-PDU's header for the IP packet [packet] that follows it.
  void write_header(ByteWriter& out, Bytes packet);

 private:
  std::vector<std::uint32_t> teids_;
  std::unordered_map<IpAddress, std::uint32_t> by_source_;
  std::optional<std::uint8_t> qfi_;
};

}  // namespace gtp::gen::replay
