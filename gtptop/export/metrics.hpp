// SPDX-License-Identifier: GPL-2.0-or-later
//
// What Prometheus is told: one table of series, from which `--prometheus` and `--listen` take their names, types and
// help, and which a test holds docs/formats/gtptop-metrics-1.md against.
//
// Names follow Prometheus' conventions: base units at the end, `_total` for what only counts up. A series whose value
// is not known is not there; it is never 0 instead. Links, peers and findings are series; tunnels are not, for a
// million of them would drown whoever scrapes them, except the busiest few when somebody asks for those. A finding
// about a tunnel therefore counts for its link.
#pragma once

#include <array>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "gtptop/model/model.hpp"

namespace gtp::top {

// What this process has used up so far.
struct ProcessFigures {
  double cpu_seconds = 0;
  std::optional<std::uint64_t> resident_bytes;
  double start_time_seconds = 0;  // since 1970
};
ProcessFigures process_figures();

// What the program was made from.
struct Build {
  std::string_view version;
  std::string_view commit;
};

// All that the series are made of, as it was after one sample. A plain value: made on the collector's thread, read by
// any other.
struct MetricsSnapshot {
  SourceInfo source;
  Origin traffic = Origin::none;
  Sweep sweep;
  bool readable = true;  // the source has no trouble
  std::uint64_t time_ns = 0;
  std::uint64_t tunnels = 0;
  std::array<std::uint64_t, 4> paths{};  // by PathState
  Totals totals;
  std::vector<LinkRow> links;
  std::vector<PeerRow> peers;
  std::vector<Finding> findings;
  std::vector<TunnelRow> top_tunnels;
  ProcessFigures process;
  Build build;
};

// [page]: the tunnels that are wanted as series, as a query has found them; no groups.
MetricsSnapshot take_snapshot(const Model& model, bool readable, std::span<const TunnelRow> page, const Build& build);

// The values of one series after the other.
class MetricPoints {
 public:
  struct Point {
    std::vector<std::string> labels;  // values, in the order of Metric::labels; printable ASCII
    double value = 0;
  };

  void add(double value, std::initializer_list<std::string_view> labels = {});
  void add(std::uint64_t value, std::initializer_list<std::string_view> labels = {}) {
    add(static_cast<double>(value), labels);
  }
  // What is not known is not there.
  void add(std::optional<std::uint64_t> value, std::initializer_list<std::string_view> labels) {
    if (value) add(static_cast<double>(*value), labels);
  }
  const std::vector<Point>& points() const noexcept { return points_; }

 private:
  std::vector<Point> points_;
};

enum class MetricType : std::uint8_t { gauge, counter };

struct Metric {
  std::string_view name;
  MetricType type = MetricType::gauge;
  std::string_view unit;    // the end of the name, but for `_total`; empty: a number of things, or a state
  std::string_view labels;  // names, a space between two
  std::string_view source;  // for the manual: where the values come from
  std::string_view help;    // one sentence
  void (*read)(const MetricsSnapshot& snapshot, MetricPoints& out) = nullptr;
};

// In the order in which they are served.
std::span<const Metric> metrics() noexcept;

// "link direction" as two names.
std::vector<std::string_view> label_names(const Metric& metric);

}  // namespace gtp::top
