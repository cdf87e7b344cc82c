// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtptop/collect/gatherer.hpp"

#include <algorithm>

#include "gtptop/collect/thread_clock.hpp"

namespace gtp::top {

Gatherer::Gatherer(std::unique_ptr<Source> source, std::unique_ptr<Checker> checker, const GatherOptions& options)
    : source_(std::move(source)), checker_(std::move(checker)), options_(options) {
  model_.source = source_->info();
  model_.capabilities = source_->capabilities();
  model_.sweep.cpu_percent = options.cpu_percent;
  model_.now_ns = source_->now_ns();
  for (const IpAddress& peer : options_.probe) model_.peers.at(model_.peers.intern(peer)).probing = true;
}

// A tunnel that was silent and still is need not be recorded again.
bool Gatherer::is_news(const TunnelSample& sample) const {
  const RowId id = model_.tunnels.find(sample.key);
  if (id == kNoRow) return true;
  const PackedTunnel& row = model_.tunnels[id];
  const bool same = sample.counters ? row.has_counters() && *sample.counters == row.counters() : !row.has_counters();
  const bool silent = !row.has_counters() || (row.has_rates() && row.pps() == 0 && row.drops_per_s() == 0);
  const bool moved = sample.peer != model_.peers[row.peer()].address || sample.o_tei != row.o_tei();
  return !same || !silent || moved || sample.drops.value_or(row.drops()) != row.drops();
}

void Gatherer::note(const Result<void>& result) {
  failure_.reset();
  if (!result) failure_ = result.error();
}

void Gatherer::time(std::uint64_t now_ns) {
  model_.now_ns = now_ns;
  if (tee_ != nullptr) tee_->time(now_ns);
}

void Gatherer::tunnel(const TunnelSample& sample) {
  if (!wanted(sample.key.link)) return;
  if (tee_ != nullptr && is_news(sample)) tee_->tunnel(sample);
  model_.add(sample, static_cast<std::uint32_t>(options_.interval_ns / 2'000'000));
}

void Gatherer::tunnel_gone(const TunnelKey& key) {
  if (tee_ != nullptr) tee_->tunnel_gone(key);
  model_.tunnels.remove(key);
}

void Gatherer::counters(const TunnelKey& key, const TunnelCounters& counters, std::optional<std::uint64_t> seen_s) {
  const RowId row = model_.tunnels.find(key);
  if (row == kNoRow) return;
  const PackedTunnel& known = model_.tunnels[row];
  TunnelSample sample;
  sample.key = key;
  sample.o_tei = known.o_tei();
  sample.flow = known.flow();
  sample.peer = model_.peers[known.peer()].address;
  sample.presence = known.presence();
  sample.counters = counters;
  sample.seen_s = seen_s;
  tunnel(sample);
}

void Gatherer::link(const LinkRow& link) {
  if (!options_.link.empty()) {
    if (link.name != options_.link) return;
    only_ = link.index;
  }
  if (tee_ != nullptr) tee_->link(link);
  const bool is_new = model_.links.update(link, model_.now_ns / 1'000'000);
  if (!is_new || !source_->info().live) return;
  Event added;
  added.time_ns = model_.now_ns;
  added.kind = EventKind::link_added;
  added.key.link = link.index;
  event(added);
}

void Gatherer::link_gone(std::uint32_t index) {
  if (!wanted(index)) return;
  if (index == only_) only_ = 0;
  if (tee_ != nullptr) tee_->link_gone(index);
  std::vector<TunnelKey> gone;
  model_.tunnels.for_each([&](RowId row, const PackedTunnel& tunnel) {
    if (model_.tunnels.link_index(tunnel.link()) == index) gone.push_back(model_.tunnels.key(row));
  });
  for (const TunnelKey& key : gone) model_.tunnels.remove(key);
  model_.links.remove(index);
  aggregate_due_ = true;
}

void Gatherer::event(const Event& event) {
  if (!wanted(event.key.link)) return;
  if (tee_ != nullptr) tee_->event(event);
  model_.events.add(event);
  if (event.peer.empty()) return;
  switch (event.kind) {
    case EventKind::echo_sent:
      model_.peers.echo_sent(model_.peers.intern(event.peer), event.time_ns);
      break;
    case EventKind::echo_response: {
      const std::uint32_t peer = model_.peers.intern(event.peer);
      const std::uint64_t sent = model_.peers[peer].sent_ns;
      // Mainline tells neither the time nor the sequence of an answer: from request to event is the best there is.
      const std::uint64_t waited = sent != 0 && event.time_ns > sent ? event.time_ns - sent : 0;
      model_.peers.echo_answered(peer, event.time_ns, event.rtt_ns.value_or(waited));
      if (event.recovery && event.key.version == 0) model_.peers.restarted(peer, *event.recovery);
      break;
    }
    case EventKind::echo_lost:
      model_.peers.echo_lost(model_.peers.intern(event.peer), event.time_ns);
      break;
    case EventKind::error_indication:
      ++model_.peers.at(model_.peers.intern(event.peer)).error_indications;
      break;
    default:
      break;
  }
}

void Gatherer::lost() {
  if (tee_ != nullptr) tee_->lost();
  Event resync;
  resync.time_ns = model_.now_ns;
  resync.kind = EventKind::resync;
  model_.events.add(resync);
  model_.sweep.resync = true;
  ++model_.sweep.resyncs;
  model_.sweep.resync_ns = model_.now_ns;
  sweeping_ = false;  // what was swept before the loss proves nothing
  sweep_due_ = true;
}

void Gatherer::read_events() {
  time(source_->now_ns());
  auto more = source_->read_events(*this);
  if (!more) failure_ = more.error();
}

void Gatherer::begin_tick() {
  read_events();
  note(source_->read_links(*this));
  for (const TunnelKey& key : visible_) {
    if (auto read = source_->read_tunnel(key, *this); !read) {
      failure_ = read.error();
      break;
    }
  }
  if (source_->info().live) {
    probe();
    echo_timers();
  }
  sweep_due_ = true;
}

bool Gatherer::sweep(std::uint64_t budget_ns) {
  if (!sweeping_) {
    if (!sweep_due_) return true;
    sweep_due_ = false;
    if (auto begun = source_->begin_sweep(); !begun) {
      failure_ = begun.error();
      return true;
    }
    model_.tunnels.begin_sweep();
    sweep_started_ns_ = source_->now_ns();
    sweeping_ = true;
  }
  const std::uint64_t start = thread_cpu_ns();
  // One slice at least, or a tiny budget would never get anywhere.
  do {
    time(source_->now_ns());
    auto slice = source_->sweep_slice(*this);
    if (!slice) {
      failure_ = slice.error();
      sweeping_ = false;
      return true;
    }
    if (!sweeping_) return true;  // lost() was said meanwhile
    if (!slice->done) continue;
    finish_sweep(slice->inconsistent);
    return true;
  } while (thread_cpu_ns() - start < budget_ns);
  return false;
}

void Gatherer::finish_sweep(bool inconsistent) {
  sweeping_ = false;
  if (inconsistent) return;
  model_.tunnels.end_sweep([&](RowId row) {
    if (tee_ != nullptr) tee_->tunnel_gone(model_.tunnels.key(row));
  });
  model_.sweep.resync = false;
  model_.sweep.complete = true;
  model_.sweep.ended_ns = source_->now_ns();
  model_.sweep.duration_ms = (model_.sweep.ended_ns - sweep_started_ns_) / 1'000'000;
  ++model_.sweep.count;
  aggregate_due_ = true;
}

void Gatherer::aggregate() {
  const std::uint64_t start = thread_cpu_ns();
  model_.peers.aggregate(model_.tunnels, model_.links, model_.now_ns);
  model_.links.count_tunnels(model_.tunnels);
  aggregate_cpu_ns_ = thread_cpu_ns() - start;
  aggregate_due_ = false;
}

void Gatherer::end_tick() {
  time(source_->now_ns());
  model_.capabilities = source_->capabilities();
  if (model_.source.module != source_->info().module) model_.source = source_->info();
  // Cheap enough to be done every tick, or something has changed: a hundredth of the interval.
  if (aggregate_due_ || aggregate_cpu_ns_ * 100 < options_.interval_ns) aggregate();
  if (last_tick_ns_ != 0 && model_.now_ns > last_tick_ns_) model_.peers.tick(model_.now_ns - last_tick_ns_);
  last_tick_ns_ = model_.now_ns;
  ++model_.tick;
  const Totals sum = totals(model_);
  model_.up_history.add(sum.up_bps ? static_cast<float>(*sum.up_bps) : kUnknown);
  model_.dn_history.add(sum.dn_bps ? static_cast<float>(*sum.dn_bps) : kUnknown);
  for (const TunnelKey& key : visible_) {
    const RowId row = model_.tunnels.find(key);
    if (row == kNoRow) continue;
    const PackedTunnel& tunnel = model_.tunnels[row];
    model_.histories.add(key, model_.tick, tunnel.has_rates() ? tunnel.dn_bps() : kUnknown);
  }
  follow_detail();
  update_findings();
}

void Gatherer::update_findings() {
  if (!checker_) return;
  std::vector<Finding> now;
  checker_->evaluate(model_, model_.now_ns, now);
  for (Finding& finding : now) {
    finding.since_ns = finding.since_ns != 0 ? finding.since_ns : model_.now_ns;
    for (const Finding& before : model_.findings) {
      if (before.id != finding.id || before.object.text != finding.object.text) continue;
      finding.since_ns = std::min(finding.since_ns, before.since_ns);
      finding.acknowledged = before.acknowledged;
    }
  }
  model_.findings = std::move(now);
}

std::shared_ptr<Frame> Gatherer::frame(const Query& query) {
  auto frame = std::make_shared<Frame>();
  fill_frame(model_, *frame);
  frame->query = query.number;
  frame->page = answerer_.answer(model_, query);
  visible_.clear();
  for (const TunnelRow& row : frame->page.tunnels) {
    if (!row.group && row.link != "gone") visible_.push_back(row.key);
  }
  if (query.detail) {
    if (std::find(visible_.begin(), visible_.end(), *query.detail) == visible_.end()) visible_.push_back(*query.detail);
    fill_detail(*query.detail, *frame);
  } else {
    detail_key_.reset();
  }
  if (query.link_detail) {
    fill_link(*query.link_detail, *frame);
  } else {
    link_key_ = 0;
  }
  const std::optional<Error> why = trouble();
  const bool remarks = remark_ && model_.now_ns < remark_until_ns_;
  const std::optional<Error>& say = why ? why : remarks ? remark_ : failure_;
  if (say) {
    frame->notice = say->what;
    frame->notice_hint = say->hint;
  }
  frame->held = query.hold;
  frame->ended = source_->ended();
  return frame;
}

}  // namespace gtp::top
