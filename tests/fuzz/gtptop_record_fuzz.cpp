// SPDX-License-Identifier: GPL-2.0-or-later
//
// Any text as a recording: replayed to its end, every view of it asked for after each sample, and what is told of
// tunnels written again and read as the same.
#include <sys/mman.h>
#include <unistd.h>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

#include "gtptop/check/model_checker.hpp"
#include "gtptop/collect/gatherer.hpp"
#include "gtptop/collect/replay_source.hpp"
#include "gtptop/model/columns.hpp"
#include "tests/fuzz/require.hpp"
#include "tests/support/ignoring_receiver.hpp"

namespace {

using namespace gtp::top;
using gtp::fuzz::require;

constexpr std::uint64_t kSecond = 1'000'000'000;
constexpr int kSamples = 30;

std::string written(const TunnelSample& sample) {
  gtp::TextBuffer out;
  put_tunnel(out, sample);
  return std::string(out.view());
}

class Listener final : public gtp::test::IgnoringReceiver {
 public:
  std::string tunnel_line;
  void tunnel(const TunnelSample& sample) override { tunnel_line = written(sample); }
};

void read_lines(std::string_view text) {
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    Listener first;
    const auto read = read_line(text.substr(0, end), first);
    if (read.ok() && !first.tunnel_line.empty()) {
      Listener again;
      const std::string_view line = first.tunnel_line;
      require(read_line(line.substr(0, line.size() - 1), again).ok(), "what we write, we read");
      require(again.tunnel_line == first.tunnel_line, "and find the same in it");
    }
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
}

void look(Gatherer& gatherer) {
  for (std::size_t view = 0; view < kViews; ++view) {
    Query query;
    query.view = static_cast<View>(view);
    query.sort = default_sort(query.view);
    query.rows = 20;
    const auto frame = gatherer.frame(query);
    require(frame->page.rows() <= query.rows, "no more rows than asked for");
    for (std::size_t row = 0; row < frame->page.rows(); ++row) {
      for (std::size_t column = 0; column < columns(query.view).size(); ++column) {
        static_cast<void>(value(frame->page, row, column));
      }
    }
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  read_lines({reinterpret_cast<const char*>(data), size});

  const int fd = ::memfd_create("recording", MFD_CLOEXEC);
  require(fd >= 0 && ::write(fd, data, size) == static_cast<ssize_t>(size), "a file in memory");
  auto source = ReplaySource::open("/proc/self/fd/" + std::to_string(fd), {});
  if (source) {
    Gatherer gatherer(*std::move(source), std::make_unique<ModelChecker>(), {});
    for (int i = 0; i < kSamples && !gatherer.source().ended(); ++i) {
      gatherer.begin_tick();
      while (!gatherer.sweep(kSecond)) {
      }
      gatherer.end_tick();
      look(gatherer);
    }
  }
  ::close(fd);
  return 0;
}
