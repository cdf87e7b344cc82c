// SPDX-License-Identifier: GPL-2.0-or-later
//
// EventLog: the last 10,000 events, in a ring of a fixed size. Numbers count from 1 and are never used again. One
// thread.
#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

#include "gtptop/model/event.hpp"

namespace gtp::top {

class EventLog {
 public:
  static constexpr std::size_t kCapacity = 10'000;

  void add(Event event) {
    event.number = ++last_;
    if (events_.size() < kCapacity) {
      events_.push_back(event);
    } else {
      events_[(last_ - 1) % kCapacity] = event;
    }
  }
  std::size_t size() const noexcept { return events_.size(); }
  // How many there ever were; the newest has this number.
  std::uint64_t last() const noexcept { return last_; }
  // [back] 0 is the newest.
  const Event& newest(std::size_t back) const noexcept { return events_[(last_ - 1 - back) % kCapacity]; }

 private:
  std::vector<Event> events_;
  std::uint64_t last_ = 0;
};

}  // namespace gtp::top
