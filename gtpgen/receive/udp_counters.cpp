// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtpgen/receive/udp_counters.hpp"

#include <charconv>
#include <fstream>
#include <sstream>

namespace gtp::gen {
namespace {

std::string contents(const char* path) {
  std::ifstream file(path);
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

// Takes the text up to one of [ends] off the front.
std::string_view take(std::string_view& text, std::string_view ends) {
  const std::size_t start = std::min(text.find_first_not_of(ends), text.size());
  text.remove_prefix(start);
  const std::size_t end = std::min(text.find_first_of(ends), text.size());
  const std::string_view word = text.substr(0, end);
  text.remove_prefix(end);
  return word;
}

void add(std::string_view name, std::string_view digits, UdpCounters& out) {
  std::uint64_t value = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (name == "RcvbufErrors") out.receive_buffer_errors += value;
  if (name == "SndbufErrors") out.send_buffer_errors += value;
  if (name == "InCsumErrors") out.checksum_errors += value;
  if (name == "NoPorts") out.no_ports += value;
}

}  // namespace

// Two lines for each protocol: "Udp: InDatagrams NoPorts …" and "Udp: 17 3 …".
void read_snmp(std::string_view text, UdpCounters& out) {
  std::string_view names;
  while (!text.empty()) {
    std::string_view line = take(text, "\n");
    if (!line.starts_with("Udp:")) continue;
    line.remove_prefix(4);
    if (names.empty()) {
      names = line;
      continue;
    }
    while (!names.empty()) {
      const std::string_view name = take(names, " ");
      add(name, take(line, " "), out);
    }
  }
}

// One line for each counter: "Udp6RcvbufErrors   3".
void read_snmp6(std::string_view text, UdpCounters& out) {
  while (!text.empty()) {
    std::string_view line = take(text, "\n");
    if (!line.starts_with("Udp6")) continue;
    line.remove_prefix(4);
    const std::string_view name = take(line, " \t");
    add(name, take(line, " \t"), out);
  }
}

UdpCounters UdpCounters::now() {
  UdpCounters counters;
  read_snmp(contents("/proc/net/snmp"), counters);
  read_snmp6(contents("/proc/net/snmp6"), counters);
  return counters;
}

UdpCounters UdpCounters::since(const UdpCounters& earlier) const noexcept {
  return {receive_buffer_errors - earlier.receive_buffer_errors, send_buffer_errors - earlier.send_buffer_errors,
          checksum_errors - earlier.checksum_errors, no_ports - earlier.no_ports};
}

std::vector<std::string> remarks(const UdpCounters& delta, std::uint64_t own_drops) {
  std::vector<std::string> out;
  if (delta.receive_buffer_errors > own_drops) {
    out.push_back("receive buffers of other UDP sockets on this host overflowed, " +
                  std::to_string(delta.receive_buffer_errors - own_drops) + " times (Udp RcvbufErrors)");
  }
  if (delta.send_buffer_errors != 0) {
    out.push_back("this host dropped " + std::to_string(delta.send_buffer_errors) +
                  " datagrams on their way out (Udp SndbufErrors)");
  }
  if (delta.checksum_errors != 0) {
    out.push_back("the kernel dropped " + std::to_string(delta.checksum_errors) +
                  " datagrams with a wrong UDP checksum (Udp InCsumErrors)");
  }
  return out;
}

}  // namespace gtp::gen
