// SPDX-License-Identifier: GPL-2.0-or-later
#include <catch2/catch.hpp>
#include <fcntl.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "gtptop/collect/fake_source.hpp"
#include "gtptop/collect/gatherer.hpp"
#include "gtptop/collect/replay_source.hpp"
#include "gtptop/model/columns.hpp"
#include "gtptop/record/flat_object.hpp"
#include "gtptop/record/recorder.hpp"

namespace gtp::top {
namespace {

constexpr std::uint64_t kSecond = 1'000'000'000;

class TemporaryFile {
 public:
  TemporaryFile() {
    std::string pattern = (std::filesystem::temp_directory_path() / "gtptop-record-XXXXXX").string();
    const int fd = ::mkstemp(pattern.data());
    if (fd >= 0) ::close(fd);
    path = pattern;
  }
  ~TemporaryFile() { std::filesystem::remove(path); }
  std::string path;
};

// What a viewer sees of it, without what only a live source has.
std::string picture(Gatherer& gatherer) {
  std::string out;
  for (const View view : {View::tunnels, View::peers, View::links, View::events}) {
    Query query;
    query.view = view;
    query.sort = default_sort(view);
    query.rows = 200;
    const auto frame = gatherer.frame(query);
    out += std::to_string(frame->page.matching) + " at " + std::to_string(frame->time_ns) + "\n";
    for (std::size_t row = 0; row < frame->page.rows(); ++row) {
      for (std::size_t column = 0; column < columns(view).size(); ++column) {
        const Value cell = value(frame->page, row, column);
        out += cell.kind == Value::Kind::number    ? std::to_string(cell.number)
               : cell.kind == Value::Kind::address ? cell.address.text()
                                                   : cell.text;
        out += ' ';
      }
      out += '\n';
    }
  }
  return out;
}

struct Recording {
  explicit Recording(const std::string& path, int ticks) {
    FakeNetwork network;
    network.tunnels = 300;
    network.churn_per_s = 5;
    Gatherer gatherer(std::make_unique<FakeSource>(network, [this] { return now; }), nullptr, {});
    auto recorder = Recorder::create(path, gatherer.model().source, gatherer.model().capabilities, kSecond, now);
    REQUIRE(recorder.ok());
    gatherer.tee(recorder->get());
    for (int i = 0; i < ticks; ++i) {
      now += kSecond;
      gatherer.begin_tick();
      while (!gatherer.sweep(kSecond)) {
      }
      gatherer.end_tick();
      REQUIRE((*recorder)->sample(gatherer.model()).ok());
      pictures.push_back(picture(gatherer));
    }
    REQUIRE((*recorder)->close().ok());
  }
  std::uint64_t now = 1'800'000'000 * kSecond;
  std::vector<std::string> pictures;
};

TEST_CASE("a replay shows at each sample what was shown then") {
  const TemporaryFile file;
  const Recording recording(file.path, 8);
  auto source = ReplaySource::open(file.path, {});
  REQUIRE(source.ok());
  CHECK_FALSE((*source)->info().live);
  CHECK((*source)->info().host == "upf-3");
  CHECK((*source)->capabilities().traffic == Origin::module);
  Gatherer gatherer(*std::move(source), nullptr, {});
  for (const std::string& expected : recording.pictures) {
    gatherer.begin_tick();
    gatherer.sweep(kSecond);
    gatherer.end_tick();
    CHECK(picture(gatherer) == expected);
  }
  CHECK_FALSE(gatherer.source().ended());
  gatherer.begin_tick();
  CHECK(gatherer.source().ended());
  CHECK_FALSE(gatherer.source().trouble());
}

TEST_CASE("a recording that begins in the middle has all that was known") {
  const TemporaryFile file;
  std::uint64_t now = 1'800'000'000 * kSecond;
  FakeNetwork network;
  network.tunnels = 300;
  Gatherer live(std::make_unique<FakeSource>(network, [&] { return now; }), nullptr, {});
  for (int i = 0; i < 2; ++i) {
    now += kSecond;
    live.begin_tick();
    while (!live.sweep(kSecond)) {
    }
    live.end_tick();
  }
  const Model& then = live.model();
  auto recorder = Recorder::create(file.path, then.source, then.capabilities, kSecond, now);
  REQUIRE(recorder.ok());
  (*recorder)->whole(then);
  REQUIRE((*recorder)->sample(then).ok());
  REQUIRE((*recorder)->close().ok());

  auto source = ReplaySource::open(file.path, {});
  REQUIRE(source.ok());
  Gatherer gatherer(*std::move(source), nullptr, {});
  gatherer.begin_tick();
  gatherer.sweep(kSecond);
  gatherer.end_tick();
  const Model& model = gatherer.model();
  REQUIRE(model.tunnels.size() == 300);
  CHECK(model.links.rows().size() == then.links.rows().size());
  std::size_t with_drops = 0;
  then.tunnels.for_each([&](RowId id, const PackedTunnel& was) {
    const RowId row = model.tunnels.find(then.tunnels.key(id));
    REQUIRE(row != kNoRow);
    const PackedTunnel& is = model.tunnels[row];
    CHECK(is.o_tei() == was.o_tei());
    CHECK(is.ms() == was.ms());
    CHECK(model.peers[is.peer()].address == then.peers[was.peer()].address);
    CHECK(is.qfi() == was.qfi());
    CHECK(is.counters() == was.counters());
    REQUIRE(is.has_drops() == was.has_drops());
    CHECK(is.drops() == was.drops());
    CHECK(is.seen_s() == was.seen_s());
    CHECK(is.created_s() == was.created_s());
    if (was.drops() != 0) ++with_drops;
  });
  CHECK(with_drops > 0);
}

TEST_CASE("paced, samples come by the clock, which stops while it is held") {
  const TemporaryFile file;
  const Recording recording(file.path, 6);
  std::uint64_t clock = 5 * kSecond;
  auto source = ReplaySource::open(file.path, [&] { return clock; });
  REQUIRE(source.ok());
  ReplaySource& replay = **source;
  Gatherer gatherer(*std::move(source), nullptr, {});
  gatherer.begin_tick();
  const std::uint64_t first = replay.now_ns();
  CHECK(first == 1'800'000'001 * kSecond);
  clock += 2 * kSecond;
  gatherer.begin_tick();
  CHECK(replay.now_ns() == first + 2 * kSecond);
  replay.hold(true);
  clock += 100 * kSecond;
  gatherer.begin_tick();
  CHECK(replay.now_ns() == first + 2 * kSecond);
  CHECK(replay.seek(1));
  gatherer.begin_tick();
  CHECK(replay.now_ns() == first + 3 * kSecond);
  replay.hold(false);
  clock += kSecond;
  gatherer.begin_tick();
  CHECK(replay.now_ns() == first + 4 * kSecond);
}

TEST_CASE("a recording cut off anywhere is read up to there, and says so") {
  const TemporaryFile file;
  const Recording recording(file.path, 5);
  const auto size = std::filesystem::file_size(file.path);
  const TemporaryFile part;
  for (std::uintmax_t keep = 200; keep < size; keep += size / 23) {
    std::filesystem::copy_file(file.path, part.path, std::filesystem::copy_options::overwrite_existing);
    std::filesystem::resize_file(part.path, keep);
    auto source = ReplaySource::open(part.path, {});
    if (!source.ok()) continue;
    Gatherer gatherer(*std::move(source), nullptr, {});
    std::size_t samples = 0;
    while (!gatherer.source().ended() && samples < 10) {
      gatherer.begin_tick();
      gatherer.end_tick();
      if (!gatherer.source().ended()) {
        REQUIRE(picture(gatherer) == recording.pictures[samples]);
      }
      ++samples;
    }
    CHECK(gatherer.source().ended());
    INFO(keep << " of " << size);
    CHECK((gatherer.source().trouble().has_value() || samples == 6));
  }
}

TEST_CASE("a full disk ends a recording with the reason") {
  if (::access("/dev/full", W_OK) != 0) return;
  auto recorder = Recorder::create("/dev/full", {}, {}, kSecond, 0);
  REQUIRE_FALSE(recorder.ok());
  CHECK(recorder.error().what.find("No space left on device") != std::string::npos);
  CHECK_FALSE(Recorder::create("/no/such/directory/x", {}, {}, kSecond, 0).ok());
}

TEST_CASE("what is no recording is refused, and lines that are broken are passed over") {
  const TemporaryFile file;
  std::ofstream(file.path) << "{\"type\":\"header\",\"schema\":\"gtptop-record/9\"}\n";
  CHECK(ReplaySource::open(file.path, {}).error().code == ErrorCode::unsupported);
  std::ofstream(file.path) << "hello\n";
  CHECK(ReplaySource::open(file.path, {}).error().what.find("not a recording of gtptop") != std::string::npos);
  std::ofstream(file.path)
      << "{\"type\":\"header\",\"schema\":\"gtptop-record/1\",\"time_ns\":5,\"interval_ns\":1000000000}\n"
      << "{\"type\":\"tunnel\",\"link\":1,\"version\":1,\"i_tei\":7,\"o_tei\":8,\"peer\":\"192.0.2.1\"}\n"
      << "{\"type\":\"tunnel\",\"link\":1,\"version\":1,\n"
      << "{\"type\":\"from a later version\",\"x\":1}\n"
      << "{\"type\":\"sample\",\"number\":1,\"time_ns\":9}\n";
  auto source = ReplaySource::open(file.path, {});
  REQUIRE(source.ok());
  Gatherer gatherer(*std::move(source), nullptr, {});
  gatherer.begin_tick();
  CHECK(gatherer.model().tunnels.size() == 1);
  CHECK(gatherer.model().now_ns == 9);
  CHECK(gatherer.source().trouble()->what.find("line 3") != std::string::npos);
}

TEST_CASE("flat objects") {
  const auto object = FlatObject::parse(R"({"a":1,"b":"x\"\u00e9\n","c":true,"d":null,"e":"192.0.2.1","f":1.5})");
  REQUIRE(object.ok());
  CHECK(object->number("a") == 1);
  CHECK(object->text("b") == "x\"\xc3\xa9\n");
  CHECK(object->boolean("c") == true);
  CHECK(object->has("d"));
  CHECK_FALSE(object->number("d"));
  CHECK(object->address("e") == IpAddress::parse("192.0.2.1"));
  CHECK_FALSE(object->number("f"));
  CHECK_FALSE(object->number("z"));
  for (const char* broken : {"", "{", "{\"a\"}", "{\"a\":}", "{\"a\":1,}", "{\"a\":{}}", "{\"a\":[1]}", "{\"a\":1}x",
                             "{\"a\":\"x}", "[1]", "{a:1}"}) {
    INFO(broken);
    CHECK_FALSE(FlatObject::parse(broken).ok());
  }
  std::string many = "{";
  for (int i = 0; i < 60; ++i) many += "\"k" + std::to_string(i) + "\":1,";
  many.back() = '}';
  CHECK_FALSE(FlatObject::parse(many).ok());
}

}  // namespace
}  // namespace gtp::top
