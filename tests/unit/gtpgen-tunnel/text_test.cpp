// SPDX-License-Identifier: GPL-2.0-or-later
#include <catch2/catch.hpp>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "gtpgen/tunnel/tunnel_list.hpp"
#include "gtpgen/tunnel/tunnel_text.hpp"

using namespace gtp;
using namespace gtp::gen;

namespace {

IpAddress ip(const char* text) { return *IpAddress::parse(text); }

Provision example(std::uint32_t count, std::vector<std::uint8_t> qfis = {}) {
  TunnelPlan::Range range;
  range.count = count;
  range.teids = {0x1000, 1};
  range.ue = *IpPrefix::parse("10.45.0.0/16");
  range.qfis = std::move(qfis);
  TunnelShape shape;
  shape.peers = {ip("192.0.2.7")};
  shape.peer_teids = TeidRange{1, 1};
  auto plan = TunnelPlan::from_range(std::move(range));
  REQUIRE(plan.ok());
  return {*std::move(plan), std::move(shape)};
}

// A file of its own for each test, gone at its end.
class Scratch {
 public:
  Scratch() {
    char name[] = "/tmp/gtpgen-tunnel-XXXXXX";
    const int fd = ::mkstemp(name);
    REQUIRE(fd >= 0);
    ::close(fd);
    path_ = name;
  }
  ~Scratch() { std::filesystem::remove(path_); }
  const std::string& path() const { return path_; }
  std::string text() const {
    std::ostringstream out;
    out << std::ifstream(path_).rdbuf();
    return out.str();
  }

 private:
  std::string path_;
};

netlink::Tunnel counted() {
  netlink::Tunnel tunnel = example(1, {9}).tunnel(0, 4);
  netlink::TunnelStats stats;
  stats.rx_packets = 1500;
  stats.rx_bytes = 150'000;
  stats.tx_packets = 2;
  stats.tx_bytes = 168;
  stats.rx_idle_ms = 1234;
  stats.created_ns = 1'700'000'000'000'000'000;
  stats.rx_drop_ms = 1;
  stats.tx_drop_route = 2;
  tunnel.stats = stats;
  tunnel.rx_qfi = 5;
  return tunnel;
}

std::string listed(ListFormat format, bool counters, const std::vector<netlink::Tunnel>& tunnels) {
  const Scratch file;
  std::FILE* const out = std::fopen(file.path().c_str(), "w");
  TunnelList list(out, format, counters, 0, {});
  for (const netlink::Tunnel& tunnel : tunnels) list.add(tunnel, "gtp0");
  CHECK(list.finish());
  std::fclose(out);
  return file.text();
}

std::size_t count_of(const std::string& text, std::string_view word) {
  std::size_t count = 0;
  for (std::size_t at = 0; (at = text.find(word, at)) != std::string::npos; ++at) ++count;
  return count;
}

}  // namespace

TEST_CASE("the list for load is read back as the same tunnels", "[gtpgen]") {
  const Scratch file;
  const Provision made = example(3000, {5, 9});
  REQUIRE(write_load_list(file.path(), made, ip("192.0.2.1")).ok());
  CHECK(file.text().starts_with("teid,peer,ue_ip,qfi\n0x00001000,192.0.2.1,10.45.0.1,5\n"));
  const auto read = TunnelPlan::from_file(file.path(), {});
  REQUIRE(read.ok());
  REQUIRE(read->count() == 3000);
  for (const std::uint32_t i : {0U, 1U, 2999U}) {
    CHECK(read->tunnel(i).teid == 0x1000 + i);
    CHECK(read->tunnel(i).ue == made.tunnel(i, 0).ms);
    CHECK(read->tunnel(i).qfi == (i % 2 == 0 ? 5 : 9));
    CHECK(read->peers().at(read->tunnel(i).peer) == ip("192.0.2.1"));
  }
  REQUIRE(write_load_list(file.path(), example(1), {}).ok());
  CHECK(file.text() == "teid,peer,ue_ip\n0x00001000,,10.45.0.1\n");
  CHECK_FALSE(write_load_list("/no/such/directory/list", made, {}).ok());
}

