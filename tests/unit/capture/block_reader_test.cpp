// SPDX-License-Identifier: GPL-2.0-or-later
#include <thread>

#include "libcommon/capture/block_pool.hpp"
#include "tests/unit/capture/files.hpp"

using namespace gtp;
using namespace gtp::capture;
using namespace gtp::capture::test;

namespace {

std::size_t size_of_record(unsigned i) { return 20 + i * 37 % 3000; }

std::vector<std::byte> large_capture(unsigned records) {
  Octets file;
  file.pcap_header(0xa1b2c3d4, 1);
  for (unsigned i = 0; i < records; ++i) file.pcap_record(i, 0, size_of_record(i), i);
  return file.done();
}

bool intact(const RawPacket& packet) {
  const unsigned i = static_cast<unsigned>(packet.number - 1);
  const std::vector<std::byte> expected = pattern(size_of_record(i), i);
  return std::equal(packet.octets.begin(), packet.octets.end(), expected.begin(), expected.end());
}

}  // namespace

TEST_CASE("batches keep their octets while the reader goes on, over many blocks") {
  constexpr unsigned kRecords = 4000;  // 6 MB
  const TempDir dir;
  const auto source = open_file(dir.write("a", large_capture(kRecords)));
  REQUIRE(source);
  std::vector<RawBatch> batches;
  for (;;) {
    RawBatch batch;
    Result<bool> more = (*source)->next(batch, 64);
    REQUIRE(more);
    if (!*more) break;
    CHECK(batch.memory.size() == 1);
    batches.push_back(std::move(batch));
  }
  CHECK((*source)->progress().done == (*source)->progress().total);
  std::size_t packets = 0;
  std::size_t good = 0;
  for (const RawBatch& batch : batches) {
    for (const RawPacket& packet : batch.packets) {
      ++packets;
      good += intact(packet) ? 1U : 0U;
    }
  }
  CHECK(packets == kRecords);
  CHECK(good == kRecords);
}

TEST_CASE("batches may be read and dropped by another thread") {
  constexpr unsigned kRecords = 3000;
  const TempDir dir;
  const auto source = open_file(dir.write("a", large_capture(kRecords)));
  REQUIRE(source);
  std::size_t good = 0;
  RawBatch batch;
  std::thread reader;
  for (;;) {
    Result<bool> more = (*source)->next(batch, 100);
    REQUIRE(more);
    if (reader.joinable()) reader.join();
    if (!*more) break;
    reader = std::thread([&good, taken = std::move(batch)] {
      for (const RawPacket& packet : taken.packets) good += intact(packet) ? 1U : 0U;
    });
    batch = RawBatch{};
  }
  CHECK(good == kRecords);
}

TEST_CASE("blocks are used again") {
  const auto pool = std::make_shared<BlockPool>();
  std::shared_ptr<std::byte> first = pool->take();
  const std::byte* const address = first.get();
  std::shared_ptr<std::byte> second = pool->take();
  CHECK(second.get() != address);
  first.reset();
  CHECK(pool->take().get() == address);
}
