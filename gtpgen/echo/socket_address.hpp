// SPDX-License-Identifier: GPL-2.0-or-later
//
// SocketAddress: an address and port as the socket calls want them, of either family.
#pragma once

#include <netinet/in.h>
#include <sys/socket.h>

#include <cstring>
#include <span>

#include "libcommon/util/ip.hpp"

namespace gtp::gen::echo {

class SocketAddress {
 public:
  SocketAddress() = default;
  SocketAddress(const IpAddress& address, std::uint16_t port, std::uint32_t scope) noexcept {
    const Bytes octets = address.octets();
    if (address.is_v4()) {
      sockaddr_in v4{};
      v4.sin_family = AF_INET;
      v4.sin_port = htons(port);
      std::memcpy(&v4.sin_addr, octets.data(), octets.size());
      assign(v4);
    } else {
      sockaddr_in6 v6{};
      v6.sin6_family = AF_INET6;
      v6.sin6_port = htons(port);
      v6.sin6_scope_id = scope;
      std::memcpy(&v6.sin6_addr, octets.data(), octets.size());
      assign(v6);
    }
  }

  // sockaddr is the header that all families begin with: the calls take it for a pointer to any of them.
  const sockaddr* get() const noexcept { return static_cast<const sockaddr*>(static_cast<const void*>(&storage_)); }
  sockaddr* get() noexcept { return static_cast<sockaddr*>(static_cast<void*>(&storage_)); }
  socklen_t size() const noexcept { return size_; }
  static constexpr socklen_t room() noexcept { return sizeof(sockaddr_storage); }

  IpAddress address() const noexcept {
    if (storage_.ss_family == AF_INET) {
      const sockaddr_in v4 = as<sockaddr_in>();
      return IpAddress::from(std::as_bytes(std::span(&v4.sin_addr, 1)));
    }
    if (storage_.ss_family != AF_INET6) return {};
    const sockaddr_in6 v6 = as<sockaddr_in6>();
    return IpAddress::from(std::as_bytes(std::span(&v6.sin6_addr, 1)));
  }
  std::uint16_t port() const noexcept {
    return ntohs(storage_.ss_family == AF_INET ? as<sockaddr_in>().sin_port : as<sockaddr_in6>().sin6_port);
  }

 private:
  template <typename T>
  void assign(const T& from) noexcept {
    std::memcpy(&storage_, &from, sizeof from);
    size_ = sizeof from;
  }
  template <typename T>
  T as() const noexcept {
    T out{};
    std::memcpy(&out, &storage_, sizeof out);
    return out;
  }

  sockaddr_storage storage_{};
  socklen_t size_ = 0;
};

}  // namespace gtp::gen::echo
