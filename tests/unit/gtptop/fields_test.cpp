// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtptop/model/fields.hpp"

#include <catch2/catch.hpp>

namespace gtp::top {
namespace {

class Filtered {
 public:
  Filtered() {
    model_.now_ns = 2'000'000'000'000'000'000;
    LinkRow link;
    link.index = 3;
    link.name = "gtp0";
    link.role = LinkRole::sgsn;
    model_.links.update(link, 0);
    sample_.key.id = 0x51a0ff17;
    sample_.key.link = 3;
    sample_.o_tei = 0xc003;
    sample_.ms = *IpAddress::parse("10.45.17.201");
    sample_.peer = *IpAddress::parse("192.0.2.41");
    sample_.qfi = 9;
    sample_.counters = TunnelCounters{0, 0, 0, 0};
    sample_.drops = 0;
    sample_.seen_s = 2'000'000'000 - 45;
    sample_.created_s = 2'000'000'000 - 3600;
    model_.add(sample_, 1);
    model_.now_ns += 1'000'000'000;
    sample_.counters = TunnelCounters{100, 125'000, 1000, 1'500'000};
    model_.add(sample_, 1);
  }
  bool operator()(const char* expression) {
    auto filter = compile_filter(View::tunnels, expression);
    INFO(expression);
    REQUIRE(filter.ok());
    TunnelSubject subject(model_);
    subject.set(model_.tunnels.find(sample_.key));
    return filter->matches(subject);
  }

 private:
  Model model_;
  TunnelSample sample_;
};

TEST_CASE("each field of a tunnel finds its value") {
  Filtered matches;
  for (const char* yes : {"link gtp0",
                          "ver 1",
                          "role sgsn",
                          "ms 10.45.0.0/16",
                          "peer 192.0.2.41",
                          "teid 0x51a0ff17",
                          "teid 0xc003",
                          "iteid 1369505559",
                          "oteid 49155",
                          "up = 1M",
                          "dn = 12M",
                          "pps = 1100",
                          "up_total = 125000",
                          "dn_total > 1M",
                          "drops = 0",
                          "idle > 45s and idle < 47s",
                          "age > 1h",
                          "qfi 9",
                          "state unknown",
                          "presence kernel",
                          "dn > 10M and ms 10.45.0.0/16",
                          "10.45.17.201",
                          "192.0.2.0/24",
                          "0x51a0ff17",
                          "49155",
                          ""}) {
    CHECK(matches(yes));
  }
  for (const char* no : {"link gtp1", "ver 0", "role ggsn", "ms 10.46.0.0/16", "oteid 0x51a0ff17", "iteid 49155",
                         "tid 0x51a0ff17", "flow 0", "dn > 12M", "drops > 0", "presence wire", "10.45.17.202", "17"}) {
    CHECK_FALSE(matches(no));
  }
}

TEST_CASE("an unknown field is an error with the nearest name") {
  const auto error = compile_filter(View::tunnels, "tied 5").error();
  CHECK(error.what.find("no field `tied`; nearest: t") != std::string::npos);
  CHECK_FALSE(compile_filter(View::peers, "iteid 5").ok());
}

TEST_CASE("every schema's examples compile") {
  for (std::size_t view = 0; view < kViews; ++view) {
    for (const filter::FieldDef& field : schema(static_cast<View>(view)).fields()) {
      INFO(field.name);
      CHECK(compile_filter(static_cast<View>(view), field.example).ok());
    }
  }
}

TEST_CASE("rows of the small views") {
  PeerRow peer;
  peer.address = *IpAddress::parse("192.0.2.33");
  peer.state = PathState::down;
  peer.tunnels = 2114;
  CHECK(matches(*compile_filter(View::peers, "state down and tunnels > 2k"), peer));
  CHECK(matches(*compile_filter(View::peers, "192.0.2.0/24"), peer));
  CHECK_FALSE(matches(*compile_filter(View::peers, "rtt > 0s"), peer));
  Event event;
  event.kind = EventKind::tunnel_removed;
  event.key.id = 7;
  CHECK(matches(*compile_filter(View::events, "event tunnel_removed and link gtp0 and teid 7"), event, "gtp0"));
  CHECK_FALSE(matches(*compile_filter(View::events, "event tunnel_added"), event, ""));
  Finding finding;
  finding.id = 201;
  finding.severity = Severity::critical;
  CHECK(matches(*compile_filter(View::findings, "severity critical and id 201"), finding));
}

}  // namespace
}  // namespace gtp::top
