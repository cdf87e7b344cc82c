// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtpdump/write/outputs.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>

namespace gtp::dump {
namespace {

// Is [path] one of the files that are read? Opening it for writing would empty it. Names do not tell: there are links.
bool is_input(const std::string& path, const Options& options) {
  struct stat output {};
  if (path == "-" || stat(path.c_str(), &output) != 0 || !S_ISREG(output.st_mode)) return false;
  return std::any_of(options.files.begin(), options.files.end(), [&](const std::string& file) {
    struct stat input {};
    const int failed = file == "-" ? fstat(STDIN_FILENO, &input) : stat(file.c_str(), &input);
    return failed == 0 && input.st_dev == output.st_dev && input.st_ino == output.st_ino;
  });
}

}  // namespace

Result<void> Outputs::open(const Options& options, const capture::Interface* interface) {
  for (const std::string& path : {options.write_file, options.decap_file}) {
    if (!path.empty() && is_input(path, options)) {
      return Error{ErrorCode::usage, 0, path + ": is an input as well", "another name for the output"};
    }
  }
  if (!options.write_file.empty()) {
    capture::WriterOptions writer;
    writer.format = options.write_file.ends_with(".pcapng") || options.write_file.ends_with(".ntar")
                        ? capture::FileFormat::pcapng
                        : capture::FileFormat::pcap;
    writer.application = "gtpdump";
    if (interface != nullptr) {
      writer.nanoseconds = interface->nanoseconds;
      writer.link_type = interface->link_type;
    }
    auto created = capture::create_writer(
        options.write_file, writer,
        {options.rotate_octets, options.rotate_seconds, static_cast<std::uint32_t>(options.rotate_files)});
    if (!created) return std::move(created).error();
    packets_ = *std::move(created);
  }
  if (!options.decap_file.empty()) {
    auto created = Decapsulator::create(options.decap_file);
    if (!created) return std::move(created).error();
    decap_ = *std::move(created);
  }
  return {};
}

// A reader that had enough is no failure.
Result<void> Outputs::keep(Result<void> result) {
  if (result || !capture::is_closed_pipe(result.error())) return result;
  closed_ = true;
  return {};
}

Result<void> Outputs::write(const Batch& batch, bool live) {
  if (finished()) return {};
  for (std::size_t i = 0; i < batch.count && (packets_ || decap_); ++i) {
    const Item& item = batch.items[i];
    if (!item.selected) continue;
    if (packets_) {
      if (auto written = packets_->write(item.raw, *item.interface); !written) return keep(std::move(written));
      ++packets_written_;
    }
    if (decap_) {
      if (auto written = decap_->write(item); !written) return keep(std::move(written));
    }
  }
  // Whoever reads along sees live packets at once.
  if (live && packets_) {
    if (auto flushed = packets_->flush(); !flushed) return keep(std::move(flushed));
  }
  return text_.write(batch.text.view());
}

Result<void> Outputs::close() {
  if (closed_) return {};
  if (packets_) {
    if (auto closed = keep(packets_->close()); !closed) return closed;
  }
  if (decap_) return keep(decap_->close());
  return {};
}

}  // namespace gtp::dump
