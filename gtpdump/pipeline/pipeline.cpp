// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtpdump/pipeline/pipeline.hpp"

#include <algorithm>
#include <thread>
#include <utility>

namespace gtp::dump {

Pipeline::Pipeline(Stages stages, unsigned threads) : stages_(std::move(stages)), threads_(std::max(threads, 1U)) {
  const std::size_t slots = threads_ == 1 ? 1 : 3 * static_cast<std::size_t>(threads_);
  for (std::size_t i = 0; i < slots; ++i) slots_.push_back(std::make_unique<Slot>());
}

Result<void> Pipeline::run() {
  {
    std::vector<std::jthread> helpers;
    for (unsigned i = 1; i < threads_; ++i) helpers.emplace_back([this] { work(); });
    work();
  }
  if (error_) return *std::move(error_);
  // What was read behind the last batch that was wanted is nobody's business, with any number of threads.
  if (read_error_ && !enough_) return *std::move(read_error_);
  return {};
}

Pipeline::Slot* Pipeline::find(State state, std::optional<std::uint64_t> sequence) {
  Slot* best = nullptr;
  for (const auto& slot : slots_) {
    if (slot->state != state || (sequence && slot->batch.sequence != *sequence)) continue;
    if (best == nullptr || slot->batch.sequence < best->batch.sequence) best = slot.get();
  }
  return best;
}

bool Pipeline::finished() const { return aborted_ || (end_ && next_write_ >= *end_); }

void Pipeline::stop_with(Error error) {
  if (!error_) error_ = std::move(error);
}

void Pipeline::work() {
  std::unique_lock lock(mutex_);
  while (!finished()) {
    if (!step(lock)) changed_.wait(lock);
  }
  changed_.notify_all();
}

// Does one stage of one batch, unlocked while it works. False when there is nothing to do now.
bool Pipeline::step(std::unique_lock<std::mutex>& lock) {
  if (Slot* slot = find(State::formatted, next_write_)) {
    slot->state = State::writing;
    lock.unlock();
    Result<void> written = stages_.write(slot->batch);
    lock.lock();
    if (!written) {
      stop_with(std::move(written).error());
      aborted_ = true;
    }
    slot->state = State::free;
    ++next_write_;
  } else if (Slot* tracked = find(State::tracked)) {
    tracked->state = State::formatting;
    lock.unlock();
    stages_.format(tracked->batch);
    lock.lock();
    tracked->state = State::formatted;
  } else if (Slot* decoded = find(State::decoded, next_track_)) {
    decoded->state = State::tracking;
    lock.unlock();
    const bool more = stages_.track(decoded->batch);
    lock.lock();
    decoded->state = State::tracked;
    ++next_track_;
    if (!more) {
      enough_ = true;
      end_ = std::min(end_.value_or(UINT64_MAX), next_track_);
      for (const auto& other : slots_) {
        if (other->state == State::decoded) other->state = State::free;
      }
    }
  } else if (Slot* free = reading_ || end_ ? nullptr : find(State::free)) {
    free->state = State::reading;
    free->batch.sequence = next_read_;
    reading_ = true;
    lock.unlock();
    Result<bool> read = stages_.read(free->batch);
    lock.lock();
    reading_ = false;
    if (!read || !*read) {
      if (!read) read_error_ = std::move(read).error();
      free->state = State::free;
      end_ = std::min(end_.value_or(UINT64_MAX), next_read_);
    } else {
      ++next_read_;
      changed_.notify_all();
      lock.unlock();
      stages_.decode(free->batch);
      lock.lock();
      free->state = end_ && free->batch.sequence >= *end_ ? State::free : State::decoded;
    }
  } else {
    return false;
  }
  changed_.notify_all();
  return true;
}

}  // namespace gtp::dump
