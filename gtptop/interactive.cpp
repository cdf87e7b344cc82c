// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtptop/interactive.hpp"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <deque>

#include "gtptop/check/finding.hpp"
#include "gtptop/collect/collector.hpp"
#include "gtptop/model/columns.hpp"
#include "gtptop/report.hpp"
#include "gtptop/settings.hpp"
#include "gtptop/ui/draw.hpp"
#include "gtptop/ui/terminal.hpp"
#include "libcommon/sys/terminal.hpp"

namespace gtp::top {
namespace {

// What can be looked back at: ten minutes at one frame a second.
constexpr std::size_t kFrames = 600;

// Signals that end, stop or resize are read from a descriptor, between two frames. They must be blocked before the
// collector's thread starts.
class SignalReader {
 public:
  SignalReader() {
    sigemptyset(&set_);
    for (const int signal : {SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGWINCH, SIGTSTP}) sigaddset(&set_, signal);
    pthread_sigmask(SIG_BLOCK, &set_, &before_);
    fd_.reset(::signalfd(-1, &set_, SFD_CLOEXEC | SFD_NONBLOCK));
    ::signal(SIGPIPE, SIG_IGN);
  }
  ~SignalReader() { pthread_sigmask(SIG_SETMASK, &before_, nullptr); }
  SignalReader(const SignalReader&) = delete;
  SignalReader& operator=(const SignalReader&) = delete;

  int fd() const noexcept { return fd_.value(); }
  // 0: none is there.
  int take() noexcept {
    signalfd_siginfo info{};
    return ::read(fd_.value(), &info, sizeof info) == sizeof info ? static_cast<int>(info.ssi_signo) : 0;
  }
  // As if the signal had its usual effect: the whole job stops until it is continued.
  void stop_here() const noexcept {
    sigset_t stop;
    sigemptyset(&stop);
    sigaddset(&stop, SIGTSTP);
    struct sigaction usual {};
    usual.sa_handler = SIG_DFL;
    struct sigaction saved {};
    ::sigaction(SIGTSTP, &usual, &saved);
    ::kill(0, SIGTSTP);
    pthread_sigmask(SIG_UNBLOCK, &stop, nullptr);
    pthread_sigmask(SIG_BLOCK, &stop, nullptr);
    ::sigaction(SIGTSTP, &saved, nullptr);
  }

 private:
  sigset_t set_{};
  sigset_t before_{};
  Fd fd_;
};

class Screen {
 public:
  Screen(const Options& options, std::unique_ptr<Gatherer> gatherer)
      : options_(options),
        collector_(std::move(gatherer), {options.interval_ns, options.cpu_percent}),
        state_(initial_state()) {}

  Result<int> run(std::unique_ptr<Recorder> recorder, Look look);

 private:
  void prepare();
  void show();
  const Frame* shown() const;
  void take_frame();
  void take_keys();
  bool take_signals();
  void carry_out(const std::vector<Effect>& effects);
  void save(const std::string& path);
  void save_settings();
  void show_manual(const std::string& id);
  void suspend();

