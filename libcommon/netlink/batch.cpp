// SPDX-License-Identifier: GPL-2.0-or-later
#include "libcommon/netlink/batch.hpp"

#include <linux/netlink.h>

#include <cerrno>
#include <cstddef>

namespace gtp::netlink {

Batch::Batch(Connection& connection, Failed failed) : connection_(connection), failed_(failed) {
  datagram_.reserve(kOctets);
}

Result<void> Batch::add(Request& request) {
  if (!request.complete()) return Error{ErrorCode::usage, EMSGSIZE, "the request is too long", {}};
  if (in_datagram_ == kRequests || datagram_.size() + Request::kRoom > kOctets) {
    if (Result<void> flushed = flush(); !flushed) return flushed;
  }
  const std::uint32_t sequence = connection_.next_sequence();
  if (in_datagram_++ == 0) first_sequence_ = sequence;
  ++added_;
  last_ = datagram_.size();
  const Bytes octets = request.finish(sequence, 0);
  datagram_.insert(datagram_.end(), octets.begin(), octets.end());
  datagram_.resize((datagram_.size() + 3) & ~std::size_t{3});
  return {};
}

Result<void> Batch::flush() {
  if (in_datagram_ == 0) return {};
  const std::uint64_t count = in_datagram_;
  const std::uint64_t first = added_ - count;
  std::uint16_t flags = 0;
  constexpr std::size_t kFlags = offsetof(nlmsghdr, nlmsg_flags);
  load_native(Bytes(datagram_).subspan(last_ + kFlags), flags);
  flags |= NLM_F_ACK;
  std::memcpy(datagram_.data() + last_ + kFlags, &flags, sizeof flags);

  const Result<void> sent = connection_.send(datagram_);
  datagram_.clear();
  in_datagram_ = 0;
  if (!sent) return sent;

  bool finished = false;
  while (!finished) {
    const Result<void> received = connection_.receive([&](const Message& message) {
      const std::uint32_t index = message.sequence - first_sequence_;
      if (message.type != NLMSG_ERROR || index >= count) return;
      finished = finished || index + 1 == count;
      const Result<void> result = outcome(message);
      if (result) return;
      ++failures_;
      failed_(first + index, result.error());
    });
    if (!received) return received;
  }
  return {};
}

}  // namespace gtp::netlink
