// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtpdump/app/application.hpp"

#include <unistd.h>

#include <algorithm>
#include <thread>
#include <utility>

#include "gtpdump/pipeline/pipeline.hpp"
#include "gtpdump/print/columns.hpp"
#include "gtpdump/print/json.hpp"
#include "gtpdump/print/summary.hpp"
#include "gtpdump/print/tree.hpp"
#include "gtpdump/query/packet_fields.hpp"

namespace gtp::dump {

Application::Application(Options options)
    : options_(std::move(options)),
      decoder_(options_.ports),
      input_(options_),
      assembler_(decoder_),
      text_(STDOUT_FILENO) {}

Result<void> Application::prepare() {
  auto filter = filter::Filter::compile(options_.filter, packet_schema());
  if (!filter) return std::move(filter).error();
  filter_ = *std::move(filter);
  select_in_order_ = options_.count != 0;
  if (auto made = make_printer(); !made) return made;
  return input_.open();
}

Result<void> Application::make_printer() {
  const Stamp stamp(options_.time);
  switch (options_.output) {
    case OutputKind::summary:
      printer_ = std::make_unique<SummaryPrinter>(stamp, style_, options_.hex);
      break;
    case OutputKind::tree:
      printer_ = std::make_unique<TreePrinter>(stamp, style_, options_.hex);
      break;
    case OutputKind::json:
      printer_ = std::make_unique<JsonPrinter>(JsonOptions{options_.raw});
      break;
    case OutputKind::fields: {
      auto printer = ColumnPrinter::make(options_.fields, options_.csv);
      if (!printer) return std::move(printer).error();
      printer_ = *std::move(printer);
      break;
    }
    case OutputKind::stats:
    case OutputKind::check:
    case OutputKind::none:
      break;
  }
  return {};
}

void Application::decode(Batch& batch) const {
  for (std::size_t i = 0; i < batch.count; ++i) {
    Item& item = batch.items[i];
    decoder_.decode(item.raw.link_type, item.raw.octets, item.raw.wire_length, item.packet);
  }
}

void Application::select(Item& item) const {
  item.selected = !item.packet.layers.empty() && (filter_.empty() || filter_.matches(PacketSubject(item)));
}

bool Application::track(Batch& batch) {
  for (std::size_t i = 0; i < batch.count; ++i) {
    Item& item = batch.items[i];
    if (item.packet.has_fragment) assembler_.complete(item, batch);
    tracker_.track(item);
    if (!select_in_order_) continue;
    select(item);
    if (item.selected && ++selected_ == options_.count) {
      batch.count = i + 1;
      return false;
    }
  }
  return true;
}

void Application::format(Batch& batch) const {
  for (std::size_t i = 0; i < batch.count; ++i) {
    Item& item = batch.items[i];
    if (!select_in_order_) select(item);
    if (item.selected && printer_) printer_->print(item, batch.text);
  }
}

Result<void> Application::write(Batch& batch) { return text_.write(batch.text.view()); }

Result<int> Application::run() {
  if (auto prepared = prepare(); !prepared) return std::move(prepared).error();
  const unsigned threads =
      options_.threads != 0 ? options_.threads : std::clamp(std::thread::hardware_concurrency(), 1U, 4U);
  Stages stages{
      .read = [this](Batch& batch) { return input_.read(batch); },
      .decode = [this](Batch& batch) { decode(batch); },
      .track = [this](Batch& batch) { return track(batch) && !text_.closed(); },
      .format = [this](Batch& batch) { format(batch); },
      .write = [this](Batch& batch) { return write(batch); },
  };
  Pipeline pipeline(std::move(stages), threads);
  if (auto done = pipeline.run(); !done) return std::move(done).error();
  return 0;
}

}  // namespace gtp::dump
