// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtpgen/replay/player.hpp"

#include <poll.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <cerrno>

namespace gtp::gen::replay {
namespace {

constexpr std::size_t kRoom = 1 << 20;
constexpr std::size_t kLongest = 65'507;
constexpr std::size_t kTogether = Transmitter::kMaxRuns;
constexpr std::size_t kReadAtOnce = 256;
// Longer waits look for a signal; shorter ones are precise.
constexpr std::uint64_t kLongWaitNs = 20'000'000;
// A full queue is tried again for so long before a packet is given up.
constexpr int kRetries = 100;
constexpr std::uint64_t kRetryNs = 100'000;

}  // namespace

Player::Player(PlayOptions& options, Transmitter& transmitter, Clock& clock, sys::Signals& signals)
    : options_(options),
      transmitter_(transmitter),
      clock_(clock),
      signals_(signals),
      waiter_(clock, Pacing::hybrid),
      extractor_(options.wanted),
      schedule_(options.pace, options.speed, options.packets_per_second),
      headers_(transmitter.outer().destination.is_v6() ? 48 : 28),
      room_(kRoom) {
  frames_.reserve(kTogether);
}

bool Player::over() const noexcept {
  if (signals_.received() != 0) return true;
  return options_.count && counts_.sent + counts_.refused + frames_.size() >= *options_.count;
}

Result<void> Player::run() {
  for (std::uint64_t loop = 0; (options_.loops == 0 || loop < options_.loops) && !over(); ++loop) {
    const std::uint64_t before = counts_.sent + counts_.refused;
    auto complete = play_once();
    if (!complete) {
      if (counts_.read == 0) return std::move(complete).error();
      flush();
      counts_.read_error = std::move(complete).error();
      break;
    }
    flush();
    if (*complete) ++counts_.loops;
    // A file without a packet to send would loop for ever.
    if (!*complete || counts_.sent + counts_.refused == before) break;
    schedule_.start_loop();
  }
  flush();
  counts_.elapsed_ns = start_ns_ == 0 ? 0 : clock_.now_ns() - start_ns_;
  counts_.incomplete = extractor_.incomplete();
  // What the last packets brought back, if it is quick.
  if (signals_.received() == 0 && counts_.sent > 0) clock_.sleep_until(clock_.now_ns() + kLongWaitNs);
  take_answers();
  return {};
}

// True: to the end of the file.
Result<bool> Player::play_once() {
  capture::OpenOptions options;
  options.wake_fd = signals_.wake_fd();
  auto source = capture::open_file(options_.file, options);
  if (!source) return std::move(source).error();
  capture::RawBatch batch;
  for (;;) {
    auto more = (*source)->next(batch, kReadAtOnce);
    if (!more) return std::move(more).error();
    for (const capture::RawPacket& packet : batch.packets) {
      if (over() || !play(packet)) return false;
    }
    if (!*more) return true;
    // The octets of the batch go with it; the frames are copies.
    if (over()) return false;
  }
}

// False: the time is over.
bool Player::play(const capture::RawPacket& packet) {
  ++counts_.read;
  const Extractor::Out found = extractor_.extract(packet);
  switch (found.skip) {
    case Skip::none:
      break;
    case Skip::other:
      ++counts_.skipped_other;
      return true;
    case Skip::cut:
      ++counts_.skipped_cut;
      return true;
    case Skip::fragment:
      ++counts_.skipped_fragment;
      return true;
    case Skip::malformed:
      ++counts_.skipped_malformed;
      return true;
  }
  // The clock starts with the first packet, not with the opening of the file.
  if (start_ns_ == 0) start_ns_ = clock_.now_ns();
  const std::uint64_t due_ns = start_ns_ + schedule_.due_ns(packet.time_ns, packet.has_time);
  if (options_.duration_ns) {
    const std::uint64_t at_ns = options_.pace == Pace::top ? clock_.now_ns() : due_ns;
    if (at_ns - start_ns_ >= *options_.duration_ns) {
      --counts_.read;
      return false;
    }
  }
  const bool no_room = frames_.size() == kTogether || room_.size() - used_ < kLongest + 64;
  if (!frames_.empty() && (no_room || (options_.pace != Pace::top && due_ns > clock_.now_ns()))) flush();
  if (!build(found)) {
    ++counts_.too_long;
    return true;
  }
  frames_.back().due_ns = due_ns;
  if (options_.pace != Pace::top) wait_until(due_ns);
  return true;
}

// Appends the frame with all its changes.
bool Player::build(const Extractor::Out& found) {
  const auto room = std::span(room_).subspan(used_);
  ByteWriter out(room.first(std::min(room.size(), kLongest)));
  std::size_t inner = found.inner;
  if (options_.encapsulation.enabled()) {
    // The inner source decides about the tunnel, after the mapping: two steps, the packet first.
    options_.encapsulation.write_header(out, found.octets);
    inner = out.size();
  }
  out.put(found.octets);
  if (out.overflowed()) return false;
  const auto frame = room.first(out.size());
  if (options_.teids.apply(frame)) ++counts_.teids_mapped;
  if (inner != 0 && !options_.addresses.empty() && map_addresses(frame.subspan(inner), options_.addresses)) {
    ++counts_.addresses_mapped;
  }
  frames_.push_back({used_, static_cast<std::uint32_t>(out.size()), 0});
  used_ += out.size();
  return true;
}

void Player::wait_until(std::uint64_t due_ns) {
  for (;;) {
    const std::uint64_t now_ns = clock_.now_ns();
    if (due_ns <= now_ns + kLongWaitNs || signals_.received() != 0) break;
    take_answers();
    const auto ms = static_cast<int>(std::min<std::uint64_t>((due_ns - now_ns - kLongWaitNs / 2) / 1'000'000, 1000));
    pollfd wanted{signals_.wake_fd(), POLLIN, 0};
    ::poll(&wanted, 1, ms);
  }
  if (signals_.received() != 0) {
    // What is not due any more is not sent.
    frames_.pop_back();
    --counts_.read;
    return;
  }
  waiter_.wait_until(due_ns);
}

void Player::flush() {
  std::array<FrameRun, kTogether> runs{};
  int retries = 0;
  for (std::size_t at = 0; at < frames_.size();) {
    std::size_t count = 0;
    for (std::size_t i = at; i < frames_.size(); ++i) {
      const Frame& frame = frames_[i];
      if (count > 0 && runs[count - 1].length == frame.length) {
        ++runs[count - 1].count;
      } else {
        runs[count++] = {room_.data() + frame.offset, frame.length, 1, nullptr};
      }
    }
    const SendResult result = transmitter_.send(std::span(runs).first(count));
    const std::uint64_t now_ns = clock_.now_ns();
    for (std::size_t i = at; i < at + result.accepted; ++i) {
      ++counts_.sent;
      counts_.sent_octets += frames_[i].length + headers_;
      if (options_.pace == Pace::top) continue;
      counts_.late.add(now_ns > frames_[i].due_ns ? now_ns - frames_[i].due_ns : 0);
      counts_.scheduled_ns = frames_[i].due_ns - start_ns_;
    }
    at += result.accepted;
    if (result.accepted > 0) retries = 0;
    if (at == frames_.size()) break;
    const bool full = result.error == ENOBUFS || result.error == EAGAIN;
    if ((full || result.error == EINTR || result.error == 0) && ++retries < kRetries && signals_.received() == 0) {
      if (full) clock_.sleep_until(clock_.now_ns() + kRetryNs);
      continue;
    }
    if (result.error == EMSGSIZE) {
      ++counts_.too_long;
    } else {
      ++counts_.refused;
      ++counts_.send_errors[result.error];
    }
    ++at;
    retries = 0;
  }
  frames_.clear();
  used_ = 0;
}

void Player::take_answers() {
  transmitter_.drain_errors();
  if (transmitter_.receive_fd() < 0) return;
  std::array<std::byte, 256> room{};
  constexpr int kAtOnce = 256;
  constexpr std::uint8_t kErrorIndication = 26;
  for (int i = 0; i < kAtOnce; ++i) {
    const ssize_t n = ::recv(transmitter_.receive_fd(), room.data(), room.size(), MSG_DONTWAIT);
    if (n < 0) return;
    if (n >= 8 && load_u8(room.data() + 1) == kErrorIndication) ++counts_.error_indications;
  }
}

}  // namespace gtp::gen::replay
