// SPDX-License-Identifier: GPL-2.0-or-later
//
// "bad": one kind of broken message per frame, and a good one at the end to show that nothing stuck.
#include "libcommon/wire/encode/gtpu.hpp"
#include "libcommon/wire/encode/header.hpp"
#include "tests/support/network.hpp"

namespace gtp::test {
namespace {

using wire::MessageWriter;

constexpr std::string_view kA = "192.0.2.1";
constexpr std::string_view kB = "198.51.100.1";
constexpr std::string_view kUe = "10.45.0.7";
constexpr std::string_view kServer = "203.0.113.9";

Octets user_plane(const Octets& octets) { return datagram(kA, kB, 2152, octets); }
Octets control_plane(const Octets& octets) { return datagram(kA, kB, 2123, octets); }
Octets pfcp_plane(const Octets& octets) { return datagram(kA, kB, 8805, octets); }
Octets charging(const Octets& octets) { return datagram(kA, kB, 3386, octets); }

// Requests with a sequence number each; else the second would look like a retransmission.
Octets create_pdp_context(std::uint16_t sequence, const Octets& ies) {
  return message(wire::gtpv1_c_header(16, 0, sequence), [&](MessageWriter& m) { m.value().put(ies); });
}
Octets create_session(std::uint16_t sequence, const Octets& ies) {
  return message(wire::gtpv2_header(32, 0, sequence), [&](MessageWriter& m) { m.value().put(ies); });
}

void add_user_plane(FixtureFile& file) {
  file.add(user_plane({}));                                            // nothing
  file.add(user_plane(hex("30")));                                     // one octet
  file.add(user_plane(hex("32 01 0000 00000000")));                    // S, and no sequence number
  file.add(user_plane(hex("34 ff 0008 00000abc 00000085 00000000")));  // an extension header of length 0
  file.add(user_plane(hex("34 ff 0004 00000abc 00000085")));           // an extension header that is not there
  file.add(user_plane(hex("30 ff ffff 00000abc") + user_packet()));    // a length of 65535
  file.add(user_plane(gtpu(1, 0, {}) + hex("0000")));                  // octets behind the end
  file.add(user_plane(hex("f0 ff 0000 00000abc")));                    // version 7

  Octets long_packet = user_packet();
  long_packet[2] = std::byte{0x7f};
  file.add(user_plane(gtpu(255, 0xabc, long_packet)));  // T-PDU with a length beyond its end
  Octets short_header = user_packet();
  short_header[0] = std::byte{0x41};
  file.add(user_plane(gtpu(255, 0xabc, short_header)));      // T-PDU with a header of four octets
  file.add(user_plane(gtpu(255, 0xabc, hex("9999 9999"))));  // T-PDU of nobody knows what

  Octets nested = user_packet();
  for (int i = 0; i < 12; ++i) nested = udp_packet(kA, kB, 2152, 2152, gtpu(255, 0xabc, nested));
  file.add(ethernet_frame(nested));  // tunnels in tunnels

  Octets udp_too_short = ip_packet(kA, kB, 17, hex("0868 0868 0004 0000"));
  file.add(ethernet_frame(udp_too_short));  // a UDP length of 4
  // The capture ends inside the T-PDU: nobody's fault.
  const Octets fine = user_plane(gtpu(255, 0xabc, udp_packet(kUe, kServer, 5000, 53, counting(100))));
  file.add_cut(fine, 70);
}

void add_control_plane(FixtureFile& file) {
  file.add(control_plane(create_pdp_context(1, hex("0e 07 83 ffff 0a62"))));         // APN of 65535 octets
  file.add(control_plane(create_pdp_context(2, hex("0e 07 64 0000"))));              // TV type 100: how long is it?
  file.add(control_plane(create_pdp_context(3, hex("02 a0b1c2d3e4f50617 0e 07"))));  // IMSI with digits A to E
  // Control characters, a quote and an escape sequence where a name should be.
  file.add(control_plane(create_pdp_context(4, hex("83 000c 0b 00 0a 22 5c 1b 5b 33 31 6d 3c 7f"))));
  file.add(control_plane(create_pdp_context(5, hex("80 0001 f1 85 0005 c000020100 0e 07"))));  // addresses cut short

  file.add(control_plane(create_session(21, hex("01 01f4 00 0010"))));  // IMSI of 500 octets
  file.add(control_plane(
      create_session(22, hex("5d 0005 00 49 0009 00 05 03 0001 00 07"))));  // a group's element is too long
  file.add(
      control_plane(create_session(23, hex("57 0005 00 0a 00000011 57 0009 01 ca 00000012 c0000201"))));  // F-TEIDs
  file.add(control_plane(create_session(24, hex("50 0005 00 60 09 000000 02 0000 00"))));  // short QoS, empty cause
  Octets announcing = create_session(25, hex("03 0001 00 07"));
  announcing[0] |= std::byte{wire::kGtpv2Piggyback};
  file.add(control_plane(announcing));                // P, and nothing follows
  file.add(control_plane(announcing + hex("3132")));  // P, and rubbish follows

  file.add(pfcp_plane(pfcp(50, 31, hex("0001 000c 0038 0002 0001 001d 0020 0000"))));  // a group's element is too long
  file.add(pfcp_plane(pfcp(1, 32, hex("0060 0002 ec93"))));  // Recovery Time Stamp of 2 octets
  file.add(pfcp_plane(pfcp(1, 33, hex("0060 0004 ec930000 8001 0006 2a2a 01020304"))));  // a vendor's element: fine
  // A charging record of 65535 octets.
  file.add(charging(message(wire::gtp_prime_header(2, 240, 1), [](MessageWriter& m) {
    m.number(126, 1, 1);
    m.octets(252, hex("01 01 1234 ffff 3000"));
  })));
  file.add(charging(hex("1e 10 0000 0001 0000 ff")));  // a GTPv0 header cut
}

}  // namespace

void make_bad(FixtureFile& file) {
  add_user_plane(file);
  add_control_plane(file);
  file.add(user_plane(written([](ByteWriter& out) { wire::write_echo_request(out, 1); })));
}

}  // namespace gtp::test
