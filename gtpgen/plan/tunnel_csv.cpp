// SPDX-License-Identifier: GPL-2.0-or-later
#include <algorithm>
#include <array>
#include <charconv>
#include <cstdio>
#include <map>
#include <memory>

#include "gtpgen/command.hpp"
#include "gtpgen/plan/tunnel_plan.hpp"
#include "libcommon/util/flat_table.hpp"
#include "libcommon/util/units.hpp"

namespace gtp::gen {
namespace {

constexpr std::size_t kColumns = 5;
constexpr std::size_t kMaxFile = std::size_t{256} << 20;
constexpr std::array<std::string_view, kColumns> kColumnNames = {"teid", "peer", "ue_ip", "qfi", "sport"};

std::string_view trim(std::string_view text) noexcept {
  const auto blank = [](char c) { return c == ' ' || c == '\t' || c == '\r'; };
  while (!text.empty() && blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && blank(text.back())) text.remove_suffix(1);
  return text;
}

std::string shown(std::string_view text) {
  constexpr std::size_t kEnough = 40;
  return "\"" + std::string(text.substr(0, kEnough)) + (text.size() > kEnough ? "…" : "") + "\"";
}

// Puts [value] into a vector that exists only when a row before had one that differs from [usual].
template <typename T>
void put_sparse(std::vector<T>& column, std::size_t rows, T value, T usual) {
  if (column.empty()) {
    if (value == usual) return;
    column.assign(rows, usual);
  }
  column.push_back(value);
}

}  // namespace

// Reads the lines one after the other into the columns of a plan.
class TunnelReader {
 public:
  TunnelReader(const std::string& name, const TunnelPlan::Range& range) : name_(name) { plan_.range_ = range; }

  Result<TunnelPlan> read(std::string_view text) {
    while (!text.empty()) {
      const std::size_t end = std::min(text.find('\n'), text.size());
      const std::string_view line = trim(text.substr(0, end));
      text.remove_prefix(std::min(end + 1, text.size()));
      ++line_;
      if (line.empty() || line.front() == '#') continue;
      if (!started_ && line.starts_with("teid")) {
        started_ = true;
        continue;
      }
      started_ = true;
      if (auto row = read_row(line); !row) return std::move(row).error();
    }
    if (plan_.teids_.empty()) return usage(name_ + ": no tunnels in it", "lines like 0x1000,192.0.2.1,10.45.0.1");
    plan_.finish();
    return std::move(plan_);
  }

 private:
  Error fault(std::size_t column, const std::string& what) const {
    return usage(name_ + ":" + std::to_string(line_) + ": " + std::string(kColumnNames[column]) + ": " + what);
  }

  Result<void> read_row(std::string_view line) {
    std::array<std::string_view, kColumns> cells{};
    std::size_t count = 0;
    for (std::size_t at = 0; at <= line.size(); ++count) {
      if (count == kColumns) return usage(where() + "more than " + std::to_string(kColumns) + " columns");
      const std::size_t comma = std::min(line.find(',', at), line.size());
      cells[count] = trim(line.substr(at, comma - at));
      at = comma + 1;
    }
    if (count < 3) return usage(where() + "fewer than three columns", "teid,peer,ue_ip[,qfi][,sport]");
    if (plan_.teids_.size() == kMaxTunnels) {
      return usage(where() + "more than " + std::to_string(kMaxTunnels) + " tunnels");
    }
    if (auto taken = take_teid(cells[0]); !taken) return taken;
    const std::size_t rows = plan_.teids_.size() - 1;
    if (auto taken = take_peer(cells[1], rows); !taken) return taken;
    if (auto taken = take_ue(cells[2], rows); !taken) return taken;
    if (auto taken = take_qfi(cells[3], rows); !taken) return taken;
    return take_port(cells[4], rows);
  }

  std::string where() const { return name_ + ":" + std::to_string(line_) + ": "; }

