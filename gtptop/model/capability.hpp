// SPDX-License-Identifier: GPL-2.0-or-later
//
// Where the figures come from. A kernel, a module and a user's rights differ in what they tell, so every kind of figure
// has an origin of its own, which the title and the manual's column table name. What has the origin `none` is shown as
// "-" and is null in JSON: it is never 0.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace gtp::top {

// Best last, so that the better of two is the greater.
enum class Origin : std::uint8_t {
  none,    // nobody tells
  device,  // counters of the whole interface
  tap,     // an eBPF socket filter that looks at the packets
  module,  // the kernel's own counters of the tunnel
};

constexpr std::string_view origin_name(Origin origin) noexcept {
  constexpr std::string_view kNames[] = {"none", "device", "tap", "module"};
  return kNames[static_cast<std::uint8_t>(origin)];
}

struct Capabilities {
  Origin traffic = Origin::none;  // packets and octets of a tunnel, hence its rates
  Origin drops = Origin::none;    // packets of a tunnel that were dropped
  Origin seen = Origin::none;     // when a tunnel's last packet came
  Origin created = Origin::none;  // when a tunnel was made: told, or seen as an event since the start
  bool tunnels = false;           // the kernel's tunnels can be listed at all
  bool events = false;            // tunnels made and removed are told as it happens
  bool echo = false;              // Echo Requests can be sent
  bool sockets = false;           // queues and drops of the GTP sockets are known

  friend bool operator==(const Capabilities&, const Capabilities&) = default;
};

// What is looked at, for the title. Only the module may change while a source lives: when it comes later, or goes.
struct SourceInfo {
  std::string host;    // "upf-3"
  std::string netns;   // "default", or a name
  std::string module;  // "gtp-tools 0.1.0", "mainline 6.12.9"; empty: no GTP in this kernel
  bool live = true;    // false: a recording, whose time is not the clock on the wall
};

}  // namespace gtp::top
