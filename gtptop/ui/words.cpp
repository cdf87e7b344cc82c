// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtptop/ui/words.hpp"

#include "gtptop/model/format.hpp"
#include "gtptop/ui/canvas.hpp"

namespace gtp::top {
namespace {

template <typename Write>
std::string written(const Write& write) {
  TextBuffer text;
  write(text);
  return std::string(text.view());
}

}  // namespace

std::string short_text(std::uint64_t value, bool iec) {
  return written([&](TextBuffer& out) { put_short(out, value, iec); });
}
std::string grouped(std::uint64_t value) { return grouped_in(value, 26); }
std::string grouped_in(std::uint64_t value, std::size_t width) {
  return written([&](TextBuffer& out) { put_grouped(out, value, width); });
}
std::string two_digits(std::uint64_t value) {
  return written([&](TextBuffer& out) { out.put_padded(value, 2); });
}
std::string clock_text(std::uint64_t time_ns) {
  return written([&](TextBuffer& out) { put_clock(out, time_ns); });
}
std::string seconds_text(std::uint64_t nanoseconds) {
  const std::uint64_t tenths = nanoseconds / 100'000'000;
  return std::to_string(tenths / 10) + (tenths % 10 == 0 ? "" : "." + std::to_string(tenths % 10)) + " s";
}
std::string ago_text(std::uint64_t seconds) {
  return written([&](TextBuffer& out) { put_ago(out, seconds); });
}
std::string printable(std::string_view text) {
  return written([&](TextBuffer& out) { out.put_escaped(text); });
}
std::string padded(const std::string& text, int width) {
  const int missing = width - width_of(text);
  return missing > 0 ? std::string(static_cast<std::size_t>(missing), ' ') + text : text;
}

std::string path_sign(PathState state) {
  constexpr std::string_view kSigns[] = {"?", "●", "◐", "○"};
  return std::string(kSigns[static_cast<std::size_t>(state)]);
}
std::string_view path_word(PathState state) {
  constexpr std::string_view kWords[] = {"", "up", "sus", "dn"};
  return kWords[static_cast<std::size_t>(state)];
}
std::string_view event_word(EventKind kind) {
  constexpr std::string_view kWords[] = {"new",       "changed",   "deleted",    "echo sent", "echo answered",
                                         "ECHO LOST", "error ind", "end marker", "PATH DOWN", "path up",
                                         "RESTARTED", "link new",  "link gone",  "RESYNC"};
  return kWords[static_cast<std::size_t>(kind)];
}

std::string shell_text(const TunnelRow& row) {
  const std::string id = std::to_string(row.key.id);
  const std::string rest = " ms " + (row.ms.empty() ? "-" : row.ms.text()) + " peer " + row.peer.text() + "\n";
  const std::string link = (row.link.empty() ? "-" : row.link) + " ";
  if (row.key.version == 0) return link + "v0 tid " + id + " flow " + std::to_string(row.flow) + rest;
  const std::string o_tei = std::to_string(row.o_tei);
  std::string words = "v1";
  std::string teids;
  if (row.side() != WireSide::sent) {
    words += " i_tei " + id;
    teids = id;
  }
  if (row.side() != WireSide::received) {
    words += " o_tei " + o_tei;
    teids += (teids.empty() ? "" : ", ") + o_tei;
  }
  return link + words + rest + "gtpdump -i any 'teid {" + teids + "}'\n";
}

}  // namespace gtp::top
