// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtpgen/receive/tunnel_csv.hpp"

#include <algorithm>
#include <limits>

namespace gtp::gen {
namespace {

// What the delays of [run] count from.
std::int64_t fastest(const Run& run) {
  if (run.plan().latency != LatencyMeter::Kind::one_way_relative) return 0;
  std::int64_t least = std::numeric_limits<std::int64_t>::max();
  for (std::uint32_t tunnel = 0; tunnel < run.tracker().tunnels(); ++tunnel) {
    const auto& detail = run.details()->at(tunnel);
    if (detail.measured != 0) least = std::min(least, detail.min_ns);
  }
  return least;
}

}  // namespace

void put_tunnel_csv_heading(TextBuffer& out) {
  out.put("run,tunnel,expected,received,lost,reordered,duplicate,late,min_ns,mean_ns,max_ns\n");
}

void put_tunnel_csv(TextBuffer& out, const Run& run) {
  if (run.details() == nullptr) return;
  const std::int64_t base = fastest(run);
  for (std::uint32_t tunnel = 0; tunnel < run.tracker().tunnels(); ++tunnel) {
    if (!run.tracker().seen(tunnel)) continue;
    const std::uint64_t received = run.tracker().received(tunnel);
    const std::uint64_t lost = run.tracker().lost(tunnel);
    const auto& detail = run.details()->at(tunnel);
    for (const std::uint64_t value :
         {std::uint64_t{run.plan().run}, std::uint64_t{tunnel}, received + lost, received, lost,
          std::uint64_t{detail.reordered}, std::uint64_t{detail.duplicate}, std::uint64_t{detail.late}}) {
      out.put_dec(value);
      out.put(',');
    }
    if (detail.measured == 0) {
      out.put(",,\n");  // not measured
      continue;
    }
    out.put_signed(detail.min_ns - base);
    out.put(',');
    out.put_signed(detail.mean_ns() - base);
    out.put(',');
    out.put_signed(detail.max_ns - base);
    out.put('\n');
  }
}

}  // namespace gtp::gen
