// SPDX-License-Identifier: GPL-2.0-or-later
//
// Terminal: the real screen. The only place that knows ncurses. It exists from open() to its end, which gives the
// terminal back as it was; signals are not its business. One thread.
#pragma once

#include <memory>
#include <optional>

#include "gtptop/ui/canvas.hpp"
#include "gtptop/ui/state.hpp"
#include "libcommon/util/result.hpp"

namespace gtp::top {

struct Input {
  enum class Kind : std::uint8_t { key, click, wheel_up, wheel_down } kind = Kind::key;
  Key key;
  int x = 0;
  int y = 0;
};

class Terminal {
 public:
  // Whether this terminal can have a screen at all; asked before anything is drawn. `unsupported` with a hint.
  static Result<void> check();

  static Result<std::unique_ptr<Terminal>> open(Look look, bool mouse);
  virtual ~Terminal() = default;

  virtual int width() const = 0;
  virtual int height() const = 0;
  virtual void show(const Canvas& canvas) = 0;
  // The next key or click that is there; nothing: none is.
  virtual std::optional<Input> read() = 0;
  // The window has another size.
  virtual void resize() = 0;
  virtual void set_mouse(bool on) = 0;
  virtual void redraw() = 0;
  // Gives the terminal back for a while; resume() takes it again.
  virtual void leave() = 0;
  virtual void resume() = 0;
};

}  // namespace gtp::top
