// SPDX-License-Identifier: GPL-2.0-or-later
#include "tests/bench/make_load/loads.hpp"

#include <vector>

#include "libcommon/util/hash.hpp"
#include "libcommon/wire/encode/gtpu.hpp"
#include "libcommon/wire/protocol.hpp"
#include "tests/bench/make_load/messages.hpp"
#include "tests/bench/make_load/subscriber.hpp"
#include "tests/bench/make_load/user_packet.hpp"

namespace gtp::test {
namespace {

constexpr std::uint32_t kTunnels = 10'000;
constexpr std::uint32_t kSessionsAtATime = 64;
constexpr std::uint64_t kPacketGapNs = 1'000;
constexpr std::uint64_t kMessageGapNs = 50'000;

// Octets of a T-PDU.
constexpr std::uint32_t kLeastLength = 100;
constexpr std::uint32_t kMostLength = 1400;

class Random {
 public:
  std::uint64_t next() noexcept { return mix64(++state_ * 0x9e3779b97f4a7c15ULL); }
  std::uint32_t below(std::uint32_t bound) noexcept { return static_cast<std::uint32_t>((next() >> 32) * bound >> 32); }

 private:
  std::uint64_t state_ = 0;
};

struct Path {
  Endpoint near;
  Endpoint far;
};
const Path kS11 = {{node::kMme, wire::kPortGtpC}, {node::kSgwC, wire::kPortGtpC}};
const Path kN4 = {{node::kSgwC, wire::kPortPfcp}, {node::kUpf, wire::kPortPfcp}};
const Path kN3 = {{node::kGnb, wire::kPortGtpU}, {node::kUpf, wire::kPortGtpU}};

void send(CaptureBuilder& capture, const Path& path, bool to_far) {
  capture.advance(kMessageGapNs);
  capture.udp(to_far ? path.near : path.far, to_far ? path.far : path.near);
}

void send_g_pdu(CaptureBuilder& capture, Random& random, const Subscriber& s, bool with_container) {
  const std::uint64_t dice = random.next();
  const bool uplink = (dice & 1) != 0;
  UserPacket packet;
  packet.kind = (dice & 2) != 0 ? UserPacket::Kind::tcp : UserPacket::Kind::udp;
  packet.src = uplink ? s.address : node::kServer;
  packet.dst = uplink ? node::kServer : s.address;
  const auto port = static_cast<std::uint16_t>(32'768 + (dice >> 16) % 28'000);
  packet.src_port = uplink ? port : 443;
  packet.dst_port = uplink ? 443 : port;
  packet.id = static_cast<std::uint16_t>(dice >> 48);
  packet.length = kLeastLength + random.below(kMostLength - kLeastLength + 1);

  wire::GPduOptions options;
  options.teid = uplink ? s.upf_n3 : s.gnb_n3;
  if (with_container) {
    using Direction = wire::PduSession::Direction;
    options.pdu_session.emplace();
    options.pdu_session->direction = uplink ? Direction::uplink : Direction::downlink;
    options.pdu_session->qfi = 9;
  }
  wire::write_g_pdu_header(capture.payload(), options, size_of(packet));
  write_user_packet(capture.payload(), packet);
  capture.advance(kPacketGapNs);
  capture.udp(uplink ? kN3.near : kN3.far, uplink ? kN3.far : kN3.near);
}

// Message [step] of the six of a session.
void send_v2(CaptureBuilder& capture, const Subscriber& s, std::uint32_t step) {
  const std::uint32_t sequence = (s.number * 3 + step / 2 + 1) & 0xffffff;
  ByteWriter& out = capture.payload();
  switch (step) {
    case 0:
      write_create_session_request(out, s, sequence);
      break;
    case 1:
      write_create_session_response(out, s, sequence);
      break;
    case 2:
      write_modify_bearer_request(out, s, sequence);
      break;
    case 3:
      write_modify_bearer_response(out, s, sequence);
      break;
    case 4:
      write_delete_session_request(out, s, sequence);
      break;
    default:
      write_delete_session_response(out, s, sequence);
      break;
  }
  send(capture, kS11, step % 2 == 0);
}

void send_pfcp(CaptureBuilder& capture, const Subscriber& s, std::uint32_t step) {
  const std::uint32_t sequence = (s.number * 2 + step / 2 + 1) & 0xffffff;
  ByteWriter& out = capture.payload();
  switch (step) {
    case 0:
      write_session_establishment_request(out, s, sequence);
      break;
    case 1:
      write_session_establishment_response(out, s, sequence);
      break;
    case 2:
      write_session_modification_request(out, s, sequence);
      break;
    default:
      write_session_modification_response(out, s, sequence);
      break;
  }
  send(capture, kN4, step % 2 == 0);
}

}  // namespace

void make_gpdu_load(CaptureBuilder& capture, std::uint64_t count) {
  std::vector<Subscriber> subscribers;
  for (std::uint32_t n = 0; n < kTunnels / 2; ++n) subscribers.emplace_back(n);
  Random random;
  for (std::uint64_t i = 0; i < count; ++i) {
    const Subscriber& s = subscribers[random.below(kTunnels / 2)];
    send_g_pdu(capture, random, s, i % 2 == 0);
  }
}

void make_gtpv2_load(CaptureBuilder& capture, std::uint64_t count) {
  constexpr std::uint32_t kSteps = 6;
  std::uint64_t left = count;
  for (std::uint32_t first = 0; left != 0; first += kSessionsAtATime) {
    for (std::uint32_t step = 0; step < kSteps; ++step) {
      for (std::uint32_t i = 0; i < kSessionsAtATime && left != 0; ++i, --left) {
        send_v2(capture, Subscriber(first + i), step);
      }
    }
  }
}

void make_mixed_load(CaptureBuilder& capture, std::uint64_t count) {
  constexpr std::uint32_t kMessages = 4;
  constexpr std::uint32_t kPackets = 20;
  Random random;
  for (std::uint64_t i = 0; i < count; ++i) {
    const Subscriber s(static_cast<std::uint32_t>(i / kPackets));
    const auto step = static_cast<std::uint32_t>(i % kPackets);
    const bool by_pfcp = s.number % 2 != 0;
    if (step >= kMessages) {
      send_g_pdu(capture, random, s, by_pfcp);
    } else if (by_pfcp) {
      send_pfcp(capture, s, step);
    } else {
      send_v2(capture, s, step);
    }
  }
}

void make_session_load(CaptureBuilder& capture, std::uint64_t count) {
  constexpr std::uint32_t kMessages = 4;
  for (std::uint64_t i = 0; i < count; ++i) {
    send_v2(capture, Subscriber(static_cast<std::uint32_t>(i / kMessages)), static_cast<std::uint32_t>(i % kMessages));
  }
}

}  // namespace gtp::test
