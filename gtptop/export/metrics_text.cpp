// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtptop/export/metrics_text.hpp"

#include <prometheus/metric_family.h>
#include <prometheus/text_serializer.h>

#include <charconv>
#include <ostream>

namespace gtp::top {
namespace {

prometheus::MetricFamily family(const Metric& metric, const MetricsSnapshot& snapshot) {
  MetricPoints points;
  metric.read(snapshot, points);
  prometheus::MetricFamily family;
  family.name = metric.name;
  family.help = metric.help;
  const bool counter = metric.type == MetricType::counter;
  family.type = counter ? prometheus::MetricType::Counter : prometheus::MetricType::Gauge;
  const auto names = label_names(metric);
  family.metric.reserve(points.points().size());
  for (const MetricPoints::Point& point : points.points()) {
    prometheus::ClientMetric& one = family.metric.emplace_back();
    for (std::size_t i = 0; i < names.size(); ++i) one.label.push_back({std::string(names[i]), point.labels[i]});
    (counter ? one.counter.value : one.gauge.value) = point.value;
  }
  return family;
}

void put_number(std::ostream& out, double value) {
  char digits[32];
  const auto [end, error] = std::to_chars(std::begin(digits), std::end(digits), value);
  static_cast<void>(error);  // the shortest form of a double has at most 24 characters
  out.write(digits, end - digits);
}

// What the library lacks. The families come beside the table that they were made from: a family of the library knows
// no unit.
class OpenMetricsSerializer final : public prometheus::Serializer {
 public:
  void Serialize(std::ostream& out, const std::vector<prometheus::MetricFamily>& families) const override {
    for (const auto& family : families) put_family(out, family);
    out << "# EOF\n";
  }

 private:
  static void put_family(std::ostream& out, const prometheus::MetricFamily& family) {
    const bool counter = family.type == prometheus::MetricType::Counter;
    std::string_view name = family.name;
    if (counter) name.remove_suffix(std::string_view("_total").size());
    out << "# TYPE " << name << (counter ? " counter\n" : " gauge\n");
    for (const Metric& metric : metrics()) {
      if (metric.name == family.name && !metric.unit.empty()) out << "# UNIT " << name << ' ' << metric.unit << '\n';
    }
    out << "# HELP " << name << ' ' << family.help << '\n';
    for (const auto& metric : family.metric) {
      out << family.name;
      char before = '{';
      for (const auto& label : metric.label) {
        out << before << label.name << "=\"";
        for (const char c : label.value) {
          if (c == '"' || c == '\\') out << '\\';
          out << c;
        }
        out << '"';
        before = ',';
      }
      out << (metric.label.empty() ? " " : "} ");
      put_number(out, counter ? metric.counter.value : metric.gauge.value);
      out << '\n';
    }
  }
};

}  // namespace

std::string metrics_text(const MetricsSnapshot& snapshot, MetricsFormat format) {
  std::vector<prometheus::MetricFamily> families;
  for (const Metric& metric : metrics()) {
    auto one = family(metric, snapshot);
    if (!one.metric.empty()) families.push_back(std::move(one));
  }
  const prometheus::Serializer& serializer = [format]() -> const prometheus::Serializer& {
    static const prometheus::TextSerializer text;
    static const OpenMetricsSerializer open;
    if (format == MetricsFormat::openmetrics) return open;
    return text;
  }();
  return serializer.Serialize(families);
}

std::string_view content_type(MetricsFormat format) noexcept {
  return format == MetricsFormat::openmetrics ? "application/openmetrics-text; version=1.0.0; charset=utf-8"
                                              : "text/plain; version=0.0.4; charset=utf-8";
}

}  // namespace gtp::top
