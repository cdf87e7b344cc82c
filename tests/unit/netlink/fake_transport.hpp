// SPDX-License-Identifier: GPL-2.0-or-later
//
// A kernel of recorded answers, and octets as a kernel writes them: Wire appends messages and attributes in this
// machine's byte order without a line of the library under test.
#pragma once

#include <cerrno>
#include <cstring>
#include <deque>
#include <string_view>
#include <utility>
#include <vector>

#include "libcommon/netlink/transport.hpp"

namespace gtp::netlink::test {

using Octets = std::vector<std::byte>;

class Wire {
 public:
  template <typename T>
  Wire& put(const T& value) {
    return raw(std::as_bytes(std::span(&value, 1)));
  }
  Wire& raw(Bytes octets) {
    octets_.insert(octets_.end(), octets.begin(), octets.end());
    return *this;
  }
  Wire& zeros(std::size_t n) {
    octets_.resize(octets_.size() + n);
    return *this;
  }

  // An attribute of the octets given, padded.
  Wire& attribute(unsigned type, Bytes value) {
    put(static_cast<std::uint16_t>(value.size() + 4)).put(static_cast<std::uint16_t>(type)).raw(value);
    return zeros((4 - value.size() % 4) % 4);
  }
  template <typename T>
  Wire& number(unsigned type, T value) {
    return attribute(type, std::as_bytes(std::span(&value, 1)));
  }
  Wire& text(unsigned type, std::string_view value) {
    Octets copy(value.size() + 1);
    std::memcpy(copy.data(), value.data(), value.size());
    return attribute(type, copy);
  }
  Wire& nest(unsigned type, const Wire& inside) { return attribute(type | 0x8000U, inside.octets_); }

  Bytes view() const { return octets_; }
  const Octets& octets() const { return octets_; }

 private:
  Octets octets_;
};

inline constexpr std::uint32_t kPort = 4711;

// A whole message with this payload.
inline Octets message(unsigned type, unsigned flags, std::uint32_t sequence, const Wire& payload,
                      std::uint32_t port = kPort) {
  Wire out;
  out.put(static_cast<std::uint32_t>(16 + payload.view().size()));
  out.put(static_cast<std::uint16_t>(type)).put(static_cast<std::uint16_t>(flags)).put(sequence).put(port);
  out.raw(payload.view());
  return out.zeros((4 - payload.view().size() % 4) % 4).octets();
}

// NLMSG_ERROR: an acknowledgement (0) or a failure, capped, with the kernel's explanation where there is one.
inline Octets answer(std::uint32_t sequence, int error, std::string_view explained = {}) {
  Wire payload;
  payload.put(std::int32_t{-error});
  payload.put(std::uint32_t{96}).zeros(12);  // the header of a request that was longer than that
  if (!explained.empty()) payload.text(1, explained);
  return message(2, explained.empty() ? 0x100 : 0x300, sequence, payload);
}
inline Octets done(std::uint32_t sequence, int error = 0) {
  return message(3, 2, sequence, Wire().put(std::int32_t{-error}));
}

inline Octets operator+(Octets left, const Octets& right) {
  left.insert(left.end(), right.begin(), right.end());
  return left;
}

class FakeTransport final : public Transport {
 public:
  // What happened, kept by the test while the transport is the connection's.
  struct Log {
    std::vector<Octets> sent;
    std::deque<std::pair<int, Octets>> answers;  // errno, or a datagram

    void reply(Octets datagram) { answers.emplace_back(0, std::move(datagram)); }
    void fail(int error) { answers.emplace_back(error, Octets{}); }
  };

  explicit FakeTransport(Log& log) : log_(log) {}

  Result<void> send(Bytes datagram) override {
    log_.sent.emplace_back(datagram.begin(), datagram.end());
    return {};
  }
  Result<std::size_t> receive(std::span<std::byte> room) override {
    if (log_.answers.empty()) return Error::from_errno("nothing", EAGAIN);
    auto [error, datagram] = std::move(log_.answers.front());
    log_.answers.pop_front();
    if (error != 0) return Error::from_errno("failed", error);
    if (datagram.size() > room.size()) return Error::from_errno("too long", EMSGSIZE);
    std::memcpy(room.data(), datagram.data(), datagram.size());
    return datagram.size();
  }
  std::uint32_t port() const noexcept override { return kPort; }

 private:
  Log& log_;
};

}  // namespace gtp::netlink::test
