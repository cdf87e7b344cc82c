// SPDX-License-Identifier: GPL-2.0-or-later
//
// Frames one after another (frame_input.hpp) through reassembly, sessions, --follow in two passes, statistics and all
// printers.
#include <cstddef>
#include <cstdint>

#include "gtpdump/stats/statistics.hpp"
#include "gtpdump/track/assembler.hpp"
#include "gtpdump/track/follow.hpp"
#include "gtpdump/track/tracker.hpp"
#include "libcommon/packet/decoder.hpp"
#include "tests/fuzz/frame_input.hpp"
#include "tests/fuzz/printing.hpp"

namespace gtp::fuzz {
namespace {

constexpr std::uint64_t kGapNs = 3'000'000'000;  // so that a long input outlives the lifetimes

const packet::Decoder& decoder() {
  static const packet::Decoder instance;
  return instance;
}

template <typename Use>
void each_item(Bytes input, dump::Tracker& tracker, Use use) {
  static const capture::Interface interface = {
      .link_type = packet::LinkType::ethernet, .snap_length = 0, .name = "eth0"};
  dump::Assembler assembler(decoder());
  dump::Batch batch;
  Cursor cursor(input);
  Frame frame;
  std::uint64_t number = 0;
  while (next_frame(cursor, frame)) {
    dump::Item item;
    item.interface = &interface;
    item.frame = ++number;
    item.raw.number = number;
    item.raw.time_ns = number * kGapNs;
    item.raw.link_type = frame.link;
    item.raw.octets = frame.octets;
    item.raw.wire_length = static_cast<std::uint32_t>(frame.octets.size());
    decoder().decode(item.raw.link_type, item.raw.octets, item.raw.wire_length, item.packet);
    if (item.packet.has_fragment) assembler.complete(item, batch);
    tracker.track(item);
    require(item.annotations.empty() || item.annotations.size() == item.packet.layers.size(),
            "annotations are one per layer");
    use(item);
  }
}

}  // namespace
}  // namespace gtp::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace gtp;
  static fuzz::Printers printers;
  const Bytes input = std::as_bytes(std::span(data, size));
  auto follower = dump::Follower::make({dump::FollowKey::Kind::imsi, "001010000000001"});
  fuzz::require(follower.ok(), "the key is right");
  {
    dump::Tracker tracker;
    tracker.sessions().log_to(follower->ownership_log());
    fuzz::each_item(input, tracker, [&](const dump::Item& item) { follower->learn(item); });
    tracker.finish();
    follower->finish_learning(tracker.sessions());
  }
  dump::Tracker tracker;
  dump::Statistics statistics(tracker);
  tracker.transactions().on_unanswered([&](const dump::Request& request) { statistics.unanswered(request); });
  fuzz::each_item(input, tracker, [&](dump::Item& item) {
    item.selected = follower->selects(item);
    statistics.add(item);
    printers.print(item);
  });
  tracker.finish();
  TextBuffer text;
  statistics.print(text, output::Style(false), 0);
  fuzz::require_text(text.view(), false);
  text.clear();
  statistics.print_json(text);
  fuzz::require_utf8(text.view());
  return 0;
}
