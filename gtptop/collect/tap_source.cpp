// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtptop/collect/tap_source.hpp"

#include <net/if.h>

#include <algorithm>
#include <cerrno>

#include "libcommon/netlink/address.hpp"
#include "libcommon/netlink/link.hpp"
#include "libcommon/netlink/socket.hpp"
#include "libcommon/tap/interfaces.hpp"

namespace gtp::top {
namespace {

constexpr std::uint64_t kSecond = 1'000'000'000;
constexpr std::uint64_t kLookNs = 5 * kSecond;
constexpr std::uint64_t kRetryNs = 30 * kSecond;
// A tunnel's first packet may come before the kernel's event about it.
constexpr std::uint64_t kUnknownNs = kSecond / 2;
// So many keys are read at once at the beginning of a tick, so that what is unknown is told in that tick.
constexpr std::uint64_t kFewKeys = 20'000;
constexpr std::uint64_t kForgetNs = 3600 * kSecond;
constexpr std::uint64_t kForgetSoonNs = 60 * kSecond;
// Each Error Indication is an event; of a storm the log needs no more in a tick.
constexpr std::uint64_t kMaxEvents = 1000;

tap::Candidate candidate_of(const netlink::Link& link) {
  tap::Candidate out;
  out.kind = link.kind;
  out.arp_type = link.arp_type;
  out.up = link.is_up();
  out.loopback = (link.flags & IFF_LOOPBACK) != 0;
  out.stacked = link.parent.has_value() && !link.parent_netnsid;
  return out;
}

}  // namespace

TapSource::TapSource(std::unique_ptr<Source> kernel, netlink::Connection route, TapOptions options)
    : kernel_(std::move(kernel)), route_(std::move(route)), options_(std::move(options)) {}

Result<std::unique_ptr<Source>> TapSource::open(std::unique_ptr<Source> kernel, TapOptions options) {
  auto route = netlink::connect(netlink::Protocol::route);
  if (!route) return netlink::context(route.error(), "cannot read this host's links");
  std::unique_ptr<TapSource> source(new TapSource(std::move(kernel), *std::move(route), std::move(options)));
  if (source->forced()) {
    if (auto attached = source->attach(); !attached) return attached.error();
  }
  return std::unique_ptr<Source>(std::move(source));
}

Result<void> TapSource::attach() {
  tried_ns_ = now_ns();
  auto opened = tap::Tap::open(options_.limits);
  if (!opened) return opened.error();
  tap_ = *std::move(opened);
  if (auto found = find_interfaces(); !found) {
    tap_.reset();
    return found;
  }
  return find_addresses();
}

Result<void> TapSource::find_interfaces() {
  looked_ns_ = now_ns();
  names_.clear();
  std::vector<std::string> missing = options_.interfaces;
  std::optional<Error> failure;
  const auto read = netlink::links(route_, "", [&](const netlink::Link& link) {
    const bool named = std::erase(missing, link.name) != 0;
    if (!options_.interfaces.empty() && !named) return;
    const tap::Candidate candidate = candidate_of(link);
    const auto how = named ? tap::attachment_by_name(candidate) : tap::attachment_for(candidate);
    if (how && !tap_->attached(link.index)) {
      const auto attached = tap_->attach(link.index, how->framing, how->incoming_only);
      // It may have gone meanwhile.
      if (!attached && attached.error().system != ENODEV) failure = attached.error();
    }
    if (!how && named) {
      failure = Error{ErrorCode::usage, 0, "--tap: the packets of " + link.name + " have no outer header to count", ""};
    }
    if (!how && tap_->attached(link.index)) tap_->detach(link.index);
    if (tap_->attached(link.index)) names_.push_back(link.name);
  });
  if (!read) return netlink::context(read.error(), "cannot list links");
  if (failure) return *failure;
  if (missing.empty()) return {};
  return Error{ErrorCode::usage, ENODEV, "--tap: no interface is called \"" + missing.front() + "\"", "ip link"};
}

Result<void> TapSource::find_addresses() {
  addresses_.clear();
  const auto read = netlink::addresses(
      route_, 0, [&](const netlink::InterfaceAddress& each) { addresses_.push_back(each.prefix.address); });
  if (!read) return netlink::context(read.error(), "cannot list addresses");
  std::sort(addresses_.begin(), addresses_.end());
  return {};
}

bool TapSource::is_local(const IpAddress& address) const noexcept {
  if (address.is_v4() && address.to_v4() >> 24 == 127) return true;
  return std::binary_search(addresses_.begin(), addresses_.end(), address);
}

Capabilities TapSource::capabilities() const {
  Capabilities out = kernel_->capabilities();
  if (!tap_ && !(tried_ns_ == 0 && out.traffic != Origin::module)) return out;
  out.traffic = std::max(out.traffic, Origin::tap);
  out.seen = std::max(out.seen, Origin::tap);
  return out;
}

std::optional<Error> TapSource::trouble() const {
  auto trouble = kernel_->trouble();
  if (!trouble || !tap_ || trouble->code == ErrorCode::permission) return trouble;
  if (saw_packets_) return std::nullopt;
  std::string where;
  for (const std::string& name : names_) where += (where.empty() ? "" : ", ") + name;
  trouble->what += "; and no GTP-U was seen on " + (where.empty() ? "any interface" : where);
  return trouble;
}

LinkRole TapSource::role(std::uint32_t link) const noexcept {
  for (const KnownLink& known : links_) {
    if (known.index == link) return known.role;
  }
  return LinkRole::ggsn;
}

std::uint32_t TapSource::seen_s(const tap::Count& count) const noexcept {
  return static_cast<std::uint32_t>((now_ - std::min(count.idle_ns, now_)) / kSecond);
}

Result<bool> TapSource::read_events(Receiver& receiver) {
  receiver_ = &receiver;
  return kernel_->read_events(*this);
}

Result<void> TapSource::read_links(Receiver& receiver) {
  receiver_ = &receiver;
  now_ = now_ns();
  // Here, and not before the first frame: the kernel takes some time to check the program. Without rights now there
  // will hardly be any later; a module may come, and go.
  if (!tap_ && !counts_tunnels() && (tried_ns_ == 0 || now_ - tried_ns_ > kRetryNs)) static_cast<void>(attach());
  if (auto counted = count_unknown(); !counted) return counted;
  auto read = kernel_->read_links(*this);
  if (!read) return read;
  if (!forced() && tap_ && counts_tunnels()) {
    tap_.reset();
    return {};
  }
  if (!tap_) return {};
  if (auto found = find_addresses(); !found) return found;
  if (now_ - looked_ns_ > kLookNs) {
    if (auto found = find_interfaces(); !found && forced()) return found;
  }
  if (auto read_them = read_signals(); !read_them) return read_them;
  const std::uint64_t no_room = tap_->losses().no_room;
  if (no_room == 0) return {};
  return Error{ErrorCode::failed, ENOSPC,
               "the tap has no room for more TEIDs: " + std::to_string(no_room) + " G-PDUs are in no figure",
               "--tap-keys " + std::to_string(std::uint64_t{options_.limits.keys_v4} * 2)};
}

// Before the links are told, when it costs little; else the sweep has it, a tick later.
Result<void> TapSource::count_unknown() {
  if (!tap_ || links_.empty() || !kernel_read_ || phase_ == Phase::wire || last_keys_ > kFewKeys) return {};
  std::uint64_t unknown = 0;
  tap_->rewind();
  for (bool more = true; more;) {
    const auto read = tap_->read([&](const tap::Count& count) {
      if (is_unknown(count) && !join_.knows(count)) unknown += count.packets;
    });
    if (!read) return read.error();
    more = *read;
  }
  note_unknown(unknown);
  return {};
}

bool TapSource::is_unknown(const tap::Count& count) const {
  return !count.key.out && count.age_ns >= kUnknownNs && is_local(count.key.to);
}

void TapSource::note_unknown(std::uint64_t packets) noexcept {
  if (packets > last_unknown_) unknown_ever_ += packets - last_unknown_;
  last_unknown_ = packets;
}

Result<void> TapSource::read_signals() {
  return tap_->read_signals([&](const tap::Signals& signals) {
    saw_packets_ = true;
    if (signals.out || !is_local(signals.to)) return;
    Asked& asked = asked_[signals.from];
    const std::uint64_t grown =
        signals.error_indications - std::min(asked.error_indications, signals.error_indications);
    asked.error_indications = signals.error_indications;
    // Our module's events say it too, and of which tunnel.
    if (counts_tunnels()) return;
    Event event;
    event.time_ns = now_;
    event.kind = EventKind::error_indication;
    event.peer = signals.from;
    for (std::uint64_t i = 0; i < std::min(grown, kMaxEvents); ++i) receiver_->event(event);
  });
}

Result<void> TapSource::read_tunnel(const TunnelKey& key, Receiver& receiver) {
  receiver_ = &receiver;
  now_ = now_ns();
  if (is_wire_link(key.link)) {
    const std::uint32_t number = key.link & ~kWireLink;
    if (!tap_ || number >= to_.size()) return {};
    const IpAddress& to = to_[number];
    const auto count = tap_->find({to, static_cast<std::uint32_t>(key.id), !is_local(to), key.inner_v6 != 0});
    if (count) tell_wire(*count);
    return {};
  }
  fresh_ = true;
  auto read = kernel_->read_tunnel(key, *this);
  fresh_ = false;
  return read;
}

Result<void> TapSource::read_detail(TunnelDetail& detail) {
  return is_wire_link(detail.row.key.link) ? Result<void>() : kernel_->read_detail(detail);
}

Result<void> TapSource::begin_sweep() {
  // Before the first look at the kernel every packet would seem unknown.
  phase_ = tap_ && kernel_read_ ? Phase::wire : Phase::kernel;
  if (phase_ == Phase::wire) {
    tap_->rewind();
    join_.begin_counts();
    keys_ = unknown_ = 0;
  }
  join_.begin_kernel_sweep();
  return kernel_->begin_sweep();
}

Result<Source::Slice> TapSource::sweep_slice(Receiver& receiver) {
  receiver_ = &receiver;
  now_ = now_ns();
  if (phase_ == Phase::wire && tap_) {
    Slice slice;
    const auto more = tap_->read([&](const tap::Count& each) {
      ++slice.tunnels;
      count(each);
    });
    if (!more) return more.error();
    if (!*more) end_counts();
    return slice;
  }
  auto slice = kernel_->sweep_slice(*this);
  if (!slice || !slice->done) return slice;
  kernel_read_ = true;
  if (!slice->inconsistent) {
    join_.end_kernel_sweep([&](const tap::Key& key) {
      if (tap_) tap_->forget(key);
    });
  }
  return slice;
}

void TapSource::count(const tap::Count& count) {
  ++keys_;
  const bool local = is_local(count.key.out ? count.from : count.key.to);
  // What is only forwarded is somebody else's tunnel.
  if (local) saw_packets_ = true;
  if (local && join_.add(count, seen_s(count))) return;
  const bool crowded = last_keys_ > options_.limits.keys_v4 / 4 * 3;
  if (count.idle_ns > (crowded ? kForgetSoonNs : kForgetNs)) forget_.push_back(count.key);
  if (!local) return;
  // Beside the kernel's tunnels one that it does not have is an error, and a stray first packet none.
  if (!links_.empty() && count.age_ns < kUnknownNs) return;
  if (is_unknown(count)) unknown_ += count.packets;
  tell_wire(count);
}

void TapSource::tell_wire(const tap::Count& count) {
  TunnelSample sample;
  sample.key.id = count.key.teid;
  sample.key.link = kWireLink | to_.number(count.key.to);
  sample.key.inner_v6 = count.key.inner_v6 ? 1 : 0;
  sample.presence = Presence::wire;
  sample.flow = static_cast<std::uint16_t>(count.key.out ? WireSide::sent : WireSide::received);
  sample.o_tei = count.key.out ? count.key.teid : 0;
  sample.peer = count.key.out ? count.key.to : count.from;
  sample.ms = count.ms;
  sample.qfi = count.qfi;
  sample.seen_s = seen_s(count);
  TunnelCounters& counters = sample.counters.emplace();
  (count.up ? counters.up_packets : counters.dn_packets) = count.packets;
  (count.up ? counters.up_bytes : counters.dn_bytes) = count.bytes;
  receiver_->tunnel(sample);
}

void TapSource::end_counts() {
  phase_ = Phase::kernel;
  last_keys_ = keys_;
  for (const tap::Key& key : forget_) tap_->forget(key);
  forget_.clear();
  note_unknown(unknown_);
}

void TapSource::time(std::uint64_t now_ns) { receiver_->time(now_ns); }

void TapSource::tunnel(const TunnelSample& sample) {
  if (!tap_) return receiver_->tunnel(sample);
  join_.tunnel(sample, [&](const tap::Key& key) { tap_->forget(key); });
  if (sample.counters) return receiver_->tunnel(sample);
  const auto find = [&](const tap::Key& key) { return tap_->find(key); };
  const auto seen = [&](const tap::Count& count) { return seen_s(count); };
  const auto sum = fresh_ ? join_.sum_now(sample.key, find, seen) : join_.sum(sample.key);
  if (!sum) return receiver_->tunnel(sample);
  TunnelSample counted = sample;
  counted.counters = sum->counters(role(sample.key.link));
  if (sum->seen_s != 0) counted.seen_s = sum->seen_s;
  receiver_->tunnel(counted);
}

void TapSource::tunnel_gone(const TunnelKey& key) {
  join_.gone(key, [&](const tap::Key& each) {
    if (tap_) tap_->forget(each);
  });
  receiver_->tunnel_gone(key);
}

void TapSource::counters(const TunnelKey& key, const TunnelCounters& counters, std::optional<std::uint64_t> seen_s) {
  receiver_->counters(key, counters, seen_s);
}

void TapSource::link(const LinkRow& link) {
  const auto known =
      std::find_if(links_.begin(), links_.end(), [&](const KnownLink& each) { return each.index == link.index; });
  if (known == links_.end()) {
    links_.push_back({link.index, link.role});
  } else {
    known->role = link.role;
  }
  // Which link would have had the tunnel nobody can say, so the first tells.
  if (!tap_ || !link.counters || link.counters->no_tunnel || link.index != links_.front().index) {
    return receiver_->link(link);
  }
  LinkRow counted = link;
  counted.counters->no_tunnel = unknown_ever_;
  receiver_->link(counted);
}

void TapSource::link_gone(std::uint32_t index) {
  std::erase_if(links_, [&](const KnownLink& known) { return known.index == index; });
  join_.link_gone(index, [&](const tap::Key& key) {
    if (tap_) tap_->forget(key);
  });
  receiver_->link_gone(index);
}

void TapSource::event(const Event& event) { receiver_->event(event); }

void TapSource::lost() { receiver_->lost(); }

}  // namespace gtp::top
