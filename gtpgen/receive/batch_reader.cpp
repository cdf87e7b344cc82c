// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtpgen/receive/batch_reader.hpp"

#include <linux/errqueue.h>
#include <netinet/in.h>
#include <netinet/udp.h>

#include <cerrno>
#include <cstring>

namespace gtp::gen {
namespace {

template <typename T>
bool take(const cmsghdr* control, T& out) noexcept {
  if (control->cmsg_len < CMSG_LEN(sizeof out)) return false;
  std::memcpy(&out, CMSG_DATA(control), sizeof out);
  return true;
}

bool is(const cmsghdr* control, int level, int type) noexcept {
  return control->cmsg_level == level && control->cmsg_type == type;
}

}  // namespace

BatchReader::BatchReader()
    : buffers_(std::make_unique_for_overwrite<std::byte[]>(kBatch * kBuffer)),
      control_(std::make_unique_for_overwrite<std::byte[]>(kBatch * kControl)) {}

std::span<const BatchReader::Message> BatchReader::read(int fd) noexcept {
  for (std::size_t i = 0; i < kBatch; ++i) {
    vectors_[i] = {buffers_.get() + i * kBuffer, kBuffer};
    msghdr& header = headers_[i].msg_hdr;
    header = {};
    header.msg_name = &addresses_[i];
    header.msg_namelen = sizeof addresses_[i];
    header.msg_iov = &vectors_[i];
    header.msg_iovlen = 1;
    header.msg_control = control_.get() + i * kControl;
    header.msg_controllen = kControl;
  }
  int n = -1;
  // A few errors may be queued before what has arrived.
  for (int tries = 0; n < 0 && tries < 16; ++tries) {
    n = ::recvmmsg(fd, headers_.data(), kBatch, MSG_DONTWAIT, nullptr);
    if (n >= 0 || errno == EAGAIN || errno == EWOULDBLOCK) break;
    if (errno != EINTR) ++refused_;
  }
  if (n <= 0) return {};
  clock_.sample();
  for (std::size_t i = 0; i < static_cast<std::size_t>(n); ++i) {
    Message& message = messages_[i];
    const msghdr& header = headers_[i].msg_hdr;
    message.octets = {buffers_.get() + i * kBuffer, headers_[i].msg_len};
    message.segment = std::max<std::size_t>(message.octets.size(), 1);
    message.time_ns = clock_.now_ns();
    message.stamped_by_kernel = false;
    message.from = SocketAddress(&addresses_[i], header.msg_namelen);
    message.to = {};
    take_control(header, message);
  }
  return std::span<const Message>(messages_).first(static_cast<std::size_t>(n));
}

void BatchReader::take_control(const msghdr& header, Message& message) const noexcept {
  // CMSG_NXTHDR wants it writable.
  msghdr walk = header;
  for (cmsghdr* control = CMSG_FIRSTHDR(&walk); control != nullptr; control = CMSG_NXTHDR(&walk, control)) {
    std::array<timespec, 3> stamps{};
    int segment = 0;
    in_pktinfo v4{};
    in6_pktinfo v6{};
    if (is(control, SOL_SOCKET, SO_TIMESTAMPING)) {
      if (take(control, stamps) && stamps[0].tv_sec != 0) {
        message.time_ns = clock_.translate(stamps[0]);
        message.stamped_by_kernel = true;
      }
    } else if (is(control, IPPROTO_UDP, UDP_GRO)) {
      if (take(control, segment) && segment > 0) message.segment = static_cast<std::size_t>(segment);
    } else if (is(control, IPPROTO_IP, IP_PKTINFO)) {
      if (take(control, v4)) message.to = IpAddress::v4(ntohl(v4.ipi_addr.s_addr));
    } else if (is(control, IPPROTO_IPV6, IPV6_PKTINFO)) {
      if (take(control, v6)) message.to = IpAddress::from(std::as_bytes(std::span(v6.ipi6_addr.s6_addr)));
    }
  }
}

std::uint64_t drain_error_queue(int fd) noexcept {
  std::uint64_t errors = 0;
  // Bounded, so that a flood of ICMP does not keep us from receiving.
  for (int i = 0; i < 256; ++i) {
    std::array<std::byte, 512> control;
    std::array<std::byte, 64> quoted;
    iovec vector{quoted.data(), quoted.size()};
    msghdr header{};
    header.msg_iov = &vector;
    header.msg_iovlen = 1;
    header.msg_control = control.data();
    header.msg_controllen = control.size();
    if (::recvmsg(fd, &header, MSG_ERRQUEUE | MSG_DONTWAIT) < 0) break;
    for (cmsghdr* one = CMSG_FIRSTHDR(&header); one != nullptr; one = CMSG_NXTHDR(&header, one)) {
      sock_extended_err error{};
      if (!is(one, IPPROTO_IP, IP_RECVERR) && !is(one, IPPROTO_IPV6, IPV6_RECVERR)) continue;
      if (!take(one, error)) continue;
      if (error.ee_origin == SO_EE_ORIGIN_ICMP || error.ee_origin == SO_EE_ORIGIN_ICMP6) ++errors;
    }
  }
  return errors;
}

}  // namespace gtp::gen
