// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtpdump/write/outputs.hpp"

#include "gtpdump/version.hpp"

namespace gtp::dump {

Result<void> Outputs::open(const Options& options, const capture::Interface* interface) {
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
