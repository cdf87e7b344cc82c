// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtpdump/track/follow.hpp"

#include <algorithm>
#include <charconv>

#include "gtpdump/query/packet_fields.hpp"

namespace gtp::dump {
namespace {

Error bad_value(const std::string& what) { return {ErrorCode::usage, 0, "--follow: " + what, "gtpdump --help"}; }

std::optional<std::uint32_t> parse_teid(std::string_view text) {
  int base = 10;
  if (text.starts_with("0x")) {
    text.remove_prefix(2);
    base = 16;
  }
  std::uint32_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, base);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

// Where the message was sent to, 0 when its header does not say.
std::uint64_t endpoint_of(const packet::Layer& layer) noexcept {
  const wire::Header& header = layer.header;
  if (header.has_seid && header.seid != 0) return endpoint_key(layer.dst, header.seid, Plane::pfcp);
  if (!header.has_teid || header.teid == 0) return 0;
  const Plane plane = header.protocol == wire::Protocol::gtpv1_u ? Plane::user : Plane::control;
  return endpoint_key(layer.dst, header.teid, plane);
}

// Does any value of a field equal what is looked for?
class AnyEqual final : public ValueReceiver {
 public:
  explicit AnyEqual(PackedDigits digits) noexcept : digits_(digits) {}
  explicit AnyEqual(std::uint32_t number) noexcept : number_(number) {}
  explicit AnyEqual(const IpPrefix& prefix) noexcept : prefix_(&prefix) {}
  void number(std::uint64_t value) override { found = found || (number_ && value == *number_); }
  void text(std::string_view value) override {
    found = found || (!digits_.empty() && PackedDigits::from(value) == digits_);
  }
  void address(const IpAddress& value) override { found = found || (prefix_ != nullptr && prefix_->contains(value)); }
  void enumerated(std::uint64_t, std::string_view) override {}
  bool found = false;

