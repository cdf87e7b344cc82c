// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtpgen/echo/socket.hpp"

#include <linux/errqueue.h>
#include <linux/net_tstamp.h>
#include <netinet/in.h>
#include <netinet/ip.h>
#include <sys/socket.h>
#include <time.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <span>

#include "gtpgen/echo/socket_address.hpp"
#include "gtpgen/receive/clock.hpp"
#include "libcommon/util/civil_time.hpp"

namespace gtp::gen::echo {
namespace {

constexpr std::size_t kBatch = 64;
constexpr std::size_t kDatagram = 2048;  // of an answer or a quotation; what is longer is cut
constexpr std::size_t kControl = 256;

template <typename T>
T payload(const cmsghdr& header) noexcept {
  T out{};
  // CMSG_DATA of a const header; the kernel aligns nothing for us, so it is copied.
  std::memcpy(&out, static_cast<const char*>(static_cast<const void*>(&header)) + CMSG_LEN(0), sizeof out);
  return out;
}

template <typename T>
bool holds(const cmsghdr& header) noexcept {
  return header.cmsg_len >= CMSG_LEN(sizeof(T));
}

// What the control messages of one datagram say.
struct Control {
  std::uint64_t kernel_ns = 0;
  std::optional<std::uint8_t> ttl;
  std::optional<std::uint8_t> tos;
  std::optional<std::uint32_t> overflowed;
  std::optional<sock_extended_err> error;
  IpAddress offender;
};

std::uint64_t nanoseconds(const timespec& time) noexcept {
  return static_cast<std::uint64_t>(time.tv_sec) * kNanosecondsPerSecond + static_cast<std::uint64_t>(time.tv_nsec);
}

// struct scm_timestamping of the kernel: software, unused, hardware.
struct Stamps {
  std::array<timespec, 3> times;
};

IpAddress offender_of(const cmsghdr& header) noexcept {
  struct WithAddress {
    sock_extended_err error;
    sockaddr_in6 address;
  };
  struct WithV4 {
    sock_extended_err error;
    sockaddr_in address;
  };
  if (holds<WithV4>(header)) {
    const auto v4 = payload<WithV4>(header);
    if (v4.address.sin_family == AF_INET) return IpAddress::from(std::as_bytes(std::span(&v4.address.sin_addr, 1)));
  }
  if (holds<WithAddress>(header)) {
    const auto v6 = payload<WithAddress>(header);
    if (v6.address.sin6_family == AF_INET6) return IpAddress::from(std::as_bytes(std::span(&v6.address.sin6_addr, 1)));
  }
  return {};
}

Control read_control(msghdr& message) noexcept {
  Control out;
  for (cmsghdr* at = CMSG_FIRSTHDR(&message); at != nullptr; at = CMSG_NXTHDR(&message, at)) {
    const int level = at->cmsg_level;
    const int type = at->cmsg_type;
    if (level == SOL_SOCKET && type == SCM_TIMESTAMPING && holds<Stamps>(*at)) {
      out.kernel_ns = nanoseconds(payload<Stamps>(*at).times[0]);
    } else if (level == SOL_SOCKET && type == SO_RXQ_OVFL && holds<std::uint32_t>(*at)) {
      out.overflowed = payload<std::uint32_t>(*at);
    } else if ((level == IPPROTO_IP && type == IP_TTL) || (level == IPPROTO_IPV6 && type == IPV6_HOPLIMIT)) {
      if (holds<int>(*at)) out.ttl = static_cast<std::uint8_t>(payload<int>(*at));
    } else if (level == IPPROTO_IP && type == IP_TOS) {
      if (holds<std::uint8_t>(*at)) out.tos = payload<std::uint8_t>(*at);
    } else if (level == IPPROTO_IPV6 && type == IPV6_TCLASS) {
      if (holds<int>(*at)) out.tos = static_cast<std::uint8_t>(payload<int>(*at));
    } else if ((level == IPPROTO_IP && type == IP_RECVERR) || (level == IPPROTO_IPV6 && type == IPV6_RECVERR)) {
      if (!holds<sock_extended_err>(*at)) continue;
      out.error = payload<sock_extended_err>(*at);
      out.offender = offender_of(*at);
    }
  }
  return out;
}

// A batch of messages over memory that is reused; the arrays belong together, so they live in one place.
struct Batch {
  std::array<mmsghdr, kBatch> messages{};
  std::array<iovec, kBatch> parts{};
  std::array<SocketAddress, kBatch> addresses{};  // to send to
  std::array<sockaddr_storage, kBatch> names{};   // of senders, as the kernel writes them
  alignas(cmsghdr) std::array<std::array<char, kControl>, kBatch> control{};

  Endpoint name(std::size_t i) const noexcept {
    return SocketAddress(&names[i], messages[i].msg_hdr.msg_namelen).endpoint();
  }

