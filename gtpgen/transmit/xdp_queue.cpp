// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtpgen/transmit/xdp_queue.hpp"

#include <net/if.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <xdp/xsk.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstring>
#include <thread>
#include <vector>

#include "gtpgen/transmit/xdp_silence.hpp"
#include "libcommon/util/setcap_hint.hpp"

namespace gtp::gen {
namespace {

constexpr std::uint32_t kSlots = 2048;
constexpr std::uint32_t kRing = 1024;  // as many may wait; powers of two
constexpr int kMaxFlushes = 1000;      // of 100 us
constexpr int kMaxBusy = 200;          // of 10 ms
constexpr int kSendBuffer = 8 << 20;   // copies that the device still has

// xsk.h names no level of its own socket options where the C library is old.
constexpr int kLevelXdp = 283;

Error open_error(int error, const std::string& name, std::uint32_t queue) {
  Error result = Error::from_errno("backend xdp: cannot use queue " + std::to_string(queue) + " of " + name, error);
  if (result.code == ErrorCode::failed) result.code = ErrorCode::unsupported;
  switch (error) {
    case EPERM:
    case EACCES:
      result.what = "backend xdp needs CAP_NET_RAW";
      result.hint = setcap_hint("cap_net_raw") + ", or --backend udp";
      break;
    case EAFNOSUPPORT:
      result.what = "backend xdp: this kernel has no AF_XDP (CONFIG_XDP_SOCKETS)";
      result.hint = "--backend packet";
      break;
    case ENOBUFS:
    case ENOMEM:
      result.hint = "ulimit -l unlimited, or cap_ipc_lock";
      break;
    case EBUSY:
      result.what += ": another AF_XDP program has it";
      break;
    case EINVAL:
    case ENODEV:
      result.what += ": each thread wants a queue of its own";
      result.hint = "--threads with less, or ethtool -L " + name + " tx N; ethtool -l " + name + " shows how many";
      break;
    default:
      result.hint = "--backend packet";
  }
  return result;
}

}  // namespace

struct XdpQueue::Rings {
  ~Rings() {
    if (socket != nullptr) ::xsk_socket__delete(socket);
    if (umem != nullptr) static_cast<void>(::xsk_umem__delete(umem));
    if (area != MAP_FAILED) ::munmap(area, octets);
  }

  xsk_umem* umem = nullptr;
  xsk_socket* socket = nullptr;
  void* area = MAP_FAILED;
  std::size_t octets = 0;
  xsk_ring_prod fill{};  // for receiving: never used
  xsk_ring_cons completed{};
  xsk_ring_prod tx{};
  std::vector<std::uint64_t> free;  // slots, as offsets
  std::uint32_t ready = 0;          // put on the TX ring, not yet shown to the kernel

