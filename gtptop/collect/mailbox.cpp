// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtptop/collect/mailbox.hpp"

#include <sys/eventfd.h>
#include <unistd.h>

#include <cstdint>
#include <utility>

namespace gtp::top {

Bell::Bell() : fd_(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {}

void Bell::ring() noexcept {
  const std::uint64_t one = 1;
  [[maybe_unused]] const auto written = ::write(fd_.value(), &one, sizeof one);
}

void Bell::silence() noexcept {
  std::uint64_t count = 0;
  [[maybe_unused]] const auto read = ::read(fd_.value(), &count, sizeof count);
}

void Inbox::put(Query query) {
  const std::lock_guard lock(mutex_);
  mail_.query = std::move(query);
  bell_.ring();
}

void Inbox::put(Command command) {
  const std::lock_guard lock(mutex_);
  mail_.commands.push_back(std::move(command));
  bell_.ring();
}

Inbox::Mail Inbox::take() {
  const std::lock_guard lock(mutex_);
  bell_.silence();
  return std::exchange(mail_, Mail{});
}

void Outbox::put(FramePtr frame) {
  const std::lock_guard lock(mutex_);
  frame_ = std::move(frame);
  bell_.ring();
}

FramePtr Outbox::take() {
  const std::lock_guard lock(mutex_);
  bell_.silence();
  return std::exchange(frame_, nullptr);
}

}  // namespace gtp::top
