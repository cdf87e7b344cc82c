// SPDX-License-Identifier: GPL-2.0-or-later
#include "libcommon/tap/interfaces.hpp"

#include <catch2/catch.hpp>
#include <net/if_arp.h>

using namespace gtp::tap;

namespace {

Candidate ethernet(std::string_view kind, bool stacked = false) {
  Candidate out;
  out.kind = kind;
  out.arp_type = ARPHRD_ETHER;
  out.up = true;
  out.stacked = stacked;
  return out;
}

}  // namespace

TEST_CASE("interfaces: where each packet is seen once") {
  CHECK(attachment_for(ethernet("")));
  CHECK(attachment_for(ethernet("veth", true)));  // the other end is in this namespace: it may be a container's
  CHECK(attachment_for(ethernet("vlan")));        // its lower half is elsewhere
  CHECK_FALSE(attachment_for(ethernet("vlan", true)));
  CHECK_FALSE(attachment_for(ethernet("macvlan", true)));
  CHECK_FALSE(attachment_for(ethernet("bond")));
  CHECK_FALSE(attachment_for(ethernet("bridge")));
  CHECK_FALSE(attachment_for(ethernet("vrf")));
  Candidate down = ethernet("");
  down.up = false;
  CHECK_FALSE(attachment_for(down));
}

TEST_CASE("interfaces: framing") {
  CHECK(attachment_for(ethernet(""))->framing == Framing::ethernet);
  Candidate tun = ethernet("tun");
  tun.arp_type = ARPHRD_NONE;
  CHECK(attachment_for(tun)->framing == Framing::ip);
  Candidate lo = ethernet("");
  lo.arp_type = ARPHRD_LOOPBACK;
  lo.loopback = true;
  CHECK(attachment_for(lo)->incoming_only);
  CHECK_FALSE(attachment_for(tun)->incoming_only);
  Candidate radio = ethernet("");
  radio.arp_type = ARPHRD_IEEE80211_RADIOTAP;
  CHECK_FALSE(attachment_for(radio));
}

TEST_CASE("interfaces: by name what is stacked is taken, and what is inside of tunnels is not") {
  CHECK(attachment_by_name(ethernet("bond")));
  CHECK(attachment_by_name(ethernet("vlan", true)));
  Candidate gtp = ethernet("gtp");
  gtp.arp_type = ARPHRD_NONE;
  CHECK_FALSE(attachment_by_name(gtp));
}