  const Options& options_;
  SignalReader signals_;
  Collector collector_;
  State state_;
  Look look_;
  std::unique_ptr<Terminal> terminal_;
  std::deque<FramePtr> frames_;  // the newest last
  std::string farewell_;         // printed when the terminal is back
  bool quit_ = false;
  int signal_ = 0;
};

void Screen::prepare() {
  state_.view = options_.view;
  state_.interval_ns = options_.interval_ns;
  state_.units = options_.units;
  state_.grouping = options_.grouping;
  state_.mouse = options_.mouse;
  state_.header = options_.header;
  for (std::size_t i = 0; i < kViews; ++i) {
    state_.views[i].columns = options_.views[i].columns;
    if (options_.views[i].sort) state_.views[i].sort = *options_.views[i].sort;
  }
  ViewState& here = state_.here();
  here.filter = options_.filter;
  here.filter_text = options_.filter_text;
  if (!options_.columns.empty()) here.columns = options_.columns;
  if (options_.sort) here.sort = *options_.sort;
  resize(state_, terminal_->width(), terminal_->height());
}

const Frame* Screen::shown() const {
  if (frames_.empty()) return nullptr;
  const std::size_t back = std::min(state_.look_back, frames_.size() - 1);
  return frames_[frames_.size() - 1 - back].get();
}

void Screen::show() { terminal_->show(draw(state_, shown(), look_)); }

void Screen::take_frame() {
  FramePtr frame = collector_.take();
  if (!frame) return;
  // One frame per sample is kept; an answer between two samples replaces the one it follows.
  if (!frames_.empty() && frames_.back()->time_ns == frame->time_ns) frames_.pop_back();
  frames_.push_back(frame);
  if (state_.look_back != 0) ++state_.look_back;  // what is looked at stays where it is
  if (frames_.size() > kFrames) frames_.pop_front();
  state_.frames_behind = frames_.size() - 1;
  state_.look_back = std::min(state_.look_back, state_.frames_behind);
  if (state_.look_back != 0) return;
  const std::uint64_t asked = state_.query_number;
  show_frame(state_, *frame);
  if (state_.query_number != asked) collector_.ask(make_query(state_));
}

void Screen::save_settings() {
  const std::string& path = options_.config;
  auto before = read_settings(path, false);
  if (path.empty()) before = Error{ErrorCode::failed, 0, "no place for settings: HOME is not set", "--config FILE"};
  auto written = before ? Result<void>() : Result<void>(before.error());
  if (before) {
    Options now = with_state(*before, state_);
    if (!options_.replay.empty()) now.interval_ns = before->interval_ns;  // that is the recording's
    written = write_settings(path, now);
  }
  state_.message = written ? "settings written to " + path : written.error().what;
  state_.message_is_error = !written;
}

void Screen::save(const std::string& path) {
  const Frame* frame = shown();
  if (frame == nullptr) return;
  TextBuffer out;
  ReportOptions report;
  report.columns = state_.here().columns;
  report.units = state_.units;
  if (path.ends_with(".json")) {
    put_json(out, *frame, report);
  } else if (path.ends_with(".csv")) {
    put_csv(out, *frame, report);
  } else {
    put_text(out, *frame, report);
  }
  const Fd file(::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644));
  const auto size = static_cast<ssize_t>(out.size());
  const bool written = file && ::write(file.value(), out.view().data(), out.size()) == size;
  state_.message = written ? "saved " + std::to_string(frame->page.rows()) + " rows to " + path
                           : Error::from_errno("cannot write " + path).what;
  state_.message_is_error = !written;
}

// The pager has the terminal while it runs.
void Screen::show_manual(const std::string& id) {
  terminal_->leave();
  const pid_t child = ::fork();
  if (child == 0) {
    sigset_t none;
    sigemptyset(&none);
    ::sigprocmask(SIG_SETMASK, &none, nullptr);
    const std::string pattern = "less -R '+/" + id + "'";
    ::execlp("man", "man", "-P", pattern.c_str(), "gtp-troubleshooting", static_cast<char*>(nullptr));
    ::_exit(127);
  }
  int status = 0;
  if (child > 0) ::waitpid(child, &status, 0);
  terminal_->resume();
  if (child > 0 && WIFEXITED(status) && WEXITSTATUS(status) == 0) return;
  const FindingInfo* info = find_finding(std::string_view(id));
  state_.message =
      info == nullptr ? "no manual page gtp-troubleshooting(7) here" : id + ": " + std::string(info->remedy);
}

void Screen::suspend() {
  terminal_->leave();
  signals_.stop_here();
  terminal_->resume();
  resize(state_, terminal_->width(), terminal_->height());
}

void Screen::carry_out(const std::vector<Effect>& effects) {
  for (const Effect& effect : effects) {
    switch (effect.kind) {
      case Effect::Kind::ask:
        collector_.ask(make_query(state_));
        break;
      case Effect::Kind::command:
        collector_.tell(effect.command);
        break;
      case Effect::Kind::quit:
        quit_ = true;
        break;
      case Effect::Kind::print_and_quit:
        farewell_ = effect.text;
        quit_ = true;
        break;
      case Effect::Kind::suspend:
        suspend();
        break;
      case Effect::Kind::redraw:
        terminal_->redraw();
        break;
      case Effect::Kind::mouse:
        terminal_->set_mouse(state_.mouse);
        break;
      case Effect::Kind::save:
        save(effect.text);
        break;
      case Effect::Kind::save_settings:
        save_settings();
        break;
      case Effect::Kind::manual:
        show_manual(effect.text);
        break;
    }
  }
}

void Screen::take_keys() {
  while (!quit_) {
    const auto input = terminal_->read();
    if (!input) return;
    switch (input->kind) {
      case Input::Kind::key:
        carry_out(update(state_, input->key, shown()));
        break;
      case Input::Kind::click:
        carry_out(click(state_, input->x, input->y, shown()));
        break;
      case Input::Kind::wheel_up:
      case Input::Kind::wheel_down: {
        const auto code = input->kind == Input::Kind::wheel_up ? Key::Code::up : Key::Code::down;
        for (int i = 0; i < 3; ++i) carry_out(update(state_, {code, 0}, shown()));
        break;
      }
    }
  }
}

bool Screen::take_signals() {
  for (int signal = signals_.take(); signal != 0; signal = signals_.take()) {
    if (signal == SIGWINCH) {
      terminal_->resize();
      resize(state_, terminal_->width(), terminal_->height());
      collector_.ask(make_query(state_));
    } else if (signal == SIGTSTP) {
      suspend();
    } else {
      signal_ = signal;
      return false;
    }
  }
  return true;
}

Result<int> Screen::run(std::unique_ptr<Recorder> recorder, Look look) {
  look_ = look;
  auto terminal = Terminal::open(look, options_.mouse);
  if (!terminal) return terminal.error();
  terminal_ = *std::move(terminal);
  prepare();
  show();  // the frame first, figures as they come
  if (recorder) collector_.record_to(std::move(recorder));
  collector_.start(make_query(state_));
  while (!quit_) {
    pollfd waits[3] = {{STDIN_FILENO, POLLIN, 0}, {collector_.fd(), POLLIN, 0}, {signals_.fd(), POLLIN, 0}};
    ::poll(waits, 3, -1);
    if (waits[2].revents != 0 && !take_signals()) break;
    if (waits[1].revents != 0) take_frame();
    if ((waits[0].revents & (POLLHUP | POLLERR)) != 0 && (waits[0].revents & POLLIN) == 0) break;  // it is gone
    if (waits[0].revents != 0) take_keys();
    show();
  }
  terminal_.reset();
  if (!farewell_.empty()) {
    [[maybe_unused]] const auto written = ::write(STDOUT_FILENO, farewell_.data(), farewell_.size());
  }
  if (auto finished = collector_.finish(); !finished) return finished.error();
  return signal_ == 0 ? 0 : 128 + signal_;
}

}  // namespace

Result<int> run_interactive(const Options& options, std::unique_ptr<Gatherer> gatherer) {
  std::unique_ptr<Recorder> recorder;
  if (!options.record.empty()) {
    auto made = Recorder::create(options.record, gatherer->model().source, gatherer->model().capabilities,
                                 options.interval_ns, gatherer->model().now_ns);
    if (!made) return made.error();
    recorder = *std::move(made);
  }
  const sys::Terminal terminal = sys::inspect_terminal(STDOUT_FILENO);
  const char* term = std::getenv("TERM");
  // The console's font has neither bars nor signs.
  const bool console = term != nullptr && std::string_view(term) == "linux";
  Look look;
  look.utf8 = terminal.utf8 && !options.ascii && !console;
  look.colour = options.colour == ColourWish::automatic ? terminal.colour : options.colour == ColourWish::always;
  Screen screen(options, std::move(gatherer));
  return screen.run(std::move(recorder), look);
}

}  // namespace gtp::top
