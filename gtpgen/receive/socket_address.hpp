// SPDX-License-Identifier: GPL-2.0-or-later
//
// SocketAddress: a sockaddr of either family as a value, for the calls that want one.
#pragma once

#include <netinet/in.h>
#include <sys/socket.h>

#include <algorithm>
#include <cstring>

#include "gtpgen/receive/socket_setup.hpp"

namespace gtp::gen {

class SocketAddress {
 public:
  SocketAddress() = default;
  explicit SocketAddress(const Endpoint& endpoint) noexcept {
    const Bytes octets = endpoint.address.octets();
    if (endpoint.address.version() == 6) {
      sockaddr_in6 v6{};
      v6.sin6_family = AF_INET6;
      v6.sin6_port = htons(endpoint.port);
      std::memcpy(&v6.sin6_addr, octets.data(), octets.size());
      assign(v6);
    } else {
      sockaddr_in v4{};
      v4.sin_family = AF_INET;
      v4.sin_port = htons(endpoint.port);
      if (!octets.empty()) std::memcpy(&v4.sin_addr, octets.data(), octets.size());
      assign(v4);
    }
  }
  // As a system call has filled it in.
  SocketAddress(const void* filled, socklen_t length) noexcept : size_(std::min<socklen_t>(length, sizeof storage_)) {
    std::memcpy(&storage_, filled, size_);
  }

  Endpoint endpoint() const noexcept {
    Endpoint out;
    if (storage_.ss_family == AF_INET && size_ >= sizeof(sockaddr_in)) {
      sockaddr_in v4{};
      std::memcpy(&v4, &storage_, sizeof v4);
      out = {IpAddress::v4(ntohl(v4.sin_addr.s_addr)), ntohs(v4.sin_port)};
    } else if (storage_.ss_family == AF_INET6 && size_ >= sizeof(sockaddr_in6)) {
      sockaddr_in6 v6{};
      std::memcpy(&v6, &storage_, sizeof v6);
      out = {IpAddress::from(std::as_bytes(std::span(v6.sin6_addr.s6_addr))), ntohs(v6.sin6_port)};
    }
    return out;
  }

  const sockaddr* data() const noexcept { return static_cast<const sockaddr*>(static_cast<const void*>(&storage_)); }
  sockaddr* data() noexcept { return static_cast<sockaddr*>(static_cast<void*>(&storage_)); }
  socklen_t size() const noexcept { return size_; }
  bool same_as(const SocketAddress& other) const noexcept {
    return size_ == other.size_ && std::memcmp(&storage_, &other.storage_, size_) == 0;
  }

 private:
  template <typename Address>
  void assign(const Address& address) noexcept {
    std::memcpy(&storage_, &address, sizeof address);
    size_ = sizeof address;
  }

  sockaddr_storage storage_{};
  socklen_t size_ = 0;
};

}  // namespace gtp::gen
