// SPDX-License-Identifier: GPL-2.0-or-later
#include "libcommon/capture/rotating_writer.hpp"

#include <array>
#include <ctime>

namespace gtp::capture {
namespace {

constexpr std::uint64_t kSecond = 1'000'000'000;

std::size_t digits(std::uint32_t n) noexcept { return n == 0 ? 0 : 1 + digits(n / 10); }

}  // namespace

Result<std::string> rotated_name(const std::string& path, const Rotation& rotation, std::uint64_t time_ns,
                                 std::uint32_t number) {
  std::string name = path;
  if (rotation.seconds != 0) {
    const std::time_t seconds = static_cast<std::time_t>(time_ns / kSecond);
    std::tm parts{};
    ::localtime_r(&seconds, &parts);
    std::array<char, 4096> text{};  // PATH_MAX
                                    // The user's format is the purpose.
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
    const std::size_t length = std::strftime(text.data(), text.size(), path.c_str(), &parts);
#pragma GCC diagnostic pop
    if (length == 0) return Error{ErrorCode::usage, 0, path + ": not a usable file name format", "%Y%m%d-%H%M%S.pcap"};
    name.assign(text.data(), length);
  }
  if (rotation.bytes == 0) return name;
  const std::size_t width = rotation.files == 0 ? 0 : digits(rotation.files - 1);
  if (number == 0 && width == 0) return name;
  const std::string text = std::to_string(number);
  if (text.size() < width) name.append(width - text.size(), '0');
  return name + text;
}

RotatingWriter::RotatingWriter(std::string path, WriterOptions options, Rotation rotation)
    : path_(std::move(path)), options_(std::move(options)), rotation_(rotation) {}

Result<void> RotatingWriter::open_next(std::uint64_t time_ns) {
  if (file_) {
    Result<void> closed = file_->close();
    file_.reset();
    if (!closed) return closed;
  }
  Result<std::string> name = rotated_name(path_, rotation_, time_ns, number_);
  if (!name) return std::move(name).error();
  Result<std::unique_ptr<PacketWriter>> opened = create_writer(*name, options_);
  if (!opened) return std::move(opened).error();
  file_ = std::move(*opened);
  return {};
}

Result<void> RotatingWriter::turn(std::uint64_t now_ns) {
  if (rotation_.seconds != 0 &&
      (periods_ == 0 || (now_ns > period_start_ns_ && (now_ns - period_start_ns_) / kSecond >= rotation_.seconds))) {
    if (rotation_.bytes == 0 && rotation_.files != 0 && periods_ == rotation_.files) {
      finished_ = true;
      return close();
    }
    ++periods_;
    period_start_ns_ = now_ns;
    number_ = 0;
    if (Result<void> opened = open_next(now_ns); !opened) return opened;
  }
  if (rotation_.bytes != 0 && size() > rotation_.bytes) {
    ++number_;
    if (rotation_.files != 0 && number_ >= rotation_.files) number_ = 0;
    return open_next(period_start_ns_);
  }
  return {};
}

Result<void> RotatingWriter::write(const RawPacket& packet, const Interface& interface) {
  if (finished_) return {};
  if (Result<void> turned = turn(packet.has_time ? packet.time_ns : period_start_ns_); !turned) return turned;
  if (!file_) return {};
  return file_->write(packet, interface);
}

Result<void> RotatingWriter::flush() { return file_ ? file_->flush() : Result<void>{}; }

Result<void> RotatingWriter::close() {
  if (!file_) return {};
  Result<void> closed = file_->close();
  file_.reset();
  return closed;
}

}  // namespace gtp::capture
