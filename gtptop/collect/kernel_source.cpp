// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtptop/collect/kernel_source.hpp"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>

#include "gtptop/collect/kernel_map.hpp"
#include "gtptop/collect/kernel_texts.hpp"
#include "libcommon/netlink/link.hpp"
#include "libcommon/netlink/route.hpp"
#include "libcommon/netlink/socket.hpp"

namespace gtp::top {
namespace {

constexpr std::uint64_t kSecond = 1'000'000'000;
// A look for the module makes the kernel try to load it, which is not to happen all the time.
constexpr std::uint64_t kLookNs = 30 * kSecond;
constexpr std::uint64_t kElsewhereNs = 10 * kSecond;
constexpr unsigned kMaxDoubtful = 3;
constexpr std::uint16_t kPorts[] = {2152, 3386};

bool is_tunnel_event(netlink::GtpEvent::Kind kind) {
  using Kind = netlink::GtpEvent::Kind;
  return kind == Kind::tunnel_added || kind == Kind::tunnel_changed || kind == Kind::tunnel_removed;
}

}  // namespace

Result<std::unique_ptr<KernelSource>> KernelSource::open(std::string netns) {
  auto route = netlink::connect(netlink::Protocol::route);
  if (!route) return netlink::context(route.error(), "cannot read this host's links");
  std::unique_ptr<KernelSource> source(new KernelSource(*std::move(route)));
  if (auto diag = netlink::connect(netlink::Protocol::sock_diag); diag) source->diag_ = *std::move(diag);
  source->info_ = {host_name(), netns.empty() ? "default" : std::move(netns), "", true};
  source->find_gtp();
  return source;
}

std::uint64_t KernelSource::now_ns() const {
  return static_cast<std::uint64_t>(std::chrono::system_clock::now().time_since_epoch() / std::chrono::nanoseconds(1));
}

Capabilities KernelSource::capabilities() const {
  Capabilities out;
  out.sockets = diag_.has_value();
  if (!ask_ || forbidden_) return out;
  const Origin origin = tools() ? Origin::module : Origin::none;
  out.traffic = origin;
  out.drops = origin;
  out.seen = origin;
  out.created = origin;
  out.tunnels = true;
  out.events = events_.has_value();
  out.echo = true;
  return out;
}

std::optional<Error> KernelSource::trouble() const {
  if (!ask_) return missing_;
  if (forbidden_) return forbidden_;
  if (links_.empty()) return no_link(elsewhere_);
  return std::nullopt;
}

void KernelSource::find_gtp() {
  looked_ns_ = now_ns();
  auto client = netlink::GtpClient::open();
  if (!client) {
    missing_ = client.error().code == ErrorCode::unsupported ? no_module() : client.error();
    return;
  }
  // Listening begins before the first dump, so that nothing happens unseen between the two.
  if (auto events = netlink::EventSocket::gtp(client->family()); events) events_.emplace(*std::move(events));
  ask_.emplace(*std::move(client));
  info_.module = module_name(tools());
  missing_.reset();
}

// The module has gone; another may come, with another number for its family.
void KernelSource::drop_gtp() {
  ask_.reset();
  dump_.reset();
  events_.reset();
  dumping_ = false;
  info_.module.clear();
  missing_ = no_module();
}

LinkRole KernelSource::role(std::uint32_t link) const noexcept {
  for (const KnownLink& known : links_) {
    if (known.index == link) return known.role;
  }
  return LinkRole::ggsn;
}

void KernelSource::note_path(const netlink::Tunnel& tunnel) {
  if (tunnel.peer == last_peer_) return;
  last_peer_ = tunnel.peer;
  const auto version = static_cast<std::uint8_t>(tunnel.version);
  PeerPath& path = paths_[tunnel.peer];
  if (path.link != 0 && path.version > version) return;
  path = {tunnel.link, version};
}

void KernelSource::tell(const netlink::Tunnel& tunnel, std::uint64_t now, Receiver& receiver) {
  note_path(tunnel);
  receiver.tunnel(sample_of(tunnel, role(tunnel.link), now));
}

void KernelSource::read_event(const netlink::GtpEvent& event, std::uint64_t now, Receiver& receiver) {
  using Kind = netlink::GtpEvent::Kind;
  if (is_tunnel_event(event.kind)) ++changes_;
  receiver.event(event_of(event, now));
  if (event.kind == Kind::tunnel_added || event.kind == Kind::tunnel_changed) tell(event.tunnel, now, receiver);
  if (event.kind == Kind::tunnel_removed) receiver.tunnel_gone(key_of(event.tunnel));
}

Result<bool> KernelSource::read_events(Receiver& receiver) {
  if (!events_) return false;
  const std::uint64_t now = now_ns();
  netlink::GtpEvent event;
  const auto read = events_->read([&](const netlink::Message& message) {
    if (netlink::decode_event(message, event)) read_event(event, now, receiver);
  });
  if (!read) return netlink::context(read.error(), "cannot read the kernel's events");
  if (read->lost) receiver.lost();
  return read->more;
}

void KernelSource::read_sockets() {
  sockets_.clear();
  if (!diag_) return;
  const auto read =
      netlink::udp_sockets(*diag_, kPorts, [&](const netlink::UdpSocket& socket) { sockets_.push_back(socket); });
  // A kernel without udp_diag says so each time; there is no use in asking again.
  if (!read) diag_.reset();
}

Result<void> KernelSource::read_links(Receiver& receiver) {
  const std::uint64_t now = now_ns();
  for (KnownLink& known : links_) known.seen = false;
  std::vector<LinkRow> rows;
  std::vector<netlink::GtpLinkCounters> counters;
  if (tools() && !forbidden_) {
    const auto read = ask_->link_counters([&](const netlink::GtpLinkCounters& each) { counters.push_back(each); });
    if (!read && read.error().system == EPERM) forbidden_ = no_right(::geteuid() == 0);
  }
  const auto read = netlink::links(route_, "gtp", [&](const netlink::Link& link) {
    const auto own = std::find_if(counters.begin(), counters.end(),
                                  [&](const netlink::GtpLinkCounters& each) { return each.link == link.index; });
    rows.push_back(link_of(link, own != counters.end() ? &*own : nullptr));
  });
  if (!read) return netlink::context(read.error(), "cannot list links");
  read_sockets();
  for (LinkRow& row : rows) {
    // Which sockets are of which link the kernel does not tell.
    if (rows.size() == 1) add_sockets(row, sockets_);
    const auto known =
        std::find_if(links_.begin(), links_.end(), [&](const KnownLink& each) { return each.index == row.index; });
    KnownLink fresh{row.index, row.name, row.role, row.up, true};
    if (known == links_.end()) {
      links_.push_back(std::move(fresh));
    } else {
      *known = std::move(fresh);
    }
    receiver.link(row);
  }
  for (const KnownLink& known : links_) {
    if (known.seen) continue;
    Event gone;
    gone.time_ns = now;
    gone.kind = EventKind::link_removed;
    gone.key.link = known.index;
    receiver.event(gone);
    receiver.link_gone(known.index);
    ++changes_;
  }
  std::erase_if(links_, [](const KnownLink& known) { return !known.seen; });

  // A link is there, so the module is; without one a look costs more than it is worth.
  if (!ask_ && (!links_.empty() || now - looked_ns_ > kLookNs)) find_gtp();
  if (links_.empty() && now - elsewhere_ns_ > kElsewhereNs) {
    elsewhere_ = namespaces_with_links();
    elsewhere_ns_ = now;
  }
  return {};
}

Result<void> KernelSource::read_tunnel(const TunnelKey& key, Receiver& receiver) {
  if (!ask_ || forbidden_) return {};
  const auto found = ask_->find(key_of(key), true);
  if (found) {
    // Mainline finds a tunnel by a TEID that it no longer has, when that was changed.
    if (key_of(*found) == key) tell(*found, now_ns(), receiver);
    return {};
  }
  if (found.error().system == ENODEV || found.error().system == ENOENT) {
    // On mainline a tunnel whose TEID was changed is listed and cannot be found: the sweep decides (GTP-112).
    if (tools()) receiver.tunnel_gone(key);
    return {};
  }
  return netlink::context(found.error(), "cannot read a tunnel");
}

Result<void> KernelSource::reopen_dump() {
  dump_.reset();
  auto client = netlink::GtpClient::open();
  if (!client) return client.error();
  dump_.emplace(*std::move(client));
  return {};
}

Result<void> KernelSource::begin_sweep() {
  if (!ask_) return {};
  // A dump that was left half read blocks its connection.
  if (!dump_ || dumping_) {
    dumping_ = false;
    if (auto opened = reopen_dump(); !opened) {
      if (opened.error().code == ErrorCode::unsupported) drop_gtp();
      return ask_ ? opened : Result<void>();
    }
  }
  changes_at_begin_ = changes_;
  netlink::TunnelFilter filter;
  filter.stats = true;
  if (auto begun = dump_->begin_dump(filter); !begun) return begun;
  dumping_ = true;
  return {};
}

Result<Source::Slice> KernelSource::sweep_slice(Receiver& receiver) {
  Slice slice;
  slice.done = true;
  if (!dump_ || !dumping_) return slice;
  const std::uint64_t now = now_ns();
  const auto more = dump_->read_dump([&](const netlink::Tunnel& tunnel) {
    tell(tunnel, now, receiver);
    ++slice.tunnels;
  });
  if (!more) {
    dumping_ = false;
    const Error& error = more.error();
    dump_.reset();
    if (error.system == EPERM) {
      forbidden_ = no_right(::geteuid() == 0);
      return slice;
    }
    if (error.system == ENOENT || error.code == ErrorCode::unsupported) drop_gtp();
    return netlink::context(error, "cannot list tunnels");
  }
  forbidden_.reset();
  slice.done = !*more;
  if (!slice.done) return slice;
  dumping_ = false;
  // Our module's dump has every tunnel that stayed. Mainline's goes by position, so that one that is removed can hide
  // its neighbour; where there is always change, a few such sweeps together have to do.
  slice.inconsistent = !tools() && (dump_->dump_result().interrupted || changes_ != changes_at_begin_);
  doubtful_ = slice.inconsistent ? doubtful_ + 1 : 0;
  if (doubtful_ >= kMaxDoubtful) {
    slice.inconsistent = false;
    doubtful_ = 0;
  }
  return slice;
}

Result<void> KernelSource::read_detail(TunnelDetail& detail) {
  if (!tools() || forbidden_) return {};
  const auto found = ask_->find(key_of(detail.row.key), true);
  if (found) add_detail(detail, *found, role(detail.row.key.link));
  return {};
}

Result<void> KernelSource::send_echo(const IpAddress& peer) {
  if (!ask_) return *missing_;
  const auto path = paths_.find(peer);
  const std::uint32_t index = path != paths_.end() ? path->second.link : links_.empty() ? 0 : links_.front().index;
  const auto link =
      std::find_if(links_.begin(), links_.end(), [&](const KnownLink& each) { return each.index == index; });
  if (link == links_.end()) return no_link({});
  netlink::RouteQuery query;
  query.destination = peer;
  const auto route = netlink::find_route(route_, query);
  if (!route) return netlink::context(route.error(), "cannot send an Echo Request to " + peer.text());
  const auto version =
      path != paths_.end() && path->second.version == 0 ? netlink::GtpVersion::v0 : netlink::GtpVersion::v1;
  if (auto sent = ask_->echo(index, version, route->source, peer); !sent) return no_echo(sent.error(), link->name);
  return {};
}

}  // namespace gtp::top
