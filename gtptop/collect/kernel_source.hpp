// SPDX-License-Identifier: GPL-2.0-or-later
//
// KernelSource: the tunnels of the running kernel, with our module or with mainline's (capabilities() say which), in
// the network namespace of the thread that opens it. What is missing does not end it: without the module, a link or a
// right it tells what it can (links need no right), trouble() says why the rest is missing, and it goes on looking.
//
//   rtnetlink        links and their device counters                 everybody
//   sock_diag        queues and losses of the GTP sockets            everybody
//   family "gtp"     tunnels (a dump and single requests), counters  CAP_NET_ADMIN of the initial user namespace
//   group "gtp"      tunnels made and removed, echoes                everybody
//
// Dump and requests have a socket each: a dump is read a datagram at a time, and rows on the screen are asked for
// between two of them. A recording or the screen's clock is the wall's.
#pragma once

#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "gtptop/collect/source.hpp"
#include "libcommon/netlink/event_socket.hpp"
#include "libcommon/netlink/gtp_client.hpp"
#include "libcommon/netlink/gtp_events.hpp"
#include "libcommon/netlink/sock_diag.hpp"

namespace gtp::top {

class KernelSource final : public Source {
 public:
  // [netns] is a name for the title: the namespace is that of the caller. Fails only without netlink.
  static Result<std::unique_ptr<KernelSource>> open(std::string netns);

  const SourceInfo& info() const override { return info_; }
  Capabilities capabilities() const override;
  std::optional<Error> trouble() const override;
  std::uint64_t now_ns() const override;
  int wake_fd() const override { return events_ ? events_->fd() : -1; }
  Result<bool> read_events(Receiver& receiver) override;
  Result<void> read_links(Receiver& receiver) override;
  Result<void> read_tunnel(const TunnelKey& key, Receiver& receiver) override;
  Result<void> begin_sweep() override;
  Result<Slice> sweep_slice(Receiver& receiver) override;
  Result<void> read_detail(TunnelDetail& detail) override;
  Result<void> send_echo(const IpAddress& peer) override;

 private:
  struct KnownLink {
    std::uint32_t index = 0;
    std::string name;
    LinkRole role = LinkRole::ggsn;
    bool up = false;
    bool seen = false;
  };
  struct PeerPath {
    std::uint32_t link = 0;
    std::uint8_t version = 1;
  };

  explicit KernelSource(netlink::Connection route) : route_(std::move(route)) {}

  void find_gtp();
  void drop_gtp();
  Result<void> reopen_dump();
  LinkRole role(std::uint32_t link) const noexcept;
  void tell(const netlink::Tunnel& tunnel, std::uint64_t now, Receiver& receiver);
  void read_event(const netlink::GtpEvent& event, std::uint64_t now, Receiver& receiver);
  void read_sockets();
  void note_path(const netlink::Tunnel& tunnel);
  bool tools() const noexcept { return ask_ && ask_->family().tools; }

  SourceInfo info_;
  netlink::Connection route_;
  std::optional<netlink::Connection> diag_;
  std::optional<netlink::GtpClient> ask_;
  std::optional<netlink::GtpClient> dump_;
  std::optional<netlink::EventSocket> events_;
  std::uint64_t looked_ns_ = 0;     // when the module was looked for
  std::optional<Error> missing_;    // why there is no ask_
  std::optional<Error> forbidden_;  // why tunnels cannot be listed

  std::vector<KnownLink> links_;
  std::vector<netlink::UdpSocket> sockets_;
  std::unordered_map<IpAddress, PeerPath> paths_;
  IpAddress last_peer_;
  std::vector<std::string> elsewhere_;  // namespaces that have links, for trouble()
  std::uint64_t elsewhere_ns_ = 0;

  bool dumping_ = false;
  std::uint64_t changes_ = 0;  // events about tunnels, ever
  std::uint64_t changes_at_begin_ = 0;
  unsigned doubtful_ = 0;  // sweeps in a row that prove nothing
};

}  // namespace gtp::top
