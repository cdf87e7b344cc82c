// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtpgen/tunnel/provision.hpp"

#include <algorithm>

#include "libcommon/netlink/batch.hpp"
#include "libcommon/netlink/permission.hpp"
#include "libcommon/util/text_buffer.hpp"

namespace gtp::gen {
namespace {

constexpr std::uint64_t kAskEvery = 1024;

std::string name_of(netlink::GtpVersion version, std::uint64_t id) {
  TextBuffer text;
  text.put(version == netlink::GtpVersion::v0 ? "TID 0x" : "TEID 0x");
  text.put_hex(id, version == netlink::GtpVersion::v0 ? 16 : 8);
  return std::string(text.view());
}

// [make] gives the request of an index, or why there is none; [id] what to call it.
template <typename Make, typename Id>
Result<Outcome> run_batch(netlink::GtpClient& client, std::uint64_t count, netlink::GtpVersion version, Make make,
                          Id id, const Stop& stop) {
  Outcome outcome;
  Error first;
  const auto failed = [&](std::uint64_t request, const Error& error) {
    outcome.failures.push_back(static_cast<std::uint32_t>(request));
    if (outcome.failed++ != 0) return;
    first = error;
    outcome.first_failure = name_of(version, id(request)) + ": " + error.what;
  };
  netlink::Batch batch(client.connection(), failed);
  std::uint64_t index = 0;
  for (; index < count; ++index) {
    if (index % kAskEvery == 0 && stop && stop()) {
      outcome.interrupted = true;
      break;
    }
    Result<netlink::Request> request = make(index);
    if (!request) return std::move(request).error();
    if (Result<void> added = batch.add(*request); !added) return std::move(added).error();
    // Without the right to do it no other will succeed either.
    if (outcome.failed != 0 && first.code == ErrorCode::permission) return netlink::explain_permission(first);
  }
  if (Result<void> flushed = batch.flush(); !flushed) return std::move(flushed).error();
  if (outcome.failed != 0 && first.code == ErrorCode::permission) return netlink::explain_permission(first);
  outcome.done = index - outcome.failed;
  return outcome;
}

}  // namespace

netlink::Tunnel Provision::tunnel(std::uint32_t index, std::uint32_t link) const {
  const Tunnel planned = plan_.tunnel(index);
  netlink::Tunnel out;
  out.link = link;
  out.version = shape_.version;
  out.i_tei = planned.teid;
  out.o_tei = shape_.peer_teids ? shape_.peer_teids->start + shape_.peer_teids->step * index : planned.teid;
  if (shape_.version == netlink::GtpVersion::v0) {
    out.tid = planned.teid;
    out.flow = shape_.flow;
  }
  out.ms = planned.ue;
  if (!shape_.peers.empty()) out.peer = shape_.peers[index % shape_.peers.size()];
  out.flow_port = shape_.flow_port;
  // A list without QFIs says 0, which as a QFI nobody uses.
  if (planned.qfi != 0 || !plan_.range().qfis.empty()) {
    out.qfi = planned.qfi;
    out.pdu_type = shape_.pdu_type;
  }
  return out;
}

netlink::TunnelKey Provision::key(std::uint32_t index, std::uint32_t link) const {
  return {link, shape_.version, plan_.tunnel(index).teid, plan_.ip_version() == 6, {}};
}

Result<Outcome> add_tunnels(netlink::GtpClient& client, std::uint32_t link, const Provision& provision,
                            const Stop& stop) {
  return run_batch(
      client, provision.count(), provision.shape().version,
      [&](std::uint64_t index) {
        return client.add_request(provision.tunnel(static_cast<std::uint32_t>(index), link));
      },
      [&](std::uint64_t index) { return provision.key(static_cast<std::uint32_t>(index), link).id; }, stop);
}

Result<Outcome> remove_tunnels(netlink::GtpClient& client, std::uint32_t link, const Provision& provision,
                               const Stop& stop) {
  return run_batch(
      client, provision.count(), provision.shape().version,
      [&](std::uint64_t index) -> Result<netlink::Request> {
        return client.remove_request(provision.key(static_cast<std::uint32_t>(index), link));
      },
      [&](std::uint64_t index) { return provision.key(static_cast<std::uint32_t>(index), link).id; }, stop);
}

Result<Outcome> take_back(netlink::GtpClient& client, std::uint32_t link, const Provision& provision,
                          const Outcome& added) {
  // The failures are in order, so the next of those made is never searched for.
  std::uint32_t next = 0;
  auto failure = added.failures.begin();
  const auto made = [&](std::uint64_t request) {
    auto index = static_cast<std::uint32_t>(request);
    for (const std::uint32_t failed : added.failures) index += failed <= index ? 1 : 0;
    return provision.key(index, link).id;
  };
  return run_batch(
      client, added.done, provision.shape().version,
      [&](std::uint64_t) -> Result<netlink::Request> {
        for (; failure != added.failures.end() && *failure == next; ++failure) ++next;
        return client.remove_request(provision.key(next++, link));
      },
      made, nullptr);
}

Result<Outcome> flush_tunnels(netlink::GtpClient& client, const netlink::TunnelFilter& filter, const Stop& stop) {
  // 24 octets for each: they cannot go while the dump that finds them is read.
  struct Found {
    std::uint64_t id;
    std::uint32_t link;
    netlink::GtpVersion version;
    bool inner_v6;
  };
  std::vector<Found> found;
  const auto dumped = client.dump(filter, [&](const netlink::Tunnel& tunnel) {
    const auto key = netlink::TunnelKey::of(tunnel);
    found.push_back({key.id, key.link, key.version, key.inner_v6});
  });
  if (!dumped) return dumped.error();
  return run_batch(
      client, found.size(), netlink::GtpVersion::v1,
      [&](std::uint64_t index) -> Result<netlink::Request> {
        const Found& one = found[index];
        return client.remove_request({one.link, one.version, one.id, one.inner_v6, {}});
      },
      [&](std::uint64_t index) { return found[index].id; }, stop);
}

}  // namespace gtp::gen
