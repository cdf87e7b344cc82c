// SPDX-License-Identifier: GPL-2.0-or-later
#include <lzma.h>
#include <zlib.h>
#include <zstd.h>

#include "tests/unit/capture/files.hpp"

using namespace gtp;
using namespace gtp::capture;
using namespace gtp::capture::test;

namespace {

using Data = std::vector<std::byte>;

std::uint8_t* octets(Data& data) { return static_cast<std::uint8_t*>(static_cast<void*>(data.data())); }
const std::uint8_t* octets(const Data& data) {
  return static_cast<const std::uint8_t*>(static_cast<const void*>(data.data()));
}

Data gzip(const Data& in) {
  Data out(in.size() + 1000);
  z_stream stream{};
  REQUIRE(::deflateInit2(&stream, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) == Z_OK);
  Data copy = in;
  stream.next_in = octets(copy);
  stream.avail_in = static_cast<uInt>(copy.size());
  stream.next_out = octets(out);
  stream.avail_out = static_cast<uInt>(out.size());
  REQUIRE(::deflate(&stream, Z_FINISH) == Z_STREAM_END);
  out.resize(stream.total_out);
  ::deflateEnd(&stream);
  return out;
}

Data zstd(const Data& in) {
  Data out(::ZSTD_compressBound(in.size()));
  const std::size_t n = ::ZSTD_compress(out.data(), out.size(), in.data(), in.size(), 3);
  REQUIRE(::ZSTD_isError(n) == 0);
  out.resize(n);
  return out;
}

Data xz(const Data& in) {
  Data out(::lzma_stream_buffer_bound(in.size()));
  std::size_t n = 0;
  REQUIRE(::lzma_easy_buffer_encode(6, LZMA_CHECK_CRC64, nullptr, octets(in), in.size(), octets(out), &n, out.size()) ==
          LZMA_OK);
  out.resize(n);
  return out;
}

struct Compressor {
  const char* name;
  Data (*compress)(const Data&);
};

// 3 MB, so that blocks and the decompressors' buffers overflow.
Data capture_file() {
  Octets file;
  file.pcap_header(0xa1b2c3d4, 1);
  for (unsigned i = 0; i < 3000; ++i) file.pcap_record(i, 0, 1000, i);
  return file.done();
}

}  // namespace

TEST_CASE("compressed captures") {
  const auto format = GENERATE(Compressor{"gzip", gzip}, Compressor{"zstd", zstd}, Compressor{"xz", xz});
  CAPTURE(format.name);
  const TempDir dir;
  static const Data file = capture_file();
  const Data packed = format.compress(file);

  SECTION("whole") {
    const Contents read = read_all(dir.write("a", packed), 100);
    CHECK(read.error == "");
    REQUIRE(read.packets.size() == 3000);
    bool same = true;
    for (unsigned i = 0; i < 3000; ++i) same = same && read.packets[i].octets == pattern(1000, i);
    CHECK(same);
  }
  SECTION("in two parts, as appending makes them") {
    const Data head(file.begin(), file.begin() + 1'500'000);
    const Data tail(file.begin() + 1'500'000, file.end());
    const Contents read =
        read_all(dir.write("a", Octets().raw(format.compress(head)).raw(format.compress(tail)).done()), 100);
    CHECK(read.error == "");
    CHECK(read.packets.size() == 3000);
  }
  SECTION("cut short: what can be had, then the error") {
    Data cut = packed;
    cut.resize(cut.size() / 2);
    const Contents read = read_all(dir.write("a", cut), 100);
    CHECK(read.packets.size() < 3000);
    CHECK(has(read.error, "/a: the compressed data is cut short"));
  }
  SECTION("damaged") {
    Data bad = packed;
    for (std::size_t i = bad.size() / 2; i < bad.size() / 2 + 40; ++i) bad[i] = std::byte{0xa5};
    const Contents read = read_all(dir.write("a", bad), 100);
    CHECK(read.error != "");
  }
  SECTION("no capture inside") {
    CHECK(has(read_all(dir.write("a", format.compress(Octets().text("hello, world").done()))).error,
              "not a capture file"));
    CHECK(has(read_all(dir.write("a", format.compress({}))).error, "not a capture file (it is empty)"));
  }
  SECTION("nothing but the magic number") {
    CHECK(has(read_all(dir.write("a", Data(packed.begin(), packed.begin() + 6))).error, "is cut short"));
  }
}
