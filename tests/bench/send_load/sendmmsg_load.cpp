// SPDX-License-Identifier: GPL-2.0-or-later
//
// What gtpgen is measured against: the usual fast sender, a connected UDP socket and sendmmsg(2) of 64 G-PDUs whose
// TEID and number are written anew for each. Sends until SIGINT, and then says how many the kernel has taken.
//
//   sendmmsg_load ADDRESS INNER_OCTETS
#include <arpa/inet.h>
#include <sys/socket.h>

#include <array>
#include <csignal>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <vector>

namespace {

constexpr std::size_t kBatch = 64;
constexpr std::uint32_t kTunnels = 1000;

volatile std::sig_atomic_t stop = 0;

void store(std::byte* at, std::uint32_t value) {
  for (int i = 0; i < 4; ++i) at[i] = static_cast<std::byte>(value >> (24 - 8 * i) & 0xff);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) return 2;
  const std::size_t inner = std::strtoul(argv[2], nullptr, 10);
  sockaddr_in to{};
  to.sin_family = AF_INET;
  to.sin_port = htons(2152);
  const int fd = ::socket(AF_INET, SOCK_DGRAM, 0);
  if (inner < 46 || ::inet_pton(AF_INET, argv[1], &to.sin_addr) != 1) return 2;
  if (::connect(fd, static_cast<const sockaddr*>(static_cast<const void*>(&to)), sizeof to) != 0) return 1;
  const std::size_t length = 8 + inner;
  std::vector<std::byte> frames(kBatch * length);
  std::array<iovec, kBatch> vectors{};
  std::array<mmsghdr, kBatch> messages{};
  for (std::size_t i = 0; i < kBatch; ++i) {
    std::byte* frame = frames.data() + i * length;
    frame[0] = std::byte{0x30};
    frame[1] = std::byte{255};
    frame[2] = static_cast<std::byte>(inner >> 8);
    frame[3] = static_cast<std::byte>(inner & 0xff);
    frame[8] = std::byte{0x45};
    vectors[i] = {frame, length};
    messages[i].msg_hdr.msg_iov = &vectors[i];
    messages[i].msg_hdr.msg_iovlen = 1;
  }
  std::signal(SIGINT, [](int) { stop = 1; });
  unsigned long long sent = 0;
  for (std::uint32_t number = 0; stop == 0;) {
    for (std::size_t i = 0; i < kBatch; ++i, ++number) {
      store(frames.data() + i * length + 4, 1 + number % kTunnels);
      store(frames.data() + i * length + 36, number);
    }
    const int taken = ::sendmmsg(fd, messages.data(), kBatch, 0);
    if (taken < 0 && stop == 0) {
      std::perror("sendmmsg");
      return 1;
    }
    if (taken > 0) sent += static_cast<unsigned>(taken);
  }
  std::printf("%llu packets\n", sent);
}
