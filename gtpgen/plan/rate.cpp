// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtpgen/plan/rate.hpp"

#include "gtpgen/command.hpp"
#include "libcommon/util/units.hpp"

namespace gtp::gen {

Result<Rate> Rate::parse(std::string_view text) {
  if (text == "max") return Rate{Unit::max, 0};
  std::optional<std::uint64_t> value;
  Unit unit = Unit::packets;
  if (text.ends_with("pps")) {
    value = parse_count(text.substr(0, text.size() - 3));
  } else if (text.ends_with("p/s")) {
    value = parse_count(text.substr(0, text.size() - 3));
  } else if (text.find("bit") != std::string_view::npos || text.ends_with("bps")) {
    unit = Unit::bits;
    value = parse_bit_rate(text);
    if (!value && text.ends_with("bit")) value = parse_bit_rate(std::string(text) + "/s");
  } else {
    value = parse_count(text);
  }
  if (!value) {
    return usage("\"" + std::string(text) + "\" is no rate", "10kpps, 1Mpps, 500Mbit/s, or max");
  }
  if (*value == 0) return usage("a rate of 0 sends nothing");
  if (unit == Unit::packets && *value > 1'000'000'000) return usage("more than 1 Gpps");
  return Rate{unit, *value};
}

}  // namespace gtp::gen
