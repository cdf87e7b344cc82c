// SPDX-License-Identifier: GPL-2.0-or-later
#include "libcommon/capture/live.hpp"

#include <net/if.h>
#include <poll.h>

#include <algorithm>
#include <array>
#include <cstring>

#include "libcommon/capture/block_pool.hpp"
#include "libcommon/capture/bpf_filter.hpp"
#include "libcommon/capture/pcap_handle.hpp"
#include "libcommon/capture/record_source.hpp"
#include "libcommon/util/setcap_hint.hpp"
#include "libcommon/util/suggest.hpp"

namespace gtp::capture {
namespace {

constexpr int kBlockAgeMs = 100;

class PcapLive final : public LiveSource {
 public:
  PcapLive(PcapHandle handle, const LiveOptions& options)
      : handle_(std::move(handle)), options_(options), pool_(std::make_shared<BlockPool>()) {
    interface_.link_type = link_type_of(::pcap_datalink(handle_.get()));
    interface_.snap_length = static_cast<std::uint32_t>(::pcap_snapshot(handle_.get()));
    interface_.name = options.interface;
    interface_.nanoseconds = ::pcap_get_tstamp_precision(handle_.get()) == PCAP_TSTAMP_PRECISION_NANO;
  }

  Result<bool> next(RawBatch& batch, std::size_t limit) override;
  const Interface& interface(std::uint32_t /*index*/) const override { return interface_; }
  std::uint32_t interface_count() const override { return 1; }
  Result<LiveStatistics> statistics() override;

 private:
  static void deliver(u_char* user, const pcap_pkthdr* header, const u_char* octets);
  void store(const pcap_pkthdr& header, const u_char* octets);
  // True: somebody wants the capture to end.
  bool wait(std::chrono::milliseconds longest) const;
  Error broken() const;

