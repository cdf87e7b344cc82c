// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtpgen/load/sender.hpp"

#include <algorithm>

namespace gtp::gen {
namespace {

constexpr std::uint64_t kLongestSleepNs = 50'000'000;  // between two looks at the stop flag
constexpr std::uint64_t kDrainEvery = 1024;            // calls between two looks at ICMP errors

}  // namespace

void SendCounts::merge(const SendCounts& other) noexcept {
  packets += other.packets;
  bytes_l2 += other.bytes_l2;
  bytes_inner += other.bytes_inner;
  for (std::size_t i = 0; i < kUnwantedKinds; ++i) unwanted[i] += other.unwanted[i];
  skipped += other.skipped;
  dropped += other.dropped;
  no_buffers += other.no_buffers;
  if (other.first_ns != 0) first_ns = first_ns == 0 ? other.first_ns : std::min(first_ns, other.first_ns);
  end_ns = std::max(end_ns, other.end_ns);
  if (fatal == 0) fatal = other.fatal;
  lag.merge(other.lag);
}

Sender::Sender(Lane& lane, Sequences& sequences, Clock& clock, std::size_t first_source, std::size_t step)
    : lane_(lane),
      sequences_(sequences),
      clock_(clock),
      sizes_(lane.traffic.sizes),
      size_counts_(sizes_.parts().size()),
      areas_(lane.templates) {
  for (std::size_t i = first_source; i < lane.sources.size(); i += step) sources_.push_back(i);
  if (lane.traffic.has_unwanted()) unwanted_.emplace(lane.traffic, lane.style, *lane.tunnels);
}

void Sender::publish() noexcept {
  if (!wanted_.load(std::memory_order_relaxed)) return;
  const std::lock_guard lock(mutex_);
  published_ = counts_;
  wanted_.store(false, std::memory_order_relaxed);
}

void Sender::reset() {
  counts_ = {};
  const std::lock_guard lock(mutex_);
  published_ = {};
  wanted_.store(false, std::memory_order_relaxed);
}

// The thread looks at the wish before each batch, and at least that often.
SendCounts Sender::snapshot() {
  wanted_.store(true, std::memory_order_relaxed);
  const std::uint64_t patience = clock_.now_ns() + kLongestSleepNs;
  while (wanted_.load(std::memory_order_relaxed) && clock_.now_ns() < patience) {
    clock_.sleep_until(clock_.now_ns() + kTickNs);
  }
  const std::lock_guard lock(mutex_);
  return published_;
}

std::uint64_t Sender::next_due() noexcept {
  while (used_of_group_ == groups_[group_].packets) {
    ++group_;
    used_of_group_ = 0;
  }
  ++used_of_group_;
  return groups_[group_].due_ns;
}

void Sender::add_run(const std::byte* frames, std::uint32_t length, std::uint32_t count, const SocketAddress* to) {
  runs_[built_.runs++] = {frames, length, count, to};
}

void Sender::build_size(std::size_t size, std::uint32_t count) {
  const FrameTemplate& frame = lane_.templates[size];
  const auto length = static_cast<std::uint32_t>(frame.length());
  const auto link_bytes =
      static_cast<std::uint32_t>(frame.inner_length() + lane_.traffic.overhead(lane_.style.version) + kEthernetHeader);
  std::byte* slot = areas_.area(size, count);
  const std::byte* run_start = slot;
  std::uint32_t run_count = 0;
  std::uint32_t run_peer = 0;
  TunnelCycle& cycle = lane_.cycles[sources_[source_]];
  OuterHeader outer = lane_.sources[sources_[source_]]->outer();
  PacketFields fields;
  fields.outer = &outer;
  fields.stamp.run = plan_.run;
  const auto end_run = [&] {
    if (run_count == 0) return;
    const SocketAddress* to = lane_.peers.empty() ? nullptr : &lane_.peers[run_peer];
    add_run(run_start, length, run_count, to);
    run_start += std::size_t{run_count} * length;
    run_count = 0;
  };
  for (std::uint32_t i = 0; i < count; ++i) {
    const std::uint32_t stream = lane_.first_stream + cycle.next();
    streams_[built_.frames + i] = stream;
    sequences_.prefetch(stream);
  }
  for (std::uint32_t i = 0; i < count; ++i, slot += length) {
    const std::uint32_t stream = streams_[built_.frames];
    fields.tunnel = lane_.tunnels->tunnel(stream - lane_.first_stream);
    fields.stamp.tunnel = stream;
    fields.stamp.sequence = sequences_.take(stream);
    fields.stamp.scheduled_ns = next_due() - plan_.epoch_ns;
    fields.flow = lane_.traffic.flows == 1 ? 0 : fields.stamp.sequence % lane_.traffic.flows;
    inner_bytes_[built_.frames] = frame.inner_length();
    link_bytes_[built_.frames] = link_bytes;
    if (lane_.to_subscriber) {
      const auto port = static_cast<std::uint16_t>(lane_.traffic.ue_port + fields.flow);
      addresses_[built_.frames] = SocketAddress(Endpoint{fields.tunnel.ue, port});
      frame.patch(slot, fields);
      add_run(slot, length, 1, &addresses_[built_.frames]);
    } else {
      if (!lane_.peers.empty()) {
        if (fields.tunnel.peer != run_peer) end_run();
        run_peer = fields.tunnel.peer;
        outer.destination = lane_.peer_addresses[run_peer];
      }
      frame.patch(slot, fields);
      ++run_count;
    }
    ++built_.frames;
  }
  end_run();
}

void Sender::build_unwanted(Unwanted kind) {
  const Bytes frame = unwanted_->make(kind, unwanted_number_++, &lane_.sources[sources_[source_]]->outer());
  static_cast<void>(next_due());
  const std::size_t at = unwanted_octets_.size();
  unwanted_octets_.insert(unwanted_octets_.end(), frame.begin(), frame.end());
  streams_[built_.frames] = kNoStream;
  inner_bytes_[built_.frames] = static_cast<std::uint16_t>(kind);
  const bool bare = lane_.style.start == FrameStart::gtp;
  link_bytes_[built_.frames] =
      static_cast<std::uint32_t>(frame.size() + (bare ? kEthernetHeader + (lane_.style.version == 6 ? 48U : 28U) : 0U));
  const SocketAddress* to = lane_.peers.empty() ? nullptr : lane_.peers.data();
  add_run(unwanted_octets_.data() + at, static_cast<std::uint32_t>(frame.size()), 1, to);
  ++built_.frames;
}

void Sender::build(std::span<const Pacer::Group> groups, std::uint32_t packets) {
  groups_ = groups;
  group_ = 0;
  used_of_group_ = 0;
  built_ = {};
  if (++source_ >= sources_.size()) source_ = 0;
  std::array<std::uint32_t, kUnwantedKinds> unwanted{};
  std::uint32_t wanted = packets;
  if (unwanted_) {
    for (std::size_t kind = 0; kind < kUnwantedKinds; ++kind) {
      owed_[kind] += lane_.traffic.unwanted[kind] * packets;
      for (; owed_[kind] >= 1 && wanted > 0; owed_[kind] -= 1, --wanted) ++unwanted[kind];
    }
  }
  sizes_.group(wanted, size_counts_);
  for (std::size_t size = 0; size < size_counts_.size(); ++size) {
    if (size_counts_[size] != 0) build_size(size, size_counts_[size]);
  }
  if (!unwanted_) return;
  unwanted_octets_.clear();
  unwanted_octets_.reserve(std::size_t{kMaxBatch} * 512);  // so that runs into it stay valid
  for (std::size_t kind = 0; kind < kUnwantedKinds; ++kind) {
    for (std::uint32_t i = 0; i < unwanted[kind]; ++i) build_unwanted(static_cast<Unwanted>(kind));
  }
}

void Sender::account(std::uint32_t accepted) noexcept {
  for (std::uint32_t i = 0; i < accepted; ++i) {
    counts_.bytes_l2 += link_bytes_[i];
    if (streams_[i] == kNoStream) {
      ++counts_.unwanted[inner_bytes_[i]];
    } else {
      ++counts_.packets;
      counts_.bytes_inner += inner_bytes_[i];
    }
  }
  // From the last one back, so that every stream goes back step by step.
  for (std::uint32_t i = built_.frames; i > accepted; --i) {
    if (streams_[i - 1] != kNoStream) sequences_.give_back(streams_[i - 1]);
  }
}

std::uint32_t Sender::transmit(const std::atomic<bool>& stop) {
  Transmitter& transmitter = *lane_.sources[sources_[source_]];
  std::span<FrameRun> runs = std::span(runs_).first(built_.runs);
  std::uint32_t accepted = 0;
  const std::uint64_t patience = clock_.now_ns() + Pacer::kMaxBacklogNs;
  while (true) {
    const SendResult result = transmitter.send(runs);
    accepted += result.accepted;
    if (result.error == 0) break;
    // Leaves off what has been sent.
    std::uint32_t skip = result.accepted;
    while (!runs.empty() && skip >= runs.front().count) {
      skip -= runs.front().count;
      runs = runs.subspan(1);
    }
    if (!runs.empty() && skip != 0) {
      runs.front().frames += std::size_t{skip} * runs.front().length;
      runs.front().count -= skip;
    }
    if (result.error != ENOBUFS && result.error != ENOMEM) {
      counts_.fatal = result.error;
      break;
    }
    ++counts_.no_buffers;
    const std::uint64_t now = clock_.now_ns();
    if (now >= patience || stop.load(std::memory_order_relaxed)) break;
    clock_.sleep_until(now + kTickNs);
  }
  if (transmitter.counts().calls % kDrainEvery == 0) transmitter.drain_errors();
  account(accepted);
  counts_.skipped += built_.frames - accepted;
  counts_.end_ns = clock_.now_ns();
  return accepted;
}

bool Sender::rest_until(std::uint64_t due_ns, const std::atomic<bool>& stop) noexcept {
  while (!stop.load(std::memory_order_relaxed)) {
    publish();
    const std::uint64_t now = clock_.now_ns();
    if (due_ns < now + kLongestSleepNs) return true;
    clock_.sleep_until(now + kLongestSleepNs / 2);
  }
  return false;
}

void Sender::run_paced(const std::atomic<bool>& stop) {
  Pacer pacer(clock_, plan_.pacing, Schedule(*plan_.schedule, plan_.start_ns), plan_.end_ns, counts_.lag);
  Pacer::Batch batch;
  std::uint64_t left = plan_.limit;
  while (left != 0 && counts_.fatal == 0 && pacer.next(batch, left)) {
    build(batch.view(), batch.packets);
    if (!rest_until(batch.groups[0].due_ns, stop)) {
      account(0);
      break;
    }
    const std::uint64_t now = pacer.wait(batch);
    const std::uint32_t sent = transmit(stop);
    pacer.sent(batch, sent, now);
    left -= sent;
  }
  counts_.skipped += pacer.skipped();
  // Ten packets at 10 pps took a second, although the last one left after nine tenths.
  if (!stop.load(std::memory_order_relaxed)) {
    counts_.end_ns = std::max(counts_.end_ns, std::min(plan_.end_ns, pacer.next_due_ns()));
  }
}

void Sender::run_flat_out(const std::atomic<bool>& stop) {
  static_cast<void>(rest_until(plan_.start_ns, stop));
  std::uint64_t left = plan_.limit;
  while (left != 0 && counts_.fatal == 0 && !stop.load(std::memory_order_relaxed)) {
    const std::uint64_t now = clock_.now_ns();
    if (now >= plan_.end_ns) break;
    const Pacer::Group group{now, static_cast<std::uint32_t>(std::min<std::uint64_t>(kMaxBatch, left))};
    build(std::span(&group, 1), group.packets);
    left -= transmit(stop);
    publish();
  }
  // Nothing was due at any time, so nothing was given up.
  counts_.skipped = 0;
}

std::uint64_t Sender::dropped_so_far() const noexcept {
  std::uint64_t dropped = 0;
  for (const std::size_t source : sources_) dropped += lane_.sources[source]->counts().dropped;
  return dropped;
}

void Sender::run(const SenderPlan& plan, const std::atomic<bool>& stop) {
  plan_ = plan;
  counts_ = {};
  counts_.first_ns = plan.start_ns;
  counts_.end_ns = plan.start_ns;
  if (sources_.empty()) return;
  const std::uint64_t dropped = dropped_so_far();
  if (plan.schedule) {
    run_paced(stop);
  } else {
    run_flat_out(stop);
  }
  for (const std::size_t source : sources_) lane_.sources[source]->flush();
  counts_.dropped = dropped_so_far() - dropped;
  const std::lock_guard lock(mutex_);
  published_ = counts_;
  wanted_.store(false, std::memory_order_relaxed);
}

}  // namespace gtp::gen
