// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtpgen/report/report_options.hpp"

#include <array>
#include <cstdio>
#include <memory>

#include "gtpgen/report/writers.hpp"
#include "gtpgen/take.hpp"
#include "libcommon/sys/terminal.hpp"

namespace gtp::gen {
namespace {

constexpr auto kShortest = std::chrono::milliseconds(10);

Take take_limit_ns(std::optional<std::uint64_t>& target) {
  return [&target](std::string_view given) -> Result<void> {
    std::optional<std::chrono::nanoseconds> duration;
    if (auto taken = take_duration(duration)(given); !taken) return taken;
    target = static_cast<std::uint64_t>(duration->count());
    return {};
  };
}

}  // namespace

Result<void> write_file(const std::string& path, std::string_view text) {
  struct Close {
    void operator()(std::FILE* file) const noexcept { std::fclose(file); }
  };
  std::unique_ptr<std::FILE, Close> file(std::fopen(path.c_str(), "we"));
  if (!file) return Error::from_errno(path);
  if (std::fwrite(text.data(), 1, text.size(), file.get()) != text.size() || std::fflush(file.get()) != 0) {
    return Error::from_errno(path);
  }
  return {};
}

Result<std::string> read_file(const std::string& path, std::size_t longest) {
  struct Close {
    void operator()(std::FILE* file) const noexcept {
      if (file != stdin) std::fclose(file);
    }
  };
  const auto fault = [&] {
    Error error = Error::from_errno(path);
    error.code = ErrorCode::usage;
    return error;
  };
  const std::unique_ptr<std::FILE, Close> file(path == "-" ? stdin : std::fopen(path.c_str(), "re"));
  if (!file) return fault();
  std::string text;
  std::array<char, 65536> room;
  for (std::size_t got = 0; (got = std::fread(room.data(), 1, room.size(), file.get())) != 0;) {
    text.append(room.data(), got);
    if (text.size() > longest) return usage(path + " is longer than " + std::to_string(longest >> 20) + " MiB");
  }
  if (std::ferror(file.get()) != 0) return fault();
  return text;
}

OptionGroup finished_report_options(ReportOptions& target) {
  OptionGroup group = report_options(target);
  std::erase_if(group.options,
                [](const Option& option) { return option.names == "--live" || option.names == "-q,--quiet"; });
  return group;
}

OptionGroup report_options(ReportOptions& target) {
  return {"Report",
          {
              {"--json", "", "the report as JSON on stdout instead of text", take_flag(target.json)},
              {"--json-file", "FILE", "the report as JSON into FILE, too", take_text(target.json_file)},
              {"--csv", "FILE", "the intervals as CSV into FILE", take_text(target.csv_file)},
              {"--hist", "FILE", "the latency's buckets as CSV into FILE", take_text(target.histogram_file)},
              {"--live", "TIME", "length of an interval (1s)", take_duration(target.live, kShortest)},
              {"-q,--quiet", "", "no line per interval", take_flag(target.quiet)},
              {"--max-loss", "SHARE", "fail when more is lost, like 0.1%", take_share(target.thresholds.max_loss)},
              {"--max-p99", "TIME", "fail when the 99th percentile of the latency is more",
               take_limit_ns(target.thresholds.max_p99_ns)},
              {"--min-rate", "SHARE", "fail when less of the rate is sent or arrives, like 99%",
               take_share(target.thresholds.min_rate)},
          }};
}

Result<int> deliver(const Report& report, const ReportOptions& options) {
  TextBuffer out;
  if (options.json) {
    put_json(out, report);
  } else {
    const sys::Terminal terminal = sys::inspect_terminal(1);
    put_text(out, report, output::Style(terminal.colour), terminal.utf8);
  }
  // A reader that has gone is no failure of ours.
  const bool written = std::fwrite(out.view().data(), 1, out.size(), stdout) == out.size() && std::fflush(stdout) == 0;
  if (!written && errno != EPIPE) return Error::from_errno("cannot write the report");

  const auto also = [&](const std::string& path, void (*put)(TextBuffer&, const Report&)) -> Result<void> {
    if (path.empty()) return {};
    TextBuffer text;
    put(text, report);
    return write_file(path, text.view());
  };
  if (auto done = also(options.json_file, put_json); !done) return std::move(done).error();
  if (auto done = also(options.csv_file, put_csv); !done) return std::move(done).error();
  if (auto done = also(options.histogram_file, put_histogram_csv); !done) return std::move(done).error();
  return report.exit_code;
}

}  // namespace gtp::gen
