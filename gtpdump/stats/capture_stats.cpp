// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtpdump/stats/capture_stats.hpp"

#include <algorithm>
#include <utility>

#include "libcommon/output/time_format.hpp"
#include "libcommon/util/units.hpp"

namespace gtp::dump::stats {
namespace {

using output::Column;
using output::Kind;
using output::TimeFormat;
using output::TimeStyle;
using packet::Packet;

constexpr Column kRejectionColumns[] = {
    {"port", "PORT", Kind::number, {}, "port that names the protocol; 0 when the packet did not get that far"},
    {"reason", "NOT GTP BECAUSE", Kind::text, {}, "why the packet is not taken for GTP"},
    {"version", "VERSION", Kind::number, {}, "version in the header, when that is the reason"},
    {"packets", "PACKETS", Kind::number, {}, "packets"},
};

struct Reason {
  std::string_view key;
  std::string_view text;
};
constexpr Reason kReasons[] = {{"", ""},
                               {"empty", "empty datagram"},
                               {"unsupported_version", "unsupported version"},
                               {"not_gtp", "other traffic"},
                               {"ip_malformed", "the IP header makes no sense"},
                               {"udp_malformed", "the UDP header makes no sense"}};

// Reason, version and port in one number.
std::uint32_t rejection_key(const Packet& packet) noexcept {
  return static_cast<std::uint32_t>(packet.rejected) << 24 | static_cast<std::uint32_t>(packet.rejected_version) << 16 |
         packet.rejected_port;
}

// "packets     1234"
void put_label(TextBuffer& out, std::string_view label) {
  constexpr std::size_t kWidth = 12;
  out.put(label);
  out.fill(' ', kWidth - std::min(kWidth, label.size()));
}

}  // namespace

void CaptureStats::add_time(std::uint64_t time_ns) noexcept {
  if (!has_time_ || time_ns < first_ns_) first_ns_ = time_ns;
  if (!has_time_ || time_ns > last_ns_) last_ns_ = time_ns;
  has_time_ = true;
}

void CaptureStats::add(const Item& item) {
  const Packet& packet = item.packet;
  ++packets_;
  octets_ += item.raw.wire_length;
  if (item.raw.has_time) add_time(item.raw.time_ns);
  if (packet.has_fragment || !packet.fragment_frames.empty()) ++fragments_;
  if (packet.layers.empty()) {
    if (packet.rejected == Packet::Rejected::no) return;
    const std::uint32_t key = rejection_key(packet);
    if (rejections_.size() < kMaxRejections || rejections_.contains(key)) ++*rejections_.insert(key).first;
    return;
  }
  ++gtp_packets_;
  gtp_octets_ += item.raw.wire_length;
  if (!packet.fragment_frames.empty()) ++reassembled_;
  for (const packet::Layer& layer : packet.layers) quoted_ += layer.quoted ? 1 : 0;
}

void CaptureStats::fill_rejections(output::Table& table, Naming naming) const {
  std::vector<std::pair<std::uint32_t, std::uint64_t>> rows;
  rejections_.for_each([&](std::uint32_t key, std::uint64_t packets) { rows.emplace_back(key, packets); });
  std::sort(rows.begin(), rows.end());
  for (const auto& [key, packets] : rows) {
    const Reason& reason = kReasons[key >> 24];
    table.row().number(key & 0xffff).text(naming == Naming::people ? reason.text : reason.key);
    const bool has_version = key >> 24 == static_cast<std::uint32_t>(Packet::Rejected::unsupported_version);
    has_version ? table.number(key >> 16 & 0xff) : table.missing();
    table.number(packets);
  }
}

void CaptureStats::print(Page& page) const {
  TextBuffer& out = page.out;
  page.heading("Capture");
  if (has_time_) {
    const TimeFormat time(TimeStyle::utc, 6);
    put_label(out, "time");
    time.put(out, first_ns_);
    out.put(" to ");
    time.put(out, last_ns_);
    out.put(", ");
    put_duration(out, duration_ns());
    out.put('\n');
  }
  const auto put_volume = [&](std::string_view label, std::uint64_t packets, std::uint64_t octets) {
    put_label(out, label);
    out.put_dec(packets);
    out.put(packets == 1 ? " packet, " : " packets, ");
    put_quantity(out, octets, "B");
    if (const auto bits = per_second(octets * 8, duration_ns())) {
      out.put(", ");
      put_quantity(out, *bits, "bit/s");
      out.put(", ");
      put_quantity(out, per_second(packets, duration_ns()).value_or(0), "packet/s");
    }
    out.put('\n');
  };
  put_volume("all", packets_, octets_);
  put_volume("GTP", gtp_packets_, gtp_octets_);
  if (fragments_ != 0) {
    put_label(out, "fragments");
    out.put_dec(fragments_);
    out.put(" IP fragments, ");
    out.put_dec(reassembled_);
    out.put(reassembled_ == 1 ? " datagram complete\n" : " datagrams complete\n");
  }
  if (quoted_ != 0) {
    put_label(out, "quoted");
    out.put_dec(quoted_);
    out.put(quoted_ == 1 ? " message in an ICMP error, not counted below\n"
                         : " messages in ICMP errors, not counted below\n");
  }
  output::Table table(kRejectionColumns);
  fill_rejections(table, Naming::people);
  if (table.rows() != 0) page.table(table);
}

void CaptureStats::print_json(output::JsonWriter& json) const {
  const auto object = json.object("capture");
  json.number("packets", packets_);
  json.number("octets", octets_);
  json.number("gtp_packets", gtp_packets_);
  json.number("gtp_octets", gtp_octets_);
  const TimeFormat exact(TimeStyle::epoch, 9);
  for (const auto& [key, time_ns] : {std::pair("first_time", first_ns_), std::pair("last_time", last_ns_)}) {
    TextBuffer time;
    exact.put(time, time_ns);
    has_time_ ? json.text(key, time.view()) : json.null(key);
  }
  json.measured("duration_ns", has_time_ ? std::optional(duration_ns()) : std::nullopt);
  json.measured("packets_per_second", per_second(packets_, duration_ns()));
  json.measured("bits_per_second", per_second(octets_ * 8, duration_ns()));
  json.number("fragments", fragments_);
  json.number("reassembled_datagrams", reassembled_);
  json.number("quoted_messages", quoted_);
  output::Table table(kRejectionColumns);
  fill_rejections(table, Naming::programs);
  const auto list = json.array("not_gtp");
  table.put_json(json);
}

}  // namespace gtp::dump::stats