 private:
  PackedDigits digits_;
  std::optional<std::uint32_t> number_;
  const IpPrefix* prefix_ = nullptr;
};

}  // namespace

Result<Follower> Follower::make(const FollowKey& key) {
  Follower follower;
  follower.kind_ = key.kind;
  switch (key.kind) {
    case FollowKey::Kind::imsi:
    case FollowKey::Kind::msisdn:
      if (key.value.size() > 16 ||
          !std::all_of(key.value.begin(), key.value.end(), [](char c) { return c >= '0' && c <= '9'; })) {
        return bad_value("`" + key.value + "` is not a number of up to 16 digits");
      }
      follower.digits_ = PackedDigits::from(key.value);
      break;
    case FollowKey::Kind::ue: {
      const auto prefix = IpPrefix::parse(key.value);
      if (!prefix) return bad_value("`" + key.value + "` is not an address");
      follower.prefix_ = *prefix;
      break;
    }
    case FollowKey::Kind::teid: {
      const auto teid = parse_teid(key.value);
      if (!teid) return bad_value("`" + key.value + "` is not a TEID");
      follower.teid_ = *teid;
      break;
    }
  }
  return follower;
}

bool Follower::is_subscriber(const SessionInfo& session) const {
  switch (kind_) {
    case FollowKey::Kind::imsi:
      return session.imsi == digits_;
    case FollowKey::Kind::msisdn:
      return session.msisdn == digits_;
    case FollowKey::Kind::ue:
      return prefix_.contains(session.ue_ipv4) || prefix_.contains(session.ue_ipv6);
    case FollowKey::Kind::teid:
      return false;
  }
  return false;
}

// Whether the message itself, with no regard to its session, is about the subscriber.
bool Follower::names_subscriber(const packet::Layer& layer, const Item& item) const {
  switch (kind_) {
    case FollowKey::Kind::imsi:
    case FollowKey::Kind::msisdn: {
      if (wire::carries_t_pdu(layer.header) && !layer.header.has_tid) return false;
      AnyEqual equal(digits_);
      collect(item, kind_ == FollowKey::Kind::imsi ? PacketField::imsi : PacketField::msisdn, equal);
      return equal.found;
    }
    case FollowKey::Kind::ue: {
      if (layer.inner.has_addresses) return prefix_.contains(layer.inner.src) || prefix_.contains(layer.inner.dst);
      AnyEqual equal(prefix_);
      collect(item, PacketField::ue, equal);
      return equal.found;
    }
    case FollowKey::Kind::teid: {
      if (layer.header.has_teid && layer.header.teid == teid_) return true;
      if (wire::carries_t_pdu(layer.header)) return false;
      AnyEqual equal(teid_);
      collect(item, PacketField::teid, equal);
      return equal.found;
    }
  }
  return false;
}

void Follower::learn(const Item& item) {
  for (std::size_t i = 0; i < item.annotations.size(); ++i) {
    const SessionInfo& session = item.annotations[i].session;
    if (session.id == 0 || sessions_.contains(session.id)) continue;
    if (is_subscriber(session) || names_subscriber(item.packet.layers[i], item)) sessions_.insert(session.id);
  }
  if (item.packet.fragment_frames.empty() || item.packet.layers.empty()) return;
  Fragmented datagram;
  datagram.frame = item.frame;
  datagram.frames = item.packet.fragment_frames;
  datagram.endpoint = endpoint_of(item.packet.layers.front());
  if (is_known(item, 0)) datagram.session = item.annotations.front().session.id;
  for (const packet::Layer& layer : item.packet.layers) {
    datagram.named = datagram.named || names_subscriber(layer, item);
  }
  fragmented_.push_back(std::move(datagram));
}

void Follower::finish_learning(const SessionTable& sessions) {
  sessions.each([&](const Session&, const SessionInfo& info) {
    if (is_subscriber(info)) sessions_.insert(info.id);
  });
  for (const Ownership& ownership : log_) owners_[ownership.endpoint].push_back(ownership);
  log_.clear();
  log_.shrink_to_fit();
  for (const Fragmented& datagram : fragmented_) {
    const bool selected =
        datagram.named || (datagram.session != 0 ? sessions_.contains(datagram.session)
                                                 : next_owner_matches(datagram.endpoint, datagram.frame));
    if (selected) fragment_frames_.insert(datagram.frames.begin(), datagram.frames.end());
  }
  fragmented_.clear();
}

// Sent to an endpoint before anybody was known to own it: it is the first owner's.
bool Follower::next_owner_matches(std::uint64_t endpoint, std::uint64_t frame) const {
  const auto owners = owners_.find(endpoint);
  if (owners == owners_.end()) return false;
  const auto next = std::find_if(owners->second.begin(), owners->second.end(),
                                 [&](const Ownership& ownership) { return ownership.frame > frame; });
  return next != owners->second.end() && sessions_.contains(next->session);
}

bool Follower::is_known(const Item& item, std::size_t layer) const {
  return layer < item.annotations.size() && item.annotations[layer].session.id != 0;
}

bool Follower::selects(const Item& item) {
  bool selected = fragment_frames_.contains(item.frame);
  for (std::size_t i = 0; i < item.packet.layers.size() && !selected; ++i) {
    const packet::Layer& layer = item.packet.layers[i];
    if (is_known(item, i)) {
      const SessionInfo& session = item.annotations[i].session;
      if (is_subscriber(session)) sessions_.insert(session.id);
      selected = sessions_.contains(session.id);
    } else {
      selected = next_owner_matches(endpoint_of(layer), item.frame);
    }
    if (selected) break;
    selected = names_subscriber(layer, item);
    if (selected && is_known(item, i)) sessions_.insert(item.annotations[i].session.id);
    if (!selected && i < item.annotations.size()) {
      const TransactionInfo& transaction = item.annotations[i].transaction;
      selected = transaction.request_frame != 0 && requests_.contains(transaction.request_frame);
    }
  }
  const bool control = !item.packet.layers.empty() && !wire::carries_t_pdu(item.packet.layers.front().header);
  if (selected && control) requests_.insert(item.frame);
  return selected;
}

}  // namespace gtp::dump
