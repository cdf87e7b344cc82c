// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtptop/record/recorder.hpp"

#include <fcntl.h>
#include <unistd.h>
#include <zstd.h>

#include <vector>

#include "gtptop/record/lines.hpp"
#include "libcommon/util/fd.hpp"

namespace gtp::top {
namespace {

// Lines are compressed in pieces of this size.
constexpr std::size_t kPiece = 1 << 16;
// Times closer than this are the same, so that a sweep's slices do not each cost a line.
constexpr std::uint64_t kTimeStepNs = 5'000'000;
constexpr int kLevel = 3;

struct FreeContext {
  void operator()(ZSTD_CCtx* context) const noexcept { ZSTD_freeCCtx(context); }
};

class ZstdRecorder final : public Recorder {
 public:
  ZstdRecorder(std::string path, Fd file)
      : path_(std::move(path)), file_(std::move(file)), context_(ZSTD_createCCtx()), out_(ZSTD_CStreamOutSize()) {
    ZSTD_CCtx_setParameter(context_.get(), ZSTD_c_compressionLevel, kLevel);
    ZSTD_CCtx_setParameter(context_.get(), ZSTD_c_checksumFlag, 1);
  }

  TextBuffer& lines() { return lines_; }

  void time(std::uint64_t now_ns) override {
    if (now_ns >= time_ns_ && now_ns - time_ns_ < kTimeStepNs) return;
    time_ns_ = now_ns;
    put_time(lines_, now_ns);
  }
  void tunnel(const TunnelSample& sample) override {
    put_tunnel(lines_, sample);
    write_piece();
  }
  void tunnel_gone(const TunnelKey& key) override { put_tunnel_gone(lines_, key); }
  void counters(const TunnelKey&, const TunnelCounters&, std::optional<std::uint64_t>) override {}  // come as tunnel()
  void link(const LinkRow& link) override { put_link(lines_, link); }
  void link_gone(std::uint32_t index) override { put_link_gone(lines_, index); }
  void event(const Event& event) override {
    put_event(lines_, event);
    write_piece();
  }
  void lost() override { put_lost(lines_); }

  void whole(const Model& model) override;
  Result<void> sample(const Model& model) override;
  Result<void> close() override;
  std::uint64_t samples() const override { return samples_; }
  const std::string& path() const override { return path_; }

  Result<void> write(ZSTD_EndDirective how);

 private:
  void write_piece() {
    if (lines_.size() < kPiece || failed_) return;
    if (auto written = write(ZSTD_e_continue); !written) failed_ = written.error();
  }
  Result<void> write_all(const char* data, std::size_t size);
  Error trouble(const std::string& what) const {
    return {
        ErrorCode::failed, 0, what + " (recorded " + std::to_string(samples_) + " samples, the file is readable)", {}};
  }

  std::string path_;
  Fd file_;
  std::unique_ptr<ZSTD_CCtx, FreeContext> context_;
  std::vector<char> out_;
  TextBuffer lines_;
  std::uint64_t time_ns_ = 0;
  std::uint64_t samples_ = 0;
  std::optional<Error> failed_;
};

Result<void> ZstdRecorder::write_all(const char* data, std::size_t size) {
  while (size > 0) {
    const ssize_t n = ::write(file_.value(), data, size);
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) {
      Error error = Error::from_errno("cannot write " + path_);
      error.what = trouble(error.what).what;
      return error;
    }
    data += n;
    size -= static_cast<std::size_t>(n);
  }
  return {};
}

Result<void> ZstdRecorder::write(ZSTD_EndDirective how) {
  ZSTD_inBuffer in{lines_.view().data(), lines_.size(), 0};
  for (;;) {
    ZSTD_outBuffer out{out_.data(), out_.size(), 0};
    const std::size_t left = ZSTD_compressStream2(context_.get(), &out, &in, how);
    if (ZSTD_isError(left) != 0) return trouble("cannot compress " + path_ + ": " + ZSTD_getErrorName(left));
    if (auto written = write_all(out_.data(), out.pos); !written) return written;
    if (how == ZSTD_e_continue ? in.pos == in.size : left == 0) break;
  }
  lines_.clear();
  return {};
}

void ZstdRecorder::whole(const Model& model) {
  time(model.now_ns);
  for (const LinkRow& row : model.links.rows()) link(row);
  model.tunnels.for_each([&](RowId id, const PackedTunnel& row) {
    TunnelSample one;
    one.key = model.tunnels.key(id);
    one.o_tei = row.o_tei();
    one.flow = row.flow();
    one.ms = row.ms();
    one.peer = model.peers[row.peer()].address;
    one.qfi = row.qfi();
    one.presence = row.presence();
    if (row.has_counters()) one.counters = row.counters();
    if (row.has_drops()) one.drops = row.drops();
    if (row.seen_s() != 0) one.seen_s = row.seen_s();
    if (row.created_s() != 0) one.created_s = row.created_s();
    tunnel(one);
  });
}

Result<void> ZstdRecorder::sample(const Model& model) {
  if (failed_) return *failed_;
  put_sample(lines_, samples_ + 1, model.now_ns);
  time_ns_ = model.now_ns;
  if (auto written = write(ZSTD_e_flush); !written) return written;
  ++samples_;
  return {};
}

Result<void> ZstdRecorder::close() {
  if (failed_) return *failed_;
  if (auto written = write(ZSTD_e_end); !written) return written;
  if (::close(file_.release()) != 0) return Error::from_errno("cannot write " + path_);
  return {};
}

}  // namespace

Result<std::unique_ptr<Recorder>> Recorder::create(const std::string& path, const SourceInfo& source,
                                                   const Capabilities& capabilities, std::uint64_t interval_ns,
                                                   std::uint64_t now_ns) {
  Fd file(::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644));
  if (!file) return Error::from_errno("cannot write " + path);
  auto recorder = std::make_unique<ZstdRecorder>(path, std::move(file));
  put_header(recorder->lines(), {source, capabilities, now_ns, interval_ns});
  if (auto written = recorder->write(ZSTD_e_flush); !written) return written.error();
  return std::unique_ptr<Recorder>(std::move(recorder));
}

}  // namespace gtp::top
