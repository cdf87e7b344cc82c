// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtptop/check/model_checker.hpp"

#include "gtptop/model/format.hpp"
#include "gtptop/model/model.hpp"
#include "libcommon/util/units.hpp"

namespace gtp::top {
namespace {

// A chain of 16 costs about as much as the rest of a packet's way.
constexpr std::uint64_t kCrowded = 16;

std::string grouped(std::uint64_t number) {
  TextBuffer text;
  put_grouped(text, number, 26);
  return std::string(text.view());
}

std::string lasted(std::uint64_t nanoseconds) {
  TextBuffer text;
  put_duration(text, nanoseconds);
  return std::string(text.view());
}

Finding about_peer(std::uint16_t id, const Peer& peer, std::string sentence) {
  Finding finding;
  finding.id = id;
  finding.severity = find_finding(id)->severity;
  finding.object.kind = FindingObject::Kind::peer;
  finding.object.text = peer.address.text();
  finding.object.peer = peer.address;
  finding.sentence = std::move(sentence);
  return finding;
}

Finding about_link(std::uint16_t id, const LinkRow& link, std::string sentence) {
  Finding finding;
  finding.id = id;
  finding.severity = find_finding(id)->severity;
  finding.object.kind = FindingObject::Kind::link;
  finding.object.text = link.name;
  finding.object.link = link.index;
  finding.sentence = std::move(sentence);
  return finding;
}

void check_peer(const Model& model, const Peer& peer, std::vector<Finding>& out) {
  const std::string address = peer.address.text();
  switch (peer.state(model.now_ns)) {
    case PathState::down: {
      const std::uint64_t since = peer.down_since_ns != 0 ? peer.down_since_ns : model.now_ns;
      out.push_back(about_peer(201, peer,
                               "path to " + address + " down for " + lasted(model.now_ns - since) + ", " +
                                   grouped(peer.tunnels) +
                                   (peer.tunnels == 1 ? " tunnel uses it" : " tunnels use it")));
      out.back().since_ns = since;
      break;
    }
    case PathState::suspect:
      out.push_back(about_peer(
          202, peer,
          std::to_string(*peer.loss_percent()) + "% of the last Echo Requests to " + address + " were not answered"));
      break;
    default:
      break;
  }
  if (peer.error_indications_per_s >= 1) {
    out.push_back(about_peer(108, peer,
                             address + " sends " + grouped(static_cast<std::uint64_t>(peer.error_indications_per_s)) +
                                 " Error Indications per second"));
  }
  if (peer.recovery_before) {
    out.push_back(about_peer(204, peer,
                             "restart counter of " + address + " went from " + std::to_string(*peer.recovery_before) +
                                 " to " + std::to_string(*peer.recovery)));
  }
}

void check_link(const LinkRow& link, std::vector<Finding>& out) {
  const std::uint64_t tunnels = link.tunnels_v0 + link.tunnels_v1;
  if (link.buckets && *link.buckets != 0 && tunnels / *link.buckets > kCrowded) {
    out.push_back(about_link(301, link,
                             grouped(tunnels / *link.buckets) + " tunnels per hash bucket of " + link.name +
                                 ": every packet walks a long chain"));
  }
  const bool full = link.receive_queue_bytes && link.receive_limit_bytes && *link.receive_limit_bytes != 0 &&
                    *link.receive_queue_bytes * 10 >= *link.receive_limit_bytes * 9;
  if (link.socket_drops_per_s.value_or(0) > 0 || (full && link.socket_drops.value_or(0) > 0)) {
    out.push_back(about_link(102, link,
                             "the socket of " + link.name + " is full and drops: G-PDUs for tunnels that this kernel " +
                                 "does not know queue there, and nobody reads them"));
  }
  if (link.no_route_per_s.value_or(0) > 0) {
    out.push_back(about_link(
        303, link,
        grouped(*link.no_route_per_s) + " packets per second of " + link.name + " have no route to their peer"));
  }
}

}  // namespace

void ModelChecker::evaluate(const Model& model, std::uint64_t, std::vector<Finding>& findings) {
  for (std::uint32_t number = 0; number < model.peers.limit(); ++number) {
    if (model.peers[number].used) check_peer(model, model.peers[number], findings);
  }
  for (const LinkRow& link : model.links.rows()) check_link(link, findings);
  if (model.sweep.resync) {
    Finding finding;
    finding.id = 504;
    finding.severity = Severity::note;
    finding.sentence = "events were lost; everything is being read anew";
    findings.push_back(finding);
  }
}

std::vector<LiveCheck> ModelChecker::check_tunnel(const Model& model, const TunnelDetail& detail) {
  std::vector<LiveCheck> checks;
  const auto number = model.peers.find(detail.row.peer);
  if (!number) return checks;
  const Peer& peer = model.peers[*number];
  const auto loss = peer.loss_percent();
  LiveCheck path{CheckOutcome::skip, "path", "never asked: e sends one Echo Request",
                 "gtpgen echo " + peer.address.text()};
  if (loss) {
    path.outcome = *loss == 0 ? CheckOutcome::ok : CheckOutcome::warn;
    path.what = std::to_string(*loss) + "% of the last Echo Requests were not answered";
    if (peer.state(model.now_ns) == PathState::down) path.outcome = CheckOutcome::fail;
    if (*loss != 0) path.look = finding_name(path.outcome == CheckOutcome::fail ? 201 : 202);
  }
  checks.push_back(std::move(path));
  return checks;
}

}  // namespace gtp::top
