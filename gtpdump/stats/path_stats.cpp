// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtpdump/stats/path_stats.hpp"

#include "libcommon/util/units.hpp"

namespace gtp::dump::stats {
namespace {

using output::Column;
using output::Kind;
using wire::Protocol;

constexpr std::uint8_t kEchoRequest = 1;  // of every protocol; PFCP calls it Heartbeat
constexpr std::uint8_t kErrorIndication = 26;

constexpr Column kColumns[] = {
    {"protocol", "PROTOCOL", Kind::text, {}, "gtpv0, gtp-c (v1 and v2), gtp-u, gtp_prime or pfcp"},
    {"address_a", "A", Kind::text, {}, "one end, the smaller address"},
    {"address_b", "B", Kind::text, {}, "the other end"},
    {"packets_a_to_b", "PKT A>B", Kind::scaled, {}, "datagrams from a to b", 3},
    {"octets_a_to_b", "OCTETS A>B", Kind::scaled, {}, "octets of the messages from a to b, GTP header included"},
    {"packets_b_to_a", "PKT B>A", Kind::scaled, {}, "datagrams from b to a", 3},
    {"octets_b_to_a", "OCTETS B>A", Kind::scaled, {}, "octets of the messages from b to a, GTP header included"},
    {"echo_requests", "ECHO", Kind::number, {}, "Echo or Heartbeat Requests, retransmissions not included"},
    {"echo_lost", "LOST", Kind::number, {}, "of these, without a response"},
    {"rtt_min_ns", "RTT MIN", Kind::duration, {}, "shortest time to an Echo Response", 4},
    {"rtt_avg_ns", "RTT AVG", Kind::duration, {}, "mean time to an Echo Response"},
    {"rtt_max_ns", "RTT MAX", Kind::duration, {}, "longest time to an Echo Response", 4},
    {"restarts_a", "RESTARTS A", Kind::number, {}, "changes of a's restart counter or recovery time stamp", 1},
    {"restarts_b", "RESTARTS B", Kind::number, {}, "changes of b's restart counter or recovery time stamp", 1},
    {"error_indications", "ERROR IND", Kind::number, {}, "Error Indications, both ways", 2},
};

}  // namespace

PathStats::Family PathStats::family_of(Protocol protocol) noexcept {
  switch (protocol) {
    case Protocol::gtpv0:
      return Family::gtpv0;
    case Protocol::gtpv1_c:
    case Protocol::gtpv2_c:
      return Family::gtp_c;
    case Protocol::gtpv1_u:
      return Family::gtp_u;
    case Protocol::gtp_prime:
      return Family::gtp_prime;
    case Protocol::pfcp:
      break;
  }
  return Family::pfcp;
}

std::string_view PathStats::name_of(Family family, Naming naming) noexcept {
  constexpr std::string_view kNames[][2] = {
      {"GTPv0", "gtpv0"}, {"GTP-C", "gtp-c"}, {"GTP-U", "gtp-u"}, {"GTP'", "gtp_prime"}, {"PFCP", "pfcp"}};
  return kNames[static_cast<std::size_t>(family)][static_cast<std::size_t>(naming)];
}

void PathStats::find(const packet::Layer& layer) {
  const Family family = family_of(layer.header.protocol);
  if (last_ != nullptr && last_->key.family == family) {
    const Key& key = last_->key;
    if (key.a == layer.src && key.b == layer.dst) {
      way_ = 0;
      return;
    }
    if (key.a == layer.dst && key.b == layer.src) {
      way_ = 1;
      return;
    }
  }
  way_ = layer.dst < layer.src ? 1 : 0;
  const Key key = way_ == 0 ? Key{layer.src, layer.dst, family} : Key{layer.dst, layer.src, family};
  if (const std::uint32_t* known = index_.find(key)) {
    last_ = &paths_[*known];
  } else if (paths_.size() < kMaxPaths) {
    index_.insert(key, static_cast<std::uint32_t>(paths_.size()));
    last_ = &paths_.emplace_back();
    last_->key = key;
  } else {
    last_ = nullptr;
  }
}

void PathStats::count(const packet::Layer& layer, std::uint64_t octets) {
  find(layer);
  Way& way = last_ != nullptr ? last_->ways[way_] : others_;
  way.octets += octets;
  if (!layer.piggybacked) ++way.packets;
}

void PathStats::control(const packet::Layer& layer, const MessageFacts& facts, const Exchange& exchange) {
  if (last_ == nullptr) return;
  Path& path = *last_;
  const wire::Header& header = layer.header;
  if (header.has_type && header.message_type == kEchoRequest && exchange.requests) ++path.echo_requests;
  if (header.has_type && header.message_type == kEchoRequest + 1) {
    if (exchange.answers) ++path.echo_answered;
    if (exchange.response_time_ns) {
      const std::uint64_t rtt = *exchange.response_time_ns;
      path.rtt_min = path.rtt_count == 0 ? rtt : std::min(path.rtt_min, rtt);
      path.rtt_max = std::max(path.rtt_max, rtt);
      path.rtt_sum += rtt;
      ++path.rtt_count;
    }
  }
  const bool carries_errors = header.protocol != Protocol::pfcp && header.protocol != Protocol::gtpv2_c;
  if (carries_errors && header.has_type && header.message_type == kErrorIndication) ++path.error_indications;
  if (!facts.has_restart_counter || header.protocol == Protocol::gtpv1_u) return;
  Way& way = path.ways[way_];
  if (way.has_restart_counter && way.restart_counter != facts.restart_counter) ++way.restarts;
  way.restart_counter = facts.restart_counter;
  way.has_restart_counter = true;
}

void PathStats::fill(output::Table& table, std::size_t limit, Naming naming) const {
  const auto weight = [](const Path& path) { return path.ways[0].octets + path.ways[1].octets; };
  for (const std::size_t i : ranking(paths_, limit, weight)) {
    const Path& path = paths_[i];
    table.row().text(name_of(path.key.family, naming)).address(path.key.a).address(path.key.b);
    for (const Way& way : path.ways) table.number(way.packets).number(way.octets);
    table.number(path.echo_requests);
    path.echo_requests == 0 ? table.missing() : table.number(path.echo_requests - path.echo_answered);
    if (path.rtt_count == 0) {
      table.missing().missing().missing();
    } else {
      table.number(path.rtt_min).number(path.rtt_sum / path.rtt_count).number(path.rtt_max);
    }
    for (const Way& way : path.ways) way.has_restart_counter ? table.number(way.restarts) : table.missing();
    table.number(path.error_indications);
  }
}

void PathStats::print(Page& page) const {
  if (paths_.empty()) return;
  page.heading("Paths");
  output::Table table(kColumns);
  fill(table, kTop, Naming::people);
  page.table(table);
  if (paths_.size() > kTop) {
    page.out.put("the first ");
    page.out.put_dec(kTop);
    page.out.put(" by octets of ");
    page.out.put_dec(paths_.size());
    page.out.put('\n');
  }
  if (others_.packets != 0) {
    page.out.put("others: ");
    put_count(page.out, others_.packets);
    page.out.put(" packets");
    page.out.put(" of further paths, beyond the ");
    page.out.put_dec(kMaxPaths);
    page.out.put(" that are told apart\n");
  }
}

void PathStats::print_json(output::JsonWriter& json) const {
  const auto object = json.object("paths");
  json.number("count", paths_.size());
  json.number("other_packets", others_.packets);
  json.number("other_octets", others_.octets);
  output::Table table(kColumns);
  fill(table, kMaxPaths, Naming::programs);
  const auto list = json.array("rows");
  table.put_json(json);
}

}  // namespace gtp::dump::stats
