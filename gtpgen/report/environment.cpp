// SPDX-License-Identifier: GPL-2.0-or-later
#include <sys/resource.h>
#include <sys/timex.h>
#include <sys/utsname.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <fstream>

#include "gtpgen/report/link_facts.hpp"
#include "gtpgen/report/report.hpp"

namespace gtp::gen {
namespace {

// The first line of a small file of /sys; empty when it cannot be read.
std::string line_of(const std::string& path) {
  std::ifstream file(path);
  std::string line;
  std::getline(file, line);
  return line;
}

std::string last_of_link(const std::string& path) {
  std::array<char, 512> target{};
  const ssize_t n = ::readlink(path.c_str(), target.data(), target.size());
  if (n <= 0) return {};
  const std::string_view whole(target.data(), static_cast<std::size_t>(n));
  return std::string(whole.substr(whole.rfind('/') + 1));
}

double seconds(const timeval& time) noexcept {
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
}

// What the kernel knows of the discipline of CLOCK_REALTIME.
void inspect_clock(Environment& environment) noexcept {
  timex state{};
  const int answer = ::adjtimex(&state);
  if (answer < 0) return;
  environment.clock_synchronised = answer != TIME_ERROR && (state.status & STA_UNSYNC) == 0;
  // An estimate of microseconds that grows by 500 ppm while nobody corrects the clock.
  environment.clock_error_ns = static_cast<std::uint64_t>(std::max(state.maxerror, 0L)) * 1000;
}

}  // namespace

Environment inspect_environment(std::string_view iface) {
  Environment environment;
  utsname names{};
  if (::uname(&names) == 0) {
    environment.host = names.nodename;
    environment.kernel = names.release;
  }
  inspect_clock(environment);
  environment.clocksource = line_of("/sys/devices/system/clocksource/clocksource0/current_clocksource");
  if (iface.empty() || iface.find('/') != std::string_view::npos) return environment;
  environment.iface = iface;
  const std::string directory = "/sys/class/net/" + environment.iface;
  const std::string mtu = line_of(directory + "/mtu");
  std::uint64_t octets = 0;
  if (std::from_chars(mtu.data(), mtu.data() + mtu.size(), octets).ec == std::errc{}) environment.mtu = octets;
  // Devices have drivers, others are what they are.
  LinkFacts facts = link_facts(environment.iface);
  environment.driver = last_of_link(directory + "/device/driver");
  if (environment.driver.empty()) environment.driver = std::move(facts.kind);
  environment.qdisc = std::move(facts.qdisc);
  const auto features = link_features(environment.iface, {"tx-udp-segmentation", "rx-gro"});
  environment.uso = features[0];
  environment.gro = features[1];
  return environment;
}

CpuReport cpu_time() noexcept {
  rusage usage{};
  if (::getrusage(RUSAGE_SELF, &usage) != 0) return {};
  return {seconds(usage.ru_utime), seconds(usage.ru_stime)};
}

}  // namespace gtp::gen
