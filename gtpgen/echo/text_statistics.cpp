// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtpgen/echo/text_statistics.hpp"

#include <string>

#include "libcommon/output/table.hpp"

namespace gtp::gen::echo {
namespace {

using output::Column;
using output::Kind;
using output::Role;

void put_extra(TextBuffer& out, std::uint64_t count, std::string_view what) {
  if (count == 0) return;
  out.put(", +");
  out.put_dec(count);
  out.put(' ');
  out.put(what);
}

void put_counts(TextBuffer& out, const Counts& counts, const Summary& summary) {
  out.put_dec(counts.sent);
  out.put(" packets transmitted, ");
  out.put_dec(counts.answered);
  out.put(" received");
  put_extra(out, counts.duplicate, "duplicates");
  put_extra(out, counts.unreachable, "errors");
  put_extra(out, counts.malformed, "malformed");
  put_extra(out, counts.late, "late");
  out.put(", ");
  put_percent(out, unanswered_ratio(counts, summary.lost_local));
  out.put("% packet loss, time ");
  out.put_dec(summary.elapsed_ns / 1'000'000);
  out.put("ms\n");
  bool first = true;
  const auto also = [&](std::uint64_t count, std::string_view what) {
    if (count == 0) return;
    if (!first) out.put(", ");
    first = false;
    out.put_dec(count);
    out.put(' ');
    out.put(what);
  };
  also(summary.lost_local, "lost by this host (receive buffer full)");
  also(counts.not_sent, "not sent by this host");
  also(counts.in_flight(), "still in flight");
  also(counts.retransmitted, "retransmitted");
  also(counts.reordered, "out of order");
  also(counts.unexpected, "unexpected");
  also(counts.peer_requests, "echo requests of the peer");
  also(counts.probes, "sent to find the version");
  // A node with several addresses may answer from another one than was asked.
  also(summary.strays, "from addresses that were not asked");
  if (!first) out.put('\n');
}

void put_rtt(TextBuffer& out, const Peer& peer) {
  const RttStatistics& rtt = peer.rtt();
  if (rtt.count() == 0) return;
  out.put("rtt min/avg/max/mdev = ");
  put_milliseconds(out, *rtt.min());
  out.put('/');
  put_milliseconds(out, *rtt.mean());
  out.put('/');
  put_milliseconds(out, *rtt.max());
  out.put('/');
  put_milliseconds(out, *rtt.deviation());
  out.put(" ms");
  if (const auto median = rtt.percentile(50); median && rtt.count() >= 10) {
    out.put(", p50/p90/p99 = ");
    put_milliseconds(out, *median);
    out.put('/');
    put_milliseconds(out, *rtt.percentile(90));
    out.put('/');
    put_milliseconds(out, *rtt.percentile(99));
    out.put(" ms");
  }
  if (peer.counts().app_clock > 0) {
    out.put(" (");
    out.put_dec(peer.counts().app_clock);
    out.put(" not timed by the kernel)");
  }
  out.put('\n');
}

void put_restart(TextBuffer& out, const Peer& peer, output::Style style) {
  if (const auto counter = peer.restart_counter()) {
    out.put("recovery ");
    out.put_dec(*counter);
    if (peer.counts().restarts > 0) {
      out.put(", ");
      style.put(out, Role::error, std::to_string(peer.counts().restarts) + " restarts");
    }
    if (peer.counts().older_counters > 0) {
      out.put(", ");
      out.put_dec(peer.counts().older_counters);
      out.put(" older counters discarded");
    }
    out.put('\n');
  }
  if (const auto highest = peer.highest_version()) {
    out.put("the highest version that the peer announces is ");
    out.put_dec(*highest);
    out.put('\n');
  }
}

void put_one(TextBuffer& out, const Peer& peer, const Summary& summary, output::Style style) {
  out.put("--- ");
  out.put(peer.target().name);
  out.put(' ');
  if (peer.settled()) {
    out.put(info(peer.dialect()).title);
    out.put(' ');
  }
  out.put("echo statistics ---\n");
  put_counts(out, peer.counts(), summary);
  put_rtt(out, peer);
  put_restart(out, peer, style);
}

constexpr Column kColumns[] = {
    {"host", "HOST", Kind::text, {}, "as it was given"},
    {"version", "VERSION", Kind::text, {}, "that answers"},
    {"sent", "SENT", Kind::number, {}, "requests"},
    {"answered", "ANSWERED", Kind::number, {}, "answers in time"},
    {"loss", "LOSS", Kind::text, "%", "not answered", 0, output::Align::right},
    {"min", "MIN", Kind::text, "ms", "round trip", 0, output::Align::right},
    {"avg", "AVG", Kind::text, "ms", "round trip", 0, output::Align::right},
    {"max", "MAX", Kind::text, "ms", "round trip", 0, output::Align::right},
    {"recovery", "RECOVERY", Kind::number, {}, "restart counter"},
    {"restarts", "RESTARTS", Kind::number, {}, "seen in this run", 2},
};

void put_many(TextBuffer& out, const Engine& engine, const Summary& summary, output::Style style) {
  out.put("--- echo statistics ---\n");
  output::Table table(kColumns);
  TextBuffer cell;
  const auto text = [&](auto write) -> std::string_view {
    cell.clear();
    write();
    return cell.view();
  };
  for (const Peer& peer : engine.peers()) {
    const Counts& counts = peer.counts();
    table.row().text(peer.target().name);
    counts.answered > 0 ? table.text(info(peer.dialect()).title) : table.text("-");
    table.number(counts.sent).number(counts.answered);
    table.text(text([&] { put_percent(cell, unanswered_ratio(counts, 0)); }));
    for (const auto value : {peer.rtt().min(), peer.rtt().mean(), peer.rtt().max()}) {
      table.text(value ? text([&] { put_milliseconds(cell, *value); }) : std::string_view("-"));
    }
    const auto counter = peer.restart_counter();
    counter ? table.number(*counter) : table.missing();
    table.number(counts.restarts);
  }
  table.put_text(out, 0, style);
  out.put_dec(summary.answering);
  out.put(" of ");
  out.put_dec(summary.peers);
  out.put(" hosts answered\n");
  put_counts(out, summary.total, summary);
}

}  // namespace

void put_milliseconds(TextBuffer& out, std::uint64_t ns) {
  const std::uint64_t us = (ns + 500) / 1000;
  out.put_dec(us / 1000);
  out.put('.');
  out.put_padded(us % 1000, 3);
}

void put_node_features(TextBuffer& out, std::uint8_t features) {
  bool first = true;
  for (int bit = 0; bit < 8; ++bit) {
    if ((features >> bit & 1) == 0) continue;
    if (!first) out.put(',');
    first = false;
    const std::string_view name = node_feature(bit);
    if (name.empty()) {
      out.put("bit");
      out.put_dec(static_cast<std::uint64_t>(bit) + 1);
    } else {
      out.put(name);
    }
  }
  if (first) out.put("none");
}

void put_icmp_numbers(TextBuffer& out, const IcmpError& error) {
  out.put(error.ipv6 ? " (ICMPv6 type " : " (ICMP type ");
  out.put_dec(error.type);
  out.put(" code ");
  out.put_dec(error.code);
  if (error.mtu != 0) {
    out.put(", MTU ");
    out.put_dec(error.mtu);
  }
  out.put(')');
}

void put_percent(TextBuffer& out, double ratio) {
  // A loss is never rounded to none.
  auto parts = static_cast<std::uint64_t>(ratio * 1e6 + 1e-6);
  if (parts == 0 && ratio > 0) parts = 1;
  out.put_dec(parts / 10'000);
  parts %= 10'000;
  if (parts == 0) return;
  int digits = 4;
  for (; parts % 10 == 0; parts /= 10) --digits;
  out.put('.');
  out.put_padded(parts, digits);
}

void put_statistics(TextBuffer& out, const Engine& engine, const Summary& summary, bool final, output::Style style) {
  if (final) out.put('\n');
  if (engine.peers().size() == 1) {
    put_one(out, engine.peers().front(), summary, style);
  } else {
    put_many(out, engine, summary, style);
  }
}

}  // namespace gtp::gen::echo