  std::uint32_t waiting() const noexcept {
    return tx.cached_prod - __atomic_load_n(tx.consumer, __ATOMIC_ACQUIRE) - ready;
  }
};

XdpQueue::XdpQueue() = default;
XdpQueue::~XdpQueue() = default;

Result<void> XdpQueue::bind_once(const std::string& name, std::uint32_t queue, std::uint32_t slot_octets,
                                 std::uint16_t flags) {
  rings_ = std::make_unique<Rings>();
  Rings& rings = *rings_;
  rings.octets = std::size_t{kSlots} * slot_octets;
  rings.area = ::mmap(nullptr, rings.octets, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (rings.area == MAP_FAILED) return open_error(errno, name, queue);
  xsk_umem_config memory{};
  memory.fill_size = kRing;
  memory.comp_size = kSlots;
  memory.frame_size = slot_octets;
  if (const int error =
          ::xsk_umem__create(&rings.umem, rings.area, rings.octets, &rings.fill, &rings.completed, &memory);
      error != 0) {
    return open_error(-error, name, queue);
  }
  xsk_socket_config config{};
  config.tx_size = kRing;
  config.libxdp_flags = XSK_LIBXDP_FLAGS__INHIBIT_PROG_LOAD;
  config.bind_flags = flags;
  if (const int error =
          ::xsk_socket__create(&rings.socket, name.c_str(), queue, rings.umem, nullptr, &rings.tx, &config);
      error != 0) {
    rings.socket = nullptr;
    return open_error(-error, name, queue);
  }
  return {};
}

// The kernel takes its time to give back the queue of a program that has just ended.
Result<void> XdpQueue::bind(const std::string& name, std::uint32_t queue, std::uint32_t slot_octets,
                            std::uint16_t flags) {
  for (int i = 0;; ++i) {
    Result<void> bound = bind_once(name, queue, slot_octets, flags);
    if (bound || bound.error().system != EBUSY || i == kMaxBusy) return bound;
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
}

Result<std::shared_ptr<XdpQueue>> XdpQueue::open(std::uint32_t link, std::uint32_t queue, std::uint32_t largest) {
  const SilentLibraries silence;
  std::array<char, IF_NAMESIZE> name{};
  if (::if_indextoname(link, name.data()) == nullptr) return Error::from_errno("backend xdp: no such interface");
  if (largest > kMaxFrame) {
    return Error{ErrorCode::unsupported, 0,
                 "backend xdp sends frames of at most " + std::to_string(kMaxFrame) + " octets, and these have " +
                     std::to_string(largest),
                 "--size with less, or --backend packet"};
  }
  // Kernels before 5.11 count shared memory against this limit.
  const rlimit unlimited{RLIM_INFINITY, RLIM_INFINITY};
  static_cast<void>(::setrlimit(RLIMIT_MEMLOCK, &unlimited));
  const std::uint32_t slot = largest <= kMaxFrame / 2 ? kMaxFrame / 2 : kMaxFrame;
  std::shared_ptr<XdpQueue> made(new XdpQueue);
  // Without a word about copying the kernel does as the driver can; a few drivers refuse instead.
  Result<void> bound = made->bind(name.data(), queue, slot, XDP_USE_NEED_WAKEUP);
  if (!bound && bound.error().system != EPERM && bound.error().system != EBUSY) {
    bound = made->bind(name.data(), queue, slot, XDP_COPY);
  }
  if (!bound) return std::move(bound).error();
  Rings& rings = *made->rings_;
  const int fd = ::xsk_socket__fd(rings.socket);
  xdp_options options{};
  socklen_t length = sizeof options;
  made->zero_copy_ =
      ::getsockopt(fd, kLevelXdp, XDP_OPTIONS, &options, &length) == 0 && (options.flags & XDP_OPTIONS_ZEROCOPY) != 0;
  if (::setsockopt(fd, SOL_SOCKET, SO_SNDBUFFORCE, &kSendBuffer, sizeof kSendBuffer) != 0) {
    static_cast<void>(::setsockopt(fd, SOL_SOCKET, SO_SNDBUF, &kSendBuffer, sizeof kSendBuffer));
  }
  rings.free.reserve(kSlots);
  for (std::uint64_t i = kSlots; i > 0; --i) rings.free.push_back((i - 1) * slot);
  return made;
}

void XdpQueue::reap() noexcept {
  Rings& rings = *rings_;
  std::uint32_t first = 0;
  const std::uint32_t count = ::xsk_ring_cons__peek(&rings.completed, kSlots, &first);
  for (std::uint32_t i = 0; i < count; ++i) {
    rings.free.push_back(*::xsk_ring_cons__comp_addr(&rings.completed, first + i));
  }
  if (count != 0) ::xsk_ring_cons__release(&rings.completed, count);
}

bool XdpQueue::put(const std::byte* frame, std::uint32_t length) noexcept {
  Rings& rings = *rings_;
  std::uint32_t at = 0;
  if (rings.free.empty() || ::xsk_ring_prod__reserve(&rings.tx, 1, &at) == 0) return false;
  const std::uint64_t slot = rings.free.back();
  rings.free.pop_back();
  std::memcpy(static_cast<std::byte*>(rings.area) + slot, frame, length);
  xdp_desc& descriptor = *::xsk_ring_prod__tx_desc(&rings.tx, at);
  descriptor = {};
  descriptor.addr = slot;
  descriptor.len = length;
  ++rings.ready;
  return true;
}

int XdpQueue::kick() noexcept {
  Rings& rings = *rings_;
  if (rings.ready != 0) {
    ::xsk_ring_prod__submit(&rings.tx, rings.ready);
    rings.ready = 0;
  }
  const int fd = ::xsk_socket__fd(rings.socket);
  // A call takes some tens of frames in copy mode; it is as good as any when one took none.
  for (std::uint32_t before = rings.waiting(); before != 0;) {
    if (zero_copy_ && !::xsk_ring_prod__needs_wakeup(&rings.tx)) return 0;
    ++calls_;
    const int error = ::sendto(fd, nullptr, 0, MSG_DONTWAIT, nullptr, 0) >= 0 ? 0 : errno;
    const std::uint32_t now = rings.waiting();
    // It has taken the frame and could not send it.
    if (error == EBUSY && now < before) ++dropped_;
    if (error != 0 && error != EAGAIN && error != EBUSY && error != EINTR) return error;
    if (zero_copy_) return 0;
    if (now == before && error != EINTR) return ENOBUFS;
    before = now;
  }
  return 0;
}

SendResult XdpQueue::send(std::span<const FrameRun> runs) noexcept {
  SendResult result;
  reap();
  for (const FrameRun& run : runs) {
    for (std::uint32_t i = 0; i < run.count; ++i) {
      const std::byte* frame = run.frames + std::size_t{i} * run.length;
      if (!put(frame, run.length)) {
        result.error = kick();
        reap();
        if (result.error == 0 && !put(frame, run.length)) result.error = ENOBUFS;
        if (result.error != 0) return result;
      }
      ++result.accepted;
    }
  }
  // What the kernel did not take now it will with the next call.
  const int error = kick();
  if (error != ENOBUFS) result.error = error;
  return result;
}

void XdpQueue::flush() noexcept {
  for (int i = 0; i < kMaxFlushes && rings_->waiting() != 0; ++i) {
    if (const int error = kick(); error != 0 && error != ENOBUFS) return;
    if (rings_->waiting() == 0) return;
    std::this_thread::sleep_for(std::chrono::microseconds(100));
  }
}

}  // namespace gtp::gen
