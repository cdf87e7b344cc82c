// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtpgen/transmit/packet_transmitter.hpp"

#include <linux/if_packet.h>
#include <net/ethernet.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <tuple>

#include "libcommon/util/setcap_hint.hpp"

namespace gtp::gen {
namespace {

constexpr std::size_t kMessages = 64;

}  // namespace

struct PacketTransmitter::Messages {
  std::array<mmsghdr, kMessages> headers;
  std::array<iovec, kMessages> vectors;
};

PacketTransmitter::PacketTransmitter(Fd socket, std::unique_ptr<UdpTransmitter> receiver)
    : socket_(std::move(socket)), receiver_(std::move(receiver)), messages_(std::make_unique<Messages>()) {
  for (std::size_t i = 0; i < kMessages; ++i) {
    messages_->headers[i] = {};
    messages_->headers[i].msg_hdr.msg_iov = &messages_->vectors[i];
    messages_->headers[i].msg_hdr.msg_iovlen = 1;
  }
}

PacketTransmitter::~PacketTransmitter() = default;

Result<std::unique_ptr<PacketTransmitter>> PacketTransmitter::open(const LinkPath& path,
                                                                   std::unique_ptr<UdpTransmitter> receiver) {
  // Protocol 0: it receives nothing.
  Fd fd(::socket(AF_PACKET, SOCK_RAW | SOCK_CLOEXEC, 0));
  if (!fd) {
    Error error = Error::from_errno("backend packet needs CAP_NET_RAW");
    error.hint = setcap_hint("cap_net_raw") + ", or --backend udp";
    return error;
  }
  sockaddr_ll address{};
  address.sll_family = AF_PACKET;
  address.sll_ifindex = static_cast<int>(path.link);
  if (::bind(fd.value(), static_cast<const sockaddr*>(static_cast<const void*>(&address)), sizeof address) != 0) {
    return Error::from_errno("cannot bind a packet socket");
  }
  const int on = 1;
  const int buffer = 4 << 20;
  static_cast<void>(::setsockopt(fd.value(), SOL_PACKET, PACKET_QDISC_BYPASS, &on, sizeof on));
  static_cast<void>(::setsockopt(fd.value(), SOL_SOCKET, SO_SNDBUF, &buffer, sizeof buffer));
  return std::unique_ptr<PacketTransmitter>(new PacketTransmitter(std::move(fd), std::move(receiver)));
}

SendResult PacketTransmitter::send(std::span<const FrameRun> runs) noexcept {
  SendResult result;
  std::size_t run = 0;
  std::uint32_t frame = 0;
  while (run < runs.size()) {
    std::size_t used = 0;
    // Where to go on if only some of these are taken.
    std::array<std::pair<std::size_t, std::uint32_t>, kMessages + 1> places;
    while (used < kMessages && run < runs.size()) {
      const FrameRun& one = runs[run];
      places[used] = {run, frame};
      iovec& vector = messages_->vectors[used++];
      vector.iov_base = const_cast<std::byte*>(one.frames + std::size_t{frame} * one.length);
      vector.iov_len = one.length;
      if (++frame == one.count) {
        ++run;
        frame = 0;
      }
    }
    places[used] = {run, frame};
    ++counts_.calls;
    const int sent = ::sendmmsg(socket_.value(), messages_->headers.data(), static_cast<unsigned>(used), 0);
    if (sent < 0 && errno != EINTR) {
      result.error = errno == EAGAIN ? ENOBUFS : errno;
      return result;
    }
    const auto taken = static_cast<std::size_t>(std::max(sent, 0));
    result.accepted += static_cast<std::uint32_t>(taken);
    std::tie(run, frame) = places[taken];
  }
  return result;
}

void PacketTransmitter::drain_errors() {
  receiver_->drain_errors();
  counts_.icmp = receiver_->counts().icmp;
}

}  // namespace gtp::gen
