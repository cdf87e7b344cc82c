// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtpgen/transmit/udp_transmitter.hpp"

#include <linux/errqueue.h>
#include <netinet/udp.h>
#include <sys/socket.h>

#include <algorithm>
#include <cstring>

#include "gtpgen/transmit/udp_socket.hpp"

#ifndef UDP_SEGMENT
#define UDP_SEGMENT 103
#endif

namespace gtp::gen {
namespace {

constexpr int kMaxTries = 8;

// An error of an earlier packet, delivered to this call.
bool is_pending_icmp(int error) noexcept {
  return error == ECONNREFUSED || error == EHOSTUNREACH || error == ENETUNREACH || error == EHOSTDOWN ||
         error == EPROTO || error == ENOPROTOOPT || error == EACCES;
}

// How a kernel or a device says that it does not segment.
bool is_segmentation_refused(int error) noexcept {
  return error == EINVAL || error == EIO || error == EOPNOTSUPP || error == ENOPROTOOPT;
}

}  // namespace

struct UdpTransmitter::Messages {
  std::array<mmsghdr, kMaxRuns> headers;
  std::array<iovec, kMaxRuns> vectors;
  std::array<std::uint32_t, kMaxRuns> frames;  // in each
  std::array<Control, kMaxRuns> controls;
};

UdpTransmitter::UdpTransmitter(Fd socket, const UdpOptions& options)
    : socket_(std::move(socket)),
      start_(options.start),
      segments_(options.segment ? kMaxSegments : 0),
      messages_(std::make_unique<Messages>()) {
  const Endpoint local = local_endpoint(socket_.value());
  outer_ = {local.address, options.destination.address, local.port, options.destination.port};
}

UdpTransmitter::~UdpTransmitter() = default;

Result<std::unique_ptr<UdpTransmitter>> UdpTransmitter::open(const UdpOptions& options) {
  auto socket = open_udp_socket(options);
  if (!socket) return std::move(socket).error();
  return std::unique_ptr<UdpTransmitter>(new UdpTransmitter(*std::move(socket), options));
}

void UdpTransmitter::add_message(std::size_t at, const FrameRun& run, std::uint32_t first,
                                 std::uint32_t count) noexcept {
  iovec& vector = messages_->vectors[at];
  // The kernel only reads; iovec knows no const.
  vector.iov_base = const_cast<std::byte*>(run.frames + std::size_t{first} * run.length);
  vector.iov_len = std::size_t{count} * run.length;
  msghdr& header = messages_->headers[at].msg_hdr;
  header = {};
  header.msg_iov = &vector;
  header.msg_iovlen = 1;
  if (run.to != nullptr) {
    header.msg_name = const_cast<sockaddr*>(run.to->data());
    header.msg_namelen = run.to->size();
  }
  if (count > 1) {
    const auto size = static_cast<std::uint16_t>(run.length);
    header.msg_control = messages_->controls[at].octets.data();
    header.msg_controllen = CMSG_SPACE(sizeof size);
    cmsghdr* control = CMSG_FIRSTHDR(&header);
    control->cmsg_level = SOL_UDP;
    control->cmsg_type = UDP_SEGMENT;
    control->cmsg_len = CMSG_LEN(sizeof size);
    std::memcpy(CMSG_DATA(control), &size, sizeof size);
  }
  messages_->frames[at] = count;
}

std::size_t UdpTransmitter::prepare(std::span<const FrameRun> runs, std::uint32_t skip) noexcept {
  std::size_t used = 0;
  for (const FrameRun& run : runs) {
    if (skip >= run.count) {
      skip -= run.count;
      continue;
    }
    std::uint32_t first = skip;
    skip = 0;
    const std::uint32_t most = std::min(segments_, kMaxMessage / std::max(run.length, 1U));
    while (first < run.count && used < kMaxRuns) {
      const std::uint32_t left = run.count - first;
      const std::uint32_t count = most >= kMinSegments && left >= kMinSegments ? std::min(left, most) : 1;
      add_message(used++, run, first, count);
      first += count;
    }
    if (used == kMaxRuns) break;
  }
  return used;
}

bool UdpTransmitter::recover(int error, std::uint32_t frames_of_message) noexcept {
  if (error == EINTR) return true;
  if (is_pending_icmp(error)) {
    drain_errors();
    return true;
  }
  if (frames_of_message > 1 && is_segmentation_refused(error)) {
    segments_ = frames_of_message / 2 >= kMinSegments && error == EINVAL ? frames_of_message / 2 : 0;
    return true;
  }
  return false;
}

SendResult UdpTransmitter::send(std::span<const FrameRun> runs) noexcept {
  SendResult result;
  int tries = 0;
  while (true) {
    const std::size_t count = prepare(runs, result.accepted);
    if (count == 0) return result;
    ++counts_.calls;
    const int sent = ::sendmmsg(socket_.value(), messages_->headers.data(), static_cast<unsigned>(count), 0);
    if (sent > 0) {
      for (std::size_t i = 0; i < static_cast<std::size_t>(sent); ++i) result.accepted += messages_->frames[i];
      tries = 0;
    } else {
      const int error = errno;
      if (++tries > kMaxTries || !recover(error, messages_->frames[0])) {
        result.error = error == EAGAIN ? ENOBUFS : error;
        return result;
      }
    }
  }
}

void UdpTransmitter::drain_errors() {
  // Bounded: the queue may be refilled while it is read.
  for (int i = 0; i < 256; ++i) {
    alignas(cmsghdr) std::array<std::byte, 512> control{};
    sockaddr_storage about{};
    std::array<std::byte, 64> packet{};
    iovec vector{packet.data(), packet.size()};
    msghdr header{};
    header.msg_name = &about;
    header.msg_namelen = sizeof about;
    header.msg_iov = &vector;
    header.msg_iovlen = 1;
    header.msg_control = control.data();
    header.msg_controllen = control.size();
    if (::recvmsg(socket_.value(), &header, MSG_ERRQUEUE | MSG_DONTWAIT) < 0) return;
    for (cmsghdr* one = CMSG_FIRSTHDR(&header); one != nullptr; one = CMSG_NXTHDR(&header, one)) {
      const bool v4 = one->cmsg_level == IPPROTO_IP && one->cmsg_type == IP_RECVERR;
      const bool v6 = one->cmsg_level == IPPROTO_IPV6 && one->cmsg_type == IPV6_RECVERR;
      if ((!v4 && !v6) || one->cmsg_len < CMSG_LEN(sizeof(sock_extended_err))) continue;
      sock_extended_err error{};
      std::memcpy(&error, CMSG_DATA(one), sizeof error);
      if (error.ee_origin != SO_EE_ORIGIN_ICMP && error.ee_origin != SO_EE_ORIGIN_ICMP6) continue;
      // Who sent it stands behind (SO_EE_OFFENDER).
      sockaddr_storage offender{};
      const std::size_t room = one->cmsg_len - CMSG_LEN(sizeof error);
      std::memcpy(&offender, CMSG_DATA(one) + sizeof error, std::min(room, sizeof offender));
      counts_.add_icmp(SocketAddress(&offender, sizeof offender).endpoint().address, error.ee_type, error.ee_code);
    }
  }
}

std::string UdpTransmitter::name() const {
  return segments_ == 0 ? "udp" : "udp+gso(" + std::to_string(segments_) + ")";
}

std::uint32_t UdpTransmitter::path_mtu() const noexcept {
  int mtu = 0;
  socklen_t length = sizeof mtu;
  const bool v6 = outer_.source.is_v6();
  if (::getsockopt(socket_.value(), v6 ? static_cast<int>(IPPROTO_IPV6) : static_cast<int>(IPPROTO_IP),
                   v6 ? IPV6_MTU : IP_MTU, &mtu, &length) != 0 ||
      mtu < 0) {
    return 0;
  }
  return static_cast<std::uint32_t>(mtu);
}

}  // namespace gtp::gen
