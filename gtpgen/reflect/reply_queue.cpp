// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtpgen/reflect/reply_queue.hpp"

#include <netinet/in.h>
#include <netinet/udp.h>
#include <poll.h>

#include <cerrno>
#include <cstring>

namespace gtp::gen {
namespace {

constexpr int kMostWaits = 20;  // of a millisecond

template <typename T>
void put_control(msghdr& header, std::size_t room, int level, int type, const T& value) noexcept {
  // Behind what is there already.
  const std::size_t at = header.msg_controllen;
  if (at + CMSG_SPACE(sizeof value) > room) return;
  cmsghdr control{};
  control.cmsg_level = level;
  control.cmsg_type = type;
  control.cmsg_len = CMSG_LEN(sizeof value);
  std::byte* const place = static_cast<std::byte*>(header.msg_control) + at;
  std::memcpy(place, &control, sizeof control);
  std::memcpy(place + CMSG_LEN(0), &value, sizeof value);
  header.msg_controllen = at + CMSG_SPACE(sizeof value);
}

void put_source(msghdr& header, std::size_t room, const IpAddress& from) noexcept {
  if (from.version() == 4) {
    in_pktinfo info{};
    info.ipi_spec_dst.s_addr = htonl(from.to_v4());
    put_control(header, room, IPPROTO_IP, IP_PKTINFO, info);
  } else if (from.version() == 6) {
    in6_pktinfo info{};
    std::memcpy(&info.ipi6_addr, from.octets().data(), from.octets().size());
    put_control(header, room, IPPROTO_IPV6, IPV6_PKTINFO, info);
  }
}

}  // namespace

std::string error_name(int error) {
  switch (error) {
    case EAGAIN:
      return "EAGAIN";
    case ENOBUFS:
      return "ENOBUFS";
    case EMSGSIZE:
      return "EMSGSIZE";
    case EPERM:
      return "EPERM";
    case ENETUNREACH:
      return "ENETUNREACH";
    case EHOSTUNREACH:
      return "EHOSTUNREACH";
    case ECONNREFUSED:
      return "ECONNREFUSED";
    case EINVAL:
      return "EINVAL";
    case EIO:
      return "EIO";
    case ENOMEM:
      return "ENOMEM";
    default:
      return "errno_" + std::to_string(error);
  }
}

bool ReplyQueue::add(Bytes octets, const SocketAddress& to, const IpAddress& from) noexcept {
  if (queued_ != 0) {
    Row& last = queue_[queued_ - 1];
    const bool fits = rows_ && !last.closed && octets.size() <= last.segment && !octets.empty() &&
                      last.segments < kRowSegments && last.octets + octets.size() <= kRowOctets && last.from == from &&
                      last.to.same_as(to);
    iovec& piece = pieces_[used_ - 1];
    const bool adjacent = static_cast<const std::byte*>(piece.iov_base) + piece.iov_len == octets.data();
    if (fits && (adjacent || used_ < kPieces)) {
      if (adjacent) {
        piece.iov_len += octets.size();
      } else {
        pieces_[used_++] = {const_cast<std::byte*>(octets.data()), octets.size()};
        ++last.pieces;
      }
      last.octets += octets.size();
      ++last.segments;
      last.closed = octets.size() < last.segment;
      return true;
    }
  }
  if (queued_ == kRows || used_ == kPieces) return false;
  pieces_[used_] = {const_cast<std::byte*>(octets.data()), octets.size()};
  queue_[queued_++] = Row{used_++, 1, octets.size(), 1, octets.size(), false, to, from};
  return true;
}

void ReplyQueue::prepare(std::size_t index) noexcept {
  Row& row = queue_[index];
  msghdr& header = headers_[index].msg_hdr;
  header = {};
  header.msg_name = row.to.data();
  header.msg_namelen = row.to.size();
  header.msg_iov = &pieces_[row.first];
  header.msg_iovlen = row.pieces;
  header.msg_control = control_[index].data();
  if (row.segments > 1) {
    put_control(header, kControl, IPPROTO_UDP, UDP_SEGMENT, static_cast<std::uint16_t>(row.segment));
  }
  put_source(header, kControl, row.from);
  if (header.msg_controllen == 0) header.msg_control = nullptr;
}

void ReplyQueue::flush(int fd) noexcept {
  for (std::size_t i = 0; i < queued_; ++i) prepare(i);
  waits_ = 0;
  std::size_t at = 0;
  while (at < queued_) {
    const int n = ::sendmmsg(fd, &headers_[at], static_cast<unsigned>(queued_ - at), MSG_DONTWAIT);
    ++calls_;
    if (n > 0) {
      for (const std::size_t end = at + static_cast<std::size_t>(n); at < end; ++at) sent(queue_[at]);
      continue;
    }
    const int error = errno;
    if (error == EINTR) continue;
    if ((error == EAGAIN || error == ENOBUFS) && wait_for_room(fd)) continue;
    const Row& row = queue_[at];
    if (row.segments > 1 && (error == EINVAL || error == EMSGSIZE || error == EIO)) {
      send_singly(fd, row);
    } else {
      failed(error, row.segments);
    }
    ++at;
  }
  queued_ = 0;
  used_ = 0;
}

// A row that the kernel refused, datagram by datagram; the pieces are whole rows of them.
void ReplyQueue::send_singly(int fd, const Row& row) noexcept {
  for (std::size_t p = row.first; p < row.first + row.pieces; ++p) {
    const std::byte* const start = static_cast<const std::byte*>(pieces_[p].iov_base);
    const Bytes piece(start, pieces_[p].iov_len);
    for (std::size_t at = 0; at < piece.size(); at += row.segment) {
      const Bytes datagram = slice(piece, at, row.segment);
      iovec vector{const_cast<std::byte*>(datagram.data()), datagram.size()};
      alignas(cmsghdr) std::array<std::byte, kControl> control{};
      SocketAddress to = row.to;
      msghdr header{};
      header.msg_name = to.data();
      header.msg_namelen = to.size();
      header.msg_iov = &vector;
      header.msg_iovlen = 1;
      header.msg_control = control.data();
      put_source(header, kControl, row.from);
      if (header.msg_controllen == 0) header.msg_control = nullptr;
      ++calls_;
      if (::sendmsg(fd, &header, MSG_DONTWAIT) < 0) {
        failed(errno, 1);
      } else {
        ++packets_;
        octets_ += datagram.size();
      }
    }
  }
}

bool ReplyQueue::wait_for_room(int fd) noexcept {
  if (++waits_ > kMostWaits) return false;
  pollfd room{fd, POLLOUT, 0};
  // A full queue of the device (ENOBUFS) leaves the socket writable: then this is a pause of nothing, so take one.
  if (::poll(&room, 1, 1) > 0) ::poll(nullptr, 0, 1);
  return true;
}

void ReplyQueue::sent(const Row& row) noexcept {
  packets_ += row.segments;
  octets_ += row.octets;
}

void ReplyQueue::failed(int error, std::size_t datagrams) { add_error(errors_, error_name(error), datagrams); }

}  // namespace gtp::gen
