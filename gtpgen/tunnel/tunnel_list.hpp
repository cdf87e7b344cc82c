// SPDX-License-Identifier: GPL-2.0-or-later
//
// The tunnels that the kernel has, as a table for people, CSV, or JSON lines (gtpgen-tunnel/1). Rows are written a
// thousand at a time, so a million take no memory; for people the heading comes again with each thousand.
#pragma once

#include <cstdint>
#include <cstdio>
#include <span>
#include <string_view>

#include "libcommon/netlink/tunnel.hpp"
#include "libcommon/output/table.hpp"

namespace gtp::gen {

enum class ListFormat : std::uint8_t { text, csv, json };

inline constexpr std::string_view kTunnelSchema = "gtpgen-tunnel/1";

class TunnelList {
 public:
  // [counters]: whether the module has any; without, text leaves their columns out.
  TunnelList(std::FILE* out, ListFormat format, bool counters, std::size_t width, output::Style style);

  void add(const netlink::Tunnel& tunnel, std::string_view link);
  // The rest. False when writing failed.
  bool finish();
  std::uint64_t rows() const noexcept { return rows_; }

  // All of them, for the manual.
  static std::span<const output::Column> columns() noexcept;

 private:
  void write();

  std::FILE* out_;
  ListFormat format_;
  bool counters_;  // are columns
  std::size_t width_;
  output::Style style_;
  output::Table table_;
  TextBuffer text_;
  std::uint64_t rows_ = 0;
  bool first_ = true;
  bool failed_ = false;
};

}  // namespace gtp::gen