  PcapHandle handle_;
  LiveOptions options_;
  Interface interface_;
  std::shared_ptr<BlockPool> pool_;
  std::shared_ptr<std::byte> block_;
  std::size_t used_ = kBlockBytes;
  RawBatch* batch_ = nullptr;  // of the call of next() that is under way
  std::uint64_t packets_ = 0;
  bool ended_ = false;
};

Result<bool> PcapLive::next(RawBatch& batch, std::size_t limit) {
  batch.clear();
  if (ended_) return false;
  batch_ = &batch;
  if (block_) batch.memory.push_back(block_);
  const int most = static_cast<int>(std::clamp<std::size_t>(limit, 1, 1U << 16));
  for (const bool may_wait : {true, false}) {
    const int n = ::pcap_dispatch(handle_.get(), most, deliver, static_cast<u_char*>(static_cast<void*>(this)));
    if (n < 0) {
      ended_ = true;
      return broken();
    }
    if (n > 0 || !may_wait) break;
    if (wait(options_.timeout)) {
      ended_ = true;
      batch.clear();
      return false;
    }
  }
  return true;
}

void PcapLive::deliver(u_char* user, const pcap_pkthdr* header, const u_char* octets) {
  static_cast<PcapLive*>(static_cast<void*>(user))->store(*header, octets);
}

void PcapLive::store(const pcap_pkthdr& header, const u_char* octets) {
  const std::size_t captured = std::min<std::size_t>(header.caplen, kMaxFrameBytes);
  if (captured > kBlockBytes - used_) {
    block_ = pool_->take();
    used_ = 0;
    batch_->memory.push_back(block_);
  }
  std::byte* const copy = block_.get() + used_;
  std::memcpy(copy, octets, captured);
  used_ += captured;
  const auto fraction = static_cast<std::uint64_t>(header.ts.tv_usec);
  batch_->packets.push_back({.time_ns = static_cast<std::uint64_t>(header.ts.tv_sec) * 1'000'000'000 +
                                        (interface_.nanoseconds ? fraction : fraction * 1000),
                             .wire_length = header.len,
                             .interface = 0,
                             .link_type = interface_.link_type,
                             .number = ++packets_,
                             .octets = {copy, captured}});
}

bool PcapLive::wait(std::chrono::milliseconds longest) const {
  std::array<pollfd, 2> fds{{{::pcap_get_selectable_fd(handle_.get()), POLLIN, 0}, {options_.wake_fd, POLLIN, 0}}};
  const auto milliseconds = static_cast<int>(std::clamp<std::chrono::milliseconds::rep>(longest.count(), 0, 60'000));
  // A signal ends the wait early: the caller has something to look at, an empty batch is fine.
  return ::poll(fds.data(), fds.size(), milliseconds) > 0 && fds[1].revents != 0;
}

Error PcapLive::broken() const {
  if (options_.interface != "any" && ::if_nametoindex(options_.interface.c_str()) == 0) {
    return {ErrorCode::nothing, ENODEV, "interface " + options_.interface + " has gone", {}};
  }
  return {ErrorCode::failed, 0, options_.interface + ": " + ::pcap_geterr(handle_.get()), {}};
}

Result<LiveStatistics> PcapLive::statistics() {
  pcap_stat raw{};
  if (::pcap_stats(handle_.get(), &raw) != 0) return broken();
  return LiveStatistics{raw.ps_recv, raw.ps_drop, raw.ps_ifdrop};
}

Error activation_error(pcap_t* handle, int status, const std::string& interface) {
  switch (status) {
    case PCAP_ERROR_PERM_DENIED:
    case PCAP_ERROR_PROMISC_PERM_DENIED:
      return {ErrorCode::permission, EPERM, interface + ": capturing needs CAP_NET_RAW", setcap_hint("cap_net_raw")};
    case PCAP_ERROR_NO_SUCH_DEVICE: {
      const std::vector<std::string> names = interface_names();
      Nearest nearest(interface);
      for (const std::string& name : names) nearest.consider(name);
      return {ErrorCode::nothing, ENODEV, "there is no interface " + interface,
              nearest.best().empty() ? "ip link show" : "-i " + std::string(nearest.best())};
    }
    case PCAP_ERROR_IFACE_NOT_UP:
      return {ErrorCode::nothing, ENETDOWN, "interface " + interface + " is down", "ip link set " + interface + " up"};
    default: {
      const std::string words = ::pcap_geterr(handle);
      return {ErrorCode::failed, 0, interface + ": " + (words.empty() ? ::pcap_statustostr(status) : words), {}};
    }
  }
}

Result<void> apply_filter(pcap_t* handle, const std::string& expression) {
  if (expression.empty()) return {};
  BpfProgram program;
  if (::pcap_compile(handle, program.raw(), expression.c_str(), 1, PCAP_NETMASK_UNKNOWN) != 0) {
    return Error{ErrorCode::usage, 0, "capture filter '" + expression + "': " + ::pcap_geterr(handle),
                 "man pcap-filter"};
  }
  if (::pcap_setfilter(handle, program.raw()) != 0) {
    return Error{ErrorCode::failed, 0, std::string("capture filter: ") + ::pcap_geterr(handle), {}};
  }
  return {};
}

}  // namespace

std::vector<std::string> interface_names() {
  std::vector<std::string> names;
  const std::unique_ptr<struct if_nameindex, void (*)(struct if_nameindex*)> list(::if_nameindex(), ::if_freenameindex);
  if (!list) return names;
  for (const struct if_nameindex* entry = list.get(); entry->if_name != nullptr; ++entry) {
    names.emplace_back(entry->if_name);
  }
  return names;
}

Result<std::unique_ptr<LiveSource>> open_live(const LiveOptions& options) {
  std::array<char, PCAP_ERRBUF_SIZE> words{};
  PcapHandle handle(::pcap_create(options.interface.c_str(), words.data()));
  if (!handle) return Error{ErrorCode::failed, 0, options.interface + ": " + words.data(), {}};
  pcap_t* const raw = handle.get();
  ::pcap_set_snaplen(raw, static_cast<int>(std::min(options.snap_length, kMaxFrameBytes)));
  ::pcap_set_promisc(raw, options.promiscuous ? 1 : 0);
  ::pcap_set_timeout(raw, kBlockAgeMs);
  ::pcap_set_immediate_mode(raw, options.immediate ? 1 : 0);
  ::pcap_set_tstamp_precision(raw, PCAP_TSTAMP_PRECISION_NANO);
  if (options.buffer_bytes != 0) {
    ::pcap_set_buffer_size(raw, static_cast<int>(std::min<std::uint32_t>(options.buffer_bytes, 1U << 30)));
  }
  // Warnings are positive: "any" cannot be promiscuous, and what it captures is fine all the same.
  if (const int status = ::pcap_activate(raw); status < 0) return activation_error(raw, status, options.interface);
  // The newer cooked header names the interface a packet came by.
  if (::pcap_datalink(raw) == DLT_LINUX_SLL) ::pcap_set_datalink(raw, DLT_LINUX_SLL2);
  const auto link_type = static_cast<std::uint32_t>(link_type_of(::pcap_datalink(raw)));
  if (!packet::is_supported(link_type)) return unsupported_link_type(options.interface, link_type);
  std::string filter = options.filter;
  if (filter.empty() && options.gtp_only) {
    filter = gtp_port_filter(static_cast<packet::LinkType>(link_type), options.more_ports);
  }
  if (Result<void> filtered = apply_filter(raw, filter); !filtered) return filtered.error();
  if (::pcap_setnonblock(raw, 1, words.data()) != 0) {
    return Error{ErrorCode::failed, 0, options.interface + ": " + words.data(), {}};
  }
  return std::unique_ptr<LiveSource>(std::make_unique<PcapLive>(std::move(handle), options));
}

}  // namespace gtp::capture
