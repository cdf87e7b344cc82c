// SPDX-License-Identifier: GPL-2.0-or-later
#include <sys/resource.h>
#include <unistd.h>

#include <charconv>
#include <chrono>
#include <fstream>
#include <sstream>

#include "gtptop/export/metrics.hpp"

namespace gtp::top {
namespace {

double seconds(const timeval& time) {
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
}

// The kernel counts the start in ticks since it was booted; field 22 of the file, 20 behind the name in parentheses.
double read_start_time() {
  const double now = std::chrono::duration<double>(std::chrono::system_clock::now().time_since_epoch()).count();
  std::ifstream file("/proc/self/stat");
  std::string line;
  std::getline(file, line);
  std::istringstream fields(line.substr(std::min(line.rfind(')') + 1, line.size())));
  std::string field;
  for (int i = 0; i < 20; ++i) fields >> field;
  std::uint64_t ticks = 0;
  const auto [end, error] = std::from_chars(field.data(), field.data() + field.size(), ticks);
  timespec boot{};
  if (error != std::errc{} || clock_gettime(CLOCK_BOOTTIME, &boot) != 0) return now;
  const double age = static_cast<double>(boot.tv_sec) + static_cast<double>(boot.tv_nsec) / 1e9 -
                     static_cast<double>(ticks) / static_cast<double>(::sysconf(_SC_CLK_TCK));
  return now - age;
}

}  // namespace

ProcessFigures process_figures() {
  // Once: the clock on the wall may be set, the start stays what it was.
  static const double start_time = read_start_time();
  ProcessFigures figures;
  figures.start_time_seconds = start_time;
  rusage usage{};
  if (::getrusage(RUSAGE_SELF, &usage) == 0) figures.cpu_seconds = seconds(usage.ru_utime) + seconds(usage.ru_stime);
  std::ifstream file("/proc/self/statm");
  std::uint64_t total = 0;
  std::uint64_t resident = 0;
  if (file >> total >> resident)
    figures.resident_bytes = resident * static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE));
  return figures;
}

MetricsSnapshot take_snapshot(const Model& model, bool readable, std::span<const TunnelRow> page, const Build& build) {
  MetricsSnapshot snapshot;
  snapshot.source = model.source;
  snapshot.traffic = model.capabilities.traffic;
  snapshot.sweep = model.sweep;
  snapshot.readable = readable;
  snapshot.time_ns = model.now_ns;
  snapshot.tunnels = model.tunnels.size();
  snapshot.totals = totals(model);
  snapshot.links = model.links.rows();
  snapshot.peers.reserve(model.peers.size());
  for (std::uint32_t number = 0; number < model.peers.limit(); ++number) {
    if (!model.peers[number].used) continue;
    snapshot.peers.push_back(model.peers.row(number, model.links, model.now_ns));
    ++snapshot.paths[static_cast<std::size_t>(snapshot.peers.back().state)];
  }
  snapshot.findings = model.findings;
  snapshot.top_tunnels.assign(page.begin(), page.end());
  snapshot.process = process_figures();
  snapshot.build = build;
  return snapshot;
}

void MetricPoints::add(double value, std::initializer_list<std::string_view> labels) {
  Point& point = points_.emplace_back();
  point.value = value;
  point.labels.reserve(labels.size());
  for (const std::string_view label : labels) {
    std::string& text = point.labels.emplace_back(label);
    // One label that is not UTF-8 would spoil the whole scrape.
    for (char& c : text) {
      if (c < 0x20 || c > 0x7e) c = '?';
    }
  }
}

std::vector<std::string_view> label_names(const Metric& metric) {
  std::vector<std::string_view> names;
  for (std::string_view rest = metric.labels; !rest.empty();) {
    const auto space = std::min(rest.find(' '), rest.size());
    names.push_back(rest.substr(0, space));
    rest.remove_prefix(std::min(space + 1, rest.size()));
  }
  return names;
}

}  // namespace gtp::top
