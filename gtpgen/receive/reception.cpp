// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtpgen/receive/reception.hpp"

#include <algorithm>
#include <thread>

#include "gtpgen/receive/receive_thread.hpp"
#include "gtpgen/receive/socket_setup.hpp"
#include "gtpgen/receive/udp_counters.hpp"

namespace gtp::gen {
namespace {

constexpr auto kLook = std::chrono::milliseconds(2);
constexpr auto kCopies = std::chrono::milliseconds(10);

}  // namespace

class Reception::Impl {
 public:
  Impl(const ReceptionPlan& plan, const std::vector<Source>& sources)
      : runs_(plan.learn_runs ? Runs::learning(plan.run, shared(plan, sources))
                              : std::make_unique<Runs>(plan.run, shared(plan, sources))),
        sources_(sources) {
    for (const Source& source : sources) {
      facts_.push_back(source.kind == Source::Kind::tap
                           ? SocketFacts{}
                           : prepare_socket(source.fd, plan.receive_buffer, plan.time_stamps));
      drops_before_.push_back(drops_of(source));
      const std::string& note = facts_.back().note;
      if (!note.empty() && std::find(notes_.begin(), notes_.end(), note) == notes_.end()) notes_.push_back(note);
    }
  }

  Result<void> start(const ReceptionPlan& plan) {
    const std::size_t count = threads_for(plan, sources_);
    for (std::size_t i = 0; i < count; ++i) {
      std::vector<Source> mine;
      for (std::size_t s = i; s < sources_.size(); s += count) mine.push_back(sources_[s]);
      auto thread =
          ReceiveThread::start(*runs_, std::move(mine), {plan.verify, plan.answer_echo, plan.only, plan.look});
      if (!thread) return std::move(thread).error();
      threads_.push_back(*std::move(thread));
    }
    return {};
  }

  ReceiveResult snapshot() {
    ThreadResult sum;
    for (auto& thread : threads_) sum.merge(thread->snapshot());
    return with_local_loss(sum);
  }

  ReceiveResult finish(std::uint64_t sent, std::chrono::nanoseconds drain) {
    // Until all has come, or nothing has for as long as [drain].
    std::uint64_t received = UINT64_MAX;
    std::uint64_t datagrams = 0;
    auto last_change = std::chrono::steady_clock::now();
    while (true) {
      const ReceiveResult now = snapshot();
      const auto time = std::chrono::steady_clock::now();
      if (now.stream.received != received || now.counts.datagrams != datagrams) {
        received = now.stream.received;
        datagrams = now.counts.datagrams;
        last_change = time;
      }
      // Copies of the last packets may still be behind them.
      const auto patience = received >= sent ? std::min<std::chrono::nanoseconds>(drain, kCopies) : drain;
      if (time - last_change >= patience) break;
      std::this_thread::sleep_for(kLook);
    }
    return end();
  }

  ReceiveResult end() {
    for (auto& thread : threads_) thread->ask_to_stop();
    ThreadResult sum;
    for (auto& thread : threads_) sum.merge(thread->join());
    ReceiveResult result = with_local_loss(sum);
    result.notes = remarks(UdpCounters::now().since(counters_before_), own_drops());
    return result;
  }

  Runs& runs() noexcept { return *runs_; }
  const std::vector<std::string>& notes() const noexcept { return notes_; }

 private:
  static std::size_t threads_for(const ReceptionPlan& plan, const std::vector<Source>& sources) noexcept {
    return std::clamp<std::size_t>(plan.threads, 1, std::max<std::size_t>(sources.size(), 1));
  }
  static bool shared(const ReceptionPlan& plan, const std::vector<Source>& sources) noexcept {
    return threads_for(plan, sources) > 1;
  }
  static std::uint64_t drops_of(const Source& source) noexcept {
    return source.tap != nullptr ? source.tap->drops() : socket_drops(source.fd).value_or(0);
  }

  std::uint64_t own_drops() const noexcept {
    std::uint64_t drops = 0;
    for (std::size_t i = 0; i < sources_.size(); ++i) drops += drops_of(sources_[i]) - drops_before_[i];
    return drops;
  }

  // A socket that aggregates counts a dropped row of datagrams once: then the number is an estimate, from how many
  // datagrams its rows had on average, and rounded up so that a drop is never none.
  ReceiveResult with_local_loss(const ThreadResult& sum) const {
    ReceiveResult result = sum.summary();
    std::uint64_t drops = own_drops();
    const std::uint64_t messages = sum.counts.messages;
    if (drops != 0 && messages != 0 && sum.counts.datagrams > messages) {
      drops = (drops * sum.counts.datagrams + messages - 1) / messages;
    }
    result.lost_local = drops;
    return result;
  }

  std::unique_ptr<Runs> runs_;
  std::vector<Source> sources_;
  std::vector<SocketFacts> facts_;
  std::vector<std::uint64_t> drops_before_;
  UdpCounters counters_before_ = UdpCounters::now();
  std::vector<std::string> notes_;
  std::vector<std::unique_ptr<ReceiveThread>> threads_;
};

Source tap_source(Tap& tap) noexcept { return {Source::Kind::tap, tap.fd(), &tap}; }

Reception::Reception(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Reception::~Reception() = default;

Result<std::unique_ptr<Reception>> Reception::start(const ReceptionPlan& plan, const std::vector<Source>& sources) {
  auto impl = std::make_unique<Impl>(plan, sources);
  if (auto started = impl->start(plan); !started) return std::move(started).error();
  return std::unique_ptr<Reception>(new Reception(std::move(impl)));
}

ReceiveResult Reception::snapshot() { return impl_->snapshot(); }

ReceiveResult Reception::finish(std::uint64_t sent, std::chrono::nanoseconds drain,
                                FunctionRef<std::uint64_t(std::uint32_t tunnel)> sent_of) {
  ReceiveResult result = impl_->finish(sent, drain);
  result.totals = impl_->runs().size() == 0 ? StreamTotals{} : impl_->runs().at(0).tracker().finish(sent_of);
  result.settle();
  return result;
}

ReceiveResult Reception::finish() {
  ReceiveResult result = impl_->end();
  result.totals.emplace();
  for (std::size_t i = 0; i < impl_->runs().size(); ++i) {
    result.totals->merge(impl_->runs().at(i).tracker().finish());
  }
  result.settle();
  return result;
}

const std::vector<std::string>& Reception::notes() const noexcept { return impl_->notes(); }
Runs& Reception::runs() noexcept { return impl_->runs(); }

}  // namespace gtp::gen
