// SPDX-License-Identifier: GPL-2.0-or-later
//
// Decapsulator: --decap, the packets inside the tunnels as a pcapng file of raw IP (Ethernet for Ethernet PDU
// sessions), with an interface per tunnel. An interface is named by the tunnel's TEID and its receiver:
// "0x51a0ff17 192.0.2.1". One thread.
#pragma once

#include <deque>
#include <memory>

#include "gtpdump/item.hpp"
#include "libcommon/capture/writer.hpp"
#include "libcommon/util/flat_table.hpp"

namespace gtp::dump {

class Decapsulator {
 public:
  static Result<std::unique_ptr<Decapsulator>> create(const std::string& path);

  Result<void> write(const Item& item);
  Result<void> flush() { return writer_->flush(); }
  Result<void> close() { return writer_->close(); }

 private:
  // More tunnels than this share one interface, "other tunnels".
  static constexpr std::size_t kMaxTunnels = 65536;

  explicit Decapsulator(std::unique_ptr<capture::PacketWriter> writer) : writer_(std::move(writer)) {}
  std::uint32_t interface_of(const packet::Layer& layer, packet::LinkType link_type);

  std::unique_ptr<capture::PacketWriter> writer_;
  FlatTable<std::uint64_t, std::uint32_t> tunnels_;
  std::deque<capture::Interface> interfaces_;
};

}  // namespace gtp::dump
