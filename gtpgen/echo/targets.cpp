// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtpgen/echo/targets.hpp"

#include <arpa/inet.h>
#include <netdb.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <algorithm>
#include <cstring>
#include <fstream>
#include <iostream>
#include <set>

#include "gtpgen/command.hpp"
#include "libcommon/util/units.hpp"

namespace gtp::gen::echo {
namespace {

std::string quoted(std::string_view text) { return "\"" + std::string(text) + "\""; }

struct HostAndPort {
  std::string host;
  std::uint16_t port = 0;
};

Result<HostAndPort> split_port(const std::string& word) {
  HostAndPort out{word};
  std::string port;
  if (!word.empty() && word.front() == '[') {
    const std::size_t close = word.find(']');
    if (close == std::string::npos) return usage(quoted(word) + " has no ]");
    out.host = word.substr(1, close - 1);
    if (close + 1 == word.size()) return out;
    if (word[close + 1] != ':') return usage(quoted(word) + " goes on behind the ]", out.host);
    port = word.substr(close + 2);
  } else if (std::count(word.begin(), word.end(), ':') == 1) {
    out.host = word.substr(0, word.find(':'));
    port = word.substr(word.find(':') + 1);
  } else {
    return out;
  }
  const auto number = parse_count(port);
  if (!number || *number == 0 || *number > 65'535) return usage(quoted(word) + " has no port from 1 to 65535");
  out.port = static_cast<std::uint16_t>(*number);
  return out;
}

Result<void> add_network(const std::string& word, const IpPrefix& network, int family, std::vector<Target>& out) {
  const int bits = network.address.is_v4() ? 32 : 128;
  if (family != 0 && network.address.version() != family) {
    return usage(quoted(word) + " is no IPv" + std::to_string(family) + " network");
  }
  if (bits - network.length > 16) return usage(quoted(word) + " is more than 65536 hosts", "a /16 or, of IPv6, a /112");
  const std::uint32_t count = std::uint32_t{1} << (bits - network.length);
  const bool edges = bits == 32 && network.length < 31;
  std::array<std::byte, 16> octets{};
  const Bytes given = network.address.octets();
  std::copy(given.begin(), given.end(), octets.begin());
  const std::size_t size = given.size();
  const std::uint32_t base = load_u32(octets.data() + size - 4) & ~(count - 1);
  for (std::uint32_t i = edges ? 1 : 0; i < (edges ? count - 1 : count); ++i) {
    const std::uint32_t last = base + i;
    for (std::size_t k = 0; k < 4; ++k) octets[size - 1 - k] = static_cast<std::byte>(last >> (8 * k) & 0xff);
    const IpAddress address = IpAddress::from(Bytes(octets).first(size));
    out.push_back({address.text(), address, 0, 0});
    if (out.size() > kMostTargets) return usage("more than 65536 hosts");
  }
  return {};
}

Result<Target> resolve(const std::string& word, const HostAndPort& where, int family) {
  addrinfo wanted{};
  wanted.ai_family = family == 4 ? AF_INET : family == 6 ? AF_INET6 : AF_UNSPEC;
  wanted.ai_socktype = SOCK_DGRAM;
  addrinfo* found = nullptr;
  const int status = ::getaddrinfo(where.host.c_str(), nullptr, &wanted, &found);
  if (status != 0) {
    const std::string why = status == EAI_SYSTEM ? std::strerror(errno) : ::gai_strerror(status);
    return usage(quoted(where.host) + " is not found: " + why);
  }
  Target out{word, {}, where.port, 0};
  // Through void: sockaddr is a header that all address families begin with.
  const void* address = found->ai_addr;
  if (found->ai_family == AF_INET) {
    sockaddr_in v4{};
    std::memcpy(&v4, address, sizeof v4);
    out.address = IpAddress::from(std::as_bytes(std::span(&v4.sin_addr, 1)));
  } else {
    sockaddr_in6 v6{};
    std::memcpy(&v6, address, sizeof v6);
    out.address = IpAddress::from(std::as_bytes(std::span(&v6.sin6_addr, 1)));
    out.scope = v6.sin6_scope_id;
  }
  ::freeaddrinfo(found);
  return out;
}

}  // namespace

Result<void> add_targets(const std::string& word, int family, std::vector<Target>& out) {
  if (word.find('/') != std::string::npos) {
    const auto network = IpPrefix::parse(word);
    if (!network) return usage(quoted(word) + " is no network", "a network like 192.0.2.0/24");
    return add_network(word, *network, family, out);
  }
  auto where = split_port(word);
  if (!where) return std::move(where).error();
  auto target = resolve(word, *where, family);
  if (!target) return std::move(target).error();
  out.push_back(*std::move(target));
  if (out.size() > kMostTargets) return usage("more than 65536 hosts");
  return {};
}

Result<void> read_hosts_file(const std::string& path, int family, std::vector<Target>& out) {
  std::ifstream file;
  if (path != "-") {
    file.open(path);
    if (!file) {
      Error error = Error::from_errno(path);
      error.code = ErrorCode::usage;
      return error;
    }
  }
  std::istream& in = path == "-" ? std::cin : file;
  std::size_t number = 0;
  for (std::string line; std::getline(in, line);) {
    ++number;
    line.resize(std::min(line.find('#'), line.size()));
    const std::size_t first = line.find_first_not_of(" \t\r");
    if (first == std::string::npos) continue;
    const std::string word = line.substr(first, line.find_last_not_of(" \t\r") - first + 1);
    if (auto added = add_targets(word, family, out); !added) {
      Error error = std::move(added).error();
      error.what = path + ":" + std::to_string(number) + ": " + error.what;
      return error;
    }
  }
  if (in.bad()) return Error{ErrorCode::usage, 0, path + ": cannot be read", {}};
  return {};
}

Result<void> check_targets(const std::vector<Target>& targets) {
  std::set<std::pair<IpAddress, std::uint16_t>> seen;
  for (const Target& target : targets) {
    const IpAddress& address = target.address;
    const bool multicast = address.is_v4() ? address.to_v4() >> 28 == 0xe : load_u8(address.octets().data()) == 0xff;
    if (multicast) return usage(quoted(target.name) + " is a multicast address");
    if (address.is_v4() && address.to_v4() == 0xffffffff) return usage(quoted(target.name) + " is a broadcast address");
    if (!seen.emplace(address, target.port).second) return usage(address.text() + " is given twice");
  }
  return {};
}

bool is_private(const IpAddress& address) noexcept {
  static constexpr std::string_view kNetworks[] = {
      "10.0.0.0/8",    "172.16.0.0/12", "192.168.0.0/16",  "127.0.0.0/8",    "169.254.0.0/16",
      "100.64.0.0/10", "192.0.2.0/24",  "198.51.100.0/24", "203.0.113.0/24", "198.18.0.0/15",
      "::1/128",       "fc00::/7",      "fe80::/10",       "2001:db8::/32"};
  return std::any_of(std::begin(kNetworks), std::end(kNetworks), [&](std::string_view text) {
    const auto network = IpPrefix::parse(text);
    return network && network->contains(address);
  });
}

}  // namespace gtp::gen::echo