  Result<void> take_teid(std::string_view cell) {
    const auto teid = parse_count(cell);
    if (!teid || *teid == 0 || *teid >= 0xffffffffU) {
      return fault(0, shown(cell) + " is no TEID between 1 and 0xfffffffe");
    }
    plan_.teids_.push_back(static_cast<std::uint32_t>(*teid));
    return {};
  }

  Result<void> take_peer(std::string_view cell, std::size_t rows) {
    std::uint32_t index = 0;
    if (!cell.empty()) {
      const auto peer = IpAddress::parse(cell);
      if (!peer) return fault(1, shown(cell) + " is no address");
      if (plan_.peers_.empty()) plan_.peers_.emplace_back();
      const auto [at, fresh] = peer_index_.try_emplace(*peer, static_cast<std::uint32_t>(plan_.peers_.size()));
      if (fresh) plan_.peers_.push_back(*peer);
      index = at->second;
    }
    put_sparse<std::uint32_t>(plan_.peer_of_, rows, index, 0);
    return {};
  }

  Result<void> take_ue(std::string_view cell, std::size_t rows) {
    const auto ue = IpAddress::parse(cell);
    if (!ue) return fault(2, shown(cell) + " is no address");
    if (rows == 0) plan_.version_ = ue->version();
    if (ue->version() != plan_.version_) return fault(2, "IPv4 and IPv6 subscribers in one file");
    if (ue->is_v4()) {
      plan_.ue4_.push_back(ue->to_v4());
    } else {
      auto& octets = plan_.ue6_.emplace_back();
      std::ranges::copy(ue->octets(), octets.begin());
    }
    return {};
  }

  Result<void> take_qfi(std::string_view cell, std::size_t rows) {
    std::uint8_t qfi = 0;
    if (!cell.empty()) {
      const auto value = parse_count(cell);
      if (!value || *value > 63) return fault(3, shown(cell) + " is no QFI between 0 and 63");
      qfi = static_cast<std::uint8_t>(*value);
    } else if (plan_.qfi_of_.empty()) {
      return {};
    }
    if (plan_.qfi_of_.empty()) plan_.qfi_of_.assign(rows, 0);
    plan_.qfi_of_.push_back(qfi);
    return {};
  }

  Result<void> take_port(std::string_view cell, std::size_t rows) {
    if (cell.empty() && plan_.ports_.empty()) return {};
    const auto value = parse_count(cell);
    if (!value || *value == 0 || *value > 65535) return fault(4, shown(cell) + " is no port between 1 and 65535");
    if (plan_.ports_.empty() && rows != 0) return fault(4, "given here and not in the lines above");
    const auto port = static_cast<std::uint16_t>(*value);
    const auto [at, fresh] = port_index_.try_emplace(port, static_cast<std::uint16_t>(plan_.ports_.size()));
    if (fresh) plan_.ports_.push_back(port);
    plan_.port_of_.push_back(at->second);
    return {};
  }

  const std::string& name_;
  TunnelPlan plan_;
  std::size_t line_ = 0;
  bool started_ = false;
  std::map<IpAddress, std::uint32_t> peer_index_;
  std::map<std::uint16_t, std::uint16_t> port_index_;
};

Result<TunnelPlan> TunnelPlan::from_csv(std::string_view text, const std::string& name, const Range& range) {
  return TunnelReader(name, range).read(text);
}

Result<TunnelPlan> TunnelPlan::from_file(const std::string& path, const Range& range) {
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> file(
      path == "-" ? ::fdopen(0, "r") : std::fopen(path.c_str(), "re"), std::fclose);
  if (!file) {
    Error error = Error::from_errno(path);
    error.code = ErrorCode::usage;
    return error;
  }
  std::string text;
  std::array<char, 65536> piece{};
  while (const std::size_t n = std::fread(piece.data(), 1, piece.size(), file.get())) {
    text.append(piece.data(), n);
    if (text.size() > kMaxFile) return usage(path + ": larger than a list of a million tunnels can be");
  }
  if (std::ferror(file.get()) != 0) return Error::from_errno(path);
  return from_csv(text, path, range);
}

}  // namespace gtp::gen
