// SPDX-License-Identifier: GPL-2.0-or-later
#include <catch2/catch.hpp>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <unistd.h>

#include <array>

#include "libcommon/sys/capability.hpp"
#include "libcommon/sys/signals.hpp"
#include "libcommon/sys/terminal.hpp"
#include "libcommon/util/fd.hpp"
#include "libcommon/util/setcap_hint.hpp"

using namespace gtp;
using namespace gtp::sys;

namespace {

bool readable(int fd) {
  pollfd wait{fd, POLLIN, 0};
  return ::poll(&wait, 1, 0) == 1;
}

// A terminal: the far end of a pseudo terminal pair.
struct PseudoTerminal {
  PseudoTerminal() : near(::posix_openpt(O_RDWR | O_NOCTTY)) {
    REQUIRE(near);
    REQUIRE(::grantpt(near.value()) == 0);
    REQUIRE(::unlockpt(near.value()) == 0);
    far.reset(::open(::ptsname(near.value()), O_RDWR | O_NOCTTY));
    REQUIRE(far);
  }
  Fd near;
  Fd far;
};

}  // namespace

TEST_CASE("signals: a flag and a descriptor, then the old handlers") {
  struct sigaction before {};
  ::sigaction(SIGTERM, nullptr, &before);
  {
    const auto signals = Signals::install();
    REQUIRE(signals);
    CHECK((*signals)->received() == 0);
    CHECK_FALSE(readable((*signals)->wake_fd()));
    ::raise(SIGTERM);
    CHECK((*signals)->received() == SIGTERM);
    CHECK(readable((*signals)->wake_fd()));
    // The second one would kill: the handler is gone.
    struct sigaction now {};
    ::sigaction(SIGTERM, nullptr, &now);
    CHECK(now.sa_handler == SIG_DFL);

    std::array<int, 2> ends{};
    REQUIRE(::pipe(ends.data()) == 0);
    ::close(ends[0]);
    CHECK(::write(ends[1], "x", 1) == -1);
    CHECK(errno == EPIPE);
    ::close(ends[1]);
  }
  struct sigaction after {};
  ::sigaction(SIGTERM, nullptr, &after);
  CHECK(after.sa_handler == before.sa_handler);
}

TEST_CASE("terminal: colour and characters") {
  const PseudoTerminal pair;
  ::unsetenv("NO_COLOR");
  ::unsetenv("LC_ALL");
  ::unsetenv("LC_CTYPE");
  ::setenv("TERM", "xterm", 1);
  ::setenv("LANG", "de_DE.UTF-8", 1);
  CHECK(inspect_terminal(pair.far.value()).is_terminal);
  CHECK(inspect_terminal(pair.far.value()).colour);
  CHECK(inspect_terminal(pair.far.value()).utf8);
  ::setenv("LC_ALL", "C", 1);
  CHECK_FALSE(inspect_terminal(pair.far.value()).utf8);
  ::setenv("LC_ALL", "C.utf8", 1);
  CHECK(inspect_terminal(pair.far.value()).utf8);
  ::setenv("NO_COLOR", "1", 1);
  CHECK_FALSE(inspect_terminal(pair.far.value()).colour);
  ::unsetenv("NO_COLOR");
  ::setenv("TERM", "dumb", 1);
  CHECK_FALSE(inspect_terminal(pair.far.value()).colour);
}

TEST_CASE("terminal: a file is none") {
  ::setenv("TERM", "xterm", 1);
  ::setenv("COLUMNS", "132", 1);
  const Fd file(::open("/dev/null", O_WRONLY | O_CLOEXEC));
  const Terminal terminal = inspect_terminal(file.value());
  CHECK_FALSE(terminal.is_terminal);
  CHECK_FALSE(terminal.colour);
  CHECK(terminal.columns == 132);
}

TEST_CASE("capability: nobody has one that does not exist") { CHECK_FALSE(has_capability(63)); }

TEST_CASE("setcap hint names this program") {
  CHECK(setcap_hint("cap_net_raw").starts_with("sudo setcap cap_net_raw+ep /"));
  CHECK(setcap_hint("cap_net_raw").ends_with("/unit_sys"));
}

TEST_CASE("fd: one owner") {
  Fd a(::open("/dev/null", O_RDONLY | O_CLOEXEC));
  const int number = a.value();
  const Fd b(std::move(a));
  CHECK(b.value() == number);
  CHECK_FALSE(a);  // NOLINT(bugprone-use-after-move)
}
