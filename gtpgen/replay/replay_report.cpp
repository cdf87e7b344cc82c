// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtpgen/replay/replay_report.hpp"

#include <cstring>

#include "libcommon/output/json_writer.hpp"
#include "libcommon/util/civil_time.hpp"
#include "libcommon/util/units.hpp"

namespace gtp::gen::replay {
namespace {

// A schedule is kept when most packets leave within so much of their time.
constexpr std::uint64_t kAllowedDelayNs = 10'000'000;

double seconds(std::uint64_t ns) noexcept { return static_cast<double>(ns) / 1e9; }

std::uint64_t per_second(std::uint64_t count, std::uint64_t elapsed_ns) noexcept {
  return elapsed_ns == 0 ? 0 : static_cast<std::uint64_t>(static_cast<double>(count) / seconds(elapsed_ns) + 0.5);
}

void put_skipped(TextBuffer& out, const PlayCounts& counts, Wanted wanted) {
  const auto row = [&](std::uint64_t count, std::string_view what) {
    if (count == 0) return;
    out.put("not sent  ");
    out.put_dec(count);
    out.put(' ');
    out.put(what);
    out.put('\n');
  };
  row(counts.skipped_other, wanted == Wanted::ip      ? "that are no IP packet"
                            : wanted == Wanted::gtp_u ? "that are no GTP-U"
                                                      : "that are no G-PDU");
  row(counts.skipped_cut, "cut by the capture (snap length)");
  row(counts.skipped_malformed, "malformed");
  row(counts.skipped_fragment, "fragments, which were put together where they were all there");
  row(counts.incomplete, "datagrams of which fragments are missing");
  row(counts.too_long, "longer than the path takes (--fragment)");
  for (const auto& [error, count] : counts.send_errors) {
    row(count, std::string("refused by this host: ") + std::strerror(error));
  }
}

}  // namespace

void judge(ReplayReport& report) {
  const PlayCounts& counts = report.counts;
  const auto conclude = [&](int status, std::string reason) {
    if (report.status != 0) return;
    report.status = status;
    report.reason = std::move(reason);
  };
  if (counts.read_error) conclude(1, counts.read_error->what);
  if (counts.sent == 0 && !report.interrupted) conclude(1, "there was nothing to send");
  if (counts.refused > 0 || counts.too_long > 0) conclude(3, "this host did not send all packets");
  const auto late = counts.late.percentile(50).value_or(0);
  const std::uint64_t behind = counts.late.max().value_or(0);
  // Packets that waited for a processor now and then are no matter; most of them late is.
  if (late > kAllowedDelayNs && late > counts.scheduled_ns / 100) {
    TextBuffer text;
    put_duration(text, behind);
    conclude(3, "this host fell behind the schedule by up to " + std::string(text.view()));
  }
}

void put_text(TextBuffer& out, const ReplayReport& report) {
  const PlayCounts& counts = report.counts;
  out.put("replay of ");
  out.put(report.options.file);
  out.put(" to ");
  out.put_address(report.endpoint.address);
  out.put(" port ");
  out.put_dec(report.endpoint.port);
  switch (report.options.pace) {
    case Pace::capture:
      out.put(report.options.speed == 1 ? ", with its timing" : ", with its timing scaled");
      break;
    case Pace::rate:
      out.put(", at ");
      put_quantity(out, static_cast<std::uint64_t>(report.options.packets_per_second + 0.5), "pps");
      break;
    case Pace::top:
      out.put(", as fast as it goes");
      break;
  }
  out.put(", ");
  out.put(report.backend);
  out.put("\nread      ");
  out.put_dec(counts.read);
  out.put(" packets");
  if (report.options.loops != 1) {
    out.put(", ");
    out.put_dec(counts.loops);
    out.put(" whole loops");
  }
  out.put("\nsent      ");
  out.put_dec(counts.sent);
  out.put(" packets, ");
  put_quantity(out, counts.sent_octets, "B");
  out.put(" of IP in ");
  put_duration(out, counts.elapsed_ns);
  out.put(": ");
  put_quantity(out, per_second(counts.sent, counts.elapsed_ns), "pps");
  out.put(", ");
  put_quantity(out, per_second(counts.sent_octets * 8, counts.elapsed_ns), "bit/s");
  out.put('\n');
  if (counts.teids_mapped + counts.addresses_mapped > 0) {
    out.put("mapped    ");
    out.put_dec(counts.teids_mapped);
    out.put(" TEIDs, addresses of ");
    out.put_dec(counts.addresses_mapped);
    out.put(" packets\n");
  }
  put_skipped(out, counts, report.options.wanted);
  if (counts.late.count() > 0) {
    out.put("late      p50 ");
    put_duration(out, *counts.late.percentile(50));
    out.put(", p99 ");
    put_duration(out, *counts.late.percentile(99));
    out.put(", max ");
    put_duration(out, *counts.late.max());
    out.put('\n');
  }
  for (const IcmpError& error : report.transmit.icmp) {
    out.put("answers   ");
    out.put_dec(error.count);
    out.put(" ICMP errors: ");
    out.put(describe(error));
    out.put('\n');
  }
  if (counts.error_indications > 0) {
    out.put("answers   ");
    out.put_dec(counts.error_indications);
    out.put(" Error Indications: tunnels that the peer does not know\n");
  }
}

void put_json(TextBuffer& out, const ReplayReport& report) {
  const PlayCounts& counts = report.counts;
  output::JsonWriter json(out);
  {
    auto object = json.object();
    json.text("schema", "gtpgen-replay/1");
    json.text("file", report.options.file);
    json.text("target", report.target);
    json.address("address", report.endpoint.address);
    json.number("port", report.endpoint.port);
    json.text("backend", report.backend);
    switch (report.options.pace) {
      case Pace::capture:
        json.text("pace", "capture");
        break;
      case Pace::rate:
        json.text("pace", "rate");
        break;
      case Pace::top:
        json.text("pace", "top");
        break;
    }
    json.measured("speed_ppm", report.options.pace == Pace::capture
                                   ? std::optional(static_cast<std::uint64_t>(report.options.speed * 1e6 + 0.5))
                                   : std::nullopt);
    json.measured("target_pps", report.options.pace == Pace::rate
                                    ? std::optional(static_cast<std::uint64_t>(report.options.packets_per_second + 0.5))
                                    : std::nullopt);
    json.number("loops", counts.loops);
    json.number("duration_ns", counts.elapsed_ns);
    json.number("read", counts.read);
    json.number("sent", counts.sent);
    json.number("sent_octets", counts.sent_octets);
    json.number("packets_per_second", per_second(counts.sent, counts.elapsed_ns));
    json.number("bits_per_second", per_second(counts.sent_octets * 8, counts.elapsed_ns));
    {
      auto skipped = json.object("not_sent");
      json.number("other", counts.skipped_other);
      json.number("cut", counts.skipped_cut);
      json.number("malformed", counts.skipped_malformed);
      json.number("fragments", counts.skipped_fragment);
      json.number("incomplete_datagrams", counts.incomplete);
      json.number("too_long", counts.too_long);
      json.number("refused", counts.refused);
    }
    json.number("teids_mapped", counts.teids_mapped);
    json.number("addresses_mapped", counts.addresses_mapped);
    {
      auto late = json.object("late_ns");
      json.measured("p50", counts.late.percentile(50));
      json.measured("p99", counts.late.percentile(99));
      json.measured("max", counts.late.max());
    }
    json.number("icmp_errors", report.transmit.icmp_total());
    json.number("error_indications", counts.error_indications);
    json.boolean("interrupted", report.interrupted);
    if (!report.reason.empty()) json.text("reason", report.reason);
    json.number("exit_status", report.interrupted ? 130U : static_cast<unsigned>(report.status));
  }
  out.put('\n');
}

}  // namespace gtp::gen::replay
