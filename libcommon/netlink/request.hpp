// SPDX-License-Identifier: GPL-2.0-or-later
//
// Request: one netlink message, built in place: a header, the family's own header, attributes. It holds 1 KiB, more
// than any request of ours; what does not fit is left out and complete() turns false. Padding is zero.
//
//   Request request(RTM_GETLINK);
//   request.header(ifinfomsg{});
//   {
//     auto info = request.nest(IFLA_LINKINFO);
//     request.text(IFLA_INFO_KIND, "gtp");
//   }
//
// The flags REQUEST, ACK and DUMP, and the sequence number, are the Connection's matter.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <type_traits>

#include "libcommon/util/bytes.hpp"
#include "libcommon/util/ip.hpp"

namespace gtp::netlink {

class Request {
 public:
  static constexpr std::size_t kRoom = 1024;

  explicit Request(std::uint16_t type, std::uint16_t flags = 0);
  // A request of a generic netlink family.
  static Request generic(std::uint16_t family, std::uint8_t command, std::uint8_t version, std::uint16_t flags = 0);

  // The family's own header, before the first attribute.
  template <typename T>
  Request& header(const T& value) {
    static_assert(std::is_trivially_copyable_v<T>);
    return extra(std::as_bytes(std::span(&value, 1)));
  }

  Request& u8(std::uint16_t type, std::uint8_t value);
  Request& u16(std::uint16_t type, std::uint16_t value);
  Request& u32(std::uint16_t type, std::uint32_t value);
  Request& u64(std::uint16_t type, std::uint64_t value);
  // With its zero octet.
  Request& text(std::uint16_t type, std::string_view value);
  Request& octets(std::uint16_t type, Bytes value);
  // Four or sixteen octets in network order.
  Request& address(std::uint16_t type, const IpAddress& value) { return octets(type, value.octets()); }
  // As [type4] or as [type6]; nothing when there is no address.
  Request& address(std::uint16_t type4, std::uint16_t type6, const IpAddress& value);

  // Attributes are put inside this one while the scope lives.
  class [[nodiscard]] Nest {
   public:
    Nest(const Nest&) = delete;
    Nest& operator=(const Nest&) = delete;
    ~Nest() { request_.close(at_); }

   private:
    friend class Request;
    Nest(Request& request, std::size_t at) : request_(request), at_(at) {}
    Request& request_;
    std::size_t at_;
  };
  Nest nest(std::uint16_t type) { return {*this, open(type)}; }

  bool complete() const noexcept { return complete_; }
  std::uint16_t flags() const noexcept;
  // The message as it goes out.
  Bytes finish(std::uint32_t sequence, std::uint16_t more_flags) noexcept;

 private:
  Request& extra(Bytes value);
  Request& put(bool fitted) noexcept;
  std::size_t open(std::uint16_t type);
  void close(std::size_t at) noexcept;

  alignas(8) std::array<std::byte, kRoom> room_{};
  bool complete_ = true;
};

}  // namespace gtp::netlink
