// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtptop/collect/replay_source.hpp"

namespace gtp::top {

ReplaySource::ReplaySource(LineReader reader, RecordHeader header, Clock clock)
    : reader_(std::move(reader)), header_(std::move(header)), clock_(std::move(clock)), position_ns_(header_.time_ns) {}

Result<std::unique_ptr<ReplaySource>> ReplaySource::open(const std::string& path, Clock clock) {
  auto reader = LineReader::open(path);
  if (!reader) return reader.error();
  auto line = reader->next();
  auto header = line ? read_header(*line) : Result<RecordHeader>(line.error());
  if (!header) {
    Error error = header.error();
    if (line) error.what = path + ": " + error.what;
    return error;
  }
  return std::unique_ptr<ReplaySource>(new ReplaySource(*std::move(reader), *std::move(header), std::move(clock)));
}

bool ReplaySource::tell_sample(Receiver& receiver) {
  for (;;) {
    auto line = reader_.next();
    if (!line) {
      failure_ = line.error();
      failure_->what = "the recording was cut off: " + failure_->what;
      return false;
    }
    if (line->empty()) return false;
    auto read = read_line(*line, receiver);
    if (!read) {
      failure_ = read.error();
      failure_->what = "line " + std::to_string(reader_.number()) + " of the recording: " + failure_->what;
      continue;  // the next one may be good
    }
    if (read->kind != RecordLine::Kind::time && read->kind != RecordLine::Kind::sample) continue;
    position_ns_ = read->time_ns;
    receiver.time(position_ns_);
    if (read->kind == RecordLine::Kind::sample) return true;
  }
}

std::uint64_t ReplaySource::target_ns() const { return start_position_ns_ + (clock_() - start_wall_ns_); }

Result<bool> ReplaySource::read_events(Receiver& receiver) {
  if (!clock_) {
    tell_sample(receiver);
    return false;
  }
  if (held_since_ns_ && steps_ == 0) return false;
  if (!started_ || steps_ != 0) {
    for (std::uint64_t left = started_ ? steps_ : 1; left > 0; --left) tell_sample(receiver);
    started_ = true;
    steps_ = 0;
    start_wall_ns_ = held_since_ns_.value_or(clock_());
    start_position_ns_ = position_ns_;
    return false;
  }
  // Half an interval early is on time: ticks and samples have the same period, but never quite the same phase.
  while (!reader_.ended() && position_ns_ + header_.interval_ns / 2 < target_ns()) tell_sample(receiver);
  return false;
}

Result<void> ReplaySource::send_echo(const IpAddress&) {
  return Error{ErrorCode::unsupported, 0, "a recording cannot be asked anything", {}};
}

void ReplaySource::hold(bool held) {
  if (!clock_ || held == held_since_ns_.has_value()) return;
  if (held) {
    held_since_ns_ = clock_();
  } else {
    start_wall_ns_ += clock_() - *held_since_ns_;
    held_since_ns_.reset();
  }
}

bool ReplaySource::seek(std::int64_t samples) {
  if (samples <= 0) return false;  // what has passed is with the viewer, as frames
  steps_ += static_cast<std::uint64_t>(samples);
  return true;
}

}  // namespace gtp::top
