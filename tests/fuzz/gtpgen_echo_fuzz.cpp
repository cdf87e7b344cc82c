// SPDX-License-Identifier: GPL-2.0-or-later
//
// A datagram as it may come to the socket of `gtpgen echo`, in each dialect, and as a message that `gtpgen replay`
// changes.
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "gtpgen/echo/answer.hpp"
#include "gtpgen/echo/engine.hpp"
#include "gtpgen/replay/rewrite.hpp"
#include "tests/fuzz/require.hpp"

namespace gtp::fuzz {
namespace {

using namespace gen::echo;

void check(Dialect dialect, const Answer& answer) {
  switch (answer.kind) {
    case Answer::Kind::echo_response:
      require(answer.has_sequence_number, "an answer answers something");
      require(answer.sequence_number <= info(dialect).sequence_mask, "a sequence number has its width");
      require(answer.restart_counter || !info(dialect).restart_counter, "Recovery is mandatory");
      break;
    case Answer::Kind::malformed:
      require(!answer.reason.empty(), "what is malformed has a reason");
      break;
    case Answer::Kind::other:
      require(!answer.message.empty(), "a message has a name");
      break;
    case Answer::Kind::version_not_supported:
    case Answer::Kind::echo_request:
    case Answer::Kind::not_gtp:
      break;
  }
}

class Ignore : public Listener {
 public:
  void handle(const Event&) override {}
};

// Whatever a peer says, the counts add up.
void converse(Dialect dialect, Bytes datagram) {
  Settings settings;
  settings.dialects = {dialect, Dialect::gtpv1_c};
  settings.count = 4;
  settings.first_sequence_number = 0;
  Ignore ignore;
  const IpAddress address = IpAddress::v4(0xc0000201);
  Engine engine({{"peer", address, 0, 0}}, settings, ignore);
  engine.start(1);
  Outbox outbox;
  Arrival arrival;
  arrival.from = address;
  arrival.port = info(dialect).port;
  std::uint64_t now_ns = 1;
  for (int i = 0; i < 12; ++i) {
    outbox.clear();
    engine.advance(now_ns, outbox);
    arrival.now_ns = now_ns + 1000;
    engine.receive(arrival, datagram);
    const Counts& counts = engine.peers().front().counts();
    require(counts.in_flight() <= counts.sent, "no more is answered than was sent");
    now_ns += 700'000'000;
  }
}

}  // namespace
}  // namespace gtp::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace gtp;
  using namespace gtp::gen::echo;
  static const gen::replay::AddressMap addresses = [] {
    gen::replay::AddressMap map;
    (void)map.add("0.0.0.0/1=128.0.0.0/1");
    (void)map.add("::/1=8000::/1");
    return map;
  }();
  const Bytes datagram = std::as_bytes(std::span(data, size));
  for (const Dialect dialect :
       {Dialect::gtpv2, Dialect::gtpv1_c, Dialect::gtpv1_u, Dialect::gtpv0, Dialect::prime_2, Dialect::prime_0}) {
    fuzz::check(dialect, read_answer(dialect, datagram));
    (void)quoted_sequence_number(dialect, datagram);
    fuzz::converse(dialect, datagram);
  }
  std::vector<std::byte> packet(datagram.begin(), datagram.end());
  gen::replay::map_addresses(packet, addresses);
  fuzz::require(packet.size() == datagram.size(), "a mapped packet keeps its length");
  gen::replay::Encapsulation tunnels;
  (void)tunnels.add_teids("1");
  std::array<std::byte, 64> room{};
  ByteWriter out(room);
  tunnels.write_header(out, datagram);
  return 0;
}
