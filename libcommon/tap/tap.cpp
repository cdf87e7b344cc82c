// SPDX-License-Identifier: GPL-2.0-or-later
#include "libcommon/tap/tap.hpp"

#include <arpa/inet.h>
#include <bpf/bpf.h>
#include <bpf/libbpf.h>
#include <linux/if_packet.h>
#include <net/ethernet.h>
#include <sys/socket.h>

#include <algorithm>
#include <cerrno>
#include <ctime>

#include "libcommon/tap/object.hpp"
#include "libcommon/util/setcap_hint.hpp"

// Headers of the C library may be older than the kernel.
#ifndef PACKET_IGNORE_OUTGOING
#define PACKET_IGNORE_OUTGOING 23
#endif
#ifndef SO_ATTACH_BPF
#define SO_ATTACH_BPF 50
#endif

namespace gtp::tap {
namespace {

constexpr std::size_t kSlice = 512;

std::uint64_t monotonic_ns() {
  std::timespec spec{};
  clock_gettime(CLOCK_MONOTONIC, &spec);
  return static_cast<std::uint64_t>(spec.tv_sec) * 1'000'000'000 + static_cast<std::uint64_t>(spec.tv_nsec);
}

Error no_right() {
  return {ErrorCode::permission, EPERM,
          "cannot count packets by eBPF: Operation not permitted (needs CAP_BPF and CAP_NET_RAW)",
          setcap_hint("cap_bpf,cap_net_raw,cap_net_admin")};
}

Error open_error(int error) {
  switch (error) {
    case EPERM:
    case EACCES:
      return no_right();
    case ENOSYS:
      return {ErrorCode::unsupported, error, "cannot count packets by eBPF: this kernel has none (CONFIG_BPF_SYSCALL)",
              ""};
    case EINVAL:
    case E2BIG:
    case ENOTSUP:
      return {ErrorCode::unsupported, error, "cannot count packets by eBPF: this kernel does not take the program",
              "Linux 5.17 or later"};
    default:
      return Error::from_errno("cannot count packets by eBPF", error);
  }
}

}  // namespace

struct Tap::Object {
  struct Close {
    void operator()(bpf_object* object) const { bpf_object__close(object); }
  };

  std::unique_ptr<bpf_object, Close> object;
  int ethernet = -1;
  int ip = -1;
  int counts4 = -1;
  int counts6 = -1;
  int signals = -1;
  int losses = -1;
  std::vector<gtpu_key4> keys4{kSlice};
  std::vector<gtpu_key6> keys6{kSlice};
  std::vector<gtpu_count> counts{kSlice};

