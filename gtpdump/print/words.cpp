// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtpdump/print/words.hpp"

#include <algorithm>
#include <array>

namespace gtp::dump {
namespace {

struct Named {
  std::uint8_t value;
  std::string_view name;
};

constexpr auto kIpProtocols = std::to_array<Named>({{0, "HOPOPT"},
                                                    {1, "ICMP"},
                                                    {2, "IGMP"},
                                                    {4, "IPIP"},
                                                    {6, "TCP"},
                                                    {17, "UDP"},
                                                    {33, "DCCP"},
                                                    {41, "IPv6"},
                                                    {44, "FRAG"},
                                                    {47, "GRE"},
                                                    {50, "ESP"},
                                                    {51, "AH"},
                                                    {58, "ICMPv6"},
                                                    {59, "NONE"},
                                                    {89, "OSPF"},
                                                    {103, "PIM"},
                                                    {132, "SCTP"},
                                                    {136, "UDPLite"}});
constexpr auto kIcmp = std::to_array<Named>({{0, " echo reply"},
                                             {3, " unreachable"},
                                             {4, " source quench"},
                                             {5, " redirect"},
                                             {8, " echo request"},
                                             {11, " time exceeded"},
                                             {12, " parameter problem"}});
constexpr auto kIcmp6 = std::to_array<Named>({{1, " unreachable"},
                                              {2, " too big"},
                                              {3, " time exceeded"},
                                              {4, " parameter problem"},
                                              {128, " echo request"},
                                              {129, " echo reply"},
                                              {133, " router solicitation"},
                                              {134, " router advertisement"},
                                              {135, " neighbour solicitation"},
                                              {136, " neighbour advertisement"},
                                              {143, " MLDv2 report"}});

std::string_view find(std::span<const Named> table, std::uint8_t value) {
  const auto row = std::find_if(table.begin(), table.end(), [&](const Named& r) { return r.value == value; });
  return row == table.end() ? std::string_view{} : row->name;
}

}  // namespace

void put_tbcd(TextBuffer& out, std::uint64_t octets) {
  for (int octet = 7; octet >= 0; --octet) {
    const auto value = static_cast<unsigned>(octets >> (8 * octet) & 0xff);
    for (const unsigned nibble : {value & 15, value >> 4}) {
      if (nibble != 15) out.put(nibble < 10 ? static_cast<char>('0' + nibble) : '?');
    }
  }
}

void put_ip_protocol(TextBuffer& out, std::uint8_t protocol) {
  if (protocol == 17) {
    out.put("UDP");
    return;
  }
  const std::string_view name = find(kIpProtocols, protocol);
  if (name.empty()) {
    word(out, "proto ", protocol);
  } else {
    out.put(name);
  }
}

void put_tcp_flags(TextBuffer& out, std::uint8_t flags) {
  constexpr std::pair<std::uint8_t, char> kFlags[] = {{0x01, 'F'}, {0x02, 'S'}, {0x04, 'R'}, {0x08, 'P'},
                                                      {0x20, 'U'}, {0x40, 'E'}, {0x80, 'W'}, {0x10, '.'}};
  if (flags == 0) out.put("none");
  for (const auto& [bit, letter] : kFlags) {
    if ((flags & bit) != 0) out.put(letter);
  }
}

void put_icmp(TextBuffer& out, const packet::Inner& inner) {
  const std::string_view name = inner.ip_version == 6 ? find(kIcmp6, inner.icmp_type) : find(kIcmp, inner.icmp_type);
  if (name.empty()) {
    word(out, " type ", inner.icmp_type);
  } else {
    out.put(name);
  }
}

}  // namespace gtp::dump
