// SPDX-License-Identifier: GPL-2.0-or-later
#include "libcommon/util/seed.hpp"

#include <sys/random.h>
#include <unistd.h>

#include <ctime>

#include "libcommon/util/hash.hpp"

namespace gtp {
namespace {

std::uint64_t draw() noexcept {
  std::uint64_t seed = 0;
  if (getrandom(&seed, sizeof seed, GRND_NONBLOCK) == static_cast<ssize_t>(sizeof seed)) return seed;
  // Early in the boot, or where a sandbox forbids the call: less random, still not the same for every run.
  timespec now{};
  clock_gettime(CLOCK_MONOTONIC, &now);
  return mix64(static_cast<std::uint64_t>(now.tv_nsec) ^ mix64(static_cast<std::uint64_t>(getpid())));
}

}  // namespace

std::uint64_t process_seed() noexcept {
  static const std::uint64_t seed = draw();
  return seed;
}

}  // namespace gtp
