// SPDX-License-Identifier: GPL-2.0-or-later
//
// Source: where a collector gets tunnels, links, peers' answers and events from. The kernel, a recording and a
// generated network are sources. Everything happens on the collector's thread.
//
// Work comes in pieces, so that the collector keeps its CPU budget and answers its viewers between them:
//
//   events          as they come: read_events() whenever wake_fd() is readable, and once a tick
//   links           once a tick: read_links()
//   visible rows    once a tick: read_tunnel() for each row on the screen
//   every tunnel    a sweep: begin_sweep(), then sweep_slice() until it says `done`; a slice is a datagram of the
//                   kernel's dump (32 KiB, some 200 tunnels) and takes well below a millisecond
//
// A source says what it learns to a Receiver, during the call only. It maps rx and tx to UP and DN by the role of the
// link, and leaves empty what it does not know. It never waits, except where a call says so.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "gtptop/model/capability.hpp"
#include "gtptop/model/detail.hpp"
#include "gtptop/model/receiver.hpp"
#include "libcommon/util/result.hpp"

namespace gtp::top {

class Source {
 public:
  virtual ~Source() = default;

  virtual const SourceInfo& info() const = 0;
  // May change while it runs: a link appears, a tap is attached.
  virtual Capabilities capabilities() const = 0;
  // Why there is nothing to see, for as long as that is so: `unsupported` no module, `permission`, `nothing` no link.
  // The collector goes on asking; what is known is shown.
  virtual std::optional<Error> trouble() const = 0;

  // The clock of the figures, in nanoseconds since 1970: of the wall, or of a recording.
  virtual std::uint64_t now_ns() const = 0;
  // Readable when there are events; -1: none ever.
  virtual int wake_fd() const { return -1; }

  // What has come by itself. At most a bounded piece; true: there is more.
  virtual Result<bool> read_events(Receiver& receiver) = 0;
  // All links, and link_gone() for those that went.
  virtual Result<void> read_links(Receiver& receiver) = 0;
  // One tunnel: tunnel(), or tunnel_gone() when there is none.
  virtual Result<void> read_tunnel(const TunnelKey& key, Receiver& receiver) = 0;

  virtual Result<void> begin_sweep() = 0;
  struct Slice {
    bool done = false;          // that was the last one
    bool inconsistent = false;  // with `done`: the table changed meanwhile, nothing may be concluded from absence
    std::uint64_t tunnels = 0;
  };
  virtual Result<Slice> sweep_slice(Receiver& receiver) = 0;

  // What the detail page shows besides the row: idle times, drops by reason. Fills [detail] in; detail.row is there.
  virtual Result<void> read_detail(TunnelDetail& detail) = 0;

  // Sends one Echo Request to a peer; the answer is an event. The collector limits how often, not the source.
  virtual Result<void> send_echo(const IpAddress& peer) = 0;

  // The collector has stopped or resumed (Query::hold). Recordings stop their clock.
  virtual void hold(bool held) { static_cast<void>(held); }
  // Recordings only: goes to [samples] samples later or earlier, after which everything is told anew.
  virtual bool seek(std::int64_t samples) {
    static_cast<void>(samples);
    return false;
  }
  virtual bool ended() const { return false; }
};

}  // namespace gtp::top