TEST_CASE("the commands of others that do the same", "[gtpgen]") {
  TextBuffer text;
  CommandText here(text, "", "gtp0");
  LinkSetup setup;
  setup.hash_size = 4096;
  setup.mtu = 1400;
  setup.address = *IpPrefix::parse("10.45.0.1/16");
  setup.route = *IpPrefix::parse("10.45.0.0/16");
  here.create_link(setup, 4);
  here.add(example(1).tunnel(0, 0));
  here.remove(example(1).key(0, 0));
  here.remove_link();
  CHECK(text.view() ==
        "ip link add gtp0 type gtp role ggsn hsize 4096\n"
        "ip link set gtp0 mtu 1400 up\n"
        "ip addr add 10.45.0.1/16 dev gtp0\n"
        "ip route add 10.45.0.0/16 dev gtp0\n"
        "gtp-tunnel add gtp0 v1 4096 1 10.45.0.1 192.0.2.7\n"
        "gtp-tunnel delete gtp0 v1 4096 ip\n"
        "ip link del gtp0\n");

  text.clear();
  CommandText there(text, "core", "gtp6");
  LinkSetup local;
  local.role = netlink::GtpRole::sgsn;
  local.local = ip("fd31::1");
  there.create_link(local, 6);
  netlink::Tunnel tunnel = example(1, {9}).tunnel(0, 0);
  there.add(tunnel);
  tunnel.version = netlink::GtpVersion::v0;
  tunnel.tid = 77;
  tunnel.qfi.reset();
  there.add(tunnel);
  there.remove({0, netlink::GtpVersion::v0, 77, true, {}});
  CHECK(text.view() ==
        "ip netns exec core gtp-link add gtp6 ip6 --sgsn fd31::1 &\n"
        "ip -n core link set gtp6 up\n"
        "ip netns exec core gtp-tunnel add gtp6 v1 4096 1 10.45.0.1 192.0.2.7  # QFI 9\n"
        "ip netns exec core gtp-tunnel add gtp6 v0 77 10.45.0.1 192.0.2.7\n"
        "ip netns exec core gtp-tunnel delete gtp6 v0 77 ip6\n");
}

TEST_CASE("tunnels as JSON: what is not measured is null", "[gtpgen]") {
  CHECK(listed(ListFormat::json, true, {counted()}) ==
        R"({"schema":"gtpgen-tunnel/1","link":"gtp0","version":1,"teid":4096,"peer_teid":1,"tid":null,"flow":null,)"
        R"("ue_ip":"10.45.0.1","peer":"192.0.2.7","qfi":9,"received_qfi":5,"rx_packets":1500,"rx_bytes":150000,)"
        R"("tx_packets":2,"tx_bytes":168,"rx_idle_ns":1234000000,"tx_idle_ns":null,"drops":3,"error_indications":0,)"
        R"("created":"1700000000.000000000"})"
        "\n");
  netlink::Tunnel stock = counted();
  stock.stats.reset();
  stock.qfi.reset();
  stock.version = netlink::GtpVersion::v0;
  stock.tid = 42;
  const std::string line = listed(ListFormat::json, false, {stock});
  CHECK(line.find(R"("teid":null,"peer_teid":null,"tid":42,"flow":0)") != std::string::npos);
  CHECK(line.find(R"("qfi":null)") != std::string::npos);
  CHECK(line.find(R"("rx_packets":null)") != std::string::npos);
}

TEST_CASE("tunnels as CSV: names once, however many there are", "[gtpgen]") {
  const std::string text = listed(ListFormat::csv, true, std::vector<netlink::Tunnel>(2500, counted()));
  CHECK(text.starts_with("link,version,teid,peer_teid,tid,flow,ue_ip,peer,qfi,"));
  CHECK(count_of(text, "ue_ip") == 1);
  CHECK(count_of(text, "\n") == 2501);
  CHECK(count_of(text, "\ngtp0,1,4096,1,,,10.45.0.1,192.0.2.7,9,5,1500,150000,2,168,1234000000,,3,0,") == 2500);
  CHECK(count_of(listed(ListFormat::csv, true, {}), "\n") == 1);
}

TEST_CASE("tunnels for people: counters only where there are any", "[gtpgen]") {
  const std::string ours = listed(ListFormat::text, true, {counted()});
  CHECK(ours.find("0x00001000") != std::string::npos);
  CHECK(ours.find("1.50k") != std::string::npos);
  CHECK(ours.find("DROPS") != std::string::npos);
  CHECK(ours.find("SCHEMA") == std::string::npos);
  const std::string stock = listed(ListFormat::text, false, {counted()});
  CHECK(stock.find("DROPS") == std::string::npos);
  CHECK(stock.find("192.0.2.7") != std::string::npos);
  CHECK(listed(ListFormat::text, true, {}).empty());
  // A heading with each thousand.
  CHECK(count_of(listed(ListFormat::text, true, std::vector<netlink::Tunnel>(1001, counted())), "SUBSCRIBER") == 2);
}