  auto& keys(gtpu_key4) { return keys4; }
  auto& keys(gtpu_key6) { return keys6; }
};

Tap::Tap(std::unique_ptr<Object> object) : object_(std::move(object)) {}
Tap::~Tap() = default;

Result<std::unique_ptr<Tap>> Tap::open(const Limits& limits) {
  // What it would write is for who writes programs, not for who runs one.
  libbpf_set_print(nullptr);
  auto held = std::make_unique<Object>();
  const Bytes filter = compiled_filter();
  bpf_object_open_opts options{};
  options.sz = sizeof options;
  options.object_name = "gtpu_counters";
  held->object.reset(bpf_object__open_mem(filter.data(), filter.size(), &options));
  bpf_object* object = held->object.get();
  if (object == nullptr) return open_error(errno);
  bpf_map* counts4 = bpf_object__find_map_by_name(object, "counts4");
  bpf_map* counts6 = bpf_object__find_map_by_name(object, "counts6");
  bpf_map__set_max_entries(counts4, limits.keys_v4);
  bpf_map__set_max_entries(counts6, limits.keys_v6);
  if (const int failed = bpf_object__load(object); failed != 0) return open_error(-failed);
  held->counts4 = bpf_map__fd(counts4);
  held->counts6 = bpf_map__fd(counts6);
  held->signals = bpf_object__find_map_fd_by_name(object, "signals");
  held->losses = bpf_object__find_map_fd_by_name(object, "losses");
  held->ethernet = bpf_program__fd(bpf_object__find_program_by_name(object, "count_ethernet"));
  held->ip = bpf_program__fd(bpf_object__find_program_by_name(object, "count_ip"));
  return std::unique_ptr<Tap>(new Tap(std::move(held)));
}

bool Tap::attached(std::uint32_t interface) const noexcept {
  return std::any_of(sockets_.begin(), sockets_.end(),
                     [&](const Attached& each) { return each.interface == interface; });
}

void Tap::detach(std::uint32_t interface) {
  std::erase_if(sockets_, [&](const Attached& each) { return each.interface == interface; });
}

Result<void> Tap::attach(std::uint32_t interface, Framing framing, bool incoming_only) {
  const auto failed = [&](const char* step) {
    if (errno == EPERM) return no_right();
    return Error::from_errno("cannot count the packets of interface " + std::to_string(interface) + ": " + step);
  };
  // Without a protocol it hears nothing until it is bound, so that no packet goes past the filter. Of a device without
  // a header of fixed length a datagram socket sees the IP header first, whatever the driver puts in front.
  const int type = framing == Framing::ethernet ? SOCK_RAW : SOCK_DGRAM;
  Fd socket(::socket(AF_PACKET, type | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
  if (!socket) return failed("socket");
  const int program = framing == Framing::ethernet ? object_->ethernet : object_->ip;
  if (::setsockopt(socket.value(), SOL_SOCKET, SO_ATTACH_BPF, &program, sizeof program) != 0) return failed("filter");
  const int one = 1;
  if (incoming_only && ::setsockopt(socket.value(), SOL_PACKET, PACKET_IGNORE_OUTGOING, &one, sizeof one) != 0) {
    return failed("incoming only");
  }
  sockaddr_ll address{};
  address.sll_family = AF_PACKET;
  address.sll_protocol = htons(ETH_P_ALL);
  address.sll_ifindex = static_cast<int>(interface);
  const void* any = &address;
  if (::bind(socket.value(), static_cast<const sockaddr*>(any), sizeof address) != 0) return failed("bind");
  sockets_.push_back({interface, std::move(socket)});
  return {};
}

void Tap::rewind() noexcept {
  reading_v6_ = false;
  begun_ = false;
}

template <typename Kernel>
Result<bool> Tap::read_map(int map, FunctionRef<void(const Count&)> visitor) {
  auto& keys = object_->keys(Kernel{});
  std::uint32_t count = kSlice;
  std::uint32_t next = 0;
  // A bucket that does not fit into a slice: more room.
  int failed = 0;
  for (;;) {
    count = static_cast<std::uint32_t>(keys.size());
    failed = bpf_map_lookup_batch(map, begun_ ? &position_ : nullptr, &next, keys.data(), object_->counts.data(),
                                  &count, nullptr);
    if (failed != -ENOSPC || keys.size() >= kSlice * 64) break;
    keys.resize(keys.size() * 2);
    object_->counts.resize(std::max(object_->counts.size(), keys.size()));
  }
  if (failed != 0 && failed != -ENOENT) return Error::from_errno("cannot read the counters of packets", -failed);
  const std::uint64_t now = monotonic_ns();
  for (std::uint32_t i = 0; i < count; ++i) visitor(count_of(keys[i], object_->counts[i], now));
  position_ = next;
  begun_ = true;
  return failed == 0;
}

Result<bool> Tap::read(FunctionRef<void(const Count&)> visitor) {
  if (reading_v6_) return read_map<gtpu_key6>(object_->counts6, visitor);
  auto more = read_map<gtpu_key4>(object_->counts4, visitor);
  if (!more || *more) return more;
  reading_v6_ = true;
  begun_ = false;
  return true;
}

std::optional<Count> Tap::find(const Key& key) const {
  gtpu_count count{};
  if (key.to.is_v4()) {
    const gtpu_key4 packed = key4_of(key);
    if (bpf_map_lookup_elem(object_->counts4, &packed, &count) != 0) return std::nullopt;
    return count_of(packed, count, monotonic_ns());
  }
  const gtpu_key6 packed = key6_of(key);
  if (bpf_map_lookup_elem(object_->counts6, &packed, &count) != 0) return std::nullopt;
  return count_of(packed, count, monotonic_ns());
}

void Tap::forget(const Key& key) {
  if (key.to.is_v4()) {
    const gtpu_key4 packed = key4_of(key);
    bpf_map_delete_elem(object_->counts4, &packed);
  } else {
    const gtpu_key6 packed = key6_of(key);
    bpf_map_delete_elem(object_->counts6, &packed);
  }
}

Result<void> Tap::feed(Bytes frame, Framing framing, std::uint32_t gso_size) {
  // The kernel takes an Ethernet header off and shows a socket filter what is behind it.
  const bool ethernet = framing == Framing::ethernet;
  if (frame.size() < ETH_HLEN) return Error{ErrorCode::usage, 0, "a frame without a header", ""};
  std::vector<std::byte> packet(ETH_HLEN + frame.size());
  std::copy(frame.begin(), frame.end(), packet.begin() + ETH_HLEN);
  if (ethernet) {
    packet[12] = frame[12];
    packet[13] = frame[13];
  } else {
    const unsigned protocol = load_u8(frame.data()) >> 4 == 6 ? ETHERTYPE_IPV6 : ETHERTYPE_IP;
    packet[12] = static_cast<std::byte>(protocol >> 8);
    packet[13] = static_cast<std::byte>(protocol & 0xff);
  }
  __sk_buff context{};
  context.gso_size = gso_size;
  bpf_test_run_opts options{};
  options.sz = sizeof options;
  options.data_in = packet.data();
  options.data_size_in = static_cast<std::uint32_t>(packet.size());
  options.ctx_in = &context;
  options.ctx_size_in = sizeof context;
  options.repeat = 1;
  const int failed = bpf_prog_test_run_opts(ethernet ? object_->ethernet : object_->ip, &options);
  if (failed != 0) return Error::from_errno("cannot count a packet", -failed);
  if (options.retval == 0) return {};
  return Error{ErrorCode::failed, 0, "the filter keeps a packet", ""};
}

Result<void> Tap::read_signals(FunctionRef<void(const Signals&)> visitor) {
  const std::uint64_t now = monotonic_ns();
  gtpu_pair pair{};
  gtpu_pair next{};
  const gtpu_pair* at = nullptr;
  while (bpf_map_get_next_key(object_->signals, at, &next) == 0) {
    pair = next;
    at = &pair;
    gtpu_signals count{};
    if (bpf_map_lookup_elem(object_->signals, at, &count) == 0) visitor(signals_of(pair, count, now));
  }
  if (errno == ENOENT) return {};
  return Error::from_errno("cannot read the counters of messages");
}

Losses Tap::losses() const {
  const int processors = libbpf_num_possible_cpus();
  std::vector<std::uint64_t> each(static_cast<std::size_t>(std::max(processors, 1)));
  std::uint64_t sums[GTPU_LOSSES] = {};
  for (std::uint32_t what = 0; what < GTPU_LOSSES; ++what) {
    if (bpf_map_lookup_elem(object_->losses, &what, each.data()) != 0) continue;
    for (const std::uint64_t count : each) sums[what] += count;
  }
  return {sums[GTPU_NO_ROOM], sums[GTPU_MALFORMED], sums[GTPU_VERSION]};
}

}  // namespace gtp::tap
