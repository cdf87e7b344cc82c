// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtpgen/transmit/xdp_flood.hpp"

#include <bpf/bpf.h>
#include <bpf/libbpf.h>
#include <linux/bpf.h>
#include <sys/mman.h>
#include <unistd.h>

#include <atomic>

#include "gtpgen/transmit/xdp_flood.bpf.hpp"
#include "gtpgen/transmit/xdp_flood_plan.hpp"
#include "gtpgen/transmit/xdp_silence.hpp"
#include "libcommon/util/setcap_hint.hpp"

namespace gtp::gen {
namespace {

constexpr std::uint32_t kLiveFrames = 2;  // BPF_F_TEST_XDP_LIVE_FRAMES

// Frames that the kernel makes before it lets receivers run: a veth has room for 256.
constexpr std::uint32_t kBatch = 64;

Error load_error(int error) {
  Error result = Error::from_errno("backend xdp-flood: the kernel does not take its BPF program", error);
  if (error == EPERM || error == EACCES) {
    result.what = "backend xdp-flood needs CAP_BPF, CAP_NET_ADMIN and CAP_PERFMON";
    result.hint = setcap_hint("cap_bpf,cap_net_admin,cap_perfmon") + ", or --backend udp";
  } else {
    result.code = ErrorCode::unsupported;
    result.hint = "a kernel with BPF, its JIT and its type information (/sys/kernel/btf/vmlinux), or --backend udp";
  }
  return result;
}

// The values of an array map in our memory.
template <typename Value>
class Values {
 public:
  Values() = default;
  Values(const Values&) = delete;
  Values& operator=(const Values&) = delete;
  ~Values() {
    if (values_ != nullptr) ::munmap(values_, octets_);
  }

  bool map(int fd, std::size_t count) noexcept {
    static_assert(sizeof(Value) % 8 == 0, "values of an array map lie at multiples of 8");
    const auto page = static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
    octets_ = (count * sizeof(Value) + page - 1) / page * page;
    void* at = ::mmap(nullptr, octets_, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    if (at == MAP_FAILED) return false;
    values_ = static_cast<Value*>(at);
    return true;
  }
  Value& operator[](std::size_t i) const noexcept { return values_[i]; }

 private:
  Value* values_ = nullptr;
  std::size_t octets_ = 0;
};

// Fields that the program, or another thread, changes meanwhile.
std::uint64_t look(__u64& field) noexcept { return std::atomic_ref<__u64>(field).load(std::memory_order_relaxed); }

}  // namespace

struct XdpFlood::Program {
  struct Close {
    void operator()(bpf_object* opened) const noexcept { ::bpf_object__close(opened); }
    void operator()(bpf_link* link) const noexcept { ::bpf_link__destroy(link); }
  };
  std::unique_ptr<bpf_object, Close> object;
  std::unique_ptr<bpf_link, Close> tracepoint;
  int flood = -1;
  std::uint32_t tunnel_count = 0;
  Values<flood_plan> plan;
  Values<flood_counts> counts;
  Values<flood_tunnel> tunnels;

  int fd_of(const char* map) const noexcept { return ::bpf_map__fd(::bpf_object__find_map_by_name(object.get(), map)); }
};

XdpFlood::XdpFlood(std::unique_ptr<Program> program) : program_(std::move(program)) {}
XdpFlood::~XdpFlood() = default;

Result<std::unique_ptr<XdpFlood>> XdpFlood::open(std::span<const FloodTunnel> tunnels) {
  const SilentLibraries silence;
  auto program = std::make_unique<Program>();
  program->tunnel_count = static_cast<std::uint32_t>(tunnels.size());
  bpf_object_open_opts options{};
  options.sz = sizeof options;
  options.object_name = "gtpgen_flood";
  program->object.reset(::bpf_object__open_mem(bpf::kXdpFlood, sizeof bpf::kXdpFlood, &options));
  if (program->object == nullptr) return load_error(errno);
  bpf_object* object = program->object.get();
  bpf_map* table = ::bpf_object__find_map_by_name(object, "tunnels");
  if (const int error = ::bpf_map__set_max_entries(table, program->tunnel_count); error != 0) return load_error(-error);
  if (const int error = ::bpf_object__load(object); error != 0) return load_error(-error);
  program->flood = ::bpf_program__fd(::bpf_object__find_program_by_name(object, "flood"));
  program->tracepoint.reset(::bpf_program__attach(::bpf_object__find_program_by_name(object, "count_sent")));
  if (program->tracepoint == nullptr) return load_error(errno);
  if (!program->plan.map(program->fd_of("plans"), 1) || !program->counts.map(program->fd_of("counts"), 1) ||
      !program->tunnels.map(program->fd_of("tunnels"), tunnels.size())) {
    return Error::from_errno("cannot map the tables of the BPF program");
  }
  for (std::size_t i = 0; i < tunnels.size(); ++i) program->tunnels[i] = encode(tunnels[i]);
  return std::unique_ptr<XdpFlood>(new XdpFlood(std::move(program)));
}

void XdpFlood::prepare(const FloodPlan& plan) {
  frame_ = blank_frame(plan);
  program_->plan[0] = encode(plan);
  program_->plan[0].tunnels = program_->tunnel_count;
  program_->counts[0] = {};
  for (std::uint32_t i = 0; i < program_->tunnel_count; ++i) program_->tunnels[i].sequence = 0;
}

int XdpFlood::send(std::uint32_t packets) {
  program_->counts[0].now_ns = UINT64_MAX;
  bpf_test_run_opts options{};
  options.sz = sizeof options;
  options.data_in = frame_.data();
  options.data_size_in = static_cast<std::uint32_t>(frame_.size());
  options.repeat = static_cast<int>(packets);
  options.flags = kLiveFrames;
  options.batch_size = kBatch;
  return -::bpf_prog_test_run_opts(program_->flood, &options);
}

int XdpFlood::make(std::span<std::byte> page) {
  program_->counts[0].now_ns = UINT64_MAX;
  bpf_test_run_opts options{};
  options.sz = sizeof options;
  options.data_in = page.data();
  options.data_size_in = static_cast<std::uint32_t>(page.size());
  options.data_out = page.data();
  options.data_size_out = options.data_size_in;
  options.repeat = 1;
  const int error = ::bpf_prog_test_run_opts(program_->flood, &options);
  if (error != 0) return -error;
  return options.retval == XDP_REDIRECT ? 0 : ECANCELED;
}

void XdpFlood::interrupt() noexcept {
  std::atomic_ref<std::uint32_t>(program_->plan[0].stop).store(1, std::memory_order_relaxed);
}

FloodCounts XdpFlood::counts() const noexcept {
  flood_counts& now = program_->counts[0];
  return {look(now.packets), look(now.sent)};
}

std::uint64_t XdpFlood::sent(std::size_t entry) const noexcept { return program_->tunnels[entry].sequence; }

}  // namespace gtp::gen
