// SPDX-License-Identifier: GPL-2.0-or-later
//
// Any octets as what a netlink socket received: every decoder reads every message and stays inside of it, and a
// request and a dump end with an answer or an error.
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>

#include "libcommon/netlink/connection.hpp"
#include "libcommon/netlink/generic_family.hpp"
#include "libcommon/netlink/gtp_events.hpp"
#include "libcommon/netlink/link_counters.hpp"
#include "libcommon/netlink/route_events.hpp"
#include "libcommon/netlink/sock_diag.hpp"
#include "tests/fuzz/require.hpp"

namespace {

using namespace gtp;
using namespace gtp::netlink;
using gtp::fuzz::require;

// Gives the input once, as the answer to whatever is asked, and then nothing.
class Replay final : public Transport {
 public:
  explicit Replay(Bytes answer) : answer_(answer) {}
  Result<void> send(Bytes) override { return {}; }
  Result<std::size_t> receive(std::span<std::byte> room) override {
    if (given_ || answer_.size() > room.size()) return Error::from_errno("nothing", EAGAIN);
    given_ = true;
    if (!answer_.empty()) std::memcpy(room.data(), answer_.data(), answer_.size());
    return answer_.size();
  }
  std::uint32_t port() const noexcept override { return 0; }

 private:
  Bytes answer_;
  bool given_ = false;
};

bool inside(Bytes part, Bytes whole) {
  return part.empty() || (part.data() >= whole.data() && part.data() + part.size() <= whole.data() + whole.size());
}

void decode_all(const Message& message) {
  Tunnel tunnel;
  if (decode_tunnel(message, tunnel)) require(tunnel.link != 0 && !tunnel.ms.empty(), "a tunnel has link and address");
  GtpEvent event;
  if (decode_event(message, event)) require(!event.tunnel.peer.empty(), "an event has a peer");
  GtpLinkCounters counters;
  if (decode_link_counters(message, counters)) require(counters.count <= GtpLinkCounters::kMax, "counters fit");
  GenericFamily family;
  decode_family(message, family);
  UdpSocket socket;
  decode_udp_socket(message, socket);
  Message typed = message;
  RouteEvent route;
  for (std::uint16_t type = 16; type < 32; ++type) {
    typed.type = type;
    if (!decode_route_event(typed, route)) continue;
    if (const auto* link = std::get_if<Link>(&route.what)) require(!link->name.empty(), "a link has a name");
    if (const auto* neighbour = std::get_if<Neighbour>(&route.what)) {
      require(neighbour->link_address_length <= Neighbour::kMaxLinkAddress, "a link address fits");
    }
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const Bytes input = std::as_bytes(std::span(data, size));
  Messages messages(input);
  for (Message message; messages.next(message);) {
    require(inside(message.payload, input), "a payload lies inside of its datagram");
    Attributes attributes = message.attributes(4);
    for (Attribute attribute; attributes.next(attribute);) {
      require(inside(attribute.data, message.payload), "an attribute lies inside of its message");
    }
    static_cast<void>(outcome(message));
    decode_all(message);
  }

  const auto visit = [](const Message& message) { decode_all(message); };
  Request request(30);
  Connection asking(std::make_unique<Replay>(input));
  static_cast<void>(asking.query(request, visit));
  Connection dumping(std::make_unique<Replay>(input));
  static_cast<void>(dumping.dump(request, visit));
  return 0;
}
