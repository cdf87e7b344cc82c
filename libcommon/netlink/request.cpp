// SPDX-License-Identifier: GPL-2.0-or-later
#include "libcommon/netlink/request.hpp"

#include <libmnl/libmnl.h>
#include <linux/genetlink.h>
#include <linux/netlink.h>

#include <algorithm>
#include <cstring>

namespace gtp::netlink {
namespace {

constexpr std::size_t aligned(std::size_t n) noexcept { return (n + 3) & ~std::size_t{3}; }

nlmsghdr* head(std::byte* room) noexcept { return static_cast<nlmsghdr*>(static_cast<void*>(room)); }
const nlmsghdr* head(const std::byte* room) noexcept {
  return static_cast<const nlmsghdr*>(static_cast<const void*>(room));
}

}  // namespace

Request::Request(std::uint16_t type, std::uint16_t flags) {
  nlmsghdr* const message = mnl_nlmsg_put_header(room_.data());
  message->nlmsg_type = type;
  message->nlmsg_flags = flags;
}

Request Request::generic(std::uint16_t family, std::uint8_t command, std::uint8_t version, std::uint16_t flags) {
  Request request(family, flags);
  request.header(genlmsghdr{command, version, 0});
  return request;
}

Request& Request::extra(Bytes value) {
  const std::size_t used = head(room_.data())->nlmsg_len;
  if (value.size() > kRoom - aligned(used)) return put(false);
  std::memcpy(mnl_nlmsg_put_extra_header(head(room_.data()), value.size()), value.data(), value.size());
  return *this;
}

Request& Request::put(bool fitted) noexcept {
  complete_ = complete_ && fitted;
  return *this;
}

Request& Request::u8(std::uint16_t type, std::uint8_t value) {
  return put(mnl_attr_put_u8_check(head(room_.data()), kRoom, type, value));
}
Request& Request::u16(std::uint16_t type, std::uint16_t value) {
  return put(mnl_attr_put_u16_check(head(room_.data()), kRoom, type, value));
}
Request& Request::u32(std::uint16_t type, std::uint32_t value) {
  return put(mnl_attr_put_u32_check(head(room_.data()), kRoom, type, value));
}
Request& Request::u64(std::uint16_t type, std::uint64_t value) {
  return put(mnl_attr_put_u64_check(head(room_.data()), kRoom, type, value));
}
Request& Request::octets(std::uint16_t type, Bytes value) {
  return put(mnl_attr_put_check(head(room_.data()), kRoom, type, value.size(), value.data()));
}
Request& Request::text(std::uint16_t type, std::string_view value) {
  std::array<char, 256> copy{};
  if (value.size() >= copy.size()) return put(false);
  std::copy(value.begin(), value.end(), copy.begin());
  return put(mnl_attr_put_check(head(room_.data()), kRoom, type, value.size() + 1, copy.data()));
}
Request& Request::address(std::uint16_t type4, std::uint16_t type6, const IpAddress& value) {
  if (value.empty()) return *this;
  return octets(value.is_v4() ? type4 : type6, value.octets());
}

std::size_t Request::open(std::uint16_t type) {
  const std::size_t at = aligned(head(room_.data())->nlmsg_len);
  if (mnl_attr_nest_start_check(head(room_.data()), kRoom, type) != nullptr) return at;
  put(false);
  return 0;
}

void Request::close(std::size_t at) noexcept {
  if (at == 0) return;
  mnl_attr_nest_end(head(room_.data()), static_cast<nlattr*>(static_cast<void*>(room_.data() + at)));
}

std::uint16_t Request::flags() const noexcept { return head(room_.data())->nlmsg_flags; }

Bytes Request::finish(std::uint32_t sequence, std::uint16_t more_flags) noexcept {
  nlmsghdr* const message = head(room_.data());
  message->nlmsg_seq = sequence;
  message->nlmsg_flags = static_cast<std::uint16_t>(message->nlmsg_flags | more_flags | NLM_F_REQUEST);
  return Bytes(room_).first(message->nlmsg_len);
}

}  // namespace gtp::netlink
