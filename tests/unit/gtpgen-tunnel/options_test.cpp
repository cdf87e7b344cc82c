// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtpgen/options.hpp"

#include <catch2/catch.hpp>

using namespace gtp;
using namespace gtp::gen;

namespace {

// What the command line says of itself before anything is done: nothing, or why it is refused.
std::string refused(std::vector<const char*> words) {
  words.insert(words.begin(), {"gtpgen", "tunnel"});
  const auto parsed = parse_command_line(static_cast<int>(words.size()), words.data());
  if (parsed) return {};
  CHECK(parsed.error().code == ErrorCode::usage);
  return parsed.error().what;
}

}  // namespace

TEST_CASE("tunnel: what makes sense is taken", "[gtpgen]") {
  CHECK(refused({"add", "--peer", "192.0.2.7", "-n", "100k", "--teid", "0x1000+4", "--qfi", "1,5,9"}).empty());
  CHECK(refused({"add",       "--create", "--dev",     "gtp0",   "--role",    "sgsn",     "--local",
                 "192.0.2.1", "--peer",   "192.0.2.7", "--peer", "192.0.2.8", "--route",  "--cleanup",
                 "-d",        "10s",      "--csv",     "x",      "--target",  "192.0.2.9"})
            .empty());
  CHECK(refused({"add", "--peer", "192.0.2.7", "--gtp", "0", "--flow", "7"}).empty());
  CHECK(refused({"del", "--teid", "1", "-n", "1M", "--dry-run"}).empty());
  CHECK(refused({"list", "--json", "--peer", "192.0.2.7"}).empty());
  CHECK(refused({"flush", "--dev", "gtp0", "--link"}).empty());
}

TEST_CASE("tunnel: what makes no sense is refused with a reason", "[gtpgen]") {
  CHECK(refused({"add"}) == "where do the tunnels lead?");
  CHECK(refused({"add", "gtp0", "--peer", "192.0.2.7"}) == "what is \"gtp0\"?");
  CHECK(refused({"add", "--peer", "somewhere"}) == "\"somewhere\" is no address");
  CHECK(refused({"add", "--peer", "192.0.2.7", "--peer", "fd31::2"}) == "--peer: IPv4 and IPv6 on one link");
  CHECK(refused({"add", "--peer", "192.0.2.7", "--mtu", "1400"}) == "--mtu is about a link that is made");
  CHECK(refused({"add", "--peer", "192.0.2.7", "--create", "--local", "fd31::1"}) ==
        "--local and --peer are of two address families");
  CHECK(refused({"add", "--peer", "fd31::2", "--create"}) == "a link for peers with IPv6 wants its own address");
  CHECK(refused({"add", "--peer", "192.0.2.7", "-n", "2M"}) == "--count: \"2M\" is more than 1000000");
  CHECK(refused({"add", "--peer", "192.0.2.7", "--qfi", "64"}) == "\"64\" is no QFI between 0 and 63");
  CHECK(refused({"add", "--peer", "192.0.2.7", "--gtp", "0", "--qfi", "5"}) ==
        "GTPv0 has no --peer-teid, --qfi and --flow-port");
  CHECK(refused({"add", "--peer", "192.0.2.7", "--gtp", "0", "--csv", "x"}) ==
        "gtpgen load sends GTPv1-U, so there is no list for GTPv0");
  CHECK(refused({"add", "--peer", "192.0.2.7", "--flow", "5"}) == "--flow is of GTPv0");
  CHECK(refused({"add", "--peer", "192.0.2.7", "--pdu", "ul"}) == "--pdu says how --qfi is sent");
  CHECK(refused({"add", "--peer", "192.0.2.7", "-d", "5s"}) == "--duration says when --cleanup removes the tunnels");
  CHECK(refused({"add", "--peer", "192.0.2.7", "--target", "192.0.2.1"}) ==
        "--target is about the list that --csv writes");
  CHECK(refused({"add", "--peer", "192.0.2.7", "--dry-run", "--cleanup"}) == "--dry-run only prints commands");
  CHECK(refused({"add", "--peer", "192.0.2.7", "--csv", "-", "--json"}) ==
        "--csv - and --json both want standard output");
  CHECK(refused({"add", "--peer", "192.0.2.7", "--tunnel-file", "x", "-n", "5"}) ==
        "--tunnel-file says what --count, --teid and --ue say");
  CHECK(refused({"add", "--peer", "192.0.2.7", "--tunnel-file", "x", "--create", "--route"}) ==
        "--route wants to know the subscribers' prefix");
  CHECK(refused({"del"}) == "which tunnels?");
  CHECK(refused({"list", "--json", "--csv"}) == "--json or --csv, not both");
  CHECK(refused({"flush", "--link", "--peer", "192.0.2.7"}) == "--link removes the tunnels of all peers");
  CHECK(refused({"move"}).find("add, del, list, flush") != std::string::npos);
}
