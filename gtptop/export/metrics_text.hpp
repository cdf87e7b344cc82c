// SPDX-License-Identifier: GPL-2.0-or-later
//
// A snapshot as text, in one of the two formats that Prometheus reads: its own (version 0.0.4, what people and the
// collectors of text files read) and OpenMetrics 1.0, in which counters lose their `_total` in the head, units are
// said, and an end mark tells a whole answer from half of one. Any thread.
#pragma once

#include <string>
#include <string_view>

#include "gtptop/export/metrics.hpp"

namespace gtp::top {

enum class MetricsFormat : std::uint8_t { prometheus, openmetrics };

std::string metrics_text(const MetricsSnapshot& snapshot, MetricsFormat format);

// For HTTP.
std::string_view content_type(MetricsFormat format) noexcept;

}  // namespace gtp::top