  // Ready to receive into [room] of kBatch * kDatagram octets.
  void prepare(std::span<std::byte> room) noexcept {
    for (std::size_t i = 0; i < kBatch; ++i) {
      parts[i] = {room.data() + i * kDatagram, kDatagram};
      msghdr& header = messages[i].msg_hdr;
      header = {};
      header.msg_name = &names[i];
      header.msg_namelen = sizeof names[i];
      header.msg_iov = &parts[i];
      header.msg_iovlen = 1;
      header.msg_control = control[i].data();
      header.msg_controllen = kControl;
    }
  }
};

}  // namespace

void EchoSocket::send(const Outbox& outbox, Failed failed) {
  Batch batch;
  std::array<const Outbox::Packet*, kBatch> packets{};
  std::size_t count = 0;
  for (const Outbox::Packet& packet : outbox.packets) {
    if (packet.address.version() != family_ || count == kBatch) continue;
    const Bytes octets = outbox.view(packet);
    batch.addresses[count] = socket_address(packet.address, packet.port, packet.scope);
    // The kernel only reads it; iovec serves both directions.
    batch.parts[count] = {const_cast<std::byte*>(octets.data()), octets.size()};
    msghdr& header = batch.messages[count].msg_hdr;
    header.msg_name = batch.addresses[count].data();
    header.msg_namelen = batch.addresses[count].size();
    header.msg_iov = &batch.parts[count];
    header.msg_iovlen = 1;
    packets[count++] = &packet;
  }
  bool retried = false;
  for (std::size_t at = 0; at < count;) {
    const int sent = ::sendmmsg(fd(), batch.messages.data() + at, static_cast<unsigned>(count - at), 0);
    if (sent > 0) {
      for (int i = 0; i < sent; ++i) {
        if (kernel_clock_) tickets_.push_back(packets[at + static_cast<std::size_t>(i)]->ticket);
      }
      at += static_cast<std::size_t>(sent);
      retried = false;
      continue;
    }
    const int error = errno;
    if (error == EINTR) continue;
    // An ICMP error about an earlier packet is reported once, by the next call; it is on the error queue too.
    if (error != ENOBUFS && error != EAGAIN && !retried) {
      retried = true;
      continue;
    }
    failed(packets[at]->ticket, error);
    restart_numbers();
    ++at;
    retried = false;
  }
  constexpr std::size_t kRemembered = 4096;
  while (tickets_.size() > kRemembered) {
    tickets_.pop_front();
    ++first_number_;
  }
}

void EchoSocket::read_errors(Stamped stamped, Icmp icmp) {
  if (room_.empty()) room_.resize(kBatch * kDatagram);
  Batch batch;
  for (;;) {
    batch.prepare(room_);
    const int count = ::recvmmsg(fd(), batch.messages.data(), kBatch, MSG_ERRQUEUE | MSG_DONTWAIT, nullptr);
    if (count <= 0) return;
    for (std::size_t i = 0; i < static_cast<std::size_t>(count); ++i) {
      const Control control = read_control(batch.messages[i].msg_hdr);
      if (!control.error) continue;
      const sock_extended_err& error = *control.error;
      if (error.ee_origin == SO_EE_ORIGIN_TIMESTAMPING) {
        const std::uint32_t at = error.ee_data - first_number_;
        if (at < tickets_.size()) stamped(tickets_[at], control.kernel_ns);
      } else if (error.ee_origin == SO_EE_ORIGIN_ICMP || error.ee_origin == SO_EE_ORIGIN_ICMP6) {
        IcmpError out;
        const Endpoint to = batch.name(i);
        out.destination = to.address;
        out.port = to.port;
        out.sender = control.offender;
        out.ipv6 = error.ee_origin == SO_EE_ORIGIN_ICMP6;
        out.type = error.ee_type;
        out.code = error.ee_code;
        out.mtu = error.ee_errno == EMSGSIZE ? error.ee_info : 0;
        out.quoted = Bytes(room_).subspan(i * kDatagram, batch.messages[i].msg_len);
        icmp(out);
      }
    }
    if (static_cast<std::size_t>(count) < kBatch) return;
  }
}

bool EchoSocket::receive(Received received) {
  if (room_.empty()) room_.resize(kBatch * kDatagram);
  Batch batch;
  batch.prepare(room_);
  const int count = ::recvmmsg(fd(), batch.messages.data(), kBatch, MSG_DONTWAIT, nullptr);
  // Errors about earlier packets come once, and come on the error queue too.
  if (count <= 0) return count < 0 && errno != EAGAIN;
  const std::uint64_t now_ns = monotonic_ns();
  for (std::size_t i = 0; i < static_cast<std::size_t>(count); ++i) {
    const Control control = read_control(batch.messages[i].msg_hdr);
    if (control.overflowed) {
      // A counter of 32 bits since the socket was opened.
      overflowed_ += *control.overflowed - static_cast<std::uint32_t>(overflowed_);
    }
    Arrival arrival;
    const Endpoint from = batch.name(i);
    arrival.from = from.address;
    arrival.port = from.port;
    arrival.now_ns = now_ns;
    arrival.kernel_ns = kernel_clock_ ? control.kernel_ns : 0;
    arrival.ttl = control.ttl;
    arrival.tos = control.tos;
    received(arrival, Bytes(room_).subspan(i * kDatagram, batch.messages[i].msg_len));
  }
  return static_cast<std::size_t>(count) == kBatch;
}

}  // namespace gtp::gen::echo
